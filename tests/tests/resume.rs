//! The effect of `--resume` and `--restart` on an unfinished run, and when they are refused.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use copydesk_tests::{binary, copydesk, copydesk_with_input, corpus, folder};

/// A corpus with some broken lines, so that there are failures too.
fn input(documents: usize) -> String {
    let text = corpus(documents);
    let broken = |(number, line): (usize, &str)| {
        if number % 97 == 13 { format!("x{line}\n") } else { format!("{line}\n") }
    };
    text.lines().enumerate().map(broken).collect()
}

/// Starts a run, and kills it after this many milliseconds.
fn kill_after(folder: &Path, output: &str, milliseconds: u64) {
    let mut command = Command::new(binary());
    command.args(["run", "in.jsonl", "--resume", "-q", "-o", output]).current_dir(folder);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command");
    std::thread::sleep(Duration::from_millis(milliseconds));
    // It may have finished already.
    let _ = child.kill();
    child.wait().expect("it ends");
}

#[test]
fn changes_are_reported() {
    let dir = folder();
    let dir = dir.path();
    let run = |arguments: &[&str]| {
        copydesk(dir, &[&["run", "in.jsonl", "-o", "out.jsonl", "--resume"], arguments].concat())
    };
    let unfinished = || {
        std::fs::write(dir.join("in.jsonl"), input(600)).expect("the input");
        let mut milliseconds = 200;
        loop {
            for name in ["out.jsonl", "out.jsonl.journal", "out.jsonl.partial"] {
                let _ = std::fs::remove_file(dir.join(name));
            }
            kill_after(dir, "out.jsonl", milliseconds);
            if dir.join("out.jsonl.partial").metadata().is_ok_and(|part| part.len() > 0) {
                return;
            }
            milliseconds =
                if dir.join("out.jsonl").exists() { milliseconds * 2 / 3 } else { milliseconds * 3 / 2 };
        }
    };
    unfinished();
    copydesk(dir, &["run", "in.jsonl", "-o", "out.jsonl"]).exits(2).says(&["--resume", "--restart"]);
    run(&["--set", "output.offsets=bytes"]).exits(2).says(&["the outputs changed since"]);
    run(&["--set", "input.languages=any"]).exits(2).says(&["the options of the input changed since"]);
    run(&["--set", "stage.quote.options.kinds=[\"direct\"]"])
        .exits(2)
        .says(&["the options of the stages changed"]);
    std::fs::write(dir.join("in.jsonl"), input(601)).expect("the input");
    run(&[]).exits(2).says(&["the inputs (in.jsonl) changed since", "start over with --restart"]);
    copydesk(dir, &["run", "in.jsonl", "-o", "out.jsonl", "--restart", "-q"]).exits(1);
    assert!(!dir.join("out.jsonl.journal").exists());
}

#[test]
fn without_anything_to_continue_a_run_starts() {
    let dir = folder();
    let article = b"{\"id\":\"a\",\"text\":\"The mayor left.\"}\n";
    let arguments = ["run", "-", "-o", "out.jsonl", "--resume"];
    for _ in 0..2 {
        copydesk_with_input(dir.path(), &arguments, article).exits(0);
    }
    let arguments = ["run", "-", "-o", "quotes.csv", "--resume"];
    copydesk_with_input(dir.path(), &arguments, article).exits(0);
    let arguments = ["run", "-", "-o", "-", "--resume"];
    copydesk_with_input(dir.path(), &arguments, article).exits(0).says(&["starting from the beginning"]);
    // A journal that copydesk did not write is kept.
    std::fs::write(dir.path().join("mine.jsonl.journal"), "Dear diary,\n").expect("a file");
    copydesk_with_input(dir.path(), &["run", "-", "-o", "mine.jsonl"], article)
        .exits(2)
        .says(&["was not written by copydesk"]);
    let diary = std::fs::read_to_string(dir.path().join("mine.jsonl.journal")).expect("the file");
    assert_eq!(diary, "Dear diary,\n");
}
