//! Finds duplicate ids, in bounded memory.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use crate::input::Origin;

/// The number of ids remembered, which take at most 38 MB: with more, the table would double. In a longer corpus only repeats of these are
/// reported.
const REMEMBERED: usize = 3_600_000;

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Counts documents with the id of an earlier one.
#[derive(Default)]
pub(super) struct IdCheck {
    seen: HashSet<u64, BuildHasherDefault<Identity>>,
    duplicates: u64,
    first: Option<String>,
}

impl IdCheck {
    pub(super) fn see(&mut self, hash: u64, origin: &Origin) {
        let new =
            if self.seen.len() < REMEMBERED { self.seen.insert(hash) } else { !self.seen.contains(&hash) };
        if !new {
            self.duplicates += 1;
            self.first.get_or_insert_with(|| origin.to_string());
        }
    }

    pub(super) fn duplicates(&self) -> u64 {
        self.duplicates
    }

    pub(super) fn first(&self) -> Option<String> {
        self.first.clone()
    }
}
