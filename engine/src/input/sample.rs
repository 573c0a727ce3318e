//! Samples records at random; the same seed and input give the same sample.

use std::collections::BinaryHeap;
use std::collections::VecDeque;

use super::batch::{Batch, Item};
use super::select::Sample;

/// Draws a sample from batches of records.
pub(super) struct Draw {
    sample: Sample,
    seed: u64,
    /// The number of the next record.
    next: u64,
    kept: BinaryHeap<Kept>,
}

/// A record in the sample so far, ordered by its random number: the highest is dropped first.
struct Kept {
    lot: u64,
    number: u64,
    item: Item,
    bytes: Vec<u8>,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        (self.lot, self.number) == (other.lot, other.number)
    }
}

impl Eq for Kept {}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.lot, self.number).cmp(&(other.lot, other.number))
    }
}

impl Draw {
    pub(super) fn new(sample: Sample, seed: u64) -> Self {
        Self { sample, seed, next: 0, kept: BinaryHeap::new() }
    }

    /// Whether all records must be read before the first one is chosen.
    pub(super) fn needs_all(&self) -> bool {
        matches!(self.sample, Sample::Count(_))
    }

    /// The random number of the next record; it depends only on the seed and the record's number.
    fn lot(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        // SplitMix64 (Steele, Lea and Flood 2014), seeded with the number.
        let mut lot = (self.seed ^ 0x5851_f42d_4c95_7f2d)
            .wrapping_add((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        lot = (lot ^ (lot >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        lot = (lot ^ (lot >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        lot ^ (lot >> 31)
    }

    /// Keeps only the records of the sample in a batch.
    pub(super) fn thin(&mut self, batch: &mut Batch) {
        let Sample::Share(share) = self.sample else { return };
        batch.items.retain(|_| (self.lot() as f64) < share * u64::MAX as f64);
    }

    /// Considers the records of a batch for the sample.
    pub(super) fn add(&mut self, batch: &Batch) {
        let Sample::Count(count) = self.sample else { return };
        for item in &batch.items {
            let (number, lot) = (self.next, self.lot());
            if self.kept.len() >= count && self.kept.peek().is_none_or(|last| last.lot <= lot) {
                continue;
            }
            let bytes = batch.bytes.get(item.range.clone()).unwrap_or(&[]).to_vec();
            self.kept.push(Kept { lot, number, item: item.clone(), bytes });
            if self.kept.len() > count {
                self.kept.pop();
            }
        }
    }

    /// The records of the sample in input order.
    pub(super) fn drawn(&mut self) -> VecDeque<(Item, Vec<u8>)> {
        let mut kept = std::mem::take(&mut self.kept).into_vec();
        kept.sort_by_key(|kept| kept.number);
        kept.into_iter().map(|kept| (kept.item, kept.bytes)).collect()
    }
}
