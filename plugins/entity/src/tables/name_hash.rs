//! The hashes of names of several words.

use super::hash_lower;

/// The hashes of a name's words as the tokeniser splits them: hyphens are tokens, an abbreviation's last full stop is not hashed.
pub(crate) fn words_of(name: &str) -> impl Iterator<Item = u64> + '_ {
    let pieces = name.split_whitespace().flat_map(|part| {
        part.split('-')
            .enumerate()
            .flat_map(|(place, piece)| (place > 0).then_some("-").into_iter().chain([piece]))
    });
    pieces.filter(|piece| !piece.is_empty()).map(|piece| {
        let dotted = piece.len() > 2 && piece.ends_with('.');
        hash_lower(if dotted { &piece[..piece.len() - 1] } else { piece })
    })
}

/// The hash of a name's first word and that of the whole.
#[allow(dead_code, reason = "the build script asks")]
pub(super) fn hashes(name: &str) -> Option<(u64, u64)> {
    let mut words = words_of(name);
    let first = words.next()?;
    Some((first, words.fold(extend(0, first), extend)))
}

/// The hash of a name of several words, updated word by word from 0.
#[inline]
pub(crate) fn extend(name: u64, word: u64) -> u64 {
    name.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
}
