//! Rows of tables, stored by column, as workers fill them and writers receive them.

use std::ops::Range;
use std::sync::Arc;

use super::column::{Kind, Table};
use crate::output::Words;

/// Concatenated strings.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    bytes: String,
    ends: Ends,
}

/// Where each string begins, and where the last one ends: the form of Arrow, so that nothing is converted for it.
#[derive(Clone, Debug)]
enum Ends {
    /// Up to 2 GiB of text.
    Short(Vec<i32>),
    Long(Vec<usize>),
}

impl Default for Ends {
    fn default() -> Self {
        Self::Short(vec![0])
    }
}

impl Ends {
    #[inline]
    fn push(&mut self, end: usize) {
        match self {
            Self::Short(ends) => match i32::try_from(end) {
                Ok(end) => ends.push(end),
                Err(_) => self.push_long(end),
            },
            Self::Long(ends) => ends.push(end),
        }
    }

    #[cold]
    fn push_long(&mut self, end: usize) {
        if let Self::Short(ends) = self {
            // None is negative.
            *self = Self::Long(ends.iter().map(|end| end.unsigned_abs() as usize).collect());
        }
        if let Self::Long(ends) = self {
            ends.push(end);
        }
    }

    fn get(&self, place: usize) -> Option<usize> {
        match self {
            Self::Short(ends) => ends.get(place).map(|end| end.unsigned_abs() as usize),
            Self::Long(ends) => ends.get(place).copied(),
        }
    }

    fn reserve(&mut self, more: usize) {
        match self {
            Self::Short(ends) => ends.reserve_exact(more),
            Self::Long(ends) => ends.reserve_exact(more),
        }
    }
}

impl Strings {
    #[inline]
    fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    /// Adds an empty string.
    #[inline]
    fn push_empty(&mut self) {
        self.ends.push(self.bytes.len());
    }

    fn span(&self, row: usize) -> Option<Range<usize>> {
        Some(self.ends.get(row)?..self.ends.get(row + 1)?)
    }

    fn get(&self, row: usize) -> &str {
        self.span(row).and_then(|span| self.bytes.get(span)).unwrap_or("")
    }

