//! A pipeline: the plan, and idle workers for single documents.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use copydesk_core::StageFactory;
use copydesk_engine::config::{self, Config};
use copydesk_engine::input::{Origin, RecordOptions};
use copydesk_engine::output::{OffsetUnit, Style};
use copydesk_engine::tables::Wanted;
use copydesk_engine::{Plan, Registry, Session, Wants};
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyIterator};

use crate::arrow::{Columns, Input, Table};
use crate::pipe::Pipe;
use crate::tables::{self, Made, Parts, Work};
use crate::{errors, record, stage};

/// The interval at which a thread that waits for documents checks for Python signals, such as Ctrl-C.
pub(crate) const TICK: Duration = Duration::from_millis(50);
/// The name of documents without an id.
const NAMELESS: &str = "text";

/// A checked pipeline.
#[pyclass(module = "copydesk._native", frozen)]
pub(crate) struct Pipeline {
    pub(crate) plan: Arc<Plan>,
    pub(crate) records: RecordOptions,
    pub(crate) style: Style,
    idle: Mutex<Idle>,
}

/// Sessions of one worker each, for single documents. A forked process has none of its parent's threads, so it cannot use
/// inherited sessions.
struct Idle {
    process: u32,
    sessions: Vec<Session>,
}

#[pymethods]
impl Pipeline {
    #[new]
    fn new(
        py: Python<'_>,
        file: Option<PathBuf>,
        overrides: Vec<String>,
        stages: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let stages: PyResult<Vec<_>> = stages.iter().map(stage::factory).collect();
        let stages = stages?;
        let config = py
            .detach(|| load(file.as_deref(), &overrides, stages))
            .map_err(|all| errors::of_pipeline(&all))?;
        let first = config.pipeline.output.to_vec().into_iter().next();
        let detail = first.map(|output| output.detail).unwrap_or_default();
        Ok(Self {
            plan: config.plan,
            records: config.records,
            style: Style::new(OffsetUnit::Chars, detail),
            idle: Mutex::new(Idle { process: std::process::id(), sessions: Vec::new() }),
        })
    }

    /// The stages in execution order, with their versions.
    #[getter]
    fn stages(&self) -> Vec<(String, String)> {
        self.plan.versions()
    }

    /// The field names of records for id, text, title, date, language and targets.
    #[getter]
    fn fields(&self) -> [(&'static str, String); 6] {
        let fields = self.records.fields.clone();
        [
            ("id", fields.id),
            ("text", fields.text),
            ("title", fields.title),
            ("date", fields.date),
            ("language", fields.language),
            ("targets", fields.targets),
        ]
    }

    /// Analyses one record: the bytes of its line, or (id, stage, class, reason).
    fn analyze<'py>(&self, py: Python<'py>, given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let mut session = match self.idle() {
            Some(session) => session,
            None => self.session(1, Wants::Lines(self.style))?,
        };
        let mut batch = session.batch();
        record::add(&mut batch, given, Origin { file: NAMELESS.into(), line: 0 })?;
        session.put(batch);
        // A session that is interrupted by an error or Ctrl-C is not used again.
        let results = loop {
            if let Some(results) = py.detach(|| session.take(TICK)).map_err(|error| errors::of_run(&error))? {
                break results;
            }
            py.check_signals()?;
        };
        let outcomes = record::outcomes(py, &results)?;
        session.reuse(results);
        self.rest(session);
        outcomes.get_item(0)
    }

    /// Analyses records one after another.
    fn pipe(&self, records: Bound<'_, PyIterator>, jobs: usize, batch: usize) -> PyResult<Pipe> {
        let session = self.session(jobs, Wants::Lines(self.style))?;
        Ok(Pipe::new(session, records.unbind(), batch))
    }

    /// Analyses the rows of a table: returns the tables of annotations and of failures, or all in one nested table.
    fn tables(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        columns: Columns,
        wanted: Option<Vec<String>>,
        nested: bool,
        jobs: usize,
    ) -> PyResult<Vec<Table>> {
        self.work(table, &columns, wanted, nested, jobs)?.finish(py)
    }

    /// The same in nested form, in parts.
    fn parts(
        &self,
        table: &Bound<'_, PyAny>,
        columns: Columns,
        wanted: Option<Vec<String>>,
        jobs: usize,
    ) -> PyResult<Parts> {
        Ok(Parts::new(self.work(table, &columns, wanted, true, jobs)?))
    }

    /// The nested table without rows, for its schema.
    fn nothing(&self, wanted: Option<Vec<String>>) -> PyResult<Vec<Table>> {
        self.made(tables::wanted(&self.plan, wanted)?, true)?.finish().map_err(errors::of)
    }
}

impl Pipeline {
    fn work(
        &self,
        table: &Bound<'_, PyAny>,
        columns: &Columns,
        wanted: Option<Vec<String>>,
        nested: bool,
        jobs: usize,
    ) -> PyResult<Work> {
        let wanted = tables::wanted(&self.plan, wanted)?;
        let records = RecordOptions { fields: columns.over(&self.records.fields), ..self.records.clone() };
        let input = Input::open(table, columns, &records.fields)?;
        let session = Session::start(&self.plan, jobs, &records, tables::wants(&wanted))
            .map_err(|error| errors::of_run(&error))?;
        Ok(Work::begin(session, input, self.made(wanted, nested)?))
    }

    fn made(&self, wanted: Wanted, nested: bool) -> PyResult<Made> {
        let made = if nested { Made::nested(&self.plan, &wanted) } else { Made::flat(&self.plan, wanted) };
        made.map_err(errors::of)
    }

    /// Starts workers.
    pub(crate) fn session(&self, jobs: usize, wants: Wants) -> PyResult<Session> {
        Session::start(&self.plan, jobs, &self.records, wants).map_err(|error| errors::of_run(&error))
    }

    fn idle(&self) -> Option<Session> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let process = std::process::id();
        if idle.process != process {
            idle.process = process;
            // Their threads are in another process, so they are not even dropped.
            std::mem::take(&mut idle.sessions).into_iter().for_each(std::mem::forget);
        }
        idle.sessions.pop()
    }

    fn rest(&self, session: Session) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).sessions.push(session);
    }
}

/// Loads a pipeline file, or the default pipeline, and adds stages to it. Stages that the file names keep their position there.
pub(crate) fn load(
    file: Option<&Path>,
    overrides: &[String],
    stages: Vec<Arc<dyn StageFactory>>,
) -> Result<Config, Vec<config::Diagnostic>> {
    let names: Vec<String> = stages.iter().map(|stage| stage.info().name.clone()).collect();
    let registry = stages.into_iter().fold(Registry::built_in(), Registry::with_factory);
    let Some(file) = file else { return config::default(overrides, &registry) };
    let config = config::load(file, overrides, &registry)?;
    let named: Vec<_> = config.plan.versions().into_iter().map(|(name, _)| name).collect();
    let added = names.iter().filter(|name| !named.contains(name));
    let added: Vec<String> =
        added.map(|name| format!("stage.+.use={}", serde_json::Value::from(name.as_str()))).collect();
    if added.is_empty() {
        Ok(config)
    } else {
        config::load(file, &[&added[..], overrides].concat(), &registry)
    }
}
