//! Dense rows of weights, added as vectors: for features that have weights for most of the labels.
//!
//! A file has pairs of a label and a byte, so that it stays small; rows are made of them when it is read, so that look-ups are fast: a
//! feature costs one access to a table of buckets, which already rules out most features without weights, and one cache line to add. How
//! buckets are arranged is decided when the file is written ([`write()`]).

use crate::artefact::{ArtefactError, Section};
use crate::lanes::{LANES, Lanes};
use crate::pages::in_huge_pages;
use crate::vectors::{Work, with_vectors};
use crate::weights::{HEADER, Header, UNFOLDED, WeightsBuilder};

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

/// The bytes of a bucket in a file: its seed, and the bits of its features.
const BUCKET: usize = 5;

/// The bytes of a feature in a file before its labels: its fingerprint, and their number.
const ROW: usize = 3;

/// Writes weights in units of `scale`, for [`Dense::read`].
///
/// After the header come the buckets; then the features in the order of the buckets and of the bits in them: the fingerprint of each, the
/// number of its labels, and these with the bytes of their weights.
pub fn write(weights: &WeightsBuilder, scale: f32) -> Vec<u8> {
    let (bits, filled) = weights.filled(scale);
    let (mut buckets, mut rows, mut features) = (Vec::new(), Vec::new(), 0u32);
    for bucket in &filled {
        let prints: Vec<u16> = bucket.iter().map(|(print, _)| *print).collect();
        let (seed, known) = seed(&prints);
        buckets.push(seed);
        buckets.extend(known.to_le_bytes());
        features += known.count_ones();
        // In buckets of more than about fifteen, two may share a bit; then the later one is dropped.
        let mut own: Vec<_> = bucket.iter().map(|(print, row)| (bit(*print, seed), *print, row)).collect();
        own.sort_by_key(|(bit, ..)| *bit);
        own.dedup_by_key(|(bit, ..)| *bit);
        for (_, print, row) in own {
            rows.extend(print.to_le_bytes());
            rows.push(row.len() as u8);
            rows.extend(row.iter().flat_map(|(label, weight)| [*label, *weight as u8]));
        }
    }
    let header = Header { bits, labels: weights.labels(), scale, features };
    header.bytes().chain(buckets).chain(rows).collect()
}

/// A seed with which the fingerprints have different bits, or the seed with the fewest collisions; and the bits.
fn seed(prints: &[u16]) -> (u8, u32) {
    // Mostly one of the first will do, and a collision is soon found.
    let apart = |seed: u8| {
        prints.iter().try_fold(0u32, |known, print| {
            let own = 1 << bit(*print, seed);
            (known & own == 0).then_some(known | own)
        })
    };
    (0..=255)
        .find_map(|seed| apart(seed).map(|known| (seed, known)))
        .unwrap_or_else(|| least_collisions(prints))
}

/// The seed with the fewest collisions, the first of equals, and the bits.
fn least_collisions(prints: &[u16]) -> (u8, u32) {
    let known = |seed: u8| prints.iter().fold(0u32, |known, print| known | 1 << bit(*print, seed));
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
struct Filling<'f, const N: usize> {
    dense: &'f mut Dense<N>,
    buckets: &'f [[u8; BUCKET]],
    rows: &'f [u8],
    features: usize,
}

impl<const N: usize> Work for Filling<'_, N> {
    type Output = Option<()>;

    #[inline(always)]
    fn run(self) -> Option<()> {
        self.dense.fill(self.buckets, self.rows, self.features)
    }
}

impl<const N: usize> Dense<N> {
    /// The lane that holds the fingerprint.
    const PRINT: usize = N - 1;

