//! Sums of weights, a tag each, and what is kept of them from word to word.

use copydesk_core::layers::PartOfSpeech;
use copydesk_learn::Lanes;

/// What each tag scores; the lanes behind the tags hold nothing.
pub(crate) type Scores = Lanes<LANES>;

/// Room for all tags and what the weights need.
pub(crate) const LANES: usize = 64;

const _: () = assert!(PartOfSpeech::COUNT < LANES);

/// The tag that scores best; the first of equals.
#[inline(always)]
pub(crate) fn best(scores: &Scores) -> PartOfSpeech {
    let scores = &scores.0[..PartOfSpeech::COUNT];
    let most = scores.iter().copied().fold(i16::MIN, i16::max);
    let place = scores.iter().position(|score| *score == most).unwrap_or(0);
    PartOfSpeech::ALL[place]
}

/// The scores of a form: of the word itself, for the word in front of it, and for the word behind it.
#[derive(Clone, Copy)]
pub(crate) struct FormScores {
    pub(crate) own: Scores,
    pub(crate) behind: Scores,
    pub(crate) in_front: Scores,
}

/// Places of the memory: a power of two. Two megabytes a thread: what the core does not hold is still nearer than the weights.
const PLACES: usize = 8192;

/// The scores of forms that were met, one form a place: the later one stays.
#[derive(Default)]
pub(crate) struct FormMemory {
    keys: Vec<u64>,
    scores: Vec<FormScores>,
    model: usize,
}

impl FormMemory {
    /// Makes the memory that of a model: what another one left is forgotten.
    pub(crate) fn claim(&mut self, model: usize) {
        if self.model != model || self.keys.is_empty() {
            let none = Scores::ZERO;
            self.keys = vec![0; PLACES];
            self.scores = vec![FormScores { own: none, behind: none, in_front: none }; PLACES];
            self.model = model;
        }
    }

    /// The scores under a key, made where they are not there. A key of 0 stands for none.
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
