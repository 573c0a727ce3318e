//! What words contribute: valence, and the words that turn, strengthen or bound it.

use std::path::Path;

use copydesk_core::{Lexicon, StageError};

/// Bits of [`Word::roles`].
pub(crate) mod role {
    pub(crate) const VALENCE: u8 = 1;
    /// Turns what follows: "not".
    pub(crate) const NEGATOR: u8 = 1 << 1;
    /// Strengthens what follows: "very".
    pub(crate) const INTENSIFIER: u8 = 1 << 2;
    /// Weakens what follows: "slightly".
    pub(crate) const DAMPENER: u8 = 1 << 3;
    /// Turns what is bad behind it: "prevented the war".
    pub(crate) const SHIFTER: u8 = 1 << 4;
    /// What follows weighs more than what went before: "but".
    pub(crate) const CONTRAST: u8 = 1 << 5;
    /// Begins a clause.
    pub(crate) const BOUNDARY: u8 = 1 << 6;
}

/// What one word contributes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// -4 to 4.
    pub(crate) valence: f32,
    /// Bits of [`role`].
    pub(crate) roles: u8,
}

impl Word {
    pub(crate) const fn is(self, roles: u8) -> bool {
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
            words.insert(copydesk_core::hash_lower(term), Word { valence, roles });
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

/// Adds words from a file of the user's.
pub(crate) fn add_file(words: &mut Lexicon<Word>, path: &Path) -> Result<(), StageError> {
    let wrong = |what: &dyn std::fmt::Display| {
        StageError::option("lexicons", format_args!("{}: {what}", path.display()))
    };
    let table = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    for line in rows(&table) {
        let (term, valence) = line
            .split_once('\t')
            .and_then(|(term, valence)| Some((term.trim(), valence.trim().parse::<f32>().ok()?)))
            .filter(|(term, valence)| !term.is_empty() && (-4.0..=4.0).contains(valence))
            .ok_or_else(|| wrong(&format_args!("no term and number from -4 to 4 in `{line}`")))?;
        if term.contains(char::is_whitespace) {
            return Err(wrong(&format_args!("`{term}` is more than one word")));
        }
        let hash = copydesk_core::hash_lower(term);
        let mut word: Word = words.get(hash).copied().unwrap_or_default();
        word.valence = valence;
        word.roles = if valence == 0.0 { word.roles & !role::VALENCE } else { word.roles | role::VALENCE };
        words.insert(hash, word);
    }
    Ok(())
}

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}
