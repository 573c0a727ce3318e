//! Converts rows of a table to records: JSON objects with a field for each column that is not empty.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, TimeUnit};
use copydesk_engine::input::{Batch, Fields, Origin};
use copydesk_engine::output::{JsonWriter, write_integer, write_real};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::capsule;
use crate::errors;

/// The column of each field; a field that is not set has the column with the pipeline's name for it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Columns {
    text: Option<String>,
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    language: Option<String>,
}

impl Columns {
    /// The pipeline's names, with these replacing them where set.
    pub(crate) fn over(&self, fields: &Fields) -> Fields {
        let mut fields = fields.clone();
        let named = [
            (&self.text, &mut fields.text),
            (&self.id, &mut fields.id),
            (&self.title, &mut fields.title),
            (&self.date, &mut fields.date),
            (&self.language, &mut fields.language),
        ];
        for (name, field) in named {
            if let Some(name) = name {
                field.clone_from(name);
            }
        }
        fields
    }

    fn named(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let all = [
            ("text", &self.text),
            ("id", &self.id),
            ("title", &self.title),
            ("date", &self.date),
            ("language", &self.language),
        ];
        all.into_iter().filter_map(|(field, name)| Some((field, name.as_ref()?)))
    }
}

/// An input table.
pub(crate) struct Input {
    reader: Box<dyn RecordBatchReader + Send>,
    /// The current batch, and the next row in it.
    current: Option<(RecordBatch, usize)>,
    name: Arc<str>,
    read: u64,
    record: Vec<u8>,
}

impl Input {
    /// Opens a table, and checks that it has the named columns.
    pub(crate) fn open(table: &Bound<'_, PyAny>, columns: &Columns, fields: &Fields) -> PyResult<Self> {
        let reader = capsule::import(table)?;
        let schema = reader.schema();
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let missing = |field: &str, name: &str| {
            let all = names.join(", ");
            errors::of(format!(
                "the table has no column `{name}`; it has: {all}. Name the right one with {field}=\"…\""
            ))
        };
        if let Some((field, name)) = columns.named().find(|(_, name)| !names.contains(&name.as_str())) {
            return Err(missing(field, name));
        }
        let whole = fields.text.split('.').next().unwrap_or_default();
        if !names.contains(&fields.text.as_str()) && !names.contains(&whole) {
            return Err(missing("text", &fields.text));
        }
        for field in schema.fields() {
            if !is_readable(field.data_type()) {
                return Err(PyTypeError::new_err(format!(
                    "the column `{}` has the type {}, which a field cannot have: cast it to text, or leave it out",
                    field.name(),
                    field.data_type()
                )));
            }
        }
        Ok(Self { reader, current: None, name: "row".into(), read: 0, record: Vec::new() })
    }

    /// Fills an empty batch with the next rows; `None` at the end.
    pub(crate) fn next_batch(&mut self, mut batch: Batch) -> Result<Option<Batch>, String> {
        while !batch.is_full() {
            let Some((rows, row)) = &mut self.current else {
                match self.reader.next() {
                    None => break,
                    Some(rows) => self.current = Some((rows.map_err(|error| error.to_string())?, 0)),
                }
                continue;
            };
            if *row == rows.num_rows() {
                self.current = None;
                continue;
            }
            self.record.clear();
            write_row(rows, *row, &mut self.record);
            *row += 1;
            self.read += 1;
            batch.push(&self.record, Origin { file: Arc::clone(&self.name), line: self.read });
        }
        Ok(Some(batch).filter(|batch| !batch.items.is_empty()))
    }
}

/// Whether values of a type can be converted to JSON.
fn is_readable(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, inner) => is_readable(inner),
        DataType::List(inner) | DataType::LargeList(inner) | DataType::FixedSizeList(inner, _) => {
            is_readable(inner.data_type())
        }
        DataType::Struct(fields) => fields.iter().all(|field| is_readable(field.data_type())),
        DataType::Null
        | DataType::Boolean
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(..)
        | DataType::Decimal128(..)
        | DataType::Float32
        | DataType::Float64 => true,
        kind => kind.is_integer(),
    }
}

fn write_row(rows: &RecordBatch, row: usize, out: &mut Vec<u8>) {
    out.push(b'{');
    for (field, column) in rows.schema_ref().fields().iter().zip(rows.columns()) {
        if is_empty(column, row) {
            continue;
        }
        JsonWriter::new(out).any_key(field.name());
        write_value(column, row, out);
    }
    out.push(b'}');
}

/// Whether a cell is empty. JSON has no NaN, which pandas uses for missing values.
fn is_empty(column: &dyn Array, row: usize) -> bool {
    let nan = match column.data_type() {
        DataType::Float32 => !column.as_primitive::<Float32Type>().value(row).is_finite(),
        DataType::Float64 => !column.as_primitive::<Float64Type>().value(row).is_finite(),
        DataType::Dictionary(..) => {
            let dictionary = column.as_any_dictionary();
            let place = dictionary_place(column, row);
            return column.is_null(row) || place.is_none_or(|place| is_empty(dictionary.values(), place));
        }
        DataType::Null => true,
        _ => false,
    };
    nan || column.is_null(row)
}

