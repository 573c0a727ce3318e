//! Stages in processes of their own: the same output, whatever happens to a process, and no process is left behind. Hostile plugins
//! are in `hostile.rs`.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use copydesk_tests::{binary, c_plugin, copydesk, corpus, folder, lines, root, rust_plugin, varied};
use serde_json::json;

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A pipeline of these stages, each with these keys.
fn pipeline(folder: &Path, name: &str, stages: &[&str], keys: &str) {
    let stages: String = stages.iter().map(|stage| format!("[[stage]]\nuse = {stage:?}\n{keys}\n")).collect();
    std::fs::write(folder.join(name), stages).expect("a pipeline");
}

#[test]
fn isolated_stages_write_the_same_bytes() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), varied() + &corpus(60)).expect("input");
    let stages = ["entity", "figure", "syntax", "quote", "sentiment", "claim"];
    pipeline(dir.path(), "p.toml", &stages, "isolate = true");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "linked.jsonl", "-q"]).exits(0);
    for jobs in ["1", "3"] {
        let out = format!("isolated{jobs}.jsonl");
        copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", &out, "-q", "--jobs", jobs]).exits(0);
        assert!(read(dir.path(), "linked.jsonl") == read(dir.path(), &out), "{jobs} jobs");
    }
    // Options have their effect in the process too.
    let explained = |arguments: &[&str]| copydesk(dir.path(), arguments).exits(0).out;
    let linked = explained(&["explain", "in.jsonl", "--json", "--document", "1"]);
    let isolated = explained(&["explain", "in.jsonl", "--json", "--document", "1", "--with", "p.toml"]);
    assert!(linked == isolated && linked.contains("holds_back"), "{linked}\n{isolated}");
}

#[test]
fn a_document_that_ends_the_process_fails_alone_at_any_position() {
    let dir = folder();
    let library = c_plugin(&root().join("tests/plugins/hostile.c"), dir.path(), &[]);
    let actions = ["abort", "exit0", "null", "span_outside", "says_why"];
    let text = |number: usize| match number % 61 {
        13 => format!("Do {}.", actions[number / 61 % actions.len()]),
        _ => format!("Number {number} is right. {}", "It goes on. ".repeat(number % 50)),
    };
    let line = |number: usize| json!({"id": number, "text": text(number)}).to_string() + "\n";
    let bad = |number: &usize| number % 61 == 13;
    let write = |name: &str, numbers: &mut dyn Iterator<Item = usize>| {
        std::fs::write(dir.path().join(name), numbers.map(line).collect::<String>()).expect("input");
    };
    write("in.jsonl", &mut (0..1500));
    write("right.jsonl", &mut (0..1500).filter(|number| !bad(number)));
    let stage = library.to_str().expect("a path");
    copydesk(dir.path(), &["run", "right.jsonl", "-o", "expected.jsonl", "-q", "--stage", stage]).exits(0);
    for jobs in ["1", "3"] {
        let run = ["run", "in.jsonl", "-o", "out.jsonl", "-q", "--stage", stage, "--isolate", "--jobs", jobs];
        copydesk(dir.path(), &run).exits(1);
        assert!(read(dir.path(), "expected.jsonl") == read(dir.path(), "out.jsonl"), "{jobs} jobs");
        let errors = lines(&dir.path().join("errors.jsonl"));
        assert_eq!(errors.len(), (0..1500).filter(bad).count());
        for error in errors {
            let number: usize = error["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
            let class = match number / 61 % actions.len() {
                0..=2 => "crash",
                3 => "refused",
                _ => "stage",
            };
            assert!(bad(&number) && error["class"] == class && error["stage"] == "hostile", "{error}");
        }
    }
}

#[test]
fn errors_and_panics_have_the_same_messages_as_in_process() {
    let dir = folder();
    let library = rust_plugin(&root().join("tests/plugins/moody"), "moody");
    let texts = ["Fine.", "Panic.", "Err.", "Index.", "Drop. Dead.", "Fine."];
    let input: String = texts.iter().map(|text| json!({"text": text}).to_string() + "\n").collect();
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    pipeline(dir.path(), "p.toml", &[&format!("{}#moody", library.display())], "");
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q"]).exits(1);
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "a/out.jsonl", "-q", "--isolate"]).exits(1);
    assert_eq!(read(dir.path(), "out.jsonl"), read(dir.path(), "a/out.jsonl"));
    assert_eq!(read(dir.path(), "errors.jsonl"), read(dir.path(), "a/errors.jsonl"));
}

