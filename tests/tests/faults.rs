//! Every single system call fails once, as if the disk were full or broken at any moment of a run. No incomplete file gets the
//! name of a result, the failure is reported, and the continued run has the same bytes as one without the failure.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::Command;

use copydesk_tests::{Ran, binary, c_plugin, copydesk, corpus, folder, is_thorough, results, root};
use serde_json::json;

/// Disk full, and input/output error.
const FULL: &str = "28";
const BROKEN: &str = "5";

/// Documents of two batches, with one that fails.
fn input() -> String {
    let line = |number: u32| match number {
        150 => "x\n".to_owned(),
        _ => {
            json!({"text": format!("“Sales rose {number}%,” said Anna Lund of Nordvik Shipping.")})
                .to_string()
                + "\n"
        }
    };
    (0..300).map(line).collect()
}

/// The call that fails.
struct Fault<'f> {
    library: &'f Path,
    call: &'f str,
    number: usize,
    errno: &'f str,
    sticky: bool,
}

impl Fault<'_> {
    /// Runs copydesk with it; `None` if there were fewer calls on files of `watched`.
    fn run(&self, dir: &Path, arguments: &[&str], watched: &str) -> Option<Ran> {
        let mark = dir.join("failed");
        let _ = std::fs::remove_file(&mark);
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .current_dir(dir)
            .env("LD_PRELOAD", self.library)
            .env("FAULT_CALL", self.call)
            .env("FAULT_N", self.number.to_string())
            .env("FAULT_ERRNO", self.errno)
            .env("FAULT_FOLDER", dir.join(watched))
            .env("FAULT_MARK", &mark);
        if self.sticky {
            command.env("FAULT_STICKY", "1");
        }
        let ran = Ran::of(&command.output().expect("copydesk starts"));
        mark.exists().then_some(ran)
    }
}

fn library(dir: &Path) -> PathBuf {
    c_plugin(&root().join("tests/faults/faults.c"), dir, &[])
}

/// Lets every call of a kind fail in turn while `output` is written.
fn every_call_fails(output: &str, call: &str, errno: &str, sticky: bool) {
    let temporary = folder();
    let dir = &temporary.path().canonicalize().expect("the folder");
    let library = library(dir);
    std::fs::write(dir.join("in.jsonl"), input()).expect("the input");
    let run = |folder: &str| {
        ["run".to_owned(), "in.jsonl".into(), "-q".into(), "-o".into(), format!("{folder}/{output}")]
    };
    let words = |run: &[String; 5]| run.iter().map(String::as_str).map(str::to_owned).collect::<Vec<_>>();
    let (whole, out) = (words(&run("whole")), words(&run("out")));
    let arguments: Vec<&str> = out.iter().map(String::as_str).collect();
    copydesk(dir, &whole.iter().map(String::as_str).collect::<Vec<_>>()).exits(1);
    let whole = results(&dir.join("whole"));
    let mut number = 1;
    loop {
        let fault = Fault { library: &library, call, number, errno, sticky };
        let Some(ran) = fault.run(dir, &arguments, "out") else { break };
        let what = format!("{output}: {call} {number} fails with {errno}: rc {}\n{}", ran.code, ran.err);
        assert!(
            (1..=2).contains(&ran.code) && (ran.err.contains("out/") || ran.err.contains("journal")),
            "{what}"
        );
        // A file with the name of a result is complete. If truncating fails, half a line remains, in a file whose name shows that.
        for (name, bytes) in results(&dir.join("out")) {
            assert!(whole.get(&name) == Some(&bytes), "{what}: {name} is not whole");
        }
        let resumed = copydesk(dir, &[&arguments[..], &["--resume"]].concat());
        assert!(resumed.code == 1, "{what}, and then\n{}", resumed.err);
        let again = results(&dir.join("out"));
        assert_eq!(again.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "{what}");
        assert!(again == whole, "{what}: other bytes");
        std::fs::remove_dir_all(dir.join("out")).expect("the folder is there");
        // SQLite writes page by page: all of its many writes are tested only if there is time.
        number += if is_thorough() { 1 } else { 1 + number / 6 };
        assert!(number < 5000, "{call} never ends");
    }
    assert!(number > 1, "{output}: there is no {call}");
}

#[test]
fn every_write_of_lines_fails() {
    every_call_fails("out.jsonl", "write", FULL, true);
    every_call_fails("out.jsonl.gz", "write", BROKEN, false);
}

#[test]
fn every_write_of_tables_fails() {
    every_call_fails("quotes.csv", "write", FULL, true);
    every_call_fails("quotes.parquet", "write", FULL, false);
    every_call_fails("news.sqlite", "write", FULL, true);
}

#[test]
fn every_sync_rename_and_cut_fails() {
    for call in ["fsync", "rename", "truncate"] {
        every_call_fails("out.jsonl", call, BROKEN, false);
    }
    every_call_fails("quotes.csv", "rename", BROKEN, false);
}

#[test]
fn every_read_fails() {
    let temporary = folder();
    let dir = &temporary.path().canonicalize().expect("the folder");
    let library = library(dir);
    std::fs::create_dir(dir.join("in")).expect("a folder");
    for (name, bytes) in
        [("a.jsonl", input()), ("b.txt", "The mayor left.".into()), ("c.json", format!("[{}]", corpus(1)))]
    {
        std::fs::write(dir.join("in").join(name), bytes).expect("an input");
    }
    copydesk(dir, &["run", "in", "-o", "whole.jsonl", "-q"]).exits(1);
    let whole = std::fs::read_to_string(dir.join("whole.jsonl")).expect("the results");
    let whole: std::collections::HashSet<&str> = whole.lines().collect();
    let mut number = 1;
    loop {
        let fault = Fault { library: &library, call: "read", number, errno: BROKEN, sticky: false };
        let Some(ran) = fault.run(dir, &["run", "in", "-o", "out.jsonl", "-q", "--restart"], "in") else {
            break;
        };
        // Files are also read to hash them for the manifest, where a failure does no harm.
        assert!(ran.code == 1, "read {number}: rc {}\n{}", ran.code, ran.err);
        let out = std::fs::read_to_string(dir.join("out.jsonl")).expect("the results");
        assert!(out.lines().all(|line| whole.contains(line)), "read {number}: other lines");
        let lost = out.lines().count() < whole.len();
        assert!(!lost || ran.err.contains("cannot read"), "read {number}: a loss is not told\n{}", ran.err);
        number += 1;
        assert!(number < 500, "reads never end");
    }
    assert!(number > 6, "{number} reads");
}
