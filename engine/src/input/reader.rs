//! Cuts files into batches. It looks for line ends and nothing else, so that one thread feeds many workers.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::batch::{Batch, Form, Item, Origin};
use super::find::{Found, InputFormat};
use crate::extension;

/// A batch is closed when it holds this many bytes …
const BATCH_BYTES: usize = 512 * 1024;
/// … or this many records.
const BATCH_ITEMS: usize = 256;
/// Whole files are heavier to open than lines, and a folder may hold few: fewer of them make a batch.
const BATCH_FILES: usize = 8;
/// A record may be this long (1 GiB); a longer one is refused, so that a file without line ends cannot eat the memory.
const LONGEST_RECORD: usize = 1 << 30;

/// Counts the bytes that were read from a file, before any decompression.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A file of lines that is being read.
struct Lines {
    file: Arc<str>,
    input: Box<dyn Read + Send>,
    /// What was read behind the last whole line.
    rest: Vec<u8>,
    /// The number of the line that begins with `rest`.
    line: u64,
    /// The line is too long and is being passed over.
    skipping: bool,
    ended: bool,
}

/// Reads the inputs one after another, batch by batch.
pub struct Reader {
    inputs: VecDeque<Found>,
    lines: Option<Lines>,
    sequence: u64,
    read: Arc<AtomicU64>,
}

impl Reader {
    /// A reader of these inputs that adds up, in `read`, the bytes it takes from disk.
    pub fn new(inputs: Vec<Found>, read: Arc<AtomicU64>) -> Self {
        Self { inputs: inputs.into(), lines: None, sequence: 0, read }
    }

    /// The next batch, read into `bytes`, which is empty; `None` at the end. A file that cannot be read becomes a failed
    /// record.
    pub fn next_batch(&mut self, bytes: Vec<u8>) -> Option<Batch> {
        let mut batch = Batch { sequence: self.sequence, bytes, items: Vec::new() };
        let mut files = 0;
        while batch.bytes.len() < BATCH_BYTES && batch.items.len() < BATCH_ITEMS && files < BATCH_FILES {
            if let Some(lines) = &mut self.lines {
                if lines.fill(&mut batch) {
                    self.lines = None;
                }
                continue;
            }
            let Some(input) = self.inputs.pop_front() else { break };
            files += 1;
            self.open(input, &mut batch);
        }
        if batch.items.is_empty() && self.lines.is_none() && self.inputs.is_empty() {
            return None;
        }
        self.sequence += 1;
        Some(batch)
    }

    fn open(&mut self, input: Found, batch: &mut Batch) {
        let (file, opened, format) = match input {
            Found::Unreadable(path, reason) => {
                return batch.fail(Origin { file: name_of(&path), line: 0 }, reason);
            }
            Found::File(path, format) => (name_of(&path), self.open_file(&path), Some(format)),
            Found::Stdin(format) => {
                let stdin = Counted { inner: io::stdin(), count: Arc::clone(&self.read) };
                (Arc::from("-"), Ok(Box::new(stdin) as Box<dyn Read + Send>), format)
            }
        };
        let opened = opened.and_then(|input| match format {
            Some(format) => Ok((input, format)),
            None => guess_format(input),
        });
        match opened {
            Err(error) => {
                batch.fail(Origin { file, line: 0 }, format!("cannot read: {error}"));
            }
            Ok((input, InputFormat::Jsonl)) => {
                let (rest, line) = (Vec::new(), 1);
                self.lines = Some(Lines { file, input, rest, line, skipping: false, ended: false });
            }
            Ok((input, InputFormat::Text)) => {
                let start = batch.bytes.len();
                let origin = Origin { file, line: 0 };
                match input.take(LONGEST_RECORD as u64 + 1).read_to_end(&mut batch.bytes) {
                    Ok(length) if length > LONGEST_RECORD => {
                        batch.bytes.truncate(start);
                        batch.fail(origin, too_long());
                    }
                    Ok(_) => {
                        let range = start..batch.bytes.len();
                        batch.items.push(Item { range, origin, form: Form::Text });
                    }
                    Err(error) => {
                        batch.bytes.truncate(start);
                        batch.fail(origin, format!("cannot read: {error}"));
                    }
                }
            }
        }
    }

