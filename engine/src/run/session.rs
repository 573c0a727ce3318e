//! Analyses documents in memory for a program: the workers of a run without its reader and writer.
//!
//! The output is that of a run, since the same workers produce it; limits, panics and order are handled as there. Only memory
//! is bounded by the caller, who submits batches while there is [room](Session::has_room), and takes results in between.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::permits::Permits;
use super::pool::{Shared, TICK, WorkerPool};
use super::spare::Spare;
use super::worker::{Done, Setup};
use super::{Failure, RunError, in_flight};
use crate::input::{Batch, Origin, RecordOptions};
use crate::limits::Limits;
use crate::output::{OffsetUnit, Style};
use crate::plan::Plan;
use crate::tables::{RowBuilder, Rows, Wanted};

/// The output of a session.
#[derive(Clone, Debug)]
pub enum Wants {
    /// Lines of JSON.
    Lines(Style),
    /// Rows of tables, whose offsets count in this unit.
    Tables(Wanted, OffsetUnit),
}

/// The results of a batch.
#[derive(Debug)]
pub struct Results {
    /// The sources of the documents that have a result, in order.
    pub written: Vec<Origin>,
    /// Their lines, concatenated, each with its line end; empty if tables are wanted.
    pub lines: Vec<u8>,
    /// Their rows, if tables are wanted.
    pub rows: Option<Rows>,
    /// The documents that failed.
    pub failures: Vec<Failure>,
}

/// Workers that wait for documents. Dropping it discards documents in progress.
pub struct Session {
    shared: Arc<Shared>,
    pool: Option<WorkerPool>,
    limits: Limits,
    to_workers: Option<Sender<Batch>>,
    done: Receiver<Done>,
    /// Results that wait for an earlier batch.
    waiting: BTreeMap<u64, Done>,
    /// The expected memory use of each batch in progress.
    in_flight: BTreeMap<u64, u64>,
    most_in_flight: usize,
    /// The number of the next batch to submit, and of the next to return.
    given: u64,
    taken: u64,
    /// The time of the last check of the workers.
    checked: Instant,
}

impl Session {
    /// Starts `jobs` workers. The selection of a pipeline applies to runs only: a session analyses all documents.
    ///
    /// # Errors
    /// [`RunError::Threads`] if the system cannot start the threads.
    pub fn start(
        plan: &Arc<Plan>,
        jobs: usize,
        records: &RecordOptions,
        wants: Wants,
    ) -> Result<Self, RunError> {
        let jobs = jobs.max(1);
        let most_in_flight = in_flight(jobs);
        let (to_workers, work) = bounded::<Batch>(most_in_flight);
        let (to_taker, done) = bounded::<Done>(most_in_flight);
        let records = RecordOptions { selection: Default::default(), ..records.clone() };
        let limits = records.limits;
        let (lines, tables) = match wants {
            Wants::Lines(style) => (Some(style), None),
            Wants::Tables(wanted, offsets) => (None, Some((RowBuilder::new(wanted, plan.tables()), offsets))),
        };
        let shared = Arc::new(Shared {
            setup: Setup::in_memory(plan, records, lines, tables),
            work,
            inputs: Spare::new(most_in_flight),
            outputs: Spare::new(most_in_flight),
            permits: Permits::new(most_in_flight, 0),
            failed: AtomicBool::new(false),
        });
        let pool = WorkerPool::start(Arc::clone(&shared), jobs, &to_taker)
            .map_err(|error| RunError::Threads { jobs, reason: error.to_string() })?;
        Ok(Self {
            shared,
            pool: Some(pool),
            limits,
            to_workers: Some(to_workers),
            done,
            waiting: BTreeMap::new(),
            in_flight: BTreeMap::new(),
            most_in_flight,
            given: 0,
            taken: 0,
            checked: Instant::now(),
        })
    }

    /// Whether a batch of this many bytes may be submitted now. Always true if nothing is in progress.
    pub fn has_room(&self, bytes: usize) -> bool {
        let used: u64 = self.in_flight.values().sum();
        let fits = self.limits.memory.0 == 0 || used + Permits::weight(bytes) <= self.limits.memory.0;
        self.in_flight.is_empty() || (fits && self.in_flight.len() < self.most_in_flight)
    }

