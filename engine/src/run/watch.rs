//! Tracks what a worker is doing and for how long, so that a document that exceeds the time limit can be abandoned.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;

use super::analyze::AnalysisError;
use super::worker::Done;
use crate::input::Batch;
use crate::limits::Limits;
use crate::plan::Plan;

/// The time of a run in milliseconds, as counted by its watchdog: time during which the whole process was stopped, or the computer
/// asleep, does not count.
#[derive(Default)]
pub(super) struct Clock(AtomicU64);

impl Clock {
    /// Longer steps are counted as this long.
    const LONGEST_STEP: Duration = Duration::from_secs(1);

    /// Adds the time since `last`.
    pub(super) fn advance(&self, last: &mut Instant) {
        let now = Instant::now();
        let step = (now - *last).min(Self::LONGEST_STEP);
        *last = now;
        self.0.fetch_add(step.as_millis() as u64, Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The processing step of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Reading,
    Segmenting,
    /// The stage with this index in the plan.
    Stage(usize),
    Writing,
}

/// A batch in progress, and its documents that were lost.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) batch: Arc<Batch>,
    pub(super) lost: Vec<Lost>,
}

/// A document that was lost.
#[derive(Clone)]
pub(super) struct Lost {
    /// Its index in the batch.
    pub(super) item: usize,
    /// Whether its record can still be read.
    pub(super) readable: bool,
    pub(super) error: AnalysisError,
}

/// Watches one worker thread.
pub(super) struct Watch {
    clock: Arc<Clock>,
    doing: Mutex<Doing>,
}

/// The current work of a worker.
struct Doing {
    task: Option<Task>,
    /// The current document, its phase, and the start of that phase.
    current: Option<(usize, Phase)>,
    since: u64,
    /// The time that each document of the batch has taken so far.
    taken: Vec<u64>,
    /// The channel for finished batches; `None` once the worker is abandoned or has ended.
    to_writer: Option<Sender<Done>>,
}

impl Watch {
    pub(super) fn new(clock: Arc<Clock>, to_writer: Sender<Done>) -> Self {
        let doing =
            Doing { task: None, current: None, since: 0, taken: Vec::new(), to_writer: Some(to_writer) };
        Self { clock, doing: Mutex::new(doing) }
    }

    /// Called when the worker begins a batch.
    pub(super) fn start(&self, task: &Task) {
        let mut doing = self.lock();
        doing.current = None;
        doing.taken.clear();
        doing.taken.resize(task.batch.items.len(), 0);
        doing.task = Some(task.clone());
    }

    /// Called when the worker begins a phase of this document.
    pub(super) fn begin(&self, item: usize, phase: Phase) {
        self.go_on(Some((item, phase)));
    }

    /// Called when the worker is not processing any document.
    pub(super) fn rest(&self) {
        self.go_on(None);
    }

    fn go_on(&self, next: Option<(usize, Phase)>) {
        let now = self.clock.now();
        let mut doing = self.lock();
        let (current, since) = (doing.current, doing.since);
        if let Some(taken) = current.and_then(|(item, _)| doing.taken.get_mut(item)) {
            *taken += now.saturating_sub(since);
        }
        doing.current = next;
        doing.since = now;
    }

    /// The document in progress.
    pub(super) fn current(&self) -> Option<(usize, Phase)> {
        self.lock().current
    }

    /// Sends a batch to the writer; `false` if the worker has been abandoned, and another one processes the batch.
    pub(super) fn deliver(&self, done: Done) -> bool {
        let mut doing = self.lock();
        doing.task = None;
        doing.current = None;
        // The channel has room for all batches that have permits.
        doing.to_writer.as_ref().is_some_and(|to_writer| to_writer.send(done).is_ok())
    }

    /// Called when the worker has nothing more to deliver.
    pub(super) fn close(&self) {
        self.lock().to_writer = None;
    }

    /// Abandons the worker if its document exceeds the time limit; returns the task and channel for its replacement.
    pub(super) fn abandon(&self, limits: &Limits, plan: &Plan) -> Option<(Task, Sender<Done>)> {
        let now = self.clock.now();
        let mut doing = self.lock();
        let (item, phase) = doing.current?;
        let taken = doing.taken.get(item).copied().unwrap_or(0) + now.saturating_sub(doing.since);
        let bytes = doing
            .task
            .as_ref()
            .and_then(|task| task.batch.items.get(item))
            .map_or(0, |item| item.range.len());
        let seconds = limits.seconds(bytes);
        if taken <= seconds.saturating_mul(1000) {
            return None;
        }
        let mut task = doing.task.take()?;
        let to_writer = doing.to_writer.take()?;
        let reason = format!("not done after {seconds} s, the limit set by limits.document_seconds");
        task.lost.push(Lost::of(item, phase, plan, "time", reason));
        Some((task, to_writer))
    }

    fn lock(&self) -> MutexGuard<'_, Doing> {
        self.doing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lost {
    pub(super) fn of(item: usize, phase: Phase, plan: &Plan, class: &'static str, reason: String) -> Self {
        let stage = match phase {
            Phase::Stage(place) => plan.stages().get(place).map(|stage| stage.name().to_owned()),
            Phase::Reading | Phase::Segmenting | Phase::Writing => None,
        };
        Self { item, readable: phase != Phase::Reading, error: AnalysisError { stage, class, reason } }
    }
}
