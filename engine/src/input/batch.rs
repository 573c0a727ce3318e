//! What travels from the reader to the workers.

use std::ops::Range;
use std::sync::Arc;

/// Where a record comes from, for messages and for ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file's name as the user would write it, or "-".
    pub file: Arc<str>,
    /// The line in it, from 1; 0 for a file that is one document.
    pub line: u64,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 { f.write_str(&self.file) } else { write!(f, "{}:{}", self.file, self.line) }
    }
}

/// How a record is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JSON object on a line.
    JsonLine,
    /// Plain text, one document.
    Text,
    /// Nothing could be read; why.
    Failed(String),
}

/// One record of a batch.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its bytes in the batch.
    pub range: Range<usize>,
    /// Where it comes from.
    pub origin: Origin,
    /// How it is written.
    pub form: Form,
}

/// Records that are worked on together: enough to make the hand-over cheap, few enough to bound memory.
#[derive(Debug, Default)]
pub struct Batch {
    /// Its place in the input, from 0.
    pub sequence: u64,
    /// The bytes of all its records.
    pub bytes: Vec<u8>,
    /// The records, in input order.
    pub items: Vec<Item>,
}
