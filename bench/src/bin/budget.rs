//! Measures the cost of each part of a run and compares it with the recorded budget.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command prints")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use copydesk_bench::budget::{Budget, TOLERANCE};
use copydesk_bench::{Article, Corpus, callgrind, linear};

/// The size of the corpus, in bytes of text.
const TEXT: usize = 300_000;
const SEED: u64 = 1;

/// Measures the instructions per byte of text of each part of `copydesk run`.
///
/// Builds the release binary, runs it under callgrind over generated articles, and compares with bench/budget.tsv.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Fail if a part takes over 3 % more than its budget
    Check,
    /// Write the measurement as the new budget
    Record,
    /// Fail if the cost per byte of a part grows with the length of a document, for adversarial texts
    Linear,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let path = root().join("bench/budget.tsv");
    match arguments.what {
        What::Linear => linear(),
        What::Record => {
            let measured = measure()?;
            let head = format!(
                "Instructions per byte of text for each part; recorded with {}.\n\
                 `cargo run --release -p copydesk-bench --bin budget -- record` writes this file.",
                compiler()?
            );
            std::fs::write(&path, measured.file(&head))
                .with_context(|| format!("cannot write {}", path.display()))?;
            print!("{}", measured.file("instructions per byte"));
            Ok(ExitCode::SUCCESS)
        }
        What::Check => check(&path, &measure()?),
    }
}

fn check(path: &Path, measured: &Budget) -> anyhow::Result<ExitCode> {
    const RECORD: &str = "cargo run --release -p copydesk-bench --bin budget -- record";
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let verdict = Budget::read(&file).with_context(|| path.display().to_string())?.compare(measured);
    print!("{}", verdict.table);
    for part in &verdict.under {
        println!("cheaper: {part}. Record it: {RECORD}");
    }
    for part in &verdict.over {
        eprintln!("over budget: {part}");
    }
    if verdict.over.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if !file.contains(&compiler()?) {
        eprintln!("note: the budget was recorded with a different compiler; this is {}", compiler()?);
    }
    eprintln!(
        "At most {:.0} % over budget is allowed. `callgrind_annotate {}` shows the costs. If the change is worth its cost, say why in the \
         commit and record the new budget: {RECORD}",
        100.0 * TOLERANCE,
        profile().display()
    );
    Ok(ExitCode::FAILURE)
}

fn linear() -> anyhow::Result<ExitCode> {
    let pieces = linear::pieces()?;
    let input = write("hostile.jsonl", &linear::documents(&pieces))?;
    // `eval` analyses documents one by one.
    let mut copydesk = Command::new(build()?);
    copydesk.args(["eval", "entity", "--gold"]).arg(input);
    let costs = callgrind::run_by_call(&mut copydesk, &folder().join("hostile.out"), linear::DOCUMENT)?;
    let faults = linear::faults(&pieces, &costs)?;
    for fault in &faults {
        eprintln!("not linear: {fault}");
    }
    println!("{} hostile texts, {} faults", pieces.len(), faults.len());
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure() -> anyhow::Result<Budget> {
    let binary = build()?;
    let articles: Vec<Article> = Corpus::new(SEED).of_size(TEXT).collect();
    let bytes = articles.iter().map(|article| article.text.len()).sum();
    let lines: String = articles.iter().map(Article::json_line).collect();
    let input = write("articles.jsonl", &lines)?;
    let output = folder().join("out.jsonl");
    let mut copydesk = Command::new(binary);
    copydesk.arg("run").arg(input).arg("-o").arg(output).args(["--jobs", "1", "--quiet"]);
    Budget::measured(&callgrind::run(&mut copydesk, &profile())?, bytes)
}

/// Builds the release binary and returns its path.
fn build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--locked", "--quiet"])
        .current_dir(root())
        .status()?;
    if !built.success() {
        bail!("the release binary does not build");
    }
    // Both binaries are built into the same folder.
    let own = std::env::current_exe()?;
    Ok(own.parent().context("this binary is in a folder")?.join("copydesk"))
}

/// The compiler's version, as costs differ between compilers.
fn compiler() -> anyhow::Result<String> {
    let output =
        Command::new("rustc").arg("--version").current_dir(root()).output().context("cannot start rustc")?;
    Ok(format!("{} on {}", String::from_utf8_lossy(&output.stdout).trim(), std::env::consts::ARCH))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("bench is below the root").to_owned()
}

/// Writes an input file and returns its path.
fn write(name: &str, text: &str) -> anyhow::Result<PathBuf> {
    let path = folder().join(name);
    let written = std::fs::create_dir_all(folder()).and_then(|()| std::fs::write(&path, text));
    written.with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn folder() -> PathBuf {
    root().join("target/budget")
}

fn profile() -> PathBuf {
    folder().join("callgrind.out")
}
