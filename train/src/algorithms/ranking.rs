//! Log-linear ranking: one of several candidates, trained by the marginal likelihood of the right ones, with AdaGrad and an L2
//! penalty.

use copydesk_learn::linear::softmax;

use super::Random;

/// Sets of candidates, each with its features, and which of them are right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rankings {
    features: Vec<u32>,
    /// Where the features of each candidate end.
    rows: Vec<usize>,
    right: Vec<bool>,
    /// Where the candidates of each set end.
    sets: Vec<usize>,
}

impl Rankings {
    /// Adds a candidate of the set that is being filled: its features and whether it is right.
    pub(crate) fn candidate(&mut self, features: impl IntoIterator<Item = u32>, right: bool) {
        self.features.extend(features);
        self.rows.push(self.features.len());
        self.right.push(right);
    }

    /// Ends the set; one in which nothing or everything is right teaches nothing and is dropped.
    pub(crate) fn end_set(&mut self) {
        let start = self.sets.last().copied().unwrap_or(0);
        let right = self.right[start..].iter().filter(|right| **right).count();
        if right == 0 || right == self.right.len() - start {
            self.rows.truncate(start);
            self.right.truncate(start);
            self.features.truncate(self.rows.last().copied().unwrap_or(0));
        } else {
            self.sets.push(self.rows.len());
        }
    }

    /// Adds the sets of another collection.
    pub(crate) fn extend(&mut self, other: &Self) {
        let (features, rows) = (self.features.len(), self.rows.len());
        self.features.extend(&other.features);
        self.rows.extend(other.rows.iter().map(|end| end + features));
        self.right.extend(&other.right);
        self.sets.extend(other.sets.iter().map(|end| end + rows));
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    fn row(&self, row: usize) -> &[u32] {
        let start = if row == 0 { 0 } else { self.rows[row - 1] };
        &self.features[start..self.rows[row]]
    }
}

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RankingOptions {
    /// Passes over all sets.
    pub(crate) epochs: usize,
    /// The learning rate.
    pub(crate) rate: f32,
    /// The L2 penalty, per use of a feature.
    pub(crate) l2: f32,
    /// The seed of the order of sets.
    pub(crate) seed: u64,
}

impl Default for RankingOptions {
    fn default() -> Self {
        Self { epochs: 30, rate: 0.1, l2: 2e-3, seed: 1 }
    }
}

/// Trains the weights of features 0..`count`: the mean of those after each pass of the second half.
pub(crate) fn ranking(data: &Rankings, count: usize, options: RankingOptions) -> Vec<f32> {
    let mut weights = vec![0f32; count];
    let mut squares = vec![1e-2f32; count];
    let mut means = vec![0f32; count];
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut random = Random::new(options.seed);
    let from = options.epochs / 2;
    for epoch in 0..options.epochs {
        random.shuffle(&mut order);
        for &set in &order {
            let rows = (if set == 0 { 0 } else { data.sets[set - 1] })..data.sets[set];
            let slopes = slopes(data, rows.clone(), &weights);
            for (row, slope) in rows.zip(slopes) {
                for &feature in data.row(row) {
                    let feature = feature as usize;
                    let slope = slope + options.l2 * weights[feature];
                    squares[feature] += slope * slope;
                    weights[feature] -= options.rate * slope / squares[feature].sqrt();
                }
            }
        }
        if epoch >= from {
            means.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight);
        }
    }
    let passes = (options.epochs - from).max(1) as f32;
    means.iter_mut().for_each(|mean| *mean /= passes);
    means
}

/// For each candidate its probability, less that which it has among the right ones.
fn slopes(data: &Rankings, rows: std::ops::Range<usize>, weights: &[f32]) -> Vec<f32> {
    let score = |row: usize| data.row(row).iter().map(|feature| weights[*feature as usize]).sum::<f32>();
    let mut slopes: Vec<f32> = rows.clone().map(score).collect();
    softmax(&mut slopes);
    let right = &data.right[rows];
    let total: f32 = slopes.iter().zip(right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
    for (slope, right) in slopes.iter_mut().zip(right) {
        if *right {
            *slope -= *slope / total.max(f32::MIN_POSITIVE);
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_candidate_comes_first() {
        let mut data = Rankings::default();
        let mut random = Random::new(3);
        for _ in 0..300 {
            // Feature 0 marks the right one, 1 and 2 are noise, 3 marks that none is right.
            let right = random.below(3);
            for candidate in 0..2 {
                data.candidate(
                    [u32::from(candidate != right), 1 + random.below(2) as u32],
                    candidate == right,
                );
            }
            data.candidate([3], right == 2);
            data.end_set();
        }
        let weights = ranking(&data, 4, RankingOptions::default());
        assert_eq!(weights, ranking(&data, 4, RankingOptions::default()));
        assert!(weights[3] > weights[1] + weights[1].max(weights[2]), "{weights:?}");
        assert!(weights[0] > weights[3], "{weights:?}");
    }

    #[test]
    fn a_set_without_a_choice_is_dropped() {
        let mut data = Rankings::default();
        data.candidate([0], true);
        data.end_set();
        data.candidate([0], false);
        data.candidate([1], false);
        data.end_set();
        assert!(data.is_empty());
        data.candidate([0], true);
        data.candidate([1], false);
        data.end_set();
        assert_eq!((data.len(), data.row(1)), (1, [1].as_slice()));
        let other = data.clone();
        data.extend(&other);
        assert_eq!((data.len(), data.row(3)), (2, [1].as_slice()));
        assert_eq!((data.sets, data.right), (vec![2, 4], vec![true, false, true, false]));
    }
}
