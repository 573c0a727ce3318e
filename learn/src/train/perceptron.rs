//! The averaged structured perceptron (Collins, 2002), with partial annotations.

use crate::sequence::{Lattice, Transitions};
use crate::train::sequences::{Learned, Sequences};
use crate::train::shuffle::Shuffle;

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct PerceptronOptions {
    /// Passes over all sequences.
    pub epochs: usize,
    /// The seed of the order of sequences.
    pub seed: u64,
}

impl Default for PerceptronOptions {
    fn default() -> Self {
        Self { epochs: 12, seed: 1 }
    }
}

/// Trains weights with which the best label sequence is one that the annotation allows. If it allows several, the one
/// with the best score so far is taken as right.
pub fn perceptron(data: &Sequences, transitions: &Transitions, options: PerceptronOptions) -> Learned {
    let mut state = State::new(data, transitions);
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut shuffle = Shuffle::new(options.seed);
    for _ in 0..options.epochs {
        shuffle.shuffle(&mut order);
        for &sequence in &order {
            state.learn(sequence);
        }
    }
    state.averaged()
}

struct State<'a> {
    data: &'a Sequences,
    transitions: &'a Transitions,
    labels: usize,
    weights: Vec<f32>,
    /// Each update times the number of the step at which it was made, for the average.
    weighted: Vec<f32>,
    steps: Vec<f32>,
    weighted_steps: Vec<f32>,
    time: f32,
    emissions: Vec<f32>,
    found: Lattice<f32>,
    right: Lattice<f32>,
}

impl<'a> State<'a> {
    fn new(data: &'a Sequences, transitions: &'a Transitions) -> Self {
        let labels = transitions.labels();
        let size = data.features() * labels;
        Self {
            data,
            transitions,
            labels,
            weights: vec![0.0; size],
            weighted: vec![0.0; size],
            steps: vec![0.0; labels * labels],
            weighted_steps: vec![0.0; labels * labels],
            time: 1.0,
            emissions: Vec::new(),
            found: Lattice::default(),
            right: Lattice::default(),
        }
    }

    fn learn(&mut self, sequence: usize) {
        let (data, labels) = (self.data, self.labels);
        let tokens = data.sequence(sequence);
        let (start, length) = (tokens.start, tokens.len());
        self.emissions.clear();
        self.emissions.resize(length * labels, 0.0);
        for (row, at) in self.emissions.chunks_exact_mut(labels).zip(tokens) {
            for feature in data.token(at) {
                let weights = &self.weights[*feature as usize * labels..][..labels];
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let (emissions, steps) = (&self.emissions, &self.steps);
        let emission = |at: usize, label: usize| emissions[at * labels + label];
        let step = |from: usize, to: usize| steps[to * labels + from];
        let allowed = |at: usize| data.allowed(start + at);
        let found = self.found.search(length, self.transitions, emission, step, |_| u64::MAX);
        let fits = found.iter().enumerate().all(|(at, label)| allowed(at) >> label & 1 != 0);
        self.time += 1.0;
        if fits {
            return;
        }
        let right = self.right.search(length, self.transitions, emission, step, allowed);
        // Skip annotations that no label sequence fits.
        if !right.iter().enumerate().all(|(at, label)| allowed(at) >> label & 1 != 0) {
            return;
        }
        let time = self.time;
        let mut previous: Option<(u8, u8)> = None;
        for (at, (&right, &found)) in right.iter().zip(found).enumerate() {
            if right != found {
                for feature in data.token(start + at) {
                    let row = *feature as usize * labels;
                    for (label, change) in [(right, 1.0), (found, -1.0)] {
                        self.weights[row + usize::from(label)] += change;
                        self.weighted[row + usize::from(label)] += time * change;
                    }
                }
            }
            if let Some((right_before, found_before)) = previous
                && (right_before, right) != (found_before, found)
            {
                for (from, to, change) in [(right_before, right, 1.0), (found_before, found, -1.0)] {
                    let at = usize::from(to) * labels + usize::from(from);
                    self.steps[at] += change;
                    self.weighted_steps[at] += time * change;
                }
            }
            previous = Some((right, found));
        }
    }

    fn averaged(mut self) -> Learned {
        let time = self.time;
        let average = |sums: &mut [f32], weighted: &[f32]| {
            sums.iter_mut().zip(weighted).for_each(|(sum, weighted)| *sum -= weighted / time);
        };
        average(&mut self.weights, &self.weighted);
        average(&mut self.steps, &self.weighted_steps);
        Learned {
            labels: self.labels,
            features: self.data.hashes().to_vec(),
            weights: self.weights,
            transitions: self.steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bilou;

    /// Words 0..9 outside, 10..19 names of one or more words; the annotation of every third text leaves the outside open.
    fn data() -> Sequences {
        let mut data = Sequences::default();
        let mut shuffle = Shuffle::new(7);
        for text in 0..300 {
            for _ in 0..4 {
                let outside = if text % 3 == 0 { u64::MAX } else { 1 };
                data.push(&[shuffle.below(10) as u64, 99], outside);
                let length = 1 + shuffle.below(2);
                for label in bilou::span_labels(0, length) {
                    data.push(&[10 + shuffle.below(10) as u64, 99], 1 << label);
                }
            }
            data.end_sequence();
        }
        data
    }

    #[test]
    fn learns_and_always_the_same() {
        let (mut data, transitions) = (data(), bilou::transitions(1));
        data.drop_rare(2);
        let options = PerceptronOptions { epochs: 5, seed: 3 };
        let learned = perceptron(&data, &transitions, options);
        assert_eq!(learned, perceptron(&data, &transitions, options));
        let row = |feature: u64| {
            learned.rows().find(|(hash, _)| *hash == feature).map(|(_, row)| row.to_vec()).expect("learned")
        };
        let outside = usize::from(bilou::OUTSIDE);
        let inside = |row: &[f32]| row[1..].iter().copied().fold(f32::MIN, f32::max);
        for word in 0..10 {
            assert!(row(word)[outside] > inside(&row(word)), "{word}");
            assert!(row(word + 10)[outside] < inside(&row(word + 10)), "{word}");
        }
    }
}
