//! Lemma, class and stance of cues, from tables that a person can read.

use std::path::{Path, PathBuf};

use copydesk_core::layers::{CueClass, Stance};
use copydesk_core::{Lexicon, StageError};

/// The entry of a cue.
#[derive(Clone)]
pub(crate) struct CueEntry {
    pub(crate) lemma: String,
    pub(crate) class: CueClass,
    pub(crate) stance: Stance,
}

/// All forms of all listed cues.
pub(crate) struct Cues {
    built_in: Lexicon<CueEntry>,
    own: Option<Lexicon<CueEntry>>,
}

impl Cues {
    /// Reads the built-in table and the user's, which takes precedence.
    ///
    /// # Errors
    /// If a file cannot be read, or a line of it is not a cue.
    pub(crate) fn load(files: &[PathBuf]) -> Result<Self, StageError> {
        let mut own = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(file)
                .map_err(|error| StageError::option("cues", format_args!("{}: {error}", file.display())))?;
            own.extend(table(&text, file)?);
        }
        Ok(Self {
            built_in: lexicon(table(include_str!("../data/cues.tsv"), Path::new("cues.tsv"))?),
            own: (!own.is_empty()).then(|| lexicon(own)),
        })
    }

    /// The entry of a word.
    pub(crate) fn get(&self, hash: u64) -> Option<&CueEntry> {
        self.own.as_ref().and_then(|own| own.get(hash)).or_else(|| self.built_in.get(hash))
    }
}

fn lexicon(rows: Vec<(CueEntry, Vec<String>)>) -> Lexicon<CueEntry> {
    let forms =
        rows.iter().flat_map(|(entry, forms)| forms.iter().map(move |form| (form.as_str(), entry.clone())));
    Lexicon::from_forms(forms)
}

/// The cues of a table and their forms.
fn table(text: &str, file: &Path) -> Result<Vec<(CueEntry, Vec<String>)>, StageError> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| {
            StageError::option("cues", format_args!("{}:{}: {what}: {line}", file.display(), number + 1))
        };
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [lemma, class, stance, forms] = columns[..] else {
            return Err(wrong("expected four columns separated by tabs: lemma, class, stance, forms"));
        };
        let entry = CueEntry {
            lemma: lemma.to_owned(),
            class: CueClass::from_word(class)
                .ok_or_else(|| wrong("the class must be speech, writing, belief, intention or perception"))?,
            stance: Stance::from_word(stance)
                .ok_or_else(|| wrong("the stance must be neutral, endorse, distance or deny"))?,
        };
        let forms: Vec<String> = forms.split_whitespace().map(str::to_lowercase).collect();
        if forms.is_empty() {
            return Err(wrong("a cue needs at least one form"));
        }
        rows.push((entry, forms));
    }
    Ok(rows)
}
