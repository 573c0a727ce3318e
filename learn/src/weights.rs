//! Quantised sparse weights, found by the hash of a feature.
//!
//! A feature has weights for a few labels: pairs of a label and a signed byte. Features are in buckets of about four, the
//! bucket chosen by the hash's top bits; inside a bucket a feature is identified by 16 bits of its hash. A feature that was never
//! seen in training is mistaken for another one in about one of 16,000 look-ups, which is negligible beside other noise.
//! A bucket is read sequentially, so a look-up costs two or three cache lines; the bytes are used in place in the
//! model file.

use crate::artefact::{ArtefactError, Section, is_weight, u32_at};

/// Weights of features: read only.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Where each bucket starts in `rows`; one more than there are buckets.
    starts: Vec<u32>,
    rows: Section,
    /// 64 less the number of bits that choose a bucket.
    shift: u32,
    /// The real value of a weight of 1.
    scale: f32,
    labels: usize,
    /// A Bloom filter over bucket and fingerprint of the features that have weights: most features of a text were
    /// never seen in training, and this small table rules them out without access to the large one.
    known: Vec<u64>,
}

/// The number of look-ups in flight, so that memory latencies overlap.
const AT_ONCE: usize = 32;

/// The bytes of a [`Header`].
pub(crate) const HEADER: usize = 16;

/// How a section of weights begins, here and in [`crate::dense`].
pub(crate) struct Header {
    /// The number of bits that choose a bucket.
    pub(crate) bits: u32,
    pub(crate) labels: usize,
    /// The real value of a weight of 1.
    pub(crate) scale: f32,
    /// The number of features; 0 where the buckets tell it.
    pub(crate) features: u32,
}

impl Header {
    /// Reads and checks a header; the error says what is wrong.
    pub(crate) fn read(section: &[u8]) -> Result<Self, &'static str> {
        if section.len() < HEADER {
            return Err("cut off");
        }
        let [bits, labels, scale, features] = [0, 4, 8, 12].map(|at| u32_at(section, at));
        let header = Self { bits, labels: labels as usize, scale: f32::from_bits(scale), features };
        let possible = bits <= 26 && header.labels <= 256 && is_weight(header.scale);
        possible.then_some(header).ok_or("impossible header")
    }

    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> + use<> {
        let numbers = [self.bits, self.labels as u32, self.scale.to_bits(), self.features];
        numbers.into_iter().flat_map(u32::to_le_bytes)
    }
}

impl Weights {
    /// Reads a section that [`WeightsBuilder::finish`] wrote.
    pub fn read(section: &Section) -> Result<Self, ArtefactError> {
        let damaged = |what: &str| ArtefactError::damaged(format!("weights: {what}"));
        let Header { bits, labels, scale, .. } = Header::read(section).map_err(damaged)?;
        let buckets = 1usize << bits;
        let rows_start = HEADER + 4 * (buckets + 1);
        let index = section.part(HEADER..rows_start).ok_or_else(|| damaged("index cut off"))?;
        let rows = section.part(rows_start..section.len()).ok_or_else(|| damaged("rows cut off"))?;
        let starts: Vec<u32> =
            index.as_chunks::<4>().0.iter().map(|start| u32::from_le_bytes(*start)).collect();
        let ordered = starts.windows(2).all(|pair| pair[0] <= pair[1]);
        if !ordered || starts.last().is_none_or(|end| *end as usize != rows.len()) {
            return Err(damaged("index out of order"));
        }
        let mut weights = Self { starts, rows, shift: 64 - bits, scale, labels, known: vec![0] };
        weights.mark_known();
        Ok(weights)
    }

