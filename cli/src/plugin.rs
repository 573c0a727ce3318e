//! `copydesk plugin`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::plugin::Library;

use crate::args::{PluginArguments, PluginCommand};
use crate::{SUCCESS, stages};

/// Inspects a library.
pub(crate) fn plugin(arguments: &PluginArguments) -> Result<u8> {
    let PluginCommand::Inspect { file } = &arguments.command;
    stages::warn_of_code(file);
    let library = Library::open(file)?;
    let mut out = std::io::stdout().lock();
    let (major, minor) = library.abi_version();
    writeln!(out, "{}: a copydesk plugin for ABI {major}.{minor}\n", file.display())?;
    for info in library.infos() {
        stages::describe(&mut out, info)?;
    }
    Ok(SUCCESS)
}
