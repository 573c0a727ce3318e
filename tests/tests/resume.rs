//! Runs that are killed and continued: the bytes are those of an undisturbed run.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use copydesk_tests::{binary, copydesk, copydesk_with_input, corpus, folder};

/// Kills a format, or as many as the environment asks for: `./test.sh --all` asks for more.
fn kills() -> u64 {
    std::env::var("COPYDESK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

/// Documents of a run that is killed: fewer where few kills are asked for, so that the test stays short.
fn documents(most: usize) -> usize {
    if kills() > 10 { most } else { most / 2 }
}

/// A corpus with broken lines in it, so that there are failures too.
fn input(documents: usize) -> String {
    let text = corpus(documents);
    let broken = |(number, line): (usize, &str)| {
        if number % 97 == 13 { format!("x{line}\n") } else { format!("{line}\n") }
    };
    text.lines().enumerate().map(broken).collect()
}

/// Starts a run, lets it work for so many milliseconds, and kills it.
fn kill_after(folder: &Path, output: &str, milliseconds: u64) {
    kill_run_after(folder, &["-o", output], milliseconds);
}

/// The same for a run with these arguments.
fn kill_run_after(folder: &Path, arguments: &[&str], milliseconds: u64) {
    let mut command = Command::new(binary());
    command.args(["run", "in.jsonl", "--resume", "-q"]).args(arguments).current_dir(folder);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command");
    std::thread::sleep(Duration::from_millis(milliseconds));
    // It may have finished.
    let _ = child.kill();
    child.wait().expect("it ends");
}

#[test]
fn killed_runs_end_with_the_bytes_of_an_undisturbed_one() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), input(documents(1500))).expect("the input");
    for ending in ["jsonl", "jsonl.gz", "jsonl.zst"] {
        let (whole, output) = (format!("whole/out.{ending}"), format!("killed/out.{ending}"));
        copydesk(dir, &["run", "in.jsonl", "-o", &whole, "-q"]).exits(1);
        let mut random = 0x9e37_79b9_u64;
        for _ in 0..kills() {
            random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            kill_after(dir, &output, 60 + (random >> 33) % if kills() > 10 { 600 } else { 300 });
        }
        copydesk(dir, &["run", "in.jsonl", "-o", &output, "--resume", "-q", "--jobs", "3"]).exits(1);
        let read = |path: &str| std::fs::read(dir.join(path)).expect(path);
        assert!(read(&whole) == read(&output), "{ending}: other results");
        assert!(read("whole/errors.jsonl") == read("killed/errors.jsonl"), "{ending}: other failures");
        let left: Vec<_> = std::fs::read_dir(dir.join("killed")).expect("the folder").flatten().collect();
        // Results, failures, and what the run was.
        assert_eq!(left.len(), 3, "{left:?}");
        std::fs::remove_dir_all(dir.join("killed")).expect("the folder is there");
    }
}

/// The files of a folder with their bytes, but for what a run says of itself.
fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            files.extend(
                self::files(&entry.path()).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else if !name.ends_with("run.json") {
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
    files
}

#[test]
fn killed_runs_of_tables_end_with_the_bytes_of_an_undisturbed_one() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), input(documents(700))).expect("the input");
    let mut random = 0x9e37_79b9_u64;
    for outputs in [
        &["quotes.csv"][..],
        &["entities.csv.gz"],
        &["figures.parquet"],
        &["news.sqlite", "out.jsonl.zst"],
        &["tables/", "--format", "csv"],
    ] {
        let arguments = |folder: &str| -> Vec<String> {
            let place = |word: &&str| match word.starts_with("--") || *word == "csv" {
                true => vec![(*word).to_owned()],
                false => vec!["-o".to_owned(), format!("{folder}/{word}")],
            };
            outputs.iter().flat_map(place).collect()
        };
        let run = |folder: &str, more: &[&str]| {
            let arguments = arguments(folder);
            let arguments: Vec<&str> =
                arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
            copydesk(dir, &[&["run", "in.jsonl", "-q"][..], &arguments].concat())
        };
        run("whole", &[]).exits(1);
        for _ in 0..kills() {
            random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            let arguments = arguments("killed");
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            kill_run_after(dir, &arguments, 60 + (random >> 33) % 600);
        }
        run("killed", &["--resume", "--jobs", "3"]).exits(1);
        let (whole, killed) = (files(&dir.join("whole")), files(&dir.join("killed")));
        assert_eq!(whole.keys().collect::<Vec<_>>(), killed.keys().collect::<Vec<_>>(), "{outputs:?}");
        for (name, bytes) in &whole {
            assert!(*bytes == killed[name], "{outputs:?}: {name} differs");
        }
        std::fs::remove_dir_all(dir.join("killed")).expect("the folder is there");
        std::fs::remove_dir_all(dir.join("whole")).expect("the folder is there");
    }
}

#[test]
fn what_has_changed_is_named() {
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
    run(&[]).exits(2).says(&["the inputs (in.jsonl) changed since", "start anew with --restart"]);
    copydesk(dir, &["run", "in.jsonl", "-o", "out.jsonl", "--restart", "-q"]).exits(1);
    assert!(!dir.join("out.jsonl.journal").exists());
}

#[test]
fn where_there_is_nothing_to_continue_a_run_begins() {
    let dir = folder();
    let article = b"{\"id\":\"a\",\"text\":\"The mayor left.\"}\n";
    let arguments = ["run", "-", "-o", "out.jsonl", "--resume"];
    for _ in 0..2 {
        copydesk_with_input(dir.path(), &arguments, article).exits(0);
    }
    let arguments = ["run", "-", "-o", "quotes.csv", "--resume"];
    copydesk_with_input(dir.path(), &arguments, article).exits(0);
    let arguments = ["run", "-", "-o", "-", "--resume"];
    copydesk_with_input(dir.path(), &arguments, article).exits(0).says(&["this one begins anew"]);
    // A journal of somebody else's stays.
    std::fs::write(dir.path().join("mine.jsonl.journal"), "Dear diary,\n").expect("a file");
    copydesk_with_input(dir.path(), &["run", "-", "-o", "mine.jsonl"], article)
        .exits(2)
        .says(&["did not write it"]);
    let diary = std::fs::read_to_string(dir.path().join("mine.jsonl.journal")).expect("the file");
    assert_eq!(diary, "Dear diary,\n");
}
