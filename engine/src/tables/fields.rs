//! Input fields that pass through, as columns of the table of documents.
//!
//! The columns of a table must be known before its first row. So they are chosen from the first documents of a run: each field with
//! plain values becomes a column, and a field without a column, or a value that does not fit into it, stays in the column `fields`.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::column::{Column, Kind, Table};
use super::rows::{Cell, ColumnData, TableRows};
use crate::output::parsed::Entries;

/// The columns that were chosen.
#[derive(Clone, Debug)]
pub struct FieldColumns {
    /// The field of each column, with the type of its values.
    columns: Vec<(String, Kind)>,
    /// The table of documents with these columns.
    table: Arc<Table>,
}

/// The column for all other fields.
const REST: &str = "fields";
/// The column after which they are inserted.
const BEFORE: &str = "language";
/// The maximum number of fields that become columns.
const MAX: usize = 200;

impl FieldColumns {
    /// The number of documents from which the columns are chosen.
    pub const DOCUMENTS: usize = 100;

    /// Chooses the columns from the first rows of `documents`.
    pub fn find<'r>(base: &Table, first: impl Iterator<Item = &'r TableRows>) -> Self {
        let taken: HashSet<String> = base.all_columns().map(|column| column.name.to_lowercase()).collect();
        let mut found = Found { taken, fields: Vec::new() };
        let rows = first.flat_map(|rows| (0..rows.len()).map(move |row| (rows, row)));
        for (rows, row) in rows.take(Self::DOCUMENTS) {
            if let Some(fields) = fields_of(rows, row) {
                fields.0.iter().for_each(|(name, value)| found.see(name, value));
            }
        }
        let columns = found.columns();
        let about = "A field of the input.";
        let mut table = base.clone();
        let place = table.columns.iter().position(|column| column.name == BEFORE).map_or(0, |at| at + 1);
        let new = columns.iter().map(|(name, kind)| Column {
            name: name.clone().into(),
            kind: *kind,
            nullable: true,
            refers: None,
            about: about.into(),
            key: None,
        });
        table.columns.splice(place..place, new);
        Self { columns, table: Arc::new(table) }
    }

    /// The table of documents with these columns.
    pub fn table(&self) -> &Arc<Table> {
        &self.table
    }

    /// Converts rows of documents to rows with these columns.
    pub fn expand(&self, rows: TableRows) -> TableRows {
        let count = rows.len();
        let mut new: Vec<ColumnData> = self.columns.iter().map(|(_, kind)| ColumnData::new(*kind)).collect();
        let mut rest = ColumnData::new(Kind::Json);
        for row in 0..count {
            let fields = fields_of(&rows, row).map_or(Vec::new(), |fields| fields.0);
            let mut left = Vec::new();
            let mut cells: Vec<Option<(&str, &RawValue)>> = vec![None; self.columns.len()];
            for (name, value) in &fields {
                let place = self.columns.iter().position(|(column, _)| **column == **name);
                match place {
                    Some(place) if fits(self.columns[place].1, value) => cells[place] = Some((name, value)),
                    _ => left.push(format!("{}:{}", serde_json::Value::from(&**name), value.get())),
                }
            }
            for ((column, (_, kind)), cell) in new.iter_mut().zip(&self.columns).zip(cells) {
                push(column, *kind, cell.map(|(_, value)| value));
            }
            let left = (!left.is_empty()).then(|| format!("{{{}}}", left.join(",")));
            rest.push(left.as_deref().map_or(Cell::Null, Cell::Text));
        }
        self.replaced(rows, new, rest)
    }

    fn replaced(&self, rows: TableRows, new: Vec<ColumnData>, rest: ColumnData) -> TableRows {
        let mut columns = rows.columns;
        if let Some(place) = rows.table.columns.iter().position(|column| column.name == REST) {
            columns[place] = rest;
        }
        let place = rows.table.columns.iter().position(|column| column.name == BEFORE).map_or(0, |at| at + 1);
        columns.splice(place..place, new);
        TableRows { table: Arc::clone(&self.table), columns, per_document: rows.per_document }
    }
}

/// The fields in a row of documents.
fn fields_of(rows: &TableRows, row: usize) -> Option<Entries<'_, &RawValue>> {
    let place = rows.table.columns.iter().position(|column| column.name == REST)?;
    match rows.columns.get(place)?.cell(row) {
        Cell::Text(json) => serde_json::from_str(json).ok(),
        _ => None,
    }
}

/// The cell type for a JSON value; `None` for an object, an array or null.
fn kind_of(value: &RawValue) -> Option<Kind> {
    match value.get().as_bytes().first()? {
        b'"' => Some(Kind::Text),
        b't' | b'f' => Some(Kind::Boolean),
        b'{' | b'[' | b'n' => None,
        _ if value.get().parse::<i64>().is_ok() => Some(Kind::Integer),
        _ => Some(Kind::Real),
    }
}

fn is_null(value: &RawValue) -> bool {
    value.get() == "null"
}

/// Whether a value can be a cell of this type; null always can.
fn fits(column: Kind, value: &RawValue) -> bool {
    is_null(value)
        || kind_of(value).is_some_and(|kind| {
            kind == column || column == Kind::Text || (column == Kind::Real && kind == Kind::Integer)
        })
}

fn push(column: &mut ColumnData, kind: Kind, value: Option<&RawValue>) {
    let Some(json) = value.filter(|value| !is_null(value)).map(RawValue::get) else {
        return column.push(Cell::Null);
    };
    match kind {
        Kind::Integer => column.push(json.parse().map_or(Cell::Null, Cell::Integer)),
        Kind::Real => column.push(json.parse().map_or(Cell::Null, Cell::Real)),
        Kind::Boolean => column.push(Cell::Boolean(json == "true")),
        Kind::Text | Kind::Date | Kind::Json => {
            let text: Result<String, _> = serde_json::from_str(json);
            // A number or boolean in a column of text is written as JSON.
            column.push(Cell::Text(text.as_deref().unwrap_or(json)));
        }
    }
}

/// The fields found so far.
struct Found {
    /// Names of columns in lower case, since SQL ignores case.
    taken: HashSet<String>,
    /// Each field with its type: none so far, one, or no single type.
    fields: Vec<(String, Option<Kind>, bool)>,
}

impl Found {
    fn see(&mut self, name: &str, value: &RawValue) {
        let place = self.fields.iter().position(|field| field.0 == name);
        let place = match place {
            Some(place) => place,
            None if self.fields.len() >= MAX
                || name.is_empty()
                || name == "input"
                || !self.taken.insert(name.to_lowercase()) =>
            {
                return;
            }
            None => {
                self.fields.push((name.to_owned(), None, true));
                self.fields.len() - 1
            }
        };
        let (_, kind, plain) = &mut self.fields[place];
        match (kind_of(value), *kind) {
            (None, _) => *plain &= is_null(value),
            (Some(new), None) => *kind = Some(new),
            (Some(new), Some(old)) if new != old => {
                let numbers = [Kind::Integer, Kind::Real];
                let both = numbers.contains(&new) && numbers.contains(&old);
                *kind = Some(if both { Kind::Real } else { Kind::Text });
            }
            _ => {}
        }
    }

    fn columns(self) -> Vec<(String, Kind)> {
        let fields = self.fields.into_iter().filter(|(_, _, plain)| *plain);
        fields.filter_map(|(name, kind, _)| Some((name, kind?))).collect()
    }
}