    /// Reads a section that [`write()`] wrote.
    ///
    /// # Errors
    /// It is damaged, or there are as many labels as lanes.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let damaged = |what: &str| ArtefactError::damaged(format!("rows of weights: {what}"));
        let Header { bits, labels, scale, features } = Header::read(section).map_err(damaged)?;
        let features = features as usize;
        // The index of a row has 24 bits.
        if features >= 1 << 24 {
            return Err(damaged("impossible header"));
        }
        if labels > Self::PRINT {
            return Err(damaged("more labels than there are lanes"));
        }
        let body = section[HEADER..].split_at_checked(BUCKET << bits);
        let (buckets, rows) = body.ok_or_else(|| damaged("buckets cut off"))?;
        if rows.len() < ROW * features {
            return Err(damaged("rows cut off"));
        }
        let mut dense = Self {
            buckets: in_huge_pages(1 << bits),
            rows: in_huge_pages(features),
            shift: 64 - bits,
            scale,
            labels,
        };
        let filling = Filling { dense: &mut dense, buckets: buckets.as_chunks().0, rows, features };
        with_vectors(filling).ok_or_else(|| damaged("lengths do not match"))?;
        Ok(dense)
    }

    /// The number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// Makes the buckets and the rows; `None` if they are not as many as features.
    #[inline(always)]
    fn fill(&mut self, buckets: &[[u8; BUCKET]], rows: &[u8], features: usize) -> Option<()> {
        let mut start = 0u32;
        for [seed, known @ ..] in buckets {
            let known = u32::from_le_bytes(*known);
            self.buckets.push(Bucket { start: start << 8 | u32::from(*seed), known });
            start += known.count_ones();
        }
        if start as usize != features {
            return None;
        }
        let mut left = rows;
        for place in 0..features {
            let ([low, high, length], after) = left.split_first_chunk::<ROW>()?;
            let (pairs, after) = after.split_at_checked(2 * usize::from(*length))?;
            left = after;
            self.rows.push(Lanes::ZERO);
            let row = &mut self.rows[place].0;
            for [label, weight] in pairs.as_chunks::<2>().0 {
                if let Some(lane) = row.get_mut(usize::from(*label)) {
                    *lane = UNFOLDED[usize::from(*weight)];
                }
            }
            row[Self::PRINT] = i16::from_le_bytes([*low, *high]);
        }
        left.is_empty().then_some(())
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
    use crate::weights::Weights;

    #[test]
    fn rows_are_those_of_the_sparse_table() {
        for count in [0u64, 1, 9, 5000] {
            let mut builder = WeightsBuilder::new(29);
            for n in 0..count {
                let row: Vec<f32> = (0..29).map(|label| ((n + label) % 7) as f32 - 3.0).collect();
                builder.add(feature(1, n), &row);
            }
            let weights = Weights::read(&Section::from_vec(builder.finish())).expect("a section");
            let dense: Dense = Dense::read(&dense_section(&builder)).expect("few labels");
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
        let wide = dense_section(&WeightsBuilder::new(32));
        assert!(Dense::<LANES>::read(&wide).is_err());
        assert!(Dense::<64>::read(&wide).is_ok());
    }

    #[test]
    fn garbage_is_refused_or_harmless() {
        let mut builder = WeightsBuilder::new(5);
        (0..300).for_each(|n| builder.add(feature(1, n), &[n as f32 - 100.0, 0.0, 3.0, 0.0, 1.0]));
        let section = dense_section(&builder);
        let features: Vec<u64> = (0..300).map(|n| feature(1, n)).collect();
        for at in 0..section.len() {
            let mut changed = section.to_vec();
            changed[at] ^= 0xff;
            if let Ok(dense) = Dense::<LANES>::read(&Section::from_vec(changed)) {
                let mut sums = Lanes::ZERO;
                dense.add_all(&features, &mut sums);
            }
            assert!(Dense::<LANES>::read(&Section::from_vec(section[..at].to_vec())).is_err());
        }
    }

    fn dense_section(builder: &WeightsBuilder) -> Section {
        Section::from_vec(write(builder, builder.scale()))
    }
}
