//! Batches of records, which the reader sends to the workers.

use std::ops::Range;
use std::sync::Arc;

/// A batch is closed when it holds this many bytes …
pub(super) const BATCH_BYTES: usize = 128 * 1024;
/// … or its records weigh this much.
const BATCH_WEIGHT: usize = 256;

/// The source of a record, for messages and ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file's name as the user would write it, or "-"; for a member of an archive `ARCHIVE/MEMBER`.
    pub file: Arc<str>,
    /// The line in the file, from 1, where the record begins; in a format without lines, the number of the record; 0 for a file
    /// that is a single document.
    pub line: u64,
}

impl Origin {
    /// The id of a document that has no id of its own.
    pub fn id(&self) -> String {
        if self.line == 0 { self.file.to_string() } else { format!("{}#{}", self.file, self.line) }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 { f.write_str(&self.file) } else { write!(f, "{}:{}", self.file, self.line) }
    }
}

/// The format of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JSON object.
    Json,
    /// Plain text, a single document.
    Text,
    /// A web page.
    Page(Option<Box<Fetched>>),
    /// It could not be read, for this reason.
    Failed(String),
    /// It exceeds the maximum length and was skipped.
    TooLong,
}

impl Form {
    /// The cost of a record apart from its analysis, in units of a line of JSON. A whole file takes longer to open than a
    /// line, and extracting the article of a page takes longer than analysing it.
    fn weight(&self) -> usize {
        match self {
            Self::Json | Self::Failed(_) | Self::TooLong => 1,
            Self::Text => BATCH_WEIGHT / 8,
            Self::Page(_) => BATCH_WEIGHT / 16,
        }
    }
}

/// The metadata of a page in a web archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Its address.
    pub url: String,
    /// When it was fetched, as written in the archive.
    pub at: Option<String>,
    /// The encoding that the server named.
    pub charset: Option<String>,
}

/// One record of a batch.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its bytes in the batch.
    pub range: Range<usize>,
    /// Its source.
    pub origin: Origin,
    /// Its format.
    pub form: Form,
    /// The encoding of its file, if it had to be guessed.
    pub guessed: Option<&'static str>,
}

/// Records that are processed together: enough to make passing them on cheap, few enough to bound memory.
#[derive(Debug)]
pub struct Batch {
    /// Its index in the input.
    pub sequence: u64,
    /// The bytes of all its records.
    pub bytes: Vec<u8>,
    /// The records, in input order.
    pub items: Vec<Item>,
    /// The total weight of the records, and the weight at which the batch is full.
    weight: usize,
    full: usize,
}

impl Batch {
    /// An empty batch for records that do not come from files; they are appended to `bytes`.
    pub fn gather(mut bytes: Vec<u8>) -> Self {
        bytes.clear();
        Self::new(0, bytes)
    }

    /// Adds a record: a JSON object, which is checked by the worker.
    pub fn push(&mut self, record: &[u8], origin: Origin) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(record);
        self.add(start..self.bytes.len(), origin, Form::Json);
    }

    /// An empty batch that stores its records in `bytes`, which is empty.
    pub(super) fn new(sequence: u64, bytes: Vec<u8>) -> Self {
        Self { sequence, bytes, items: Vec::new(), weight: 0, full: BATCH_WEIGHT }
    }

    /// The same for a single record.
    pub(super) fn of_one(sequence: u64, bytes: Vec<u8>) -> Self {
        Self { full: 1, ..Self::new(sequence, bytes) }
    }

    /// Whether it should be sent to a worker.
    pub fn is_full(&self) -> bool {
        self.weight >= self.full || self.bytes.len() >= BATCH_BYTES
    }

    /// The same for a reader that has read past `end`, where its next record begins.
    pub(super) fn is_full_at(&self, end: usize) -> bool {
        self.weight >= self.full || end >= BATCH_BYTES
    }

    /// Records that the encoding of the last record's file was guessed.
    pub(super) fn guessed(&mut self, encoding: Option<&'static str>) {
        if let Some(item) = self.items.last_mut() {
            item.guessed = encoding;
        }
    }

    /// Adds a record whose bytes are already at `range`.
    pub(super) fn add(&mut self, range: Range<usize>, origin: Origin, form: Form) {
        self.weight += form.weight();
        self.items.push(Item { range, origin, form, guessed: None });
    }

    /// Adds a record that could not be read.
    pub fn fail(&mut self, origin: Origin, reason: impl Into<String>) {
        self.add_empty(origin, Form::Failed(reason.into()));
    }

    /// Adds a record that exceeds the maximum length.
    pub(super) fn too_long(&mut self, origin: Origin) {
        self.add_empty(origin, Form::TooLong);
    }

    fn add_empty(&mut self, origin: Origin, form: Form) {
        let end = self.items.iter().map(|item| item.range.end).max().unwrap_or(0);
        self.add(end..end, origin, form);
    }
}
