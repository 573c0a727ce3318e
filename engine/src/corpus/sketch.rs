//! A sketch of a document, from which the likeness of two documents can be told.
//!
//! The text's runs of four words are reduced by one-permutation MinHash (Li, Owen and Zhang 2012): each run falls into one of 126
//! bins, and a bin keeps its least hash; empty bins borrow from others by optimal densification (Shrivastava 2017). The share of
//! equal bins of two sketches estimates the Jaccard similarity of their runs. 42 bands of three bins find the candidates: documents
//! that share half of their runs do so with a probability of 99.6 %, those that share a tenth with one of 4 %.

/// Bins.
const BINS: usize = 126;
/// Bins of a band.
const BAND: usize = 3;
/// Bands.
pub(super) const BANDS: usize = BINS / BAND;
/// Words of a run.
const RUN: usize = 4;
/// A text of fewer words has no sketch: nothing can be told of captions and flashes.
const LEAST_WORDS: usize = 30;
/// The least hashes of names and figures that are kept.
const FACTS: usize = 24;

/// A sketch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    bins: [u16; BINS],
    /// How many different runs the text has.
    runs: u32,
    /// The least hashes of names and figures, ascending.
    facts: Vec<u32>,
    bands: [u64; BANDS],
}

/// How alike two documents are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// Jaccard similarity: what they share of all that they have.
    pub(super) jaccard: f64,
    /// What the shorter one shares with the longer one.
    pub(super) contained: f64,
    /// What the one that has fewer names and figures shares of them; 1 where it has hardly any.
    pub(super) facts: f64,
}

impl Sketch {
    /// The bytes of a record.
    pub(super) const BYTES: usize = BINS * 2 + 4 + 1 + FACTS * 4;

    /// The sketch of a text of these words, in which these names and figures are.
    pub(super) fn new(words: &[u64], mut facts: Vec<u32>) -> Option<Self> {
        if words.len() < LEAST_WORDS {
            return None;
        }
        let mut runs: Vec<u64> =
            words.windows(RUN).map(|run| run.iter().fold(0, |a, b| mix(a ^ b))).collect();
        runs.sort_unstable();
        runs.dedup();
        let mut least = [u64::MAX; BINS];
        for run in &runs {
            let bin = &mut least[bin_of(*run)];
            *bin = (*bin).min(*run);
        }
        let filled = densify(&least);
        let mut bands = [0; BANDS];
        for (number, (band, bins)) in bands.iter_mut().zip(filled.chunks_exact(BAND)).enumerate() {
            *band = bins.iter().fold(number as u64 + 1, |a, b| mix(a ^ b));
        }
        facts.sort_unstable();
        facts.dedup();
        facts.truncate(FACTS);
        // The highest bits of a hash choose its bin, so they say little; the lowest are as good as any.
        let bins = filled.map(|least| least as u16);
        Some(Self { bins, runs: runs.len() as u32, facts, bands })
    }

    /// What documents are candidates by: they share one of these.
    pub(super) const fn bands(&self) -> &[u64; BANDS] {
        &self.bands
    }

    /// The record of it.
    pub(super) fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let values = self.bins.iter().flat_map(|bin| bin.to_le_bytes());
        let values = values.chain(self.runs.to_le_bytes()).chain([self.facts.len() as u8]);
        let values = values.chain(self.facts.iter().flat_map(|fact| fact.to_le_bytes()));
        bytes.iter_mut().zip(values).for_each(|(byte, value)| *byte = value);
        bytes
    }

    /// The sketch of a record. It has no bands.
    pub(super) fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let mut bins = [0; BINS];
        let (values, rest) = bytes.split_at(BINS * 2);
        bins.iter_mut()
            .zip(values.as_chunks::<2>().0)
            .for_each(|(bin, value)| *bin = u16::from_le_bytes(*value));
        let (words, rest) = rest.split_at(4);
        let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        let count = usize::from(rest[0]).min(FACTS);
        let facts = rest[1..].as_chunks::<4>().0[..count].iter().map(|bytes| word(bytes)).collect();
        Self { bins, runs: word(words), facts, bands: [0; BANDS] }
    }

    /// How alike two documents are, from their sketches.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let same = self.bins.iter().zip(&other.bins).filter(|(a, b)| a == b).count();
        let jaccard = same as f64 / BINS as f64;
        let (a, b) = (f64::from(self.runs), f64::from(other.runs));
        // |A ∩ B| = J (|A| + |B|) / (1 + J)
        let shared = jaccard * (a + b) / (1.0 + jaccard);
        let contained = (shared / a.min(b).max(1.0)).min(1.0);
        Likeness { jaccard, contained, facts: self.shared_facts(other) }
    }

    /// The share of names and figures, from the least hashes that both could have kept.
    fn shared_facts(&self, other: &Self) -> f64 {
        const FEW: usize = 3;
        // Of a full list, hashes above its last one are not known.
        let end = |facts: &Vec<u32>| match facts.get(FACTS - 1) {
            Some(last) => *last,
            None => u32::MAX,
        };
        let end = end(&self.facts).min(end(&other.facts));
        let known = |facts: &[u32]| facts.partition_point(|fact| *fact <= end);
        let (mine, theirs) = (&self.facts[..known(&self.facts)], &other.facts[..known(&other.facts)]);
        let (fewer, more) = if mine.len() <= theirs.len() { (mine, theirs) } else { (theirs, mine) };
        if fewer.len() < FEW {
            return 1.0;
        }
        let shared = fewer.iter().filter(|fact| more.binary_search(fact).is_ok()).count();
        shared as f64 / fewer.len() as f64
    }
}

