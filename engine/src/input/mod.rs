//! Reads corpora: finds the files, cuts them into batches of records, and parses these into documents.

mod article;
mod batch;
mod compression;
mod date;
mod find;
mod junk;
mod language;
mod oddity;
mod reader;
mod record;
mod sample;
mod select;
mod source;
mod stream;
mod warning;

pub use article::Page;
pub use batch::{Batch, Fetched, Form, Item, Origin};
pub(crate) use find::is_glob;
pub use find::{FindError, Found, Inputs, Skipped, find, total_bytes};
pub use reader::Reader;
pub use record::{Fields, Languages, Prepared, Record, RecordError, RecordOptions};
pub(crate) use select::Choice;
pub use select::{Filter, Sample, Selection};
pub use source::InputFormat;
pub use warning::{Warning, WarningKind};

/// Converts a date as written on a command line to ISO 8601; an error is a message.
pub fn read_date(written: &str, day_first: Option<bool>) -> Result<String, String> {
    let read = date::read_text(written, day_first);
    read.map(|date| date.to_string()).map_err(|unread| unread.message(&format!("{written:?}")))
}

/// Converts the first or last day of a selection, which may be given as a month or a year.
pub(crate) fn read_day(written: &str, day_first: Option<bool>) -> Result<String, String> {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_coarse = match written.split_once('-') {
        None => digits(written, 4),
        Some((year, month)) => digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month),
    };
    if is_coarse { Ok(written.to_owned()) } else { read_date(written, day_first) }
}
