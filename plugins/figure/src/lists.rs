//! The lists of words that only some rules ask, and seldom: bits beside the roles of [`vocabulary`](crate::vocabulary).

/// Bits of the lists, and their names in `data/words.tsv`.
pub(crate) mod list {
    /// Currency codes that are words in small letters: "all", "try".
    pub(crate) const CODE_WORD: u64 = 1;

    /// Nouns whose numbers have points: "section 4.2".
    pub(crate) const NUMBERED: u64 = 1 << 1;

    pub(crate) const NAMES: [(&str, u64); 2] = [("code_word", CODE_WORD), ("numbered", NUMBERED)];
}
