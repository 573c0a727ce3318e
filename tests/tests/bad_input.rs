//! Broken, huge, strange or inaccessible input: a clear message, the right exit code, and results for all other documents.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use copydesk_tests::{Ran, binary, copydesk, folder, lines};
use serde_json::{Value, json};

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// Runs over `in.jsonl`; returns the documents and the errors.
#[track_caller]
fn run(input: &[u8], code: i32) -> (Vec<Value>, Vec<Value>) {
    let dir = folder();
    write(dir.path(), "in.jsonl", input);
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl"]).exits(code);
    let errors = dir.path().join("errors.jsonl");
    let errors = if errors.exists() { lines(&errors) } else { Vec::new() };
    (lines(&dir.path().join("out.jsonl")), errors)
}

#[test]
fn broken_lines_fail_alone() {
    let input = b"{\"id\":\"a\",\"text\":\"Fine.\"}\n\
        {\"id\":\"b\",\"text\":\"Broken\n\
        {\"id\":\"c\",\"txt\":\"No text.\"}\n\
        {\"id\":\"d\",\"text\":5}\n\
        {\"id\":\"e\",\"text\":\"Latin \xe9\"}\n\
        [1,2]\n\
        \n\
        {\"id\":\"f\",\"text\":\"Fine.\",\"targets\":[{\"start\":0,\"end\":99}]}\n\
        {\"id\":\"g\",\"text\":\"Fine.\"} extra\n\
        {\"id\":\"h\",\"text\":\"Lone \\ud800 surrogate\"}\n\
        {\"id\":\"z\",\"text\":\"Fine.\"}";
    let (documents, errors) = run(input, 1);
    let ids: Vec<_> = documents.iter().filter_map(|document| document["id"].as_str()).collect();
    assert_eq!(ids, ["a", "z"]);
    let told: Vec<_> = errors
        .iter()
        .map(|error| (error["line"].as_u64().unwrap_or(0), error["class"].as_str().unwrap_or("")))
        .collect();
    let expected = [
        (2, "json"),
        (3, "field"),
        (4, "field"),
        (5, "encoding"),
        (6, "json"),
        (8, "field"),
        (9, "json"),
        (10, "field"),
    ];
    assert_eq!(told, expected, "{errors:#?}");
    assert!(
        errors[1]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("no field `text`; the line has: txt"))
    );
    assert_eq!(errors[1]["id"], "c");
}

#[test]
fn strange_texts_pass() {
    for text in [
        "",
        " \n\t ",
        "\0\0 NUL \0bytes\0.",
        "مرحبا بالعالم. قال الوزير: «لا».",
        "👩‍👩‍👧‍👦 said 🇩🇪 \"hello 👋🏽\" to Ann.",
        "\u{202e}backwards\u{202c} \u{feff}mark",
        "“““““““““““",
        "))))))))((((((((",
        "$$$$ 5% %% €€ 1,,2..3",
        "e\u{301}\u{301}\u{301} combining",
    ] {
        let (documents, errors) = run(json!({"text": text}).to_string().as_bytes(), 0);
        assert_eq!((documents.len(), errors.len()), (1, 0), "{text:?}");
        assert_eq!(documents[0]["text"], text);
    }
}

#[test]
fn duplicate_ids_are_reported_and_kept() {
    let dir = folder();
    write(
        dir.path(),
        "in.jsonl",
        "{\"id\":1,\"text\":\"A.\"}\n{\"id\":2,\"text\":\"B.\"}\n{\"id\":\"1\",\"text\":\"C.\"}\n",
    );
    let ran = copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl"]).exits(0);
    ran.says(&["1 document repeats the id of an earlier one (the first: in.jsonl:3)"]);
    assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 3);
}

#[test]
fn ten_megabytes_on_one_line() {
    let dir = folder();
    let sentence = "The ministry said on Monday that trade rose 4.5 percent to $2 billion in 2021. ";
    let text = sentence.repeat(10_000_000 / sentence.len());
    let mut file = std::fs::File::create(dir.path().join("in.jsonl")).expect("input");
    writeln!(file, "{}", json!({"id": "small", "text": "Before."})).expect("input");
    writeln!(file, "{}", json!({"id": "big", "text": text})).expect("input");
    writeln!(file, "{}", json!({"id": "small2", "text": "After."})).expect("input");
    drop(file);
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl"]).exits(0);
    let output = std::fs::read_to_string(dir.path().join("out.jsonl")).expect("output");
    let starts: Vec<&str> = output.lines().map(|line| &line[..12]).collect();
    assert_eq!(starts, ["{\"id\":\"small", "{\"id\":\"big\",", "{\"id\":\"small"]);
}

#[test]
fn long_runs_of_one_thing_pass() {
    for piece in [
        "\"",
        "“",
        "(",
        "A. ",
        "Mr. ",
        "and ",
        "1,",
        "5 ",
        "Anna ",
        "said ",
        "not ",
        "$",
        "-",
        "\n",
        "’",
        "the ministry ",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        let (documents, _) = run(json!({"text": text}).to_string().as_bytes(), 0);
        assert_eq!(documents.len(), 1, "{piece:?}");
    }
}

