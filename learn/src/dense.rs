//! Dense rows of weights, added as vectors: for features that have weights for most of the labels.
//!
//! Made from [`Weights`] when a model is read, so that files stay small and look-ups are fast: a feature costs one access
//! to a table of buckets, which already rules out most features without weights, and one cache line to add.

use crate::artefact::{ArtefactError, Section};
use crate::lanes::{LANES, Lanes};
use crate::pages::in_huge_pages;
use crate::vectors::{Work, with_vectors};
use crate::weights::{UNFOLDED, Weights};

/// Weights of features, one dense row each.
#[derive(Clone, Debug)]
pub struct Dense<const N: usize = LANES> {
    buckets: Vec<Bucket>,
    /// The rows, bucket by bucket. The last lane of a row holds 16 bits of its feature's hash, so that the check for the right
    /// row needs no further memory access.
    rows: Vec<Lanes<N>>,
    /// 64 less the number of bits that choose a bucket.
    shift: u32,
    scale: f32,
    labels: usize,
}

/// Up to 32 features. Each has a bit of its own; the number of bits set below it is the index of its row: no search, no branch.
#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    /// The start of its rows, and in the low byte the seed with which no two features share a bit.
    start: u32,
    known: u32,
}

impl Bucket {
    /// The bit of a feature.
    #[inline(always)]
    fn bit(self, print: u16) -> u32 {
        bit(print, self.start as u8)
    }

    /// The row of the feature with a bit, if the bucket knows it.
    #[inline(always)]
    fn row(self, bit: u32) -> u32 {
        (self.start >> 8) + (self.known & ((1 << bit) - 1)).count_ones()
    }
}

/// One of 32 bits for a fingerprint.
#[inline(always)]
fn bit(print: u16, seed: u8) -> u32 {
    let factor = (u32::from(seed) << 1 | 1).wrapping_mul(0x9e37_79b1);
    u32::from(print).wrapping_mul(factor) >> 27
}

/// A seed with which the fingerprints have different bits, or the seed with the fewest collisions; and the bits.
#[inline(always)]
fn seed(prints: &[[u8; 2]]) -> (u8, u32) {
    // Mostly one of the first will do, and a collision is soon found.
    let apart = |seed: u8| {
        prints.iter().try_fold(0u32, |known, print| {
            let own = 1 << bit(u16::from_le_bytes(*print), seed);
            (known & own == 0).then_some(known | own)
        })
    };
    (0..=255)
        .find_map(|seed| apart(seed).map(|known| (seed, known)))
        .unwrap_or_else(|| least_collisions(prints))
}

/// The seed with the fewest collisions, the first of equals, and the bits.
fn least_collisions(prints: &[[u8; 2]]) -> (u8, u32) {
    let print = |print: &[u8; 2]| u16::from_le_bytes(*print);
    let known = |seed: u8| prints.iter().map(print).fold(0u32, |known, print| known | 1 << bit(print, seed));
    let seeds = (0..=255).map(|seed| (seed, known(seed)));
    seeds.rev().max_by_key(|(_, known)| known.count_ones()).unwrap_or_default()
}

/// Features of neighbouring tokens, whose weights are added once all are found, so that memory latencies overlap.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// The features found, and after them others of no meaning.
    kept: Vec<Kept>,
    /// Where the features of each token end.
    ends: Vec<usize>,
}

/// A feature found in a bucket.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    row: u32,
    print: u16,
}

impl Questions {
    /// Removes all features.
    pub fn clear(&mut self) {
        self.ends.clear();
    }
}

/// [`Dense::fill`], compiled for the processor's vectors and bit counts.
struct Filling<'w, const N: usize> {
    dense: &'w mut Dense<N>,
    weights: &'w Weights,
}

impl<const N: usize> Work for Filling<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.dense.fill(self.weights);
    }
}

/// Puts the weights of a feature into the lanes of their labels.
#[inline(always)]
fn fill<const N: usize>(row: &mut [i16; N], pairs: &[[u8; 2]]) {
    for [label, weight] in pairs {
        if let Some(lane) = row.get_mut(usize::from(*label)) {
            *lane = UNFOLDED[usize::from(*weight)];
        }
    }
}

impl<const N: usize> Dense<N> {
    /// The lane that holds the fingerprint.
    const PRINT: usize = N - 1;

