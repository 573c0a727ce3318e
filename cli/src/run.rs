//! `copydesk run`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use copydesk_engine::config::{self, Config};
use copydesk_engine::input::{Filter, Sample, Skipped};
use copydesk_engine::job::{Destinations, Job, JobError, Ready};
use copydesk_engine::output::{OutputFormat, SinkError};
use copydesk_engine::{Progress, Registry, Report, RunError};

use crate::args::{RunArguments, output_format};
use crate::message;
use crate::printed;
use crate::progress::{Bar, figures, summary};
use crate::signals::Signals;
use crate::{NOTHING_RUN, SOME_FAILED, SUCCESS};

/// Runs a pipeline over its inputs.
pub(crate) fn run(arguments: &RunArguments) -> Result<u8> {
    let registry = Registry::built_in();
    let (file, inputs) = match arguments.inputs.split_first() {
        Some((first, rest)) if first.ends_with(".toml") => (Some(Path::new(first)), rest),
        _ => (None, arguments.inputs.as_slice()),
    };
    check_choice(arguments)?;
    let formats = Formats::of(arguments, inputs)?;
    let set = [selection(arguments, formats.input.as_ref()), arguments.pipeline.changes()].concat();
    printed::show(arguments.verbose, arguments.quiet);
    let config = load(file, &set, &registry)?;
    let job = job(arguments, inputs, formats.output);
    let signals = Signals::catch();
    let ready = job.prepare(file, &config, Arc::clone(&signals.stop)).map_err(not_ready)?;
    report_resumption(arguments, &ready);
    if arguments.verbose {
        introduce(&config, &ready);
    }
    let progress = Arc::new(Progress::default());
    let bar = Bar::start(arguments.quiet, ready.inputs(), &progress);
    let ended = ready.run(&progress);
    bar.finish();
    report_problems(arguments, &ended.report, &ended.destinations, &ended.skipped);
    if let Some(error) = &ended.note {
        message::warning(error);
    }
    end(&ended.report, ended.result, &ended.destinations, &signals)
}

/// The job that the arguments describe; changes of the pipeline are separate.
fn job(arguments: &RunArguments, inputs: &[String], format: Option<OutputFormat>) -> Job {
    Job {
        inputs: inputs.to_vec(),
        outputs: arguments.output.clone(),
        format,
        format_is_set: arguments.pipeline.set.iter().any(|set| set.starts_with("output.format")),
        keep: arguments.keep.clone(),
        errors: arguments.errors.clone(),
        force: arguments.force,
        resume: arguments.resume,
        restart: arguments.restart,
        shard: arguments.shard,
        jobs: arguments.jobs.map_or(0, usize::from),
        shown_failures: if arguments.verbose { 10_000 } else { Report::SHOWN_FAILURES },
    }
}

/// The error of a run that cannot start, with remedies specific to the command line.
fn not_ready(error: JobError) -> anyhow::Error {
    match error {
        JobError::NoInput => anyhow!("{error} (see copydesk run --help)"),
        JobError::Input(error) => message::not_found(error),
        JobError::PipelineInput(problem) => message::Problems(vec![*problem]).into(),
        error => error.into(),
    }
}

/// Reports where a run is resumed, or that it cannot be.
fn report_resumption(arguments: &RunArguments, ready: &Ready<'_>) {
    if arguments.resume && ready.destinations().resumable.is_none() {
        message::warning("only a run whose outputs are files can be resumed; starting from the beginning");
    }
    if let Some(point) = ready.continued().filter(|_| !arguments.quiet) {
        let documents = message::count(point.documents, "document");
        message::line(format_args!("resuming after {documents} of the interrupted run"));
    }
}

/// Prints the configuration of the run.
fn introduce(config: &Config, ready: &Ready<'_>) {
    let stages: Vec<String> =
        config.plan.versions().iter().map(|(name, version)| format!("{name} {version}")).collect();
    let files: Vec<String> =
        ready.destinations().files.iter().map(|path| path.display().to_string()).collect();
    let limits = &config.pipeline.limits;
    let version = env!("CARGO_PKG_VERSION");
    message::line(format_args!("copydesk {version}, {}", message::count(ready.jobs() as u64, "worker")));
    message::line(format_args!("stages: {}", stages.join(", ")));
    message::line(format_args!("input: {}", message::count(ready.inputs().len() as u64, "file")));
    message::line(format_args!(
        "output: {}",
        if files.is_empty() { "-".to_owned() } else { files.join(", ") }
    ));
    message::line(format_args!(
        "limits per document: {}, and {} s for every 4 MB; memory: {}",
        limits.document_bytes, limits.document_seconds, limits.memory
    ));
}

/// Checks the flags that select documents; the keys of a pipeline file are checked when it is loaded.
fn check_choice(arguments: &RunArguments) -> Result<()> {
    if let Some(Err(problem)) = arguments.filter.as_ref().map(|text| text.parse::<Filter>()) {
        bail!("--where: {problem}");
    }
    if let Some(Err(problem)) = arguments.sample.as_ref().map(|text| text.parse::<Sample>()) {
        bail!("--sample: {problem}");
    }
    Ok(())
}

