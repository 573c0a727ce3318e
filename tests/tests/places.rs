//! Where a run may write, and which files it leaves when it does not finish.
#![cfg(unix)]

use std::io::{Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use copydesk_tests::{binary, copydesk, copydesk_with_input, corpus, folder, lines};

const ARTICLE: &str = "{\"id\":\"a\",\"text\":\"The mayor left.\"}\n";
const FAILURE: &str = "{\"id\":\"x\",\"file\":\"x\",\"class\":\"json\",\"reason\":\"not JSON\"}\n";

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// Runs, and checks that the run is refused with these words and that no file has changed.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let state = |folder: &Path| {
        let entries = std::fs::read_dir(folder).expect("the folder").flatten();
        let mut files: Vec<_> =
            entries.map(|entry| (entry.path(), std::fs::read(entry.path()).ok())).collect();
        files.sort();
        files
    };
    let before = state(folder);
    copydesk(folder, &[&["run"], arguments].concat()).exits(2).says(&[words]);
    assert!(before == state(folder), "{arguments:?} changed a file");
}

#[test]
fn inputs_are_not_overwritten() {
    let dir = folder();
    let dir = dir.path();
    write(dir, "in.jsonl", ARTICLE);
    write(dir, "p.toml", "[input]\npath = \"in.jsonl\"\n[[stage]]\nuse = \"figure\"\n");
    std::fs::hard_link(dir.join("in.jsonl"), dir.join("hard.jsonl")).expect("a link");
    std::os::unix::fs::symlink("in.jsonl", dir.join("soft.jsonl")).expect("a link");
    for output in ["in.jsonl", "./in.jsonl", "hard.jsonl", "soft.jsonl"] {
        for force in [&["-q"][..], &["--force"]] {
            refused(dir, &[&["in.jsonl", "-o", output], force].concat(), "is an input of this run");
        }
        refused(dir, &["in.jsonl", "-o", "o.jsonl", "--errors", output], "is an input of this run");
    }
    refused(
        dir,
        &["p.toml", "-o", "p.toml", "--set", "output.format=jsonl"],
        "is the pipeline file of this run",
    );
    refused(dir, &["p.toml", "-o", "o.jsonl", "--errors", "in.jsonl", "--force"], "is an input of this run");
    // An input next to the output has the name of the file for failures.
    std::fs::create_dir(dir.join("news")).expect("a folder");
    write(&dir.join("news"), "errors.jsonl", ARTICLE);
    refused(dir, &["news", "-o", "news/out.jsonl"], "news/errors.jsonl is an input of this run");
    assert_eq!(std::fs::read_to_string(dir.join("news/errors.jsonl")).expect("the input"), ARTICLE);
}

#[test]
fn standard_input_is_not_overwritten() {
    let dir = folder();
    write(dir.path(), "in.jsonl", ARTICLE);
    let input = std::fs::File::open(dir.path().join("in.jsonl")).expect("the input");
    let mut command = Command::new(binary());
    command.args(["run", "-", "-o", "in.jsonl", "--force"]).current_dir(dir.path()).stdin(input);
    let output = command.output().expect("the command");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_to_string(dir.path().join("in.jsonl")).expect("the input"), ARTICLE);
}

#[test]
fn foreign_files_are_replaced_only_with_force() {
    let dir = folder();
    let dir = dir.path();
    write(dir, "in.jsonl", ARTICLE);
    write(dir, "mine.jsonl", "{\"my\": \"own\"}\n");
    refused(dir, &["in.jsonl", "-o", "mine.jsonl"], "was not written by copydesk");
    refused(dir, &["in.jsonl", "-o", "o.jsonl", "--errors", "mine.jsonl"], "was not written by copydesk");
    refused(dir, &["in.jsonl", "-o", "errors.jsonl"], "errors.jsonl is already an output");
    refused(dir, &["in.jsonl", "-o", "o.jsonl", "--errors", "o.jsonl"], "o.jsonl is already an output");
    copydesk(dir, &["run", "in.jsonl", "-o", "mine.jsonl", "--force"]).exits(0);
    assert_eq!(lines(&dir.join("mine.jsonl"))[0]["id"], "a");
    // Files of copydesk are replaced: results, and failures when there are none any more.
    write(dir, "errors.jsonl", FAILURE);
    copydesk(dir, &["run", "in.jsonl", "-o", "mine.jsonl"]).exits(0);
    assert!(!dir.join("errors.jsonl").exists());
}

