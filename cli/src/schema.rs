//! `copydesk schema`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::Registry;
use copydesk_engine::config::pipeline_schema;

use crate::SUCCESS;

/// Prints the JSON Schema of pipeline files.
pub(crate) fn schema() -> Result<u8> {
    let schema = pipeline_schema(&Registry::built_in());
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(SUCCESS)
}
