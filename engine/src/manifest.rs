//! The manifest of a run, `run.json`: everything that is needed to repeat the run, and to check that a repetition is the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::input::Found;
use crate::output::{Sink, SinkError};
use crate::run::Report;

/// A run. Written next to its first output as `NAME.run.json`, or into a folder of tables as `run.json`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// The version of copydesk.
    pub copydesk: String,
    /// How the run ended.
    pub state: State,
    /// Why it ended early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The command line.
    pub command: Vec<String>,
    /// The working folder.
    pub folder: String,
    /// The start and end of the run, UTC, ISO 8601.
    pub started: String,
    /// See `started`.
    pub ended: String,
    /// The duration in seconds.
    pub seconds: f64,
    /// Worker threads.
    pub jobs: usize,
    /// The shard of the input that was processed, as "3/16".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// The program itself, including built-in models. Not hashed: its version, size and time identify it.
    pub program: FileRecord,
    /// The pipeline file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pipeline_file: Option<FileRecord>,
    /// The pipeline with all changes made on the command line.
    pub pipeline: Value,
    /// The stages in execution order.
    pub stages: Vec<StageRecord>,
    /// The libraries, models and lists that the stages use.
    pub stage_files: Vec<FileRecord>,
    /// What was read.
    pub inputs: Inputs,
    /// What was written.
    pub outputs: Vec<FileRecord>,
    /// The number of documents, and of bytes of their text.
    pub counts: Counts,
    /// Failures by class, as in errors.jsonl.
    pub failures: BTreeMap<String, u64>,
    /// The number of documents with each kind of warning; for a continued run, only those since it was continued.
    pub warnings: BTreeMap<String, u64>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All documents are done.
    #[default]
    Finished,
    /// It was interrupted by the user.
    Interrupted,
    /// It ended with an error.
    Failed,
}

/// A file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileRecord {
    /// Its path, as given to the run.
    pub path: String,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// When it was last changed: nanoseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<String>,
    /// The SHA-256 of its content; missing for files over 256 MB, once 2 GB of files have been hashed, and
    /// if the run ends before it is hashed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StageRecord {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The time spent in it in seconds, summed over all threads.
    pub seconds: f64,
}

/// The inputs of a run.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Inputs {
    /// The number of files.
    pub count: usize,
    /// The SHA-256 of the list of all files: one line each with path, size and time, separated by tabs.
    pub list_sha256: String,
    /// The first thousand files.
    pub files: Vec<FileRecord>,
}

/// The number of documents in a run, including the runs that it continued.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Documents that were written.
    pub documents: u64,
    /// The number of these that were written by the earlier runs.
    pub resumed: u64,
    /// Documents that failed.
    pub failed: u64,
    /// Documents that the selection left out.
    pub left_out: u64,
    /// Documents that were left out because they have no date.
    pub undated: u64,
    /// Bytes of text.
    pub text_bytes: u64,
}

impl FileRecord {
    /// The record of a file with its size and time.
    pub fn of(path: &Path) -> Self {
        let metadata = path.metadata().ok().filter(std::fs::Metadata::is_file);
        let changed = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            path: path.to_string_lossy().into_owned(),
            bytes: metadata.map(|metadata| metadata.len()),
            changed: changed.map(|time| time.as_nanos().to_string()),
            sha256: None,
        }
    }
}

/// Hashes files, unless hashing would take long compared with the run.
pub struct Hasher {
    left: u64,
    /// Whether the run has ended; it should then not wait for long.
    ended: Arc<AtomicBool>,
}

impl Hasher {
    /// A hasher for a run that sets `ended`.
    pub fn new(ended: Arc<AtomicBool>) -> Self {
        Self { left: 2_000_000_000, ended }
    }

    const LONGEST: u64 = 256_000_000;
    /// The number of bytes that are still hashed after the run has ended.
    const AT_THE_END: u64 = 64_000_000;
    /// The number of inputs that are listed.
    const LISTED: usize = 1000;

    /// Records of files, with hashes of those that are not too large.
    pub fn records<P: AsRef<Path>>(&mut self, paths: impl IntoIterator<Item = P>) -> Vec<FileRecord> {
        paths.into_iter().map(|path| self.record(path.as_ref())).collect()
    }