const fn bin_of(hash: u64) -> usize {
    ((hash as u128 * BINS as u128) >> 64) as usize
}

/// Fills empty bins from others, which the number of the bin chooses.
fn densify(least: &[u64; BINS]) -> [u64; BINS] {
    let mut filled = *least;
    for (number, bin) in filled.iter_mut().enumerate().filter(|(_, bin)| **bin == u64::MAX) {
        let mut draw = mix(number as u64 + 0x5EED);
        // A text with a sketch has at least one bin that is not empty; the limit keeps any other from a loop without end.
        for _ in 0..100_000 {
            let from = least[bin_of(draw)];
            if from != u64::MAX {
                *bin = mix(from ^ number as u64);
                break;
            }
            draw = mix(draw);
        }
    }
    filled
}

/// A bijection that spreads the bits (the finaliser of SplitMix64).
pub(super) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: u64, count: u64) -> Vec<u64> {
        (from..from + count).map(mix).collect()
    }

    fn sketch(words: &[u64]) -> Sketch {
        Sketch::new(words, Vec::new()).expect("enough words")
    }

    #[test]
    fn likeness_is_near_the_truth() {
        // Of 400 words, `shared` are the same: runs of four, 397 in each.
        for shared in [40u64, 100, 200, 300, 360, 400] {
            let a = words(0, 400);
            let mut b = words(0, shared);
            b.extend(words(10_000, 400 - shared));
            let (both, all) = (shared as f64 - 3.0, 397.0);
            let truth = both / (2.0 * all - both);
            let likeness = sketch(&a).likeness(&sketch(&b));
            assert!((likeness.jaccard - truth).abs() < 0.13, "{shared}: {} {truth}", likeness.jaccard);
            assert!((likeness.contained - both / all).abs() < 0.2, "{shared}: {}", likeness.contained);
        }
    }

    #[test]
    fn what_is_cut_is_contained() {
        let likeness = sketch(&words(0, 600)).likeness(&sketch(&words(0, 300)));
        assert!(likeness.contained > 0.85, "{likeness:?}");
        assert!((likeness.jaccard - 0.5).abs() < 0.13, "{likeness:?}");
    }

    #[test]
    fn records_give_the_sketch_again() {
        for facts in [vec![], vec![7, 3, 3], (0..50).collect()] {
            let sketch = Sketch::new(&words(5, 90), facts).expect("enough words");
            let read = Sketch::from_bytes(&sketch.to_bytes());
            assert_eq!((read.bins, read.runs, &read.facts), (sketch.bins, sketch.runs, &sketch.facts));
        }
    }

    #[test]
    fn facts_are_compared_as_far_as_both_lists_reach() {
        let with = |facts: Vec<u32>| Sketch::new(&words(5, 90), facts).expect("enough words");
        let facts = |a: Vec<u32>, b: Vec<u32>| with(a).likeness(&with(b)).facts;
        assert!((facts(vec![1, 2, 3, 4], vec![1, 2, 3, 9]) - 0.75).abs() < 1e-9);
        assert!((facts((0..100).collect(), (0..50).collect()) - 1.0).abs() < 1e-9);
        assert!((facts(vec![1], vec![2]) - 1.0).abs() < 1e-9, "too few to tell");
    }
}
