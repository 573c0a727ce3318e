//! A complete run, as requested by the command or another program: finds inputs, checks paths, opens outputs, and writes a
//! manifest next to them.

mod destinations;
mod notes;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::config::{Config, Diagnostic, Output, StageEntry};
use crate::input::{FindError, Found, InputFormat, Inputs, Skipped, find};
use crate::manifest::FileRecord;
use crate::output::{OutputFormat, SinkError, UnknownFormat};
use crate::places::{self, PlaceError, Reading, Writing};
use crate::run::journal::{self, Point, ResumeError};
use crate::run::{
    Beginning, JournalOptions, Outputs, OutputsError, Progress, Report, Resumable, RunError, RunOptions,
    Shard, Stop, run,
};
use crate::writer::TargetError;
pub use destinations::Destinations;
use notes::Notes;

/// The settings of a run, in addition to its pipeline.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Paths to read, instead of those of the pipeline.
    pub inputs: Vec<String>,
    /// Paths to write, instead of those of the pipeline.
    pub outputs: Vec<String>,
    /// The format of outputs whose names do not show one.
    pub format: Option<OutputFormat>,
    /// Whether the pipeline's output format was set for this run and so overrides the format that names show.
    pub format_is_set: bool,
    /// The layers or tables to write, instead of those of the pipeline.
    pub keep: Option<Vec<String>>,
    /// The file for failures; by default next to the output.
    pub errors: Option<PathBuf>,
    /// Whether files that copydesk did not write are replaced.
    pub force: bool,
    /// Whether to continue a run that was stopped.
    pub resume: bool,
    /// Whether to discard the output of an unfinished run.
    pub restart: bool,
    /// The shard of the input to process.
    pub shard: Option<Shard>,
    /// Worker threads; 0 for one per processor.
    pub jobs: usize,
    /// How many failures to keep in the report.
    pub shown_failures: usize,
}

/// Why a run cannot begin. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// No input is named.
    #[error("nothing to read: name a file, a folder, a glob, or - for standard input")]
    NoInput,
    /// An input cannot be found.
    #[error(transparent)]
    Input(#[from] FindError),
    /// An input of the pipeline file cannot be found.
    #[error("{}", .0.render(false))]
    PipelineInput(Box<Diagnostic>),
    /// An output is not possible.
    #[error("{0}; {help}", help = .0.remedy())]
    Output(#[from] TargetError),
    /// The name of the file for failures shows no format.
    #[error("{0}; {help}", help = .0.remedy())]
    Errors(#[from] UnknownFormat),
    /// It would overwrite its input, or files that copydesk did not write.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// It cannot be continued.
    #[error(transparent)]
    Resume(#[from] ResumeError),
    /// An output cannot be opened.
    #[error(transparent)]
    Open(#[from] OutputsError),
    /// It cannot be divided into shards.
    #[error(
        "--shard needs one output, a file of lines: -o part-1.jsonl; join the files with `copydesk merge`, and write \
         tables of the result with `copydesk export`"
    )]
    Shard,
    /// A shard cannot know which documents pass the filter first.
    #[error(
        "--shard cannot be combined with --limit and a filter: a shard cannot know which documents pass the filter first"
    )]
    ShardLimit,
    /// The settings that determine its output cannot be serialised.
    #[error(transparent)]
    About(#[from] serde_json::Error),
}

/// A run that is ready to start: its outputs are open.
pub struct Ready<'c> {
    config: &'c Config,
    inputs: Vec<Found>,
    skipped: Skipped,
    destinations: Destinations,
    options: RunOptions,
    outputs: Outputs,
    notes: Option<Notes>,
}

/// The outcome of a run.
pub struct Ended {
    /// What it did.
    pub report: Report,
    /// Whether it completed.
    pub result: Result<(), RunError>,
    /// Files that were skipped, because their format is not supported.
    pub skipped: Skipped,
    /// Where its results are.
    pub destinations: Destinations,
    /// An error in writing the manifest, which does not make the run fail.
    pub note: Option<SinkError>,
}

