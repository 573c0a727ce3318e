//! JSON other than one record per line: an array of objects, or concatenated objects, over any number of lines.
//!
//! The reader finds the end of each record and removes white space from it, so that a value that passes through stays on one line;
//! the workers check that it is valid JSON.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use super::{Format, InputFormat, More, Source, begin};
use crate::input::batch::{Batch, Form, Origin};

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Json,
    extensions: &["json"],
    sniff: |head| begin(head).starts_with(b"["),
    open: |stream, context| {
        let file = Arc::clone(&stream.name);
        let (input, guessed) = stream.decoded(context.encoding)?;
        let longest = context.limits.longest();
        let ahead = vec![0; READ];
        Ok(Box::new(Json { file, input, longest, guessed, ahead, unread: 0..0, scan: Scan::default() }))
    },
};

/// Bytes read at a time.
const READ: usize = 64 * 1024;

struct Json {
    file: Arc<str>,
    input: Box<dyn Read + Send>,
    /// The longest record.
    longest: usize,
    guessed: Option<&'static str>,
    ahead: Vec<u8>,
    unread: Range<usize>,
    scan: Scan,
}

/// The state of scanning after the bytes so far.
struct Scan {
    /// Whether the records are in an array that is still open.
    in_array: bool,
    /// The current line, from 1, and the line on which the record began.
    line: u64,
    began: u64,
    /// The number of open objects and arrays of the record.
    depth: usize,
    /// Whether a record has begun.
    inside: bool,
    in_string: bool,
    escaped: bool,
    /// The record is too long: its bytes are skipped.
    skipping: bool,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            in_array: false,
            line: 1,
            began: 1,
            depth: 0,
            inside: false,
            in_string: false,
            escaped: false,
            skipping: false,
        }
    }
}

/// The role of a byte.
#[derive(PartialEq, Eq)]
enum Step {
    /// It belongs to the record.
    Take,
    /// It belongs to no record.
    Leave,
    /// It is the last byte of the record.
    TakeLast,
    /// The record, a bare word or number, has ended before it.
    EndedBefore,
}

impl Scan {
    /// Processes a byte.
    fn step(&mut self, byte: u8) -> Step {
        if byte == b'\n' {
            self.line += 1;
        }
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            let last = !self.in_string && self.depth == 0;
            return self.taken(last);
        }
        if byte.is_ascii_whitespace() {
            return if self.inside && self.depth == 0 { self.ended() } else { Step::Leave };
        }
        if !self.inside {
            match byte {
                b'[' if !self.in_array => {
                    self.in_array = true;
                    return Step::Leave;
                }
                b']' if self.in_array => {
                    self.in_array = false;
                    return Step::Leave;
                }
                b',' => return Step::Leave,
                _ => (self.inside, self.began) = (true, self.line),
            }
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                let last = self.depth == 0;
                return self.taken(last);
            }
            b',' | b']' if self.depth == 0 => {
                if byte == b']' {
                    self.in_array = false;
                }
                return self.ended();
            }
            _ => {}
        }
        Step::Take
    }

    fn taken(&mut self, last: bool) -> Step {
        if last {
            self.inside = false;
            Step::TakeLast
        } else {
            Step::Take
        }
    }

    fn ended(&mut self) -> Step {
        self.inside = false;
        Step::EndedBefore
    }
}

impl Source for Json {
    fn fill(&mut self, batch: &mut Batch) -> More {
        let mut start = batch.bytes.len();
        while !batch.is_full_at(start) || self.scan.inside {
            let Some(byte) = self.next(batch, start) else { return More::No };
            let step = self.scan.step(byte);
            if matches!(step, Step::Take | Step::TakeLast) && !self.scan.skipping {
                batch.bytes.push(byte);
            }
            if batch.bytes.len() - start > self.longest {
                self.scan.skipping = true;
                batch.bytes.truncate(start);
                batch.too_long(self.origin());
            }
            if matches!(step, Step::TakeLast | Step::EndedBefore) {
                if !std::mem::take(&mut self.scan.skipping) {
                    batch.add(start..batch.bytes.len(), self.origin(), Form::Json);
                    batch.guessed(self.guessed);
                }
                start = batch.bytes.len();
            }
        }
        More::Yes
    }
}

impl Json {
    fn origin(&self) -> Origin {
        Origin { file: Arc::clone(&self.file), line: self.scan.began }
    }

    /// The next byte; `None` at the end, once a record that is cut off has been reported.
    fn next(&mut self, batch: &mut Batch, start: usize) -> Option<u8> {
        if self.unread.is_empty() {
            match read(&mut self.input, &mut self.ahead) {
                Ok(0) => {
                    self.end(batch, start);
                    return None;
                }
                Ok(count) => self.unread = 0..count,
                Err(error) => {
                    batch.bytes.truncate(start);
                    let reason = format!("cannot read further: {error}; the rest of this file is lost");
                    batch.fail(Origin { file: Arc::clone(&self.file), line: self.scan.line }, reason);
                    return None;
                }
            }
        }
        self.unread.next().map(|at| self.ahead[at])
    }

    fn end(&mut self, batch: &mut Batch, start: usize) {
        let scan = &self.scan;
        if scan.inside && scan.depth == 0 && !scan.in_string {
            return batch.add(start..batch.bytes.len(), self.origin(), Form::Json);
        }
        batch.bytes.truncate(start);
        if scan.inside {
            batch.fail(self.origin(), "the file ends in the middle of the record that begins here");
        } else if scan.in_array {
            let origin = Origin { file: Arc::clone(&self.file), line: scan.line };
            batch.fail(origin, "the file ends before its array is closed: it may be truncated");
        }
    }
}

fn read(input: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}
