//! What a worker is doing and for how long, so that a document that takes too long can be given up.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;

use super::analyze::AnalysisError;
use super::worker::Done;
use crate::input::Batch;
use crate::limits::Limits;
use crate::plan::Plan;

/// The time of a run in milliseconds, as its watchdog counts it: time in which the whole process was stopped, or the computer
/// asleep, is no time that a document took.
#[derive(Default)]
pub(super) struct Clock(AtomicU64);

impl Clock {
    /// A step is not counted as longer than this.
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

/// What is done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Reading,
    Segmenting,
    /// The stage at this place of the plan.
    Stage(usize),
    Writing,
}

/// A batch in work, and its documents that are given up: what is wrong with each, and whether it can still be read.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) batch: Arc<Batch>,
    pub(super) lost: Vec<Lost>,
}

/// A document that is given up.
#[derive(Clone)]
pub(super) struct Lost {
    /// Its place in the batch.
    pub(super) item: usize,
    /// Whether its record can be read.
    pub(super) readable: bool,
    pub(super) error: AnalysisError,
}

/// Watches one worker thread.
pub(super) struct Watch {
    clock: Arc<Clock>,
    doing: Mutex<Doing>,
}

/// What a worker is doing.
struct Doing {
    task: Option<Task>,
    /// The document in work, what is done with it, and since when.
    current: Option<(usize, Phase)>,
    since: u64,
    /// The time that each document of the batch has taken before.
    taken: Vec<u64>,
    /// Where the worker delivers; nothing once it is given up, or done with everything.
    to_writer: Option<Sender<Done>>,
}

impl Watch {
    pub(super) fn new(clock: Arc<Clock>, to_writer: Sender<Done>) -> Self {
        let doing =
            Doing { task: None, current: None, since: 0, taken: Vec::new(), to_writer: Some(to_writer) };
        Self { clock, doing: Mutex::new(doing) }
    }

    /// The worker begins a batch.
    pub(super) fn start(&self, task: &Task) {
        let mut doing = self.lock();
        doing.current = None;
        doing.taken.clear();
        doing.taken.resize(task.batch.items.len(), 0);
        doing.task = Some(task.clone());
    }

    /// The worker goes on with this document.
    pub(super) fn begin(&self, item: usize, phase: Phase) {
        self.go_on(Some((item, phase)));
    }

    /// The worker is done with the documents for now.
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

    /// The document in work.
    pub(super) fn current(&self) -> Option<(usize, Phase)> {
        self.lock().current
    }

    /// Hands a batch to the writer; `false` if the worker was given up meanwhile, and another one does the batch.
    pub(super) fn deliver(&self, done: Done) -> bool {
        let mut doing = self.lock();
        doing.task = None;
        doing.current = None;
        // There is room for all batches that have permits.
        doing.to_writer.as_ref().is_some_and(|to_writer| to_writer.send(done).is_ok())
    }

    /// The worker has nothing more to deliver.
    pub(super) fn close(&self) {
        self.lock().to_writer = None;
    }

    /// If the document in work takes longer than it may, gives the worker up: what another one is to do, and for whom.
    pub(super) fn give_up(&self, limits: &Limits, plan: &Plan) -> Option<(Task, Sender<Done>)> {
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
        let reason = format!("not done after {seconds} s, the limit that limits.document_seconds sets");
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
