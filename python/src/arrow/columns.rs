//! Converts columns of the engine's rows to Arrow arrays.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use copydesk_engine::tables::{Cell, Column, ColumnData, Kind, Table, TableRows, Values};
use jiff::civil::{Date, date};

/// The schema of a table: its columns with their descriptions.
pub(super) fn schema(table: &Table) -> SchemaRef {
    let fields: Vec<Field> = table.all_columns().map(field).collect();
    Arc::new(Schema::new(fields))
}

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        Kind::Text | Kind::Json => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
        Kind::Date => DataType::Date32,
    };
    let about = [("description".to_owned(), column.about.to_string())];
    Field::new(column.name.to_string(), kind, column.nullable).with_metadata(about)
}

/// Rows as a batch of this schema; `keys` are the keys of their documents.
pub(super) fn batch(schema: &SchemaRef, keys: &[String], rows: TableRows) -> Result<RecordBatch, ArrowError> {
    let mut columns: Vec<ArrayRef> = vec![Arc::new(repeated(keys, &rows.per_document))];
    columns.extend(arrays(rows)?);
    RecordBatch::try_new(Arc::clone(schema), columns)
}

/// Each key as often as its document has rows.
fn repeated(keys: &[String], counts: &[u32]) -> StringArray {
    let all = || keys.iter().zip(counts).map(|(key, count)| (key, *count as usize));
    let (rows, bytes) =
        all().fold((0, 0), |(rows, bytes), (key, count)| (rows + count, bytes + count * key.len()));
    let mut doc = StringBuilder::with_capacity(rows, bytes);
    for (key, count) in all() {
        (0..count).for_each(|_| doc.append_value(key));
    }
    doc.finish()
}

/// The columns of rows after `doc`. The cells are moved, not copied.
pub(super) fn arrays(rows: TableRows) -> Result<Vec<ArrayRef>, ArrowError> {
    let columns = rows.table.columns.iter().zip(rows.columns);
    columns.map(|(column, data)| array(column.kind, data)).collect()
}

fn array(kind: Kind, data: ColumnData) -> Result<ArrayRef, ArrowError> {
    let all = data.valid.iter().all(|valid| *valid);
    let nulls = (!all).then(|| NullBuffer::new(BooleanBuffer::from(data.valid.as_slice())));
    Ok(match data.values {
        Values::Text(_) if kind == Kind::Date => {
            let rows = 0..data.valid.len();
            Arc::new(Date32Array::from_iter(rows.map(|row| match data.cell(row) {
                Cell::Text(day) => days(day),
                _ => None,
            })))
        }
        Values::Text(strings) => {
            let too_long = || ArrowError::ComputeError("a batch has over 2 GiB of text".to_owned());
            let (bytes, ends) = strings.into_parts().ok_or_else(too_long)?;
            let offsets = OffsetBuffer::new(ScalarBuffer::from(fitting(ends)));
            let bytes = Buffer::from_vec(fitting(bytes.into_bytes()));
            Arc::new(StringArray::try_new(offsets, bytes, nulls)?)
        }
        Values::Integer(numbers) => Arc::new(Int64Array::try_new(fitting(numbers).into(), nulls)?),
        Values::Real(numbers) => Arc::new(Float64Array::try_new(fitting(numbers).into(), nulls)?),
        Values::Boolean(flags) => Arc::new(BooleanArray::new(BooleanBuffer::from(flags.as_slice()), nulls)),
    })
}

/// The same values in not much more memory than they need, since results are kept.
fn fitting<T>(mut values: Vec<T>) -> Vec<T> {
    if values.capacity() > values.len() + values.len() / 2 {
        values.shrink_to_fit();
    }
    values
}

/// The number of days from 1970 to a day; `None` if it is not a day.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some(day.since(date(1970, 1, 1)).ok()?.get_days())
}
