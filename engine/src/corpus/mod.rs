//! What the documents of a corpus have in common: copies of one article, quotes that come again, people.
//!
//! The results of a run are read twice. The first reading (`collect`) keeps a sketch of each document, the words of its quotes and the
//! names of its people; from these follows what belongs together. The second (`rewrite`) adds that to each line. Whatever
//! grows with the corpus and not only with its names (sketches, words, candidate pairs) is in temporary files and sorted in
//! parts, so memory stays small. The result depends on the order of the documents alone, not on the number of threads.

mod collect;
mod copies;
mod people;
mod quotations;
mod rewrite;
mod sketch;
mod sorter;
mod splice;
mod store;
mod summary;
mod words;

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

pub use copies::Likeness;
pub use people::{Registry, RegistryError};
pub use summary::{Shared, Widespread};

use crate::lines::ReadError;
use crate::output::{Sink, SinkError};
use crate::tables::Table;
use crate::writer::TableTarget;
use copies::Copy;
use people::People;
use quotations::Same;

/// What is looked for.
#[derive(Debug)]
pub struct CorpusOptions {
    /// Copies of one article, and how like they are; `None` leaves them out.
    pub copies: Option<Likeness>,
    /// Whether quotes that come again are looked for.
    pub quotations: bool,
    /// Who people are told by.
    pub people: Identification,
    /// Bytes of memory for sorting.
    pub memory: usize,
}

impl Default for CorpusOptions {
    fn default() -> Self {
        Self {
            copies: Some(Likeness::default()),
            quotations: true,
            people: Identification::Corpus,
            memory: 256 << 20,
        }
    }
}

/// How people are told apart and joined.
#[derive(Debug)]
pub enum Identification {
    /// Not at all.
    Off,
    /// By the names, roles and company that the corpus gives them.
    Corpus,
    /// By a list.
    Listed(Registry),
}

/// Why a corpus could not be done.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file of results could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A result could not be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// A temporary file could not be written or read.
    #[error("cannot use a temporary file: {0}; set TMPDIR to a folder with enough space")]
    Temporary(#[from] io::Error),
    /// A line has been through this already.
    #[error(
        "{}:{line}: `copydesk corpus` has written this line: give it the results of `copydesk run`", path.display()
    )]
    Again {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
    },
    /// The files are not what they were at the first reading.
    #[error("the results were changed by another program while they were read: run again")]
    Changed,
}

/// Where the lines and rows go.
#[derive(Default)]
pub struct CorpusOutputs {
    /// Files of lines.
    pub lines: Vec<Sink>,
    /// Tables.
    pub tables: Vec<TableTarget>,
    /// Tables that are made also where nothing fills them.
    pub named: Vec<Arc<Table>>,
}

/// Finds what documents have in common, and writes the results again with it.
///
/// `files` have lines that a run has written, in this order; they are read twice, so standard input is none of them.
///
/// # Errors
/// A file cannot be read, an output or a temporary file cannot be written.
pub fn corpus(
    files: &[PathBuf],
    options: &CorpusOptions,
    outputs: CorpusOutputs,
) -> Result<Shared, CorpusError> {
    let collected = collect::collect(files, options)?;
    let found = collected.find(options)?;
    rewrite::rewrite(files, options, &found, outputs)
}

/// What the first reading found.
struct Found {
    copies: HashMap<u32, Copy>,
    quotes: HashMap<u32, Same>,
    people: People,
    /// The keys of documents that others refer to.
    keys: HashMap<u32, String>,
    /// For quotes that others refer to: their document and their id in it.
    quote_ids: HashMap<u32, (u32, String)>,
    /// The numbers of the first document and the first quote of each chunk.
    chunks: Vec<(u32, u32)>,
    failures: Vec<String>,
    failed: u64,
}
