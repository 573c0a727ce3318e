//! A sentence as the network hears it: the features of each word, and their sums up to each.

use std::ops::Range;

use crate::encoder::{Features, Row, UNIT};
use crate::model::Model;
use crate::shape::{
    CLAUSE_POOL, FILTERS, LABELS, OUTSIDE_POOL, POOLS, SENTENCE_NUMBERS, STRETCHES, TARGET_POOL, WINDOW,
    ENDS, sentence_share, stretch,
};
use crate::vocabulary::special;

type Sums = [i32; FILTERS];

/// The features of a sentence's tokens.
#[derive(Default)]
pub(crate) struct Heard {
    first: usize,
    rows: Vec<u32>,
    features: Vec<Features>,
    /// Of the tokens before each, and of all.
    sums: Vec<Sums>,
}

/// A target within a sentence, and what bears on it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The target's tokens.
    pub(crate) target: Range<usize>,
    /// The tokens that may count.
    pub(crate) bounds: Range<usize>,
    /// The target's clause.
    pub(crate) clause: Range<usize>,
}

impl Place {
    /// The tokens on either side that count.
    pub(crate) fn window(&self) -> Range<usize> {
        let from = self.target.start.saturating_sub(WINDOW).max(self.bounds.start).min(self.target.start);
        from..self.target.end.saturating_add(WINDOW).min(self.bounds.end).max(self.target.end)
    }
}

impl Heard {
    /// Hears the tokens of a sentence; `rows` are the document's.
    pub(crate) fn read(&mut self, tokens: Range<usize>, rows: &[u32], model: &Model) {
        let (encoder, vocabulary) = (&model.encoder, &model.vocabulary);
        self.first = tokens.start;
        self.rows.clear();
        self.rows.extend_from_slice(rows.get(tokens).unwrap_or_default());
        self.features.clear();
        self.sums.clear();
        let mut sums = [0; FILTERS];
        self.sums.push(sums);
        let mut before: Option<&Row> = None;
        let mut own = self.rows.first().map(|row| encoder.row(*row, vocabulary));
        for place in 0..self.rows.len() {
            let behind = self.rows.get(place + 1).map(|row| encoder.row(*row, vocabulary));
            let Some(row) = own else { break };
            let features = encoder.features(before, row, behind);
            sums.iter_mut().zip(&features).for_each(|(sum, value)| *sum += i32::from(*value));
            self.features.push(features);
            self.sums.push(sums);
            (before, own) = (own, behind);
        }
    }

