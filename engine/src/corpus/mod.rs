//! Finds relations between the documents of a corpus: copies of one article, repeated quotes, people.
//!
//! There are two passes over the results of a run. The first (`collect`) keeps a sketch of each document, the words of its quotes and the
//! names of its people, from which the relations are computed. The second (`rewrite`) adds these to each line. Data that
//! grows with the corpus and not only with its names (sketches, words, candidate pairs) is kept in temporary files and sorted
//! externally, so memory stays small. The result depends only on the order of the documents, not on the number of threads.

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

/// The relations to find.
#[derive(Debug)]
pub struct CorpusOptions {
    /// The criterion for copies; `None` to not look for them.
    pub copies: Option<Likeness>,
    /// Whether to look for repeated quotes.
    pub quotations: bool,
    /// How people are identified.
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

/// How people are identified across documents.
#[derive(Debug)]
pub enum Identification {
    /// Not at all.
    Off,
    /// By their names, roles and co-occurring names in the corpus.
    Corpus,
    /// By a list of people.
    Listed(Registry),
}

/// Why a corpus could not be processed.
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
    /// A line was written by `copydesk corpus` already.
    #[error(
        "{}:{line}: `copydesk corpus` has written this line: give it the results of `copydesk run`", path.display()
    )]
    Again {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
    },
    /// The files have changed since the first pass.
    #[error("the results were changed by another program while they were read: run again")]
    Changed,
}

/// The outputs for lines and rows.
#[derive(Default)]
pub struct CorpusOutputs {
    /// Files of lines.
    pub lines: Vec<Sink>,
    /// Tables.
    pub tables: Vec<TableTarget>,
    /// Tables that are created even if they stay empty.
    pub named: Vec<Arc<Table>>,
}

/// Finds relations between documents, and writes the results again with them.
///
/// `files` have lines that a run has written, in this order; they are read twice, so standard input is not possible.
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

/// The result of the first pass.
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
