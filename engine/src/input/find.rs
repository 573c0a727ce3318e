//! From what the user names (files, folders, globs, "-") to a sorted list of files.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How input files are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum InputFormat {
    /// A JSON object a line.
    Jsonl,
    /// A plain text a file.
    Text,
}

impl InputFormat {
    /// The format that a file's name tells, gzip or not.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let extension = name.rsplit_once('.')?.1;
        match extension {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "txt" | "text" | "md" => Some(Self::Text),
            _ => None,
        }
    }
}

/// A file to read, or a place that could not be looked into.
#[derive(Debug)]
pub enum Found {
    /// A file and its format.
    File(PathBuf, InputFormat),
    /// Standard input, in this format or the one that its first byte tells.
    Stdin(Option<InputFormat>),
    /// A folder or file that could not be looked at, and why.
    Unreadable(PathBuf, String),
}

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// A named file or folder is not there.
    #[error("{0}: no such file or folder")]
    Missing(String),
    /// A glob or folder holds no input.
    #[error(
        "{0}: no input files there (looked for .jsonl, .ndjson, .txt, .text and .md, each also with .gz)"
    )]
    Empty(String),
    /// A glob is malformed.
    #[error("{0}: {1}")]
    Glob(String, globset::Error),
    /// The name does not tell the format.
    #[error("{0}: the name does not tell the format; add --set input.format='\"text\"' or '\"jsonl\"'")]
    Format(String),
    /// The place cannot be looked into, and it is all there is.
    #[error("{0}: {1}")]
    Unreadable(String, String),
}

/// Finds the files of all patterns, each pattern's in the order of their paths.
pub fn find(patterns: &[String], format: Option<InputFormat>) -> Result<Vec<Found>, FindError> {
    let mut found = Vec::new();
    for pattern in patterns {
        let before = found.len();
        find_one(pattern, format, &mut found)?;
        if found.len() == before {
            return Err(FindError::Empty(pattern.clone()));
        }
    }
    if let [Found::Unreadable(path, reason), rest @ ..] = found.as_slice()
        && rest.iter().all(|found| matches!(found, Found::Unreadable(..)))
    {
        return Err(FindError::Unreadable(path.display().to_string(), reason.clone()));
    }
    Ok(found)
}

fn find_one(pattern: &str, format: Option<InputFormat>, into: &mut Vec<Found>) -> Result<(), FindError> {
    if pattern == "-" {
        into.push(Found::Stdin(format));
        return Ok(());
    }
    let path = Path::new(pattern);
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            walk(path, into, |file| format.or_else(|| InputFormat::of(file)));
            Ok(())
        }
        Ok(_) => {
            let format = format.or_else(|| InputFormat::of(path));
            let format = format.ok_or_else(|| FindError::Format(pattern.to_owned()))?;
            into.push(Found::File(path.to_owned(), format));
            Ok(())
        }
        // A name with * in it may be a file too, so this comes second.
        Err(_) if pattern.contains(['*', '?', '[', '{']) => {
            let matcher = matcher(pattern).map_err(|error| FindError::Glob(pattern.to_owned(), error))?;
            walk(&fixed_part(pattern), into, |file| {
                let name = file.strip_prefix("./").unwrap_or(file);
                if !matcher.is_match(name) {
                    return None;
                }
                format.or_else(|| InputFormat::of(file))
            });
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(FindError::Missing(pattern.to_owned()))
        }
        Err(error) => {
            into.push(Found::Unreadable(path.to_owned(), error.to_string()));
            Ok(())
        }
    }
}

fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    Ok(GlobBuilder::new(pattern).literal_separator(true).build()?.compile_matcher())
}

/// The folder in front of the first special character.
fn fixed_part(pattern: &str) -> PathBuf {
    let special = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    match pattern[..special].rfind('/') {
        Some(0) => PathBuf::from("/"),
        Some(slash) => PathBuf::from(&pattern[..slash]),
        None => PathBuf::from("."),
    }
}

/// All files below a folder that `format` accepts, in the order of their paths; hidden ones are left out.
fn walk(folder: &Path, into: &mut Vec<Found>, format: impl Fn(&Path) -> Option<InputFormat>) {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                if let Some(format) = format(entry.path()) {
                    into.push(Found::File(entry.into_path(), format));
                }
            }
            Ok(_) => {}
            Err(error) => into.push(Found::Unreadable(path_of(&error, folder), error.to_string())),
        }
    }
}

/// The place of which a walk complains.
fn path_of(error: &ignore::Error, folder: &Path) -> PathBuf {
    match error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err, folder)
        }
        ignore::Error::Loop { child, .. } => child.clone(),
        _ => folder.to_owned(),
    }
}
