//! `copydesk run`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use copydesk_engine::config::{self, Config, Output};
use copydesk_engine::input::{Filter, Inputs, Skipped, find};
use copydesk_engine::output::{OutputFormat, SinkError};
use copydesk_engine::places::{self, Reading, Writing};
use copydesk_engine::writer::Target;
use copydesk_engine::{Outputs, Progress, Registry, Report, RunError, RunOptions};

use crate::args::RunArguments;
use crate::message;
use crate::progress::{Bar, summary};
use crate::signals::Signals;
use crate::{NOTHING_RUN, SOME_FAILED, SUCCESS};

/// Runs a pipeline over its inputs.
pub(crate) fn run(arguments: &RunArguments) -> Result<u8> {
    let registry = Registry::built_in();
    let (file, inputs) = match arguments.inputs.split_first() {
        Some((first, rest)) if first.ends_with(".toml") => (Some(Path::new(first)), rest),
        _ => (None, arguments.inputs.as_slice()),
    };
    if let Some(Err(problem)) = arguments.filter.as_ref().map(|text| text.parse::<Filter>()) {
        bail!("--where: {problem}");
    }
    let set = [selection(arguments), arguments.pipeline.set.clone()].concat();
    let config = load(file, &set, &registry)?;
    let paths = if inputs.is_empty() { config.pipeline.input.path.to_vec() } else { inputs.to_vec() };
    if paths.is_empty() {
        bail!(
            "nothing to read: name a file, a folder, a glob, or - for standard input (see copydesk run --help)"
        );
    }
    let Inputs { found: inputs, mut skipped } = if inputs.is_empty() {
        config.find_inputs().map_err(|problem| message::Problems(vec![problem]))?
    } else {
        find(&paths, config.pipeline.input.format).map_err(message::not_found)?
    };
    let settings = outputs(arguments, &config);
    let output = Places::new(arguments, &settings, &config)?;
    let reading = Reading { inputs: &inputs, pipeline: file };
    let writing =
        Writing { outputs: &output.files, errors: output.errors.as_deref(), force: arguments.force };
    places::check(&reading, &writing)?;
    let outputs = Outputs::open(&settings, &config.plan, arguments.force)?;
    let signals = Signals::catch();
    let options = RunOptions {
        jobs: arguments.jobs.map_or_else(processors, usize::from),
        records: config.records.clone(),
        stop: Arc::clone(&signals.stop),
    };
    let progress = Arc::new(Progress::default());
    let bar = Bar::start(arguments.quiet, &inputs, &progress);
    let errors = output.errors.as_deref();
    let (report, result) = copydesk_engine::run(&config.plan, inputs, outputs, errors, &options, &progress);
    bar.finish();
    skipped.add_all(&report.skipped);
    tell(arguments, &report, &output, &skipped);
    match result {
        Ok(()) if report.failed > 0 => Ok(SOME_FAILED),
        Ok(()) | Err(RunError::Sink(SinkError::BrokenPipe)) => Ok(SUCCESS),
        Err(RunError::Interrupted) => {
            let partial = |path: &PathBuf| format!("{}.partial", path.display());
            let kept: Vec<String> =
                output.lines.iter().flatten().filter(|_| report.documents > 0).map(partial).collect();
            let kept =
                if kept.is_empty() { String::new() } else { format!(": they are in {}", kept.join(", ")) };
            let documents = message::count(report.documents, "document");
            message::warning(format_args!("interrupted after {documents}{kept}; the run is not finished"));
            Ok(signals.exit_code())
        }
        Err(error) => {
            // Lines that were written stay; of tables nothing is left.
            let kept = matches!(error, RunError::Sink(SinkError::Write { lines: 1.., .. }))
                || (report.documents > 0 && !output.lines.is_empty());
            message::error(&error.into());
            Ok(if kept { SOME_FAILED } else { NOTHING_RUN })
        }
    }
}

