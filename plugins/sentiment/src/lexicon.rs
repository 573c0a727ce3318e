//! The lexicon: valences, and words that negate, intensify or delimit them.

use copydesk_core::StageError;

use crate::word_table::{Entry, entries};
pub(crate) use crate::word_table::{role, rows, words};

/// The entries of the words, which the build script laid out.
static LAID_OUT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// The entry of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// -4 to 4.
    pub(crate) valence: f32,
    /// Bits of [`role`].
    pub(crate) roles: u16,
    /// The number of words of the same term before it.
    pub(crate) before: u8,
}

impl Word {
    pub(crate) const fn is(self, roles: u16) -> bool {
        self.roles & roles != 0
    }
}

/// All words by their hashes, with their entries.
pub(crate) fn lexicon() -> impl Iterator<Item = (u64, Word)> {
    // Eight bytes of hash, four of valence, two of roles.
    LAID_OUT.as_chunks::<14>().0.iter().map(|row| {
        let [h0, h1, h2, h3, h4, h5, h6, h7, v0, v1, v2, v3, r0, r1] = *row;
        let valence = f32::from_le_bytes([v0, v1, v2, v3]);
        let word = Word { valence, roles: u16::from_le_bytes([r0, r1]), before: 0 };
        (u64::from_le_bytes([h0, h1, h2, h3, h4, h5, h6, h7]), word)
    })
}

/// The words that carry valence, with their valence.
pub(crate) fn valences() -> Result<Vec<(&'static str, f32)>, StageError> {
    let mut found = Vec::new();
    entries(|form, entry| {
        if let Entry::Valence(valence) = entry {
            found.push((form, valence));
        }
    })
    .map_err(StageError::failed)?;
    Ok(found)
}

/// The hashes of all words in the tables.
pub(crate) fn forms() -> Result<Vec<u64>, StageError> {
    let mut found = Vec::new();
    entries(|form, _| found.push(copydesk_core::hash_lower(form))).map_err(StageError::failed)?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_are_laid_out() {
        let laid_out: copydesk_core::Lexicon<Word> = {
            let mut found = copydesk_core::Lexicon::default();
            lexicon().for_each(|(hash, word)| found.insert(hash, word));
            found
        };
        assert!(laid_out.len() > 7000, "{}", laid_out.len());
        let word = |form: &str| laid_out.get(copydesk_core::hash_lower(form)).copied().unwrap_or_default();
        assert!(forms().expect("the tables").iter().all(|hash| laid_out.contains(*hash)));
        assert!(word("not").is(role::NEGATOR) && word("but").is(role::CONTRAST));
        let valences: std::collections::HashMap<&str, f32> =
            valences().expect("the tables").into_iter().collect();
        assert!(valences.iter().all(|(form, valence)| word(form).valence == *valence));
    }
}
