//! What was computed before, by the hash of all that it depends on.
//!
//! A table with one place for each key; a later key replaces an earlier one in its place, so the memory is bounded and nothing has
//! to be evicted. It holds results of one model.

/// A table of two to the power of `BITS` results.
#[derive(Default)]
pub(crate) struct Memo<V, const BITS: u32> {
    places: Vec<(u64, V)>,
}

impl<V: Clone + Default, const BITS: u32> Memo<V, BITS> {
    /// Forgets everything. It must be called once before the first use.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.places.resize(1 << BITS, Default::default());
        // The place of the key 0 is the first: there it would be taken for a key with a result.
        self.places[0].0 = u64::MAX;
    }

    /// The result for a key, a good hash; if it is not known, `fill` writes it over an old one.
    #[inline(always)]
    pub(crate) fn get(&mut self, key: u64, fill: impl FnOnce(&mut V)) -> &V {
        let (known, result) = &mut self.places[(key >> (u64::BITS - BITS)) as usize];
        if *known != key {
            *known = key;
            fill(result);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use copydesk_learn::feature::mix;

    use super::*;

    #[test]
    fn gives_what_would_be_computed() {
        let mut memo = Memo::<u64, 12>::default();
        memo.clear();
        let mut computed = 0;
        for n in 0..60_000 {
            // Each key comes back soon after, and again when others may have replaced it; one is 0.
            for key in [mix(n, 1), mix(n / 2, 1), mix(n / 7, 1), 0] {
                let value = memo.get(key, |value| {
                    computed += 1;
                    *value = key.wrapping_mul(3);
                });
                assert_eq!(*value, key.wrapping_mul(3));
            }
        }
        assert!((60_000..180_000).contains(&computed), "{computed}");
    }
}
