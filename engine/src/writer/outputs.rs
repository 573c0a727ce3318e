//! Distributes the tables of a run to their writers.

use std::collections::HashSet;
use std::sync::Arc;

use super::TableWriter;
use crate::output::SinkError;
use crate::tables::{DOCUMENTS, FieldColumns, Keys, Rows, Table, TableRows, Wanted};

/// A writer with the tables that it receives.
pub struct TableTarget {
    /// The tables.
    pub wanted: Wanted,
    /// The writer.
    pub writer: Box<dyn TableWriter>,
}

impl TableTarget {
    fn begin(&mut self, table: &Arc<Table>) -> Result<(), SinkError> {
        if self.wanted.has(table) { self.writer.begin(table) } else { Ok(()) }
    }
}

/// Passes rows to the writers, in input order. Makes keys of documents unique, and turns fields that pass through into
/// columns.
pub struct TableOutputs {
    targets: Vec<TableTarget>,
    keys: Keys,
    /// The table of documents without those columns; `None` if it is not wanted.
    documents: Option<Arc<Table>>,
    fields: Option<FieldColumns>,
    /// Rows that wait until the columns are known.
    waiting: Vec<Rows>,
    begun: HashSet<String>,
}

impl TableOutputs {
    /// Creates these tables in all writers. Other tables are created with their first rows.
    pub fn new(mut targets: Vec<TableTarget>, tables: &[Arc<Table>]) -> Result<Self, SinkError> {
        let mut begun = HashSet::new();
        let (documents, others): (Vec<_>, Vec<_>) = tables.iter().partition(|table| table.name == DOCUMENTS);
        for table in others {
            begun.insert(table.name.to_string());
            targets.iter_mut().try_for_each(|target| target.begin(table))?;
        }
        let documents = documents.first().map(|table| Arc::clone(table));
        Ok(Self { targets, keys: Keys::default(), documents, fields: None, waiting: Vec::new(), begun })
    }

    /// Writes the rows of the next batch.
    pub fn write(&mut self, mut rows: Rows) -> Result<(), SinkError> {
        for id in &mut rows.documents {
            if let Some(key) = self.keys.next(id) {
                *id = key;
            }
        }
        if self.documents.is_none() || self.fields.is_some() {
            return self.put(rows);
        }
        self.waiting.push(rows);
        let count: usize = self.waiting.iter().map(|rows| rows.documents.len()).sum();
        if count >= FieldColumns::DOCUMENTS { self.settle() } else { Ok(()) }
    }

    /// Writes rows about the whole corpus, after all documents. Their first column has unique keys already.
    pub fn write_corpus(&mut self, rows: Rows) -> Result<(), SinkError> {
        self.settle()?;
        self.put(rows)
    }

    /// Chooses the fields that become columns, and writes the rows that waited for that.
    fn settle(&mut self) -> Result<(), SinkError> {
        let waiting = std::mem::take(&mut self.waiting);
        if let Some(base) = self.documents.as_ref().filter(|_| self.fields.is_none()) {
            let all = waiting.iter().flat_map(|rows| &rows.tables);
            let fields = FieldColumns::find(base, all.filter(|rows| rows.table.name == DOCUMENTS));
            self.targets.iter_mut().try_for_each(|target| target.begin(fields.table()))?;
            self.fields = Some(fields);
        }
        waiting.into_iter().try_for_each(|rows| self.put(rows))
    }

    fn put(&mut self, rows: Rows) -> Result<(), SinkError> {
        let Rows { documents, tables } = rows;
        for table in tables {
            let table = match &self.fields {
                Some(fields) if table.table.name == DOCUMENTS => fields.expand(table),
                _ => table,
            };
            if table.table.name != DOCUMENTS && self.begun.insert(table.table.name.to_string()) {
                self.targets.iter_mut().try_for_each(|target| target.begin(&table.table))?;
            }
            self.distribute(&documents, table)?;
        }
        Ok(())
    }

    /// Gives rows to the writers that want them; the last one gets them, the others copies.
    fn distribute(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError> {
        let mut targets =
            self.targets.iter_mut().filter(|target| target.wanted.has(&rows.table)).collect::<Vec<_>>();
        let Some(last) = targets.pop() else { return Ok(()) };
        targets.into_iter().try_for_each(|target| target.writer.write(documents, rows.clone()))?;
        last.writer.write(documents, rows)
    }

    /// Completes all files and moves them to their final names.
    pub fn finish(mut self) -> Result<(), SinkError> {
        self.settle()?;
        self.targets.into_iter().try_for_each(|target| target.writer.finish())
    }
}