    /// The number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The real value of a sum of 1: multiply by it to get the trained weights.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Adds the weights of a feature to the scores of their labels. Labels without a score are ignored.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut [i16]) {
        self.each(feature, |label, weight| {
            if let Some(score) = scores.get_mut(label) {
                *score = score.saturating_add(weight);
            }
        });
    }

    /// The bytes of all buckets.
    pub(crate) fn bytes(&self) -> usize {
        self.rows.len()
    }

    /// Fills the Bloom filter.
    fn mark_known(&mut self) {
        let buckets = self.starts.len() - 1;
        // About a bit in eight is set, each bucket holding about four features.
        let bits = (buckets * 32).next_power_of_two().clamp(64, 1 << 24);
        let mut known = vec![0u64; bits / 64];
        for (bucket, ends) in self.starts.windows(2).enumerate() {
            let Some((&count, rest)) =
                self.rows.get(ends[0] as usize..ends[1] as usize).and_then(|rows| rows.split_first())
            else {
                continue;
            };
            for print in rest.as_chunks::<2>().0.iter().take(usize::from(count)) {
                let bit = known_bit(bucket, u16::from_le_bytes(*print)) & (bits - 1);
                known[bit / 64] |= 1 << (bit % 64);
            }
        }
        self.known = known;
    }

    #[inline]
    fn bucket(&self, feature: u64) -> usize {
        if self.shift == 64 { 0 } else { (feature >> self.shift) as usize }
    }

    #[inline]
    fn may_know(&self, feature: u64) -> bool {
        let bit = known_bit(self.bucket(feature), fingerprint(feature)) & (self.known.len() * 64 - 1);
        self.known[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// Calls `take` with each label and weight of many features.
    #[inline]
    pub fn each_of(&self, features: &[u64], mut take: impl FnMut(usize, i16)) {
        self.rows_of(features, |_, pairs| {
            for [label, weight] in pairs {
                take(usize::from(*label), unfold(*weight as i8));
            }
        });
    }

    /// Calls `take` with the labels and the bytes of the weights of each feature that has some, and their position.
    #[inline(always)]
    pub(crate) fn rows_of(&self, features: &[u64], mut take: impl FnMut(usize, &[[u8; 2]])) {
        let rows: &[u8] = &self.rows;
        for features in features.chunks(AT_ONCE) {
            let mut kept = [0u64; AT_ONCE];
            let mut count = 0;
            for feature in features {
                kept[count] = *feature;
                count += usize::from(self.may_know(*feature));
            }
            // The loads of this loop do not wait for one another.
            let mut touched = 0;
            for feature in &kept[..count] {
                let start = self.starts.get(self.bucket(*feature)).copied().unwrap_or(0);
                touched |= rows.get(start as usize).copied().unwrap_or(0);
            }
            std::hint::black_box(touched);
            for feature in &kept[..count] {
                if let Some((place, pairs)) = self.find(rows, *feature) {
                    take(place, pairs);
                }
            }
        }
    }

    /// Adds the weights of many features to the scores of their labels.
    #[inline]
    pub fn add_all(&self, features: &[u64], scores: &mut [i16]) {
        self.each_of(features, |label, weight| {
            if let Some(score) = scores.get_mut(label) {
                *score = score.saturating_add(weight);
            }
        });
    }

    /// Calls `take` with each label and weight of a feature.
    #[inline]
    pub fn each(&self, feature: u64, mut take: impl FnMut(usize, i16)) {
        for [label, weight] in self.pairs(feature) {
            take(usize::from(*label), unfold(*weight as i8));
        }
    }

    /// The labels of a feature with the bytes of their weights.
    #[inline]
    fn pairs(&self, feature: u64) -> &[[u8; 2]] {
        self.find(&self.rows, feature).map_or(&[], |(_, pairs)| pairs)
    }

    /// The position and the pairs of a feature in `rows`, the bytes of all buckets.
    #[inline(always)]
    fn find<'r>(&self, rows: &'r [u8], feature: u64) -> Option<(usize, &'r [[u8; 2]])> {
        let bucket = self.bucket(feature);
        let (start, end) = (*self.starts.get(bucket)? as usize, *self.starts.get(bucket + 1)? as usize);
        // A bucket: how many features; their fingerprints; how many labels each has; the pairs.
        let (&count, rest) = rows.get(start..end)?.split_first()?;
        let count = usize::from(count);
        let (prints, lengths) = rest.get(..3 * count)?.split_at(2 * count);
        let mut own = 3 * count;
        let wanted = fingerprint(feature);
        for (print, length) in prints.as_chunks::<2>().0.iter().zip(lengths) {
            let after = own + 2 * usize::from(*length);
            if u16::from_le_bytes(*print) == wanted {
                return Some((start + 1 + own, rest.get(own..after)?.as_chunks::<2>().0));
            }
            own = after;
        }
        None
    }
}

/// The largest weight, in units of the scale.
const LARGEST: f32 = 504.0;

/// A weight from its byte. A byte is the square root of a weight, so that small weights keep their relative precision: a
/// few weights are a hundred times the typical ones.
#[inline]
pub(crate) const fn unfold(byte: i8) -> i16 {
    let byte = byte as i16;
    byte * byte.abs() / 32
}

/// The weight of each byte.
pub(crate) const UNFOLDED: [i16; 256] = {
    let mut weights = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        weights[byte] = unfold(byte as u8 as i8);
        byte += 1;
    }
    weights
};

/// The byte with the nearest weight.
fn fold(weight: f32) -> i8 {
    let root = (weight.abs() * 32.0).sqrt().round().min(127.0);
    root.copysign(weight) as i8
}

