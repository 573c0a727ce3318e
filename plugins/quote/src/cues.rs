//! Lemma, class and stance of cues, from a table that a person can read.

use copydesk_core::Lexicon;
use copydesk_core::layers::{CueClass, Stance};

/// What is known of a cue.
#[derive(Clone, Copy)]
pub(crate) struct CueEntry {
    pub(crate) lemma: &'static str,
    pub(crate) class: CueClass,
    pub(crate) stance: Stance,
}

/// All forms of all listed cues.
pub(crate) struct Cues(Lexicon<CueEntry>);

impl Cues {
    /// Reads the table.
    pub(crate) fn load() -> Self {
        let rows = include_str!("../data/cues.tsv").lines().filter(|line| !line.starts_with('#'));
        Self(Lexicon::from_forms(rows.flat_map(|row| {
            let mut columns = row.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (lemma, class, stance, forms) = (next(), next(), next(), next());
            let entry = CueEntry {
                lemma,
                class: CueClass::from_word(class).unwrap_or(CueClass::Speech),
                stance: Stance::from_word(stance).unwrap_or(Stance::Neutral),
            };
            forms.split_whitespace().map(move |form| (form, entry))
        })))
    }

    /// What is known of a word.
    pub(crate) fn get(&self, hash: u64) -> Option<&CueEntry> {
        self.0.get(hash)
    }
}
