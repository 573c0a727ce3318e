//! Reading corpora: which files, cut into batches of records, parsed into documents.

mod batch;
mod date;
mod find;
mod language;
mod oddity;
mod reader;
mod record;
mod warning;

pub use batch::{Batch, Form, Item, Origin};
pub(crate) use find::is_glob;
pub use find::{FindError, Found, InputFormat, Inputs, Skipped, find};
pub use reader::Reader;
pub use record::{Fields, Languages, Record, RecordError, RecordOptions};
pub use warning::{Warning, WarningKind};

/// Reads a date as a person writes it on a command line, to ISO 8601; an error is a message.
pub fn read_date(written: &str, day_first: Option<bool>) -> Result<String, String> {
    let read = date::read_text(written, day_first);
    read.map(|date| date.to_string()).map_err(|unread| unread.message(&format!("{written:?}")))
}
