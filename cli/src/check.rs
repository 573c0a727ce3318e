//! `copydesk check`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::{Registry, is_library, is_script};

use crate::args::CheckArguments;
use crate::{SUCCESS, message, run};

/// Checks a pipeline file and prints what it describes.
pub(crate) fn check(arguments: &CheckArguments) -> Result<u8> {
    let config = run::load(Some(&arguments.file), &arguments.pipeline.changes(), &Registry::built_in())?;
    let paths = config.pipeline.input.path.to_vec();
    let inputs = config.find_inputs().map_err(|problem| message::Problems(vec![problem]))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: valid", arguments.file.display())?;
    for (name, version) in config.plan.versions() {
        let stages = config.plan.stages().iter().filter(|stage| stage.name() == name);
        let layers: Vec<&str> = stages.flat_map(|stage| stage.provides()).map(String::as_str).collect();
        writeln!(out, "  {name} {version} -> {}", layers.join(", "))?;
    }
    for entry in &config.pipeline.stage {
        let command = entry.command.as_ref().map(|command| command.join(" "));
        let file = Some(&entry.used).filter(|used| is_library(used) || is_script(used));
        if let Some(code) = command.as_ref().or(file) {
            writeln!(out, "  note: {code} was loaded, which runs its code; --no-plugins prevents this")?;
        }
    }
    if paths.is_empty() {
        writeln!(out, "  no input: give it to `copydesk run`")?;
    } else {
        writeln!(out, "  {}", message::count(inputs.found.len() as u64, "input file"))?;
        if inputs.skipped.count() > 0 {
            writeln!(
                out,
                "  {} skipped because the format is not supported: {}",
                message::count(inputs.skipped.count(), "file"),
                inputs.skipped
            )?;
        }
    }
    Ok(SUCCESS)
}