/// The position of a feature in the Bloom filter.
#[inline]
fn known_bit(bucket: usize, print: u16) -> usize {
    let mixed =
        (bucket as u64 ^ u64::from(print) << 32 | u64::from(print)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize
}

#[inline]
fn fingerprint(feature: u64) -> u16 {
    feature as u16
}

/// Collects weights and writes them.
#[derive(Clone, Debug)]
pub struct WeightsBuilder {
    labels: usize,
    rows: Vec<(u64, Vec<(u8, f32)>)>,
}

impl WeightsBuilder {
    /// An empty table for this many labels, at most 256.
    pub fn new(labels: usize) -> Self {
        assert!(labels <= 256, "a label is a byte");
        Self { labels, rows: Vec::new() }
    }

    /// Adds a feature with its weight for each label. A feature is added once.
    pub fn add(&mut self, feature: u64, weights: &[f32]) {
        let pairs = weights.iter().take(self.labels).enumerate().filter(|(_, weight)| **weight != 0.0);
        let row: Vec<(u8, f32)> = pairs.map(|(label, weight)| (label as u8, *weight)).collect();
        if !row.is_empty() {
            self.rows.push((feature, row));
        }
    }

    /// Drops the smallest weights until the section has at most `bytes`.
    pub fn prune(&mut self, bytes: usize) {
        Self::prune_together(&mut [self], bytes);
    }

    /// Drops the smallest weights of several tables until their sections have at most `bytes` together.
    pub fn prune_together(tables: &mut [&mut Self], bytes: usize) {
        let size = |(rows, pairs): (usize, usize)| HEADER + rows * 3 + pairs * 2 + buckets(rows) * 5;
        let fits = |limit: f32| tables.iter().map(|table| size(table.left(limit))).sum::<usize>() <= bytes;
        if fits(0.0) {
            return;
        }
        let mut sizes: Vec<f32> = tables.iter().flat_map(|table| table.weights()).collect();
        sizes.sort_by(f32::total_cmp);
        // The size falls as the limit rises: search for the smallest limit that fits.
        let low = sizes.partition_point(|limit| !fits(*limit));
        let limit = sizes.get(low).copied().unwrap_or(f32::INFINITY);
        tables.iter_mut().for_each(|table| table.drop_below(limit));
    }

    /// Drops weights nearer to zero than `limit`.
    pub fn drop_below(&mut self, limit: f32) {
        for (_, row) in &mut self.rows {
            row.retain(|(_, weight)| weight.abs() >= limit);
        }
        self.rows.retain(|(_, row)| !row.is_empty());
    }

    fn weights(&self) -> impl Iterator<Item = f32> + '_ {
        self.rows.iter().flat_map(|(_, row)| row).map(|(_, weight)| weight.abs())
    }

    fn left(&self, limit: f32) -> (usize, usize) {
        let kept = |row: &Vec<(u8, f32)>| row.iter().filter(|(_, weight)| weight.abs() >= limit).count();
        self.rows
            .iter()
            .map(|(_, row)| kept(row))
            .fold((0, 0), |(rows, pairs), kept| (rows + usize::from(kept > 0), pairs + kept))
    }

    /// The sum of the absolute weights.
    pub fn size(&self) -> f32 {
        self.weights().sum()
    }

    /// The features with the labels for which they have weights.
    pub fn rows(&self) -> impl Iterator<Item = (u64, &[(u8, f32)])> {
        self.rows.iter().map(|(feature, row)| (*feature, row.as_slice()))
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no features.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The real value that a quantised weight of 1 will have.
    pub fn scale(&self) -> f32 {
        let largest = self.weights().fold(0.0, f32::max);
        if largest > 0.0 { largest / LARGEST } else { 1.0 }
    }

    /// The section, for [`Weights::read`].
    pub fn finish(&self) -> Vec<u8> {
        self.finish_at(self.scale())
    }

    /// The section with a given scale, where several tables share one.
    pub fn finish_at(&self, scale: f32) -> Vec<u8> {
        let (bits, filled) = self.filled(scale);
        let mut starts = vec![0u32];
        let mut rows: Vec<u8> = Vec::new();
        for own in filled {
            if !own.is_empty() {
                rows.push(own.len() as u8);
                own.iter().for_each(|(print, _)| rows.extend(print.to_le_bytes()));
                own.iter().for_each(|(_, row)| rows.push(row.len() as u8));
                for (label, weight) in own.iter().flat_map(|(_, row)| row) {
                    rows.extend([*label, *weight as u8]);
                }
            }
            starts.push(rows.len() as u32);
        }
        let mut section = Vec::with_capacity(HEADER + 4 * starts.len() + rows.len());
        section.extend(Header { bits, labels: self.labels, scale, features: 0 }.bytes());
        starts.iter().for_each(|start| section.extend(start.to_le_bytes()));
        section.extend(rows);
        section
    }

    /// The number of labels.
    pub(crate) fn labels(&self) -> usize {
        self.labels
    }

    /// The number of bits that choose a bucket, and every bucket: its features in the order of their hashes, with weights in units of
    /// `scale`.
    pub(crate) fn filled(&self, scale: f32) -> (u32, Vec<Filled>) {
        let mut order: Vec<&(u64, Vec<(u8, f32)>)> = self.rows.iter().collect();
        order.sort_by_key(|(feature, _)| *feature);
        let mut bits = buckets(self.rows.len()).trailing_zeros();
        let bucket = |feature: u64, bits: u32| if bits == 0 { 0 } else { (feature >> (64 - bits)) as usize };
        // A bucket counts its features in a byte.
        while bits < 26
            && order.chunk_by(|a, b| bucket(a.0, bits) == bucket(b.0, bits)).any(|own| own.len() > 255)
        {
            bits += 1;
        }
        let mut left = order.as_slice();
        let filled = (0..1usize << bits).map(|place| {
            let count = left.iter().take(255).take_while(|row| bucket(row.0, bits) == place).count();
            let (own, rest) = left.split_at(count);
            left = rest;
            strongest(own, scale)
        });
        let filled = filled.collect();
        (bits, filled)
    }
}

/// The features of a bucket: the fingerprint of each, and its labels with the bytes of their weights.
pub(crate) type Filled = Vec<(u16, Vec<(u8, i8)>)>;

/// Features with their weights in units of `scale`. Of two with the same fingerprint the weaker one is dropped.
fn strongest(features: &[&(u64, Vec<(u8, f32)>)], scale: f32) -> Filled {
    let mut kept = Filled::new();
    for (feature, row) in features {
        let quantised = row.iter().map(|(label, weight)| (*label, fold(weight / scale)));
        let row: Vec<(u8, i8)> = quantised.filter(|(_, weight)| *weight != 0).take(255).collect();
        let size = |row: &[(u8, i8)]| row.iter().map(|(_, weight)| i32::from(*weight).abs()).max();
        match kept.iter_mut().find(|(known, _)| *known == fingerprint(*feature)) {
            _ if row.is_empty() => {}
            Some((_, weaker)) if size(weaker) < size(&row) => *weaker = row,
            Some(_) => {}
            None => kept.push((fingerprint(*feature), row)),
        }
    }
    kept
}

/// The number of buckets for a number of features: a power of two, with about four features each.
fn buckets(features: usize) -> usize {
    (features / 3).next_power_of_two().max(2) / 2
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

    fn scores(weights: &Weights, feature: u64) -> [i16; 5] {
        let (mut scores, mut together) = ([0; 5], [0; 5]);
        weights.add(feature, &mut scores);
        weights.add_all(&[feature], &mut together);
        assert_eq!(scores, together);
        scores
    }

    #[test]
    fn learned_weights_come_back() {
        for count in [0, 1, 7, 1000, 20_000] {
            let builder = built(count);
            let weights = Weights::read(&Section::from_vec(builder.finish())).expect("weights");
            let mut wrong = 0;
            for n in 0..count {
                let found = scores(&weights, feature(1, n));
                let weight = (n % 100) as f32 - 50.0;
                let near = |label: usize, value: f32| {
                    (f32::from(found[label]) * weights.scale() - value).abs() <= 0.1 + value.abs() / 10.0
                };
                wrong += u64::from(!(near(0, weight) && near(1, 0.0) && near(2, -weight / 2.0)));
            }
            assert!(wrong <= count / 5000, "{wrong} of {count}");
            let strange = (0..10_000).filter(|n| scores(&weights, feature(2, *n)) != [0; 5]).count();
            assert!(strange <= 5, "{strange}");
        }
    }

    #[test]
    fn pruning_keeps_what_matters_and_the_size() {
        let mut builder = built(20_000);
        let whole = builder.finish().len();
        builder.prune(whole / 2);
        let section = builder.finish();
        assert!(section.len() <= whole / 2 && section.len() > whole / 4, "{} of {whole}", section.len());
        let weights = Weights::read(&Section::from_vec(section)).expect("weights");
        assert_ne!(scores(&weights, feature(1, 99))[0], 0);
        assert_eq!(scores(&weights, feature(1, 51))[0], 0);
    }

    #[test]
    fn garbage_is_refused_or_harmless() {
        let section = built(300).finish();
        for at in 0..section.len() {
            let mut changed = section.clone();
            changed[at] ^= 0xff;
            if let Ok(weights) = Weights::read(&Section::from_vec(changed)) {
                assert_eq!((0..300).map(|n| scores(&weights, feature(1, n)).len()).sum::<usize>(), 1500);
            }
            let _ = Weights::read(&Section::from_vec(section[..at].to_vec()));
        }
    }
}
