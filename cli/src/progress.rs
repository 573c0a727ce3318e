//! The progress bar while a run goes on, and the summary when it is done.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use copydesk_engine::input::Found;
use copydesk_engine::{Progress, Report};
use indicatif::{ProgressBar, ProgressStyle};

use crate::message::count;

/// A progress bar on standard error. It draws nothing if standard error is not a terminal.
pub(crate) struct Bar {
    thread: Option<(JoinHandle<()>, Arc<AtomicBool>)>,
}

impl Bar {
    /// Starts to draw.
    pub(crate) fn start(quiet: bool, inputs: &[Found], progress: &Arc<Progress>) -> Self {
        if quiet {
            return Self { thread: None };
        }
        let bar = match total(inputs) {
            Some(total) => ProgressBar::new(total).with_style(style(
                "{wide_bar:.cyan/blue} {bytes}/{total_bytes}  {msg}  {binary_bytes_per_sec}  {eta} left",
            )),
            None => {
                ProgressBar::no_length().with_style(style("{spinner} {bytes}  {msg}  {binary_bytes_per_sec}"))
            }
        };
        if bar.is_hidden() {
            return Self { thread: None };
        }
        let done = Arc::new(AtomicBool::new(false));
        let (progress, stop) = (Arc::clone(progress), Arc::clone(&done));
        let thread = std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                bar.set_position(progress.source_read.load(Ordering::Relaxed));
                bar.set_message(count(progress.documents.load(Ordering::Relaxed), "document"));
                std::thread::sleep(Duration::from_millis(100));
            }
            bar.finish_and_clear();
        });
        Self { thread: Some((thread, done)) }
    }

    /// Removes the bar.
    pub(crate) fn finish(self) {
        if let Some((thread, done)) = self.thread {
            done.store(true, Ordering::Relaxed);
            // A panic of the bar must not fail the run.
            let _ = thread.join();
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The size of all input files; unknown if one is standard input.
fn total(inputs: &[Found]) -> Option<u64> {
    let size = |input: &Found| match input {
        Found::File(path, _) => path.metadata().ok().map(|metadata| metadata.len()),
        Found::Stdin(_) => None,
        Found::Unreadable(..) => Some(0),
    };
    inputs.iter().map(size).sum()
}

/// What was done, where the output is, and how long each stage took.
pub(crate) fn summary(report: &Report, outputs: &[PathBuf], errors: Option<&Path>) -> String {
    let seconds = report.elapsed.as_secs_f64();
    let megabytes = report.text_bytes as f64 / 1e6;
    let mut text = format!(
        "{}, {megabytes:.1} MB of text in {seconds:.2} s ({:.1} MB/s)",
        count(report.documents, "document"),
        megabytes / seconds.max(1e-9)
    );
    if !outputs.is_empty() {
        let outputs: Vec<String> = outputs.iter().map(|output| output.display().to_string()).collect();
        let _ = write!(text, " -> {}", outputs.join(", "));
    }
    if report.failed > 0 {
        let _ = write!(text, "\n{} failed", count(report.failed, "document"));
        if let Some(errors) = errors {
            let _ = write!(text, " -> {}", errors.display());
        }
    }
    let total: f64 = report.stages.iter().map(|stage| stage.time.as_secs_f64()).sum();
    for stage in &report.stages {
        let time = stage.time.as_secs_f64();
        let _ = write!(text, "\n  {:20} {time:8.2} s  {:4.1} %", stage.name, 100.0 * time / total.max(1e-12));
    }
    text
}
