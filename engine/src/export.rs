//! Writes tables from existing results: reads back the lines that copydesk has written.

use std::path::PathBuf;
use std::sync::Arc;

use copydesk_core::Document;

use crate::lines::{Chunk, ReadError, in_parallel, not_a_result};
use crate::output::{ParsedLine, SinkError};
use crate::tables::{DOCUMENTS, RowBuilder, Rows, Sentences, TABLES, Table, Wanted};
use crate::writer::{TableOutputs, TableTarget};

/// The outcome of an export.
#[derive(Debug, Default)]
pub struct Exported {
    /// Lines that were converted to rows.
    pub documents: u64,
    /// Lines that are not results.
    pub failed: u64,
    /// The locations of the first of them, with the reasons.
    pub failures: Vec<String>,
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file of lines could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A table could not be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

/// Fills tables from files of lines, in the order of the files; `-` is standard input.
///
/// Tables in `named` are created even if they stay empty, other tables when their layer first occurs.
pub fn export(
    files: &[PathBuf],
    targets: Vec<TableTarget>,
    named: &[Arc<Table>],
) -> Result<Exported, ExportError> {
    let (builder, mut outputs) = begin(targets, named)?;
    let mut exported = Exported::default();
    in_parallel(
        files,
        || LineReader::new(builder.clone()),
        fill,
        |part: Part| {
            exported.take(&part);
            outputs.write(part.rows).map_err(ExportError::from)
        },
    )?;
    outputs.finish()?;
    Ok(exported)
}

/// Creates the tables that lines are exported to: those in `named`, and the table of documents.
pub(crate) fn begin(
    targets: Vec<TableTarget>,
    named: &[Arc<Table>],
) -> Result<(RowBuilder, TableOutputs), SinkError> {
    let wanted = Wanted::any_of(targets.iter().map(|target| &target.wanted));
    let documents = TABLES.iter().filter(|table| table.name == DOCUMENTS && wanted.has(table));
    let known: Vec<_> =
        documents.chain(named.iter().filter(|table| table.name != DOCUMENTS)).cloned().collect();
    let outputs = TableOutputs::new(targets, &known)?;
    Ok((RowBuilder::new(wanted, known), outputs))
}

impl Exported {
    /// How many failures are kept.
    const SHOWN: usize = 5;

    fn take(&mut self, part: &Part) {
        self.documents += part.rows.documents.len() as u64;
        self.failed += part.failures.len() as u64;
        let room = Self::SHOWN.saturating_sub(self.failures.len());
        self.failures.extend(part.failures.iter().take(room).cloned());
    }
}

/// The rows of a chunk of lines.
struct Part {
    rows: Rows,
    failures: Vec<String>,
}

/// Makes rows of lines that copydesk has written.
#[derive(Clone)]
pub(crate) struct LineReader {
    builder: RowBuilder,
    sentences: Sentences,
    documents: [Document; 2],
}

impl LineReader {
    /// A reader that makes rows as this builder does.
    pub(crate) fn new(builder: RowBuilder) -> Self {
        Self { builder, sentences: Sentences::default(), documents: Default::default() }
    }

    /// The rows of some lines, and the errors of those that are not results, each with its number from 0.
    pub(crate) fn rows(&mut self, lines: &[u8]) -> (Rows, Vec<(u64, serde_json::Error)>) {
        let (mut rows, mut failures) = (self.builder.rows_for(lines.len()), Vec::new());
        for (line, number) in lines.split(|byte| *byte == b'\n').zip(0..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<ParsedLine<'_>>(line) {
                Ok(line) => self.add(&line, &mut rows),
                Err(error) => failures.push((number, error)),
            }
        }
        self.builder.filled(&rows, lines.len());
        (rows, failures)
    }

    /// No rows yet.
    pub(crate) fn no_rows(&self) -> Rows {
        self.builder.rows()
    }

    /// Adds the rows of a line.
    pub(crate) fn add(&mut self, line: &ParsedLine<'_>, rows: &mut Rows) {
        self.sentences.find(line, &mut self.documents);
        self.builder.add(line, &self.sentences, rows);
    }
}

fn fill(reader: &mut LineReader, chunk: &Chunk<'_>) -> Part {
    let (rows, failures) = reader.rows(&chunk.bytes);
    let failure =
        |(number, error): (u64, serde_json::Error)| not_a_result(chunk.path, chunk.first + number, &error);
    Part { rows, failures: failures.into_iter().map(failure).collect() }
}
