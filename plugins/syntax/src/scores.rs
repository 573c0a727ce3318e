//! Scores of tags, and caches of the scores of word forms.

use copydesk_core::layers::PartOfSpeech;
use copydesk_learn::{Lanes, above, in_huge_pages};

/// The score of each tag; the lanes after the tags are unused.
pub(crate) type Scores = Lanes<LANES>;

/// Enough lanes for all tags and for the fingerprint that the weights need.
pub(crate) const LANES: usize = 64;

const _: () = assert!(PartOfSpeech::COUNT < LANES);

/// The tag with the highest score; the first of equal ones.
#[inline(always)]
pub(crate) fn best(scores: &Scores) -> PartOfSpeech {
    let most = scores.0[..PartOfSpeech::COUNT].iter().copied().fold(i16::MIN, i16::max);
    // Nothing is above the best score, so what is above the next lower one is equal to it.
    let below = [most.saturating_sub(1); 32];
    let [low, high] = scores.0.as_chunks::<32>().0 else { return PartOfSpeech::ALL[0] };
    let equal = u64::from(above(low, &below)) | u64::from(above(high, &below)) << 32;
    let tags = equal & ((1 << PartOfSpeech::COUNT) - 1);
    PartOfSpeech::ALL.get(tags.trailing_zeros() as usize).copied().unwrap_or(PartOfSpeech::ALL[0])
}

/// The scores that a form gives the word after it and the word before it.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    /// For the form as the previous word.
    pub(crate) before: Scores,
    /// For the form as the next word.
    pub(crate) after: Scores,
}

impl Around {
    pub(crate) const ZERO: Self = Self { before: Scores::ZERO, after: Scores::ZERO };
}

/// Slots of a cache, a power of two: three megabytes per thread in all, which is still closer to the processor than the weights.
const PLACES: usize = 8192;

/// A direct-mapped cache of what follows from forms: a later form replaces an earlier one in its slot.
pub(crate) struct Kept<V> {
    keys: Vec<u64>,
    values: Vec<V>,
}

impl<V: Copy> Kept<V> {
    fn new(none: V) -> Self {
        let mut values = in_huge_pages(PLACES);
        values.resize(PLACES, none);
        Self { keys: vec![0; PLACES], values }
    }

    /// The slot for a key, and whether it has its value; if not, the caller must write it. The key 0 marks an empty slot.
    #[inline(always)]
    pub(crate) fn slot(&mut self, key: u64) -> (&mut V, bool) {
        let place = (key >> 32) as usize & (PLACES - 1);
        let known = std::mem::replace(&mut self.keys[place], key | 1) == key | 1;
        (&mut self.values[place], known)
    }
}

/// The caches of a thread. A form with one tag has no need for its own scores, only for those that it gives its neighbours.
pub(crate) struct FormMemory {
    pub(crate) own: Kept<Scores>,
    pub(crate) around: Kept<Around>,
    model: usize,
}

impl FormMemory {
    /// Empty caches for a model.
    pub(crate) fn new(model: usize) -> Self {
        Self { own: Kept::new(Scores::ZERO), around: Kept::new(Around::ZERO), model }
    }

    /// Whether they are those of a model.
    pub(crate) const fn is_of(&self, model: usize) -> bool {
        self.model == model
    }
}
