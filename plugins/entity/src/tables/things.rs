//! What words show about whether names and nouns refer to the same thing: `things.tsv`, and the names of men and women. Separate
//! from the cues, with which the recogniser's model was trained.

use copydesk_core::FixedLexicon;

use super::{bytes, lexicon, part, thing};

pub(crate) struct Things {
    words: FixedLexicon<4>,
    /// The main spelling of words with two.
    spellings: FixedLexicon<8>,
    /// Firms named like people, by the hashes of their names.
    firms: FixedLexicon<1>,
    /// Pairs of a given name and a short form, in the order of the first and then of the second.
    nicknames: &'static [[[u8; 8]; 2]],
}

impl Things {
    pub(crate) fn load() -> Self {
        Self {
            words: lexicon(part::THINGS),
            spellings: lexicon(part::SPELLINGS),
            firms: lexicon(part::FIRMS),
            nicknames: bytes(part::NICKNAMES).as_chunks().0.as_chunks().0,
        }
    }

    /// The flags of a word, by its hash.
    #[inline]
    pub(crate) fn flags(&self, hash: u64) -> u32 {
        self.words.get(hash).map_or(0, |bits| u32::from_le_bytes(*bits))
    }

    /// Whether a name's words are those of a firm named like a person.
    pub(crate) fn is_firm(&self, name: u64) -> bool {
        self.firms.contains(name)
    }

    /// The word in its main spelling.
    pub(crate) fn spelling(&self, hash: u64) -> u64 {
        if self.flags(hash) & thing::SPELT == 0 {
            return hash;
        }
        self.spellings.get(hash).map_or(hash, |other| u64::from_le_bytes(*other))
    }

    /// The full names of a short form and the short forms of a full name.
    pub(crate) fn nicknames(&self, hash: u64) -> impl Iterator<Item = u64> + '_ {
        let known = self.flags(hash) & thing::NICKNAME != 0;
        let pairs = self.nicknames.iter().map(|pair| pair.map(u64::from_le_bytes));
        let first = self.nicknames.partition_point(|[name, _]| u64::from_le_bytes(*name) < hash);
        let row = pairs.skip(if known { first } else { usize::MAX });
        row.take_while(move |[name, _]| *name == hash).map(|[_, other]| other)
    }

    /// Whether two given names may belong to one person: "Bill" and "William".
    pub(crate) fn same_given(&self, one: u64, other: u64) -> bool {
        one == other || self.nicknames(one).any(|name| name == other)
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::hash_lower;

    use super::*;

    #[test]
    fn short_forms_and_spellings() {
        let things = Things::load();
        let same = |one: &str, other: &str| things.same_given(hash_lower(one), hash_lower(other));
        assert!(same("Bill", "William") && same("William", "Bill") && same("Marit", "Marit"));
        assert!(!same("Alexander", "Alexandra") && !same("Marit", "Bill"));
        assert_eq!(things.spelling(hash_lower("Defense")), hash_lower("defence"));
        assert!(things.flags(hash_lower("Ingeborg")) & thing::SHE_NAME != 0);
        assert_eq!(things.flags(hash_lower("Kim")) & (thing::HE_NAME | thing::SHE_NAME), 0);
    }
}
