//! What stages print that run in processes of their own, as messages.

use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk_engine::take_printed;
use serde_json::json;

use crate::message;

/// Shows what they print, behind the stage's name: all of it, its first lines, or with `quiet` nothing.
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
            message::line("stages print more, which is not shown; --verbose shows all of it");
        }
    });
}
