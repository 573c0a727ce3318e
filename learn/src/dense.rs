//! Weights with room for every label, to be added as vectors: where features have weights for most of the labels.
//!
//! Made from [`Weights`] when a model is read, so files stay small and look-ups are quick: what a feature costs is one look
//! into a table of buckets, which for most features already says that nothing was learned, and one added cache line.

use crate::lanes::{LANES, Lanes};
use crate::weights::{Weights, unfold};

/// Weights of features, a whole row each.
#[derive(Clone, Debug)]
pub struct Dense {
    buckets: Vec<Bucket>,
    /// 16 bits of each feature's hash, bucket by bucket.
    prints: Vec<u16>,
    /// The rows in the order of `prints`, and behind them one of nothing for features without.
    rows: Vec<Lanes>,
    /// 64 less the number of bits that choose a bucket.
    shift: u32,
    scale: f32,
}

/// Up to 32 features. Each has a bit of its own, so how many bits are set before it tells its row: no search, no branch.
#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    /// Where its rows start, and in the low byte the seed under which no two features share a bit.
    start: u32,
    known: u32,
}

impl Bucket {
    /// The bit of a feature.
    #[inline]
    fn bit(self, print: u16) -> u32 {
        bit(print, self.start as u8)
    }

    #[inline]
    fn knows(self, print: u16) -> bool {
        self.known >> self.bit(print) & 1 != 0
    }

    /// The row of a feature that the bucket knows.
    #[inline]
    fn row(self, print: u16) -> usize {
        (self.start >> 8) as usize + (self.known & ((1 << self.bit(print)) - 1)).count_ones() as usize
    }
}

/// One of 32 bits for a fingerprint.
#[inline]
fn bit(print: u16, seed: u8) -> u32 {
    let factor = (u32::from(seed) << 1 | 1).wrapping_mul(0x9e37_79b1);
    u32::from(print).wrapping_mul(factor) >> 27
}

/// A seed under which the prints have different bits, or of all seeds that under which the fewest share one.
fn seed(prints: &[u16]) -> u8 {
    let shared = |seed: u8| {
        let known = prints.iter().fold(0u32, |known, print| known | 1 << bit(*print, seed));
        prints.len() - known.count_ones() as usize
    };
    let perfect = (0..=255).find(|seed| shared(*seed) == 0);
    perfect.unwrap_or_else(|| (0..=255).min_by_key(|seed| shared(*seed)).unwrap_or(0))
}

/// So many look-ups are begun before the first is finished, to wait for memory once and not for each.
const AT_ONCE: usize = 48;

impl Dense {
    /// The weights of `weights`; none where they have more labels than lanes.
    pub fn of(weights: &Weights) -> Option<Self> {
        if weights.labels() > LANES {
            return None;
        }
        let mut dense = Self {
            buckets: vec![Bucket::default(); weights.buckets()],
            prints: Vec::new(),
            rows: Vec::new(),
            shift: weights.shift(),
            scale: weights.scale(),
        };
        let mut own: Vec<(u16, Lanes)> = Vec::new();
        let mut prints: Vec<u16> = Vec::new();
        for place in 0..weights.buckets() {
            own.clear();
            weights.each_in_bucket(place, |print, pairs| {
                let mut row = Lanes::ZERO;
                for [label, weight] in pairs {
                    row.0[usize::from(*label) % LANES] = unfold(*weight as i8);
                }
                own.push((print, row));
            });
            prints.clear();
            prints.extend(own.iter().map(|(print, _)| *print));
            let seed = seed(&prints);
            // Where more than about fifteen meet, two may share a bit, and one of them goes.
            own.sort_by_key(|(print, _)| bit(*print, seed));
            own.dedup_by_key(|(print, _)| bit(*print, seed));
            if dense.prints.len() + own.len() >= 1 << 24 {
                return None;
            }
            let known = own.iter().fold(0, |known, (print, _)| known | 1 << bit(*print, seed));
            dense.buckets[place] =
                Bucket { start: (dense.prints.len() as u32) << 8 | u32::from(seed), known };
            dense.prints.extend(own.iter().map(|(print, _)| *print));
            dense.rows.extend(own.iter().map(|(_, row)| *row));
        }
        dense.rows.push(Lanes::ZERO);
        Some(dense)
    }

    /// What a sum of 1 stands for: multiply by it to have the weights as they were learned.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Adds the weights of many features to the scores of their labels.
    #[inline]
    pub fn add_all(&self, features: &[u64], sums: &mut Lanes) {
        for features in features.chunks(AT_ONCE) {
            let mut kept = [(Bucket::default(), 0u16); AT_ONCE];
            let mut count = 0;
            for feature in features {
                let (bucket, print) = (self.bucket(*feature), *feature as u16);
                kept[count] = (bucket, print);
                count += usize::from(bucket.knows(print));
            }
            // Nothing here depends on what the others find, so all wait for memory together.
            let mut found = [0u32; AT_ONCE];
            for (row, (bucket, print)) in found.iter_mut().zip(&kept[..count]) {
                let place = bucket.row(*print);
                *row = if self.prints[place] == *print { place } else { self.prints.len() } as u32;
            }
            let mut own = *sums;
            for row in &found[..count] {
                own.add(&self.rows[*row as usize]);
            }
            *sums = own;
        }
    }

    #[inline]
    fn bucket(&self, feature: u64) -> Bucket {
        let place = if self.shift == 64 { 0 } else { (feature >> self.shift) as usize };
        self.buckets.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artefact::Section;
    use crate::feature::feature;
    use crate::weights::WeightsBuilder;

    #[test]
    fn rows_are_those_of_the_sparse_table() {
        for count in [0u64, 1, 9, 5000] {
            let mut builder = WeightsBuilder::new(29);
            for n in 0..count {
                let row: Vec<f32> = (0..29).map(|label| ((n + label) % 7) as f32 - 3.0).collect();
                builder.add(feature(1, n), &row);
            }
            let weights = Weights::read(&Section::from_vec(builder.finish())).expect("a section");
            let dense = Dense::of(&weights).expect("few labels");
            for features in [vec![feature(1, 4)], (0..200).map(|n| feature(1 + n % 2, n)).collect()] {
                let (mut sums, mut right) = (Lanes::all(5), [5; LANES]);
                dense.add_all(&features, &mut sums);
                weights.add_all(&features, &mut right);
                assert_eq!(sums.0, right);
                assert_eq!(dense.scale(), weights.scale());
                assert!(count < 200 || sums != Lanes::all(5));
            }
        }
        let wide = Weights::read(&Section::from_vec(WeightsBuilder::new(33).finish())).expect("a section");
        assert!(Dense::of(&wide).is_none());
    }
}
