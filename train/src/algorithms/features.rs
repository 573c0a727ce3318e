//! Numbers the features seen in training.

use copydesk_learn::feature::ByHash;

/// Features by number, in the order of first occurrence. The map is never iterated over, so its order does not matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    numbers: ByHash<u32>,
    pub(super) hashes: Vec<u64>,
}

impl Features {
    pub(super) fn number(&mut self, hash: u64) -> u32 {
        let next = self.hashes.len() as u32;
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.hashes.push(hash);
        }
        number
    }

    /// The number of a feature, if it was seen.
    pub(super) fn get(&self, hash: u64) -> Option<u32> {
        self.numbers.get(&hash).copied()
    }

    /// Keeps features that occur at least `least` times in `uses`. Returns the new number of each, `None` for those dropped.
    pub(super) fn keep_frequent(&mut self, uses: &[u32], least: u32) -> Vec<Option<u32>> {
        let mut counts = vec![0u32; self.hashes.len()];
        uses.iter().for_each(|number| counts[*number as usize] += 1);
        let old = std::mem::take(&mut self.hashes);
        self.numbers = ByHash::default();
        let renumbered = old.iter().zip(counts).map(|(hash, count)| {
            (count >= least).then(|| {
                self.hashes.push(*hash);
                self.hashes.len() as u32 - 1
            })
        });
        renumbered.collect()
    }
}
