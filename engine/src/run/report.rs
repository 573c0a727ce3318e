//! Progress of a run, and the report at its end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use super::journal::Point;
use super::warnings::Warnings;
use crate::input::{Origin, Skipped};
use crate::output::JsonWriter;
use crate::plan::Plan;

/// The progress of a run; read from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// Documents written or failed.
    pub documents: AtomicU64,
    /// Documents that failed.
    pub failed: AtomicU64,
    /// Bytes of text written.
    pub text_bytes: AtomicU64,
    /// Bytes read from the input files, before decompression.
    pub source_read: Arc<AtomicU64>,
}

/// A document that has no result.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Its id, as far as it is known.
    pub id: String,
    /// Its source.
    pub origin: Origin,
    /// The stage that failed, if one did.
    pub stage: Option<String>,
    /// read, page, encoding, json, field, where, limit, length, stage, panic, refused or time.
    pub class: &'static str,
    /// The problem and, if there is one, the remedy.
    pub reason: String,
}

impl Failure {
    /// Appends the failure as a line of JSON.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut json = JsonWriter::new(out);
        json.open();
        json.key("id");
        json.string(&self.id);
        json.key("file");
        json.string(&self.origin.file);
        if self.origin.line > 0 {
            json.key("line");
            json.number(self.origin.line);
        }
        if let Some(stage) = &self.stage {
            json.key("stage");
            json.string(stage);
        }
        json.key("class");
        json.string(self.class);
        json.key("reason");
        json.string(&self.reason);
        json.close();
        json.end_line();
    }
}

/// The time spent in a stage, summed over all threads.
#[derive(Clone, Debug)]
pub struct StageTime {
    /// Its name.
    pub name: String,
    /// Time inside it.
    pub time: Duration,
}

/// The outcome of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// Documents written.
    pub documents: u64,
    /// The number of these that earlier runs had written, which this one continues.
    pub resumed: u64,
    /// Documents without a result.
    pub failed: u64,
    /// Bytes of text in the documents written.
    pub text_bytes: u64,
    /// Documents with the id of an earlier one.
    pub duplicates: u64,
    /// The location of the first of them.
    pub first_duplicate: Option<String>,
    /// Documents that the selection left out.
    pub left_out: u64,
    /// Documents left out because they have no date and the selection needs one.
    pub undated: u64,
    /// Files in archives that are in no known format.
    pub skipped: Skipped,
    /// Warnings about documents that were written.
    pub warnings: Warnings,
    /// Failures by class.
    pub kinds: BTreeMap<String, u64>,
    /// The first failures, for the summary.
    pub failures: Vec<Failure>,
    /// Time by stage: segmentation, the stages in their order, output.
    pub stages: Vec<StageTime>,
    /// Abandoned threads, whose stage did not return in time.
    pub abandoned: u64,
    /// From start to end.
    pub elapsed: Duration,
}

impl Report {
    /// How many failures a summary shows; all are in `errors.jsonl`.
    pub const SHOWN_FAILURES: usize = 5;

    /// Adds the counts of an earlier run.
    pub(super) fn begin(&mut self, from: &Point) {
        self.resumed = from.documents;
        self.kinds.clone_from(&from.kinds);
        (self.documents, self.failed) = (from.documents, from.failed);
        (self.left_out, self.undated, self.text_bytes) = (from.left_out, from.undated, from.text_bytes);
    }

    pub(super) fn new(plan: &Plan) -> Self {
        let names = ["(read and segment)"].into_iter().chain(plan.stages().iter().map(|stage| stage.name()));
        let stages = names
            .chain(["(write)"])
            .map(|name| StageTime { name: name.to_owned(), time: Duration::ZERO })
            .collect();
        Self {
            documents: 0,
            resumed: 0,
            failed: 0,
            text_bytes: 0,
            duplicates: 0,
            first_duplicate: None,
            left_out: 0,
            undated: 0,
            skipped: Skipped::default(),
            warnings: Warnings::default(),
            kinds: BTreeMap::new(),
            failures: Vec::new(),
            stages,
            abandoned: 0,
            elapsed: Duration::ZERO,
        }
    }
}
