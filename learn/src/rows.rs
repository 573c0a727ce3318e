//! Quantised weights for few labels, looked up without a branch.
//!
//! A feature's weights are in one word next to 16 bits of its hash; a bucket of such words takes half a cache line.
//! A look-up compares all words of one bucket at once and keeps the one that matches: one memory access, no branch.
//! If more features fall into a bucket than it holds, those with the smallest weights are dropped.

use crate::artefact::{ArtefactError, Section, is_weight, u32_at};
use crate::feature::mix;
use crate::pages::in_huge_pages;
use crate::weights::WeightsBuilder;

const HEADER: usize = 8;
/// The load factor of the buckets: with a higher one too many features would be dropped.
const LOAD: f32 = 0.6;

/// Four features: their weights, then their fingerprints.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Wide([u8; 32]);

impl Wide {
    const FEATURES: usize = 4;
    /// The offset of the fingerprints.
    const PRINTS: usize = Self::FEATURES * Rows::LABELS;
    /// A mask of the weights by their place; that of no place clears them.
    const KNOWN: [[i16; 8]; 8] = [[-1; 8], [-1; 8], [-1; 8], [-1; 8], [0; 8], [0; 8], [0; 8], [0; 8]];

    /// Reads four words, each a fingerprint with six weights after it.
    fn read(bucket: &[u8; 32]) -> Self {
        let mut words = [0u64; 4];
        for (word, bytes) in words.iter_mut().zip(bucket.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        let [a, b, c, d] = words.map(|word| word >> 16);
        let prints = (0..4).fold(0, |prints, at| prints | (words[at] & 0xffff) << (16 * at));
        let laid_out = [a | b << 48, b >> 16 | c << 32, c >> 32 | d << 16, prints];
        let mut wide = Self::default();
        for (bytes, word) in wide.0.as_chunks_mut::<8>().0.iter_mut().zip(laid_out) {
            *bytes = word.to_le_bytes();
        }
        wide
    }

    /// Adds the weights of the feature with the fingerprint `print`, if it has any. The sums of the last two lanes are unspecified.
    #[inline(always)]
    fn add(&self, print: u16, sums: &mut FewSums) {
        const ONES: u64 = 0x0001_0001_0001_0001;
        let part = |at: usize| self.0.get(at..).and_then(<[u8]>::first_chunk::<8>).unwrap_or(&[0; 8]);
        // The highest bit of each 16-bit lane that matches; above the lowest match there may be a false one.
        let other = u64::from_le_bytes(*part(Self::PRINTS)) ^ u64::from(print).wrapping_mul(ONES);
        let fits = other.wrapping_sub(ONES) & !other & (ONES << 15);
        // A table of masks, as a branch would be mispredicted half of the time.
        let at = fits.trailing_zeros() as usize / 16;
        // Where none matches, those of no feature: the fingerprints, which are cleared.
        let weights = part(at * Rows::LABELS);
        for ((sum, weight), mask) in sums.0.iter_mut().zip(weights).zip(&Self::KNOWN[at % Self::KNOWN.len()])
        {
            *sum = sum.wrapping_add(i16::from(*weight as i8) & mask);
        }
    }
}

/// Eight features: fingerprints and weights.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(32))]
struct Narrow {
    prints: [u16; 8],
    weights: [i16; 8],
}

/// The bucket of a feature (from the upper half of its hash) and its fingerprint. Zero marks a free slot.
#[inline(always)]
fn place(feature: u64, buckets: usize) -> (usize, u16) {
    // Hashes of small numbers lie on a lattice; this multiplication spreads them.
    let spread = (feature ^ (feature >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bucket = ((spread >> 32) * buckets as u64) >> 32;
    (bucket as usize, (feature as u16).max(1))
}

/// Weights of up to six labels.
#[derive(Clone, Debug)]
pub struct Rows {
    buckets: Vec<Wide>,
    scale: f32,
}

/// The sums of the weights of few features, of all labels in one vector. Sums of sums are exact in any order.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(16))]
pub struct FewSums([i16; 8]);

impl FewSums {
    /// Adds sums to sums.
    #[inline(always)]
    pub fn add(&mut self, other: &Self) {
        for (sum, other) in self.0.iter_mut().zip(other.0) {
            *sum = sum.wrapping_add(other);
        }
    }

    /// The sum of each label; the last two are unspecified.
    #[inline(always)]
    pub fn lanes(&self) -> [i16; 8] {
        self.0
    }
}

impl Rows {
    /// The maximum number of labels.
    pub const LABELS: usize = 6;

    /// Reads a section that [`Rows::write`] wrote.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let (scale, body) = open(section, 32)?;
        let wide = body.as_chunks::<32>().0;
        let mut buckets = in_huge_pages(wide.len());
        buckets.extend(wide.iter().map(Wide::read));
        Ok(Self { buckets, scale })
    }

    /// The real value of a sum of 1.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Adds the weights of a few features: at most 256 over all calls that add to the same sums.
    #[inline(always)]
    pub fn add_few(&self, features: &[u64], sums: &mut FewSums) {
        for feature in features {
            let (bucket, print) = place(*feature, self.buckets.len());
            let Some(bucket) = self.buckets.get(bucket) else { return };
            bucket.add(print, sums);
        }
    }

    /// The sums of the weights of at most 256 features.
    #[inline(always)]
    pub fn sum(&self, features: &[u64]) -> FewSums {
        let mut sums = FewSums::default();
        self.add_few(features, &mut sums);
        sums
    }

    /// Writes the features with the largest weights, as many as `bytes` hold, their weights in units of `scale`.
    pub fn write(weights: &WeightsBuilder, scale: f32, bytes: usize) -> Vec<u8> {
        let words = weights.rows().map(|(feature, row)| {
            let mut word = u64::from(place(feature, 1).1);
            let mut size = 0;
            for (label, weight) in row.iter().filter(|(label, _)| usize::from(*label) < Self::LABELS) {
                let weight = quantised(*weight, scale);
                size = size.max(i32::from(weight).abs());
                word |= u64::from(weight as u8) << (16 + 8 * u32::from(*label));
            }
            (feature, size, word)
        });
        let filled = fill(words.collect(), 4, bytes);
        let bytes = filled.into_iter().flatten().flat_map(u64::to_le_bytes);
        header(scale).into_iter().chain(bytes).collect()
    }
}

/// Weights of one label, for binary decisions.
#[derive(Clone, Debug)]
pub struct Column {
    buckets: Vec<Narrow>,
    scale: f32,
}

impl Column {
    /// Reads a section that [`Column::write`] wrote.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let (scale, body) = open(section, 32)?;
        let buckets = body.as_chunks::<32>().0.iter().map(|bucket| {
            let words: [u32; 8] = std::array::from_fn(|at| u32_at(bucket, 4 * at));
            Narrow {
                prints: words.map(|word| word as u16),
                weights: words.map(|word| i16::from((word >> 16) as i8)),
            }
        });
        Ok(Self { buckets: buckets.collect(), scale })
    }

    /// The real value of a sum of 1.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The sum of the weights of features.
    #[inline(always)]
    pub fn sum(&self, features: &[u64]) -> i32 {
        // So few that their sum fits in 16 bits.
        const FEW: usize = 256;
        let mut sum = 0;
        for features in features.chunks(FEW) {
            // One sum for each slot of a bucket; slots that do not match add nothing.
            let mut sums = [0i16; 8];
            for feature in features {
                let (bucket, print) = place(*feature, self.buckets.len());
                let Some(bucket) = self.buckets.get(bucket) else { return 0 };
                for (sum, (known, weight)) in sums.iter_mut().zip(bucket.prints.iter().zip(bucket.weights)) {
                    let fits = 0i16.wrapping_sub(i16::from(*known == print));
                    *sum += weight & fits;
                }
            }
            sum += sums.into_iter().map(i32::from).sum::<i32>();
        }
        sum
    }

    /// Writes the weight of the second label less that of the first, for as many features as `bytes` hold, the largest first.
    pub fn write(weights: &WeightsBuilder, bytes: usize) -> Vec<u8> {
        let lead = |row: &[(u8, f32)]| {
            row.iter().map(|(label, weight)| if *label == 1 { *weight } else { -*weight }).sum::<f32>()
        };
        let mut sizes: Vec<f32> = weights.rows().map(|(_, row)| lead(row).abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let last = sizes.len().saturating_sub(1);
        let scale = sizes.get(last - last / 1000).copied().filter(|size| *size > 0.0).unwrap_or(1.0) / 127.0;
        let words = weights.rows().map(|(feature, row)| {
            let weight = quantised(lead(row), scale);
            let word = u32::from(place(feature, 1).1) | u32::from(weight as u8) << 16;
            (feature, i32::from(weight).abs(), word)
        });
        let filled = fill(words.collect(), 8, bytes);
        let bytes = filled.into_iter().flatten().flat_map(u32::to_le_bytes);
        header(scale).into_iter().chain(bytes).collect()
    }
}

fn quantised(weight: f32, scale: f32) -> i8 {
    (weight / scale).round().clamp(-127.0, 127.0) as i8
}

fn header(scale: f32) -> [u8; HEADER] {
    (u64::from(scale.to_bits())).to_le_bytes()
}

fn open(section: &Section, bucket: usize) -> Result<(f32, &[u8]), ArtefactError> {
    let damaged = || ArtefactError::damaged("rows of impossible length");
    let body = section.get(HEADER..).ok_or_else(damaged)?;
    let scale = f32::from_bits(u32_at(section, 0));
    if body.len() % bucket != 0 || !is_weight(scale) {
        return Err(damaged());
    }
    Ok((scale, body))
}

/// Puts words into buckets, the largest weights first.
fn fill<W: Copy + Default>(mut words: Vec<(u64, i32, W)>, room: usize, bytes: usize) -> Vec<Vec<W>> {
    words.retain(|(_, size, _)| *size > 0);
    words.sort_by(|a, b| b.1.cmp(&a.1).then(mix(a.0, 0).cmp(&mix(b.0, 0))));
    let most = (bytes.saturating_sub(HEADER)) / (room * size_of::<W>());
    let needed = (words.len() as f32 / LOAD / room as f32).ceil() as usize;
    let buckets = needed.min(most).max(1);
    let mut filled: Vec<Vec<(u16, W)>> = vec![Vec::with_capacity(room); buckets];
    for (feature, _, word) in words {
        let (bucket, print) = place(feature, buckets);
        let own = &mut filled[bucket];
        // A second feature with the same fingerprint would be added to the first.
        if own.len() < room && own.iter().all(|(known, _)| *known != print) {
            own.push((print, word));
        }
    }
    let words = |own: Vec<(u16, W)>| {
        let mut words: Vec<W> = own.into_iter().map(|(_, word)| word).collect();
        words.resize(room, W::default());
        words
    };
    filled.into_iter().map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::feature;

    fn built(count: u64) -> WeightsBuilder {
        let mut builder = WeightsBuilder::new(5);
        for n in 0..count {
            let weight = (n % 100) as f32 - 50.0;
            builder.add(feature(1, n), &[weight, 0.0, -weight / 2.0, 0.0, 1.0]);
        }
        builder
    }

    #[test]
    fn learned_weights_come_back() {
        for count in [0, 1, 7, 20_000] {
            let builder = built(count);
            let rows = Rows::read(&Section::from_vec(Rows::write(&builder, 0.5, 1 << 20))).expect("rows");
            let mut wrong = 0;
            for n in 0..count {
                let mut sums = FewSums::default();
                rows.add_few(&[feature(1, n)], &mut sums);
                sums.add(&FewSums::default());
                let weight = (n % 100) as f32 - 50.0;
                let right = [weight, 0.0, -weight / 2.0, 0.0, 1.0];
                let near = |(sum, right): (&i16, f32)| (f32::from(*sum) * rows.scale() - right).abs() <= 0.5;
                wrong += u64::from(!sums.lanes().iter().zip(right).all(near));
            }
            assert!(wrong <= count / 12, "{wrong} of {count}");
            let strange = (0..10_000).filter(|n| {
                let mut sums = FewSums::default();
                rows.add_few(&[feature(2, *n)], &mut sums);
                sums.lanes()[..Rows::LABELS].iter().any(|sum| *sum != 0)
            });
            assert!(strange.count() <= 5);
        }
    }

    #[test]
    fn a_column_keeps_the_lead_of_yes() {
        let mut builder = WeightsBuilder::new(2);
        (0..1000u64).for_each(|n| builder.add(feature(1, n), &[-(n as f32) / 1000.0, n as f32 / 1000.0]));
        let section = Column::write(&builder, 1 << 20);
        let column = Column::read(&Section::from_vec(section)).expect("a column");
        let right = (0..1000u64).filter(|n| {
            (column.sum(&[feature(1, *n)]) as f32 * column.scale() - 2.0 * *n as f32 / 1000.0).abs() < 0.02
        });
        assert!(right.count() > 960);
        assert_eq!(column.sum(&[feature(2, 5)]), 0);
        let small = Column::write(&builder, 2000);
        assert!(small.len() <= 2000 && small.len() > 1500);
    }

    #[test]
    fn garbage_is_refused_or_harmless() {
        let section = Rows::write(&built(300), 0.5, 1 << 20);
        for at in 0..section.len() {
            if let Ok(rows) = Rows::read(&Section::from_vec(section[..at].to_vec())) {
                (0..300).for_each(|n| rows.add_few(&[feature(1, n)], &mut FewSums::default()));
            }
        }
    }
}
