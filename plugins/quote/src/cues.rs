//! Lemma, class and stance of cues, from tables that a person can read.

use std::path::{Path, PathBuf};

use copydesk_core::layers::{CueClass, Stance};
use copydesk_core::{Lexicon, StageError, hash_lower};

/// The entry of a cue.
pub(crate) struct CueEntry {
    pub(crate) lemma: String,
    pub(crate) class: CueClass,
    pub(crate) stance: Stance,
}

/// All forms of all listed cues.
pub(crate) struct Cues {
    built_in: Table,
    own: Table,
}

impl Cues {
    /// Reads the built-in table and the user's, which takes precedence.
    ///
    /// # Errors
    /// If a file cannot be read, or a line of it is not a cue.
    pub(crate) fn load(files: &[PathBuf]) -> Result<Self, StageError> {
        let mut own = Table::default();
        for file in files {
            let text = std::fs::read_to_string(file)
                .map_err(|error| StageError::option("cues", format_args!("{}: {error}", file.display())))?;
            own.read(&text, file)?;
        }
        let mut built_in = Table { forms: Lexicon::with_capacity(FORMS), ..Table::default() };
        built_in.read(include_str!("../data/cues.tsv"), Path::new("cues.tsv"))?;
        Ok(Self { built_in, own })
    }

    /// The entry of a word.
    pub(crate) fn get(&self, hash: u64) -> Option<&CueEntry> {
        self.own.get(hash).or_else(|| self.built_in.get(hash))
    }
}

/// The approximate number of built-in forms.
const FORMS: usize = 1500;

/// Cues, and the entry of each form.
#[derive(Default)]
struct Table {
    entries: Vec<CueEntry>,
    forms: Lexicon<usize>,
}

impl Table {
    fn get(&self, hash: u64) -> Option<&CueEntry> {
        self.entries.get(*self.forms.get(hash)?)
    }

    /// Adds the cues of a file.
    fn read(&mut self, text: &str, file: &Path) -> Result<(), StageError> {
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| {
                StageError::option("cues", format_args!("{}:{}: {what}: {line}", file.display(), number + 1))
            };
            self.row(line).map_err(wrong)?;
        }
        Ok(())
    }

    /// Adds a cue; the error says what is wrong with its line.
    fn row(&mut self, line: &str) -> Result<(), &'static str> {
        let mut columns = line.split('\t').map(str::trim);
        let (Some(lemma), Some(class), Some(stance), Some(forms), None) =
            (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
        else {
            return Err("expected four columns separated by tabs: lemma, class, stance, forms");
        };
        let entry = CueEntry {
            lemma: lemma.to_owned(),
            class: CueClass::from_word(class)
                .ok_or("the class must be speech, writing, belief, intention or perception")?,
            stance: Stance::from_word(stance)
                .ok_or("the stance must be neutral, endorse, distance or deny")?,
        };
        if forms.is_empty() {
            return Err("a cue needs at least one form");
        }
        for form in forms.split_whitespace() {
            self.forms.insert(hash_lower(form), self.entries.len());
        }
        self.entries.push(entry);
        Ok(())
    }
}
