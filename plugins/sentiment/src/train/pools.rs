//! Pooling: around a target by position, over a sentence by mean and maximum.

use std::cmp::Ordering;

use crate::shape::{
    CLAUSE_POOL, FEATURES, INPUTS, MEANS, MOST_SHARE, NUMBERS, OUTSIDE_POOL, POOLS, SENTENCE_INPUTS,
    SENTENCE_NUMBERS, SHARES, STRETCHES, TARGET_POOL, sentence_share, stretch,
};
use crate::train::example::{Example, Task};

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
    pub(super) fn fill(&mut self, example: &Example, hidden: &[f32]) {
        let (inputs, numbers) = match example.task {
            Task::Target(_) => (INPUTS, NUMBERS),
            Task::Score(_) => (SENTENCE_INPUTS, SENTENCE_NUMBERS),
        };
        self.values.clear();
        self.values.resize(inputs, 0.0);
        match example.task {
            Task::Target(_) => self.around(example, hidden),
            Task::Score(_) => self.whole(hidden),
        }
        let rest = inputs - numbers - 1;
        self.values[rest..inputs - 1].copy_from_slice(&example.numbers);
        self.values[inputs - 1] = 1.0;
    }

    /// How many of the values come from features.
    pub(super) fn learned(task: Task) -> usize {
        match task {
            Task::Target(_) => POOLS * FEATURES,
            Task::Score(_) => SENTENCE_INPUTS - SENTENCE_NUMBERS - 1,
        }
    }

    fn around(&mut self, example: &Example, hidden: &[f32]) {
        for (at, hidden) in hidden.chunks_exact(FEATURES).enumerate() {
            for pool in pools_of(example, at) {
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
                if value * MOST_SHARE > *most {
                    (*most, *winner) = (value * MOST_SHARE, at);
                }
            }
        }
    }

    /// Passes the gradients of the pools back to the features.
    pub(super) fn back(&self, example: &Example, gradients: &[f32], hidden: &mut [f32]) {
        match example.task {
            Task::Target(_) => {
                for (at, hidden) in hidden.chunks_exact_mut(FEATURES).enumerate() {
                    for pool in pools_of(example, at) {
                        let from = &gradients[pool * FEATURES..][..FEATURES];
                        hidden
                            .iter_mut()
                            .zip(from)
                            .for_each(|(sum, gradient)| *sum += gradient * SHARES[pool]);
                    }
                }
            }
            Task::Score(_) => {
                let share = sentence_share(hidden.len() / FEATURES);
                let (means, most) = gradients.split_at(MEANS);
                for hidden in hidden.chunks_exact_mut(FEATURES) {
                    hidden.iter_mut().zip(means).for_each(|(sum, gradient)| *sum += gradient * share);
                }
                for (feature, (winner, gradient)) in self.winners.iter().zip(most).enumerate() {
                    hidden[winner * FEATURES + feature] += gradient * MOST_SHARE;
                }
            }
        }
    }
}

/// The pools of a word: that of its distance, and that of the clause or of the rest.
fn pools_of(example: &Example, at: usize) -> [usize; 2] {
    let own = match at.cmp(&example.target) {
        Ordering::Less => stretch(example.target - at),
        Ordering::Equal => TARGET_POOL,
        Ordering::Greater => STRETCHES + stretch(at - example.target),
    };
    let clause = (example.clause.0..example.clause.1).contains(&at);
    [own, if clause { CLAUSE_POOL } else { OUTSIDE_POOL }]
}
