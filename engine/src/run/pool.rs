//! The worker threads, and the watchdog that replaces a thread whose document takes too long.
//!
//! A stage is a function call: it cannot be interrupted from outside, and its resources cannot be reclaimed. So the thread is
//! abandoned with its memory, does no further work, and ends with the process; another thread processes the rest of its batch.
//! The order of the output does not change.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use copydesk_core::catch_panic;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::permits::Permits;
use super::spare::Spare;
use super::watch::{Clock, Lost, Phase, Task, Watch};
use super::worker::{Done, Setup};
use crate::input::Batch;
use crate::limits::Limits;

/// The interval between checks of the watchdog.
pub(super) const TICK: Duration = Duration::from_millis(100);
/// With more abandoned threads than this, the problem affects every document, and the run ends.
const MAX_ABANDONED: u64 = 32;
/// After a batch of this many bytes a worker discards its buffers, so that the memory of a long document is not kept.
const LONG: usize = 8 << 20;

/// The state shared by all workers.
pub(super) struct Shared {
    pub(super) setup: Setup,
    pub(super) work: Receiver<Batch>,
    pub(super) inputs: Spare,
    pub(super) outputs: Spare,
    pub(super) permits: Permits,
    /// Whether a batch is lost.
    pub(super) failed: AtomicBool,
}

/// The workers of a run.
pub(super) struct WorkerPool {
    shared: Arc<Shared>,
    clock: Arc<Clock>,
    workers: Mutex<Vec<(Arc<Watch>, JoinHandle<()>)>>,
    abandoned: AtomicU64,
    exhausted: AtomicBool,
}

impl WorkerPool {
    /// Starts `jobs` workers.
    pub(super) fn start(shared: Arc<Shared>, jobs: usize, to_writer: &Sender<Done>) -> io::Result<Self> {
        let pool = Self {
            shared,
            clock: Arc::default(),
            workers: Mutex::default(),
            abandoned: AtomicU64::new(0),
            exhausted: AtomicBool::new(false),
        };
        for _ in 0..jobs {
            let worker = pool.spawn_worker(None, to_writer.clone())?;
            pool.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok(pool)
    }

    fn spawn_worker(
        &self,
        first: Option<Task>,
        to_writer: Sender<Done>,
    ) -> io::Result<(Arc<Watch>, JoinHandle<()>)> {
        let watch = Arc::new(Watch::new(Arc::clone(&self.clock), to_writer));
        let (shared, own) = (Arc::clone(&self.shared), Arc::clone(&watch));
        let thread = Builder::new().name("worker".to_owned()).spawn(move || work(&shared, &own, first))?;
        Ok((watch, thread))
    }

    /// Replaces workers whose documents exceed the time limit, until the other end of `ended` is dropped.
    pub(super) fn watch(&self, limits: &Limits, ended: &Receiver<()>) {
        let mut last = Instant::now();
        while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            self.check(limits, &mut last);
        }
    }

    /// Checks all workers once; `last` is the time of the previous check.
    pub(super) fn check(&self, limits: &Limits, last: &mut Instant) {
        self.clock.advance(last);
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        for worker in workers.iter_mut() {
            let Some((task, to_writer)) = worker.0.abandon(limits, self.shared.setup.plan()) else {
                continue;
            };
            let abandoned = self.abandoned.fetch_add(1, Ordering::Relaxed) + 1;
            let replaced =
                if abandoned > MAX_ABANDONED { None } else { self.spawn_worker(Some(task), to_writer).ok() };
            match replaced {
                Some(replacement) => *worker = replacement,
                None => {
                    self.exhausted.store(true, Ordering::Relaxed);
                    self.shared.permits.close();
                }
            }
        }
    }

    /// The number of abandoned threads.
    pub(super) fn abandoned(&self) -> u64 {
        self.abandoned.load(Ordering::Relaxed)
    }

    /// Whether there were too many of them for the run to continue.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted.load(Ordering::Relaxed)
    }

    /// Waits for the threads that were not abandoned; the last of them have delivered everything.
    pub(super) fn end(self) {
        if self.is_exhausted() {
            return;
        }
        for (_, thread) in self.workers.into_inner().unwrap_or_else(PoisonError::into_inner) {
            // Panics are caught inside.
            let _ = thread.join();
        }
    }
}

/// Processes one batch after another; `first` is the batch of an abandoned worker that this one replaces.
fn work(shared: &Shared, watch: &Watch, mut first: Option<Task>) {
    let mut worker = shared.setup.worker();
    let next = || shared.work.recv().ok().map(|batch| Task { batch: Arc::new(batch), lost: Vec::new() });
    while let Some(mut task) = first.take().or_else(next) {
        let done = loop {
            watch.start(&task);
            match catch_panic(|| worker.work(&task, watch, || shared.outputs.take())) {
                Ok(done) => break done,
                // Panics of stages are caught where they happen; this one is a bug in copydesk, and also costs only a document.
                Err(_) if task.lost.len() > task.batch.items.len() => {
                    shared.failed.store(true, Ordering::Relaxed);
                    shared.permits.close();
                    return watch.close();
                }
                Err(reason) => {
                    task.lost.extend(blamed(shared, watch, &task, &reason));
                    worker = shared.setup.worker();
                }
            }
        };
        if !watch.deliver(done) {
            return;
        }
        if task.batch.bytes.len() > LONG {
            worker = shared.setup.worker();
        }
        if let Some(batch) = Arc::into_inner(task.batch) {
            shared.inputs.put(batch.bytes);
        }
    }
    watch.close();
}

/// The documents lost by a panic: the one being processed, or if there was none, all that are left.
fn blamed(shared: &Shared, watch: &Watch, task: &Task, reason: &str) -> Vec<Lost> {
    let lost = |item, phase| Lost::of(item, phase, shared.setup.plan(), "panic", reason.to_owned());
    match watch.current() {
        Some((item, phase)) if !task.lost.iter().any(|lost| lost.item == item) => vec![lost(item, phase)],
        _ => (0..=task.batch.items.len()).map(|item| lost(item, Phase::Reading)).collect(),
    }
}
