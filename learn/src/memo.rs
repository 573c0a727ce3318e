//! What was computed before, by the hash of all that it depends on.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number for a model or table whose results threads keep. No other one in this process has it; it is never 0.
pub fn new_owner() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A table with places for `N` results, a power of two: one place for each key. A later key replaces an earlier one in its place, so
/// the memory is bounded and nothing has to be evicted.
pub struct Memo<V, const N: usize> {
    // The compiler knows the length, so places need no check.
    places: Box<[(u64, V); N]>,
}

impl<V: Copy + Default, const N: usize> Default for Memo<V, N> {
    fn default() -> Self {
        let places = vec![(0, V::default()); N].into_boxed_slice();
        let Ok(places) = places.try_into() else { unreachable!("it has N places") };
        let mut memo = Self { places };
        memo.clear();
        memo
    }
}

impl<V: Copy + Default, const N: usize> Memo<V, N> {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.places.fill((0, V::default()));
        // The place of the key 0 is the first: there it would be taken for a key with a result.
        self.places[0].0 = u64::MAX;
    }

    /// The result for a key, a good hash; if it is not known, `fill` writes it over an old one.
    #[inline(always)]
    pub fn get(&mut self, key: u64, fill: impl FnOnce(&mut V)) -> &V {
        let (result, known) = self.place(key);
        if !known {
            fill(result);
        }
        result
    }

    /// The result for a key, a good hash, and whether it is known; if not, the caller must write it over the old one. For work with
    /// vectors: a closure may be compiled apart from its caller, without them.
    #[inline(always)]
    pub fn place(&mut self, key: u64) -> (&mut V, bool) {
        let (own, result) = &mut self.places[(key >> (u64::BITS - N.trailing_zeros())) as usize];
        let known = *own == key;
        *own = key;
        (result, known)
    }
}

#[cfg(test)]
mod tests {
    use crate::feature::mix;

    use super::*;

    #[test]
    fn gives_what_would_be_computed() {
        let mut memo = Memo::<u64, 4096>::default();
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