#[test]
fn devices_are_written_to_and_stay() {
    let dir = folder();
    let dir = dir.path();
    write(dir, "in.jsonl", "broken\n");
    // A pipe made for the test, since a failing test must not damage the system's devices.
    let status = Command::new("mkfifo").arg(dir.join("pipe")).status().expect("mkfifo");
    assert!(status.success());
    let pipe = dir.join("pipe");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::fs::File::open(pipe).expect("the pipe").read_to_string(&mut text).expect("its text");
        text
    });
    copydesk(dir, &["run", "in.jsonl", "-o", "o.jsonl", "--errors", "pipe"]).exits(1);
    assert!(reader.join().expect("the reader").contains("\"class\":\"json\""));
    assert!(dir.join("pipe").metadata().expect("the pipe").file_type().is_fifo());
}

/// Starts a run whose input does not end, and waits until it has written something.
fn unfinished(folder: &Path) -> Child {
    let mut command = Command::new(binary());
    command.args(["run", "-", "-o", "out.jsonl", "--jobs", "1"]).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command");
    let input = corpus(600);
    child.stdin.as_mut().expect("a pipe").write_all(input.as_bytes()).expect("the input is read");
    let partial = folder.join("out.jsonl.partial");
    while partial.metadata().map_or(0, |metadata| metadata.len()) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child
}

#[test]
fn a_signal_ends_a_run_after_a_whole_line() {
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let dir = folder();
        let mut child = unfinished(dir.path());
        let sent = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
        // The reader waits for input, and checks for the request when some arrives.
        let _ = child.stdin.as_mut().expect("a pipe").write_all(corpus(600).as_bytes());
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{signal}: {told}");
        assert!(told.contains("interrupted after") && told.contains("out.jsonl.partial"), "{told}");
        assert!(!dir.path().join("out.jsonl").exists());
        assert!(!lines(&dir.path().join("out.jsonl.partial")).is_empty());
    }
}

#[test]
fn a_second_signal_ends_at_once() {
    let dir = folder();
    let mut child = unfinished(dir.path());
    // It waits for input that never comes.
    for _ in 0..2 {
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert!(!lines(&dir.path().join("out.jsonl.partial")).is_empty());
}

#[test]
fn output_of_an_unfinished_run_is_kept() {
    let dir = folder();
    let mut child = unfinished(dir.path());
    let other =
        copydesk_with_input(dir.path(), &["run", "-", "-o", "out.jsonl", "--force"], ARTICLE.as_bytes());
    other.exits(2).says(&["out.jsonl is being written by another run"]);
    child.kill().expect("it runs");
    assert_eq!(child.wait().expect("it ends").signal(), Some(9));
    let left = std::fs::read(dir.path().join("out.jsonl.partial")).expect("the part");
    assert_eq!(left.last(), Some(&b'\n'), "whole lines");
    write(dir.path(), "in.jsonl", ARTICLE);
    refused(
        dir.path(),
        &["in.jsonl", "-o", "out.jsonl"],
        "out.jsonl.partial has the output of an unfinished run",
    );
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl", "--force"]).exits(0);
    assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 1);
    assert!(!dir.path().join("out.jsonl.partial").exists());
}

#[test]
fn an_output_that_vanishes_is_an_error() {
    let dir = folder();
    let mut child = unfinished(dir.path());
    std::fs::remove_file(dir.path().join("out.jsonl.partial")).expect("the part");
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_ne!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("was changed by another program"), "{told}");
}
