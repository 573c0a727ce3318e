//! Reads annotated data, whatever its format.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{GoldDocument, brat, conll, marked};

/// Why annotated data cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// A line is not an annotated text.
    #[error("{0}:{1}: {2}")]
    Line(PathBuf, usize, String),
}

/// Reads annotated data: JSON lines; CoNLL columns; a brat `.ann` file with its text beside it, or a folder of them; or texts
/// with marks in them (`.marked`).
pub fn read_gold(path: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let failed = |error| GoldError::Read(path.to_owned(), error);
    if path.is_dir() {
        return read_folder(path);
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let wrong = |line: usize, reason: String| GoldError::Line(path.to_owned(), line, reason);
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    let documents = if extension == "ann" {
        let source = brat::text_of(path).map_err(failed)?;
        vec![brat::read(&source, &text, &name).map_err(|reason| wrong(1, reason))?]
    } else if extension == "marked" {
        marked::read(&text).map_err(|reason| wrong(1, reason))?
    } else if conll::looks_like(&text) {
        conll::read(&text, &name)
    } else {
        return read_lines(path, &text);
    };
    Ok(documents.into_iter().filter_map(GoldDocument::new).collect())
}

/// All stand-off annotations of a folder, by name.
fn read_folder(path: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let failed = |error| GoldError::Read(path.to_owned(), error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|extension| extension == "ann") {
            files.push(file);
        }
    }
    files.sort();
    let documents: Result<Vec<_>, _> = files.iter().map(|file| read_gold(file)).collect();
    Ok(documents?.into_iter().flatten().collect())
}

fn read_lines(path: &Path, text: &str) -> Result<Vec<GoldDocument>, GoldError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let wrong = |reason: String| GoldError::Line(path.to_owned(), number + 1, reason);
            let line: Value = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            GoldDocument::new(line).ok_or_else(|| wrong("no field `text`".to_owned()))
        })
        .collect()
}