#[test]
fn errors_of_a_pipeline_show_their_location() {
    let dir = folder();
    std::fs::write(dir.path().join("a.txt"), "A text.").expect("input");
    let wrong = |text: &str, says: &[&str]| {
        std::fs::write(dir.path().join("p.toml"), text).expect("a pipeline");
        copydesk(dir.path(), &["check", "p.toml"]).exits(2).says(says);
    };
    wrong("[[stage]]\nuse = \"./none.so\"\nisolate = true", &["none.so: no such file", "p.toml:2:7"]);
    wrong(
        "[[stage]]\nuse = \"entity\"\nisolate = true\noptions = { model = \"none.bin\" }",
        &["stage `entity`", "none.bin", "p.toml:2:7"],
    );
    wrong(
        "[[stage]]\nuse = \"entity\"\nmemory = \"1 GB\"",
        &["`memory` is for isolated stages", "p.toml:3:10"],
    );
    wrong("[[stage]]\nuse = \"entity\"\nisolate = true\nmemory = \"much\"", &["is not a size", "p.toml"]);
    wrong(
        "[[stage]]\ncommand = [\"no-such-program\"]\nisolate = true",
        &["`no-such-program` cannot be started", "p.toml:2"],
    );
    wrong("[[stage]]\nuse = \"entity\"\nisolate = true\nmemory = 1000", &["stage `entity`", "p.toml:2:7"]);
    copydesk(dir.path(), &["run", "a.txt", "--isolate"])
        .exits(2)
        .says(&["no stage that is a plugin library"]);
    let ran = copydesk(dir.path(), &["run", "a.txt", "--no-plugins", "--stage", "./Cargo.so", "--isolate"]);
    ran.exits(2).says(&["no such file"]);
}

#[test]
fn a_run_that_a_plugin_has_ended_is_continued_with_it_isolated() {
    let dir = folder();
    let library = c_plugin(&root().join("tests/plugins/hostile.c"), dir.path(), &[]);
    let line = |number: usize| {
        let text = if number == 900 { "Do exit0.".to_owned() } else { format!("Number {number} is right.") };
        json!({"id": number, "text": text}).to_string() + "\n"
    };
    std::fs::write(dir.path().join("in.jsonl"), (0..1200).map(line).collect::<String>()).expect("input");
    pipeline(dir.path(), "p.toml", &[library.to_str().expect("a path")], "");
    let run = ["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", "1"];
    copydesk(dir.path(), &run).exits(2).says(&["called exit()", "--resume"]);
    copydesk(dir.path(), &[&run[..], &["--resume", "--isolate"]].concat()).exits(1);
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "b/out.jsonl", "-q", "--isolate"]).exits(1);
    assert!(read(dir.path(), "out.jsonl") == read(dir.path(), "b/out.jsonl"));
    assert_eq!(lines(&dir.path().join("errors.jsonl")).len(), 1);
}

