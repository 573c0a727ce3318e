//! `copydesk run`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use copydesk_engine::config::{self, Config, Output};
use copydesk_engine::input::{Filter, Found, InputFormat, Inputs, Sample, Skipped, find};
use copydesk_engine::journal;
use copydesk_engine::manifest::FileRecord;
use copydesk_engine::output::{OutputFormat, SinkError};
use copydesk_engine::places::{self, Reading, Writing};
use copydesk_engine::writer::Target;
use copydesk_engine::{
    Beginning, JournalOptions, Outputs, Progress, Registry, Report, Resumable, RunError, RunOptions,
};

use serde_json::{Value, json};

use crate::args::{RunArguments, output_format};
use crate::manifest::Notes;
use crate::message;
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
    let config = load(file, &set, &registry)?;
    let Inputs { found: inputs, mut skipped } = find_inputs(inputs, &config)?;
    let settings = outputs(arguments, &config, formats.output);
    let output = Places::new(arguments, &settings, &config)?;
    check_shard(arguments, &config, &output)?;
    let reading = Reading { inputs: &inputs, pipeline: file };
    let writing =
        Writing { outputs: &output.files, errors: output.errors.as_deref(), force: arguments.force };
    places::check(&reading, &writing)?;
    let journal = journal(arguments, &config, &settings, &inputs, &output)?;
    let beginning = Beginning {
        force: arguments.force,
        restart: arguments.restart || arguments.resume || arguments.force,
        from: journal.as_ref().and_then(|journal| journal.from.as_ref()),
    };
    let outputs = Outputs::open(&settings, &config.plan, &beginning)?;
    let notes = Notes::begin(outputs.places(), &config, file, &inputs);
    let signals = Signals::catch();
    let options = RunOptions {
        jobs: arguments.jobs.map_or_else(processors, usize::from),
        records: config.records.clone(),
        stop: Arc::clone(&signals.stop),
        shard: arguments.shard,
        shown_failures: if arguments.verbose { 10_000 } else { Report::SHOWN_FAILURES },
        journal,
    };
    if arguments.verbose {
        introduce(&config, &inputs, &output, &options);
    }
    let progress = Arc::new(Progress::default());
    let bar = Bar::start(arguments.quiet, &inputs, &progress);
    let errors = output.errors.as_deref();
    let (report, result) = copydesk_engine::run(&config.plan, inputs, outputs, errors, &options, &progress);
    bar.finish();
    skipped.add_all(&report.skipped);
    tell(arguments, &report, &output, &skipped);
    if let Some(notes) = notes {
        notes.end(&config, &options, &output.files, &report, &result);
    }
    end(&report, result, &output, &signals)
}

/// Says what is about to be run.
fn introduce(config: &Config, inputs: &[Found], output: &Places, options: &RunOptions) {
    let stages: Vec<String> =
        config.plan.versions().iter().map(|(name, version)| format!("{name} {version}")).collect();
    let files: Vec<String> = output.files.iter().map(|path| path.display().to_string()).collect();
    let limits = &config.pipeline.limits;
    let version = env!("CARGO_PKG_VERSION");
    message::line(format_args!("copydesk {version}, {}", message::count(options.jobs as u64, "worker")));
    message::line(format_args!("stages: {}", stages.join(", ")));
    message::line(format_args!("input: {}", message::count(inputs.len() as u64, "file")));
    message::line(format_args!(
        "output: {}",
        if files.is_empty() { "-".to_owned() } else { files.join(", ") }
    ));
    message::line(format_args!(
        "limits of a document: {} and {} s for every 4 MB; {} of memory",
        limits.document_bytes, limits.document_seconds, limits.memory
    ));
}

/// Whether the flags that choose documents can be read; those of a pipeline file are checked where they stand.
fn check_choice(arguments: &RunArguments) -> Result<()> {
    if let Some(Err(problem)) = arguments.filter.as_ref().map(|text| text.parse::<Filter>()) {
        bail!("--where: {problem}");
    }
    if let Some(Err(problem)) = arguments.sample.as_ref().map(|text| text.parse::<Sample>()) {
        bail!("--sample: {problem}");
    }
    Ok(())
}

/// The inputs of the command line, or where there are none those of the pipeline.
fn find_inputs(inputs: &[String], config: &Config) -> Result<Inputs> {
    let paths = if inputs.is_empty() { config.pipeline.input.path.to_vec() } else { inputs.to_vec() };
    if paths.is_empty() {
        bail!(
            "nothing to read: name a file, a folder, a glob, or - for standard input (see copydesk run --help)"
        );
    }
    if inputs.is_empty() {
        return Ok(config.find_inputs().map_err(|problem| message::Problems(vec![problem]))?);
    }
    find(&paths, config.pipeline.input.format).map_err(message::not_found)
}

/// Says what became of a run, and gives its exit code.
fn end(report: &Report, result: Result<(), RunError>, output: &Places, signals: &Signals) -> Result<u8> {
    if result.is_ok() && report.documents + report.failed == 0 {
        message::warning("the input holds no documents");
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
            // Lines that were written stay; of tables nothing is left.
            let kept = matches!(error, RunError::Sink(SinkError::Write { lines: 1.., .. }))
                || (report.documents > 0 && !output.lines.is_empty());
            message::error(&error.into());
            Ok(if kept { SOME_FAILED } else { NOTHING_RUN })
        }
    }
}

