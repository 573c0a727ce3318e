//! Names that a user lists: watch lists of people, companies, ships.

use std::ops::Range;
use std::path::Path;

use copydesk_core::layers::EntityKind;
use copydesk_core::{DocumentView, Lexicon, StageError};

use crate::tables::{extend, words_of};

/// The longest listed name, in tokens.
const LONGEST: usize = 12;

/// The entry of a list for a name.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    pub(crate) kind: EntityKind,
    /// The name as listed.
    pub(crate) name: String,
    /// The source of the id (the list's file name) and the id.
    pub(crate) link: Option<(String, String)>,
}

/// All lists of a pipeline.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gazetteer {
    listings: Vec<Listing>,
    names: Lexicon<u32>,
    /// The first words of names, each with the length of the longest name that begins with it.
    firsts: Lexicon<u8>,
}

impl Gazetteer {
    /// Reads lists: one name per row, with tabs between name, kind, id and aliases (separated by `|`); the last two may be
    /// missing. Empty rows and rows that begin with `#` are skipped.
    pub(crate) fn read(paths: &[std::path::PathBuf]) -> Result<Self, StageError> {
        let mut gazetteer = Self::default();
        for path in paths {
            let wrong = |what: String| StageError::option("gazetteers", format!("{}{what}", path.display()));
            let text = std::fs::read_to_string(path).map_err(|error| wrong(format!(": {error}")))?;
            for (number, row) in text.lines().enumerate() {
                gazetteer.add(row, path).map_err(|error| wrong(format!(":{}: {error}", number + 1)))?;
            }
        }
        Ok(gazetteer)
    }

    fn add(&mut self, row: &str, path: &Path) -> Result<(), String> {
        if row.trim().is_empty() || row.starts_with('#') {
            return Ok(());
        }
        let mut columns = row.split('\t').map(str::trim);
        let name = columns.next().filter(|name| !name.is_empty()).ok_or("a row without a name")?;
        let kind = columns.next().unwrap_or("");
        let kind = EntityKind::from_word(kind).ok_or_else(|| {
            let kinds: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("{kind:?} is not a kind; the kinds are {}", kinds.join(", "))
        })?;
        let scheme =
            path.file_stem().map_or_else(|| "list".into(), |stem| stem.to_string_lossy().into_owned());
        let link = columns.next().filter(|id| !id.is_empty()).map(|id| (scheme, id.to_owned()));
        let place = self.listings.len() as u32;
        self.listings.push(Listing { kind, name: name.to_owned(), link });
        let aliases = columns.next().unwrap_or("");
        for form in aliases.split('|').map(str::trim).chain([name]).filter(|form| !form.is_empty()) {
            let words: Vec<u64> = words_of(form).collect();
            let (Some(first), 1..=LONGEST) = (words.first(), words.len()) else {
                return Err(format!("{form:?} has no words, or more than {LONGEST}"));
            };
            let longest = self.firsts.get(*first).copied().unwrap_or(0).max(words.len() as u8);
            self.firsts.insert(*first, longest);
            self.names.insert(words.iter().fold(0, |name, word| extend(name, *word)), place);
        }
        Ok(())
    }

    /// The entry of a name, by the number that [`Gazetteer::find`] gave.
    pub(crate) fn listing(&self, number: u32) -> Option<&Listing> {
        self.listings.get(number as usize)
    }

    /// Calls `take` with the tokens of each listed name, the longest at each token, and the number of its entry.
    pub(crate) fn find(&self, doc: &DocumentView<'_>, mut take: impl FnMut(Range<usize>, u32)) {
        if self.listings.is_empty() {
            return;
        }
        let tokens = doc.tokens();
        let mut at = 0;
        while at < tokens.len() {
            let longest = self.firsts.get(tokens[at].hash()).map_or(0, |length| usize::from(*length));
            let (mut hash, mut best) = (0, None);
            for (length, token) in tokens[at..].iter().take(longest).enumerate() {
                hash = extend(hash, token.hash());
                if let Some(number) = self.names.get(hash) {
                    best = Some((at + length + 1, *number));
                }
            }
            match best {
                // A listed name does not match words that are all in small letters.
                Some((end, number))
                    if tokens[at..end]
                        .iter()
                        .any(|token| !token.is_word() || token.case() != copydesk_core::Case::Lower) =>
                {
                    take(at..end, number);
                    at = end;
                }
                _ => at += 1,
            }
        }
    }
}
