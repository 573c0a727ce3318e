//! A disk that becomes full during a run, and is freed later: complete lines are kept, and the continued run gives the same bytes as
//! an uninterrupted one.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::Command;

use copydesk_tests::{copydesk, folder, is_thorough, lines, results};
use serde_json::json;

/// A file system in memory, which is unmounted when this is dropped.
struct Disk(PathBuf);

impl Disk {
    /// A disk of this many KB; `None` without the right to mount.
    fn mounted(folder: &Path, kilobytes: usize) -> Option<Self> {
        let place = folder.join("disk");
        std::fs::create_dir_all(&place).expect("a folder");
        let size = format!("size={kilobytes}k");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&place).status();
        mount.is_ok_and(|status| status.success()).then_some(Self(place))
    }

    /// Enlarges the disk.
    fn free(&self) {
        let mount = Command::new("mount").args(["-o", "remount,size=512m"]).arg(&self.0).status();
        assert!(mount.expect("mount").success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

fn write_input(folder: &Path, documents: usize) {
    let line = |number: usize| {
        json!({"id": number, "text": "Prices rose 5 percent. ".repeat(40)}).to_string() + "\n"
    };
    std::fs::write(folder.join("in.jsonl"), (0..documents).map(line).collect::<String>()).expect("the input");
}

#[test]
fn a_full_disk_keeps_the_whole_lines() {
    let temporary = folder();
    let dir = temporary.path();
    write_input(dir, 2000);
    let Some(disk) = Disk::mounted(dir, 512) else {
        // Without the right to mount, the device that is always full: it cannot keep anything, but the error must be reported.
        let ran = copydesk(dir, &["run", "in.jsonl", "-o", "/dev/full", "-q"]);
        ran.exits(2).says(&["writing /dev/full failed", "No space left"]);
        return;
    };
    let ran = copydesk(dir, &["run", "in.jsonl", "-o", "disk/out.jsonl", "-q"]).exits(1).says(&[
        "writing disk/out.jsonl.partial failed after",
        "No space left",
        "free some space",
    ]);
    let partial = disk.0.join("out.jsonl.partial");
    assert!(std::fs::read(&partial).expect("what fitted").ends_with(b"\n"));
    let kept = lines(&partial).len();
    assert!(kept > 10, "{kept} lines were kept");
    assert!(ran.err.contains(&format!("after {kept} documents")), "{}", ran.err);
}

#[test]
fn a_run_is_continued_on_a_disk_that_was_freed() {
    let temporary = folder();
    let dir = temporary.path();
    write_input(dir, if is_thorough() { 2000 } else { 400 });
    let sizes: &[usize] = if is_thorough() {
        &[4, 16, 48, 100, 200, 400, 700, 1000, 1500, 2500, 4000, 6000, 9000, 13000]
    } else {
        &[16, 300]
    };
    let outputs: &[&[&str]] = &[
        &["-o", "OUT/out.jsonl"],
        &["-o", "OUT/out.jsonl.zst"],
        &["-o", "OUT/figures.csv"],
        &["-o", "OUT/figures.parquet"],
        &["-o", "OUT/news.sqlite"],
        &["-o", "OUT/tables/", "--format", "csv"],
    ];
    let mut filled = 0;
    for (number, output) in outputs.iter().enumerate() {
        let run = |out: &str, more: &[&str]| {
            let words: Vec<String> = output.iter().map(|word| word.replace("OUT", out)).collect();
            let words = words.iter().map(String::as_str);
            copydesk(
                dir,
                &["run", "in.jsonl", "-q"]
                    .into_iter()
                    .chain(words)
                    .chain(more.iter().copied())
                    .collect::<Vec<_>>(),
            )
        };
        let whole = format!("whole-{number}");
        run(&whole, &[]).exits(0);
        let whole = results(&dir.join(whole));
        for &size in sizes {
            let Some(disk) = Disk::mounted(dir, size) else { return };
            let ran = run("disk/out", &[]);
            if ran.code != 0 {
                filled += 1;
                let told = &ran.err;
                assert!(
                    (1..=2).contains(&ran.code)
                        && (told.contains("No space left") || told.contains("disk is full")),
                    "{output:?}, {size} KB: {told}"
                );
                for (name, bytes) in results(&disk.0.join("out")) {
                    assert!(whole.get(&name) == Some(&bytes), "{output:?}, {size} KB: {name} is not whole");
                }
                disk.free();
                run("disk/out", &["--resume"]).exits(0);
            }
            assert!(results(&disk.0.join("out")) == whole, "{output:?}, {size} KB: other results");
        }
    }
    assert!(filled >= outputs.len(), "the disk was full {filled} times only");
}