/// Reports how a run ended and returns its exit code.
fn end(
    report: &Report,
    result: Result<(), RunError>,
    output: &Destinations,
    signals: &Signals,
) -> Result<u8> {
    if result.is_ok() && report.documents + report.failed == 0 {
        message::warning("the input contains no documents");
    }
    match result {
        Ok(()) if report.failed > 0 => Ok(SOME_FAILED),
        Ok(()) | Err(RunError::Sink(SinkError::BrokenPipe)) => Ok(SUCCESS),
        Err(RunError::Interrupted) => {
            let partial = |path: &PathBuf| format!("{}.partial", path.display());
            let kept: Vec<String> =
                output.lines.iter().flatten().filter(|_| report.documents > 0).map(partial).collect();
            let kept =
                if kept.is_empty() { String::new() } else { format!(": they are in {}", kept.join(", ")) };
            let how = match &output.resumable {
                Some(_) => "continue with the same command and --resume",
                None => "the run is not finished",
            };
            let documents = message::count(report.documents, "document");
            message::warning(format_args!("interrupted after {documents}{kept}; {how}"));
            Ok(signals.exit_code())
        }
        Err(error) => {
            // Lines that were written are kept, tables are not.
            let kept = matches!(error, RunError::Sink(SinkError::Write { lines: 1.., .. }))
                || (report.documents > 0 && !output.lines.is_empty());
            message::error(&error.into());
            Ok(if kept { SOME_FAILED } else { NOTHING_RUN })
        }
    }
}

/// The formats given by the arguments.
struct Formats {
    input: Option<String>,
    output: Option<OutputFormat>,
}

impl Formats {
    /// `--format` applies to the output, unless the names of all outputs show their formats and standard input is read.
    fn of(arguments: &RunArguments, inputs: &[String]) -> Result<Self> {
        let input = arguments.input_format.clone();
        let Some(format) = &arguments.format else { return Ok(Self { input, output: None }) };
        let shown = |path: &String| {
            path == "-" || !Path::new(path).is_dir() && OutputFormat::named(Path::new(path)).is_some()
        };
        let stdin = input.is_none() && inputs.iter().any(|path| path == "-");
        if stdin && arguments.output.iter().all(shown) {
            return Ok(Self { input: Some(format.clone()), output: None });
        }
        let output = output_format(format).map_err(|problem| anyhow!("--format: {problem}"))?;
        Ok(Self { input, output: Some(output) })
    }
}

/// The flags that select documents, as changes of the pipeline.
fn selection(arguments: &RunArguments, format: Option<&String>) -> Vec<String> {
    let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
    let values = [
        ("format", format.map(quoted)),
        ("limit", arguments.limit.map(|limit| limit.to_string())),
        ("sample", arguments.sample.as_ref().map(quoted)),
        ("seed", arguments.seed.map(|seed| seed.to_string())),
        ("since", arguments.since.as_ref().map(quoted)),
        ("until", arguments.until.as_ref().map(quoted)),
        ("where", arguments.filter.as_ref().map(quoted)),
    ];
    values.into_iter().filter_map(|(key, value)| Some(format!("input.{key}={}", value?))).collect()
}

/// Loads a pipeline file, or the default pipeline if none is given.
pub(crate) fn load(file: Option<&Path>, set: &[String], registry: &Registry) -> Result<Config> {
    match file {
        Some(file) => config::load(file, set, registry),
        None => config::default(set, registry),
    }
    .inspect(|config| {
        config.plan.warnings().iter().for_each(message::warning);
        for (built_in, other) in &config.replaced {
            message::line(format_args!(
                "note: the stage `{other}` replaces `{built_in}`, as it provides the same layer"
            ));
        }
    })
    .map_err(|problems| message::Problems(problems).into())
}

fn report_problems(arguments: &RunArguments, report: &Report, output: &Destinations, skipped: &Skipped) {
    if skipped.count() > 0 {
        let files = message::count(skipped.count(), "file");
        let were = if skipped.count() == 1 { "was" } else { "were" };
        message::warning(format_args!(
            "{files} {were} skipped because the format is not supported: {skipped}"
        ));
    }
    if report.undated > 0 {
        let documents = message::count(report.undated, "document");
        message::warning(format_args!("{documents} without a date skipped, as --since or --until needs one"));
    }
    if report.abandoned > 0 {
        let threads = message::count(report.abandoned, "thread");
        message::warning(format_args!(
            "{threads} abandoned with the memory of documents that took too long (limits.document_seconds)"
        ));
    }
    for failure in &report.failures {
        let stage = failure.stage.as_ref().map(|stage| format!("stage {stage}: ")).unwrap_or_default();
        message::warning(format_args!("{}: {stage}{}", failure.origin, failure.reason));
    }
    let more = report.failed.saturating_sub(report.failures.len() as u64);
    if more > 0 {
        message::warning(format_args!("… and {more} more"));
    }
    if let Some(first) = &report.first_duplicate {
        let documents = message::count(report.duplicates, "document");
        let (repeat, written) =
            if report.duplicates == 1 { ("repeats", "it was") } else { ("repeat", "all were") };
        message::warning(format_args!(
            "{documents} {repeat} the id of an earlier one (the first: {first}); {written} written"
        ));
    }
    for total in report.warnings.totals() {
        message::warning(total);
    }
    if !arguments.quiet {
        let text = summary(report, &output.named, output.errors.as_deref());
        message::event("summary", text, figures(report));
    }
}
