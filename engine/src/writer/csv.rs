//! A table as CSV: RFC 4180 with line feeds, UTF-8, with a header; compressed with gzip or zstd if the extension says so.
//!
//! Cells are written unchanged. Spreadsheets interpret a cell that begins with `=` as a formula, but changing such a cell would change
//! the words of an article; so users must import columns as text.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::partial::Partial;
use super::{TableWriter, failed};
use crate::output::SinkError;
use crate::output::{Packing, write_integer, write_real};
use crate::tables::{Cell, Table, TableRows};

/// A CSV file of one table.
pub(super) struct CsvFile {
    path: PathBuf,
    packing: Packing,
    out: Out,
    encoder: CsvEncoder,
    packed: Vec<u8>,
}

/// The destination of the bytes.
enum Out {
    Stdout(io::Stdout),
    /// A file, created with the table.
    File(Option<(Partial, File)>),
}

impl CsvFile {
    pub(super) fn new(path: &Path) -> Self {
        Self::of(path.to_owned(), Packing::of(path), Out::File(None))
    }

    pub(super) fn stdout() -> Self {
        Self::of("standard output".into(), Packing::Plain, Out::Stdout(io::stdout()))
    }

    fn of(path: PathBuf, packing: Packing, out: Out) -> Self {
        Self { path, packing, out, encoder: CsvEncoder::default(), packed: Vec::new() }
    }

    /// Writes the encoded bytes.
    fn put(&mut self) -> Result<(), SinkError> {
        if self.packing != Packing::Plain {
            self.packing.pack(&self.encoder.bytes, &mut self.packed);
            std::mem::swap(&mut self.encoder.bytes, &mut self.packed);
        }
        let bytes = &self.encoder.bytes;
        let result = match &mut self.out {
            Out::Stdout(stdout) => stdout.write_all(bytes).and_then(|()| stdout.flush()),
            Out::File(Some((_, file))) => file.write_all(bytes),
            Out::File(None) => Ok(()),
        };
        self.encoder.bytes.clear();
        result.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => SinkError::BrokenPipe,
            _ => failed(&self.path, error),
        })
    }
}

impl TableWriter for CsvFile {
    fn begin(&mut self, table: &Arc<Table>) -> Result<(), SinkError> {
        if let Out::File(open) = &mut self.out {
            let create = |source| SinkError::Create { path: self.path.clone(), source };
            let partial = Partial::new(&self.path).map_err(create)?;
            let file = File::create(partial.temporary()).map_err(create)?;
            *open = Some((partial, file));
        }
        self.encoder.header(table);
        self.put()
    }

    fn write(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.encoder.rows(documents, &rows);
        self.put()
    }

    fn finish(self: Box<Self>) -> Result<(), SinkError> {
        let Out::File(Some((partial, file))) = self.out else { return Ok(()) };
        drop(file);
        partial.commit().map_err(|error| failed(&self.path, error))
    }
}

/// Writes rows into memory.
#[derive(Default)]
struct CsvEncoder {
    bytes: Vec<u8>,
}

impl CsvEncoder {
    fn header(&mut self, table: &Table) {
        for (place, column) in table.all_columns().enumerate() {
            if place > 0 {
                self.bytes.push(b',');
            }
            self.text(&column.name);
        }
        self.bytes.push(b'\n');
    }

    fn rows(&mut self, documents: &[String], rows: &TableRows) {
        for (document, row) in rows.rows() {
            self.text(documents.get(document).map_or("", String::as_str));
            for column in &rows.columns {
                self.bytes.push(b',');
                match column.cell(row) {
                    Cell::Null => {}
                    Cell::Text(text) => self.text(text),
                    Cell::Integer(number) => write_integer(&mut self.bytes, number),
                    Cell::Real(number) => write_real(&mut self.bytes, number),
                    Cell::Boolean(flag) => {
                        self.bytes.extend_from_slice(if flag { b"true" } else { b"false" });
                    }
                }
            }
            self.bytes.push(b'\n');
        }
    }

    /// Writes a field, in quotation marks if needed.
    fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if !bytes.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.bytes.extend_from_slice(bytes);
            return;
        }
        self.bytes.push(b'"');
        let mut rest = bytes;
        while let Some(at) = memchr::memchr(b'"', rest) {
            self.bytes.extend_from_slice(&rest[..=at]);
            self.bytes.push(b'"');
            rest = &rest[at + 1..];
        }
        self.bytes.extend_from_slice(rest);
        self.bytes.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn fields_are_read_back_by_a_reader_of_csv(fields in proptest::collection::vec("(\\PC|[,\"\r\n]){0,20}", 2..5)) {
            let mut encoder = CsvEncoder::default();
            for (place, field) in fields.iter().enumerate() {
                if place > 0 {
                    encoder.bytes.push(b',');
                }
                encoder.text(field);
            }
            encoder.bytes.push(b'\n');
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(encoder.bytes.as_slice());
            let record = reader.records().next().expect("a record").expect("CSV");
            proptest::prop_assert_eq!(record.iter().collect::<Vec<_>>(), fields);
        }
    }
}