#[test]
fn permissions_of_a_pipeline_are_granted() {
    let dir = folder();
    let library = c_plugin(&root().join("tests/plugins/hostile.c"), dir.path(), &[]);
    let allowed = |action: &str, allow: &str| {
        let keys = format!("isolate = true\nallow = {{ {allow} }}");
        pipeline(dir.path(), "p.toml", &[library.to_str().expect("a path")], &keys);
        let text = json!({"id": "a", "text": format!("Do {action}.")}).to_string() + "\n";
        std::fs::write(dir.path().join("in.jsonl"), text).expect("input");
        let ran = copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q"]);
        let could = "it could do what it should not";
        assert!(ran.code == i32::from(ran.err.contains(could)), "{action}, {allow}: {}", ran.err);
        ran.code == 1
    };
    for (action, allow) in [
        ("reads_passwords", "read = [\"/etc\"]"),
        ("reads_input", "read = \"in.jsonl\""),
        ("writes_here", "write = \".\""),
        ("writes_temporary", "write = [\"/tmp\"]"),
        ("network", "network = true"),
        ("forks", "processes = true"),
        ("runs_programs", "processes = true, read = [\"/bin\", \"/usr/bin\"]"),
    ] {
        assert!(allowed(action, allow), "{action} is not allowed by {allow}");
        assert!(allowed(action, "all = true"), "{action} is not allowed by all");
        assert!(!allowed(action, ""), "{action} is allowed by nothing");
    }
}

#[test]
fn a_stage_may_read_the_files_that_its_options_name() {
    let dir = folder();
    let source = r#"
        #include "copydesk.h"
        #include <stdio.h>
        static int state;
        static int32_t describe(const cd_host *host) {
            host->text(host->context, cd_text("{\"name\": \"reads\", \"version\": \"1\", \"provides\": [\"reads\"], \"options_schema\":"
                "{\"properties\": {\"list\": {\"type\": \"string\", \"format\": \"path\"}}}, \"options_default\": {}}"));
            return CD_OK;
        }
        static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
            FILE *list = fopen("lists/words.txt", "r");
            (void)options;
            *stage = &state;
            if (list && fclose(list) == 0) return CD_OK;
            host->text(host->context, cd_text("cannot read its list"));
            return CD_FAILED;
        }
        static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
            (void)stage; (void)document; (void)host;
            return CD_OK;
        }
        static void destroy(void *stage) { (void)stage; }
        static const cd_stage_type stages[] = {{sizeof(cd_stage_type), 0, describe, create, analyze, destroy}};
        const cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1};
    "#;
    std::fs::write(dir.path().join("reads.c"), source).expect("a source");
    c_plugin(&dir.path().join("reads.c"), dir.path(), &[]);
    std::fs::create_dir(dir.path().join("lists")).expect("a folder");
    std::fs::write(dir.path().join("lists/words.txt"), "word").expect("a list");
    let check = |keys: &str| {
        pipeline(dir.path(), "p.toml", &["./libreads.so"], &format!("isolate = true\n{keys}"));
        copydesk(dir.path(), &["check", "p.toml"])
    };
    check("options = { list = \"lists/words.txt\" }").exits(0);
    check("allow = { read = \"lists\" }").exits(0);
    check("").exits(2).says(&["stage `reads`: cannot read its list", "p.toml:2:7"]);
}

/// A program that does what the second word of a document says.
const PROGRAM: &str = r#"
import os, socket, subprocess
import copydesk_stage

def analyze(doc, options):
    do = doc["text"].split()[1]
    if do == "network": socket.socket()
    if do == "reads": open("/etc/passwd").read()
    if do == "writes": open("new.txt", "w").close()
    if do == "memory": bytearray(10 ** 9)
    if do == "kills": os.kill(os.getppid(), 9)
    if do == "runs": subprocess.run(["true"], check=True)
    if do == "list": open("list.txt").read()
    return [{"start": 0, "end": 2}]

copydesk_stage.run(analyze, name="obey", provides="obey", version="1.0.0")
"#;

