//! Tables in memory, filled by the engine's writers.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, SchemaRef};
use copydesk_engine::output::SinkError;
use copydesk_engine::tables::{self, TableRows};
use copydesk_engine::writer::TableWriter;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::{capsule, columns};

/// A table of results, which Arrow consumers can use directly.
#[pyclass(module = "copydesk._native", frozen)]
#[derive(Clone)]
pub(crate) struct Table {
    #[pyo3(get)]
    name: String,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// A table of these batches, which all have the given schema.
    pub(crate) fn new(name: &str, schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { name: name.to_owned(), schema, batches }
    }
}

#[pymethods]
impl Table {
    /// The batches, for a consumer of the Arrow interface. Their data is shared, not copied.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer that does not support another schema uses its own.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
        capsule::export(py, Box::new(RecordBatchIterator::new(batches, Arc::clone(&self.schema))))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::export_schema(py, &self.schema)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of its columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }
}

/// Collects rows as Arrow.
#[derive(Clone, Default)]
pub(crate) struct Collected(Arc<Mutex<Vec<Table>>>);

impl Collected {
    /// A writer for the engine, which fills this collection.
    pub(crate) fn writer(&self) -> Box<dyn TableWriter> {
        Box::new(self.clone())
    }

    /// Removes and returns the tables so far, in the order in which they were created.
    pub(crate) fn take(&self) -> Vec<Table> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Table>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TableWriter for Collected {
    fn begin(&mut self, table: &Arc<tables::Table>) -> Result<(), SinkError> {
        let schema = columns::schema(table);
        self.lock().push(Table { name: table.name.to_string(), schema, batches: Vec::new() });
        Ok(())
    }

    fn write(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut tables = self.lock();
        let Some(table) = tables.iter_mut().find(|table| table.name == rows.table.name) else {
            return Ok(());
        };
        let batch = columns::batch(&table.schema, documents, rows).map_err(|error| SinkError::Table {
            path: format!("the table {}", table.name).into(),
            reason: error.to_string(),
        })?;
        table.batches.push(batch);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), SinkError> {
        Ok(())
    }
}
