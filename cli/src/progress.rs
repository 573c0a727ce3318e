//! The progress bar during a run, and the summary after it.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use copydesk_engine::input::{Found, total_bytes};
use copydesk_engine::{Progress, Report};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::message::{self, count};

/// A progress bar on standard error; if that is not a terminal, a line every ten seconds.
pub(crate) struct Bar {
    thread: Option<(JoinHandle<()>, Arc<AtomicBool>)>,
}

impl Bar {
    /// Starts drawing.
    pub(crate) fn start(quiet: bool, inputs: &[Found], progress: &Arc<Progress>) -> Self {
        if quiet {
            return Self { thread: None };
        }
        let bar = match total_bytes(inputs) {
            Some(total) => ProgressBar::new(total).with_style(style(
                "{wide_bar:.cyan/blue} {bytes}/{total_bytes}  {msg}  {binary_bytes_per_sec}  {eta} left",
            )),
            None => {
                ProgressBar::no_length().with_style(style("{spinner} {bytes}  {msg}  {binary_bytes_per_sec}"))
            }
        };
        let done = Arc::new(AtomicBool::new(false));
        let (progress, stop) = (Arc::clone(progress), Arc::clone(&done));
        if bar.is_hidden() || message::is_json() {
            let total = total_bytes(inputs);
            let thread = std::thread::spawn(move || log_periodically(&progress, total, &stop));
            return Self { thread: Some((thread, done)) };
        }
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
            // A panic in the bar must not fail the run.
            let _ = thread.join();
        }
    }
}

/// Writes a line every ten seconds, for logs.
fn log_periodically(progress: &Progress, total: Option<u64>, stop: &AtomicBool) {
    const EVERY: Duration = Duration::from_secs(10);
    let started = Instant::now();
    let mut next = EVERY;
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
        if started.elapsed() >= next {
            next += EVERY;
            let state = State::of(progress, total);
            message::event("progress", line(&state, started.elapsed()), state.figures(started.elapsed()));
        }
    }
}

/// The progress of a run.
struct State {
    documents: u64,
    failed: u64,
    text_bytes: u64,
    /// Bytes of the input that have been read, and the total.
    read: u64,
    total: Option<u64>,
}

impl State {
    fn of(progress: &Progress, total: Option<u64>) -> Self {
        let load = |number: &AtomicU64| number.load(Ordering::Relaxed);
        Self {
            documents: load(&progress.documents),
            failed: load(&progress.failed),
            text_bytes: load(&progress.text_bytes),
            read: load(&progress.source_read),
            total,
        }
    }
}

impl State {
    fn figures(&self, elapsed: Duration) -> Value {
        let Self { documents, failed, text_bytes, read, total } = self;
        let seconds = elapsed.as_secs_f64();
        json!({"documents": documents, "failed": failed, "text_bytes": text_bytes, "bytes_read": read,
            "bytes_of_input": total, "seconds": seconds})
    }
}

/// The numbers of a summary.
pub(crate) fn figures(report: &Report) -> Value {
    json!({"documents": report.documents, "failed": report.failed, "failures": report.kinds,
        "left_out": report.left_out, "undated": report.undated, "duplicates": report.duplicates,
        "text_bytes": report.text_bytes, "seconds": report.elapsed.as_secs_f64()})
}

/// "1200 documents, 1 failed, 8.4 MB/s, 37 %, 2 min left"
fn line(state: &State, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(1e-3);
    let mut line = count(state.documents, "document");
    if state.failed > 0 {
        let _ = write!(line, ", {} failed", state.failed);
    }
    let _ = write!(line, ", {:.1} MB/s", state.text_bytes as f64 / 1e6 / seconds);
    if let Some(total) = state.total.filter(|total| *total > 0 && state.read > 0) {
        let share = (state.read as f64 / total as f64).min(1.0);
        let left = (seconds / share - seconds).round() as u64;
        let left = match left {
            0..120 => format!("{left} s"),
            120..7200 => format!("{} min", left / 60),
            _ => format!("{} h", left / 3600),
        };
        let _ = write!(line, ", {:.0} %, {left} left", 100.0 * share);
    }
    line
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The numbers of documents, the outputs, and the time of each stage.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_the_progress() {
        let state =
            |failed, total| State { documents: 1200, failed, text_bytes: 84_000_000, read: 30, total };
        let ten = Duration::from_secs(10);
        assert_eq!(line(&state(1, Some(100)), ten), "1200 documents, 1 failed, 8.4 MB/s, 30 %, 23 s left");
        assert_eq!(line(&state(0, Some(10_000)), ten), "1200 documents, 8.4 MB/s, 0 %, 55 min left");
        assert_eq!(line(&state(0, None), ten), "1200 documents, 8.4 MB/s");
    }
}
