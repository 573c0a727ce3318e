//! Tables of results that exist: lines that copydesk has written, read back.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use copydesk_core::Document;
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;

use crate::output::{Packing, ParsedLine, SinkError};
use crate::tables::{DOCUMENTS, RowBuilder, Rows, Sentences, TABLES, Wanted};
use crate::writer::{TableOutputs, TableTarget};

/// What an export did.
#[derive(Debug, Default)]
pub struct Exported {
    /// Lines that became rows.
    pub documents: u64,
    /// Lines that are no results.
    pub failed: u64,
    /// The place and reason of the first of them.
    pub failures: Vec<String>,
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file of lines could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A table could not be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

/// Fills tables from files of lines, in their order; `-` is standard input.
///
/// Tables that `named` says are made also where nothing fills them, the others when their layer occurs.
pub fn export(
    files: &[PathBuf],
    targets: Vec<TableTarget>,
    named: &[std::sync::Arc<crate::tables::Table>],
) -> Result<Exported, ExportError> {
    let wanted = Wanted::any_of(targets.iter().map(|target| &target.wanted));
    let documents = TABLES.iter().filter(|table| table.name == DOCUMENTS && wanted.has(table));
    let known: Vec<_> =
        documents.chain(named.iter().filter(|table| table.name != DOCUMENTS)).cloned().collect();
    let builder = RowBuilder::new(wanted, known.clone());
    let mut outputs = TableOutputs::new(targets, &known)?;
    let mut exported = Exported::default();
    for path in files {
        let failed = |source| ExportError::Read { path: path.clone(), source };
        let mut lines = Lines { input: open(path).map_err(failed)?, rest: Vec::new(), line: 1 };
        loop {
            let chunks = lines.chunks().map_err(failed)?;
            if chunks.is_empty() {
                break;
            }
            let read: Vec<Part> = chunks
                .par_iter()
                .map_init(|| LineReader::new(builder.clone()), |reader, chunk| fill(reader, chunk, path))
                .collect();
            for part in read {
                exported.take(&part);
                outputs.write(part.rows)?;
            }
        }
    }
    outputs.finish()?;
    Ok(exported)
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

    /// The rows of some lines, and what is wrong with those that are no results, each with its number from 0.
    pub(crate) fn rows(&mut self, lines: &[u8]) -> (Rows, Vec<(u64, serde_json::Error)>) {
        let (mut rows, mut failures) = (self.builder.rows(), Vec::new());
        for (line, number) in lines.split(|byte| *byte == b'\n').zip(0..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<ParsedLine<'_>>(line) {
                Ok(line) => {
                    self.sentences.find(&line, &mut self.documents);
                    self.builder.add(&line, &self.sentences, &mut rows);
                }
                Err(error) => failures.push((number, error)),
            }
        }
        (rows, failures)
    }
}

fn fill(reader: &mut LineReader, chunk: &Chunk, path: &Path) -> Part {
    let (rows, failures) = reader.rows(&chunk.bytes);
    let failure = |(number, error): (u64, serde_json::Error)| {
        let line = chunk.first + number;
        format!("{}:{line}: not a line that copydesk has written: {error}", path.display())
    };
    Part { rows, failures: failures.into_iter().map(failure).collect() }
}

/// Whole lines.
struct Chunk {
    bytes: Vec<u8>,
    /// The number of the first.
    first: u64,
}

/// A file that is read in chunks of whole lines.
struct Lines {
    input: Box<dyn BufRead>,
    /// What was read behind the last whole line.
    rest: Vec<u8>,
    line: u64,
}

impl Lines {
    const CHUNK: usize = 1 << 20;
    const CHUNKS: usize = 16;

    /// The next chunks, to be worked on together.
    fn chunks(&mut self) -> io::Result<Vec<Chunk>> {
        let mut chunks = Vec::new();
        while chunks.len() < Self::CHUNKS {
            let Some(bytes) = self.chunk()? else { break };
            let first = self.line;
            self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
            chunks.push(Chunk { bytes, first });
        }
        Ok(chunks)
    }

    fn chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let before = bytes.len();
            let read = self.input.by_ref().take(Self::CHUNK as u64).read_to_end(&mut bytes)?;
            if read == 0 {
                return Ok((!bytes.is_empty()).then_some(bytes));
            }
            if let Some(end) = memchr::memrchr(b'\n', &bytes[before..]) {
                self.rest = bytes.split_off(before + end + 1);
                return Ok(Some(bytes));
            }
        }
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path)?;
    Ok(match Packing::of(path) {
        Packing::Plain => Box::new(BufReader::new(file)),
        Packing::Gzip => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        Packing::Zstd | Packing::ZstdFast => {
            Box::new(BufReader::new(zstd::stream::read::Decoder::new(file)?))
        }
    })
}
