//! Documents that exceed a limit of size, memory or time fail; all others are processed, in order.

use std::path::Path;

use copydesk_tests::{c_plugin, copydesk, folder, lines, root};
use serde_json::json;

fn line(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string() + "\n"
}

fn ids(folder: &Path) -> Vec<String> {
    let ids = lines(&folder.join("out.jsonl"));
    ids.iter().map(|line| line["id"].as_str().expect("an id").to_owned()).collect()
}

/// The id, class and reason of each failure.
fn failures(folder: &Path) -> Vec<(String, String, String)> {
    let word = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let failures = lines(&folder.join("errors.jsonl"));
    failures.iter().map(|line| (word(&line["id"]), word(&line["class"]), word(&line["reason"]))).collect()
}

#[test]
fn a_document_that_is_too_long_fails_in_every_format() {
    let long = "The mayor left. ".repeat(200);
    let text = "The mayor left.";
    let row = |id: &str, text: &str| json!({"id": id, "text": text}).to_string();
    for (name, input, failed) in [
        ("in.jsonl", line("a", text) + &line("b", &long) + &line("c", text), "in.jsonl#2"),
        ("in.json", format!("[{},\n{},\n{}]", row("a", text), row("b", &long), row("c", text)), "in.json#2"),
        ("in.csv", format!("id,text\na,{text}\nc,{text}\nb,{long}\n"), "in.csv#4"),
    ] {
        let dir = folder();
        let dir = dir.path();
        std::fs::write(dir.join(name), input).expect("the input");
        copydesk(dir, &["run", name, "-o", "out.jsonl", "-q", "--set", "limits.document_bytes=2 kB"])
            .exits(1)
            .says(&["longer than 2 kB, the limit set by limits.document_bytes"]);
        assert_eq!(ids(dir), ["a", "c"], "{name}");
        let (id, class, _) = &failures(dir)[0];
        assert_eq!((id.as_str(), class.as_str()), (failed, "limit"), "{name}");
    }
    let dir = folder();
    let dir = dir.path();
    std::fs::create_dir(dir.join("in")).expect("a folder");
    std::fs::write(dir.join("in/a.txt"), text).expect("a file");
    std::fs::write(dir.join("in/b.txt"), &long).expect("a file");
    std::fs::write(dir.join("in/c.html"), format!("<html><p>{long}")).expect("a file");
    std::fs::write(dir.join("in/d.txt"), text).expect("a file");
    copydesk(dir, &["run", "in", "-o", "out.jsonl", "-q", "--set", "limits.document_bytes=2000"]).exits(1);
    assert_eq!(ids(dir), ["in/a.txt", "in/d.txt"]);
    assert!(failures(dir).iter().all(|(_, class, _)| class == "limit"), "{:?}", failures(dir));
}

#[test]
fn a_document_that_needs_too_much_memory_fails_before_it_is_analysed() {
    let dir = folder();
    let dir = dir.path();
    let long = "The mayor left. ".repeat(20_000);
    std::fs::write(dir.join("in.jsonl"), line("a", "Fine.") + &line("b", &long) + &line("c", "Fine."))
        .expect("the input");
    copydesk(dir, &["run", "in.jsonl", "-o", "out.jsonl", "-q", "--set", "limits.memory=\"10 MB\""])
        .exits(1)
        .says(&["needs about 20.5 MB of memory, but limits.memory allows 10 MB"]);
    assert_eq!(ids(dir), ["a", "c"]);
    assert_eq!(failures(dir)[0].0, "b");
    copydesk(dir, &["run", "in.jsonl", "-o", "out.jsonl", "-q", "--set", "limits.memory=30 MB"]).exits(0);
}

#[test]
fn limits_are_checked_where_they_are_written() {
    let dir = folder();
    let dir = dir.path();
    let article = line("a", "Fine.");
    std::fs::write(dir.join("in.jsonl"), article).expect("the input");
    let pipeline = "[limits]\ndocument_bytes = \"64 megas\"\n[[stage]]\nuse = \"figure\"\n";
    std::fs::write(dir.join("p.toml"), pipeline).expect("a pipeline");
    copydesk(dir, &["check", "p.toml"]).exits(2).says(&["64 megas", "\"64 MB\""]);
    copydesk(dir, &["run", "in.jsonl", "--set", "limits.documents=3"])
        .exits(2)
        .says(&["unknown key `documents` in `limits`", "document_bytes, document_seconds, memory"]);
}

/// A pipeline with a stage that never returns from some documents.
fn hanging(dir: &Path) {
    let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir, &["HANGS"]);
    let stages = format!("[[stage]]\nuse = \"figure\"\n[[stage]]\nuse = {:?}\n", library.to_string_lossy());
    std::fs::write(dir.join("p.toml"), stages).expect("a pipeline");
}

#[test]
fn a_stage_that_never_returns_fails_only_its_document() {
    let dir = folder();
    let dir = dir.path();
    hanging(dir);
    let text = |number: usize| if number % 50 == 7 { "Fail: sales fell 5%." } else { "Fine: sales rose 5%." };
    let input: String = (0..120).map(|number| line(&format!("d{number}"), text(number))).collect();
    std::fs::write(dir.join("in.jsonl"), input).expect("the input");
    let mut results = Vec::new();
    for jobs in ["1", "3"] {
        let seconds = ["--set", "limits.document_seconds=2"];
        let run = ["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", jobs];
        copydesk(dir, &[&run[..], &seconds[..]].concat())
            .exits(1)
            .says(&["3 threads abandoned", "in.jsonl:8: stage faulty: not done after 2 s"]);
        let wanted: Vec<String> =
            (0..120).filter(|number| number % 50 != 7).map(|number| format!("d{number}")).collect();
        assert_eq!(ids(dir), wanted);
        let failed = failures(dir);
        let failed: Vec<_> = failed.iter().map(|(id, class, _)| (id.as_str(), class.as_str())).collect();
        assert_eq!(failed, [("d7", "time"), ("d57", "time"), ("d107", "time")]);
        results.push(std::fs::read(dir.join("out.jsonl")).expect("the output"));
    }
    assert!(results[0] == results[1], "other bytes with other jobs");
}

#[test]
fn a_stage_that_never_returns_at_all_ends_the_run() {
    let dir = folder();
    let dir = dir.path();
    hanging(dir);
    let long = format!("Fail{}", ", and on".repeat(40_000));
    let input: String = (0..60).map(|number| line(&format!("d{number}"), &long)).collect();
    std::fs::write(dir.join("in.jsonl"), line("a", "Fine.") + &input).expect("the input");
    let run = ["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", "34"];
    copydesk(dir, &[&run[..], &["--set", "limits.document_seconds=2"]].concat())
        .says(&["took longer than limits.document_seconds allows: the run was ended"]);
}
