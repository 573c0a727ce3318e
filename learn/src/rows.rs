//! Quantised weights for few labels, looked up without a branch.
//!
//! A feature's weights stand in one word beside 16 bits of its hash; a bucket of such words is as long as half a cache line.
//! A look-up compares all words of one bucket at once and keeps the one that fits: one memory access, nothing to predict.
//! Where more features fall into a bucket than it has room for, those with the smallest weights are left out.

use crate::artefact::{ArtefactError, Section, u32_at};
use crate::feature::mix;
use crate::weights::WeightsBuilder;

const HEADER: usize = 8;
/// How full the buckets are on average: fuller, and too many features would find no room.
const LOAD: f32 = 0.6;

#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Wide([u64; 4]);

#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Narrow([u32; 8]);

/// The bucket of a feature, by the upper half of its hash, and what is left to know it by. Zero marks a free place.
#[inline]
fn place(feature: u64, buckets: usize) -> (usize, u16) {
    // Hashes of small numbers lie on a lattice; what they are multiplied by here breaks it up.
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

/// The sums of weights, a label each.
pub type Sums = [i32; Rows::LABELS];

impl Rows {
    /// The most labels.
    pub const LABELS: usize = 6;

    /// Reads a section that [`Rows::write`] wrote.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let (scale, body) = open(section, 32)?;
        let words = body.as_chunks::<32>().0;
        let buckets = words.iter().map(|bucket| {
            let (words, _) = bucket.as_chunks::<8>();
            Wide(std::array::from_fn(|at| u64::from_le_bytes(words[at])))
        });
        Ok(Self { buckets: buckets.collect(), scale })
    }

    /// What a sum of 1 stands for.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Adds the weights of a feature.
    #[inline]
    pub fn add(&self, feature: u64, sums: &mut Sums) {
        let (bucket, print) = place(feature, self.buckets.len());
        let Some(Wide(words)) = self.buckets.get(bucket) else { return };
        let mut found = 0;
        for word in words {
            let fits = 0u64.wrapping_sub(u64::from(*word as u16 == print));
            found |= word & fits;
        }
        for (label, sum) in sums.iter_mut().enumerate() {
            *sum += i32::from((found >> (16 + 8 * label)) as i8);
        }
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

/// Weights of one label: what speaks for yes in a yes-or-no question.
#[derive(Clone, Debug)]
pub struct Column {
    buckets: Vec<Narrow>,
    scale: f32,
}

impl Column {
    /// Reads a section that [`Column::write`] wrote.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let (scale, body) = open(section, 32)?;
        let words = body.as_chunks::<32>().0;
        let buckets = words.iter().map(|bucket| {
            let (words, _) = bucket.as_chunks::<4>();
            Narrow(std::array::from_fn(|at| u32::from_le_bytes(words[at])))
        });
        Ok(Self { buckets: buckets.collect(), scale })
    }

    /// What a sum of 1 stands for.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The weight of a feature.
    #[inline]
    pub fn weight(&self, feature: u64) -> i32 {
        let (bucket, print) = place(feature, self.buckets.len());
        let Some(Narrow(words)) = self.buckets.get(bucket) else { return 0 };
        let mut found = 0;
        for word in words {
            let fits = 0u32.wrapping_sub(u32::from(*word as u16 == print));
            found |= word & fits;
        }
        i32::from((found >> 16) as i8)
    }

    /// Writes the second label's lead over the first, of the features where it is largest, as many as `bytes` hold.
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
    if body.len() % bucket != 0 || !scale.is_finite() {
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
        // A second feature that looks the same would be added to the first.
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
                let mut sums = Sums::default();
                rows.add(feature(1, n), &mut sums);
                let weight = (n % 100) as f32 - 50.0;
                wrong += u64::from((sums[0] as f32 * rows.scale() - weight).abs() > 0.5);
            }
            assert!(wrong <= count / 12, "{wrong} of {count}");
            let strange = (0..10_000).filter(|n| {
                let mut sums = Sums::default();
                rows.add(feature(2, *n), &mut sums);
                sums != Sums::default()
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
            (column.weight(feature(1, *n)) as f32 * column.scale() - 2.0 * *n as f32 / 1000.0).abs() < 0.02
        });
        assert!(right.count() > 960);
        assert_eq!(column.weight(feature(2, 5)), 0);
        let small = Column::write(&builder, 2000);
        assert!(small.len() <= 2000 && small.len() > 1500);
    }

    #[test]
    fn garbage_is_refused_or_harmless() {
        let section = Rows::write(&built(300), 0.5, 1 << 20);
        for at in 0..section.len() {
            if let Ok(rows) = Rows::read(&Section::from_vec(section[..at].to_vec())) {
                (0..300).for_each(|n| rows.add(feature(1, n), &mut Sums::default()));
            }
        }
    }
}
