//! Weights of many labels, one lane per label: for models in which some features have weights for most of the labels and
//! others for few.
//!
//! Made from [`Weights`] when a model is read. Features with many weights get whole rows, to be added as vectors; the weights
//! of the others are added one by one.

use crate::feature::ByHash;
use crate::weights::{UNFOLDED, Weights};

/// Features with more weights than this get a row.
const MANY: usize = 14;

/// Weights with `N` lanes.
#[derive(Clone, Debug)]
pub struct Spread<const N: usize> {
    weights: Weights,
    lane_of: [u8; 256],
    rows: Vec<[i16; N]>,
    /// The row of a feature, by the position of its weights in the table.
    places: ByHash<u32>,
}

impl<const N: usize> Spread<N> {
    /// Spreads weights: that of a label goes to the lane that `lane_of` gives. `None` if a label has no lane.
    pub fn of(weights: Weights, lane_of: [u8; 256]) -> Option<Self> {
        if lane_of[..weights.labels()].iter().any(|lane| usize::from(*lane) >= N) {
            return None;
        }
        // Memory that grows is copied, and these are megabytes.
        let mut count = 0;
        weights.each_row(|_, pairs| count += usize::from(pairs.len() > MANY));
        let (mut rows, mut places) = (Vec::with_capacity(count), ByHash::default());
        places.reserve(count);
        weights.each_row(|place, pairs| {
            if pairs.len() > MANY {
                places.insert(spread_place(place), rows.len() as u32);
                rows.push([0i16; N]);
                let Some(row) = rows.last_mut() else { return };
                for [label, weight] in pairs {
                    if let Some(lane) = row.get_mut(usize::from(lane_of[usize::from(*label)])) {
                        *lane = UNFOLDED[usize::from(*weight)];
                    }
                }
            }
        });
        Some(Self { weights, lane_of, rows, places })
    }

    /// Adds the weights of features to the sums of their lanes, saturating.
    #[inline(always)]
    pub fn add_all(&self, features: &[u64], sums: &mut [i16; N]) {
        self.weights.rows_of(features, |place, pairs| {
            let row = if pairs.len() > MANY { self.places.get(&spread_place(place)) } else { None };
            match row.and_then(|row| self.rows.get(*row as usize)) {
                Some(row) => {
                    sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum = sum.saturating_add(*weight));
                }
                None => {
                    for [label, weight] in pairs {
                        let sum = &mut sums[usize::from(self.lane_of[usize::from(*label)]) % N];
                        *sum = sum.saturating_add(UNFOLDED[usize::from(*weight)]);
                    }
                }
            }
        });
    }
}

/// A position as a key of the map, which uses both the high bits and the low ones.
fn spread_place(place: usize) -> u64 {
    (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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
        assert!((1..500).contains(&spread.rows.len()));
        for features in [vec![], vec![feature(1, 3)], (0..600).map(|n| feature(1, n)).collect::<Vec<_>>()] {
            let (mut sums, mut right) = ([3i16; 128], [3i16; 128]);
            spread.add_all(&features, &mut sums);
            for feature in &features {
                weights.each(*feature, |label, weight| right[usize::from(lane_of[label])] += weight);
            }
            assert_eq!(sums, right);
        }
        assert!(Spread::<100>::of(weights, lane_of).is_none());
    }
}
