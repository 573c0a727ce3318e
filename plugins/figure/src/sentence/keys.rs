//! The keys under which words and phrases are looked up.

use copydesk_core::hash_lower;

/// Adds a word to the hash of a phrase.
pub(crate) const fn join(phrase: u64, word: u64) -> u64 {
    phrase.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
}

pub(crate) fn phrase_hash(phrase: &str) -> u64 {
    phrase.split(' ').fold(0, |hash, word| join(hash, hash_lower(word)))
}

/// The hash of a symbol as it is written.
pub(crate) fn hash_exact(symbol: &str) -> u64 {
    symbol
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The rows of a tab-separated table without comments, short rows padded.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 6]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
    })
}