    /// Whether nothing is in progress.
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_empty()
    }

    /// An empty batch that reuses the memory of an earlier one.
    pub fn batch(&self) -> Batch {
        Batch::gather(self.shared.inputs.take())
    }

    /// Recycles the memory of results.
    pub fn reuse(&self, results: Results) {
        self.shared.outputs.put(results.lines);
    }

    /// Submits a batch to the workers; there must be room for it.
    pub fn put(&mut self, mut batch: Batch) {
        if self.in_flight.is_empty() {
            // Time while the session was idle must not count as processing time.
            self.checked = Instant::now();
        }
        batch.sequence = self.given;
        self.given += 1;
        self.in_flight.insert(batch.sequence, Permits::weight(batch.bytes.len()));
        if let Some(to_workers) = &self.to_workers {
            // The workers live as long as the session; if they do not, `take` reports it.
            let _ = to_workers.send(batch);
        }
    }

    /// The results of the next batch, in the order of submission. `None` if they are not available after `patience`, or
    /// nothing is in progress.
    ///
    /// # Errors
    /// [`RunError::Exhausted`] and [`RunError::Incomplete`], after which the session cannot be used.
    pub fn take(&mut self, patience: Duration) -> Result<Option<Results>, RunError> {
        let until = Instant::now() + patience;
        loop {
            if let Some(done) = self.waiting.remove(&self.taken) {
                self.in_flight.remove(&self.taken);
                self.taken += 1;
                return Ok(Some(Results::of(done)));
            }
            if self.in_flight.is_empty() {
                return Ok(None);
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.done.recv_timeout(left.min(TICK)) {
                Ok(done) => {
                    self.waiting.insert(done.sequence, done);
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.check()?;
                    if left <= TICK {
                        return Ok(None);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Err(RunError::Incomplete),
            }
        }
    }

    /// Checks the workers, like the watchdog of a run.
    fn check(&mut self) -> Result<(), RunError> {
        let Some(pool) = &self.pool else { return Err(RunError::Incomplete) };
        if self.limits.document_seconds > 0 {
            pool.check(&self.limits, &mut self.checked);
        }
        if pool.is_exhausted() {
            return Err(RunError::Exhausted(pool.abandoned()));
        }
        match self.shared.failed.load(Ordering::Relaxed) {
            true => Err(RunError::Incomplete),
            false => Ok(()),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Workers end when no more batches can come; queued batches are drained.
        self.to_workers = None;
        self.shared.work.try_iter().for_each(drop);
    }
}

impl Results {
    fn of(done: Done) -> Self {
        Self {
            written: done.ids.into_iter().map(|(_, origin)| origin).collect(),
            lines: done.lines.into_iter().next().unwrap_or_default(),
            rows: done.rows,
            failures: done.failures,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::output::Detail;
    use crate::registry::Registry;

    const PATIENCE: Duration = Duration::from_secs(60);

    fn batch(records: &[&str], first: u64) -> Batch {
        let mut batch = Batch::gather(Vec::new());
        for (place, record) in records.iter().enumerate() {
            batch.push(record.as_bytes(), Origin { file: "text".into(), line: first + place as u64 });
        }
        batch
    }

    #[test]
    fn documents_are_read_in_order_and_a_bad_one_fails_alone() {
        let config = config::default(&[], &Registry::built_in()).unwrap_or_else(|error| panic!("{error:?}"));
        let wants = Wants::Lines(Style::new(OffsetUnit::Chars, Detail::Standard));
        let mut session = Session::start(&config.plan, 2, &config.records, wants).expect("threads");
        assert!(session.is_idle() && session.has_room(usize::MAX));
        assert!(session.take(Duration::ZERO).expect("idle").is_none());
        let mut given = 0;
        while session.has_room(100) {
            let text = format!("{{\"text\": \"Number {given} is here.\"}}");
            session
                .put(batch(&[&text, "{\"text\": 3}", "{\"id\": \"b\", \"text\": \"Clara Bell spoke.\"}"], 1));
            given += 1;
        }
        assert_eq!(given, in_flight(2));
        for number in 0..given {
            let results = session.take(PATIENCE).expect("it works").expect("it comes");
            let lines = String::from_utf8(results.lines).expect("UTF-8");
            assert!(lines.contains(&format!("Number {number} is")), "{lines}");
            assert_eq!(lines.lines().count(), 2);
            assert_eq!(results.written.iter().map(|origin| origin.line).collect::<Vec<_>>(), [1, 3]);
            assert_eq!(results.failures.len(), 1);
            assert_eq!((results.failures[0].id.as_str(), results.failures[0].class), ("text#2", "field"));
        }
        assert!(session.is_idle());
    }

    #[test]
    fn rows_of_tables_are_wanted_too() {
        let config = config::default(&[], &Registry::built_in()).unwrap_or_else(|error| panic!("{error:?}"));
        let wants = Wants::Tables(Wanted::All, OffsetUnit::Chars);
        let mut session = Session::start(&config.plan, 1, &config.records, wants).expect("threads");
        session.put(batch(&["{\"id\": \"a\", \"text\": \"Clara Bell earned $3 million.\"}"], 1));
        let rows = session.take(PATIENCE).expect("it works").and_then(|results| results.rows).expect("rows");
        assert_eq!(rows.documents, ["a"]);
        let figures = rows.tables.iter().find(|rows| rows.table.name == "figures").expect("a table");
        assert_eq!(figures.len(), 1);
    }
}
