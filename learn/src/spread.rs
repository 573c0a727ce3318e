//! Weights of many labels, one lane per label: for models in which some features have weights for most of the labels and
//! others for few.
//!
//! Features with many weights get whole rows, to be added as vectors, when they are first asked for: an article needs few of them,
//! and all take ten megabytes. The weights of the others are added one by one.

use std::sync::OnceLock;

use crate::weights::{UNFOLDED, Weights};

/// Features with more weights than this get a row.
const MANY: usize = 14;

/// The weights of two such features are at least this many bytes apart, two for each weight, so each has a slot of its own.
const APART: usize = 2 * (MANY + 1);

/// Weights with `N` lanes.
#[derive(Clone, Debug)]
pub struct Spread<const N: usize> {
    weights: Weights,
    lane_of: [u8; 256],
    /// The rows of features with many weights, by the position of these in the table.
    rows: Vec<OnceLock<Box<[i16; N]>>>,
}

impl<const N: usize> Spread<N> {
    /// Spreads weights: that of a label goes to the lane that `lane_of` gives. `None` if a label has no lane.
    pub fn of(weights: Weights, lane_of: [u8; 256]) -> Option<Self> {
        if lane_of[..weights.labels()].iter().any(|lane| usize::from(*lane) >= N) {
            return None;
        }
        let rows = (0..=weights.bytes() / APART).map(|_| OnceLock::new()).collect();
        Some(Self { weights, lane_of, rows })
    }

    /// Adds the weights of features to the sums of their lanes, saturating. Whole rows are added together, those of a few features
    /// before the single weights of the next.
    #[inline(always)]
    pub fn add_all(&self, features: &[u64], sums: &mut [i16; N]) {
        let mut rows = [&[0; N]; TOGETHER];
        let mut count = 0;
        self.weights.rows_of(features, |place, pairs| {
            let slot = if pairs.len() > MANY { self.rows.get(place / APART) } else { None };
            match slot {
                Some(slot) => {
                    rows[count] = slot.get_or_init(|| self.row(pairs));
                    count += 1;
                    if count == TOGETHER {
                        add_rows(&rows, sums);
                        count = 0;
                    }
                }
                None => {
                    for [label, weight] in pairs {
                        let sum = &mut sums[usize::from(self.lane_of[usize::from(*label)]) % N];
                        *sum = sum.saturating_add(UNFOLDED[usize::from(*weight)]);
                    }
                }
            }
        });
        add_rows(&rows[..count], sums);
    }

    #[cold]
    fn row(&self, pairs: &[[u8; 2]]) -> Box<[i16; N]> {
        let mut row = Box::new([0; N]);
        for [label, weight] in pairs {
            row[usize::from(self.lane_of[usize::from(*label)]) % N] = UNFOLDED[usize::from(*weight)];
        }
        row
    }
}

/// The number of rows that are added at once.
const TOGETHER: usize = 4;

/// Adds rows of weights to the sums of their lanes, saturating: a few rows at once, so that each sum is read and stored once for
/// all of them.
#[inline(always)]
pub fn add_rows<const N: usize>(rows: &[&[i16; N]], sums: &mut [i16; N]) {
    let (fours, rest) = rows.as_chunks::<TOGETHER>();
    for [first, second, third, fourth] in fours {
        for lane in 0..N {
            let sum = sums[lane].saturating_add(first[lane]).saturating_add(second[lane]);
            sums[lane] = sum.saturating_add(third[lane]).saturating_add(fourth[lane]);
        }
    }
    for row in rest {
        sums.iter_mut().zip(*row).for_each(|(sum, weight)| *sum = sum.saturating_add(*weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artefact::Section;
    use crate::feature::feature;
    use crate::weights::WeightsBuilder;

    #[test]
    fn rows_and_single_weights_come_to_the_same() {
        let mut builder = WeightsBuilder::new(100);
        for n in 0..500u64 {
            let row: Vec<f32> = (0..100)
                .map(|label| if label % (1 + n % 9) == 0 { ((n + label) % 7) as f32 - 3.0 } else { 0.0 })
                .collect();
            builder.add(feature(1, n), &row);
        }
        let weights = Weights::read(&Section::from_vec(builder.finish())).expect("a section");
        let lane_of = std::array::from_fn(|label| 120u8.wrapping_sub(label as u8));
        let spread = Spread::<128>::of(weights.clone(), lane_of).expect("lanes for all labels");
        for features in [vec![], vec![feature(1, 3)], (0..600).map(|n| feature(1, n)).collect::<Vec<_>>()] {
            let (mut sums, mut right) = ([3i16; 128], [3i16; 128]);
            spread.add_all(&features, &mut sums);
            for feature in &features {
                weights.each(*feature, |label, weight| right[usize::from(lane_of[label])] += weight);
            }
            assert_eq!(sums, right);
        }
        let made = spread.rows.iter().filter(|row| row.get().is_some()).count();
        assert!((1..500).contains(&made), "{made}");
        assert!(Spread::<100>::of(weights, lane_of).is_none());
    }
}
