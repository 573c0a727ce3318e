//! The destinations of the results and failures of a run.

use std::path::{Path, PathBuf};

use super::{Job, JobError};
use crate::config::{Config, Output};
use crate::output::OutputFormat;
use crate::run::{Outputs, Resumable};
use crate::writer::Target;

/// The destinations of results and failures.
pub struct Destinations {
    /// The paths of outputs; standard output is not included.
    pub named: Vec<PathBuf>,
    /// All files that may be written.
    pub files: Vec<PathBuf>,
    /// The outputs with lines; `None` is standard output.
    pub lines: Vec<Option<PathBuf>>,
    /// The state from which the run can be continued, if all outputs are files.
    pub resumable: Option<Resumable>,
    /// The file for failures, created on the first failure.
    pub errors: Option<PathBuf>,
}

impl Destinations {
    pub(super) fn of(job: &Job, settings: &[Output], config: &Config) -> Result<Self, JobError> {
        let targets = Outputs::targets(settings, &config.plan)?;
        if let Some(path) = &job.errors {
            OutputFormat::of(path)?;
        }
        let named: Vec<PathBuf> =
            targets.iter().filter_map(|target| Some(target.path()?.to_owned())).collect();
        let beside = targets.iter().find_map(|target| match target {
            Target::Folder(path, _) => Some(path.join("errors.jsonl")),
            target => Some(target.path()?.with_file_name("errors.jsonl")),
        });
        let beside = beside.map(|path| match (&job.shard, &*named) {
            // Several shards may be in the same folder.
            (Some(_), [output]) => path.with_file_name(errors_of_shard(output)),
            _ => path,
        });
        let errors = job.errors.clone().or(beside);
        let lines = targets.iter().filter_map(|target| match target {
            Target::Lines(path) => Some(path.clone()),
            _ => None,
        });
        let lines = lines.collect();
        let resumable = Outputs::resumable(&targets);
        Ok(Self { named, files: Outputs::files(&targets, &config.plan), lines, resumable, errors })
    }
}

/// The name of the file for failures of a shard: part-1.errors.jsonl for part-1.jsonl.zst.
fn errors_of_shard(output: &Path) -> String {
    let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{}.errors.jsonl", name.split('.').next().unwrap_or_default())
}
