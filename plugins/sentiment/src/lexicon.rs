//! What words contribute: valence, and the words that turn, strengthen or bound it.

use copydesk_core::{Lexicon, StageError};

/// Bits of [`Word::roles`].
pub(crate) mod role {
    pub(crate) const VALENCE: u16 = 1;
    /// Turns what follows: "not".
    pub(crate) const NEGATOR: u16 = 1 << 1;
    /// Strengthens what follows: "very".
    pub(crate) const INTENSIFIER: u16 = 1 << 2;
    /// Weakens what follows: "slightly".
    pub(crate) const DAMPENER: u16 = 1 << 3;
    /// Turns what is bad behind it: "prevented the war".
    pub(crate) const SHIFTER: u16 = 1 << 4;
    /// What follows weighs more than what went before: "but".
    pub(crate) const CONTRAST: u16 = 1 << 5;
    /// Begins a clause.
    pub(crate) const BOUNDARY: u16 = 1 << 6;
    /// Tells nothing by itself: "the".
    pub(crate) const FUNCTION: u16 = 1 << 7;
    /// What follows is thought of, not told: "could", "if".
    pub(crate) const MODAL: u16 = 1 << 8;
}

/// What one word contributes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// -4 to 4.
    pub(crate) valence: f32,
    /// Bits of [`role`].
    pub(crate) roles: u16,
    /// How many words of the same term stand before it.
    pub(crate) before: u8,
}

impl Word {
    pub(crate) const fn is(self, roles: u16) -> bool {
        self.roles & roles != 0
    }
}

/// Reads the tables.
pub(crate) fn lexicon() -> Result<Lexicon<Word>, StageError> {
    let mut words = Lexicon::default();
    // The later table has precedence.
    for (name, table) in
        [("vader.tsv", include_str!("../data/vader.tsv")), ("news.tsv", include_str!("../data/news.tsv"))]
    {
        for line in rows(table) {
            let (term, valence) = line
                .split_once('\t')
                .and_then(|(term, valence)| Some((term, valence.parse::<f32>().ok()?)))
                .ok_or_else(|| StageError::failed(format_args!("{name}: no term and number in `{line}`")))?;
            let roles = if valence == 0.0 { 0 } else { role::VALENCE };
            words.insert(copydesk_core::hash_lower(term), Word { valence, roles, before: 0 });
        }
    }
    for line in rows(include_str!("../data/cues.tsv")) {
        let (name, forms) = line.split_once('\t').unwrap_or((line, ""));
        let role = match name {
            "negator" => role::NEGATOR,
            "intensifier" => role::INTENSIFIER,
            "dampener" => role::DAMPENER,
            "shifter" => role::SHIFTER,
            "contrast" => role::CONTRAST,
            "boundary" => role::BOUNDARY,
            "function" => role::FUNCTION,
            "modal" => role::MODAL,
            _ => return Err(StageError::failed(format_args!("cues.tsv: no role `{name}`"))),
        };
        for form in forms.split(' ') {
            let hash = copydesk_core::hash_lower(form);
            let mut word: Word = words.get(hash).copied().unwrap_or_default();
            word.roles |= role;
            words.insert(hash, word);
        }
    }
    Ok(words)
}

/// The words that carry valence, each with how much.
pub(crate) fn valences() -> impl Iterator<Item = (&'static str, f32)> {
    let tables = [include_str!("../data/vader.tsv"), include_str!("../data/news.tsv")];
    let lines = tables.into_iter().flat_map(rows).filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(term, valence)| Some((term, valence.parse().ok()?)))
}

/// The hashes of all words in the tables.
pub(crate) fn forms() -> Vec<u64> {
    let tables = [include_str!("../data/vader.tsv"), include_str!("../data/news.tsv")];
    let terms =
        tables.into_iter().flat_map(rows).filter_map(|line| line.split_once('\t')).map(|(term, _)| term);
    let cues = rows(include_str!("../data/cues.tsv")).filter_map(|line| line.split_once('\t'));
    let forms = terms.chain(cues.flat_map(|(_, forms)| forms.split(' ')));
    forms.map(copydesk_core::hash_lower).collect()
}

pub(crate) fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}
