//! `copydesk check`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::{Registry, is_library};

use crate::args::CheckArguments;
use crate::{SUCCESS, message, run};

/// Checks a pipeline file and prints what it would do.
pub(crate) fn check(arguments: &CheckArguments) -> Result<u8> {
    let config = run::load(Some(&arguments.file), &arguments.pipeline.set, &Registry::built_in())?;
    let paths = config.pipeline.input.path.to_vec();
    let inputs = config.find_inputs().map_err(|problem| message::Problems(vec![problem]))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: a right pipeline", arguments.file.display())?;
    for (name, version) in config.plan.versions() {
        let stages = config.plan.stages().iter().filter(|stage| stage.name() == name);
        let layers: Vec<&str> = stages.flat_map(|stage| stage.provides()).map(String::as_str).collect();
        writeln!(out, "  {name} {version} -> {}", layers.join(", "))?;
    }
    for entry in config.pipeline.stage.iter().filter(|entry| is_library(&entry.used)) {
        writeln!(out, "  {} is code and was loaded; --no-plugins keeps it from that", entry.used)?;
    }
    if paths.is_empty() {
        writeln!(out, "  no input named: give it to `copydesk run`")?;
    } else {
        writeln!(out, "  {}", message::count(inputs.found.len() as u64, "input file"))?;
        if inputs.skipped.count() > 0 {
            writeln!(
                out,
                "  {} of formats that are not read: {}",
                message::count(inputs.skipped.count(), "file"),
                inputs.skipped
            )?;
        }
    }
    Ok(SUCCESS)
}
