//! What was computed before, by the hash of all that it depends on.
//!
//! [`Memo`] is a table with one place for each key; a later key replaces an earlier one in its place, so the memory is bounded and nothing has
//! to be evicted. It holds results of one model.

use copydesk_learn::rows::FewSums;

use crate::cue_scores::CueSum;
use crate::model::Model;

/// What a thread knows of one model.
#[derive(Default)]
pub(crate) struct Memos {
    /// The number of the model; 0 for none.
    model: u64,
    /// The middle and the fine class of a word.
    classes: Memo<[u16; 2], 4096>,
    /// Groups of features of the cue model.
    pub(crate) cues: Memo<CueSum, 8192>,
    /// The features of the role model that depend on a word and on the side of the cue: of the word as the element, as the one
    /// before and as the one after.
    pub(crate) words: Memo<[FewSums; 3], 4096>,
    /// Groups of features of the role model.
    pub(crate) roles: Memo<FewSums, 16384>,
}

impl Memos {
    /// Forgets what holds for another model. It must be called before anything else.
    pub(crate) fn enter(&mut self, model: &Model) {
        if self.model != model.number {
            self.model = model.number;
            self.classes.clear();
            self.cues.clear();
            self.words.clear();
            self.roles.clear();
        }
    }

    /// The middle and the fine class of a word.
    #[inline(always)]
    pub(crate) fn classes_of(&mut self, word: u64, model: &Model) -> [u16; 2] {
        *self.classes.get(word, |classes| {
            let [_, middle, fine, _] = model.classes.of(word);
            *classes = [middle, fine];
        })
    }
}

/// A table with places for `N` results, a power of two.
pub(crate) struct Memo<V, const N: usize> {
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
    fn clear(&mut self) {
        self.places.fill((0, V::default()));
        // The place of the key 0 is the first: there it would be taken for a key with a result.
        self.places[0].0 = u64::MAX;
    }

    /// The result for a key, a good hash; if it is not known, `fill` writes it over an old one.
    #[inline(always)]
    pub(crate) fn get(&mut self, key: u64, fill: impl FnOnce(&mut V)) -> &V {
        let (known, result) = &mut self.places[(key >> (u64::BITS - N.trailing_zeros())) as usize];
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
