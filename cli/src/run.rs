//! `copydesk run`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use copydesk_engine::config::{self, Config};
use copydesk_engine::input::{Filter, Found, Inputs, Skipped, find};
use copydesk_engine::output::{OutputFormat, Sink, SinkError, Style};
use copydesk_engine::{Progress, Registry, Report, RunError, RunOptions};

use crate::args::RunArguments;
use crate::message;
use crate::progress::{Bar, summary};
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
    let output = Output::new(arguments, &config, &paths)?;
    refuse_overwriting(&inputs, &output)?;
    let sink = output.open()?;
    let options = RunOptions {
        jobs: arguments.jobs.map_or_else(processors, usize::from),
        records: config.records.clone(),
        style: Style::new(config.pipeline.output.offsets, config.pipeline.output.detail),
    };
    let progress = Arc::new(Progress::default());
    let bar = Bar::start(arguments.quiet, &inputs, &progress);
    let errors = output.errors.as_deref();
    let (report, result) = copydesk_engine::run(&config.plan, inputs, sink, errors, &options, &progress);
    bar.finish();
    skipped.add_all(&report.skipped);
    tell(arguments, &report, &output, &skipped);
    match result {
        Ok(()) if report.failed > 0 => Ok(SOME_FAILED),
        Ok(()) | Err(RunError::Sink(SinkError::BrokenPipe)) => Ok(SUCCESS),
        Err(error) => {
            // Existing output is kept: nothing was run.
            let kept =
                matches!(error, RunError::Sink(SinkError::Write { lines: 1.., .. })) || report.documents > 0;
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

/// Where results and failures go.
struct Output {
    /// `None` is standard output.
    path: Option<PathBuf>,
    errors: Option<PathBuf>,
}

impl Output {
    fn new(arguments: &RunArguments, config: &Config, inputs: &[String]) -> Result<Self> {
        let named = arguments.output.as_ref().or(config.pipeline.output.path.as_ref());
        let path = match named.map(String::as_str) {
            None | Some("-") => None,
            Some(path) if path.ends_with('/') || Path::new(path).is_dir() => {
                Some(Path::new(path).join("documents.jsonl"))
            }
            Some(path) => Some(PathBuf::from(path)),
        };
        let told = config.pipeline.output.format.is_some();
        for path in path.iter().filter(|_| !told).chain(&arguments.errors) {
            OutputFormat::of(path).map_err(|unknown| anyhow!("{unknown}; {}", unknown.remedy()))?;
        }
        let errors = arguments
            .errors
            .clone()
            .or_else(|| path.as_ref().map(|path| path.with_file_name("errors.jsonl")));
        if let Some(errors) = &errors {
            let names_input = |input: &String| same_file(Path::new(input), errors);
            if let Some(input) = inputs.iter().find(|input| names_input(input)) {
                bail!("the failures would overwrite the input {input}: name another file with --errors");
            }
            // Failures of an earlier run would be mistaken for those of this one.
            match std::fs::remove_file(errors) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot replace {}", errors.display()));
                }
            }
        }
        Ok(Self { path, errors })
    }

    fn open(&self) -> Result<Sink> {
        Ok(match &self.path {
            None => Sink::stdout(),
            Some(path) => Sink::create(path)?,
        })
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Opening the output truncates it, so it must not be one of the inputs.
fn refuse_overwriting(inputs: &[Found], output: &Output) -> Result<()> {
    let Some(path) = &output.path else { return Ok(()) };
    for input in inputs {
        if let Found::File(file, _) = input
            && same_file(file, path)
        {
            bail!(
                "{} is an input too: writing there would destroy it; choose another place with -o",
                path.display()
            );
        }
    }
    Ok(())
}

fn tell(arguments: &RunArguments, report: &Report, output: &Output, skipped: &Skipped) {
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
        message::line(summary(report, output.path.as_deref(), output.errors.as_deref()));
    }
}
