//! The averaged perceptron for sequential decisions that depend on the ones before.

use copydesk_learn::{WeightsBuilder, linear};

use super::features::Features;

/// A classifier trained online (Freund & Schapire 1999; weights averaged as in Collins 2002).
#[derive(Clone, Debug)]
pub(crate) struct OnlinePerceptron {
    labels: usize,
    features: Features,
    weights: Vec<f32>,
    /// Each change times the step at which it was made, for the average.
    weighted: Vec<f64>,
    /// The number of mistakes in which each feature took part.
    changes: Vec<u32>,
    scores: Vec<f32>,
    time: f64,
}

impl OnlinePerceptron {
    /// An untrained classifier.
    pub(crate) fn new(labels: usize) -> Self {
        Self {
            labels,
            features: Features::default(),
            weights: Vec::new(),
            weighted: Vec::new(),
            changes: Vec::new(),
            scores: vec![0.0; labels],
            time: 1.0,
        }
    }

    /// The label with the best score; ties go to the first.
    pub(crate) fn best(&mut self, features: &[u64]) -> usize {
        self.scores.fill(0.0);
        for number in features.iter().filter_map(|feature| self.features.get(*feature)) {
            let row = &self.weights[number as usize * self.labels..][..self.labels];
            self.scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight);
        }
        linear::best(&self.scores)
    }

    /// Updates the weights after a wrong decision.
    pub(crate) fn learn(&mut self, features: &[u64], right: usize, found: usize) {
        self.time += 1.0;
        if right == found {
            return;
        }
        for &feature in features {
            let number = self.features.number(feature);
            if number as usize == self.changes.len() {
                self.weights.resize(self.weights.len() + self.labels, 0.0);
                self.weighted.resize(self.weighted.len() + self.labels, 0.0);
                self.changes.push(0);
            }
            self.changes[number as usize] += 1;
            for (label, change) in [(right, 1.0), (found, -1.0)] {
                let at = number as usize * self.labels + label;
                self.weights[at] += change;
                self.weighted[at] += self.time * f64::from(change);
            }
        }
    }

    /// The averaged weights of the features that took part in at least `least` mistakes.
    pub(crate) fn finish(&self, least: u32) -> WeightsBuilder {
        let mut builder = WeightsBuilder::new(self.labels);
        let mut row = vec![0.0; self.labels];
        for (number, hash) in
            self.features.hashes.iter().enumerate().filter(|(number, _)| self.changes[*number] >= least)
        {
            for (label, weight) in row.iter_mut().enumerate() {
                let at = number * self.labels + label;
                *weight = (f64::from(self.weights[at]) - self.weighted[at] / self.time) as f32;
            }
            builder.add(*hash, &row);
        }
        builder
    }
}

#[cfg(test)]
mod tests {
    use copydesk_learn::{Section, Weights};

    use super::*;
    use crate::algorithms::Random;

    #[test]
    fn learns_a_rule_with_noise_around_it() {
        let mut learner = OnlinePerceptron::new(3);
        let mut random = Random::new(4);
        for _ in 0..2000 {
            let right = random.below(3);
            let features = [right as u64, 100 + random.below(40) as u64];
            let found = learner.best(&features);
            learner.learn(&features, right, found);
        }
        assert_eq!((0..3).filter(|label| learner.best(&[*label as u64, 105]) == *label).count(), 3);
        let weights = Weights::read(&Section::from_vec(learner.finish(1).finish())).expect("weights");
        for label in 0..3 {
            let mut scores = [0i16; 3];
            weights.add(label as u64, &mut scores);
            assert_eq!(
                scores.iter().enumerate().max_by_key(|(_, score)| **score).map(|best| best.0),
                Some(label)
            );
        }
    }
}
