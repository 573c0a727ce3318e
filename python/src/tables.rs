//! A table of documents in, the tables of what was found in them out.

use std::sync::Arc;
use std::time::Duration;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use copydesk_engine::input::Batch;
use copydesk_engine::output::OffsetUnit;
use copydesk_engine::tables::{TABLES, Wanted};
use copydesk_engine::writer::{TableOutputs, TableTarget, tables_of};
use copydesk_engine::{Failure, Plan, Session, Wants};
use pyo3::prelude::*;

use crate::arrow::{Collected, Input, Table};
use crate::errors;

/// What a session for tables is started with.
pub(crate) fn wants(wanted: &Wanted) -> Wants {
    Wants::Tables(wanted.clone(), OffsetUnit::Chars)
}

/// The tables that are wanted of a plan; an error for one that it does not fill.
pub(crate) fn wanted(plan: &Plan, names: Option<Vec<String>>) -> PyResult<Wanted> {
    let Some(names) = names else { return Ok(Wanted::All) };
    let layers = plan.layers();
    let known = tables_of(layers.iter().map(|(layer, _)| layer.as_str()));
    for name in &names {
        if !known.iter().any(|table| table.name == *name) {
            let all: Vec<&str> = known.iter().map(|table| &*table.name).collect();
            let other = if TABLES.iter().any(|table| table.name == *name) { " of this pipeline" } else { "" };
            return Err(errors::of(format!(
                "there is no table `{name}`{other}; the tables are {}",
                all.join(", ")
            )));
        }
    }
    Ok(Wanted::Named(names))
}

/// Tables in work.
pub(crate) struct Work {
    session: Session,
    input: Input,
    /// A batch for which there was no room yet.
    waiting: Option<Batch>,
    ended: bool,
    outputs: Option<TableOutputs>,
    collected: Collected,
    failures: Vec<Failure>,
}

impl Work {
    pub(crate) fn begin(plan: &Plan, session: Session, input: Input, wanted: Wanted) -> Result<Self, String> {
        let collected = Collected::default();
        let layers = plan.layers();
        let known = tables_of(layers.iter().map(|(layer, _)| layer.as_str()));
        let made: Vec<_> = known.into_iter().filter(|table| wanted.has(table)).collect();
        let target = TableTarget { wanted, writer: collected.writer() };
        let outputs = TableOutputs::new(vec![target], &made).map_err(|error| error.to_string())?;
        Ok(Self {
            session,
            input,
            waiting: None,
            ended: false,
            outputs: Some(outputs),
            collected,
            failures: Vec::new(),
        })
    }

    /// Works for a while; the tables when all is done.
    pub(crate) fn step(&mut self, patience: Duration) -> Result<Option<Vec<Table>>, String> {
        self.fill()?;
        if !self.session.is_idle() {
            let taken = self.session.take(patience).map_err(|error| error.to_string())?;
            if let Some(results) = taken {
                self.fill()?;
                if let (Some(outputs), Some(rows)) = (&mut self.outputs, results.rows) {
                    outputs.write(rows).map_err(|error| error.to_string())?;
                }
                self.failures.extend(results.failures);
            }
            return Ok(None);
        }
        if let Some(outputs) = self.outputs.take() {
            outputs.finish().map_err(|error| error.to_string())?;
        }
        let mut tables = self.collected.take();
        tables.push(failed(&self.failures).map_err(|error| error.to_string())?);
        Ok(Some(tables))
    }

    fn fill(&mut self) -> Result<(), String> {
        while self.waiting.is_some() || (!self.ended && self.session.has_room(0)) {
            let batch = match self.waiting.take() {
                Some(batch) => Some(batch),
                None => self.input.next_batch()?,
            };
            match batch {
                None => self.ended = true,
                Some(batch) if self.session.has_room(batch.bytes.len()) => self.session.put(batch),
                Some(batch) => {
                    self.waiting = Some(batch);
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// The table of documents that have no result.
fn failed(failures: &[Failure]) -> Result<Table, arrow_schema::ArrowError> {
    let texts = |of: fn(&Failure) -> Option<&str>| -> ArrayRef {
        Arc::new(failures.iter().map(of).collect::<StringArray>())
    };
    let rows = failures.iter().map(|failure| i64::try_from(failure.origin.line).unwrap_or(i64::MAX) - 1);
    let rows: ArrayRef = Arc::new(Int64Array::from_iter_values(rows));
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("id", texts(|failure| Some(&failure.id)), false),
        ("row", rows, false),
        ("stage", texts(|failure| failure.stage.as_deref()), true),
        ("class", texts(|failure| Some(failure.class)), false),
        ("reason", texts(|failure| Some(&failure.reason)), false),
    ])?;
    Ok(Table::of("errors", batch))
}
