//! Joins the outputs of shards into the output of a single run.
//!
//! A shard processes every n-th batch of the input, and its journal records how many bytes each batch has in its files. So the
//! lines can be joined without being parsed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::input::Found;
use crate::output::{OutputFormat, Packing, Sink, SinkError};
use crate::places::{self, PlaceError, Reading, Writing};
use crate::run::FailureFile;
use crate::run::journal::{self, Point};
use crate::writer::is_replaceable;

/// Why shards cannot be merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// A file is not the output of a finished shard.
    #[error("{} is not the output of a finished shard: {reason}", path.display())]
    NoShard {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Two shards do not belong to the same run.
    #[error("{what} of {} and {} differ: they are not shards of one run", first.display(), second.display())]
    Other {
        /// The setting that differs.
        what: String,
        /// The first shard.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// A shard is missing.
    #[error("shard {0}/{1} is missing: name the outputs of all shards")]
    Missing(u64, u64),
    /// A shard is named twice.
    #[error("shard {0}/{1} is named twice")]
    Twice(u64, u64),
    /// The output is compressed differently.
    #[error("the shards are not compressed like {}: give it the same extension", _0.display())]
    Packing(PathBuf),
    /// A file of a shard cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The output may not be written to this path.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The output cannot be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

/// The outcome of a merge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Merged {
    /// Documents.
    pub documents: u64,
    /// Documents that failed.
    pub failed: u64,
}

/// The output of a shard.
struct Part {
    path: PathBuf,
    errors: Option<PathBuf>,
    number: u64,
    of: u64,
    about: Value,
    points: Vec<Point>,
}

/// Joins the outputs of all shards of a run, in any order, into the bytes that a single run would have written. Failures go to `errors`.
///
/// # Errors
/// The files are not all shards of one run, or a file cannot be read or written. `output` is not created then.
pub fn merge(
    paths: &[PathBuf],
    output: &Path,
    errors: Option<&Path>,
    force: bool,
) -> Result<Merged, MergeError> {
    let mut parts = paths.iter().map(|path| Part::open(path)).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.number);
    check(&parts, output)?;
    let files = parts.iter().flat_map(|part| part.errors.iter().chain([&part.path]));
    let inputs: Vec<Found> = files.map(|path| Found::File(path.clone(), None)).collect();
    let outputs = [output.to_owned()];
    places::check(
        &Reading { inputs: &inputs, pipeline: None },
        &Writing { outputs: &outputs, errors, force },
    )?;
    if !force && !is_replaceable(output, OutputFormat::Jsonl) {
        return Err(SinkError::Exists(output.to_owned()).into());
    }
    let mut sink = Sink::create(output, force)?;
    let mut failures = FailureFile::new(errors);
    let mut readers = parts.iter().map(Pieces::open).collect::<Result<Vec<_>, _>>()?;
    let mut merged = Merged::default();
    let turns = parts.first().map_or(0, |part| part.points.len());
    for turn in 0..turns {
        for (part, pieces) in parts.iter().zip(&mut readers) {
            let Some(point) = part.points.get(turn) else { continue };
            let piece = pieces.next(point)?;
            sink.write_packed(&piece.lines, piece.documents)?;
            if piece.failed > 0 {
                failures.add_lines(&piece.failures, piece.failed)?;
            }
            merged.documents += piece.documents;
            merged.failed += piece.failed;
        }
    }
    failures.finish()?;
    sink.finish()?;
    Ok(merged)
}

/// Checks that these are all shards of one run.
fn check(parts: &[Part], output: &Path) -> Result<(), MergeError> {
    let Some(first) = parts.first() else { return Ok(()) };
    for part in parts {
        if let Some(what) = journal::difference(&first.about, &part.about) {
            let (first, second) = (first.path.clone(), part.path.clone());
            return Err(MergeError::Other { what, first, second });
        }
        if Packing::of(&part.path) != Packing::of(output) {
            return Err(MergeError::Packing(output.to_owned()));
        }
    }
    for pair in parts.windows(2) {
        if pair[0].number == pair[1].number {
            return Err(MergeError::Twice(pair[0].number, pair[0].of));
        }
    }
    if let Some(missing) = (1..=first.of).find(|number| parts.iter().all(|part| part.number != *number)) {
        return Err(MergeError::Missing(missing, first.of));
    }
    // Batches are assigned in turn: a shard has as many batches as the one before it, or one less.
    let uneven = parts.windows(2).find(|pair| pair[0].points.len() < pair[1].points.len());
    let uneven = uneven.map(|pair| &pair[1]);
    let last = parts.last().filter(|last| last.points.len() + 1 < first.points.len());
    match uneven.or(last) {
        Some(part) => Err(no_shard(&part.path, "some of its batches are missing")),
        None => Ok(()),
    }
}

