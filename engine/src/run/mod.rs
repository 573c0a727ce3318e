//! The streaming run: reader → bounded queue → workers → reorder → writer.
//!
//! Memory is bounded by permits: the reader takes one for each batch and the writer gives it back when the batch is
//! written, so batches that wait for a slow one before them count too.

mod analyze;
mod headline;
mod ids;
pub mod journal;
mod outputs;
mod report;
mod spare;
mod warnings;
mod worker;

pub use analyze::{Analysed, AnalysisError, Analyzer};
pub use headline::Headline;
pub use outputs::{Beginning, Outputs, OutputsError};
pub use report::{Failure, Progress, Report, StageTime};
pub use warnings::{WarningTotal, Warnings};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::input::{Batch, Found, Reader, RecordOptions};
use crate::output::{Sink, SinkError};
use crate::places::is_own_errors;
use crate::plan::Plan;
use ids::IdCheck;
use journal::{Journal, Point};
use spare::Spare;
use worker::{Done, Setup, Worker};

/// Asks a run to end: it finishes the documents in flight, and leaves its outputs unfinished.
pub type Stop = Arc<AtomicBool>;

/// Options of a run.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Worker threads; at least 1.
    pub jobs: usize,
    /// How records are read.
    pub records: RecordOptions,
    /// Set by whoever wants the run to end.
    pub stop: Stop,
    /// Where to write down how far the run is, for a run that can be continued.
    pub journal: Option<JournalOptions>,
}

/// The journal of a run.
#[derive(Clone, Debug)]
pub struct JournalOptions {
    /// The file.
    pub path: PathBuf,
    /// What determines the output, so that no other run is continued.
    pub about: serde_json::Value,
    /// Where to go on.
    pub from: Option<Point>,
}

/// Batches in flight per worker: one being processed, one queued, and spare ones behind a slow batch.
const BATCHES_A_JOB: usize = 4;

/// Why a run could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The output could not be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// It was asked to end before the input did.
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

/// Runs the plan over the inputs, for all outputs at once. Documents that fail go to `failures`, made when the first one does.
///
/// Output order is input order, and the bytes are the same whatever the number of jobs. The report is filled as far as the
/// run came, also where it ends in an error.
pub fn run(
    plan: &Plan,
    inputs: Vec<Found>,
    mut outputs: Outputs,
    failures: Option<&Path>,
    options: &RunOptions,
    progress: &Arc<Progress>,
) -> (Report, Result<(), RunError>) {
    let started = Instant::now();
    let mut report = Report::new(plan);
    let jobs = options.jobs.max(1);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool,
        Err(error) => return (report, Err(RunError::Threads { jobs, reason: error.to_string() })),
    };
    let in_flight = jobs * BATCHES_A_JOB;
    let (permit_back, permits) = bounded::<()>(in_flight);
    for _ in 0..in_flight {
        // The channel holds as many as are sent.
        let _ = permit_back.send(());
    }
    let (to_workers, work) = bounded::<Batch>(in_flight);
    let (to_writer, done) = bounded::<Done>(in_flight);
    let stop = AtomicBool::new(false);
    let (inputs_spare, outputs_spare) =
        (Spare::new(in_flight), Spare::new(in_flight * outputs.lines.len().max(1)));
    let setup = Setup::of(plan, options, &outputs);
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
    let result = std::thread::scope(|scope| {
        let reading =
            scope.spawn(|| read(&mut reader, from.batches, &permits, to_workers, &stops, &inputs_spare));
        scope.spawn(|| {
            pool.broadcast(|_| process(setup.worker(), &work, &to_writer, &inputs_spare, &outputs_spare));
            drop(to_writer);
        });
        let mut writer = Writer {
            outputs: &mut outputs,
            writing: &mut writing,
            next: from.batches,
            ids: IdCheck::default(),
            report: &mut report,
            progress,
            spare: &outputs_spare,
            limit: options.records.selection.limit.unwrap_or(u64::MAX),
        };
        let result = writer.write_all(&done, &permit_back);
        // If the writer failed, no thread may block: closing the permits ends the reader, and batches still in flight are
        // discarded.
        stop.store(true, Ordering::Relaxed);
        drop(permit_back);
        done.iter().for_each(drop);
        // A reader that panicked, which its sources are kept from, has not read to the end either.
        let ended = reading.join().unwrap_or(false);
        let interrupted = !ended && options.stop.load(Ordering::Relaxed);
        match result {
            Ok(()) if interrupted => Err(RunError::Interrupted),
            result => result.map_err(RunError::from),
        }
    });
    let result = result.and_then(|()| Ok(writing.failures.finish().and_then(|()| outputs.finish())?));
    if let (Ok(()), Some(journal)) = (&result, writing.journal) {
        journal.remove();
    }
    report.skipped = reader.skipped();
    report.elapsed = started.elapsed();
    (report, result)
}

