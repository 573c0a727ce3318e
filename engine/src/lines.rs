//! Reads the lines that copydesk has written, in parallel, and returns results in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use rayon::prelude::*;

use crate::output::{Packing, ParsedLine};

/// Why results could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {source}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

/// Whole lines of a file.
pub(crate) struct Chunk<'p> {
    pub(crate) path: &'p Path,
    /// The index of this chunk among the chunks of all files.
    pub(crate) place: usize,
    pub(crate) bytes: Vec<u8>,
    /// The number of the first line.
    pub(crate) first: u64,
}

impl Chunk<'_> {
    /// The lines that are not empty, with their line numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let lines = (self.first..).zip(self.bytes.split(|byte| *byte == b'\n'));
        lines.filter(|(_, line)| !line.trim_ascii().is_empty())
    }
}

/// Reads files, `-` being standard input, in many threads. `work` processes a chunk of lines with the state of its thread; `take`
/// receives its results in the order of the files. Chunk boundaries are the same every time.
pub(crate) fn in_parallel<S: Send, T: Send, E: From<ReadError>>(
    files: &[PathBuf],
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &Chunk<'_>) -> T + Sync + Send,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut place = 0;
    for path in files {
        let failed = |source| ReadError { path: path.clone(), source };
        let mut lines = Lines { input: open(path).map_err(failed)?, path, rest: Vec::new(), line: 1 };
        loop {
            let chunks = lines.chunks(&mut place).map_err(failed)?;
            if chunks.is_empty() {
                break;
            }
            let done: Vec<T> = chunks.par_iter().map_init(&state, &work).collect();
            done.into_iter().try_for_each(&mut take)?;
        }
    }
    Ok(())
}

/// Reads files of results, `-` being standard input, in many threads. `work` processes a line; `take` receives its results in the order
/// of the files, or for a line that is not a result a message with its location.
///
/// # Errors
/// If a file cannot be read, or `take` fails.
pub fn each_result<T: Send, E: From<ReadError>>(
    files: &[PathBuf],
    work: impl Fn(&ParsedLine<'_>) -> T + Sync + Send,
    mut take: impl FnMut(Result<T, String>) -> Result<(), E>,
) -> Result<(), E> {
    let chunk = |(): &mut (), chunk: &Chunk<'_>| -> Vec<Result<T, String>> {
        let read = |(number, line): (u64, &[u8])| {
            let parsed = serde_json::from_slice::<ParsedLine<'_>>(line)
                .map_err(|error| not_a_result(chunk.path, number, &error));
            parsed.map(|line| work(&line))
        };
        chunk.lines().map(read).collect()
    };
    in_parallel(files, || (), chunk, |done| done.into_iter().try_for_each(&mut take))
}

/// The message for a line that cannot be read back.
pub(crate) fn not_a_result(path: &Path, number: u64, error: &serde_json::Error) -> String {
    format!("{}:{number}: not a line written by copydesk: {error}", path.display())
}

/// A file that is read in chunks of whole lines.
struct Lines<'p> {
    input: Box<dyn BufRead>,
    path: &'p Path,
    /// Bytes read after the last whole line.
    rest: Vec<u8>,
    line: u64,
}

impl<'p> Lines<'p> {
    const CHUNK: usize = 1 << 20;
    const CHUNKS: usize = 16;

    /// The next chunks, to be processed in parallel.
    fn chunks(&mut self, place: &mut usize) -> io::Result<Vec<Chunk<'p>>> {
        let mut chunks = Vec::new();
        while chunks.len() < Self::CHUNKS {
            let Some(bytes) = self.chunk()? else { break };
            let first = self.line;
            self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
            chunks.push(Chunk { path: self.path, place: *place, bytes, first });
            *place += 1;
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
