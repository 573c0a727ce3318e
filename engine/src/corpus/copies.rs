//! Finds documents that are copies of one another.

use std::collections::HashMap;
use std::io;

use super::sketch::{BANDS, Sketch};
use super::sorter::Sorter;
use super::store::{Store, Stored};

/// The criterion for copies.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    /// The minimum Jaccard similarity of two copies, counted in runs of four words.
    pub similarity: f64,
}

impl Default for Likeness {
    fn default() -> Self {
        Self { similarity: 0.6 }
    }
}

impl Likeness {
    /// A shortened copy shares this share of its runs with the full document.
    const CONTAINED: f64 = 0.8;
    /// Below this similarity, sketches are too imprecise.
    const LEAST: f64 = 0.25;
    /// Reports that are written to a pattern (results, weather, matches) are similar in words but not in names and figures.
    const FACTS: f64 = 0.5;

    fn holds(self, likeness: super::sketch::Likeness) -> bool {
        let alike = likeness.jaccard >= self.similarity
            || (likeness.contained >= Self::CONTAINED
                && likeness.jaccard >= Self::LEAST.min(self.similarity));
        alike && likeness.facts >= Self::FACTS
    }
}

/// The cluster of a document, and its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    /// The first document that it is a copy of; `None` for the first of a cluster.
    pub(super) of: Option<u32>,
    /// The first document of its cluster.
    pub(super) cluster: u32,
}

/// Collects the sketches of documents.
pub(super) struct Copies {
    bands: Sorter,
    sketches: Store,
    /// The index of each document's sketch.
    places: Vec<u32>,
    count: u32,
}

/// The index for a document without a sketch.
const NONE: u32 = u32::MAX;

impl Copies {
    pub(super) fn new(memory: usize) -> io::Result<Self> {
        Ok(Self { bands: Sorter::new(memory), sketches: Store::new()?, places: Vec::new(), count: 0 })
    }

    /// Adds the next document.
    pub(super) fn add(&mut self, sketch: Option<&Sketch>) -> io::Result<()> {
        let document = self.places.len() as u32;
        let Some(sketch) = sketch else {
            self.places.push(NONE);
            return Ok(());
        };
        self.sketches.add(&sketch.to_bytes())?;
        self.places.push(self.count);
        self.count += 1;
        (0..BANDS).try_for_each(|band| self.bands.push(sketch.bands()[band], document))
    }

    /// The documents that are copies or have copies.
    pub(super) fn find(self, memory: usize, likeness: Likeness) -> io::Result<HashMap<u32, Copy>> {
        let mut pairs = candidates(self.bands, memory)?.sorted()?;
        let mut sketches = Sketches { stored: self.sketches.finish()?, places: self.places };
        let mut copies: HashMap<u32, Copy> = HashMap::new();
        let mut earlier = Vec::new();
        while let Some(later) = pairs.group(&mut earlier)? {
            let later = later as u32;
            let sketch = sketches.read(later)?;
            for document in &earlier {
                if likeness.holds(sketches.read(*document)?.likeness(&sketch)) {
                    let first = copies.entry(*document).or_insert(Copy { of: None, cluster: *document });
                    let cluster = first.cluster;
                    copies.insert(later, Copy { of: Some(*document), cluster });
                    break;
                }
            }
        }
        Ok(copies)
    }
}

/// Pairs of documents that share a band, with the later one as the key. Among many documents with the same band, each is compared only
/// with the first ones and the last ones before it, so the number of pairs does not grow quadratically.
fn candidates(bands: Sorter, memory: usize) -> io::Result<Sorter> {
    let mut pairs = Sorter::new(memory);
    let mut sorted = bands.sorted()?;
    let mut group = Vec::new();
    while sorted.group(&mut group)?.is_some() {
        neighbours(&group, |later, earlier| pairs.push(u64::from(later), earlier))?;
    }
    Ok(pairs)
}

/// Calls `pair` with each item and some of those before it: the first ones and the last ones.
pub(super) fn neighbours(group: &[u32], mut pair: impl FnMut(u32, u32) -> io::Result<()>) -> io::Result<()> {
    const EACH: usize = 2;
    for (place, later) in group.iter().enumerate() {
        let first = group[..place.min(EACH)].iter();
        let last = group[place.saturating_sub(EACH).max(place.min(EACH))..place].iter();
        first.chain(last).try_for_each(|earlier| pair(*later, *earlier))?;
    }
    Ok(())
}

struct Sketches {
    stored: Stored,
    places: Vec<u32>,
}

impl Sketches {
    fn read(&mut self, document: u32) -> io::Result<Sketch> {
        let number = self.places.get(document as usize).copied().unwrap_or(0);
        let mut bytes = [0; Sketch::BYTES];
        self.stored.read(u64::from(number) * Sketch::BYTES as u64, &mut bytes)?;
        Ok(Sketch::from_bytes(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::mix;
    use super::*;

    #[test]
    fn an_item_is_compared_with_the_first_and_the_last_before_it() {
        let mut pairs = Vec::new();
        neighbours(&[1, 2, 3, 5, 8], |later, earlier| {
            pairs.push((later, earlier));
            Ok(())
        })
        .expect("no error");
        let expected = [(2, 1), (3, 1), (3, 2), (5, 1), (5, 2), (5, 3), (8, 1), (8, 2), (8, 3), (8, 5)];
        assert_eq!(pairs, expected);
    }

    #[test]
    fn a_story_that_develops_is_one_cluster() {
        // Each version replaces a tenth of the words of the previous one.
        let version = |number: u64| -> Vec<u64> {
            (0..400).map(|word| mix(word + if word < 40 * number { 10_000 } else { 0 })).collect()
        };
        let mut copies = Copies::new(1000).expect("made");
        let other: Vec<u64> = (50_000..50_400).map(mix).collect();
        for words in [&version(0), &other, &version(1), &version(2), &version(5)] {
            copies.add(Sketch::new(words, Vec::new()).as_ref()).expect("added");
        }
        copies.add(None).expect("added");
        let found = copies.find(1000, Likeness::default()).expect("found");
        assert_eq!(found.get(&0), Some(&Copy { of: None, cluster: 0 }));
        assert_eq!(found.get(&1), None);
        assert_eq!(found.get(&2), Some(&Copy { of: Some(0), cluster: 0 }));
        assert_eq!(found.get(&3).map(|copy| copy.cluster), Some(0));
        assert_eq!(found.get(&5), None);
    }
}