/// The index of a row's value in a dictionary.
fn dictionary_place(column: &dyn Array, row: usize) -> Option<usize> {
    let keys = column.as_any_dictionary().keys();
    let place = match keys.data_type() {
        DataType::Int8 => i64::from(keys.as_primitive::<Int8Type>().value(row)),
        DataType::Int16 => i64::from(keys.as_primitive::<Int16Type>().value(row)),
        DataType::Int32 => i64::from(keys.as_primitive::<Int32Type>().value(row)),
        DataType::Int64 => keys.as_primitive::<Int64Type>().value(row),
        DataType::UInt8 => i64::from(keys.as_primitive::<UInt8Type>().value(row)),
        DataType::UInt16 => i64::from(keys.as_primitive::<UInt16Type>().value(row)),
        DataType::UInt32 => i64::from(keys.as_primitive::<UInt32Type>().value(row)),
        DataType::UInt64 => i64::try_from(keys.as_primitive::<UInt64Type>().value(row)).ok()?,
        _ => return None,
    };
    usize::try_from(place).ok().filter(|place| *place < column.as_any_dictionary().values().len())
}

/// Appends a cell as JSON.
fn write_value(column: &dyn Array, row: usize, out: &mut Vec<u8>) {
    if is_empty(column, row) {
        return out.extend_from_slice(b"null");
    }
    macro_rules! integer {
        ($kind:ty) => {
            write_integer(out, column.as_primitive::<$kind>().value(row).into())
        };
    }
    match column.data_type() {
        DataType::Utf8 => JsonWriter::new(out).string(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => JsonWriter::new(out).string(column.as_string::<i64>().value(row)),
        DataType::Utf8View => JsonWriter::new(out).string(column.as_string_view().value(row)),
        DataType::Boolean => {
            out.extend_from_slice(if column.as_boolean().value(row) { b"true" } else { b"false" });
        }
        DataType::Int8 => integer!(Int8Type),
        DataType::Int16 => integer!(Int16Type),
        DataType::Int32 => integer!(Int32Type),
        DataType::Int64 => integer!(Int64Type),
        DataType::UInt8 => integer!(UInt8Type),
        DataType::UInt16 => integer!(UInt16Type),
        DataType::UInt32 => integer!(UInt32Type),
        DataType::UInt64 => {
            out.extend_from_slice(column.as_primitive::<UInt64Type>().value(row).to_string().as_bytes());
        }
        // The shortest decimal for the same 32-bit number.
        DataType::Float32 => {
            out.extend_from_slice(column.as_primitive::<Float32Type>().value(row).to_string().as_bytes());
        }
        DataType::Float64 => write_real(out, column.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal128(..) => {
            out.extend_from_slice(column.as_primitive::<Decimal128Type>().value_as_string(row).as_bytes());
        }
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => match time(column, row) {
            Some(time) => JsonWriter::new(out).string(&time),
            None => out.extend_from_slice(b"null"),
        },
        DataType::Dictionary(..) => match dictionary_place(column, row) {
            Some(place) => write_value(column.as_any_dictionary().values(), place, out),
            None => out.extend_from_slice(b"null"),
        },
        DataType::List(_) => write_list(&column.as_list::<i32>().value(row), out),
        DataType::LargeList(_) => write_list(&column.as_list::<i64>().value(row), out),
        DataType::FixedSizeList(..) => write_list(&column.as_fixed_size_list().value(row), out),
        DataType::Struct(fields) => {
            out.push(b'{');
            for (field, inner) in fields.iter().zip(column.as_struct().columns()) {
                JsonWriter::new(out).any_key(field.name());
                write_value(inner, row, out);
            }
            out.push(b'}');
        }
        // Refused when the table is opened.
        _ => out.extend_from_slice(b"null"),
    }
}

fn write_list(items: &dyn Array, out: &mut Vec<u8>) {
    out.push(b'[');
    for place in 0..items.len() {
        JsonWriter::new(out).next();
        write_value(items, place, out);
    }
    out.push(b']');
}

/// A day or a time as ISO 8601; a time with a zone in local time there. `None` after the year 9999.
fn time(column: &dyn Array, row: usize) -> Option<String> {
    const DAY: i64 = 86_400;
    let utc = |second: i64| Some(TimeZone::UTC.to_datetime(Timestamp::from_second(second).ok()?));
    match column.data_type() {
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().value(row);
            Some(utc(i64::from(days) * DAY)?.date().to_string())
        }
        DataType::Date64 => {
            let milliseconds = column.as_primitive::<Date64Type>().value(row);
            Some(utc(milliseconds.div_euclid(1000))?.date().to_string())
        }
        DataType::Timestamp(unit, zone) => {
            let since = match unit {
                TimeUnit::Second => {
                    SignedDuration::from_secs(column.as_primitive::<TimestampSecondType>().value(row))
                }
                TimeUnit::Millisecond => {
                    SignedDuration::from_millis(column.as_primitive::<TimestampMillisecondType>().value(row))
                }
                TimeUnit::Microsecond => {
                    SignedDuration::from_micros(column.as_primitive::<TimestampMicrosecondType>().value(row))
                }
                TimeUnit::Nanosecond => {
                    SignedDuration::from_nanos(column.as_primitive::<TimestampNanosecondType>().value(row))
                }
            };
            let at = Timestamp::from_duration(since).ok()?;
            match zone {
                None => Some(TimeZone::UTC.to_datetime(at).to_string()),
                Some(zone) => {
                    let zone = zone_of(zone);
                    let seconds = zone.to_offset(at).seconds();
                    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                    Some(format!("{}{sign}{:02}:{:02}", zone.to_datetime(at), minutes / 60, minutes % 60))
                }
            }
        }
        _ => None,
    }
}

/// A zone by its name or offset; UTC if this system does not know it.
fn zone_of(zone: &str) -> TimeZone {
    let offset = || {
        let (sign, rest) = zone.split_at_checked(1)?;
        let (hours, minutes) = rest.split_once(':')?;
        let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
        let seconds = match sign {
            "+" => seconds,
            "-" => -seconds,
            _ => return None,
        };
        Some(Offset::from_seconds(seconds).ok()?.to_time_zone())
    };
    offset().or_else(|| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC)
}
