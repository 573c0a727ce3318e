//! Keys of documents: their ids, made unique.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The number of ids remembered, about a gigabyte. In a longer run only repeats of the first 64 million are found.
const REMEMBERED: usize = 64_000_000;

/// The ids of a run's documents so far, stored as hashes. If two ids have the same hash, one gets a number that it does
/// not need, which is harmless.
#[derive(Debug, Default)]
pub struct Keys {
    seen: HashSet<u64>,
    /// For an id that was repeated, the number of its last repeat.
    repeats: HashMap<u64, u64>,
}

impl Keys {
    /// The key of the next document if it differs from its id, because an earlier document has that: `id#2`, `id#3`, ….
    pub fn next(&mut self, id: &str) -> Option<String> {
        let hash = hash(id);
        if self.see(hash) {
            return None;
        }
        loop {
            let number = self.repeats.entry(hash).or_insert(1);
            *number += 1;
            let key = format!("{id}#{number}");
            // A document may have exactly this id.
            if self.see(self::hash(&key)) {
                return Some(key);
            }
        }
    }

    /// Records a key; false if it was there before.
    fn see(&mut self, hash: u64) -> bool {
        if self.seen.len() < REMEMBERED { self.seen.insert(hash) } else { !self.seen.contains(&hash) }
    }
}

fn hash(id: &str) -> u64 {
    // Its default keys are fixed: the hashes are the same in every run.
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_numbered_and_no_two_keys_are_the_same() {
        let mut keys = Keys::default();
        let ids = ["a", "b", "a", "a#3", "a", "A", "a#3", "a#2", ""];
        let made: Vec<String> =
            ids.iter().map(|id| keys.next(id).unwrap_or_else(|| (*id).to_owned())).collect();
        assert_eq!(made, ["a", "b", "a#2", "a#3", "a#4", "A", "a#3#2", "a#2#2", ""]);
    }
}
