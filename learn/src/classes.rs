//! Word classes: clusters of words that occur in similar contexts.
//!
//! Clusters of word vectors at four granularities, each coarser one a union of finer ones. A word takes four bytes: 20 bits of
//! its hash and 12 of its finest class. Looked up in place, in one or two cache lines.

use crate::artefact::{Artefact, ArtefactError, ArtefactWriter, Section};

/// The kind of the model file.
pub const KIND: &str = "classes";

/// The granularities, from coarse to fine.
pub const GRAINS: usize = 4;

/// The maximum number of classes at the finest granularity: 0 marks a free slot, 1 is the first class.
pub const MAX: usize = (1 << CLASS_BITS) - 1;

const CLASS_BITS: u32 = 12;

/// The classes of a word, from the coarsest to the finest; 0 if the word is unknown, else from 1.
pub type WordClasses = [u16; GRAINS];

/// A table of word classes.
#[derive(Clone, Debug)]
pub struct Classes {
    slots: Section,
    mask: usize,
    /// For each finest class the coarser ones that contain it.
    grains: Vec<WordClasses>,
}

impl Classes {
    /// The built-in classes: clusters of public-domain GloVe vectors.
    pub fn built_in() -> Result<Self, ArtefactError> {
        Self::read(&Artefact::from_static(KIND, include_bytes!("../data/classes.bin"))?)
    }

    /// Reads a model of this kind.
    pub fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let damaged = || ArtefactError::damaged("word classes of impossible length");
        let slots = model.section("slots")?;
        let count = slots.len() / 4;
        if slots.len() % 4 != 0 || !count.is_power_of_two() {
            return Err(damaged());
        }
        let section = model.section("grains")?;
        let (rows, rest) = section.as_chunks::<{ 2 * GRAINS }>();
        if !rest.is_empty() || rows.is_empty() || rows.len() > MAX + 1 {
            return Err(damaged());
        }
        let row = |row: &[u8; 2 * GRAINS]| {
            std::array::from_fn(|grain| u16::from_le_bytes([row[2 * grain], row[2 * grain + 1]]))
        };
        Ok(Self { mask: count - 1, grains: rows.iter().map(row).collect(), slots })
    }

    /// One more than the highest class of a granularity.
    pub fn count(&self, grain: usize) -> usize {
        self.grains.iter().map(|classes| usize::from(classes[grain]) + 1).max().unwrap_or(0)
    }

    /// The classes of a word by its lower-cased hash, as tokens carry it.
    #[inline]
    pub fn of(&self, hash: u64) -> WordClasses {
        let words = self.slots.as_chunks::<4>().0;
        let mut at = home(hash) & self.mask;
        // The table is never full, but a damaged file must not hang.
        for _ in 0..MAX_PROBES {
            let slot = u32::from_le_bytes(words[at]);
            if slot == 0 {
                break;
            }
            if slot >> CLASS_BITS == print(hash) {
                let finest = slot & ((1 << CLASS_BITS) - 1);
                return self.grains.get(finest as usize).copied().unwrap_or_default();
            }
            at = (at + 1) & self.mask;
        }
        WordClasses::default()
    }
}

const MAX_PROBES: usize = 256;

#[inline]
fn home(hash: u64) -> usize {
    (hash >> 24) as usize
}

#[inline]
fn print(hash: u64) -> u32 {
    (hash as u32) & ((1 << (32 - CLASS_BITS)) - 1)
}

/// Writes a table. `words` gives the hash of each word and its finest class from 0; of two words with one hash the first
/// counts. `grains` gives for each finest class the coarser ones that contain it, each from 0, from the coarsest on.
pub fn write(words: &[(u64, u16)], grains: &[[u16; GRAINS - 1]]) -> Vec<u8> {
    assert!(grains.len() <= MAX, "a class has {CLASS_BITS} bits");
    let count = (words.len() + words.len() / 3).next_power_of_two().max(2);
    let mut slots = vec![0u32; count];
    for &(hash, class) in words {
        let mut at = home(hash) & (count - 1);
        let mut probes = 0;
        while slots[at] != 0 && slots[at] >> CLASS_BITS != print(hash) && probes < MAX_PROBES {
            at = (at + 1) & (count - 1);
            probes += 1;
        }
        if slots[at] == 0 {
            slots[at] = print(hash) << CLASS_BITS | (u32::from(class) + 1);
        }
    }
    let mut rows: Vec<u8> = vec![0; 2 * GRAINS];
    for (finest, coarse) in grains.iter().enumerate() {
        coarse.iter().for_each(|class| rows.extend((class + 1).to_le_bytes()));
        rows.extend((finest as u16 + 1).to_le_bytes());
    }
    let mut model = ArtefactWriter::new(KIND);
    model.section("slots", slots.iter().flat_map(|slot| slot.to_le_bytes()).collect());
    model.section("grains", rows);
    model.finish()
}

#[cfg(test)]
mod tests {
    use copydesk_core::hash_lower;

    use super::*;

    #[test]
    fn words_have_their_classes_and_others_none() {
        let grains: Vec<_> = (0..40).map(|class| [class / 20, class / 10, class / 5]).collect();
        let word = |n: u16| hash_lower(&format!("word{n}"));
        let words: Vec<_> = (0..5000).map(|n| (word(n), n % 40)).collect();
        let classes = Classes::read(&Artefact::from_vec(KIND, write(&words, &grains)).expect("a model"));
        let classes = classes.expect("classes");
        let right = (0..5000).filter(|n| {
            let finest = n % 40;
            classes.of(word(*n)) == [finest / 20 + 1, finest / 10 + 1, finest / 5 + 1, finest + 1]
        });
        assert!(right.count() > 4990);
        let strange = (0..5000).filter(|n| classes.of(hash_lower(&format!("other{n}"))) != [0; 4]);
        assert!(strange.count() < 60);
    }

    #[test]
    fn the_built_in_classes_know_words() {
        let classes = Classes::built_in().expect("the model is part of the program");
        let of = |word: &str| classes.of(hash_lower(word));
        assert_ne!(of("the"), [0; 4]);
        assert_eq!(of("tuesday")[0], of("wednesday")[0]);
        assert_ne!(of("tuesday")[0], of("minister")[0]);
        assert_eq!(of("xyzzyqqj"), [0; 4]);
    }
}
