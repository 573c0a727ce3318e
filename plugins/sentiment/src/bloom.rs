//! A fast test that excludes most words before a table is searched.

const BITS: u64 = 1 << 14;

/// A Bloom filter with one hash.
pub(crate) struct BloomFilter(Box<[u64; (BITS / 64) as usize]>);

impl Default for BloomFilter {
    fn default() -> Self {
        Self(Box::new([0; (BITS / 64) as usize]))
    }
}

impl BloomFilter {
    pub(crate) fn insert(&mut self, hash: u64) {
        let (word, bit) = place(hash);
        self.0[word] |= bit;
    }

    /// Whether a hash may have been inserted; `false` is certain.
    #[inline(always)]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = place(hash);
        self.0[word] & bit != 0
    }
}

#[inline(always)]
fn place(hash: u64) -> (usize, u64) {
    let place = (hash >> 32) % BITS;
    ((place / 64) as usize, 1 << (place % 64))
}
