//! A sketch of a document, from which the similarity of two documents is estimated.
//!
//! The text's runs of four words are reduced by one-permutation MinHash (Li, Owen and Zhang 2012): each run falls into one of 126
//! bins, and a bin keeps its smallest hash; empty bins copy from others by optimal densification (Shrivastava 2017). The share of
//! equal bins in two sketches estimates the Jaccard similarity of their runs. 42 bands of three bins give the candidates: documents
//! that share half of their runs become candidates with a probability of 99.6 %, those that share a tenth with one of 4 %.

/// The number of bins.
const BINS: usize = 126;
/// The number of bins in a band.
const BAND: usize = 3;
/// The number of bands.
pub(super) const BANDS: usize = BINS / BAND;
/// The number of words in a run.
const RUN: usize = 4;
/// A text with fewer words has no sketch: captions and news flashes are too short to compare.
const LEAST_WORDS: usize = 30;
/// The number of hashes of names and figures that are kept, the smallest ones.
const FACTS: usize = 24;

/// A sketch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    bins: [u16; BINS],
    /// The number of different runs in the text.
    runs: u32,
    /// The smallest hashes of names and figures, ascending.
    facts: Vec<u32>,
    bands: [u64; BANDS],
}

/// The similarity of two documents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// Jaccard similarity of their runs.
    pub(super) jaccard: f64,
    /// The share of the shorter document's runs that the longer one has.
    pub(super) contained: f64,
    /// The share of names and figures that both have, in the document that has fewer; 1 if it has hardly any.
    pub(super) facts: f64,
}

impl Sketch {
    /// The size of a serialised sketch in bytes.
    pub(super) const BYTES: usize = BINS * 2 + 4 + 1 + FACTS * 4;

    /// The sketch of a text with these words, and these names and figures.
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
        // The highest bits of a hash select its bin, so they carry little information; the lowest bits are used.
        let bins = filled.map(|least| least as u16);
        Some(Self { bins, runs: runs.len() as u32, facts, bands })
    }

    /// Documents are candidates if they share one of these.
    pub(super) const fn bands(&self) -> &[u64; BANDS] {
        &self.bands
    }

    /// Serialises it, without bands.
    pub(super) fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let values = self.bins.iter().flat_map(|bin| bin.to_le_bytes());
        let values = values.chain(self.runs.to_le_bytes()).chain([self.facts.len() as u8]);
        let values = values.chain(self.facts.iter().flat_map(|fact| fact.to_le_bytes()));
        bytes.iter_mut().zip(values).for_each(|(byte, value)| *byte = value);
        bytes
    }

    /// Deserialises a sketch. It has no bands.
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

    /// The estimated similarity of two documents.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let same = self.bins.iter().zip(&other.bins).filter(|(a, b)| a == b).count();
        let jaccard = same as f64 / BINS as f64;
        let (a, b) = (f64::from(self.runs), f64::from(other.runs));
        // |A ∩ B| = J (|A| + |B|) / (1 + J)
        let shared = jaccard * (a + b) / (1.0 + jaccard);
        let contained = (shared / a.min(b).max(1.0)).min(1.0);
        Likeness { jaccard, contained, facts: self.shared_facts(other) }
    }

    /// The share of common names and figures, from the smallest hashes that both could have kept.
    fn shared_facts(&self, other: &Self) -> f64 {
        const FEW: usize = 3;
        // If a list is full, hashes above its last one are unknown.
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

/// Fills empty bins from others, which are selected by the number of the bin.
fn densify(least: &[u64; BINS]) -> [u64; BINS] {
    let mut filled = *least;
    for (number, bin) in filled.iter_mut().enumerate().filter(|(_, bin)| **bin == u64::MAX) {
        let mut draw = mix(number as u64 + 0x5EED);
        // A sketch has at least one bin that is not empty; the limit guarantees that the loop ends.
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
        // The texts share `shared` of 400 words; each has 397 runs of four words.
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
