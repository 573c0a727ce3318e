//! Shards of a run, processed separately, are merged into the bytes of a single run.

use std::path::Path;
#[cfg(unix)]
use std::{process::Command, time::Duration};

#[cfg(unix)]
use copydesk_tests::binary;
use copydesk_tests::{copydesk, corpus, folder};

/// A corpus with some broken lines, so that there are failures too.
fn input(documents: usize) -> String {
    let broken = |(number, line): (usize, &str)| {
        if number % 97 == 13 { format!("x{line}\n") } else { format!("{line}\n") }
    };
    corpus(documents).lines().enumerate().map(broken).collect()
}

fn run_shard(dir: &Path, number: usize, of: usize, ending: &str) -> String {
    let (shard, output) = (format!("{number}/{of}"), format!("parts/part-{number}.{ending}"));
    let run = copydesk(dir, &["run", "in.jsonl", "--shard", &shard, "-o", &output, "-q"]);
    assert!(run.code == 0 || run.code == 1, "{}", run.err);
    output
}

fn bytes(dir: &Path, name: &str) -> Vec<u8> {
    std::fs::read(dir.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn merged_shards_are_the_bytes_of_one_run() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), input(900)).expect("the input");
    for (of, ending) in [(1, "jsonl"), (2, "jsonl"), (3, "jsonl.gz"), (4, "jsonl.zst"), (5, "jsonl")] {
        let whole = format!("whole/out.{ending}");
        copydesk(dir, &["run", "in.jsonl", "-o", &whole, "-q"]).exits(1);
        // In any order.
        let parts: Vec<String> = (1..=of).rev().map(|number| run_shard(dir, number, of, ending)).collect();
        let merged = format!("merged/out.{ending}");
        let names = parts.iter().map(String::as_str);
        let arguments: Vec<&str> = ["merge", "-o", &merged].into_iter().chain(names).collect();
        copydesk(dir, &arguments).exits(0).says(&["890 documents -> merged/out.", "10 documents failed"]);
        assert!(bytes(dir, &whole) == bytes(dir, &merged), "{of} shards: other results");
        let errors = (bytes(dir, "whole/errors.jsonl"), bytes(dir, "merged/errors.jsonl"));
        assert!(errors.0 == errors.1, "{of} shards: other failures");
        std::fs::remove_dir_all(dir.join("parts")).expect("the folder is there");
    }
}

#[cfg(unix)]
#[test]
fn shards_that_were_killed_are_continued_and_merged() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), input(1500)).expect("the input");
    copydesk(dir, &["run", "in.jsonl", "-o", "whole/out.jsonl.zst", "-q"]).exits(1);
    for number in ["1", "2"] {
        let (shard, output) = (format!("{number}/2"), format!("part-{number}.jsonl.zst"));
        let arguments = ["run", "in.jsonl", "--shard", &shard, "-o", &output, "-q", "--resume"];
        for milliseconds in [150, 400, 700] {
            let mut child =
                Command::new(binary()).args(arguments).current_dir(dir).spawn().expect("it starts");
            std::thread::sleep(Duration::from_millis(milliseconds));
            // It may have finished already.
            let _ = child.kill();
            child.wait().expect("it ends");
        }
        copydesk(dir, &arguments).exits(1);
    }
    copydesk(dir, &["merge", "part-1.jsonl.zst", "part-2.jsonl.zst", "-o", "merged/out.jsonl.zst", "-q"])
        .exits(0);
    for name in ["out.jsonl.zst", "errors.jsonl"] {
        assert!(
            bytes(dir, &format!("whole/{name}")) == bytes(dir, &format!("merged/{name}")),
            "{name} differs"
        );
    }
}

#[test]
fn files_that_are_not_all_shards_of_one_run_are_not_merged() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), input(400)).expect("the input");
    let parts: Vec<String> = (1..=3).map(|number| run_shard(dir, number, 3, "jsonl")).collect();
    let merge = |parts: &[&str]| copydesk(dir, &[&["merge", "-o", "out.jsonl"], parts].concat());
    merge(&[&parts[0], &parts[2]]).exits(2).says(&["shard 2/3 is missing"]);
    merge(&[&parts[0], &parts[1], &parts[1], &parts[2]]).exits(2).says(&["shard 2/3 is named twice"]);
    copydesk(
        dir,
        &["run", "in.jsonl", "--shard", "2/3", "-o", "other.jsonl", "-q", "--set", "output.offsets=bytes"],
    );
    merge(&[&parts[0], "other.jsonl", &parts[2]]).exits(2).says(&["the outputs of", "not shards of one run"]);
    copydesk(dir, &["merge", "-o", "out.jsonl.gz", &parts[0], &parts[1], &parts[2]])
        .exits(2)
        .says(&["not compressed like"]);
    merge(&["in.jsonl"]).exits(2).says(&["in.jsonl is not the output of a finished shard"]);
    copydesk(dir, &["merge", "-o", &parts[1], &parts[0], &parts[1], &parts[2]])
        .exits(2)
        .says(&["writing there would destroy it"]);
    let before = bytes(dir, &parts[1]);
    std::fs::write(dir.join(&parts[1]), &before[..before.len() / 2]).expect("a file");
    merge(&[&parts[0], &parts[1], &parts[2]]).exits(2).says(&["has changed since"]);
    assert!(!dir.join("out.jsonl").exists());
}

#[test]
fn a_shard_that_cannot_be_merged_is_refused() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), input(10)).expect("the input");
    let run = |arguments: &[&str]| copydesk(dir, &[&["run", "in.jsonl"], arguments].concat());
    run(&["--shard", "1/2", "-o", "out.sqlite"]).exits(2).says(&["copydesk merge", "copydesk export"]);
    run(&["--shard", "1/2"]).exits(2).says(&["-o part-1.jsonl"]);
    run(&["--shard", "3/2", "-o", "out.jsonl"]).exits(2).says(&["from 1, and of all shards: 2/16"]);
    run(&["--shard", "1/2", "-o", "out.jsonl", "--limit", "3", "--where", "number > 3"])
        .exits(2)
        .says(&["--limit and a filter"]);
}
