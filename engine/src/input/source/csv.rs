//! Tables of text: CSV and TSV. A row becomes a JSON object with the column names as keys.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use super::object::Object;
use super::{Context, Format, InputFormat, More, Source, malformed};
use crate::input::batch::{Batch, Form, Origin};
use crate::input::record::Fields;
use crate::input::stream::Stream;
use crate::limits::Limits;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Csv,
    extensions: &["csv"],
    sniff: |_| false,
    open: |stream, context| open(stream, context, None),
};

pub(super) const TABS: Format = Format {
    format: InputFormat::Tsv,
    extensions: &["tsv", "tab"],
    sniff: |_| false,
    open: |stream, context| open(stream, context, Some(b'\t')),
};

/// A table that is being read.
struct Table {
    file: Arc<str>,
    rows: csv::Reader<Limited>,
    guessed: Option<&'static str>,
    fields: Arc<Fields>,
    columns: Vec<String>,
    row: StringRecord,
    separator: u8,
    /// Corrects the line number of the library, which splits the line end "\r\n" so that a row begins on the previous line.
    missing_line: u64,
    bytes: Arc<Bytes>,
}

/// Counts of the bytes read so far.
#[derive(Default)]
struct Bytes {
    /// The number of bytes since the last row.
    since_row: AtomicUsize,
    /// The number of quotation marks.
    quotes: AtomicUsize,
    ended: AtomicBool,
    /// Whether the last byte was a line end.
    whole_line: AtomicBool,
}

/// The number of bytes that the library reads ahead; they belong to later rows.
const AHEAD: usize = 64 * 1024;

/// Fails once a row has grown too long, such as one with a quotation mark that is never closed.
struct Limited {
    input: Box<dyn Read + Send>,
    limits: Limits,
    bytes: Arc<Bytes>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.since_row.load(Ordering::Relaxed) > self.limits.longest() + AHEAD {
            return Err(malformed(format!("the row is {}", self.limits.too_long())));
        }
        let read = self.input.read(buffer)?;
        self.bytes.since_row.fetch_add(read, Ordering::Relaxed);
        let quotes = memchr::memchr_iter(b'"', &buffer[..read]).count();
        self.bytes.quotes.fetch_add(quotes, Ordering::Relaxed);
        if let Some(last) = buffer[..read].last() {
            self.bytes.whole_line.store(*last == b'\n', Ordering::Relaxed);
        }
        if read == 0 && !buffer.is_empty() {
            self.bytes.ended.store(true, Ordering::Relaxed);
        }
        Ok(read)
    }
}

fn open(mut stream: Stream, context: &Context, separator: Option<u8>) -> io::Result<Box<dyn Source>> {
    const HEADER: usize = 64 * 1024;
    let line = stream.peek(HEADER)?.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separator = separator.unwrap_or_else(|| separator_of(line));
    let missing_line = u64::from(line.ends_with(b"\r") || line.ends_with(b"\r\0"));
    let file = Arc::clone(&stream.name);
    let (input, guessed) = stream.decoded(context.encoding)?;
    let bytes = Arc::new(Bytes::default());
    let input = Limited { input, limits: context.limits, bytes: Arc::clone(&bytes) };
    let mut rows = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(input);
    let columns = names(rows.headers().map_err(io::Error::other)?);
    if columns.is_empty() {
        return Err(malformed("the file is empty: a table needs a first row with the column names"));
    }
    check_columns(&columns, &context.fields)?;
    let fields = Arc::clone(&context.fields);
    Ok(Box::new(Table {
        file,
        rows,
        guessed,
        fields,
        columns,
        row: StringRecord::new(),
        separator,
        missing_line,
        bytes,
    }))
}

/// The separator that occurs most often in the first line.
fn separator_of(line: &[u8]) -> u8 {
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    // `max_by_key` returns the last of equals: the comma.
    let candidates = [b'|', b'\t', b';', b','];
    candidates.into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Whether a file without a name begins with the header of a table: several columns, one of them the text.
pub(super) fn is_table(head: &[u8], fields: &Fields) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separator = separator_of(line);
    let mut cells = line.split(|byte| *byte == separator).map(|cell| {
        let cell = cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell).trim_ascii();
        cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell)
    });
    line.contains(&separator) && cells.any(|cell| cell == fields.text.as_bytes())
}

