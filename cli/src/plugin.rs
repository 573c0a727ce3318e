//! `copydesk plugin`

mod check;
mod list;
mod torture;

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use copydesk_engine::plugin::Library;
use copydesk_engine::{Registry, is_script};

use crate::args::{PluginArguments, PluginCommand};
use crate::{SUCCESS, stages, template};

/// Creates a stage from a template, or inspects, checks or lists plugins.
pub(crate) fn plugin(arguments: &PluginArguments) -> Result<u8> {
    match &arguments.command {
        PluginCommand::New { name, lang, core } => {
            template::new(name, *lang, core.as_deref()).map(|()| SUCCESS)
        }
        PluginCommand::Inspect { file } => inspect(file),
        PluginCommand::Check(arguments) => check::check(arguments),
        PluginCommand::List { folders } => list::list(folders),
    }
}

fn inspect(file: &Path) -> Result<u8> {
    stages::warn_of_code(file);
    if is_script(&file.to_string_lossy()) {
        let mut out = std::io::stdout().lock();
        for factory in Registry::built_in().load(file)? {
            stages::describe(&mut out, factory.info())?;
        }
        return Ok(SUCCESS);
    }
    let library = Library::open(file)?;
    let mut out = std::io::stdout().lock();
    let (major, minor) = library.abi_version();
    writeln!(out, "{}: a copydesk plugin for ABI {major}.{minor}\n", file.display())?;
    for info in library.infos() {
        stages::describe(&mut out, info)?;
    }
    Ok(SUCCESS)
}
