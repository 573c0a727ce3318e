//! `copydesk check`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::Registry;
use copydesk_engine::input::find;

use crate::args::CheckArguments;
use crate::{SUCCESS, message, run};

/// Checks a pipeline file and tells what it would do.
pub(crate) fn check(arguments: &CheckArguments) -> Result<u8> {
    let config = run::load(Some(&arguments.file), &arguments.pipeline.set, &Registry::built_in())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: a right pipeline", arguments.file.display())?;
    for (name, version) in config.plan.versions() {
        let stages = config.plan.stages().iter().filter(|stage| stage.name() == name);
        let layers: Vec<&str> = stages.flat_map(|stage| stage.provides()).map(String::as_str).collect();
        writeln!(out, "  {name} {version} -> {}", layers.join(", "))?;
    }
    let paths = config.pipeline.input.path.to_vec();
    match find(&paths, config.pipeline.input.format) {
        _ if paths.is_empty() => writeln!(out, "  no input named: give it to `copydesk run`")?,
        Ok(found) => writeln!(out, "  {} input files", found.len())?,
        Err(error) => message::warning(error),
    }
    Ok(SUCCESS)
}
