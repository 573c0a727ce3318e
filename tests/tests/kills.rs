//! Runs that are killed at random moments and continued until they finish give the same bytes as an uninterrupted run, in every format.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use copydesk_bench::Corpus;
use copydesk_tests::{binary, copydesk, folder, is_thorough, kills, results};
use serde_json::json;

/// The outputs of a run, as arguments after the input; `OUT` is its folder.
const LINES: [&[&str]; 3] =
    [&["-o", "OUT/out.jsonl"], &["-o", "OUT/out.jsonl.gz"], &["-o", "OUT/out.jsonl.zst"]];
const TABLES: [&[&str]; 5] = [
    &["-o", "OUT/figures.csv"],
    &["-o", "OUT/figures.csv.gz"],
    &["-o", "OUT/figures.parquet"],
    &["-o", "OUT/news.sqlite", "-o", "OUT/out.jsonl.zst"],
    &["-o", "OUT/tables/", "--format", "csv"],
];

/// Signals that end a run: mostly KILL; one that it does not handle; one that it handles; one for exceeding the maximum file size.
const SIGNALS: [&str; 8] = ["KILL", "KILL", "KILL", "KILL", "USR1", "XFSZ", "TERM", "HUP"];

/// Documents, some of which cannot be read, so that there are failures too.
fn input(documents: usize) -> String {
    let line = |(number, article): (usize, copydesk_bench::Article)| {
        let line = json!({"id": number, "title": article.title, "date": article.date, "text": article.text});
        if number % 97 == 13 { format!("x{line}\n") } else { format!("{line}\n") }
    };
    Corpus::new(16).take(documents).enumerate().map(line).collect()
}

/// The stages of a run with many kills: only a fast one, so that more of the time is spent on writing.
const PIPELINE: &str = "[[stage]]\nuse = \"figure\"\n";

/// Pseudo-random numbers with a fixed seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) % below
    }

    /// How long a run may work: at most `longest`, with the logarithm of the time evenly distributed, since a run that is continued
    /// has less left to do the later it is killed.
    fn moment(&mut self, longest: Duration) -> Duration {
        let first = 0.02_f64;
        let times = (longest.as_secs_f64() / first).max(2.0);
        Duration::from_secs_f64(first * times.powf(self.next(1 << 30) as f64 / (1 << 30) as f64))
    }
}

/// A run that is killed repeatedly.
struct Killed<'r> {
    folder: &'r Path,
    outputs: &'r [&'r str],
}

impl Killed<'_> {
    /// The arguments of a run into the folder `out`.
    fn arguments(&self, out: &str) -> Vec<String> {
        let begin: &[&str] =
            if is_thorough() { &["run", "p.toml", "in.jsonl", "-q"] } else { &["run", "in.jsonl", "-q"] };
        let outputs = self.outputs.iter().map(|word| word.replace("OUT", out));
        begin.iter().map(|word| (*word).to_owned()).chain(outputs).collect()
    }

    fn start(&self) -> Child {
        let mut command = Command::new(binary());
        command.args(self.arguments("killed")).arg("--resume").current_dir(self.folder);
        let err = std::fs::File::create(self.folder.join("err")).expect("a file");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(err).spawn().expect("copydesk starts")
    }

    /// Starts a run and ends it after a while. Returns whether it was ended, rather than finished before.
    fn kill(&self, after: Duration, signal: &str) -> bool {
        let mut child = self.start();
        std::thread::sleep(after);
        // It may have finished already.
        let sent = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
        let status = child.wait().expect("it ends");
        let told = std::fs::read_to_string(self.folder.join("err")).expect("its messages");
        assert!(is_expected(status), "{:?} after {after:?} and {signal}: {status}\n{told}", self.outputs);
        let finished = status.code() == Some(1);
        assert!(
            !finished || !results(&self.folder.join("killed")).is_empty(),
            "{:?} after {after:?} and {signal}: {status}, without results\n{told}",
            self.outputs
        );
        !finished
    }

    /// The uninterrupted run: its results, and how long it took.
    fn undisturbed(&self) -> (BTreeMap<String, Vec<u8>>, Duration) {
        let arguments = self.arguments("whole");
        let begin = Instant::now();
        copydesk(self.folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>()).exits(1);
        (results(&self.folder.join("whole")), begin.elapsed())
    }

    /// Compares the results of the killed run, and removes them.
    fn compare(&self, whole: &BTreeMap<String, Vec<u8>>) {
        let out = self.folder.join("killed");
        let killed = results(&out);
        assert_eq!(killed.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "{:?}", self.outputs);
        for (name, bytes) in whole {
            assert!(*bytes == killed[name], "{:?}: {name} differs", self.outputs);
        }
        std::fs::remove_dir_all(out).expect("the folder is there");
    }
}

/// Whether a run ended as expected: by the signal, by its handler, or finished with some failed documents.
fn is_expected(status: ExitStatus) -> bool {
    status.signal().is_some_and(|signal| signal != 11 && signal != 6)
        || matches!(status.code(), Some(1 | 143 | 129))
}

/// Kills runs with these outputs as often as requested, each continued from where the previous one was ended; a run that finishes is
/// compared, and the next one starts from the beginning. Prints what was done.
#[allow(clippy::print_stderr)]
fn kill_again_and_again(outputs: &[&str]) {
    let temporary = folder();
    let folder = temporary.path();
    std::fs::write(folder.join("in.jsonl"), input(if is_thorough() { 20_000 } else { 400 }))
        .expect("the input");
    std::fs::write(folder.join("p.toml"), PIPELINE).expect("the pipeline");
    let run = Killed { folder, outputs };
    let (whole, longest) = run.undisturbed();
    let mut chance = Chance(outputs.len() as u64 + outputs[1].len() as u64);
    let (mut ended, mut finished) = (0, 0);
    while ended < kills() {
        let signal = SIGNALS[chance.next(SIGNALS.len() as u64) as usize];
        if run.kill(chance.moment(longest), signal) {
            ended += 1;
        } else {
            finished += 1;
            run.compare(&whole);
        }
    }
    let arguments = [run.arguments("killed"), vec!["--resume".into(), "--jobs".into(), "3".into()]].concat();
    copydesk(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>()).exits(1);
    run.compare(&whole);
    eprintln!("{}: {ended} kills, {} runs ended and were compared", outputs.join(" "), finished + 1);
}

#[test]
fn killed_runs_of_lines_end_with_the_bytes_of_an_undisturbed_one() {
    for outputs in LINES {
        kill_again_and_again(outputs);
    }
}

#[test]
fn killed_runs_of_tables_end_with_the_bytes_of_an_undisturbed_one() {
    for outputs in TABLES {
        kill_again_and_again(outputs);
    }
}