    /// The record of a file, with its hash unless it is too large.
    pub fn record(&mut self, path: &Path) -> FileRecord {
        let mut record = FileRecord::of(path);
        if self.ended.load(Ordering::Relaxed) {
            self.left = self.left.min(Self::AT_THE_END);
        }
        if let Some(bytes) = record.bytes.filter(|bytes| *bytes <= Self::LONGEST.min(self.left)) {
            self.left -= bytes;
            // A file that cannot be read has no hash; the run reports the error.
            record.sha256 = sha256(path).ok();
        }
        record
    }

    /// The inputs of a run.
    pub fn inputs(&mut self, found: &[Found]) -> Inputs {
        let mut list = Sha256::new();
        let mut files = Vec::new();
        for input in found {
            let record = match input {
                Found::Stdin(_) => FileRecord { path: "-".to_owned(), ..FileRecord::default() },
                Found::File(path, _) | Found::Unreadable(path, _) if files.len() < Self::LISTED => {
                    self.record(path)
                }
                Found::File(path, _) | Found::Unreadable(path, _) => FileRecord::of(path),
            };
            let bytes = record.bytes.map(|bytes| bytes.to_string()).unwrap_or_default();
            let changed = record.changed.as_deref().unwrap_or_default();
            list.update(format!("{}\t{bytes}\t{changed}\n", record.path));
            if files.len() < Self::LISTED {
                files.push(record);
            }
        }
        Inputs { count: found.len(), list_sha256: hex(&list.finalize()), files }
    }
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 256 * 1024]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            count => hasher.update(&buffer[..count]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Manifest {
    /// Records the outcome of a run.
    pub fn add_report(&mut self, report: &Report, versions: &[(String, String)]) {
        let seconds =
            |name: &str| report.stages.iter().find(|stage| stage.name == name).map(|stage| stage.time);
        self.stages = versions
            .iter()
            .map(|(name, version)| StageRecord {
                name: name.clone(),
                version: version.clone(),
                seconds: seconds(name).unwrap_or_default().as_secs_f64(),
            })
            .collect();
        self.seconds = report.elapsed.as_secs_f64();
        self.counts = Counts {
            documents: report.documents,
            resumed: report.resumed,
            failed: report.failed,
            left_out: report.left_out,
            undated: report.undated,
            text_bytes: report.text_bytes,
        };
        self.failures = report.kinds.clone();
        self.warnings =
            report.warnings.totals().map(|total| (total.first.kind.code().to_owned(), total.count)).collect();
    }

    /// Writes the manifest, replacing that of an earlier run. A file that copydesk did not write is not replaced.
    ///
    /// # Errors
    /// It cannot be written, or another file has its name.
    pub fn write(&self, path: &Path) -> Result<(), SinkError> {
        if path.exists() && !is_manifest(path) {
            return Err(SinkError::Exists(path.to_owned()));
        }
        let failed =
            |error: serde_json::Error| SinkError::Table { path: path.to_owned(), reason: error.to_string() };
        let mut text = serde_json::to_vec_pretty(self).map_err(failed)?;
        text.push(b'\n');
        let mut sink = Sink::create(path, true)?;
        sink.write(&text, 1)?;
        sink.finish()
    }
}

/// The path of the manifest of a run whose first output is `output`.
pub fn path_of(output: &Path, is_folder: bool) -> PathBuf {
    if is_folder {
        return output.join(NAME);
    }
    let mut name = output.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(NAME);
    output.with_file_name(name)
}

const NAME: &str = "run.json";

/// Whether a file is the manifest of a run and therefore not an input.
pub(crate) fn is_manifest(path: &Path) -> bool {
    let named = path.file_name().and_then(|name| name.to_str());
    if !named.is_some_and(|name| name == NAME || name.ends_with(".run.json")) {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    let begins = head.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    read.is_ok() && begins.is_some_and(|begins| begins.starts_with(b"\"copydesk\":"))
}

/// The time as ISO 8601.
pub fn time(time: SystemTime) -> String {
    jiff::Timestamp::try_from(time).map(|time| time.to_string()).unwrap_or_default()
}

/// The JSON Schema of a manifest.
pub fn schema() -> Value {
    schemars::schema_for!(Manifest).to_value()
}
