//! From what the user names (files, folders, globs, "-") to a sorted list of files.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::extension::{self, Extensions};

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
    /// Each format with its extensions. A format that is added here is known to messages and checks.
    const EXTENSIONS: Extensions<Self> =
        &[(Self::Jsonl, &["jsonl", "ndjson"]), (Self::Text, &["txt", "text", "md"])];

    /// The format that a file's name tells, gzip or not.
    pub fn of(path: &Path) -> Option<Self> {
        extension::find(Self::EXTENSIONS, &extension::of(path)?)
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

/// What is to be read, and what was passed over.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files, in the order in which they are read.
    pub found: Vec<Found>,
    /// The files of folders and globs that are in no known format.
    pub skipped: Skipped,
}

/// Files that were passed over, counted by extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<String, u64>);

impl Skipped {
    /// How many.
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    fn add(&mut self, file: &Path) {
        let extension =
            extension::of(file).map_or_else(|| "no extension".to_owned(), |name| format!(".{name}"));
        *self.0.entry(extension).or_default() += 1;
    }
}

impl fmt::Display for Skipped {
    /// ".pdf 10, .docx 2": the commonest first, and of many extensions only some.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 6;
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort_by_key(|(extension, count)| (Reverse(**count), *extension));
        let mut shown: Vec<String> =
            all.iter().take(SHOWN).map(|(extension, count)| format!("{extension} {count}")).collect();
        if all.len() > SHOWN {
            shown.push("…".to_owned());
        }
        f.write_str(&shown.join(", "))
    }
}

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// A named file or folder is not there.
    #[error("{0}: no such file or folder")]
    Missing(String),
    /// A glob or folder holds no input.
    #[error("{path}: no input files there{}", only(skipped))]
    Empty {
        /// The glob or folder.
        path: String,
        /// What else it holds.
        skipped: Skipped,
    },
    /// A glob is malformed.
    #[error("{0}: {1}")]
    Glob(String, globset::Error),
    /// The name has no extension, so it does not show the format.
    #[error("{0}: the name does not show the format")]
    NoExtension(String),
    /// The extension is of no format that is read.
    #[error("{0}: copydesk does not read .{1} files")]
    Extension(String, String),
    /// The place cannot be looked into, and it is all there is.
    #[error("{0}: {1}")]
    Unreadable(String, String),
}

fn only(skipped: &Skipped) -> String {
    if skipped.count() > 0 { format!(", only {skipped}") } else { String::new() }
}

impl FindError {
    /// The input that it is about, as it was named.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path)
            | Self::Empty { path, .. }
            | Self::Glob(path, _)
            | Self::NoExtension(path)
            | Self::Extension(path, _)
            | Self::Unreadable(path, _) => path,
        }
    }

    /// What helps.
    pub fn remedy(&self) -> Option<String> {
        let known = extension::list(InputFormat::EXTENSIONS);
        match self {
            Self::Missing(_) | Self::Glob(..) | Self::Unreadable(..) => None,
            Self::Empty { .. } => {
                Some(format!("copydesk reads {known}; for other names set input.format to text or jsonl"))
            }
            Self::NoExtension(_) => Some("set input.format to text or jsonl".to_owned()),
            Self::Extension(..) => Some(format!(
                "it reads {known}; if the file holds plain text or JSON lines, set input.format to text or jsonl"
            )),
        }
    }
}

/// Finds the files of all patterns, each pattern's in the order of their paths.
pub fn find(patterns: &[String], format: Option<InputFormat>) -> Result<Inputs, FindError> {
    let mut inputs = Inputs::default();
    for pattern in patterns {
        let before = inputs.found.len();
        find_one(pattern, format, &mut inputs)?;
        if inputs.found.len() == before {
            return Err(FindError::Empty { path: pattern.clone(), skipped: inputs.skipped });
        }
    }
    if let [Found::Unreadable(path, reason), rest @ ..] = inputs.found.as_slice()
        && rest.iter().all(|found| matches!(found, Found::Unreadable(..)))
    {
        return Err(FindError::Unreadable(path.display().to_string(), reason.clone()));
    }
    Ok(inputs)
}

fn find_one(pattern: &str, format: Option<InputFormat>, into: &mut Inputs) -> Result<(), FindError> {
    if pattern == "-" {
        into.found.push(Found::Stdin(format));
        return Ok(());
    }
    let path = Path::new(pattern);
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            walk(path, format, |_| true, into);
            Ok(())
        }
        Ok(_) => {
            let Some(format) = format.or_else(|| InputFormat::of(path)) else {
                let file = pattern.to_owned();
                return Err(match extension::of(path) {
                    Some(extension) => FindError::Extension(file, extension),
                    None => FindError::NoExtension(file),
                });
            };
            into.found.push(Found::File(path.to_owned(), format));
            Ok(())
        }
        // A name with * in it may be a file too, so this comes second.
        Err(_) if is_glob(pattern) => {
            let matcher = matcher(pattern).map_err(|error| FindError::Glob(pattern.to_owned(), error))?;
            let matches = |file: &Path| matcher.is_match(file.strip_prefix("./").unwrap_or(file));
            walk(&fixed_part(pattern), format, matches, into);
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(FindError::Missing(pattern.to_owned()))
        }
        Err(error) => {
            into.found.push(Found::Unreadable(path.to_owned(), error.to_string()));
            Ok(())
        }
    }
}

/// Whether a name has characters that make it a glob.
pub(crate) fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
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

/// All files below a folder that `wanted` accepts, in the order of their paths; hidden ones are left out. Without a `format`
/// their extensions tell it.
fn walk(folder: &Path, format: Option<InputFormat>, wanted: impl Fn(&Path) -> bool, into: &mut Inputs) {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && wanted(entry.path()) => {
                match format.or_else(|| InputFormat::of(entry.path())) {
                    Some(format) => into.found.push(Found::File(entry.into_path(), format)),
                    None => into.skipped.add(entry.path()),
                }
            }
            Ok(_) => {}
            Err(error) => {
                into.found.push(Found::Unreadable(path_of(&error, folder), error.to_string()));
            }
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
