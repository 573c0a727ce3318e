//! The streaming run: reader → bounded queue → workers → reorder → writer.
//!
//! Memory is bounded by permits: the reader takes one for each batch, and the writer returns it when the batch is
//! written, so finished batches that wait for a slow one before them count too.

mod analyze;
mod apart;
mod failures;
mod headline;
mod ids;
pub mod journal;
mod outputs;
mod permits;
mod pool;
mod replay;
mod report;
mod session;
mod shard;
mod spare;
mod warnings;
mod watch;
mod worker;

pub use analyze::{Analysed, AnalysisError, Analyzer};
pub use headline::Headline;
pub use outputs::{Beginning, Outputs, OutputsError, Resumable};
pub use report::{Failure, Progress, Report, StageTime};
pub use session::{Results, Session, Wants};
pub use shard::Shard;
pub use warnings::{WarningTotal, Warnings};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::input::{Batch, Found, Reader, RecordOptions};
use crate::output::{Sink, SinkError};
use crate::plan::Plan;
use crate::plugin::crash;
pub(crate) use failures::FailureFile;
use ids::IdCheck;
use journal::{Journal, Point};
use permits::Permits;
use pool::{Shared, WorkerPool};
use spare::Spare;
use worker::{Done, Setup};

/// Requests a run to stop: it finishes the documents in progress, and leaves its outputs unfinished.
pub type Stop = Arc<AtomicBool>;

/// Options of a run.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Worker threads; at least 1.
    pub jobs: usize,
    /// How records are read.
    pub records: RecordOptions,
    /// Set to request the end of the run.
    pub stop: Stop,
    /// How many failures to keep in the report.
    pub shown_failures: usize,
    /// The shard of the input that this run processes; all of it by default.
    pub shard: Option<Shard>,
    /// The journal, for a run that can be continued.
    pub journal: Option<JournalOptions>,
}

/// The journal of a run.
#[derive(Clone, Debug)]
pub struct JournalOptions {
    /// The file.
    pub path: PathBuf,
    /// Everything that determines the output, so that no other run is continued.
    pub about: serde_json::Value,
    /// The point to continue from.
    pub from: Option<Point>,
    /// Whether to keep it next to the output when the run has finished, so that shards can be merged.
    pub kept: bool,
}

/// Batches in progress per worker: one being processed, one queued.
const BATCHES_A_JOB: usize = 2;

/// Additional batches that may wait for a slow one: two per worker, up to this maximum, since each holds megabytes of lines.
const SPARE_BATCHES: usize = 8;

/// The maximum number of batches in progress.
fn in_flight(jobs: usize) -> usize {
    jobs * BATCHES_A_JOB + (2 * jobs).min(SPARE_BATCHES)
}

/// Why a run could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The output could not be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// Too many documents exceeded the time limit, and their threads were abandoned.
    #[error(
        "{0} documents took longer than limits.document_seconds allows: the run was ended, since the thread of each had to be abandoned"
    )]
    Exhausted(u64),
    /// A worker did not return a batch.
    #[error("a worker thread failed, and documents are missing; this is a bug in copydesk")]
    Incomplete,
    /// The tables of a continued run cannot be rebuilt.
    #[error("cannot continue: {} cannot be read: {reason}; start over with --restart", path.display())]
    Replay {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// It was interrupted before the end of the input.
    #[error("interrupted")]
    Interrupted,
    /// The threads could not be started.
    #[error("cannot start {jobs} threads: {reason}")]
    Threads {
        /// How many.
        jobs: usize,
        /// Why not.
        reason: String,
    },
}

