//! Converts columns of the engine's rows to Arrow arrays.

use std::sync::Arc;

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
pub(super) fn batch(
    schema: &SchemaRef,
    keys: &[String],
    rows: &TableRows,
) -> Result<RecordBatch, ArrowError> {
    let doc = StringArray::from_iter_values(
        rows.rows().map(|(document, _)| keys.get(document).map_or("", String::as_str)),
    );
    let mut columns: Vec<ArrayRef> = vec![Arc::new(doc)];
    columns.extend(arrays(rows)?);
    RecordBatch::try_new(Arc::clone(schema), columns)
}

/// The columns of rows after `doc`.
pub(super) fn arrays(rows: &TableRows) -> Result<Vec<ArrayRef>, ArrowError> {
    let columns = rows.table.columns.iter().zip(&rows.columns);
    columns.map(|(column, data)| array(column.kind, data)).collect()
}

fn array(kind: Kind, data: &ColumnData) -> Result<ArrayRef, ArrowError> {
    let nulls = Some(NullBuffer::new(BooleanBuffer::from(data.valid.as_slice())))
        .filter(|nulls| nulls.null_count() > 0);
    Ok(match &data.values {
        Values::Text(_) if kind == Kind::Date => {
            let rows = 0..data.valid.len();
            Arc::new(Date32Array::from_iter(rows.map(|row| match data.cell(row) {
                Cell::Text(day) => days(day),
                _ => None,
            })))
        }
        Values::Text(strings) => {
            let too_long = |_| ArrowError::ComputeError("a batch has over 2 GiB of text".to_owned());
            let ends = strings.spans().map(|span| i32::try_from(span.end));
            let offsets: Result<Vec<i32>, _> = std::iter::once(Ok(0)).chain(ends).collect();
            let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets.map_err(too_long)?));
            let bytes = Buffer::from(strings.bytes());
            Arc::new(StringArray::try_new(offsets, bytes, nulls)?)
        }
        Values::Integer(numbers) => Arc::new(Int64Array::try_new(numbers.clone().into(), nulls)?),
        Values::Real(numbers) => Arc::new(Float64Array::try_new(numbers.clone().into(), nulls)?),
        Values::Boolean(flags) => Arc::new(BooleanArray::new(BooleanBuffer::from(flags.as_slice()), nulls)),
    })
}

/// The number of days from 1970 to a day; `None` if it is not a day.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some(day.since(date(1970, 1, 1)).ok()?.get_days())
}
