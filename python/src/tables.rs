//! Analyses a table of documents into tables of annotations.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use copydesk_engine::input::Batch;
use copydesk_engine::output::OffsetUnit;
use copydesk_engine::tables::{TABLES, Wanted};
use copydesk_engine::writer::{TableOutputs, TableTarget};
use copydesk_engine::{Failure, Plan, Results, Session, Wants};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arrow::{Collected, Input, Nested, Table};
use crate::errors;
use crate::pipeline::TICK;

/// The settings of a session for tables.
pub(crate) fn wants(wanted: &Wanted) -> Wants {
    Wants::Tables(wanted.clone(), OffsetUnit::Chars)
}

/// The selected tables of a plan; an error for a table that it does not fill.
pub(crate) fn wanted(plan: &Plan, names: Option<Vec<String>>) -> PyResult<Wanted> {
    let Some(names) = names else { return Ok(Wanted::All) };
    let known = plan.tables();
    for name in &names {
        if !known.iter().any(|table| table.name == *name) {
            let all: Vec<&str> = known.iter().map(|table| &*table.name).collect();
            let other = if TABLES.iter().any(|table| table.name == *name) { " of this pipeline" } else { "" };
            return Err(errors::of(format!(
                "there is no table `{name}`{other}; available: {}",
                all.join(", ")
            )));
        }
    }
    Ok(Wanted::Named(names))
}

/// A table of documents in progress.
pub(crate) struct Work {
    session: Session,
    input: Input,
    /// A batch that waits for room.
    waiting: Option<Batch>,
    ended: bool,
    made: Made,
}

/// The form of the results.
pub(crate) enum Made {
    /// One table for each kind of annotation.
    Flat { outputs: Option<TableOutputs>, collected: Collected, failures: Vec<Failure> },
    /// One table with a row for each document.
    Nested { form: Nested, batches: Vec<RecordBatch> },
}

impl Made {
    /// The tables that a plan fills.
    pub(crate) fn flat(plan: &Plan, wanted: Wanted) -> Result<Self, String> {
        let collected = Collected::default();
        let known = made_of(plan, &wanted);
        let target = TableTarget { wanted, writer: collected.writer() };
        let outputs = TableOutputs::new(vec![target], &known).map_err(|error| error.to_string())?;
        Ok(Self::Flat { outputs: Some(outputs), collected, failures: Vec::new() })
    }

    /// The same in nested form.
    pub(crate) fn nested(plan: &Plan, wanted: &Wanted) -> Result<Self, String> {
        let errors = failed(&[]).map_err(|error| error.to_string())?.schema();
        Ok(Self::Nested { form: Nested::new(made_of(plan, wanted), errors), batches: Vec::new() })
    }

    fn take(&mut self, results: Results) -> Result<(), String> {
        match self {
            Self::Flat { outputs, failures, .. } => {
                failures.extend(results.failures);
                match (outputs, results.rows) {
                    (Some(outputs), Some(rows)) => outputs.write(rows).map_err(|error| error.to_string()),
                    _ => Ok(()),
                }
            }
            Self::Nested { form, batches } => {
                batches.push(form.batch(results, failed).map_err(|error| error.to_string())?);
                Ok(())
            }
        }
    }

    /// The nested results since the last call, if there are any.
    fn part(&mut self) -> Option<Table> {
        match self {
            Self::Nested { form, batches } if !batches.is_empty() => {
                Some(Table::new("nested", Arc::clone(form.schema()), std::mem::take(batches)))
            }
            _ => None,
        }
    }

    /// The tables, once there are no more results.
    pub(crate) fn finish(&mut self) -> Result<Vec<Table>, String> {
        match self {
            Self::Flat { outputs, collected, failures } => {
                outputs.take().map_or(Ok(()), TableOutputs::finish).map_err(|error| error.to_string())?;
                let mut tables = collected.take();
                let errors = failed(failures).map_err(|error| error.to_string())?;
                tables.push(Table::new("errors", errors.schema(), vec![errors]));
                Ok(tables)
            }
            Self::Nested { form, batches } => {
                Ok(vec![Table::new("nested", Arc::clone(form.schema()), std::mem::take(batches))])
            }
        }
    }
}

/// The selected tables of a plan.
fn made_of(plan: &Plan, wanted: &Wanted) -> Vec<Arc<copydesk_engine::tables::Table>> {
    plan.tables().into_iter().filter(|table| wanted.has(table)).collect()
}

impl Work {
    pub(crate) fn begin(session: Session, input: Input, made: Made) -> Self {
        Self { session, input, waiting: None, ended: false, made }
    }

    /// Works for at most `patience`; false when all is done.
    fn step(&mut self, patience: Duration) -> Result<bool, String> {
        self.fill()?;
        if self.session.is_idle() {
            return Ok(false);
        }
        if let Some(results) = self.session.take(patience).map_err(|error| error.to_string())? {
            self.fill()?;
            self.made.take(results)?;
        }
        Ok(true)
    }

    /// Works until all is done; returns the tables.
    pub(crate) fn finish(mut self, py: Python<'_>) -> PyResult<Vec<Table>> {
        while py.detach(|| self.step(TICK)).map_err(errors::of)? {
            py.check_signals()?;
        }
        self.made.finish().map_err(errors::of)
    }

    fn fill(&mut self) -> Result<(), String> {
        while self.waiting.is_some() || (!self.ended && self.session.has_room(0)) {
            let batch = match self.waiting.take() {
                Some(batch) => Some(batch),
                None => self.input.next_batch(self.session.batch())?,
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

/// An iterator over the nested results of a table, in parts, so that neither all of the table nor all results are in memory.
#[pyclass(module = "copydesk._native", frozen)]
pub(crate) struct Parts {
    /// The process with the threads of the session; a process that it forks does not have them.
    process: u32,
    /// `None` after an error.
    work: Mutex<Option<Work>>,
}

impl Parts {
    pub(crate) fn new(work: Work) -> Self {
        Self { process: std::process::id(), work: Mutex::new(Some(work)) }
    }
}

#[pymethods]
impl Parts {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        if self.process != std::process::id() {
            return Err(errors::of("these results are being made by another process; start again here"));
        }
        // Waiting for the lock would block the thread that holds it, which waits for Python.
        let Ok(mut held) = self.work.try_lock() else {
            return Err(PyValueError::new_err("another thread is reading these results"));
        };
        let Some(mut work) = held.take() else { return Ok(None) };
        loop {
            let more = py.detach(|| work.step(TICK)).map_err(errors::of)?;
            if let Some(part) = work.made.part() {
                *held = Some(work);
                return Ok(Some(part));
            }
            if !more {
                return Ok(None);
            }
            py.check_signals()?;
        }
    }
}

/// The table of documents that failed.
fn failed(failures: &[Failure]) -> Result<RecordBatch, ArrowError> {
    let texts = |of: fn(&Failure) -> Option<&str>| -> ArrayRef {
        Arc::new(failures.iter().map(of).collect::<StringArray>())
    };
    let rows = failures.iter().map(|failure| i64::try_from(failure.origin.line).unwrap_or(i64::MAX) - 1);
    let rows: ArrayRef = Arc::new(Int64Array::from_iter_values(rows));
    RecordBatch::try_from_iter_with_nullable([
        ("id", texts(|failure| Some(&failure.id)), false),
        ("row", rows, false),
        ("stage", texts(|failure| failure.stage.as_deref()), true),
        ("class", texts(|failure| Some(failure.class)), false),
        ("reason", texts(|failure| Some(&failure.reason)), false),
    ])
}
