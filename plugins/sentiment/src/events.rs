//! Verbs and nouns of what happens to somebody, and of saying and feeling, from `events.tsv`.

use copydesk_core::{Lexicon, StageError};

use crate::lexicon;
use crate::lexicon::rows;

/// Bits of a word's roles.
pub(crate) mod event {
    pub(crate) const HARM: u32 = 1;
    pub(crate) const CLEAR: u32 = 1 << 1;
    pub(crate) const CHARGE: u32 = 1 << 2;
    pub(crate) const DROP: u32 = 1 << 3;
    pub(crate) const SUFFER: u32 = 1 << 4;
    pub(crate) const FEEL: u32 = 1 << 5;
    pub(crate) const DEED: u32 = 1 << 6;
    pub(crate) const TELL: u32 = 1 << 7;
    pub(crate) const MOOD: u32 = 1 << 8;
    pub(crate) const BE: u32 = 1 << 9;
    pub(crate) const WISH: u32 = 1 << 10;
    pub(crate) const HONOUR: u32 = 1 << 11;
    pub(crate) const ACT: u32 = 1 << 12;
    pub(crate) const ABUSE: u32 = 1 << 13;
    pub(crate) const CONDUCT: u32 = 1 << 14;
    pub(crate) const VERDICT: u32 = 1 << 15;
    pub(crate) const PEOPLE: u32 = 1 << 16;
    pub(crate) const PART: u32 = 1 << 17;
    pub(crate) const ITSELF: u32 = 1 << 18;
    pub(crate) const LIGHT: u32 = 1 << 19;
    pub(crate) const PLAIN: u32 = 1 << 20;
}

/// The approximate number of words.
const WORDS: usize = 2000;

/// The table.
pub(crate) struct Events {
    words: Lexicon<u32>,
}

impl Events {
    /// Reads the built-in table.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut words: Lexicon<u32> = Lexicon::with_capacity(WORDS);
        for line in rows(include_str!("../data/events.tsv")) {
            let wrong = || StageError::failed(format_args!("events.tsv: `{line}`"));
            let (name, forms) = line.split_once('\t').ok_or_else(wrong)?;
            let role = match name {
                "harm" => event::HARM,
                "clear" => event::CLEAR,
                "charge" => event::CHARGE,
                "drop" => event::DROP,
                "suffer" => event::SUFFER,
                "feel" => event::FEEL,
                "deed" => event::DEED,
                "tell" => event::TELL,
                "mood" => event::MOOD,
                "be" => event::BE,
                "wish" => event::WISH,
                "honour" => event::HONOUR,
                "act" => event::ACT,
                "abuse" => event::ABUSE,
                "conduct" => event::CONDUCT,
                "verdict" => event::VERDICT,
                "people" => event::PEOPLE,
                "part" => event::PART,
                "itself" => event::ITSELF,
                "light" => event::LIGHT,
                "plain" => event::PLAIN,
                _ => return Err(wrong()),
            };
            for form in lexicon::words(forms) {
                let hash = copydesk_core::hash_lower(form);
                let known = words.get(hash).copied().unwrap_or_default();
                words.insert(hash, known | role);
            }
        }
        Ok(Self { words })
    }

    /// The roles of a word.
    pub(crate) fn of(&self, hash: u64) -> u32 {
        self.words.get(hash).copied().unwrap_or_default()
    }
}
