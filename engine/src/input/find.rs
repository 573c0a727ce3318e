//! Finds input: files, folders, globs and "-", as named by the user, become a sorted list of files.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use super::compression::Compression;
use super::source::{self, InputFormat};
use super::stream::Stream;
use crate::manifest::is_manifest;

/// The format that a file's name shows, compressed or not.
pub(super) fn named_format(path: &Path) -> Option<InputFormat> {
    source::of_extension(&extension(path)?)
}

/// The extension of a name in lower case, ignoring that of a compression format; `None` if there is none.
fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = Compression::of_name(&name).map_or(name.as_str(), |(_, stem)| stem);
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_owned())
}

/// Whether the name of a file or folder marks it as hidden.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && name != b"." && name != b".."
}

/// A file to read, or a path that cannot be read.
#[derive(Clone, Debug)]
pub enum Found {
    /// A file, with its format unless its first bytes are to show it.
    File(PathBuf, Option<InputFormat>),
    /// Standard input, with its format unless its first bytes are to show it.
    Stdin(Option<InputFormat>),
    /// A folder or file that cannot be accessed, and why.
    Unreadable(PathBuf, String),
}

/// The total size of all files in bytes; unknown if one is standard input or has been removed.
pub fn total_bytes(inputs: &[Found]) -> Option<u64> {
    let size = |input: &Found| match input {
        Found::File(path, _) => path.metadata().ok().map(|metadata| metadata.len()),
        Found::Stdin(_) => None,
        Found::Unreadable(..) => Some(0),
    };
    inputs.iter().map(size).sum()
}

/// Files to read, and files that were skipped.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files, in reading order.
    pub found: Vec<Found>,
    /// The files in folders and globs that are in no known format.
    pub skipped: Skipped,
}

/// Files that were skipped, counted by extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<String, u64>);

impl Skipped {
    /// Adds the counts of another one.
    pub fn add_all(&mut self, others: &Self) {
        for (extension, count) in &others.0 {
            *self.0.entry(extension.clone()).or_default() += count;
        }
    }

    /// The total number.
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    pub(super) fn add(&mut self, file: &Path) {
        let extension = extension(file).map_or_else(|| "no extension".to_owned(), |name| format!(".{name}"));
        *self.0.entry(extension).or_default() += 1;
    }
}

impl fmt::Display for Skipped {
    /// Formats them as ".pdf 10, .docx 2": the commonest first, and at most six extensions.
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
    /// A named file or folder does not exist.
    #[error("{0}: no such file or folder")]
    Missing(String),
    /// A glob or folder has no input files.
    #[error("{path}: no input files there{}", only(skipped))]
    Empty {
        /// The glob or folder.
        path: String,
        /// Files there that were skipped.
        skipped: Skipped,
    },
    /// A glob is malformed.
    #[error("{0}: {1}")]
    Glob(String, globset::Error),
    /// The name has no extension, so it does not show the format.
    #[error("{0}: the name does not show the format")]
    NoExtension(String),
    /// The extension is not of an input format.
    #[error("{0}: copydesk does not read .{1} files")]
    Extension(String, String),
    /// A list of paths cannot be read.
    #[error("{0}: {1}")]
    List(String, String),
    /// The path cannot be read, and there is no other input.
    #[error("{0}: {1}")]
    Unreadable(String, String),
}

fn only(skipped: &Skipped) -> String {
    if skipped.count() > 0 { format!(", only {skipped}") } else { String::new() }
}

impl FindError {
    /// The input that the error is about, as the user named it.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path)
            | Self::Empty { path, .. }
            | Self::Glob(path, _)
            | Self::NoExtension(path)
            | Self::Extension(path, _)
            | Self::List(path, _)
            | Self::Unreadable(path, _) => path,
        }
    }

    /// The remedy.
    pub fn remedy(&self) -> Option<String> {
        let known = source::extensions();
        let compressed = "each also with .gz, .zst, .bz2 or .xz";
        match self {
            Self::Missing(_) | Self::Glob(..) | Self::Unreadable(..) | Self::List(..) => None,
            Self::Empty { .. } => Some(format!(
                "copydesk reads {known}, {compressed}; for other names set input.format to text or jsonl"
            )),
            Self::NoExtension(_) => Some("set input.format to text or jsonl".to_owned()),
            Self::Extension(..) => Some(format!(
                "it reads {known}, {compressed}; if the file holds plain text or JSON lines, set input.format to text or jsonl"
            )),
        }
    }
}

/// Finds the files for all patterns, those of each pattern sorted by path.
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
        Ok(metadata) => {
            let known = format.or_else(|| named_format(path));
            // A pipe cannot be read twice, so the reader inspects its first bytes.
            let sniffed = || if metadata.is_file() { sniff(path) } else { None };
            let Some(format) = known.or_else(sniffed) else {
                let file = pattern.to_owned();
                return Err(match extension(path) {
                    Some(extension) => FindError::Extension(file, extension),
                    None if !metadata.is_file() => {
                        into.found.push(Found::File(path.to_owned(), None));
                        return Ok(());
                    }
                    None => FindError::NoExtension(file),
                });
            };
            into.found.push(Found::File(path.to_owned(), Some(format)));
            Ok(())
        }
        Err(_) if pattern.starts_with('@') => listed(pattern, format, into),
        // A file's name may contain a *, so globs are tried second.
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

/// The format that the first bytes of a file show.
fn sniff(path: &Path) -> Option<InputFormat> {
    let name = path.to_string_lossy().as_ref().into();
    let mut stream = Stream::open(path, name, &Arc::default()).ok()?;
    source::of_head(stream.peek(source::HEAD).ok()?)
}

/// The files, folders and globs listed in a file, one per line, relative to the working folder: `@list.txt`.
fn listed(pattern: &str, format: Option<InputFormat>, into: &mut Inputs) -> Result<(), FindError> {
    let list = std::fs::read_to_string(&pattern[1..])
        .map_err(|error| FindError::List(pattern.to_owned(), format!("cannot read the list: {error}")))?;
    for (place, line) in list.lines().enumerate() {
        let path = line.trim();
        if path.is_empty() {
            continue;
        }
        let nested = path.starts_with('@').then(|| "a list inside a list".to_owned());
        let found =
            nested.map_or_else(|| find_one(path, format, into).map_err(|error| error.to_string()), Err);
        found.map_err(|error| FindError::List(pattern.to_owned(), format!("line {}: {error}", place + 1)))?;
    }
    Ok(())
}

/// Whether a name has characters that make it a glob.
pub(crate) fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    Ok(GlobBuilder::new(pattern).literal_separator(true).build()?.compile_matcher())
}

/// The folder before the first wildcard.
fn fixed_part(pattern: &str) -> PathBuf {
    let special = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    match pattern[..special].rfind('/') {
        Some(0) => PathBuf::from("/"),
        Some(slash) => PathBuf::from(&pattern[..slash]),
        None => PathBuf::from("."),
    }
}

/// All files below a folder that `wanted` accepts, sorted by path, without hidden ones. Without a `format`
/// their extensions show it.
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
                if is_manifest(entry.path()) {
                    continue;
                }
                match format.or_else(|| named_format(entry.path())) {
                    Some(format) => into.found.push(Found::File(entry.into_path(), Some(format))),
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

/// The path that an error of a walk is about.
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