/// The flags that choose documents, as changes of the pipeline.
fn selection(arguments: &RunArguments) -> Vec<String> {
    let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
    let values = [
        ("format", arguments.input_format.as_ref().map(quoted)),
        ("limit", arguments.limit.map(|limit| limit.to_string())),
        ("sample", arguments.sample.as_ref().map(quoted)),
        ("seed", arguments.seed.map(|seed| seed.to_string())),
        ("since", arguments.since.as_ref().map(quoted)),
        ("until", arguments.until.as_ref().map(quoted)),
        ("where", arguments.filter.as_ref().map(quoted)),
    ];
    values.into_iter().filter_map(|(key, value)| Some(format!("input.{key}={}", value?))).collect()
}

/// Loads a pipeline file, or the default pipeline where there is none.
pub(crate) fn load(file: Option<&Path>, set: &[String], registry: &Registry) -> Result<Config> {
    match file {
        Some(file) => config::load(file, set, registry),
        None => config::default(set, registry),
    }
    .map_err(|problems| message::Problems(problems).into())
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The outputs that the arguments and the pipeline name.
fn outputs(arguments: &RunArguments, config: &Config) -> Vec<Output> {
    let mut outputs = config.pipeline.output.to_vec();
    if !arguments.output.is_empty() {
        // What the pipeline says of its first output holds for those of the command line, but for what their names show.
        let told = arguments.pipeline.set.iter().any(|set| set.starts_with("output.format"));
        let first = outputs.swap_remove(0);
        let named = |path: &String| {
            let shown = OutputFormat::named(Path::new(path)).filter(|_| !told);
            Output { path: Some(path.clone()), format: shown.or(first.format), ..first.clone() }
        };
        outputs = arguments.output.iter().map(named).collect();
    }
    for output in &mut outputs {
        output.format = arguments.format.or(output.format);
        output.keep = arguments.keep.clone().or(output.keep.take());
    }
    outputs
}

/// Where results and failures go.
struct Places {
    /// The outputs; standard output is none.
    named: Vec<PathBuf>,
    /// All files that may be written.
    files: Vec<PathBuf>,
    /// Those of lines; `None` is standard output.
    lines: Vec<Option<PathBuf>>,
    errors: Option<PathBuf>,
}

impl Places {
    fn new(arguments: &RunArguments, settings: &[Output], config: &Config) -> Result<Self> {
        let targets = Outputs::targets(settings, &config.plan)
            .map_err(|error| anyhow!("{error}; {}", error.remedy()))?;
        if let Some(path) = &arguments.errors {
            OutputFormat::of(path).map_err(|unknown| anyhow!("{unknown}; {}", unknown.remedy()))?;
        }
        let named: Vec<PathBuf> =
            targets.iter().filter_map(|target| Some(target.path()?.to_owned())).collect();
        let beside = targets.iter().find_map(|target| match target {
            Target::Folder(path, _) => Some(path.join("errors.jsonl")),
            target => Some(target.path()?.with_file_name("errors.jsonl")),
        });
        let errors = arguments.errors.clone().or(beside);
        let lines = targets.iter().filter_map(|target| match target {
            Target::Lines(path) => Some(path.clone()),
            _ => None,
        });
        let lines = lines.collect();
        Ok(Self { named, files: Outputs::files(&targets, &config.plan), lines, errors })
    }
}

fn tell(arguments: &RunArguments, report: &Report, output: &Places, skipped: &Skipped) {
    if skipped.count() > 0 {
        let files = message::count(skipped.count(), "file");
        let were = if skipped.count() == 1 { "was" } else { "were" };
        message::warning(format_args!("{files} {were} skipped, of formats that are not read: {skipped}"));
    }
    if report.undated > 0 {
        let documents = message::count(report.undated, "document");
        message::warning(format_args!(
            "{documents} without a date left out, since --since or --until asks for one"
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
    if report.documents + report.failed == 0 {
        message::warning("the input holds no documents");
    }
    if !arguments.quiet {
        message::line(summary(report, &output.named, output.errors.as_deref()));
    }
}
