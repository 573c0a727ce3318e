//! Any text through all built-in stages: none fails, and the processor time per byte does not grow with the length.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use copydesk_core::Source;
use copydesk_engine::config::{self, Config};
use copydesk_engine::{Analyzer, Registry};
use rustix::time::{ClockId, clock_gettime};

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let stages = ["entity", "figure", "quote", "sentiment", "claim"]
        .map(|name| format!("[[stage]]\nuse = \"{name}\"\n"));
    config::parse(&stages.concat(), Path::new("p.toml"), &[], &Registry::built_in()).ok().expect("a pipeline")
});

/// The maximum processor time per byte, with all checks of the fuzzer on; a quadratic stage takes more at a few kilobytes.
const NANOSECONDS_A_BYTE: u128 = 200_000;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (title, body) = text.split_once('\u{1}').unwrap_or(("", text));
    // Repeating the text reveals slowness at lengths that a fuzzer does not reach.
    let body =
        if text.len() % 2 == 0 { body.to_owned() } else { body.repeat(1 + 20_000 / body.len().max(1)) };
    let mut analyzer = Analyzer::new(&CONFIG.plan);
    let started = nanoseconds();
    let source = Source { id: "x", text: &body, title: Some(title), date: Some("2024-05-08"), targets: &[] };
    if let Err(error) = analyzer.analyze(source) {
        panic!("{error}");
    }
    let allowed = (1_000 + body.len() as u128) * NANOSECONDS_A_BYTE;
    let taken = nanoseconds() - started;
    assert!(taken < allowed, "{} bytes took {} ms", body.len(), taken / 1_000_000);
});

/// The processor time of this thread so far, which other programs on the machine do not affect.
fn nanoseconds() -> u128 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    u128::from(time.tv_sec.unsigned_abs()) * 1_000_000_000 + u128::from(time.tv_nsec.unsigned_abs())
}
