//! A table as Parquet: typed columns, zstd, a row group for every 100,000 rows or 64 MiB of text.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use super::existing::CREATED_BY;
use super::partial::Partial;
use super::{TableWriter, failed};
use crate::output::SinkError;
use crate::tables::{Cell, Column, ColumnData, Kind, Table, TableRows, Values};

/// A row group is written when it has this many rows …
const GROUP_ROWS: usize = 100_000;
/// … or this many bytes of text.
const GROUP_BYTES: usize = 64 << 20;
/// Takes half the time of level 3, for output that is a tenth larger.
const LEVEL: i32 = 1;

/// A Parquet file of one table.
pub(super) struct ParquetFile {
    path: PathBuf,
    open: Option<Open>,
}

/// The file, once the table is created.
struct Open {
    partial: Partial,
    file: SerializedFileWriter<BufWriter<File>>,
    /// Rows that wait for their group, with the keys of their documents.
    waiting: Vec<(Vec<ByteArray>, TableRows)>,
    rows: usize,
    bytes: usize,
}

impl ParquetFile {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), open: None }
    }
}

impl TableWriter for ParquetFile {
    fn begin(&mut self, table: &Arc<Table>) -> Result<(), SinkError> {
        let create = |source| SinkError::Create { path: self.path.clone(), source };
        let partial = Partial::new(&self.path).map_err(create)?;
        let file = BufWriter::new(File::create(partial.temporary()).map_err(create)?);
        let file = schema(table)
            .and_then(|schema| SerializedFileWriter::new(file, schema, Arc::new(properties(table)?)))
            .map_err(|error| failed(&self.path, error))?;
        self.open = Some(Open { partial, file, waiting: Vec::new(), rows: 0, bytes: 0 });
        Ok(())
    }

    fn write(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError> {
        let Some(open) = self.open.as_mut().filter(|_| !rows.is_empty()) else {
            return Ok(());
        };
        open.rows += rows.len();
        let text = |column: &ColumnData| match &column.values {
            Values::Text(strings) => strings.len(),
            _ => 0,
        };
        open.bytes += rows.columns.iter().map(text).sum::<usize>();
        let keys = documents.iter().map(|key| ByteArray::from(key.as_str())).collect();
        open.waiting.push((keys, rows));
        if open.rows >= GROUP_ROWS || open.bytes >= GROUP_BYTES {
            open.group().map_err(|error| failed(&self.path, error))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), SinkError> {
        let Some(mut open) = self.open else { return Ok(()) };
        let written = open.group().and_then(|()| open.file.close().map(drop));
        written.map_err(|error| failed(&self.path, error))?;
        open.partial.commit().map_err(|error| failed(&self.path, error))
    }
}

/// Settings of the columns. Columns of text that rarely repeats, and of offsets, have no dictionary, since building it costs more than
/// it saves; and text columns have no minimum and maximum, since no reader skips rows by them.
fn properties(table: &Table) -> Result<WriterProperties, ParquetError> {
    let version = env!("CARGO_PKG_VERSION");
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(format!("{CREATED_BY} version {version}"));
    for column in &table.columns {
        let path = ColumnPath::from(vec![column.name.to_string()]);
        let unique = ["text", "sentence", "quote_text", "title", "fields", "json"];
        if column.kind == Kind::Integer || unique.contains(&&*column.name) {
            properties = properties.set_column_dictionary_enabled(path.clone(), false);
        }
        if matches!(column.kind, Kind::Text | Kind::Json) {
            properties = properties.set_column_statistics_enabled(path, EnabledStatistics::None);
        }
    }
    Ok(properties.build())
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let columns: Result<Vec<TypePtr>, _> = table.all_columns().map(field).collect();
    Ok(Arc::new(Type::group_type_builder(&table.name).with_fields(columns?).build()?))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        // Stored as text, since not all readers support the JSON type.
        Kind::Text | Kind::Json => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Date => (PhysicalType::INT32, Some(LogicalType::Date)),
        Kind::Integer => (PhysicalType::INT64, None),
        Kind::Real => (PhysicalType::DOUBLE, None),
        Kind::Boolean => (PhysicalType::BOOLEAN, None),
    };
    let repetition = if column.nullable { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(&column.name, physical);
    Ok(Arc::new(field.with_logical_type(logical).with_repetition(repetition).build()?))
}

impl Open {
    /// Writes the waiting rows as a group.
    fn group(&mut self) -> Result<(), ParquetError> {
        let waiting = std::mem::take(&mut self.waiting);
        (self.rows, self.bytes) = (0, 0);
        let Some((_, first)) = waiting.first() else { return Ok(()) };
        let table = Arc::clone(&first.table);
        let mut group = self.file.next_row_group()?;
        let keys: Vec<ByteArray> = waiting
            .iter()
            .flat_map(|(keys, rows)| rows.rows().filter_map(|(document, _)| keys.get(document).cloned()))
            .collect();
        put::<ByteArrayType>(&mut group, &keys, None)?;
        for (place, column) in table.columns.iter().enumerate() {
            let parts = waiting.iter().filter_map(|(_, rows)| rows.columns.get(place));
            write_column(&mut group, column, parts)?;
        }
        group.close().map(drop)
    }
}

fn write_column<'c>(
    group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>,
    column: &Column,
    parts: impl Iterator<Item = &'c ColumnData> + Clone,
) -> Result<(), ParquetError> {
    let cells = parts.clone().flat_map(|part| (0..part.valid.len()).map(|row| part.cell(row)));
    match column.kind {
        Kind::Text | Kind::Json => {
            let mut levels = Vec::new();
            let mut values = Vec::new();
            for part in parts {
                levels.extend(part.valid.iter().map(|valid| i16::from(*valid)));
                if let Values::Text(strings) = &part.values {
                    let bytes = Bytes::copy_from_slice(strings.bytes());
                    let spans = strings.spans().zip(&part.valid).filter(|(_, valid)| **valid);
                    values.extend(spans.map(|(span, _)| ByteArray::from(bytes.slice(span))));
                }
            }
            put::<ByteArrayType>(group, &values, column.nullable.then_some(&levels))
        }
        Kind::Date => put_cells::<Int32Type>(group, column, cells, |cell| match cell {
            Cell::Text(day) => days(day),
            _ => None,
        }),
        Kind::Integer => put_cells::<Int64Type>(group, column, cells, |cell| match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        }),
        Kind::Real => put_cells::<DoubleType>(group, column, cells, |cell| match cell {
            Cell::Real(number) => Some(number),
            _ => None,
        }),
        Kind::Boolean => put_cells::<BoolType>(group, column, cells, |cell| match cell {
            Cell::Boolean(flag) => Some(flag),
            _ => None,
        }),
    }
}

fn put_cells<'c, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>,
    column: &Column,
    cells: impl Iterator<Item = Cell<'c>>,
    value: impl Fn(Cell<'c>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let mut levels = Vec::new();
    let mut values = Vec::new();
    for value in cells.map(value) {
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    put::<T>(group, &values, column.nullable.then_some(&levels))
}

/// Writes the next column of a group. `levels` gives which cells have a value; without it, all do.
fn put<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>,
    values: &[T::T],
    levels: Option<&Vec<i16>>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("the table has more columns than its schema".to_owned()));
    };
    column.typed::<T>().write_batch(values, levels.map(Vec::as_slice), None)?;
    column.close()
}

/// The number of days from 1970 to a day; `None` if it is not a day.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some(day.since(jiff::civil::date(1970, 1, 1)).ok()?.get_days())
}
