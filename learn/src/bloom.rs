//! A fast test that excludes most words before a table is searched.

const BITS: u64 = 1 << 14;

/// A Bloom filter with one hash, for some thousand words.
#[derive(Clone, Debug)]
pub struct BloomFilter(Box<[u64; (BITS / 64) as usize]>);

impl Default for BloomFilter {
    fn default() -> Self {
        Self(Box::new([0; (BITS / 64) as usize]))
    }
}

impl BloomFilter {
    /// Adds a hash.
    pub fn insert(&mut self, hash: u64) {
        let (word, bit) = place(hash);
        self.0[word] |= bit;
    }

    /// Whether a hash may have been inserted; `false` is certain.
    #[inline(always)]
    pub fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = place(hash);
        self.0[word] & bit != 0
    }
}

#[inline(always)]
fn place(hash: u64) -> (usize, u64) {
    let place = (hash >> 32) % BITS;
    ((place / 64) as usize, 1 << (place % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::mix;

    #[test]
    fn holds_what_was_inserted_and_little_else() {
        let mut filter = BloomFilter::default();
        (0..500).for_each(|n| filter.insert(mix(n, 1)));
        assert!((0..500).all(|n| filter.may_hold(mix(n, 1))));
        let others = (500..10_500).filter(|n| filter.may_hold(mix(*n, 1))).count();
        assert!(others < 500, "{others}");
    }
}
