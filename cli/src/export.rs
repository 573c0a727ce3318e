//! `copydesk export`

use anyhow::Result;
use copydesk_engine::output::SinkError;
use copydesk_engine::{ExportError, export as fill};

use crate::args::ExportArguments;
use crate::results::{Results, warn_of};
use crate::{NOTHING_RUN, SOME_FAILED, SUCCESS, message};

/// Converts existing results to tables.
pub(crate) fn export(arguments: &ExportArguments) -> Result<u8> {
    let results = Results::of(&arguments.results, false)?;
    let tables = results.open_tables(&arguments.results)?;
    let exported = match fill(&arguments.results.files, tables, &results.named) {
        Err(ExportError::Sink(SinkError::BrokenPipe)) => return Ok(SUCCESS),
        exported => exported?,
    };
    warn_of(&exported.failures, exported.failed);
    if let Some(places) = results.places().filter(|_| !arguments.results.quiet) {
        message::line(format_args!("{} -> {places}", message::count(exported.documents, "document")));
    }
    Ok(match (exported.documents, exported.failed) {
        (_, 0) => SUCCESS,
        (0, _) => NOTHING_RUN,
        _ => SOME_FAILED,
    })
}
