//! Shows the output of stages that run in separate processes, as messages.

use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk_engine::take_printed;
use serde_json::json;

use crate::message;

/// Shows their output with the stage's name: all lines, the first lines, or none if `quiet`.
pub(crate) fn show(all: bool, quiet: bool) {
    const FIRST: usize = 20;
    if quiet {
        return;
    }
    let shown = AtomicUsize::new(0);
    take_printed(move |stage, line| {
        let before = if all { 0 } else { shown.fetch_add(1, Ordering::Relaxed) };
        if before < FIRST {
            message::event("printed", format_args!("{stage}: {line}"), json!({ "stage": stage }));
        } else if before == FIRST {
            message::line("further output of stages is not shown; --verbose shows all of it");
        }
    });
}
