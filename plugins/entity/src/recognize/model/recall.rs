//! A cache of the scores of feature sets.

use copydesk_learn::feature::{feature, mix};
use copydesk_learn::{Dense, Lanes};

use super::form::PLACE_BITS;

/// Slots of the cache, a power of two: it fits into a core's own cache.
const PLACES: usize = 1024;

/// The summed scores of feature sets, one set per slot: a later set replaces an earlier one.
#[derive(Debug)]
pub(crate) struct Recall {
    keys: Box<[u64]>,
    sums: Box<[Lanes]>,
}

impl Default for Recall {
    fn default() -> Self {
        Self { keys: vec![0; PLACES].into(), sums: vec![Lanes::ZERO; PLACES].into() }
    }
}

impl Recall {
    /// Adds the scores of the features that `list` gives for `key`. The key, which is never 0, must determine all of them.
    #[inline(always)]
    pub(crate) fn add(
        &mut self,
        key: u64,
        weights: &Dense,
        sums: &mut Lanes,
        list: impl FnOnce(&mut dyn FnMut(u64, u64)),
    ) {
        let place = (mix(key, 0) >> 32) as usize % PLACES;
        if self.keys[place] != key {
            let mut features = [0; 16];
            let mut count = 0;
            let mut own = Lanes::ZERO;
            list(&mut |template, value| {
                if count == features.len() {
                    weights.add_all(&features, &mut own);
                    count = 0;
                }
                features[count] = feature(template, value) & !PLACE_BITS;
                count += 1;
            });
            weights.add_all(&features[..count], &mut own);
            (self.keys[place], self.sums[place]) = (key, own);
        }
        sums.add(&self.sums[place]);
    }
}
