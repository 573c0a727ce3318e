//! Softmax regression trained with AdaGrad, with L1 and L2 penalties.

use copydesk_learn::WeightsBuilder;
use copydesk_learn::linear::softmax;

use super::Random;
use super::features::Features;

/// Training examples.
#[derive(Clone, Debug, Default)]
pub(crate) struct Examples {
    features: Features,
    uses: Vec<u32>,
    values: Vec<f32>,
    ends: Vec<usize>,
    labels: Vec<u8>,
    importance: Vec<f32>,
}

impl Examples {
    /// Adds an example: features with their values, its label, and its weight (normally 1).
    pub(crate) fn push(
        &mut self,
        features: impl IntoIterator<Item = (u64, f32)>,
        label: u8,
        importance: f32,
    ) {
        for (hash, value) in features {
            let number = self.features.number(hash);
            self.uses.push(number);
            self.values.push(value);
        }
        self.ends.push(self.uses.len());
        self.labels.push(label);
        self.importance.push(importance);
    }

    /// How many examples there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Drops features that occur in fewer than `least` examples. Call it after the last example.
    pub(crate) fn drop_rare(&mut self, least: u32) {
        let kept = self.features.keep_frequent(&self.uses, least);
        let (mut uses, mut values) = (Vec::new(), Vec::new());
        let mut start = 0;
        for end in &mut self.ends {
            for at in start..*end {
                if let Some(number) = kept[self.uses[at] as usize] {
                    uses.push(number);
                    values.push(self.values[at]);
                }
            }
            start = *end;
            *end = uses.len();
        }
        (self.uses, self.values) = (uses, values);
    }

    fn example(&self, place: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        let own = start..self.ends[place];
        self.uses[own.clone()].iter().zip(&self.values[own]).map(|(number, value)| (*number as usize, *value))
    }
}

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogisticOptions {
    /// Passes over all examples.
    pub(crate) epochs: usize,
    /// The learning rate.
    pub(crate) rate: f32,
    /// The L1 penalty, per example.
    pub(crate) l1: f32,
    /// The L2 penalty, per example.
    pub(crate) l2: f32,
    /// The seed of the order of examples.
    pub(crate) seed: u64,
}

impl Default for LogisticOptions {
    fn default() -> Self {
        Self { epochs: 20, rate: 0.2, l1: 1e-6, l2: 1e-5, seed: 1 }
    }
}

/// Trains a classifier of `labels` labels. Returns the weights, and the bias of each label.
pub(crate) fn logistic(
    data: &Examples,
    labels: usize,
    options: LogisticOptions,
) -> (WeightsBuilder, Vec<f32>) {
    let count = data.features.hashes.len();
    // The last row is the bias, which is not penalised.
    let mut weights = vec![0f32; (count + 1) * labels];
    let mut squares = vec![1e-6f32; (count + 1) * labels];
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut random = Random::new(options.seed);
    let mut scores = vec![0f32; labels];
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &place in &order {
            scores.copy_from_slice(&weights[count * labels..]);
            for (feature, value) in data.example(place) {
                let row = &weights[feature * labels..][..labels];
                scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight * value);
            }
            softmax(&mut scores);
            let importance = data.importance[place];
            if let Some(right) = scores.get_mut(usize::from(data.labels[place])) {
                *right -= 1.0;
            }
            for (feature, value) in data.example(place).chain([(count, 1.0)]) {
                let penalized = feature < count;
                for (label, error) in scores.iter().enumerate() {
                    let at = feature * labels + label;
                    let weight = &mut weights[at];
                    let shrink = if penalized { options.l2 * *weight } else { 0.0 };
                    let slope = error * value * importance + shrink;
                    squares[at] += slope * slope;
                    let step = options.rate / squares[at].sqrt();
                    *weight -= step * slope;
                    if penalized {
                        // Shrink towards zero without crossing it.
                        *weight = weight.signum() * (weight.abs() - step * options.l1).max(0.0);
                    }
                }
            }
        }
    }
    let mut builder = WeightsBuilder::new(labels);
    for (feature, hash) in data.features.hashes.iter().enumerate() {
        builder.add(*hash, &weights[feature * labels..][..labels]);
    }
    (builder, weights[count * labels..].to_vec())
}

#[cfg(test)]
mod tests {
    use copydesk_learn::{Section, Weights};

    use super::*;

    #[test]
    fn learns_writes_reads_and_decides() {
        let mut data = Examples::default();
        let mut random = Random::new(5);
        for _ in 0..600 {
            let label = random.below(3) as u8;
            let noise = 100 + random.below(50) as u64;
            data.push([(u64::from(label), 1.0), (noise, 0.5)], label, 1.0);
        }
        data.drop_rare(2);
        let (weights, bias) = logistic(&data, 3, LogisticOptions::default());
        let again = logistic(&data, 3, LogisticOptions::default());
        assert_eq!((weights.finish(), &bias), (again.0.finish(), &again.1));
        let read = Weights::read(&Section::from_vec(weights.finish())).expect("weights");
        for label in 0..3 {
            let mut scores = [0; 3];
            read.add(label, &mut scores);
            let score = |label: usize| f32::from(scores[label]) * read.scale() + bias[label];
            assert!(
                (0..3)
                    .filter(|other| *other != label as usize)
                    .all(|other| score(other) < score(label as usize))
            );
        }
    }

    #[test]
    fn penalties_take_weights_away() {
        let mut data = Examples::default();
        let mut random = Random::new(9);
        for n in 0..400u64 {
            let noise = 10 + random.below(40) as u64;
            data.push([(n % 2, 1.0), (noise, 1.0)], (n % 2) as u8, 1.0);
        }
        let size = |l1: f32, l2: f32| {
            let options = LogisticOptions { l1, l2, ..LogisticOptions::default() };
            logistic(&data, 2, options).0.size()
        };
        assert!(size(0.1, 0.0) < 0.6 * size(0.0, 0.0));
        assert!(size(0.0, 0.1) < 0.6 * size(0.0, 0.0));
    }
}
