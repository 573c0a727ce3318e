//! Input formats, one per file. A new one needs such a file, a variant of [`InputFormat`], and a line in [`FORMATS`].

mod archive;
mod csv;
mod feed;
mod json;
mod lines;
mod object;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod text;
mod warc;

use std::io;
use std::sync::Arc;

use encoding_rs::Encoding;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::record::Fields;
use super::stream::Stream;
use crate::limits::{ByteSize, Limits};
pub(super) use object::Object;

/// The format of input files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum InputFormat {
    /// One JSON object per line.
    Jsonl,
    /// A JSON array of objects, or concatenated objects.
    Json,
    /// Rows of cells, the first with the column names; separated by commas, semicolons, tabs or vertical bars.
    Csv,
    /// The same, separated by tabs.
    Tsv,
    /// Apache Parquet.
    Parquet,
    /// One web page per file, of which the article is read.
    Html,
    /// A web archive, such as those of Common Crawl.
    Warc,
    /// A saved RSS or Atom feed, one document per entry.
    Feed,
    /// One plain text per file.
    Text,
    /// A zip archive of files in any other format.
    Zip,
    /// A tar archive of files in any other format.
    Tar,
}

/// A file of some format that is being read.
pub(super) trait Source: Send {
    /// Adds records to the batch until it is full or the file ends; returns whether there may be more. A record that cannot be read
    /// becomes a failed record.
    fn fill(&mut self, batch: &mut Batch) -> More;
}

/// Whether a source may have more records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum More {
    Yes,
    No,
}

/// The description of a format.
pub(super) struct Format {
    /// The format.
    pub(super) format: InputFormat,
    /// The extensions of its files, in lower case.
    pub(super) extensions: &'static [&'static str],
    /// Whether a file with these first bytes is of this format. False in cases of doubt.
    sniff: fn(&[u8]) -> bool,
    /// Opens a file.
    open: fn(Stream, &Context) -> io::Result<Box<dyn Source>>,
}

/// All formats, those with the most specific first bytes first.
const FORMATS: &[Format] = &[
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
    archive::ZIP,
    archive::TAR,
    warc::FORMAT,
    feed::FORMAT,
    page::FORMAT,
    lines::FORMAT,
    json::FORMAT,
    csv::FORMAT,
    csv::TABS,
    text::FORMAT,
];

/// The number of first bytes by which formats are recognised.
pub(super) const HEAD: usize = 1024;

/// The settings with which all sources are opened.
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The names of the fields.
    pub(super) fields: Arc<Fields>,
    /// The encoding set by the user.
    pub(super) encoding: Option<&'static Encoding>,
    /// The limits on the length of a record.
    pub(super) limits: Limits,
    /// Whether the stream is a member of an archive.
    pub(super) in_archive: bool,
    /// Files in archives that are in no known format.
    pub(super) skipped: Arc<std::sync::Mutex<super::find::Skipped>>,
}

/// The format of an extension, in lower case.
pub(super) fn of_extension(extension: &str) -> Option<InputFormat> {
    FORMATS.iter().find(|format| format.extensions.contains(&extension)).map(|format| format.format)
}

/// The format that the first bytes of a decompressed file show.
pub(super) fn of_head(head: &[u8]) -> Option<InputFormat> {
    FORMATS.iter().find(|format| (format.sniff)(head)).map(|format| format.format)
}

/// All extensions, for a message: ".jsonl, .csv …".
pub(super) fn extensions() -> String {
    let all = [lines::FORMAT, json::FORMAT, csv::FORMAT, csv::TABS]
        .into_iter()
        .chain([
            #[cfg(feature = "parquet")]
            parquet::FORMAT,
        ])
        .chain([page::FORMAT])
        .chain([warc::FORMAT, feed::FORMAT, text::FORMAT, archive::ZIP, archive::TAR]);
    let names = all.flat_map(|format| format.extensions).map(|name| format!(".{name}"));
    names.collect::<Vec<_>>().join(" ")
}

/// Opens a stream, in the given format or the one that its first bytes show, and otherwise as plain text.
pub(super) fn open(
    mut stream: Stream,
    format: Option<InputFormat>,
    context: &Context,
) -> io::Result<Box<dyn Source>> {
    let wanted = match format {
        Some(format) => format,
        None => {
            let head = stream.peek(HEAD)?;
            let table = || csv::is_table(head, &context.fields).then_some(InputFormat::Csv);
            of_head(head).or_else(table).unwrap_or(InputFormat::Text)
        }
    };
    match FORMATS.iter().find(|format| format.format == wanted) {
        Some(format) => (format.open)(stream, context),
        None => Err(io::Error::other(format!("the format {wanted:?} is not built in"))),
    }
}

/// The first bytes, without a byte order mark and white space.
pub(super) fn begin(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// Whether bytes begin with a tag or word, in any case.
pub(super) fn begins_with(head: &[u8], word: &[u8]) -> bool {
    head.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// The error message for a file that must be read as a whole and is too long for that.
fn file_too_long() -> String {
    format!("longer than {} as a whole; split it", ByteSize(Limits::LONGEST as u64))
}

/// An error for input that its format does not allow.
fn malformed(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_registered_and_every_extension_is_unique() {
        let mut seen = std::collections::HashSet::new();
        for format in FORMATS {
            assert!(!format.extensions.is_empty(), "{:?}", format.format);
            assert!(format.extensions.iter().all(|name| seen.insert(name)), "{:?}", format.format);
        }
        assert_eq!(extensions().split(' ').count(), seen.len());
    }

    #[test]
    fn first_bytes_determine_the_format() {
        for (head, format) in [
            (&b"{\"id\": 1}"[..], Some(InputFormat::Jsonl)),
            (b" [{\"id\": 1}]", Some(InputFormat::Json)),
            (b"PAR1\x15", Some(InputFormat::Parquet)),
            (b"PK\x03\x04", Some(InputFormat::Zip)),
            (b"WARC/1.0\r\n", Some(InputFormat::Warc)),
            (b"<?xml version='1.0'?>\n<rss version='2.0'>", Some(InputFormat::Feed)),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", Some(InputFormat::Feed)),
            (b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", Some(InputFormat::Html)),
            (b"A town in the hills.", None),
        ] {
            assert_eq!(of_head(head), format, "{}", String::from_utf8_lossy(head));
        }
    }
}
