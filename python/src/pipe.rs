//! A stream of documents through the workers, in order and in bounded memory.

use std::sync::{Arc, Mutex};

use copydesk_engine::Session;
use copydesk_engine::input::{Batch, Origin};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList};

use crate::pipeline::TICK;
use crate::{errors, record};

/// An iterator over the outcomes of batches.
#[pyclass(module = "copydesk._native", frozen)]
pub(crate) struct Pipe(Mutex<State>);

struct State {
    /// The process with the threads of the session; a process that it forks does not have them.
    process: u32,
    session: Session,
    records: Py<PyIterator>,
    /// The maximum number of records in a batch.
    most: usize,
    /// The number of records read.
    read: u64,
    name: Arc<str>,
    /// A batch that waits for room.
    waiting: Option<Batch>,
    /// The end of the records: the last one, or an exception that is raised after the results of the records before it.
    ended: Option<Option<PyErr>>,
    /// An error has ended the stream.
    broken: bool,
}

impl Pipe {
    pub(crate) fn new(session: Session, records: Py<PyIterator>, most: usize) -> Self {
        let name = "text".into();
        Self(Mutex::new(State {
            process: std::process::id(),
            session,
            records,
            most,
            read: 0,
            name,
            waiting: None,
            ended: None,
            broken: false,
        }))
    }
}

#[pymethods]
impl Pipe {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyList>>> {
        // Waiting for the lock would block the thread that holds it, which waits for Python.
        let Ok(mut state) = self.0.try_lock() else {
            return Err(PyValueError::new_err("another thread is reading from this pipe"));
        };
        state.next(py)
    }
}

impl State {
    fn next<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyList>>> {
        if self.broken {
            return Ok(None);
        }
        if self.process != std::process::id() {
            return Err(errors::of(
                "this stream of documents was started by another process; start one here",
            ));
        }
        loop {
            self.fill(py)?;
            if self.session.is_idle() {
                self.broken = true;
                return self.ended.take().flatten().map_or(Ok(None), Err);
            }
            let taken = py.detach(|| self.session.take(TICK));
            match taken {
                Ok(Some(results)) => {
                    // Give the workers more to do before the caller processes these results.
                    self.fill(py)?;
                    let outcomes = record::outcomes(py, &results)?;
                    self.session.reuse(results);
                    return Ok(Some(outcomes));
                }
                Ok(None) => py.check_signals()?,
                Err(error) => {
                    self.broken = true;
                    return Err(errors::of_run(&error));
                }
            }
        }
    }

    /// Reads records while there is room for them.
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        loop {
            let batch = match self.waiting.take() {
                Some(batch) => batch,
                None if self.ended.is_some() || !self.session.has_room(0) => return Ok(()),
                None => self.read(py)?,
            };
            if batch.items.is_empty() {
                return Ok(());
            }
            if !self.session.has_room(batch.bytes.len()) {
                self.waiting = Some(batch);
                return Ok(());
            }
            self.session.put(batch);
            py.check_signals()?;
        }
    }

    fn read(&mut self, py: Python<'_>) -> PyResult<Batch> {
        let mut batch = self.session.batch();
        let mut records = self.records.bind(py).clone();
        while !batch.is_full() && batch.items.len() < self.most {
            match records.next() {
                Some(Ok(given)) => {
                    self.read += 1;
                    let origin = Origin { file: Arc::clone(&self.name), line: self.read };
                    record::add(&mut batch, &given, origin)?;
                }
                Some(Err(error)) => {
                    self.ended = Some(Some(error));
                    break;
                }
                None => {
                    self.ended = Some(None);
                    break;
                }
            }
        }
        Ok(batch)
    }
}
