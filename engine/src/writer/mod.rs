//! Writers of tables, one format per file.
//!
//! A new format needs a file with a [`TableWriter`], a variant of [`OutputFormat`] with its extensions, and an arm
//! in [`open`].

mod csv;
mod existing;
mod folder;
mod outputs;
#[cfg(feature = "parquet")]
mod parquet;
mod partial;
#[cfg(feature = "sqlite")]
mod sqlite;
mod target;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use folder::Folder;

use crate::output::{OutputFormat, SinkError};
use crate::tables::{Table, TableRows};
pub use existing::is_replaceable;
pub use outputs::{TableOutputs, TableTarget};
pub use target::{Target, TargetError};

/// Writes the rows of tables. No file has its final name before `finish`.
pub trait TableWriter: Send {
    /// Creates a table; called once for each, before its rows. A file of a single table has only one.
    fn begin(&mut self, table: &Arc<Table>) -> Result<(), SinkError>;

    /// Writes rows; `documents` has the key of each document of the batch.
    fn write(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError>;

    /// Writes buffered rows, and moves the file to its final name.
    fn finish(self: Box<Self>) -> Result<(), SinkError>;
}

/// How tables are written.
#[derive(Clone, Debug)]
pub struct TableOptions {
    /// Whether a file that copydesk did not write may be replaced.
    pub force: bool,
    /// Whether an SQLite file gets a full-text index.
    pub full_text: bool,
}

/// Opens the writer of a target for tables.
pub fn open(target: &Target, options: &TableOptions) -> Result<Box<dyn TableWriter>, SinkError> {
    match target {
        Target::Table(Some(path), format, _) | Target::Tables(path, format) => {
            open_file(path, *format, options)
        }
        Target::Table(None, ..) => Ok(Box::new(csv::CsvFile::stdout())),
        Target::Folder(path, format) => Ok(Box::new(Folder::new(path.clone(), *format, options.clone()))),
        Target::Lines(path) => Err(failed(path.as_deref().unwrap_or(Path::new("-")), "it takes lines")),
    }
}

/// Opens a file: for one table, or in SQLite for all tables.
fn open_file(
    path: &Path,
    format: OutputFormat,
    options: &TableOptions,
) -> Result<Box<dyn TableWriter>, SinkError> {
    if !options.force && !is_replaceable(path, format) {
        return Err(SinkError::Exists(path.to_owned()));
    }
    match format {
        OutputFormat::Csv => Ok(Box::new(csv::CsvFile::new(path))),
        #[cfg(feature = "parquet")]
        OutputFormat::Parquet => Ok(Box::new(parquet::ParquetFile::new(path))),
        #[cfg(feature = "sqlite")]
        OutputFormat::Sqlite => Ok(Box::new(sqlite::Sqlite::create(path, options.full_text)?)),
        #[allow(unreachable_patterns, reason = "with all formats only lines are left")]
        OutputFormat::Jsonl | OutputFormat::Parquet | OutputFormat::Sqlite => {
            Err(failed(path, "this copydesk was built without the format"))
        }
    }
}

/// A failure about a file.
fn failed(path: &Path, reason: impl std::fmt::Display) -> SinkError {
    SinkError::Table { path: PathBuf::from(path), reason: reason.to_string() }
}
