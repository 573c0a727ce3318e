//! Rows of tables, stored by column, as workers fill them and writers receive them.

use std::sync::Arc;

use super::column::{Kind, Table};
use crate::output::Words;

/// Concatenated strings.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    bytes: String,
    ends: Vec<usize>,
}

impl Strings {
    #[inline]
    fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(row).copied().unwrap_or(start);
        self.bytes.get(start..end).unwrap_or("")
    }

    /// All strings, without separators.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_bytes()
    }

    /// The range of bytes of each string.
    pub fn spans(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| start..*end)
    }

    /// The total length in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the total length is zero.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// The cells of a column; an empty cell has an entry too, whose value is meaningless.
#[derive(Clone, Debug)]
pub enum Values {
    /// Text, dates and JSON.
    Text(Strings),
    /// Integers.
    Integer(Vec<i64>),
    /// Numbers.
    Real(Vec<f64>),
    /// True or false.
    Boolean(Vec<bool>),
}

/// A column's cells.
#[derive(Clone, Debug)]
pub struct ColumnData {
    /// The cells.
    pub values: Values,
    /// For each cell, whether it has a value.
    pub valid: Vec<bool>,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// An empty cell.
    Null,
    /// Text, a date, or JSON.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// A number.
    Real(f64),
    /// True or false.
    Boolean(bool),
}

impl ColumnData {
    /// An empty column of this type.
    pub fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text | Kind::Date | Kind::Json => Values::Text(Strings::default()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Real => Values::Real(Vec::new()),
            Kind::Boolean => Values::Boolean(Vec::new()),
        };
        Self { values, valid: Vec::new() }
    }

    /// Adds a cell of text; a separate function, since most cells are text.
    #[inline]
    fn push_text(&mut self, text: Option<&str>) {
        match &mut self.values {
            Values::Text(strings) => {
                strings.push(text.unwrap_or_default());
                self.valid.push(text.is_some());
            }
            _ => self.push(text.map_or(Cell::Null, Cell::Text)),
        }
    }

    /// Adds a cell. A cell whose type is not the column's is left empty.
    #[inline]
    pub fn push(&mut self, cell: Cell<'_>) {
        let valid = match (&mut self.values, cell) {
            (Values::Text(strings), Cell::Text(text)) => {
                strings.push(text);
                true
            }
            (Values::Integer(numbers), Cell::Integer(number)) => {
                numbers.push(number);
                true
            }
            (Values::Real(numbers), Cell::Real(number)) => {
                numbers.push(number);
                true
            }
            (Values::Boolean(flags), Cell::Boolean(flag)) => {
                flags.push(flag);
                true
            }
            (values, cell) => {
                debug_assert!(cell == Cell::Null, "{cell:?} does not fit into {values:?}");
                match values {
                    Values::Text(strings) => strings.push(""),
                    Values::Integer(numbers) => numbers.push(0),
                    Values::Real(numbers) => numbers.push(0.0),
                    Values::Boolean(flags) => flags.push(false),
                }
                false
            }
        };
        self.valid.push(valid);
    }

    /// The cell in a row.
    #[inline]
    pub fn cell(&self, row: usize) -> Cell<'_> {
        if !self.valid.get(row).copied().unwrap_or(false) {
            return Cell::Null;
        }
        match &self.values {
            Values::Text(strings) => Cell::Text(strings.get(row)),
            Values::Integer(numbers) => numbers.get(row).map_or(Cell::Null, |number| Cell::Integer(*number)),
            Values::Real(numbers) => numbers.get(row).map_or(Cell::Null, |number| Cell::Real(*number)),
            Values::Boolean(flags) => flags.get(row).map_or(Cell::Null, |flag| Cell::Boolean(*flag)),
        }
    }
}

/// Rows of one table.
#[derive(Clone, Debug)]
pub struct TableRows {
    /// The table.
    pub table: Arc<Table>,
    /// Its columns after `doc`.
    pub columns: Vec<ColumnData>,
    /// The number of rows of each document of the batch, up to the last document that has any.
    pub per_document: Vec<u32>,
}

impl TableRows {
    /// No rows.
    pub fn new(table: Arc<Table>) -> Self {
        let columns = table.columns.iter().map(|column| ColumnData::new(column.kind)).collect();
        Self { table, columns, per_document: Vec::new() }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |column| column.valid.len())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a row for the document with this index.
    pub(super) fn row(&mut self, document: usize) -> Row<'_> {
        if self.per_document.len() <= document {
            self.per_document.resize(document + 1, 0);
        }
        if let Some(count) = self.per_document.last_mut() {
            *count += 1;
        }
        Row { columns: self.columns.iter_mut() }
    }

    /// For each row the index of its document, and its own.
    pub fn rows(&self) -> impl Iterator<Item = (usize, usize)> {
        let documents = self.per_document.iter().enumerate();
        documents.flat_map(|(document, count)| std::iter::repeat_n(document, *count as usize)).zip(0..)
    }
}

/// Rows of the documents of a batch, in order.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The key of each document.
    pub documents: Vec<String>,
    /// Each table that is filled.
    pub tables: Vec<TableRows>,
}

/// A row that is being filled, column by column.
pub struct Row<'r> {
    columns: std::slice::IterMut<'r, ColumnData>,
}

impl Row<'_> {
    pub(super) fn put(&mut self, cell: Cell<'_>) {
        if let Some(column) = self.columns.next() {
            column.push(cell);
        }
    }

    #[inline]
    pub(super) fn text(&mut self, value: impl TextCell) {
        if let Some(column) = self.columns.next() {
            column.push_text(value.text());
        }
    }

    pub(super) fn date(&mut self, value: impl TextCell) {
        self.text(value);
    }

    pub(super) fn json(&mut self, value: impl TextCell) {
        self.text(value);
    }

    pub(super) fn integer(&mut self, value: impl Into<Option<u64>>) {
        let number = value.into().and_then(|number| i64::try_from(number).ok());
        self.put(number.map_or(Cell::Null, Cell::Integer));
    }

    pub(super) fn real(&mut self, value: impl Into<Option<f64>>) {
        self.put(value.into().map_or(Cell::Null, Cell::Real));
    }

    pub(super) fn boolean(&mut self, value: impl Into<Option<bool>>) {
        self.put(value.into().map_or(Cell::Null, Cell::Boolean));
    }
}

/// A value that can fill a cell of text.
pub(super) trait TextCell {
    fn text(&self) -> Option<&str>;
}

impl TextCell for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl TextCell for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl TextCell for Words<'_> {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: TextCell + ?Sized> TextCell for &T {
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

impl<T: TextCell> TextCell for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(TextCell::text)
    }
}
