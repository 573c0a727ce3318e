//! From hits to scores in -1..1.

use crate::hits::{Edge, Hit};
use crate::turns::Turn;

/// Weights of words before and after a "but".
const BEFORE_CONTRAST: f32 = 0.6;
const AFTER_CONTRAST: f32 = 1.35;
/// The square of the sum of valences that gives a score of 1/√2; VADER's constant.
const HALFWAY: f32 = 15.0;

/// Scales ratings (the annotators' -4 to 4) to scores: the mean rating of a sentence hardly ever exceeds 3.
const RATING: f32 = 0.294;
/// Predicted ratings are nearer to the mean of the training texts (-.13) than annotators' ratings are; this shift moves the
/// middle back to 0.
const LEAN: f32 = 0.04;
/// Standard deviation of the residual of a score: from the standard deviation of ratings (.90) and their correlation of .61
/// with held-out predictions, on the scale of scores.
const DEVIATION: f32 = 0.21;

/// The score of a sentence about a change for the better.
const TURN: f32 = 0.3;

/// A score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// -1..1.
    pub(crate) value: f32,
}

impl Score {
    /// The score for a predicted rating.
    pub(crate) fn of(rating: f32) -> Self {
        Self { value: ((rating + LEAN) * RATING).clamp(-1.0, 1.0) }
    }

    /// The score of a change for the better or worse, whatever words describe it.
    pub(crate) fn turned(self, turns: &[Turn]) -> Self {
        if turns.is_empty() {
            return self;
        }
        let better = turns.iter().filter(|turn| turn.better).count() as f32;
        let share = 2.0 * better / turns.len() as f32 - 1.0;
        Self { value: (TURN * share + 0.25 * self.value).clamp(-1.0, 1.0) }
    }

    /// The probability that annotators would give the label that the threshold gives.
    pub(crate) fn confidence(self, threshold: f32) -> f32 {
        let below = |cut: f32| 1.0 / (1.0 + (-1.702 * (cut - self.value) / DEVIATION).exp());
        // Annotators use a wider range than scores, which are nearer to the mean.
        let cut = threshold.max(0.5 * RATING);
        if self.value >= threshold {
            1.0 - below(cut)
        } else if self.value <= -threshold {
            below(-cut)
        } else {
            below(cut) - below(-cut)
        }
    }
}

/// Maps a sum of valences to -1..1.
pub(crate) fn squash(sum: f32) -> f32 {
    sum / (sum * sum + HALFWAY).sqrt()
}

/// The score of a range of tokens within one sentence, by its words with valence and the boundaries of clauses in it.
pub(crate) fn stretch(edges: &[Edge], hits: &[Hit], keep: impl Fn(&Hit) -> bool) -> f32 {
    if hits.is_empty() {
        return 0.0;
    }
    // The last "but" separates a concession from the main statement.
    let contrast = edges.iter().rev().find(|edge| edge.contrast).map(|edge| edge.token);
    let weighed = |hit: &Hit| match contrast {
        Some(turn) if hit.token < turn => hit.valence * BEFORE_CONTRAST,
        Some(_) => hit.valence * AFTER_CONTRAST,
        None => hit.valence,
    };
    squash(hits.iter().filter(|hit| keep(hit)).map(weighed).sum())
}

/// The mean of sentence scores, weighted by length, so that it does not grow with the text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mean {
    sum: f32,
    weight: f32,
}

impl Mean {
    /// Adds a sentence of this many words.
    pub(crate) fn add(&mut self, score: Score, words: usize) {
        let weight = (words as f32).sqrt();
        self.sum += score.value * weight;
        self.weight += weight;
    }

    /// The mean so far.
    pub(crate) fn score(self) -> Score {
        let value = if self.weight == 0.0 { 0.0 } else { self.sum / self.weight };
        Score { value }
    }
}