    /// The tokens of the sentence.
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.first..self.first + self.rows.len()
    }

    fn of(&self, token: usize) -> Option<&Features> {
        self.features.get(token.wrapping_sub(self.first))
    }

    /// Adds up the features of some tokens.
    #[inline]
    fn sum(&self, tokens: Range<usize>, into: &mut Sums) {
        let at = |token: usize| self.sums.get(token.wrapping_sub(self.first));
        if let (Some(before), Some(all)) = (at(tokens.start), at(tokens.end))
            && tokens.start < tokens.end
        {
            for ((sum, before), all) in into.iter_mut().zip(before).zip(all) {
                *sum += all - before;
            }
        }
    }

    /// The score of the tokens that `keep` says; `numbers` is what the rules make of them.
    pub(crate) fn sentence(
        &self,
        model: &Model,
        domain: usize,
        keep: Option<&dyn Fn(usize) -> bool>,
        numbers: &[f32; SENTENCE_NUMBERS],
    ) -> f32 {
        let mut most: Features = [0; FILTERS];
        let mut total: Sums = [0; FILTERS];
        let mut count = 0;
        match keep {
            None => {
                self.sum(self.tokens(), &mut total);
                for features in &self.features {
                    most.iter_mut().zip(features).for_each(|(most, value)| *most = (*most).max(*value));
                }
                count = self.features.len();
            }
            Some(keep) => {
                for (place, features) in self.features.iter().enumerate() {
                    if keep(self.first + place) {
                        count += 1;
                        most.iter_mut().zip(features).for_each(|(most, value)| *most = (*most).max(*value));
                        total.iter_mut().zip(features).for_each(|(sum, value)| *sum += i32::from(*value));
                    }
                }
            }
        }
        model.score(domain, &total, sentence_share(count) * UNIT, &most, numbers)
    }

    /// Where the features stand around a target, one token left out if told.
    pub(crate) fn around(&self, place: &Place, without: Option<usize>, model: &Model) -> Around {
        let (encoder, vocabulary) = (&model.encoder, &model.vocabulary);
        let mut found = Around { pools: [[0; FILTERS]; POOLS], most: [0; FILTERS] };
        let window = place.window();
        let Range { start: first, end } = place.target;
        let skipped = |token: usize| without == Some(token);
        // Where a left or right stretch ends if a token in it is left out: one token farther.
        let far_left = without.filter(|token| *token < first).map(|token| first - token);
        let far_right = without.filter(|token| *token >= end).map(|token| token + 1 - end);
        let reach = |distance: usize, gone: Option<usize>| distance + usize::from(gone.is_some_and(|gone| gone <= distance));
        let mut start = 0;
        for (bin, stop) in ENDS.iter().enumerate() {
            let left = first.saturating_sub(reach(*stop, far_left)).max(window.start)
                ..first.saturating_sub(reach(start, far_left)).max(window.start);
            self.sum(left, &mut found.pools[bin]);
            let right = (end + reach(start, far_right)).min(window.end)..(end + reach(*stop, far_right)).min(window.end);
            self.sum(right, &mut found.pools[STRETCHES + bin]);
            start = *stop;
        }
        let clause = place.clause.start.max(window.start)..place.clause.end.min(window.end);
        let (left, right) = (clause.start.min(first)..clause.end.min(first), clause.start.max(end)..clause.end.max(end));
        let mut in_clause = [0; FILTERS];
        self.sum(left, &mut in_clause);
        self.sum(right, &mut in_clause);
        // The words beside the target and beside what is left out have other neighbours now.
        let previous = |token: usize| {
            let mut at = token.checked_sub(1)?;
            if skipped(at) {
                at = at.checked_sub(1)?;
            }
            Some(at)
        };
        let next = |token: usize| if skipped(token + 1) { token + 2 } else { token + 1 };
        let row = |token: Option<usize>| {
            let token = token.filter(|token| *token >= window.start && *token < window.end)?;
            let row = if place.target.contains(&token) {
                special::TARGET
            } else {
                *self.rows.get(token.wrapping_sub(self.first))?
            };
            Some(encoder.row(row, vocabulary))
        };
        let mut changed = [usize::MAX; 4];
        changed[0] = previous(first).unwrap_or(usize::MAX);
        changed[1] = if skipped(end) { end + 1 } else { end };
        if let Some(gone) = without {
            changed[2] = gone.checked_sub(1).unwrap_or(usize::MAX);
            changed[3] = gone + 1;
        }
        let mut most: Features = [0; FILTERS];
        let larger = |most: &mut Features, features: &Features| {
            most.iter_mut().zip(features).for_each(|(most, value)| *most = (*most).max(*value));
        };
        for token in (window.start..first).chain(end..window.end) {
            if !changed.contains(&token) && !skipped(token) && let Some(features) = self.of(token) {
                larger(&mut most, features);
            }
        }
        let mut pool_of = |token: usize, new: Option<&Features>, old: Option<&Features>| {
            let (side, distance, gone) = if token < first {
                (0, first - token, far_left)
            } else {
                (STRETCHES, token + 1 - end, far_right)
            };
            let bin = side + stretch(distance - usize::from(gone.is_some_and(|gone| gone < distance)));
            let change = |into: &mut Sums| {
                if let Some(new) = new {
                    into.iter_mut().zip(new).for_each(|(sum, value)| *sum += i32::from(*value));
                }
                if let Some(old) = old {
                    into.iter_mut().zip(old).for_each(|(sum, value)| *sum -= i32::from(*value));
                }
            };
            change(&mut found.pools[bin]);
            if clause.contains(&token) {
                change(&mut in_clause);
            }
        };
        for (at, token) in changed.into_iter().enumerate() {
            let outside = token < window.start || token >= window.end;
            if outside || place.target.contains(&token) || changed[..at].contains(&token) {
                continue;
            }
            let Some(own) = row(Some(token)) else { continue };
            let new = encoder.features(row(previous(token)), own, row(Some(next(token))));
            larger(&mut most, &new);
            pool_of(token, Some(&new), self.of(token));
        }
        if let Some(gone) = without {
            pool_of(gone, None, self.of(gone));
        }
        let target = encoder.row(special::TARGET, vocabulary);
        let features =
            encoder.features(row(previous(first)), target, row(Some(changed[1])));
        larger(&mut most, &features);
        let mut total = [0; FILTERS];
        for pool in &found.pools[..TARGET_POOL] {
            total.iter_mut().zip(pool).for_each(|(sum, value)| *sum += value);
        }
        for (filter, value) in features.iter().enumerate() {
            let value = i32::from(*value);
            found.pools[TARGET_POOL][filter] = value;
            found.pools[CLAUSE_POOL][filter] = in_clause[filter] + value;
            found.pools[OUTSIDE_POOL][filter] = total[filter] - in_clause[filter];
        }
        found.most = most;
        found
    }

    /// How much a token's own features speak for good, or if negative for bad, where the target is.
    pub(crate) fn lead(&self, token: usize, place: &Place, model: &Model, domain: usize) -> f32 {
        let Some(features) = self.of(token) else { return 0.0 };
        let bin = if token < place.target.start {
            stretch(place.target.start - token)
        } else {
            STRETCHES + stretch(token + 1 - place.target.end)
        };
        let clause = if place.clause.contains(&token) { CLAUSE_POOL } else { OUTSIDE_POOL };
        model.lead(domain, [bin, clause], features)
    }
}

/// The sums of features around a target.
pub(crate) struct Around {
    pub(crate) pools: [Sums; POOLS],
    /// The largest of each.
    pub(crate) most: Features,
}

/// Labels' scores.
pub(crate) type Scores = [f32; LABELS];