#[test]
fn a_program_has_only_the_permissions_of_the_pipeline() {
    let dir = folder();
    std::fs::write(dir.path().join("obey.py"), PROGRAM).expect("a program");
    std::fs::write(dir.path().join("list.txt"), "a list").expect("a file");
    let library = root().join("core/python/copydesk_stage.py");
    std::fs::copy(library, dir.path().join("copydesk_stage.py")).expect("copied");
    let fails = |keys: &str| {
        std::fs::write(dir.path().join("p.toml"), format!("[[stage]]\nuse = \"obey.py\"\n{keys}\n"))
            .expect("a pipeline");
        let actions = ["nothing", "network", "reads", "writes", "memory", "kills", "runs", "list"];
        let line =
            |action: &str| json!({"id": action, "text": format!("Do {action} now.")}).to_string() + "\n";
        std::fs::write(dir.path().join("in.jsonl"), actions.map(line).concat()).expect("input");
        copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", "1"]);
        let errors = dir.path().join("errors.jsonl");
        let errors = if errors.exists() { lines(&errors) } else { Vec::new() };
        let told = errors.iter().map(|error| {
            format!("{} {}", error["id"].as_str().unwrap_or(""), error["reason"].as_str().unwrap_or(""))
        });
        told.collect::<Vec<_>>()
    };
    let isolated = fails("isolate = true\nmemory = \"500 MB\"");
    let begins =
        ["network PermissionError", "reads PermissionError", "writes PermissionError", "memory MemoryError"];
    assert_eq!(isolated.len(), 5, "{isolated:?}");
    assert!(isolated.iter().zip(begins).all(|(told, begin)| told.starts_with(begin)), "{isolated:?}");
    assert!(isolated[4].starts_with("kills PermissionError"), "{isolated:?}");
    let allowed = fails("isolate = true\nallow = { network = true, read = \"/etc\", write = \".\" }");
    assert!(allowed.len() == 1 && allowed[0].starts_with("kills "), "{allowed:?}");
}

/// Starts a run whose stage sleeps, and waits until it does.
fn sleeping(dir: &Path) -> Child {
    let library = c_plugin(&root().join("tests/plugins/hostile.c"), dir, &[]);
    // More than are in progress at once.
    let line = |number| {
        json!({"id": number, "text": if number == 0 { "Do sleep." } else { "Good." }}).to_string() + "\n"
    };
    std::fs::write(dir.join("in.jsonl"), (0..20_000).map(line).collect::<String>()).expect("input");
    pipeline(dir, "p.toml", &[library.to_str().expect("a path")], "isolate = true\nseconds = 1");
    let run = Command::new(binary())
        .args(["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", "1"])
        .current_dir(dir)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("copydesk starts");
    // The process exists before the run begins.
    let begun = || sleepers(dir) == 1 && dir.join("out.jsonl.partial").exists();
    assert!(within(Duration::from_secs(20), begun), "no process sleeps");
    std::thread::sleep(Duration::from_millis(100));
    run
}

/// The number of sleeping processes with this folder.
fn sleepers(dir: &Path) -> usize {
    let dir = dir.canonicalize().expect("a folder");
    let processes = std::fs::read_dir("/proc").expect("processes").flatten().map(|entry| entry.path());
    let here = processes.filter(|path| std::fs::read_link(path.join("cwd")).is_ok_and(|cwd| cwd == dir));
    let is_apart = |path: &Path| {
        std::fs::read(path.join("cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains("stage-process"))
    };
    here.filter(|path| is_apart(path)).count()
}

fn within(patience: Duration, mut true_now: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if true_now() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn no_process_is_left_by_a_run_that_is_killed() {
    let dir = folder();
    let mut run = sleeping(dir.path());
    run.kill().expect("killed");
    run.wait().expect("ended");
    assert!(within(Duration::from_secs(5), || sleepers(dir.path()) == 0), "the stage's process lives on");
}

#[test]
fn ctrl_c_ends_a_run_after_the_document_and_leaves_no_process() {
    let dir = folder();
    let mut run = sleeping(dir.path());
    let interrupt = Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("kill");
    assert!(interrupt.success());
    let status = run.wait().expect("ended");
    assert_eq!(status.code(), Some(130));
    assert!(within(Duration::from_secs(5), || sleepers(dir.path()) == 0), "the stage's process lives on");
}
