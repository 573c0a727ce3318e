//! Writes the manifest next to the output of a run, from which the run can be repeated.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::SystemTime;

use crate::config::Config;
use crate::input::Found;
use crate::manifest::{self, FileRecord, Hasher, Inputs, Manifest, State};
use crate::output::SinkError;
use crate::run::{Report, RunError, RunOptions};
use crate::writer::Target;

/// A manifest in preparation: the files that are read are hashed during the run.
pub(super) struct Notes {
    path: PathBuf,
    started: SystemTime,
    ended: Arc<AtomicBool>,
    hashed: JoinHandle<Hashed>,
}

/// The records of files that are read.
struct Hashed {
    program: FileRecord,
    pipeline: Option<FileRecord>,
    stage_files: Vec<FileRecord>,
    inputs: Inputs,
}

impl Notes {
    /// Starts hashing, if there is an output to write the manifest next to.
    pub(super) fn begin(
        targets: &[Target],
        config: &Config,
        pipeline: Option<&Path>,
        inputs: &[Found],
    ) -> Option<Self> {
        let path = targets.iter().find_map(place)?;
        let (inputs, files) = (inputs.to_vec(), config.stage_files.clone());
        let pipeline = pipeline.map(Path::to_owned);
        let program = std::env::current_exe().unwrap_or_default();
        let ended = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&ended);
        let hash = move || {
            let mut hasher = Hasher::new(stop);
            Hashed {
                program: FileRecord::of(&program),
                pipeline: pipeline.map(|path| hasher.record(&path)),
                stage_files: hasher.records(files),
                inputs: hasher.inputs(&inputs),
            }
        };
        let hashed = std::thread::Builder::new().name("hash".to_owned()).spawn(hash).ok()?;
        Some(Self { path, started: SystemTime::now(), ended, hashed })
    }

    /// Writes the manifest. If that fails, the run is still valid.
    pub(super) fn end(
        self,
        config: &Config,
        options: &RunOptions,
        files: &[PathBuf],
        report: &Report,
        result: &Result<(), RunError>,
    ) -> Result<(), SinkError> {
        if result.is_err() && report.documents + report.failed == 0 {
            return Ok(());
        }
        self.ended.store(true, Ordering::Relaxed);
        let Ok(hashed) = self.hashed.join() else { return Ok(()) };
        let mut manifest = Manifest {
            copydesk: env!("CARGO_PKG_VERSION").to_owned(),
            command: std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect(),
            folder: std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned(),
            started: manifest::time(self.started),
            ended: manifest::time(SystemTime::now()),
            jobs: options.jobs,
            shard: options.shard.map(|shard| shard.to_string()),
            pipeline: serde_json::to_value(&config.pipeline).unwrap_or_default(),
            program: hashed.program,
            pipeline_file: hashed.pipeline,
            stage_files: hashed.stage_files,
            inputs: hashed.inputs,
            outputs: files.iter().filter(|path| path.is_file()).map(|path| FileRecord::of(path)).collect(),
            ..Manifest::default()
        };
        (manifest.state, manifest.error) = match result {
            Ok(()) => (State::Finished, None),
            Err(RunError::Interrupted) => (State::Interrupted, None),
            Err(error) => (State::Failed, Some(error.to_string())),
        };
        manifest.add_report(report, &config.plan.versions());
        manifest.write(&self.path)
    }
}

/// The path of the manifest for this output; devices and pipes have none.
fn place(target: &Target) -> Option<PathBuf> {
    let path = target.path()?;
    let folder = matches!(target, Target::Folder(..));
    let regular = path.metadata().map_or(true, |metadata| metadata.is_file());
    (folder || regular).then(|| manifest::path_of(path, folder))
}
