//! Any pipeline file and any `--set`: parsing and checking do not panic, and every error can be shown.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use copydesk_engine::{Registry, config};

static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::built_in);

libfuzzer_sys::fuzz_target!(|text: &str| {
    // A library named by a pipeline would be loaded, which is not tested here.
    if text.contains(['/', '\\']) || text.contains(".so") {
        return;
    }
    let (file, set) = text.split_once('\u{1}').unwrap_or((text, "output.offsets=bytes"));
    if let Err(problems) = config::parse(file, Path::new("p.toml"), &[set.to_owned()], &REGISTRY) {
        assert!(problems.iter().all(|problem| !problem.to_string().is_empty()));
    }
});
