//! A quick test that excludes most words before a few are compared one by one.

/// Words by the top byte of their hashes, a bit each. It is made when the program is compiled.
pub(crate) struct Sieve([u64; 4]);

impl Sieve {
    pub(crate) const EMPTY: Self = Self([0; 4]);

    /// The same with one more word, by its hash.
    pub(crate) const fn with(mut self, hash: u64) -> Self {
        self.0[(hash >> 62) as usize] |= bit(hash);
        self
    }

    /// The same with more words.
    pub(crate) const fn with_all(mut self, hashes: &[u64]) -> Self {
        let mut at = 0;
        while at < hashes.len() {
            self = self.with(hashes[at]);
            at += 1;
        }
        self
    }

    /// Whether a word may be among them; `false` is certain.
    #[inline]
    pub(crate) const fn may_hold(&self, hash: u64) -> bool {
        self.0[(hash >> 62) as usize] & bit(hash) != 0
    }
}

/// The bit of a hash in its quarter.
const fn bit(hash: u64) -> u64 {
    1 << (hash >> 56 & 63)
}

#[cfg(test)]
mod tests {
    use copydesk_core::hash_lower;

    use super::*;

    #[test]
    fn words_are_held_and_most_others_are_not() {
        let words = ["she", "they", "that"].map(hash_lower);
        let sieve = Sieve::EMPTY.with_all(&words[..2]).with(words[2]);
        assert!(words.iter().all(|hash| sieve.may_hold(*hash)));
        let others = (0..1000).filter(|number| sieve.may_hold(hash_lower(&format!("word{number}")))).count();
        assert!(others < 50, "{others}");
        assert!(!Sieve::EMPTY.may_hold(words[0]));
    }
}
