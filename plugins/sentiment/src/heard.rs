//! A sentence as the network hears it: the features of each word, and their sums up to each.

use std::ops::Range;

use crate::encoder::{Features, Row, UNIT};
use crate::model::{Model, dot};
use crate::shape::{
    ENDS, FILTERS, LABELS, SENTENCE_NUMBERS, STRETCHES, WINDOW, sentence_share, stretch,
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
        let mut total: Sums = [0; FILTERS];
        let mut count = 0;
        match keep {
            None => {
                self.sum(self.tokens(), &mut total);
                count = self.features.len();
            }
            Some(keep) => {
                for (_, features) in self.features.iter().enumerate().filter(|(at, _)| keep(self.first + at)) {
                    count += 1;
                    total.iter_mut().zip(features).for_each(|(sum, value)| *sum += i32::from(*value));
                }
            }
        }
        model.score(domain, &total, sentence_share(count) * UNIT, numbers)
    }

    /// The row of a token as a target's neighbour sees it: the target is one word, what is beyond the window is none, and one
    /// token may be taken for a word that nobody knows.
    fn row<'m>(&self, place: &Near<'_>, token: usize, blank: Option<usize>, model: &'m Model) -> Option<&'m Row> {
        if token < place.window.start || token >= place.window.end {
            return None;
        }
        let row = if place.place.target.contains(&token) {
            special::TARGET
        } else if blank == Some(token) {
            special::UNKNOWN
        } else {
            *self.rows.get(token.wrapping_sub(self.first))?
        };
        Some(model.encoder.row(row, &model.vocabulary))
    }

    /// The features of a token, or of the target by its first token.
    fn features(&self, place: &Near<'_>, token: usize, blank: Option<usize>, model: &Model) -> Option<Features> {
        let target = &place.place.target;
        let (first, last) = if token == target.start { (token, target.end) } else { (token, token.saturating_add(1)) };
        let before = first.checked_sub(1).and_then(|at| self.row(place, at, blank, model));
        let own = self.row(place, token, blank, model)?;
        Some(model.encoder.features(before, own, self.row(place, last, blank, model)))
    }

    /// What the features around a target say for each label.
    pub(crate) fn around(&self, place: &Place, model: &Model, domain: usize) -> Scores {
        let near = Near { place, window: place.window() };
        let heads = model.heads(domain);
        let window = near.window.clone();
        let Range { start: first, end } = place.target;
        // The words beside the target have it for a neighbour as one word.
        let left = first.checked_sub(1).filter(|at| *at >= window.start);
        let right = (end < window.end).then_some(end);
        let beside = [left, right].map(|token| {
            let token = token?;
            Some((token, self.features(&near, token, None, model)?, self.of(token)?))
        });
        let patch = |sums: &mut Sums, (_, new, old): &(usize, Features, &Features)| {
            for ((sum, new), old) in sums.iter_mut().zip(new).zip(*old) {
                *sum += i32::from(*new) - i32::from(*old);
            }
        };
        let mut tally = Tally::default();
        let mut start = 0;
        for (bin, stop) in ENDS.iter().enumerate() {
            let far = |distance: usize| first.saturating_sub(distance).max(window.start);
            let mut sums = [0; FILTERS];
            self.sum(far(*stop)..far(start), &mut sums);
            if let (0, Some(beside)) = (bin, &beside[0]) {
                patch(&mut sums, beside);
            }
            tally.add(&sums, &heads.pools[bin]);
            let far = |distance: usize| (end + distance).min(window.end);
            let mut sums = [0; FILTERS];
            self.sum(far(start)..far(*stop), &mut sums);
            if let (0, Some(beside)) = (bin, &beside[1]) {
                patch(&mut sums, beside);
            }
            tally.add(&sums, &heads.pools[STRETCHES + bin]);
            start = *stop;
        }
        let mut sums = [0; FILTERS];
        self.sum(place.clause.start.clamp(window.start, first)..place.clause.end.clamp(window.start, first), &mut sums);
        self.sum(place.clause.start.clamp(end, window.end)..place.clause.end.clamp(end, window.end), &mut sums);
        for beside in beside.iter().flatten().filter(|(token, ..)| place.clause.contains(token)) {
            patch(&mut sums, beside);
        }
        tally.add(&sums, &heads.clause);
        let target = self.features(&near, first, None, model).unwrap_or([0; FILTERS]);
        tally.add(&target.map(i32::from), &heads.target);
        tally.scores()
    }

    /// The same with a token taken for a word that nobody knows.
    pub(crate) fn without(&self, place: &Place, token: usize, around: &Scores, model: &Model, domain: usize) -> Scores {
        let near = Near { place, window: place.window() };
        let heads = model.heads(domain);
        let target = &place.target;
        let of = |token: usize| if target.contains(&token) { target.start } else { token };
        let changed = [of(token.wrapping_sub(1)), token, of(token + 1)];
        let mut tally = Tally::default();
        let beside = [target.start.wrapping_sub(1), target.end];
        for at in changed {
            if at < near.window.start || at >= near.window.end {
                continue;
            }
            let Some(new) = self.features(&near, at, Some(token), model) else { continue };
            let old = if at == target.start || beside.contains(&at) {
                self.features(&near, at, None, model)
            } else {
                self.of(at).copied()
            };
            let Some(old) = old else { continue };
            let change: Sums = std::array::from_fn(|filter| i32::from(new[filter]) - i32::from(old[filter]));
            if at == target.start {
                tally.add(&change, &heads.target);
                continue;
            }
            let bin = if at < target.start {
                stretch(target.start - at)
            } else {
                STRETCHES + stretch(at + 1 - target.end)
            };
            tally.add(&change, &heads.pools[bin]);
            if place.clause.contains(&at) {
                tally.add(&change, &heads.clause);
            }
        }
        let change = tally.scores();
        std::array::from_fn(|label| around[label] + change[label])
    }

    /// How much a token's own features speak for good, or if negative for bad, on either side of a target.
    pub(crate) fn leads(&self, model: &Model, domain: usize, into: &mut Vec<[f32; 2]>) {
        let heads = model.heads(domain);
        into.clear();
        into.extend(self.features.iter().map(|features| {
            let values = features.map(f32::from);
            [dot(&values, &heads.leads[0]), dot(&values, &heads.leads[1])]
        }));
    }
}

/// A place and its window.
struct Near<'a> {
    place: &'a Place,
    window: Range<usize>,
}

/// Labels' scores.
pub(crate) type Scores = [f32; LABELS];
/// Weights of each feature for each label.
pub(crate) type Weights = [[f32; FILTERS]; LABELS];

/// Adds up features times weights in eight lanes a label.
#[derive(Default)]
struct Tally([[f32; 8]; LABELS]);

impl Tally {
    #[inline]
    fn add(&mut self, sums: &Sums, weights: &Weights) {
        for (chunk, sums) in sums.as_chunks::<8>().0.iter().enumerate() {
            let values: [f32; 8] = sums.map(|sum| sum as f32);
            for (lanes, weights) in self.0.iter_mut().zip(weights) {
                if let Some(weights) = weights.as_chunks::<8>().0.get(chunk) {
                    for lane in 0..8 {
                        lanes[lane] += values[lane] * weights[lane];
                    }
                }
            }
        }
    }

    fn scores(&self) -> Scores {
        self.0.map(|lanes| lanes.iter().sum())
    }
}
