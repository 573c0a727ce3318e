//! Pooling: around a target by position, over a sentence by mean and maximum.

use std::cmp::Ordering;
use std::ops::Range;

use copydesk_sentiment::examples::Input;
use copydesk_sentiment::examples::shape::{
    CLAUSE_POOL, FEATURES, INPUTS, MAX_SHARE, MEANS, NUMBERS, OUTSIDE_POOL, POOLS, SENTENCE_INPUTS,
    SENTENCE_NUMBERS, SHARES, STRETCHES, TARGET_POOL, sentence_share, stretch,
};

use super::example::Task;

/// Inputs of the output layer, and where the maxima come from.
#[derive(Default)]
pub(super) struct Pools {
    /// The pools, then the rule-based features, then a constant.
    pub(super) values: Vec<f32>,
    /// The position of each feature's maximum.
    winners: Vec<usize>,
}

impl Pools {
    /// Pools the features of an example's words.
    pub(super) fn fill(&mut self, input: &Input, hidden: &[f32]) {
        let (inputs, numbers) = match input.target {
            Some(_) => (INPUTS, NUMBERS),
            None => (SENTENCE_INPUTS, SENTENCE_NUMBERS),
        };
        self.values.clear();
        self.values.resize(inputs, 0.0);
        match input.target {
            Some(target) => self.around(target, &input.clause, hidden),
            None => self.whole(hidden),
        }
        let rest = inputs - numbers - 1;
        self.values[rest..inputs - 1].copy_from_slice(&input.numbers);
        self.values[inputs - 1] = 1.0;
    }

    /// How many of the values come from features.
    pub(super) fn learned(task: Task) -> usize {
        match task {
            Task::Target(_) => POOLS * FEATURES,
            Task::Score(_) => SENTENCE_INPUTS - SENTENCE_NUMBERS - 1,
        }
    }

    fn around(&mut self, target: usize, clause: &Range<usize>, hidden: &[f32]) {
        for (at, hidden) in hidden.chunks_exact(FEATURES).enumerate() {
            for pool in pools_of(target, clause, at) {
                let out = &mut self.values[pool * FEATURES..][..FEATURES];
                out.iter_mut().zip(hidden).for_each(|(sum, value)| *sum += value * SHARES[pool]);
            }
        }
    }

    fn whole(&mut self, hidden: &[f32]) {
        let share = sentence_share(hidden.len() / FEATURES);
        self.winners.clear();
        self.winners.resize(FEATURES, 0);
        let (means, most) = self.values.split_at_mut(MEANS);
        for (at, hidden) in hidden.chunks_exact(FEATURES).enumerate() {
            means.iter_mut().zip(hidden).for_each(|(sum, value)| *sum += value * share);
            for ((most, winner), value) in most.iter_mut().zip(&mut self.winners).zip(hidden) {
                if value * MAX_SHARE > *most {
                    (*most, *winner) = (value * MAX_SHARE, at);
                }
            }
        }
    }

    /// Passes the gradients of the pools back to the features.
    pub(super) fn back(&self, input: &Input, gradients: &[f32], hidden: &mut [f32]) {
        match input.target {
            Some(target) => {
                for (at, hidden) in hidden.chunks_exact_mut(FEATURES).enumerate() {
                    for pool in pools_of(target, &input.clause, at) {
                        let from = &gradients[pool * FEATURES..][..FEATURES];
                        hidden
                            .iter_mut()
                            .zip(from)
                            .for_each(|(sum, gradient)| *sum += gradient * SHARES[pool]);
                    }
                }
            }
            None => {
                let share = sentence_share(hidden.len() / FEATURES);
                let (means, most) = gradients.split_at(MEANS);
                for hidden in hidden.chunks_exact_mut(FEATURES) {
                    hidden.iter_mut().zip(means).for_each(|(sum, gradient)| *sum += gradient * share);
                }
                for (feature, (winner, gradient)) in self.winners.iter().zip(most).enumerate() {
                    hidden[winner * FEATURES + feature] += gradient * MAX_SHARE;
                }
            }
        }
    }
}

/// The pools of a word: that of its distance, and that of the clause or of the rest.
fn pools_of(target: usize, clause: &Range<usize>, at: usize) -> [usize; 2] {
    let own = match at.cmp(&target) {
        Ordering::Less => stretch(target - at),
        Ordering::Equal => TARGET_POOL,
        Ordering::Greater => STRETCHES + stretch(at - target),
    };
    [own, if clause.contains(&at) { CLAUSE_POOL } else { OUTSIDE_POOL }]
}
