//! A pool of buffers, passed back from the thread that empties them to the thread that fills them.

use crossbeam_channel::{Receiver, Sender, bounded};

/// Buffers that grew beyond this for a long document are freed, not kept.
pub(super) const KEPT_BYTES: usize = 16 << 20;

/// Empty buffers for reuse. Memory freed by another thread than the one that allocated it is returned to the system and
/// mapped again page by page; for a gigabyte of output that takes as long as writing it.
pub(super) struct Spare {
    put: Sender<Vec<u8>>,
    take: Receiver<Vec<u8>>,
}

impl Spare {
    /// A pool of at most `count` buffers.
    pub(super) fn new(count: usize) -> Self {
        let (put, take) = bounded(count);
        Self { put, take }
    }

    /// An empty buffer, a used one if available.
    pub(super) fn take(&self) -> Vec<u8> {
        self.take.try_recv().unwrap_or_default()
    }

    /// Returns a buffer to the pool.
    pub(super) fn put(&self, mut buffer: Vec<u8>) {
        if buffer.capacity() <= KEPT_BYTES {
            buffer.clear();
            // If the pool is full, the buffer is freed.
            let _ = self.put.try_send(buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_empty_and_with_its_memory_unless_it_is_huge() {
        let spare = Spare::new(2);
        spare.put(vec![1; 1000]);
        spare.put(vec![1; KEPT_BYTES + 1]);
        let again = spare.take();
        assert!(again.is_empty() && again.capacity() >= 1000);
        assert_eq!(spare.take().capacity(), 0);
    }
}
