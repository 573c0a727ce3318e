//! Scores of tags, and a cache of the scores of word forms.

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

/// The scores of a form as the current word, as the word after it, and as the word before it.
#[derive(Clone, Copy)]
pub(crate) struct FormScores {
    pub(crate) own: Scores,
    pub(crate) after: Scores,
    pub(crate) before: Scores,
}

/// Slots of the cache, a power of two: two megabytes per thread, which is still closer to the processor than the weights.
const PLACES: usize = 8192;

/// A direct-mapped cache of the scores of forms: a later form replaces an earlier one in its slot.
#[derive(Default)]
pub(crate) struct FormMemory {
    keys: Vec<u64>,
    scores: Vec<FormScores>,
    model: usize,
}

impl FormMemory {
    /// Assigns the cache to a model, and clears what another one left.
    pub(crate) fn claim(&mut self, model: usize) {
        if self.model != model || self.keys.is_empty() {
            let none = Scores::ZERO;
            self.keys = vec![0; PLACES];
            self.scores = in_huge_pages(PLACES);
            self.scores.resize(PLACES, FormScores { own: none, after: none, before: none });
            self.model = model;
        }
    }

    /// The scores for a key, computed if missing. The key 0 marks an empty slot.
    #[inline(always)]
    pub(crate) fn get(&mut self, key: u64, make: impl FnOnce() -> FormScores) -> usize {
        let place = (key >> 32) as usize & (PLACES - 1);
        let key = key | 1;
        if self.keys[place] != key {
            self.keys[place] = key;
            self.scores[place] = make();
        }
        place
    }

    #[inline]
    pub(crate) fn at(&self, place: usize) -> &FormScores {
        &self.scores[place]
    }
}