    /// Reads a section of weights, as [`WeightsBuilder`](crate::WeightsBuilder) writes it.
    ///
    /// # Errors
    /// It is damaged, or there are as many labels as lanes.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let weights = Weights::read_rows(section)?;
        Self::of(&weights)
            .ok_or_else(|| ArtefactError::damaged("weights of more labels than there are lanes"))
    }

    /// The number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The weights of `weights`; none where they have `N` labels or more, as one lane is taken.
    pub fn of(weights: &Weights) -> Option<Self> {
        if weights.labels() > Self::PRINT {
            return None;
        }
        // The index of a row has 24 bits.
        if weights.features() >= 1 << 24 {
            return None;
        }
        let mut dense = Self {
            buckets: in_huge_pages(weights.buckets()),
            rows: in_huge_pages(weights.features()),
            shift: weights.shift(),
            scale: weights.scale(),
            labels: weights.labels(),
        };
        with_vectors(Filling { dense: &mut dense, weights });
        Some(dense)
    }

    /// Makes the buckets and the rows.
    #[inline(always)]
    fn fill(&mut self, weights: &Weights) {
        let mut start = 0;
        for place in 0..weights.buckets() {
            let features = weights.bucket_at(place).unwrap_or_default();
            let (seed, known) = seed(features.prints);
            self.buckets.push(Bucket { start: (start as u32) << 8 | u32::from(seed), known });
            let end = start + known.count_ones() as usize;
            self.rows.resize(end, Lanes::ZERO);
            let own = &mut self.rows[start..];
            // In buckets of more than about fifteen, two may share a bit; then the later one is dropped.
            let (mut taken, mut pairs) = (0u32, features.pairs);
            for (print, length) in features.prints.iter().zip(features.lengths) {
                let Some((weights, after)) = pairs.split_at_checked(usize::from(*length)) else { break };
                pairs = after;
                let print = u16::from_le_bytes(*print);
                let bit = 1u32 << bit(print, seed);
                let row = own.get_mut((known & (bit - 1)).count_ones() as usize).filter(|_| taken & bit == 0);
                taken |= bit;
                if let Some(row) = row {
                    fill(&mut row.0, weights);
                    row.0[Self::PRINT] = print as i16;
                }
            }
            start = end;
        }
    }

    /// The real value of a sum of 1: multiply by it to get the trained weights.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Looks up the features of the next token.
    #[inline(always)]
    pub fn ask(&self, questions: &mut Questions, features: &[u64]) {
        let Questions { kept, ends } = questions;
        let count = ends.last().copied().unwrap_or(0);
        // One slot more than is ever kept, as each feature is written before it is known whether it counts.
        let most = count + features.len() + 1;
        if kept.len() < most {
            kept.resize(2 * most, Kept::default());
        }
        ends.push(self.keep(features, kept, count));
    }

    /// Adds the weights of each token's features to the scores of its labels.
    #[inline(always)]
    pub fn answer(&self, questions: &mut Questions, sums: &mut [Lanes<N>]) {
        let mut start = 0;
        for (end, sums) in questions.ends.iter().zip(sums) {
            self.add_kept(&questions.kept[start..*end], sums);
            start = *end;
        }
        questions.clear();
    }

    /// Adds the weights of a feature to the scores of its labels.
    #[inline(always)]
    pub fn add(&self, feature: u64, sums: &mut Lanes<N>) {
        let mut kept = [Kept::default(); 2];
        let count = self.keep(&[feature], &mut kept, 0);
        self.add_kept(&kept[..count], sums);
    }

    /// Adds the weights of a few features to the scores of their labels.
    #[inline(always)]
    pub fn add_all(&self, features: &[u64], sums: &mut Lanes<N>) {
        let mut kept = [Kept::default(); 17];
        for features in features.chunks(kept.len() - 1) {
            let count = self.keep(features, &mut kept, 0);
            self.add_kept(&kept[..count], sums);
        }
    }

    /// Writes the features that may have weights after the first `count` of `kept`, and returns the new count.
    #[inline(always)]
    fn keep(&self, features: &[u64], kept: &mut [Kept], mut count: usize) -> usize {
        let (buckets, shift) = (self.buckets.as_slice(), self.shift);
        let mask = buckets.len().wrapping_sub(1);
        for feature in features {
            // A single bucket has a shift of 64, which wraps, and no bits to choose it.
            let Some(bucket) = buckets.get(feature.wrapping_shr(shift) as usize & mask) else { continue };
            let (print, own) = (*feature as u16, bucket.bit(*feature as u16));
            kept[count] = Kept { row: bucket.row(own), print };
            count += (bucket.known >> own & 1) as usize;
        }
        count
    }

    #[inline(always)]
    fn add_kept(&self, kept: &[Kept], sums: &mut Lanes<N>) {
        let mut own = *sums;
        for Kept { row, print } in kept {
            let row = &self.rows[*row as usize];
            // All ones for the right row, zeros for another, which then adds nothing: a branch would often be mispredicted.
            let right = -i16::from(row.0[Self::PRINT] == *print as i16);
            own.add(&Lanes(row.0.map(|weight| weight & right)));
        }
        own.0[Self::PRINT] = sums.0[Self::PRINT];
        *sums = own;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let dense: Dense = Dense::of(&weights).expect("few labels");
            for features in [vec![feature(1, 4)], (0..200).map(|n| feature(1 + n % 2, n)).collect()] {
                let (mut sums, mut right) = (Lanes::all(5), [5; LANES]);
                dense.add_all(&features, &mut sums);
                weights.add_all(&features, &mut right);
                assert_eq!(sums.0, right);
                let mut one_by_one = Lanes::all(5);
                features.iter().for_each(|feature| dense.add(*feature, &mut one_by_one));
                assert_eq!(one_by_one, sums);
                assert_eq!(dense.scale(), weights.scale());
                assert!(count < 200 || sums != Lanes::all(5));
                let mut questions = Questions::default();
                let mut tokens = [Lanes::all(5); 3];
                for _ in 0..2 {
                    dense.ask(&mut questions, &[]);
                    dense.ask(&mut questions, &features);
                    dense.ask(&mut questions, &features[..1]);
                    tokens = [Lanes::all(5); 3];
                    dense.answer(&mut questions, &mut tokens);
                }
                let mut first = Lanes::all(5);
                dense.add_all(&features[..1], &mut first);
                assert_eq!(tokens, [Lanes::all(5), sums, first]);
            }
        }
        let wide = Weights::read(&Section::from_vec(WeightsBuilder::new(32).finish())).expect("a section");
        assert!(Dense::<LANES>::of(&wide).is_none());
        assert!(Dense::<64>::of(&wide).is_some());
    }
}