/// Runs the plan over the inputs, for all outputs at once. Documents that fail go to `failures`, which is created on the first failure.
///
/// Output order is input order, and the bytes do not depend on the number of jobs. The report covers what the run has done,
/// even if it ends with an error.
pub fn run(
    plan: &Arc<Plan>,
    inputs: Vec<Found>,
    mut outputs: Outputs,
    failures: Option<&Path>,
    options: &RunOptions,
    progress: &Arc<Progress>,
) -> (Report, Result<(), RunError>) {
    let started = Instant::now();
    let _running = crash::running();
    let mut report = Report::new(plan);
    let jobs = options.jobs.max(1);
    let in_flight = in_flight(jobs);
    let (to_workers, work) = bounded::<Batch>(in_flight);
    let (to_writer, done) = bounded::<Done>(in_flight);
    let stop = AtomicBool::new(false);
    let limits = options.records.limits;
    let shared = Arc::new(Shared {
        setup: Setup::of(plan, options, &outputs),
        work,
        inputs: Spare::new(in_flight),
        outputs: Spare::new(in_flight * outputs.lines.len().max(1)),
        permits: Permits::new(in_flight, limits.memory.0),
        failed: AtomicBool::new(false),
    });
    if let Err(error) = replay::tables(&mut outputs, options.journal.as_ref()) {
        return (report, Err(error));
    }
    let from = options.journal.as_ref().and_then(|journal| journal.from.clone()).unwrap_or_default();
    let journal = match options.journal.as_ref().map(JournalOptions::open).transpose() {
        Ok(journal) => journal,
        Err(error) => return (report, Err(error.into())),
    };
    let mut writing = match Writing::begin(failures, journal, &from) {
        Ok(writing) => writing,
        Err(error) => return (report, Err(error.into())),
    };
    let mut reader = Reader::new(inputs, &options.records, Arc::clone(&progress.source_read));
    report.begin(&from);
    let stops = [&stop, options.stop.as_ref()];
    let pool = match WorkerPool::start(Arc::clone(&shared), jobs, &to_writer) {
        Ok(pool) => pool,
        Err(error) => return (report, Err(RunError::Threads { jobs, reason: error.to_string() })),
    };
    drop(to_writer);
    let result = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let part = Part { shard: options.shard, done_before: from.batches };
            read(&mut reader, part, &shared, to_workers, &stops)
        });
        let (ended, end) = bounded::<()>(0);
        if limits.document_seconds > 0 {
            scope.spawn(|| {
                let end = end;
                pool.watch(&limits, &end);
            });
        }
        let mut writer = Writer {
            outputs: &mut outputs,
            writing: &mut writing,
            next: from.batches,
            ids: IdCheck::default(),
            report: &mut report,
            progress,
            shared: &shared,
            limit: options.records.selection.limit.unwrap_or(u64::MAX),
            shown_failures: options.shown_failures,
        };
        let result = writer.write_all(&done);
        // If the writer failed, no thread may block: closing the permits ends the reader, and batches still in progress are
        // discarded.
        stop.store(true, Ordering::Relaxed);
        shared.permits.close();
        done.iter().for_each(drop);
        drop(ended);
        // Panics of its sources are caught; a reader that panicked in spite of that has not read everything.
        let read_all = reading.join().unwrap_or(false);
        let interrupted = !read_all && options.stop.load(Ordering::Relaxed);
        match result? {
            _ if pool.is_exhausted() => Err(RunError::Exhausted(pool.abandoned())),
            () if shared.failed.load(Ordering::Relaxed) => Err(RunError::Incomplete),
            () if interrupted => Err(RunError::Interrupted),
            () => Ok(()),
        }
    });
    report.abandoned = pool.abandoned();
    pool.end();
    let result = result.and_then(|()| Ok(writing.failures.finish().and_then(|()| outputs.finish())?));
    if let (Ok(()), Some(journal), Some(resumable)) = (&result, writing.journal, &options.journal) {
        journal.end(resumable.kept);
    }
    report.skipped = reader.skipped();
    report.elapsed = started.elapsed();
    (report, result)
}

/// The files for failures and the journal.
struct Writing<'w> {
    failures: FailureFile<'w>,
    journal: Option<Journal>,
}

impl<'w> Writing<'w> {
    fn begin(failures: Option<&'w Path>, journal: Option<Journal>, from: &Point) -> Result<Self, SinkError> {
        let sink = match failures {
            Some(path) if from.errors > 0 => Some(Sink::resume(path, from.errors, from.failed)?),
            _ => None,
        };
        Ok(Self { failures: FailureFile { path: failures, sink }, journal })
    }
}

impl JournalOptions {
    fn open(&self) -> Result<Journal, SinkError> {
        Journal::open(self.path.clone(), &self.about, self.from.as_ref())
            .map_err(|source| SinkError::Create { path: self.path.clone(), source })
    }
}

/// The part of the input to process.
struct Part {
    shard: Option<Shard>,
    /// The number of its batches that an earlier run has processed.
    done_before: u64,
}