#[test]
fn missing_and_mislabelled_files_are_errors() {
    let dir = folder();
    write(dir.path(), "a.txt", "Fine.");
    write(dir.path(), "article", "No extension.");
    write(dir.path(), "bad.jsonl.gz", "this is not gzip");
    write(dir.path(), "latin.txt", b"caf\xe9");
    std::fs::create_dir(dir.path().join("empty")).expect("a folder");
    let run = |arguments: &[&str]| copydesk(dir.path(), &[&["run"], arguments].concat());
    run(&[]).exits(2).says(&["nothing to read: name a file"]);
    run(&["none.txt"]).exits(2).says(&["none.txt: no such file or folder"]);
    run(&["none.toml"]).exits(2).says(&["none.toml: no such file"]);
    run(&["a.txt", "none.txt", "-o", "o.jsonl"]).exits(2).says(&["none.txt: no such file or folder"]);
    run(&["empty"]).exits(2).says(&["empty: no input files there"]);
    run(&["x*.txt"]).exits(2).says(&["no input files there"]);
    run(&["[.txt"]).exits(2).says(&["[.txt"]);
    run(&["article"]).exits(2).says(&["the name does not show the format", "input.format"]);
    run(&["article", "--set", "input.format=text", "-q"]).exits(0);
    run(&["bad.jsonl.gz", "a.txt", "-o", "o.jsonl"])
        .exits(1)
        .says(&["bad.jsonl.gz: cannot read: its name says gzip", "o.jsonl"]);
    assert_eq!(lines(&dir.path().join("o.jsonl")).len(), 1);
    run(&["latin.txt", "a.txt", "-o", "o.jsonl"]).exits(0).says(&["1 document was in a guessed encoding"]);
    run(&["a.txt", "-o", "a.txt"]).exits(2).says(&["does not write .txt files"]);
    let forced = ["a.txt", "-o", "a.txt", "--set", "output.format=jsonl"];
    run(&forced).exits(2).says(&["a.txt is an input of this run"]);
    assert_eq!(std::fs::read_to_string(dir.path().join("a.txt")).expect("the input"), "Fine.");
    run(&["a.txt", "--jobs", "0"]).exits(2).says(&["--jobs"]);
}

#[test]
fn a_file_that_vanishes_fails_alone() {
    let dir = folder();
    write(dir.path(), "a.txt", "Fine.");
    write(dir.path(), "c.txt", "Fine.");
    // A dangling link is found by the walk and cannot be opened.
    std::os::unix::fs::symlink("gone", dir.path().join("b.txt")).expect("a link");
    copydesk(dir.path(), &["run", ".", "-o", "out.jsonl"]).exits(1).says(&["b.txt"]);
    assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 2);
    assert_eq!(lines(&dir.path().join("errors.jsonl")).len(), 1);
}

/// Runs as a user to whom file modes apply; root may read and write anything.
fn copydesk_unprivileged(folder: &Path, arguments: &[&str]) -> Option<Ran> {
    let id = Command::new("id").arg("-u").output().expect("id runs").stdout;
    if id != b"0\n" {
        return Some(copydesk(folder, arguments));
    }
    // The user nobody must be able to start the binary, which may be below /root. Another process copies it: a process that another test
    // starts meanwhile would inherit a file that this one has open for writing, and the copy could not be executed ("Text file busy").
    let copy = folder.join("copydesk");
    if !copy.exists() {
        let copied = Command::new("cp").arg(binary()).arg(&copy).status().expect("cp runs");
        assert!(copied.success());
    }
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&copy)
        .args(arguments)
        .current_dir(folder)
        .output();
    output.ok().map(|output| Ran::of(&output))
}

#[test]
fn paths_without_permission_are_errors() {
    let dir = folder();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    mode(dir.path(), 0o777);
    for name in ["open", "closed", "locked"] {
        std::fs::create_dir(dir.path().join(name)).expect("a folder");
    }
    write(dir.path(), "open/a.txt", "Fine.");
    write(dir.path(), "open/secret.txt", "Secret.");
    write(dir.path(), "closed/b.txt", "Hidden.");
    mode(&dir.path().join("open/secret.txt"), 0o000);
    mode(&dir.path().join("closed"), 0o000);
    mode(&dir.path().join("locked"), 0o555);
    let run = |arguments: &[&str]| copydesk_unprivileged(dir.path(), &[&["run"], arguments].concat());
    let Some(ran) = run(&["open", "-o", "out.jsonl"]) else { return };
    ran.exits(1).says(&["open/secret.txt: cannot read: Permission denied"]);
    assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 1);
    run(&[".", "-o", "out2.jsonl", "--errors", "errors2.jsonl"])
        .expect("it ran before")
        .exits(1)
        .says(&["closed", "Permission denied"]);
    run(&["closed"]).expect("it ran before").exits(2).says(&["closed", "Permission denied"]);
    let ran = run(&["open/a.txt", "-o", "locked/out.jsonl"]).expect("it ran before");
    ran.exits(2).says(&["cannot write locked/out.jsonl: Permission denied", "choose another path with -o"]);
    mode(&dir.path().join("closed"), 0o755);
}