impl Job {
    /// Finds the inputs, checks the destinations, and opens the outputs. `file` is the pipeline file; setting `stop` ends the run after
    /// the documents in progress.
    ///
    /// # Errors
    /// [`JobError`]; nothing has been changed then.
    pub fn prepare<'c>(
        &self,
        file: Option<&Path>,
        config: &'c Config,
        stop: Stop,
    ) -> Result<Ready<'c>, JobError> {
        let Inputs { found: inputs, skipped } = self.find_inputs(config)?;
        let settings = self.settings(config);
        let destinations = Destinations::of(self, &settings, config)?;
        self.check_shard(config, &destinations)?;
        let reading = Reading { inputs: &inputs, pipeline: file };
        let errors = destinations.errors.as_deref();
        places::check(&reading, &Writing { outputs: &destinations.files, errors, force: self.force })?;
        let journal = self.journal(config, &settings, &inputs, &destinations)?;
        let beginning = Beginning {
            force: self.force,
            restart: self.restart || self.resume || self.force,
            from: journal.as_ref().and_then(|journal| journal.from.as_ref()),
        };
        let outputs = Outputs::open(&settings, &config.plan, &beginning)?;
        let notes = Notes::begin(outputs.places(), config, file, &inputs);
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let options = RunOptions {
            jobs: if self.jobs == 0 { processors() } else { self.jobs },
            records: config.records.clone(),
            stop,
            shard: self.shard,
            shown_failures: self.shown_failures,
            journal,
        };
        Ok(Ready { config, inputs, skipped, destinations, options, outputs, notes })
    }

    fn find_inputs(&self, config: &Config) -> Result<Inputs, JobError> {
        if !self.inputs.is_empty() {
            return Ok(find(&self.inputs, config.pipeline.input.format)?);
        }
        if config.pipeline.input.path.to_vec().is_empty() {
            return Err(JobError::NoInput);
        }
        config.find_inputs().map_err(|problem| JobError::PipelineInput(Box::new(problem)))
    }

    /// The outputs requested here and in the pipeline.
    fn settings(&self, config: &Config) -> Vec<Output> {
        let mut outputs = config.pipeline.output.to_vec();
        if !self.outputs.is_empty() {
            // The settings of the pipeline's first output apply to those named here, except for what their names show.
            let first = outputs.swap_remove(0);
            let named = |path: &String| {
                let shown = OutputFormat::named(Path::new(path)).filter(|_| !self.format_is_set);
                Output { path: Some(path.clone()), format: shown.or(first.format), ..first.clone() }
            };
            outputs = self.outputs.iter().map(named).collect();
        }
        for output in &mut outputs {
            output.format = self.format.or(output.format);
            output.keep = self.keep.clone().or(output.keep.take());
        }
        outputs
    }

    /// Checks that the run can be divided into shards that can be merged.
    fn check_shard(&self, config: &Config, output: &Destinations) -> Result<(), JobError> {
        if self.shard.is_none() {
            return Ok(());
        }
        if output.lines.len() != 1 || output.named.len() != 1 || output.resumable.is_none() {
            return Err(JobError::Shard);
        }
        let selection = &config.records.selection;
        if selection.limit.is_some() && selection.filters() {
            return Err(JobError::ShardLimit);
        }
        Ok(())
    }

    /// The journal of a run that can be continued, and the point where an earlier run stopped.
    fn journal(
        &self,
        config: &Config,
        settings: &[Output],
        inputs: &[Found],
        output: &Destinations,
    ) -> Result<Option<JournalOptions>, JobError> {
        let Some(Resumable { journal: path, files }) = &output.resumable else { return Ok(None) };
        let mut about = about(config, settings, inputs)?;
        if let Some(about) = about.as_object_mut() {
            about.insert(
                "errors".to_owned(),
                output.errors.as_ref().map(|path| path.to_string_lossy()).into(),
            );
            about.extend(self.shard.map(|shard| ("shard".to_owned(), shard.to_string().into())));
        }
        let from = match self.resume {
            true => journal::last_point(path.clone(), files, output.errors.as_deref(), &about)?,
            false => None,
        };
        Ok(Some(JournalOptions { path: path.clone(), about, from, kept: self.shard.is_some() }))
    }
}

impl Ready<'_> {
    /// The inputs that were found.
    pub fn inputs(&self) -> &[Found] {
        &self.inputs
    }

    /// The destinations of results.
    pub fn destinations(&self) -> &Destinations {
        &self.destinations
    }

    /// The number of worker threads.
    pub fn jobs(&self) -> usize {
        self.options.jobs
    }

    /// The point reached by the run that this one continues.
    pub fn continued(&self) -> Option<&Point> {
        self.options.journal.as_ref()?.from.as_ref()
    }

    /// Starts the run and waits for its end.
    pub fn run(self, progress: &Arc<Progress>) -> Ended {
        let Self { config, inputs, mut skipped, destinations, options, outputs, notes } = self;
        let errors = destinations.errors.as_deref();
        let (report, result) = run(&config.plan, inputs, outputs, errors, &options, progress);
        skipped.add_all(&report.skipped);
        let noted = notes.map(|notes| notes.end(config, &options, &destinations.files, &report, &result));
        let note = noted.and_then(Result::err);
        Ended { report, result, skipped, destinations, note }
    }
}

/// The settings that determine the bytes of a run's output.
fn about(config: &Config, settings: &[Output], inputs: &[Found]) -> Result<Value, serde_json::Error> {
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
        "options of the stages": pipeline.stage.iter().map(StageEntry::essence).collect::<Vec<_>>(),
        "options of the input": serde_json::to_value(&pipeline.input)?,
        "limits": serde_json::to_value(pipeline.limits)?,
        "outputs": serde_json::to_value(settings)?,
        "inputs": inputs.iter().map(file).collect::<Vec<_>>(),
    }))
}
