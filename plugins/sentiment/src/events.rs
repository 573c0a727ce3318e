//! Verbs and nouns of what is done to somebody, from `events.tsv`.

use copydesk_core::{Lexicon, StageError};

use crate::lexicon::rows;

/// Bits of a word's roles.
pub(crate) mod event {
    pub(crate) const HARM: u8 = 1;
    pub(crate) const CLEAR: u8 = 1 << 1;
    pub(crate) const CHARGE: u8 = 1 << 2;
    pub(crate) const DROP: u8 = 1 << 3;
    pub(crate) const SUFFER: u8 = 1 << 4;
    pub(crate) const FEEL: u8 = 1 << 5;
    pub(crate) const DEED: u8 = 1 << 6;
}

/// The table.
pub(crate) struct Events {
    words: Lexicon<u8>,
}

impl Events {
    /// Reads the built-in table.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut words: Lexicon<u8> = Lexicon::default();
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
                _ => return Err(wrong()),
            };
            for form in forms.split(' ') {
                let hash = copydesk_core::hash_lower(form);
                let known = words.get(hash).copied().unwrap_or_default();
                words.insert(hash, known | role);
            }
        }
        Ok(Self { words })
    }

    /// The roles of a word.
    pub(crate) fn of(&self, hash: u64) -> u8 {
        self.words.get(hash).copied().unwrap_or_default()
    }
}
