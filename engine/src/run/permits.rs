//! Bounds the memory of a run: the number of batches in progress, and the total memory for long ones.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::limits::Limits;

/// The memory of shorter batches is bounded only by their number.
const SHORT: usize = 1 << 20;

/// The reader takes a permit for each batch, and the writer returns it when the batch is written. Batches are written in the
/// order in which they take permits, so waiting always ends.
pub(super) struct Permits {
    memory: u64,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    batches: usize,
    memory_used: u64,
    closed: bool,
}

impl Permits {
    /// Permits for a number of batches, and an amount of memory in bytes; 0 for no bound.
    pub(super) fn new(batches: usize, memory: u64) -> Self {
        let state = State { batches, memory_used: 0, closed: false };
        let memory = if memory == 0 { u64::MAX } else { memory };
        Self { memory, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Waits for a permit to read a batch; `false` once the permits are closed.
    pub(super) fn take(&self) -> bool {
        let mut state = self.wait(|state| state.batches > 0);
        if state.closed {
            return false;
        }
        state.batches -= 1;
        true
    }

    /// Waits until there is memory for a batch of this many bytes; `false` once the permits are closed. A batch that exceeds the
    /// total memory runs alone: its document fails before it is analysed.
    pub(super) fn reserve(&self, bytes: usize) -> bool {
        let needed = self.needed(bytes);
        let mut state = self.wait(|state| state.memory_used.saturating_add(needed) <= self.memory);
        state.memory_used += needed;
        !state.closed
    }

    /// Returns the permit of a batch of this many bytes.
    pub(super) fn give_back(&self, bytes: usize) {
        let mut state = self.lock();
        state.batches += 1;
        state.memory_used = state.memory_used.saturating_sub(self.needed(bytes));
        self.changed.notify_all();
    }

    /// Ends all waiting; no more permits are granted.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// The expected memory use of a batch of this many bytes; 0 for short batches.
    pub(super) fn weight(bytes: usize) -> u64 {
        if bytes <= SHORT { 0 } else { Limits::needed(bytes) }
    }

    fn needed(&self, bytes: usize) -> u64 {
        Self::weight(bytes).min(self.memory)
    }

    fn wait(&self, until: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let state = self.lock();
        self.changed
            .wait_while(state, |state| !state.closed && !until(state))
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_batches_wait_for_memory_and_short_ones_only_for_a_place() {
        let permits = Permits::new(3, Limits::needed(10 << 20));
        assert!(permits.take() && permits.reserve(8 << 20));
        assert!(permits.take() && permits.reserve(SHORT));
        std::thread::scope(|scope| {
            let long = scope.spawn(|| permits.take() && permits.reserve(100 << 20));
            permits.give_back(8 << 20);
            assert!(long.join().expect("no panic"), "what needs more than there is has it alone");
        });
        permits.give_back(100 << 20);
        assert!(permits.take() && permits.reserve(10 << 20));
        permits.close();
        assert!(!permits.take() && !permits.reserve(10 << 20));
    }
}