    fn open_file(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        let file = Counted { inner: File::open(path)?, count: Arc::clone(&self.read) };
        Ok(match path {
            path if extension::is_gzip(path) => Box::new(MultiGzDecoder::new(file)),
            path if extension::is_zstd(path) => Box::new(zstd::stream::read::Decoder::new(file)?),
            _ => Box::new(file),
        })
    }
}

impl Lines {
    /// Adds lines to the batch until it is full or the file ends; tells whether it has ended.
    fn fill(&mut self, batch: &mut Batch) -> bool {
        // The next line begins here.
        let mut start = batch.bytes.len();
        batch.bytes.append(&mut self.rest);
        let mut searched = start;
        loop {
            if let Some(at) = memchr::memchr(b'\n', &batch.bytes[searched..]) {
                let end = searched + at;
                self.take_line(batch, start, end);
                start = end + 1;
                searched = start;
                if batch.items.len() >= BATCH_ITEMS || start >= BATCH_BYTES {
                    break;
                }
                continue;
            }
            searched = batch.bytes.len();
            if searched - start > LONGEST_RECORD && !self.skipping {
                self.skipping = true;
                batch.fail(self.origin(), too_long());
            }
            if self.skipping {
                batch.bytes.truncate(start);
                searched = start;
            }
            if self.ended {
                if searched > start || self.skipping {
                    self.take_line(batch, start, searched);
                }
                batch.bytes.truncate(searched);
                return true;
            }
            if let Err(error) = self.read_more(&mut batch.bytes) {
                batch.bytes.truncate(start);
                batch.fail(
                    self.origin(),
                    format!("cannot read on: {error}; what follows in this file is lost"),
                );
                return true;
            }
        }
        self.rest.extend_from_slice(&batch.bytes[start..]);
        batch.bytes.truncate(start);
        false
    }

    fn origin(&self) -> Origin {
        Origin { file: Arc::clone(&self.file), line: self.line }
    }

    fn take_line(&mut self, batch: &mut Batch, start: usize, end: usize) {
        let origin = self.origin();
        self.line += 1;
        if std::mem::take(&mut self.skipping) {
            return;
        }
        let mut range = start..end;
        if origin.line == 1 && batch.bytes[range.clone()].starts_with(b"\xef\xbb\xbf") {
            range.start += 3;
        }
        if batch.bytes[range.clone()].iter().all(u8::is_ascii_whitespace) {
            return;
        }
        batch.items.push(Item { range, origin, form: Form::JsonLine });
    }

    fn read_more(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        let before = into.len();
        // Long lines are read in growing steps, so that a line of n bytes costs n, not n².
        let step = BATCH_BYTES.max(before / 2);
        let read = (&mut self.input).take(step as u64).read_to_end(into)?;
        self.ended = read == 0;
        Ok(())
    }
}

impl Batch {
    fn fail(&mut self, origin: Origin, reason: String) {
        let end = self.items.iter().map(|item| item.range.end).max().unwrap_or(0);
        self.items.push(Item { range: end..end, origin, form: Form::Failed(reason) });
    }
}

fn too_long() -> String {
    format!("longer than {LONGEST_RECORD} bytes; split it")
}

/// The file's name for messages and ids.
fn name_of(path: &Path) -> Arc<str> {
    Arc::from(path.to_string_lossy().as_ref())
}

/// Lines of JSON begin with a brace; anything else is a text.
fn guess_format(mut input: Box<dyn Read + Send>) -> io::Result<(Box<dyn Read + Send>, InputFormat)> {
    let mut head = Vec::new();
    while head.iter().all(u8::is_ascii_whitespace) && head.len() < 4096 {
        if (&mut input).take(1).read_to_end(&mut head)? == 0 {
            break;
        }
    }
    let format = if head.last() == Some(&b'{') { InputFormat::Jsonl } else { InputFormat::Text };
    Ok((Box::new(io::Cursor::new(head).chain(input)), format))
}
