//! JSON lines. The reader only searches for line ends, so that one thread can supply many workers.

use std::io::{self, Read};
use std::sync::Arc;

use super::{Format, InputFormat, More, Source, begin};
use crate::input::batch::{BATCH_BYTES, Batch, Form, Origin};

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Jsonl,
    extensions: &["jsonl", "ndjson"],
    sniff: |head| begin(head).starts_with(b"{"),
    open: |stream, context| {
        let file = Arc::clone(&stream.name);
        let input = stream.decoded_lines(context.encoding)?;
        let longest = context.limits.longest();
        let rest = Vec::new();
        Ok(Box::new(Lines { file, input, longest, rest, line: 1, skipping: false, end: End::Ahead }))
    },
};

/// Whether the end of a file has been reached.
enum End {
    Ahead,
    Reached,
    /// Reading failed; everything read before that is complete.
    Failed(io::Error),
}

/// A file of lines that is being read.
struct Lines {
    file: Arc<str>,
    input: Box<dyn Read + Send>,
    /// The maximum length of a line.
    longest: usize,
    /// Bytes read after the last whole line.
    rest: Vec<u8>,
    /// The number of the line at the start of `rest`.
    line: u64,
    /// The line is too long and is being skipped.
    skipping: bool,
    end: End,
}

impl Source for Lines {
    fn fill(&mut self, batch: &mut Batch) -> More {
        // The start of the next line.
        let mut start = batch.bytes.len();
        batch.bytes.append(&mut self.rest);
        let mut searched = start;
        loop {
            if let Some(at) = memchr::memchr(b'\n', &batch.bytes[searched..]) {
                let end = searched + at;
                self.take_line(batch, start, end);
                start = end + 1;
                searched = start;
                if batch.is_full_at(start) {
                    break;
                }
                continue;
            }
            searched = batch.bytes.len();
            if searched - start > self.longest && !self.skipping {
                self.skipping = true;
                batch.too_long(self.origin());
            }
            if self.skipping {
                batch.bytes.truncate(start);
                searched = start;
            }
            match &self.end {
                End::Ahead => self.read_more(&mut batch.bytes),
                End::Reached => {
                    if searched > start || self.skipping {
                        self.take_line(batch, start, searched);
                    }
                    batch.bytes.truncate(searched);
                    return More::No;
                }
                End::Failed(error) => {
                    let reason = format!("cannot read further: {error}; the rest of this file is lost");
                    batch.bytes.truncate(start);
                    batch.fail(self.origin(), reason);
                    return More::No;
                }
            }
        }
        self.rest.extend_from_slice(&batch.bytes[start..]);
        batch.bytes.truncate(start);
        More::Yes
    }
}

impl Lines {
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
        if range.len() > self.longest {
            return batch.too_long(origin);
        }
        if origin.line == 1 && batch.bytes[range.clone()].starts_with(b"\xef\xbb\xbf") {
            range.start += 3;
        }
        if batch.bytes[range.clone()].iter().all(u8::is_ascii_whitespace) {
            return;
        }
        batch.add(range, origin, Form::Json);
    }

    fn read_more(&mut self, into: &mut Vec<u8>) {
        // Long lines are read in growing steps, so that a line of n bytes costs n, not n².
        let step = BATCH_BYTES.max(into.len() / 2);
        match (&mut self.input).take(step as u64).read_to_end(into) {
            Ok(0) => self.end = End::Reached,
            Ok(_) => {}
            // The bytes before the error are in `into`.
            Err(error) => self.end = End::Failed(error),
        }
    }
}
