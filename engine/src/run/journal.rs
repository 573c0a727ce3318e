//! The journal of a run, from which it can be continued: a line of JSON for each batch, next to the first output of lines.
//!
//! Every run over the same input cuts it into the same batches, so that a run that is continued after a batch writes the bytes
//! that it would have written without the interruption.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read as _, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::output::partial_of;

/// The state of a run after a batch was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Batches read from the input.
    pub batches: u64,
    /// Documents written.
    pub documents: u64,
    /// Documents that failed.
    pub failed: u64,
    /// Failed documents by class.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<String, u64>,
    /// Documents left out, and those left out because they have no date.
    pub left_out: u64,
    /// See `left_out`.
    pub undated: u64,
    /// Bytes of text.
    pub text_bytes: u64,
    /// Bytes of each output of lines.
    pub outputs: Vec<u64>,
    /// Bytes of the file for failures.
    pub errors: u64,
}

/// Why a run cannot be continued.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// It was a different run.
    #[error("{what} changed since {} was begun, so the run cannot be continued; start over with --restart", path.display())]
    Changed {
        /// What is different.
        what: String,
        /// The journal.
        path: PathBuf,
    },
    /// The journal cannot be read.
    #[error("cannot read {}: {source}; start over with --restart", path.display())]
    Read {
        /// The journal.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

/// The path of the journal of a run whose first output of lines is `output`.
pub fn path_of(output: &Path) -> PathBuf {
    let mut name = output.file_name().unwrap_or_default().to_owned();
    name.push(".journal");
    output.with_file_name(name)
}

/// The extension of the journal of a finished shard, instead of `journal`.
const SHARD: &str = "shard";

/// The path of the journal that a finished shard leaves next to its output.
pub(crate) fn shard_path_of(output: &Path) -> PathBuf {
    path_of(output).with_extension(SHARD)
}

/// The content of a journal: the settings of the run, and its points.
pub(crate) struct Read {
    pub(crate) about: Value,
    pub(crate) points: Vec<Point>,
}

/// Reads a journal. The last line may be cut off; `None` if the first one is.
pub(crate) fn read(path: &Path) -> io::Result<Option<Read>> {
    let mut lines = BufReader::new(File::open(path)?).lines().map_while(Result::ok);
    let about = lines.next().and_then(|line| serde_json::from_str::<Value>(&line).ok());
    let points = lines.map_while(|line| serde_json::from_str::<Point>(&line).ok()).collect();
    Ok(about.map(|about| Read { about, points }))
}

/// The last point of an unfinished run whose output up to there still exists; `None` if there is no such run. `path` is its journal,
/// `outputs` are its files of lines, and `about` has everything that determines the output: options, versions, inputs.
///
/// # Errors
/// The settings of the run were different.
pub fn last_point(
    path: PathBuf,
    outputs: &[PathBuf],
    errors: Option<&Path>,
    about: &Value,
) -> Result<Option<Point>, ResumeError> {
    let journal = match read(&path) {
        Ok(Some(journal)) => journal,
        Ok(None) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ResumeError::Read { path, source }),
    };
    if let Some(what) = difference(&journal.about, about) {
        return Err(ResumeError::Changed { what, path });
    }
    let size = |path: &Path| partial_of(path).metadata().map_or(0, |metadata| metadata.len());
    let sizes: Vec<u64> = outputs.iter().map(|output| size(output)).collect();
    let errors = errors.map_or(u64::MAX, size);
    let is_there = |point: &Point| {
        point.errors <= errors
            && point.outputs.len() == sizes.len()
            && point.outputs.iter().zip(&sizes).all(|(written, size)| written <= size)
    };
    Ok(journal.points.into_iter().rfind(is_there))
}

/// A description of the first difference between the settings of two runs.
pub(crate) fn difference(begun: &Value, about: &Value) -> Option<String> {
    let about = about.as_object()?;
    let changed = about.iter().find(|(key, value)| begun.get(key.as_str()) != Some(value))?;
    let (Some(before), Some(now)) = (begun.get(changed.0).and_then(Value::as_array), changed.1.as_array())
    else {
        return Some(format!("the {}", changed.0));
    };
    let other = now
        .iter()
        .find(|item| !before.contains(item))
        .or_else(|| before.iter().find(|item| !now.contains(item)));
    let name = other.and_then(|item| item.get("name")).and_then(Value::as_str);
    Some(name.map_or_else(|| format!("the {}", changed.0), |name| format!("the {} ({name})", changed.0)))
}

/// The first bytes of every journal: the version comes first in the settings of a run.
const OWN: &[u8] = b"{\"copydesk\":";

/// A journal that is being written.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Creates the journal of a run, or continues one after a point. `about` has the version as its first entry, `copydesk`.
    pub(super) fn open(path: PathBuf, about: &Value, from: Option<&Point>) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
        match from {
            None => {
                let mut start = Vec::new();
                (&mut file).take(OWN.len() as u64).read_to_end(&mut start)?;
                // It may be shorter if the disk was full.
                if !OWN.starts_with(&start) {
                    return Err(io::Error::other("it exists and was not written by copydesk"));
                }
                file.set_len(0)?;
                file.rewind()?;
                file.write_all(format!("{about}\n").as_bytes())?;
            }
            Some(point) => {
                let end = end_of(&file, point)?;
                file.set_len(end)?;
                file.seek(io::SeekFrom::Start(end))?;
            }
        }
        Ok(Self { path, file })
    }

    /// Adds a point, after the output that it describes has been written.
    pub(super) fn add(&mut self, point: &Point) -> io::Result<()> {
        let mut line = serde_json::to_vec(point)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }

    /// Removes the journal of a run that has finished; if `kept`, that of a shard, it stays next to its output.
    pub(super) fn end(self, kept: bool) {
        // If it cannot be removed or renamed, the next run finds no unfinished output and starts from the beginning.
        let _ = match kept {
            false => std::fs::remove_file(self.path),
            true => std::fs::rename(&self.path, self.path.with_extension(SHARD)),
        };
    }
}

/// The end of the line of a point in the file.
fn end_of(file: &File, point: &Point) -> io::Result<u64> {
    let mut lines = BufReader::new(file);
    let (mut end, mut line) = (0, String::new());
    while lines.read_line(&mut line)? > 0 {
        end += line.len() as u64;
        if serde_json::from_str::<Point>(&line).is_ok_and(|other| other == *point) {
            break;
        }
        line.clear();
    }
    Ok(end)
}