/// Reads until the input ends or one of `stops` is set; returns whether the input has ended.
fn read(
    reader: &mut Reader,
    part: Part,
    shared: &Shared,
    to_workers: Sender<Batch>,
    stops: &[&AtomicBool],
) -> bool {
    let (permits, spare) = (&shared.permits, &shared.inputs);
    let stopped = || stops.iter().any(|stop| stop.load(Ordering::Relaxed));
    // The number of the next batch of this part.
    let mut number = 0;
    loop {
        if number >= part.done_before && !permits.take() {
            return false;
        }
        let mut batch = loop {
            if stopped() {
                return false;
            }
            let Some(batch) = reader.next_batch(spare.take()) else { return true };
            if part.shard.is_none_or(|shard| shard.has(batch.sequence)) {
                break batch;
            }
            spare.put(batch.bytes);
        };
        batch.sequence = number;
        number += 1;
        if number <= part.done_before {
            spare.put(batch.bytes);
        } else if !permits.reserve(batch.bytes.len()) || to_workers.send(batch).is_err() {
            return false;
        }
    }
}

/// Restores the order of batches and writes them.
struct Writer<'w, 'w2> {
    outputs: &'w mut Outputs,
    writing: &'w mut Writing<'w2>,
    /// The next batch to write.
    next: u64,
    ids: IdCheck,
    report: &'w mut Report,
    progress: &'w Progress,
    shared: &'w Shared,
    /// The run ends after this many documents.
    limit: u64,
    shown_failures: usize,
}

impl Writer<'_, '_> {
    fn write_all(&mut self, done: &Receiver<Done>) -> Result<(), SinkError> {
        let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
        for batch in done {
            waiting.insert(batch.sequence, batch);
            while let Some(batch) = waiting.remove(&self.next) {
                self.next += 1;
                let bytes = batch.bytes;
                self.write(batch)?;
                self.note()?;
                if self.report.documents >= self.limit {
                    return Ok(());
                }
                self.shared.permits.give_back(bytes);
            }
        }
        Ok(())
    }

    /// Adds the current point to the journal.
    fn note(&mut self) -> Result<(), SinkError> {
        let Some(journal) = &mut self.writing.journal else { return Ok(()) };
        let report = &*self.report;
        let point = Point {
            batches: self.next,
            documents: report.documents,
            failed: report.failed,
            kinds: report.kinds.clone(),
            left_out: report.left_out,
            undated: report.undated,
            text_bytes: report.text_bytes,
            outputs: self.outputs.lines.iter().map(|output| output.sink.written()).collect(),
            errors: self.writing.failures.sink.as_ref().map_or(0, Sink::written),
        };
        journal.add(&point).map_err(|source| SinkError::Write {
            path: "the journal".into(),
            lines: report.documents,
            source,
        })
    }

    fn write(&mut self, batch: Done) -> Result<(), SinkError> {
        for (output, lines) in self.outputs.lines.iter_mut().zip(batch.lines) {
            output.sink.write_packed(&lines, batch.documents)?;
            self.shared.outputs.put(lines);
        }
        if let (Some(tables), Some(rows)) = (&mut self.outputs.tables, batch.rows) {
            tables.outputs.write(rows)?;
        }
        for (hash, origin) in &batch.ids {
            self.ids.see(*hash, origin);
        }
        self.report.duplicates = self.ids.duplicates();
        self.report.first_duplicate = self.ids.first();
        self.report.documents += batch.documents;
        self.report.left_out += batch.left_out;
        self.report.undated += batch.undated;
        self.report.text_bytes += batch.text_bytes;
        for (total, time) in self.report.stages.iter_mut().zip(&batch.stage_times) {
            total.time += *time;
        }
        for (warning, origin) in batch.warnings {
            self.report.warnings.add(warning, origin);
        }
        for failure in batch.failures {
            self.writing.failures.add(&failure)?;
            self.report.failed += 1;
            *self.report.kinds.entry(failure.class.to_owned()).or_default() += 1;
            if self.report.failures.len() < self.shown_failures {
                self.report.failures.push(failure);
            }
        }
        self.progress.documents.store(self.report.documents + self.report.failed, Ordering::Relaxed);
        self.progress.failed.store(self.report.failed, Ordering::Relaxed);
        self.progress.text_bytes.store(self.report.text_bytes, Ordering::Relaxed);
        Ok(())
    }
}
