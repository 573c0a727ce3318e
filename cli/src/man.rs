//! `copydesk man`: a manual page for each command, from the same text as `--help`.

use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::args::Arguments;
use crate::{SUCCESS, message};

/// Writes the pages to a folder.
pub(crate) fn man(folder: &Path) -> Result<u8> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let command = Arguments::command();
    clap_mangen::generate_to(command, folder)
        .with_context(|| format!("cannot write pages to {}", folder.display()))?;
    let folder = folder.display();
    message::line(format_args!(
        "manual pages written to {folder}; to read one: man -l {folder}/copydesk-run.1"
    ));
    Ok(SUCCESS)
}