    /// All strings, without separators.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_bytes()
    }

    /// The range of bytes of each string.
    pub fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        (0..).map_while(|row| self.span(row))
    }

    /// All strings, without separators, and where each begins, with the end of the last; `None` if they have over 2 GiB.
    pub fn into_parts(self) -> Option<(String, Vec<i32>)> {
        match self.ends {
            Ends::Short(ends) => Some((self.bytes, ends)),
            Ends::Long(_) => None,
        }
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

    /// Reserves memory for cells like those of `earlier`, `of` times as many.
    fn reserve(&mut self, earlier: Size, of: Share) {
        let cells = of.of(earlier.cells);
        self.valid.reserve_exact(cells);
        match &mut self.values {
            Values::Text(strings) => {
                strings.ends.reserve(cells);
                strings.bytes.reserve_exact(of.of(earlier.bytes));
            }
            Values::Integer(numbers) => numbers.reserve_exact(cells),
            Values::Real(numbers) => numbers.reserve_exact(cells),
            Values::Boolean(flags) => flags.reserve_exact(cells),
        }
    }

    fn size(&self) -> Size {
        let bytes = match &self.values {
            Values::Text(strings) => strings.len(),
            _ => 0,
        };
        Size { cells: self.valid.len(), bytes }
    }

    /// Adds a cell of text; a separate function, since most cells are text.
    #[inline]
    fn push_text(&mut self, text: Option<&str>) {
        match &mut self.values {
            Values::Text(strings) => {
                match text {
                    Some(text) => strings.push(text),
                    None => strings.push_empty(),
                }
                self.valid.push(text.is_some());
            }
            _ => self.push(text.map_or(Cell::Null, Cell::Text)),
        }
    }

    /// The same for an integer.
    #[inline]
    fn push_integer(&mut self, number: Option<i64>) {
        match &mut self.values {
            Values::Integer(numbers) => {
                numbers.push(number.unwrap_or_default());
                self.valid.push(number.is_some());
            }
            _ => self.push(number.map_or(Cell::Null, Cell::Integer)),
        }
    }

    /// The same for a number.
    #[inline]
    fn push_real(&mut self, number: Option<f64>) {
        match &mut self.values {
            Values::Real(numbers) => {
                numbers.push(number.unwrap_or_default());
                self.valid.push(number.is_some());
            }
            _ => self.push(number.map_or(Cell::Null, Cell::Real)),
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
                    Values::Text(strings) => strings.push_empty(),
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

/// The size of a column.
#[derive(Clone, Copy, Debug)]
struct Size {
    cells: usize,
    /// Of its text.
    bytes: usize,
}

/// The sizes of the rows of a batch.
#[derive(Clone, Debug, Default)]
pub(super) struct Sizes {
    /// The size of the input in bytes.
    input: usize,
    tables: Vec<Vec<Size>>,
}

/// A part of the memory of an earlier batch.
#[derive(Clone, Copy)]
struct Share {
    input: usize,
    earlier: usize,
}

impl Share {
    /// This part of a size, and a little more, as documents differ. Less than all, so that one batch with an unusual document
    /// does not cost memory in all others.
    fn of(self, size: usize) -> usize {
        let part = size as f64 * (self.input as f64 / self.earlier as f64).min(1.0);
        (part * 1.1) as usize
    }
}

impl Sizes {
    /// The sizes of rows that were filled from this many bytes of input.
    pub(super) fn of(rows: &Rows, input: usize) -> Self {
        let sizes = |table: &TableRows| table.columns.iter().map(ColumnData::size).collect();
        Self { input, tables: rows.tables.iter().map(sizes).collect() }
    }

    /// Reserves memory for the rows of a batch with this many bytes of input, since columns that grow are copied several times.
    pub(super) fn reserve(&self, rows: &mut Rows, input: usize) {
        if self.input == 0 {
            return;
        }
        let share = Share { input, earlier: self.input };
        for (table, sizes) in rows.tables.iter_mut().zip(&self.tables) {
            for (column, size) in table.columns.iter_mut().zip(sizes) {
                column.reserve(*size, share);
            }
        }
    }
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

    #[inline]
    pub(super) fn integer(&mut self, value: impl Into<Option<u64>>) {
        if let Some(column) = self.columns.next() {
            column.push_integer(value.into().and_then(|number| i64::try_from(number).ok()));
        }
    }

    #[inline]
    pub(super) fn real(&mut self, value: impl Into<Option<f64>>) {
        if let Some(column) = self.columns.next() {
            column.push_real(value.into());
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn strings() -> Strings {
        let mut strings = Strings::default();
        strings.push("Ada");
        strings.push_empty();
        strings.push("é");
        strings
    }

    #[test]
    fn strings_are_the_same_in_both_forms_of_their_ends() {
        let short = strings();
        let mut long = short.clone();
        long.push("Bell");
        if let Ends::Short(ends) = &mut long.ends {
            ends.pop();
        }
        long.ends.push_long(9);
        assert!(matches!(long.ends, Ends::Long(_)));
        assert_eq!((0..4).map(|row| short.get(row)).collect::<Vec<_>>(), ["Ada", "", "é", ""]);
        assert_eq!((0..5).map(|row| long.get(row)).collect::<Vec<_>>(), ["Ada", "", "é", "Bell", ""]);
        assert_eq!(short.spans().collect::<Vec<_>>(), [0..3, 3..3, 3..5]);
        assert_eq!(long.spans().collect::<Vec<_>>(), [0..3, 3..3, 3..5, 5..9]);
        assert_eq!(short.into_parts(), Some(("Adaé".to_owned(), vec![0, 3, 3, 5])));
        assert_eq!(long.into_parts(), None);
    }

    #[test]
    fn memory_is_reserved_in_proportion_to_the_input_and_never_for_more_than_the_last_batch() {
        let mut last = ColumnData::new(Kind::Text);
        (0..1000).for_each(|_| last.push_text(Some("0123456789")));
        let reserved = |input| {
            let mut column = ColumnData::new(Kind::Text);
            column.reserve(last.size(), Share { input, earlier: 100 });
            match column.values {
                Values::Text(strings) => (column.valid.capacity(), strings.bytes.capacity()),
                _ => (0, 0),
            }
        };
        assert_eq!(reserved(10), (110, 1100));
        assert_eq!(reserved(100), (1100, 11_000));
        assert_eq!(reserved(100_000), (1100, 11_000));
    }
}
