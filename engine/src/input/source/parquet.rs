//! Apache Parquet. A row becomes a JSON object with the column names as keys.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{LogicalType, TimeUnit};
use parquet::data_type::Decimal;
use parquet::file::reader::ChunkReader;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use super::csv::check_columns;
use super::object::Object;
use super::{Context, Format, InputFormat, More, Source, file_too_long, malformed};
use crate::input::batch::{Batch, Form, Origin};
use crate::input::stream::Stream;
use crate::limits::Limits;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Parquet,
    extensions: &["parquet", "pq"],
    sniff: |head| head.starts_with(b"PAR1"),
    open,
};

/// A file of rows that is being read.
struct Rows {
    file: Arc<str>,
    rows: RowIter<'static>,
    /// The number of the next row, from 1.
    next: u64,
    /// Whether each column is a time in nanoseconds, which rows have as a plain number.
    nanoseconds: Vec<bool>,
}

fn open(mut stream: Stream, context: &Context) -> io::Result<Box<dyn Source>> {
    if let Some(path) = &stream.seekable {
        let file = File::open(path)?;
        return rows(file, stream.name, context);
    }
    // The metadata of the format is at its end.
    let mut bytes = Vec::new();
    (&mut stream).take(Limits::LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > Limits::LONGEST {
        return Err(malformed(format!("compressed or piped Parquet {}", file_too_long())));
    }
    rows(Bytes::from(bytes), stream.name, context)
}

fn rows(input: impl ChunkReader + 'static, file: Arc<str>, context: &Context) -> io::Result<Box<dyn Source>> {
    let reader = SerializedFileReader::new(input).map_err(io::Error::other)?;
    let schema = reader.metadata().file_metadata().schema();
    let columns: Vec<String> = schema.get_fields().iter().map(|column| column.name().to_owned()).collect();
    check_columns(&columns, &context.fields)?;
    let nanoseconds = schema.get_fields().iter().map(|column| is_nanoseconds(column)).collect();
    Ok(Box::new(Rows { file, rows: RowIter::from_file_into(Box::new(reader)), next: 1, nanoseconds }))
}

fn is_nanoseconds(column: &Type) -> bool {
    let logical = column.get_basic_info().logical_type_ref();
    matches!(logical, Some(LogicalType::Timestamp(time)) if matches!(time.unit, TimeUnit::NANOS))
}

impl Source for Rows {
    fn fill(&mut self, batch: &mut Batch) -> More {
        while !batch.is_full() {
            let Some(row) = self.rows.next() else { return More::No };
            let origin = Origin { file: Arc::clone(&self.file), line: self.next };
            self.next += 1;
            match row {
                Ok(row) => self.add(&row, origin, batch),
                Err(error) => {
                    batch
                        .fail(origin, format!("cannot read further: {error}; the rest of this file is lost"));
                    return More::No;
                }
            }
        }
        More::Yes
    }
}

impl Rows {
    fn add(&self, row: &Row, origin: Origin, batch: &mut Batch) {
        let start = batch.bytes.len();
        let mut object = Object::open(&mut batch.bytes);
        for (place, (name, field)) in row.get_column_iter().enumerate() {
            let value = match field {
                Field::Long(nanoseconds) if self.nanoseconds.get(place) == Some(&true) => {
                    timestamp(i128::from(*nanoseconds))
                }
                field => json(field),
            };
            object.value(name, &value);
        }
        object.close();
        batch.add(start..batch.bytes.len(), origin, Form::Json);
    }
}

/// A value as JSON: times and days in ISO 8601, numbers exactly, bytes as text if they are UTF-8.
fn json(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => (*value).into(),
        Field::Byte(value) => (*value).into(),
        Field::Short(value) => (*value).into(),
        Field::Int(value) | Field::TimeMillis(value) => (*value).into(),
        Field::Long(value) | Field::TimeMicros(value) => (*value).into(),
        Field::UByte(value) => (*value).into(),
        Field::UShort(value) => (*value).into(),
        Field::UInt(value) => (*value).into(),
        Field::ULong(value) => (*value).into(),
        Field::Float16(value) => f64::from(value.to_f32()).into(),
        // The shortest decimal for this number as `f32`; converting it to `f64` would give more digits.
        Field::Float(value) => value.to_string().parse::<f64>().unwrap_or(f64::from(*value)).into(),
        Field::Double(value) => (*value).into(),
        Field::Decimal(value) => decimal(value),
        Field::Str(value) => value.as_str().into(),
        Field::Bytes(value) => String::from_utf8_lossy(value.data()).into(),
        Field::Date(days) => day(i64::from(*days)),
        Field::TimestampMillis(value) => timestamp(i128::from(*value) * 1_000_000),
        Field::TimestampMicros(value) => timestamp(i128::from(*value) * 1_000),
        Field::Group(row) => row
            .get_column_iter()
            .map(|(name, field)| (name.clone(), json(field)))
            .collect::<Map<_, _>>()
            .into(),
        Field::ListInternal(list) => list.elements().iter().map(json).collect(),
        Field::MapInternal(map) => {
            let name = |key: &Field| match json(key) {
                Value::String(name) => name,
                other => other.to_string(),
            };
            map.entries().iter().map(|(key, value)| (name(key), json(value))).collect::<Map<_, _>>().into()
        }
    }
}

fn day(days: i64) -> Value {
    let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).unwrap_or_default());
    day.map_or(Value::Null, |day| day.to_string().into())
}

fn timestamp(nanoseconds: i128) -> Value {
    jiff::Timestamp::from_nanosecond(nanoseconds).map_or(Value::Null, |time| time.to_string().into())
}

/// A decimal as a number: its digits with a decimal point inserted.
fn decimal(value: &Decimal) -> Value {
    let bytes = value.data();
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    if bytes.len() > 16 {
        return Value::Null;
    }
    let filled = if negative { u128::MAX } else { 0 };
    let unscaled = bytes.iter().fold(filled, |number, byte| number << 8 | u128::from(*byte)) as i128;
    let scale = usize::try_from(value.scale()).unwrap_or(0);
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let sign = if negative { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    serde_json::from_str(&format!("{sign}{whole}{point}{part}")).unwrap_or(Value::Null)
}
