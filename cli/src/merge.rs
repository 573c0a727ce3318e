//! `copydesk merge`

use anyhow::Result;
use copydesk_engine::merge as join;

use crate::args::MergeArguments;
use crate::{SUCCESS, message};

/// Joins the outputs of shards.
pub(crate) fn merge(arguments: &MergeArguments) -> Result<u8> {
    let beside = || arguments.output.with_file_name("errors.jsonl");
    let errors = arguments.errors.clone().unwrap_or_else(beside);
    let merged = join(&arguments.parts, &arguments.output, Some(&errors), arguments.force)?;
    if !arguments.quiet {
        let documents = message::count(merged.documents, "document");
        message::line(format_args!("{documents} -> {}", arguments.output.display()));
        if merged.failed > 0 {
            let failed = message::count(merged.failed, "document");
            message::line(format_args!("{failed} failed -> {}", errors.display()));
        }
    }
    Ok(SUCCESS)
}
