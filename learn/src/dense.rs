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

#[derive(Clone, Copy, Debug)]
struct Bucket {
    start: u32,
    /// A bit for each feature in the bucket, at a place that five bits of its hash give.
    known: u32,
}

/// So many look-ups are begun before the first is finished, to wait for memory once and not for each.
const AT_ONCE: usize = 48;

impl Dense {
    /// The same weights as `weights` has; none where they have more labels than lanes.
    pub fn of(weights: &Weights) -> Option<Self> {
        if weights.labels() > LANES {
            return None;
        }
        let mut dense = Self {
            buckets: vec![Bucket { start: 0, known: 0 }; weights.buckets() + 1],
            prints: Vec::new(),
            rows: Vec::new(),
            shift: weights.shift(),
            scale: weights.scale(),
        };
        for place in 0..weights.buckets() {
            dense.buckets[place].start = dense.prints.len() as u32;
            weights.each_in_bucket(place, |print, pairs| {
                let mut row = Lanes::ZERO;
                for [label, weight] in pairs {
                    row.0[usize::from(*label) % LANES] = unfold(*weight as i8);
                }
                dense.buckets[place].known |= 1 << known_bit(print);
                dense.prints.push(print);
                dense.rows.push(row);
            });
        }
        dense.buckets[weights.buckets()].start = dense.prints.len() as u32;
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
            let mut kept = [0u64; AT_ONCE];
            let mut count = 0;
            for feature in features {
                kept[count] = *feature;
                count += usize::from(self.may_know(*feature));
            }
            let mut found = [0u32; AT_ONCE];
            for (row, feature) in found.iter_mut().zip(&kept[..count]) {
                *row = self.find(*feature);
            }
            let mut own = *sums;
            for row in &found[..count] {
                own.add(&self.rows[*row as usize]);
            }
            *sums = own;
        }
    }

    #[inline]
    fn bucket(&self, feature: u64) -> usize {
        if self.shift == 64 { 0 } else { (feature >> self.shift) as usize }
    }

    #[inline]
    fn may_know(&self, feature: u64) -> bool {
        let known = self.buckets.get(self.bucket(feature)).map_or(0, |bucket| bucket.known);
        known >> known_bit(feature as u16) & 1 != 0
    }

    /// The row of a feature; that of nothing where there is none.
    #[inline]
    fn find(&self, feature: u64) -> u32 {
        let bucket = self.bucket(feature);
        let (start, end) = (self.buckets[bucket].start, self.buckets[bucket + 1].start);
        let wanted = feature as u16;
        let own = &self.prints[start as usize..end as usize];
        match own.iter().position(|print| *print == wanted) {
            Some(place) => start + place as u32,
            None => self.prints.len() as u32,
        }
    }
}

/// Bits of the fingerprint, but not its lowest: some models keep those free.
#[inline]
fn known_bit(print: u16) -> u32 {
    u32::from(print >> 8 & 31)
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
