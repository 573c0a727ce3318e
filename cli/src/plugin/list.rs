//! `copydesk plugin list`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use copydesk_engine::{is_script, plugin};

use crate::{SUCCESS, message};

/// Lists the plugins in folders. No library is loaded into this process; only files that contain the plugin symbol are loaded in
/// another.
pub(super) fn list(folders: &[PathBuf]) -> Result<u8> {
    let here = [PathBuf::from(".")];
    let folders = if folders.is_empty() { &here } else { folders };
    let mut files = Vec::new();
    for folder in folders {
        let entries =
            std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        files.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()));
    }
    files.sort();
    let mut out = std::io::stdout().lock();
    let mut found = 0;
    for file in files {
        let Some(lines) = lines(&file) else { continue };
        found += 1;
        writeln!(out, "{}", file.display())?;
        for line in lines {
            writeln!(out, "  {}", message::visible(&line))?;
        }
    }
    if found == 0 {
        message::line("no plugins found; `copydesk plugin new NAME` creates one");
    }
    Ok(SUCCESS)
}

/// The description of a file; `None` if it is not a plugin.
fn lines(file: &Path) -> Option<Vec<String>> {
    let name = format!("./{}", file.display());
    let holds = |word: &str| {
        let bytes = std::fs::read(file).unwrap_or_default();
        memchr::memmem::find(&bytes, word.as_bytes()).is_some()
    };
    if is_script(&name) {
        return holds("copydesk_stage.run").then(|| vec!["a stage in Python (not started)".to_owned()]);
    }
    if !plugin::ENDINGS.iter().any(|ending| name.ends_with(ending)) || !holds(plugin::SYMBOL) {
        return None;
    }
    Some(match plugin::describe(file) {
        Ok(stages) => stages
            .iter()
            .map(|info| {
                format!("{} {} -> {}  {}", info.name, info.version, info.provides.join(", "), info.summary)
            })
            .collect(),
        // A library that is not a plugin may contain the symbol's name.
        Err(error) if error.to_string().contains("does not export") => return None,
        Err(error) => vec![format!("cannot be used: {error}")],
    })
}
