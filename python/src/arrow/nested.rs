//! Results with a row for each document, in the order of the input, and a column of lists for each table: the form for engines that
//! process parts of a corpus and must know the schema before the first row.

use std::sync::Arc;

use arrow_array::{ArrayRef, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use copydesk_engine::tables::{Rows, Table, TableRows};
use copydesk_engine::{Failure, Results};

use super::columns;

/// The tables of the nested form.
pub(crate) struct Nested {
    tables: Vec<Arc<Table>>,
    schema: SchemaRef,
    errors: SchemaRef,
}

impl Nested {
    /// The form for these tables; `errors` is the schema of the table of failures.
    pub(crate) fn new(tables: Vec<Arc<Table>>, errors: SchemaRef) -> Self {
        let list = |name: &str, fields: Fields| Field::new(name, list_of(fields), false);
        let mut fields = vec![Field::new("doc", DataType::Utf8, false)];
        fields.extend(tables.iter().map(|table| list(&table.name, inner(table))));
        fields.push(list("errors", errors.fields().clone()));
        Self { tables, schema: Arc::new(Schema::new(fields)), errors }
    }

    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// A batch; `failed` fills the table of failures.
    pub(crate) fn batch(
        &self,
        results: Results,
        failed: impl Fn(&[Failure]) -> Result<RecordBatch, ArrowError>,
    ) -> Result<RecordBatch, ArrowError> {
        let order = order(&results);
        let Rows { documents, mut tables } = results.rows.unwrap_or_default();
        let doc = |place: &Place| match place {
            Place::Written(document) => documents.get(*document).map_or("", String::as_str),
            Place::Failed(failure) => {
                results.failures.get(*failure).map_or("", |failure| failure.id.as_str())
            }
        };
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(StringArray::from_iter_values(order.iter().map(doc)))];
        for table in &self.tables {
            let found = tables.iter().position(|rows| rows.table.name == table.name);
            let rows = match found {
                Some(place) => tables.swap_remove(place),
                None => TableRows::new(Arc::clone(table)),
            };
            let count = |place: &Place| match place {
                Place::Written(document) => {
                    rows.per_document.get(*document).map_or(0, |count| *count as usize)
                }
                Place::Failed(_) => 0,
            };
            let lengths: Vec<usize> = order.iter().map(count).collect();
            let values = StructArray::try_new(inner(table), columns::arrays(rows)?, None)?;
            arrays.push(lists(lengths.into_iter(), values)?);
        }
        let errors = failed(&results.failures)?;
        let values = StructArray::try_new(self.errors.fields().clone(), errors.columns().to_vec(), None)?;
        arrays.push(lists(order.iter().map(|place| usize::from(matches!(place, Place::Failed(_)))), values)?);
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
    }
}

/// The position of an input row among the results.
enum Place {
    Written(usize),
    Failed(usize),
}

/// The rows of the input in order, from both lists of a batch.
fn order(results: &Results) -> Vec<Place> {
    let mut order = Vec::with_capacity(results.written.len() + results.failures.len());
    let mut failed = 0;
    for (document, origin) in results.written.iter().enumerate() {
        while results.failures.get(failed).is_some_and(|failure| failure.origin.line < origin.line) {
            order.push(Place::Failed(failed));
            failed += 1;
        }
        order.push(Place::Written(document));
    }
    order.extend((failed..results.failures.len()).map(Place::Failed));
    order
}

/// The columns of a table except `doc`, which the outer row has.
fn inner(table: &Table) -> Fields {
    columns::schema(table).fields().iter().skip(1).cloned().collect()
}

fn list_of(fields: Fields) -> DataType {
    DataType::List(Arc::new(Field::new("element", DataType::Struct(fields), true)))
}

fn lists(lengths: impl Iterator<Item = usize>, values: StructArray) -> Result<ArrayRef, ArrowError> {
    let field = Arc::new(Field::new("element", DataType::Struct(values.fields().clone()), true));
    let offsets = OffsetBuffer::<i32>::from_lengths(lengths);
    Ok(Arc::new(ListArray::try_new(field, offsets, Arc::new(values), None)?))
}
