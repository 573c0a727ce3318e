//! Arrow's C structs in Python's capsules.
#![allow(unsafe_code, reason = "the interface is one of pointers")]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, Schema};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// The record batches of a table, a frame, a batch, or anything else that has `__arrow_c_stream__` or `__arrow_c_array__`.
pub(super) fn import(table: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    if table.hasattr("__arrow_c_stream__")? {
        let capsule = table.call_method0("__arrow_c_stream__")?;
        let pointer =
            capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name contains such a struct. `from_raw` moves it out and leaves a released one behind, as the
        // interface requires of a consumer, so the capsule's destructor does nothing.
        let reader = unsafe { RecordBatchStreamReader::from_raw(pointer.as_ptr()) };
        return Ok(Box::new(reader.map_err(crate::errors::of)?));
    }
    if table.hasattr("__arrow_c_array__")? {
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
            table.call_method0("__arrow_c_array__")?.extract()?;
        let schema = schema.cast::<PyCapsule>()?.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
        let array = array.cast::<PyCapsule>()?.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
        // SAFETY: capsules of these names contain such structs, and the two belong together. The array is moved out, and a released one
        // left behind; the schema remains the capsule's and is only read.
        let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
        let batch = RecordBatch::from(StructArray::from(data.map_err(crate::errors::of)?));
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new([Ok::<_, ArrowError>(batch)], schema)));
    }
    Err(PyTypeError::new_err(format!(
        "a table must have __arrow_c_stream__, like those of pyarrow, Polars, DuckDB and pandas (2.2 or later); this is a {}",
        table.get_type().name()?
    )))
}

/// A stream of batches for a consumer. The capsule frees what is not consumed.
pub(super) fn export<'py>(
    py: Python<'py>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
}

/// A schema for a consumer.
pub(super) fn export_schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowSchema::try_from(schema).map_err(crate::errors::of)?, SCHEMA)
}