/// Whether the run can be divided into shards that can be merged.
fn check_shard(arguments: &RunArguments, config: &Config, output: &Places) -> Result<()> {
    if arguments.shard.is_none() {
        return Ok(());
    }
    if output.lines.len() != 1 || output.named.len() != 1 || output.resumable.is_none() {
        bail!(
            "--shard needs one output, a file of lines: -o part-1.jsonl; join the files with `copydesk merge`, and write \
             tables of the result with `copydesk export`"
        );
    }
    let selection = &config.records.selection;
    if selection.limit.is_some() && selection.filters() {
        bail!(
            "--shard cannot be combined with --limit behind a filter: which documents are the first, no shard knows"
        );
    }
    Ok(())
}

/// The name of the file for failures beside the output of a shard: part-1.errors.jsonl beside part-1.jsonl.zst.
fn errors_of_shard(output: &Path) -> String {
    let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{}.errors.jsonl", name.split('.').next().unwrap_or_default())
}

/// The journal of a run that can be continued, and with `--resume` where it goes on.
fn journal(
    arguments: &RunArguments,
    config: &Config,
    settings: &[Output],
    inputs: &[Found],
    output: &Places,
) -> Result<Option<JournalOptions>> {
    let Some(Resumable { journal: path, files }) = &output.resumable else {
        if arguments.resume {
            message::warning("only a run whose outputs are files can be continued: this one begins anew");
        }
        return Ok(None);
    };
    let mut about = about(config, settings, inputs)?;
    if let Some(about) = about.as_object_mut() {
        about.insert("errors".to_owned(), output.errors.as_ref().map(|path| path.to_string_lossy()).into());
        about.extend(arguments.shard.map(|shard| ("shard".to_owned(), shard.to_string().into())));
    }
    let from = match arguments.resume {
        true => journal::last_point(path.clone(), files, output.errors.as_deref(), &about)?,
        false => None,
    };
    if let Some(point) = &from {
        let documents = message::count(point.documents, "document");
        if !arguments.quiet {
            message::line(format_args!("continuing behind {documents} of the run that was stopped"));
        }
    }
    Ok(Some(JournalOptions { path: path.clone(), about, from, kept: arguments.shard.is_some() }))
}

/// What determines the bytes of a run's output.
fn about(config: &Config, settings: &[Output], inputs: &[Found]) -> Result<Value> {
    let stages = config.plan.versions();
    let stages: Vec<Value> =
        stages.iter().map(|(name, version)| json!({"name": name, "version": version})).collect();
    let known = |path: &Path, format: Option<InputFormat>| {
        let FileRecord { path: name, bytes, changed, .. } = FileRecord::of(path);
        json!({"name": name, "format": format, "bytes": bytes, "changed": changed})
    };
    let file = |input: &Found| match input {
        Found::File(path, format) => known(path, *format),
        Found::Stdin(format) => json!({"name": "-", "format": format}),
        Found::Unreadable(path, _) => json!({"name": path.to_string_lossy()}),
    };
    let pipeline = &config.pipeline;
    Ok(json!({
        "copydesk": env!("CARGO_PKG_VERSION"),
        "stages": stages,
        "files of the stages": config.stage_files.iter().map(|path| known(path, None)).collect::<Vec<_>>(),
        "options of the stages": serde_json::to_value(&pipeline.stage)?,
        "options of the input": serde_json::to_value(&pipeline.input)?,
        "limits": serde_json::to_value(pipeline.limits)?,
        "outputs": serde_json::to_value(settings)?,
        "inputs": inputs.iter().map(file).collect::<Vec<_>>(),
    }))
}

/// The formats that the arguments name.
struct Formats {
    input: Option<String>,
    output: Option<OutputFormat>,
}

impl Formats {
    /// `--format` is about the output, unless all outputs show their formats and standard input, which has no name, is read.
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

/// The flags that choose documents, as changes of the pipeline.
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
fn outputs(arguments: &RunArguments, config: &Config, format: Option<OutputFormat>) -> Vec<Output> {
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
        output.format = format.or(output.format);
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
    /// What the run can be continued from, if all outputs are files.
    resumable: Option<Resumable>,
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
        let beside = beside.map(|path| match (&arguments.shard, &*named) {
            // Shards may lie side by side.
            (Some(_), [output]) => path.with_file_name(errors_of_shard(output)),
            _ => path,
        });
        let errors = arguments.errors.clone().or(beside);
        let lines = targets.iter().filter_map(|target| match target {
            Target::Lines(path) => Some(path.clone()),
            _ => None,
        });
        let lines = lines.collect();
        let resumable = Outputs::resumable(&targets);
        Ok(Self { named, files: Outputs::files(&targets, &config.plan), lines, resumable, errors })
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
    if report.left_behind > 0 {
        let threads = message::count(report.left_behind, "thread");
        message::warning(format_args!(
            "{threads} left behind, with the memory of documents that took too long (limits.document_seconds)"
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
