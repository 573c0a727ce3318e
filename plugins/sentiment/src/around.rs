//! Logits of a target from the features around it, and how they change when a word is masked.

use std::ops::Range;

use copydesk_learn::vectors::{Work, dot, with_vectors};

use crate::encoded::{CHUNK, EncodedSentence};
use crate::encoder::{Features, Row, features};
use crate::model::{Heads, Logits, Model};
use crate::shape::{CLAUSE_POOL, ENDS, FEATURES, LEARNED_POOLS, STRETCHES, TARGET_POOL, WINDOW, stretch};
use crate::vocabulary::special;

/// A target within a sentence, and the tokens that can influence its score.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The target's tokens.
    pub(crate) target: Range<usize>,
    /// The tokens that may influence it.
    pub(crate) bounds: Range<usize>,
    /// The target's clause.
    pub(crate) clause: Range<usize>,
}

impl Place {
    /// The target with the tokens on either side that influence it.
    pub(crate) fn window(&self) -> Range<usize> {
        let from = self.target.start.saturating_sub(WINDOW).max(self.bounds.start).min(self.target.start);
        from..self.target.end.saturating_add(WINDOW).min(self.bounds.end).max(self.target.end)
    }
}

/// A target in an encoded sentence, with the model that scores it.
pub(crate) struct Near<'a> {
    pub(crate) encoded: &'a EncodedSentence,
    pub(crate) place: &'a Place,
    pub(crate) window: Range<usize>,
    pub(crate) model: &'a Model,
    pub(crate) heads: &'a Heads,
}

impl Near<'_> {
    /// The logits of negative and positive relative to neutral, from the features around the target.
    pub(crate) fn logits(&self) -> Logits {
        with_vectors(Around(self))
    }

    /// The change of the logits when a token is replaced by the unknown word.
    pub(crate) fn change_without(&self, token: usize) -> Logits {
        with_vectors(Without(self, token))
    }

    /// The vocabulary row of a token in this context: the whole target is one special word, tokens outside the window have no
    /// row, and the token `blank` is replaced by the unknown word.
    #[inline(always)]
    fn row(&self, token: usize, blank: Option<usize>) -> Option<&Row> {
        if token < self.window.start || token >= self.window.end {
            return None;
        }
        let row = if self.place.target.contains(&token) {
            special::TARGET
        } else if blank == Some(token) {
            special::UNKNOWN
        } else {
            *self.encoded.rows.get(token.wrapping_sub(self.encoded.first))?
        };
        Some(self.model.encoder.row(row, &self.model.vocabulary))
    }

    /// The features of a token; of the target when given its first token.
    #[inline(always)]
    fn features(&self, token: usize, blank: Option<usize>) -> Option<Features> {
        let target = &self.place.target;
        let (first, last) =
            if token == target.start { (token, target.end) } else { (token, token.saturating_add(1)) };
        let before = first.checked_sub(1).and_then(|at| self.row(at, blank));
        let own = self.row(token, blank)?;
        Some(features(before, own, self.row(last, blank)))
    }
}

struct Around<'a>(&'a Near<'a>);

impl Work for Around<'_> {
    type Output = Logits;

    #[inline(always)]
    fn run(self) -> Logits {
        let Near { encoded, place, window, heads, .. } = self.0;
        let Range { start: first, end } = place.target;
        let left = |distance: usize| first.saturating_sub(distance).max(window.start);
        let right = |distance: usize| end.saturating_add(distance).min(window.end);
        let mut pools = [[0; FEATURES]; LEARNED_POOLS];
        let mut start = 0;
        for (bin, stop) in ENDS.into_iter().enumerate() {
            encoded.sum(left(stop)..left(start), &mut pools[bin]);
            encoded.sum(right(start)..right(stop), &mut pools[STRETCHES + bin]);
            start = stop;
        }
        let clause = place.clause.start.clamp(window.start, first)..place.clause.end.clamp(end, window.end);
        let mut own = [0; FEATURES];
        for tokens in [left(CHUNK).max(clause.start)..first, clause.start..left(CHUNK)] {
            encoded.sum(tokens, &mut own);
        }
        for tokens in [end..right(CHUNK).min(clause.end), right(CHUNK)..clause.end] {
            encoded.sum(tokens, &mut own);
        }
        // The tokens next to the target were encoded with its words as neighbours; here their neighbour is the one special word.
        let beside = [
            (first.checked_sub(1).filter(|at| *at >= window.start), 0),
            ((end < window.end).then_some(end), STRETCHES),
        ];
        for (token, pool) in beside {
            let Some(token) = token else { continue };
            let (Some(new), Some(old)) = (self.0.features(token, None), encoded.of(token)) else { continue };
            replace(&mut pools[pool], &new, old);
            if place.clause.contains(&token) {
                replace(&mut own, &new, old);
            }
        }
        pools[CLAUSE_POOL] = own;
        pools[TARGET_POOL] = self.0.features(first, None).unwrap_or([0; FEATURES]);
        heads.logits(&pools)
    }
}

#[inline(always)]
fn replace(sums: &mut Features, new: &Features, old: &Features) {
    for feature in 0..FEATURES {
        sums[feature] = sums[feature].saturating_add(new[feature] - old[feature]);
    }
}

struct Without<'a>(&'a Near<'a>, usize);

impl Work for Without<'_> {
    type Output = Logits;

    #[inline(always)]
    fn run(self) -> Logits {
        let Self(near, token) = self;
        let target = &near.place.target;
        let of = |token: usize| if target.contains(&token) { target.start } else { token };
        let beside = [target.start.wrapping_sub(1), target.end];
        let mut logits = Logits::default();
        for at in [of(token.wrapping_sub(1)), token, of(token + 1)] {
            if at < near.window.start || at >= near.window.end {
                continue;
            }
            let Some(mut change) = near.features(at, Some(token)) else { continue };
            let old = if at == target.start || beside.contains(&at) {
                near.features(at, None)
            } else {
                near.encoded.of(at).copied()
            };
            let Some(old) = old else { continue };
            for feature in 0..FEATURES {
                change[feature] -= old[feature];
            }
            let pool = if at == target.start {
                TARGET_POOL
            } else if at < target.start {
                stretch(target.start - at)
            } else {
                STRETCHES + stretch(at + 1 - target.end)
            };
            near.heads.add(pool, &change, &mut logits);
            if at != target.start && near.place.clause.contains(&at) {
                near.heads.add(CLAUSE_POOL, &change, &mut logits);
            }
        }
        logits
    }
}

/// Approximate contribution of each token to positive (or, if below 0, negative), when left and when right of a target.
pub(crate) fn pulls(encoded: &EncodedSentence, heads: &Heads, into: &mut Vec<[f32; 2]>) {
    with_vectors(Pulls { encoded, heads, into });
}

struct Pulls<'a> {
    encoded: &'a EncodedSentence,
    heads: &'a Heads,
    into: &'a mut Vec<[f32; 2]>,
}

impl Work for Pulls<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.into.clear();
        self.into.reserve(self.encoded.features.len());
        for features in &self.encoded.features {
            let [left, right] = &self.heads.pulls;
            self.into.push([Heads::real(dot(features, left)), Heads::real(dot(features, right))]);
        }
    }
}