/// Where failures and the journal are written.
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

/// Reads until the input ends or one of `stops` is set, but for the batches that an earlier run has done; tells whether the input has ended.
fn read(
    reader: &mut Reader,
    done_before: u64,
    permits: &Receiver<()>,
    to_workers: Sender<Batch>,
    stops: &[&AtomicBool],
    spare: &Spare,
) -> bool {
    for _ in 0..done_before {
        let Some(batch) = reader.next_batch(spare.take()) else { return true };
        spare.put(batch.bytes);
    }
    while permits.recv().is_ok() && !stops.iter().any(|stop| stop.load(Ordering::Relaxed)) {
        let Some(batch) = reader.next_batch(spare.take()) else { return true };
        if to_workers.send(batch).is_err() {
            break;
        }
    }
    false
}

fn process(
    mut worker: Worker<'_>,
    work: &Receiver<Batch>,
    to_writer: &Sender<Done>,
    inputs: &Spare,
    outputs: &Spare,
) {
    for batch in work {
        let done = worker.work(&batch, || outputs.take());
        inputs.put(batch.bytes);
        if to_writer.send(done).is_err() {
            break;
        }
    }
}

/// Restores the order of batches and writes them.
struct Writer<'w, 'w2> {
    outputs: &'w mut Outputs,
    writing: &'w mut Writing<'w2>,
    /// The batch to be written next.
    next: u64,
    ids: IdCheck,
    report: &'w mut Report,
    progress: &'w Progress,
    spare: &'w Spare,
    /// The run ends with this many documents.
    limit: u64,
}

impl Writer<'_, '_> {
    fn write_all(&mut self, done: &Receiver<Done>, permit_back: &Sender<()>) -> Result<(), SinkError> {
        let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
        for batch in done {
            waiting.insert(batch.sequence, batch);
            while let Some(batch) = waiting.remove(&self.next) {
                self.next += 1;
                self.write(batch)?;
                self.note()?;
                if self.report.documents >= self.limit {
                    return Ok(());
                }
                // The reader may have finished already.
                let _ = permit_back.try_send(());
            }
        }
        Ok(())
    }

    /// Writes down how far the run is.
    fn note(&mut self) -> Result<(), SinkError> {
        let Some(journal) = &mut self.writing.journal else { return Ok(()) };
        let report = &*self.report;
        let point = Point {
            batches: self.next,
            documents: report.documents,
            failed: report.failed,
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
            self.spare.put(lines);
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
            if self.report.failures.len() < Report::SHOWN_FAILURES {
                self.report.failures.push(failure);
            }
        }
        self.progress.documents.store(self.report.documents + self.report.failed, Ordering::Relaxed);
        self.progress.failed.store(self.report.failed, Ordering::Relaxed);
        self.progress.text_bytes.store(self.report.text_bytes, Ordering::Relaxed);
        Ok(())
    }
}

/// `errors.jsonl`, made when there is something to put into it. That of an earlier run stays until this one has finished.
struct FailureFile<'w> {
    path: Option<&'w Path>,
    sink: Option<Sink>,
}

impl FailureFile<'_> {
    fn add(&mut self, failure: &Failure) -> Result<(), SinkError> {
        let Some(path) = self.path else { return Ok(()) };
        if self.sink.is_none() {
            self.sink = Some(Sink::create(path, true)?);
        }
        let mut line = Vec::new();
        failure.write(&mut line);
        self.sink.as_mut().map_or(Ok(()), |sink| sink.write(&line, 1))
    }

    fn finish(&mut self) -> Result<(), SinkError> {
        match self.sink.take() {
            Some(sink) => sink.finish(),
            None => self.remove_old(),
        }
    }

    /// Failures of an earlier run would be mistaken for those of this one, which has none.
    fn remove_old(&self) -> Result<(), SinkError> {
        let Some((path, metadata)) = self.path.and_then(|path| Some((path, path.metadata().ok()?))) else {
            return Ok(());
        };
        if !metadata.is_file() || !is_own_errors(path, &metadata) {
            return Ok(());
        }
        std::fs::remove_file(path).map_err(|source| SinkError::Create { path: path.to_owned(), source })
    }
}