/// The column names: a column without a name is named by its number, a repeated name gets its number appended.
fn names(header: &StringRecord) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (place, name) in header.iter().enumerate() {
        let name = name.trim().trim_start_matches('\u{feff}');
        let mut unique = if name.is_empty() { format!("column_{}", place + 1) } else { name.to_owned() };
        while names.contains(&unique) {
            unique = format!("{unique}_{}", place + 1);
        }
        names.push(unique);
    }
    names
}

/// Refuses a table without a column for the text, once instead of at every row.
pub(super) fn check_columns(columns: &[String], fields: &Fields) -> io::Result<()> {
    /// Other common names for the text of an article, the likeliest first.
    const OTHER_NAMES: [&str; 9] = [
        "body",
        "content",
        "article",
        "article_text",
        "full_text",
        "fulltext",
        "maintext",
        "story",
        "message",
    ];
    let top = fields.text.split('.').next().unwrap_or_default();
    if columns.iter().any(|name| *name == fields.text || name == top) {
        return Ok(());
    }
    let likely = OTHER_NAMES
        .into_iter()
        .find_map(|other| columns.iter().find(|name| name.eq_ignore_ascii_case(other)))
        .or_else(|| columns.iter().find(|name| name.to_ascii_lowercase().contains("text")));
    let name = likely.map_or("…", String::as_str);
    Err(malformed(format!(
        "no column `{}`; the columns are: {}. Name the one with the text: --set input.fields.text=\"{name}\"",
        fields.text,
        columns.join(", ")
    )))
}

impl Source for Table {
    fn fill(&mut self, batch: &mut Batch) -> More {
        while !batch.is_full() {
            self.bytes.since_row.store(0, Ordering::Relaxed);
            match self.rows.read_record(&mut self.row) {
                Ok(true) => self.add(batch),
                Ok(false) => return More::No,
                Err(error) => {
                    let line = error.position().map_or(self.rows.position().line(), csv::Position::line);
                    let origin = Origin { file: Arc::clone(&self.file), line };
                    if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) {
                        batch.fail(origin, "not UTF-8; set input.encoding to the encoding of the file");
                        continue;
                    }
                    batch
                        .fail(origin, format!("cannot read further: {error}; the rest of this file is lost"));
                    return More::No;
                }
            }
        }
        More::Yes
    }
}

impl Table {
    fn add(&self, batch: &mut Batch) {
        let line = self.row.position().map_or(0, csv::Position::line) + self.missing_line;
        let origin = Origin { file: Arc::clone(&self.file), line };
        if self.row.len() != self.columns.len() {
            let (cells, columns) = (self.row.len(), self.columns.len());
            return batch.fail(
                origin,
                format!(
                    "the row has {cells} cells and the table {columns} columns: is a quotation mark not closed, or a \
                     separator not quoted?"
                ),
            );
        }
        if self.is_unclosed() {
            return batch.fail(origin, "a quotation mark in the row that begins here is never closed");
        }
        let start = batch.bytes.len();
        let mut object = Object::open(&mut batch.bytes);
        for (name, cell) in self.columns.iter().zip(&self.row) {
            object.value(name, &self.value(name, cell));
        }
        object.close();
        batch.add(start..batch.bytes.len(), origin, Form::Json);
        batch.guessed(self.guessed);
    }

    /// Whether the file ends inside a cell: after an opening quotation mark the library takes everything as its content.
    fn is_unclosed(&self) -> bool {
        let load = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let odd = self.bytes.quotes.load(Ordering::Relaxed) % 2 == 1;
        let last = self.row.iter().next_back().is_some_and(|cell| cell.contains('\n'));
        // A truncated file ends within a line. With tabs, quotation marks usually have no meaning.
        let cut = !load(&self.bytes.whole_line) && self.separator != b'\t';
        odd && (last || cut) && load(&self.bytes.ended)
    }

    /// A cell as JSON. An empty id, title, date or language is omitted; targets are written as JSON.
    fn value(&self, name: &str, cell: &str) -> Value {
        let fields = &self.fields;
        let known = [&fields.id, &fields.title, &fields.date, &fields.language, &fields.targets];
        if cell.is_empty() && known.into_iter().any(|field| field == name) {
            return Value::Null;
        }
        if *name == *fields.targets
            && let Ok(targets) = serde_json::from_str(cell)
        {
            return targets;
        }
        Value::from(cell)
    }
}
