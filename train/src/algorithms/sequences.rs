//! Annotated training sequences, and trained weights.

use std::ops::Range;

use copydesk_learn::{Transitions, best_labels};

use super::features::Features;

/// Sequences of tokens, each with its features and the labels that it may have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequences {
    features: Features,
    /// The features of all tokens, one after another.
    uses: Vec<u32>,
    /// Where the features of each token end in `uses`.
    token_ends: Vec<usize>,
    allowed: Vec<u64>,
    /// Where the tokens of each sequence end.
    sequence_ends: Vec<usize>,
}

impl Sequences {
    /// Adds a token. `allowed` is the set of labels that it may have: one where it is annotated, several where it is
    /// not.
    pub(crate) fn push(&mut self, features: &[u64], allowed: u64) {
        for hash in features {
            let number = self.features.number(*hash);
            self.uses.push(number);
        }
        self.token_ends.push(self.uses.len());
        self.allowed.push(allowed);
    }

    /// Ends the sequence of the tokens pushed since the last one.
    pub(crate) fn end_sequence(&mut self) {
        if self.sequence_ends.last().copied().unwrap_or(0) < self.token_ends.len() {
            self.sequence_ends.push(self.token_ends.len());
        }
    }

    /// Adds a copy of a sequence with additional features, which `extra` gives by the token's index in it.
    pub(crate) fn copy_with(&mut self, sequence: usize, mut extra: impl FnMut(usize, &mut Vec<u64>)) {
        let tokens = self.sequence(sequence);
        let mut more = Vec::new();
        for (place, at) in tokens.enumerate() {
            let start = if at == 0 { 0 } else { self.token_ends[at - 1] };
            self.uses.extend_from_within(start..self.token_ends[at]);
            more.clear();
            extra(place, &mut more);
            self.push(&more, self.allowed[at]);
        }
        self.end_sequence();
    }

    /// The best labels of a sequence with weights trained on these sequences, and the result of `of` for the label scores of
    /// each token.
    pub(crate) fn look<T>(
        &self,
        sequence: usize,
        learned: &Learned,
        transitions: &Transitions,
        of: impl Fn(&[f32]) -> T,
    ) -> (Vec<u8>, Vec<T>) {
        let labels = learned.labels;
        let tokens = self.sequence(sequence);
        let mut emissions = vec![0f32; tokens.len() * labels];
        for (row, at) in emissions.chunks_exact_mut(labels).zip(tokens.clone()) {
            for feature in
                self.token(at).iter().filter(|feature| (**feature as usize) < learned.features.len())
            {
                row.iter_mut().zip(learned.row(*feature as usize)).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let emission = |at: usize, label: usize| emissions[at * labels + label];
        let step = |from: usize, to: usize| learned.transitions[to * labels + from];
        let path = best_labels(tokens.len(), transitions, emission, step);
        (path, emissions.chunks_exact(labels).map(of).collect())
    }

    /// Drops features that occur fewer than `least` times. Call it after the last sequence.
    pub(crate) fn drop_rare(&mut self, least: u32) {
        let kept = self.features.keep_frequent(&self.uses, least);
        let mut uses = Vec::with_capacity(self.uses.len());
        let mut start = 0;
        for end in &mut self.token_ends {
            uses.extend(self.uses[start..*end].iter().filter_map(|number| kept[*number as usize]));
            start = *end;
            *end = uses.len();
        }
        self.uses = uses;
    }

    /// How many sequences there are.
    pub(crate) fn len(&self) -> usize {
        self.sequence_ends.len()
    }

    /// How many tokens there are.
    pub(crate) fn tokens(&self) -> usize {
        self.token_ends.len()
    }

    /// How many different features there are.
    pub(crate) fn features(&self) -> usize {
        self.features.hashes.len()
    }

    /// The tokens of a sequence.
    pub(crate) fn sequence(&self, place: usize) -> Range<usize> {
        let start = if place == 0 { 0 } else { self.sequence_ends[place - 1] };
        start..self.sequence_ends[place]
    }

    /// The features of a token.
    pub(crate) fn token(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.token_ends[at - 1] };
        &self.uses[start..self.token_ends[at]]
    }

    pub(crate) fn allowed(&self, at: usize) -> u64 {
        self.allowed[at]
    }

    pub(crate) fn hashes(&self) -> &[u64] {
        &self.features.hashes
    }
}

/// Weights of features and transitions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Learned {
    /// How many labels there are.
    pub(crate) labels: usize,
    /// The hash of each feature.
    pub(crate) features: Vec<u64>,
    /// For each feature a row of weights, one a label.
    pub(crate) weights: Vec<f32>,
    /// The weight of `from` before `to`, at `to * labels + from`.
    pub(crate) transitions: Vec<f32>,
}

impl Learned {
    /// The weights of the feature with this number.
    pub(crate) fn row(&self, place: usize) -> &[f32] {
        &self.weights[place * self.labels..(place + 1) * self.labels]
    }

    /// The features with their weights.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u64, &[f32])> {
        self.features.iter().enumerate().map(|(place, feature)| (*feature, self.row(place)))
    }
}
