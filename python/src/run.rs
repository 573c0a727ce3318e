//! A run over files, as with the command.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use copydesk_engine::input::total_bytes;
use copydesk_engine::job::{Ended, Job};
use copydesk_engine::output::OutputFormat;
use copydesk_engine::{Progress, Report, RunError, Stop};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::pipeline::load;
use crate::{errors, stage};

/// The interval of progress reports.
const TICK: Duration = Duration::from_millis(100);

/// The arguments of a run, named as in `copydesk.run`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Request {
    inputs: Vec<String>,
    outputs: Vec<String>,
    format: Option<String>,
    keep: Option<Vec<String>>,
    errors: Option<PathBuf>,
    force: bool,
    resume: bool,
    restart: bool,
    shard: Option<String>,
    jobs: usize,
    shown_failures: usize,
}

impl Request {
    fn job(self, overrides: &[String]) -> PyResult<Job> {
        let format = self.format.map(|word| serde_json::from_value::<OutputFormat>(word.into())).transpose();
        let shard = self.shard.map(|text| text.parse()).transpose();
        Ok(Job {
            inputs: self.inputs,
            outputs: self.outputs,
            format: format.map_err(|_| errors::of("format: expected jsonl, csv, parquet or sqlite"))?,
            format_is_set: overrides.iter().any(|set| set.starts_with("output.format")),
            keep: self.keep,
            errors: self.errors,
            force: self.force,
            resume: self.resume,
            restart: self.restart,
            shard: shard.map_err(|problem: String| errors::of(format!("shard: {problem}")))?,
            jobs: self.jobs,
            shown_failures: self.shown_failures,
        })
    }
}

/// Runs a pipeline over files. `watch` is called regularly with documents, failures, bytes of text, bytes read, and the total to read.
pub(crate) fn run<'py>(
    py: Python<'py>,
    file: Option<PathBuf>,
    overrides: Vec<String>,
    stages: Vec<Bound<'py, PyAny>>,
    request: Request,
    watch: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let stages: PyResult<Vec<_>> = stages.iter().map(stage::factory).collect();
    let stages = stages?;
    let config = py
        .detach(|| load(file.as_deref(), &overrides, stages))
        .map_err(|problems| errors::of_pipeline(&problems))?;
    let job = request.job(&overrides)?;
    let stop = Stop::default();
    let ready = py.detach(|| job.prepare(file.as_deref(), &config, Arc::clone(&stop))).map_err(errors::of)?;
    let total = total_bytes(ready.inputs());
    let progress = Arc::new(Progress::default());
    let (ended, raised) = std::thread::scope(|scope| {
        let running = scope.spawn(|| ready.run(&progress));
        let mut raised = None;
        while !running.is_finished() {
            py.detach(|| std::thread::sleep(TICK));
            let reported =
                py.check_signals().and_then(|()| report_progress(watch.as_ref(), &progress, total));
            if let Err(error) = reported {
                // The documents in progress are finished, even if another exception is raised meanwhile.
                stop.store(true, Ordering::Relaxed);
                raised.get_or_insert(error);
            }
        }
        (running.join(), raised)
    });
    let ended = ended.map_err(|_| errors::of("the run failed; this is a bug in copydesk"))?;
    let interrupted = matches!(ended.result, Err(RunError::Interrupted));
    if let Some(error) = raised {
        return Err(match interrupted && error.is_instance_of::<PyKeyboardInterrupt>(py) {
            true => PyKeyboardInterrupt::new_err(stopped(&ended)),
            false => error,
        });
    }
    if let Err(error) = &ended.result {
        return Err(errors::of_run(error));
    }
    report_progress(watch.as_ref(), &progress, total)?;
    report(py, &ended)
}

fn report_progress(
    watch: Option<&Bound<'_, PyAny>>,
    progress: &Progress,
    total: Option<u64>,
) -> PyResult<()> {
    let Some(watch) = watch else { return Ok(()) };
    let load = |number: &std::sync::atomic::AtomicU64| number.load(Ordering::Relaxed);
    let state = (
        load(&progress.documents),
        load(&progress.failed),
        load(&progress.text_bytes),
        load(&progress.source_read),
        total,
    );
    watch.call1(state).map(drop)
}

fn stopped(ended: &Ended) -> String {
    let how = if ended.destinations.resumable.is_some() {
        "continue with resume=True"
    } else {
        "it is not finished"
    };
    format!("the run was interrupted after {} documents; {how}", ended.report.documents)
}

/// The outcome of a run, as `copydesk.run` returns it.
fn report<'py>(py: Python<'py>, ended: &Ended) -> PyResult<Bound<'py, PyDict>> {
    let Report { documents, resumed, failed, left_out, undated, duplicates, text_bytes, .. } = ended.report;
    let dict = PyDict::new(py);
    for (name, number) in [
        ("documents", documents),
        ("resumed", resumed),
        ("failed", failed),
        ("left_out", left_out),
        ("undated", undated),
        ("duplicates", duplicates),
        ("text_bytes", text_bytes),
    ] {
        dict.set_item(name, number)?;
    }
    dict.set_item("seconds", ended.report.elapsed.as_secs_f64())?;
    let failures = ended.report.failures.iter();
    let failures = failures.map(|failure| {
        let place = failure.origin.to_string();
        (failure.id.clone(), place, failure.stage.clone(), failure.class, failure.reason.clone())
    });
    dict.set_item("failures", failures.collect::<Vec<_>>())?;
    let mut warnings: Vec<String> = ended.report.warnings.totals().map(ToString::to_string).collect();
    if ended.skipped.count() > 0 {
        warnings.push(format!("files in unsupported formats were skipped: {}", ended.skipped));
    }
    if documents + failed == 0 {
        warnings.push("the input contains no documents".to_owned());
    }
    warnings.extend(ended.note.as_ref().map(ToString::to_string));
    dict.set_item("warnings", warnings)?;
    dict.set_item("outputs", &ended.destinations.named)?;
    dict.set_item("errors", ended.destinations.errors.as_ref().filter(|_| failed > 0))?;
    let stages = ended.report.stages.iter().map(|stage| (stage.name.clone(), stage.time.as_secs_f64()));
    dict.set_item("stages", stages.collect::<Vec<_>>())?;
    Ok(dict)
}
