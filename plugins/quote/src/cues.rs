//! Reporting verbs, from a table that a person can read.

use copydesk_core::Lexicon;
use copydesk_core::layers::{CueClass, Stance};

/// A reporting verb.
#[derive(Clone, Copy)]
pub(crate) struct Verb {
    pub(crate) lemma: &'static str,
    pub(crate) class: CueClass,
    pub(crate) stance: Stance,
}

/// All forms of all verbs.
pub(crate) fn load() -> Lexicon<Verb> {
    let rows = include_str!("../data/cues.tsv").lines().filter(|line| !line.starts_with('#'));
    Lexicon::from_forms(rows.flat_map(|row| {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or("");
        let (lemma, class, stance, forms) = (next(), next(), next(), next());
        let verb = Verb {
            lemma,
            class: CueClass::from_word(class).unwrap_or(CueClass::Speech),
            stance: Stance::from_word(stance).unwrap_or(Stance::Neutral),
        };
        forms.split_whitespace().map(move |form| (form, verb))
    }))
}