fn no_shard(path: &Path, reason: &str) -> MergeError {
    MergeError::NoShard { path: path.to_owned(), reason: reason.to_owned() }
}

impl Part {
    fn open(path: &Path) -> Result<Self, MergeError> {
        let kept = journal::shard_path_of(path);
        let unfinished = journal::path_of(path).exists();
        let journal = match journal::read(&kept) {
            Ok(Some(journal)) => journal,
            _ if unfinished => {
                return Err(no_shard(path, "its run has not finished; continue it with --resume"));
            }
            _ => {
                let reason = format!("{} is missing or damaged", kept.display());
                return Err(no_shard(path, &reason));
            }
        };
        let mut about = journal.about;
        let shard = about.get("shard").and_then(Value::as_str).and_then(|shard| shard.parse().ok());
        let shard: crate::run::Shard =
            shard.ok_or_else(|| no_shard(path, "its journal does not name a shard"))?;
        let errors = about.get("errors").and_then(Value::as_str).and_then(|errors| {
            // Found next to the output even if both files were moved.
            Path::new(errors).file_name().map(|name| path.with_file_name(name))
        });
        without_places(&mut about);
        let points = journal.points;
        let (mut bytes, mut failed) = (0, 0);
        if let Some(last) = points.last() {
            (bytes, failed) = (last.outputs.first().copied().unwrap_or(0), last.errors);
        }
        let part = Self {
            path: path.to_owned(),
            errors: errors.filter(|_| failed > 0),
            number: shard.number,
            of: shard.of,
            about,
            points,
        };
        let size = |path: &Path| path.metadata().map(|metadata| metadata.len()).unwrap_or(0);
        if bytes > 0 && size(path) != bytes
            || part.errors.as_ref().is_some_and(|errors| size(errors) != failed)
        {
            return Err(no_shard(path, "it or its errors file has changed since"));
        }
        Ok(part)
    }
}

/// Removes what may differ between the shards of one run: names of outputs, and times of copies of the input.
fn without_places(about: &mut Value) {
    let Some(all) = about.as_object_mut() else { return };
    all.remove("shard");
    all.remove("errors");
    let lists = [("outputs", "path"), ("inputs", "changed")];
    for (list, key) in lists {
        for entry in all.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            entry.as_object_mut().map(|entry| entry.remove(key));
        }
    }
}

/// The files of a shard, which are read batch by batch.
struct Pieces<'p> {
    part: &'p Part,
    lines: File,
    failures: Option<File>,
    before: Point,
}

/// The bytes of a batch in the files of a shard.
struct Piece {
    lines: Vec<u8>,
    failures: Vec<u8>,
    documents: u64,
    failed: u64,
}

impl<'p> Pieces<'p> {
    fn open(part: &'p Part) -> Result<Self, MergeError> {
        let open = |path: &PathBuf| {
            File::open(path).map_err(|source| MergeError::Read { path: path.clone(), source })
        };
        let failures = part.errors.as_ref().map(open).transpose()?;
        Ok(Self { part, lines: open(&part.path)?, failures, before: Point::default() })
    }

    /// The bytes between the previous point and this one.
    fn next(&mut self, point: &Point) -> Result<Piece, MergeError> {
        let bytes = |point: &Point| point.outputs.first().copied().unwrap_or(0);
        let read = read_range(&mut self.lines, bytes(&self.before), bytes(point));
        let lines = read.map_err(|source| MergeError::Read { path: self.part.path.clone(), source })?;
        let failures = match (&mut self.failures, &self.part.errors) {
            (Some(file), Some(path)) => read_range(file, self.before.errors, point.errors)
                .map_err(|source| MergeError::Read { path: path.clone(), source })?,
            _ => Vec::new(),
        };
        let piece = Piece {
            lines,
            failures,
            documents: point.documents.saturating_sub(self.before.documents),
            failed: point.failed.saturating_sub(self.before.failed),
        };
        self.before = point.clone();
        Ok(piece)
    }
}

/// The bytes of a file from `start` to `end`.
pub(crate) fn read_range(file: &mut File, start: u64, end: u64) -> io::Result<Vec<u8>> {
    let length = end.checked_sub(start).ok_or_else(|| io::Error::other("its journal is damaged"))?;
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    if file.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}
