//! Buffers outgoing answers. Several are written together, since each write wakes the worker, which takes longer than a
//! short document; but no answer waits for a document that takes long, so that the worker knows which one that is.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long an answer waits for others.
const PATIENCE: Duration = Duration::from_millis(5);
/// Answers of more than this many bytes are written immediately.
const MAX: usize = 1 << 16;

/// Waiting answers, and the pipe to which they are written.
pub(super) struct Answers {
    shared: Arc<Shared>,
}

struct Shared {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
}

struct Waiting {
    bytes: Vec<u8>,
    pipe: File,
}

impl Answers {
    /// A buffer that writes to this pipe.
    pub(super) fn new(pipe: File) -> io::Result<Self> {
        let waiting = Mutex::new(Waiting { bytes: Vec::new(), pipe });
        let shared = Arc::new(Shared { waiting, arrived: Condvar::new() });
        let late = Arc::clone(&shared);
        std::thread::Builder::new().name("answers".to_owned()).spawn(move || late.write_late())?;
        Ok(Self { shared })
    }

    /// Adds an answer, appended by `fill`; if `now`, writes all waiting answers.
    pub(super) fn put(&self, now: bool, fill: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        let mut waiting = self.shared.lock();
        let first = waiting.bytes.is_empty();
        fill(&mut waiting.bytes);
        if now || waiting.bytes.len() > MAX {
            return waiting.write();
        }
        drop(waiting);
        if first {
            self.shared.arrived.notify_one();
        }
        Ok(())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes answers that have waited long enough; never returns while the pipe is open.
    fn write_late(&self) {
        loop {
            let waiting = self.arrived.wait_while(self.lock(), |waiting| waiting.bytes.is_empty());
            drop(waiting.unwrap_or_else(PoisonError::into_inner));
            std::thread::sleep(PATIENCE);
            if self.lock().write().is_err() {
                // The thread that analyses gets the same error, and ends the process.
                return;
            }
        }
    }
}

impl Waiting {
    fn write(&mut self) -> io::Result<()> {
        let written = self.pipe.write_all(&self.bytes);
        self.bytes.clear();
        written
    }
}
