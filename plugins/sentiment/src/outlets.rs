//! Newspapers, agencies and broadcasters, by their names. They report what others do and say.

use copydesk_core::layers::EntityKind;
use copydesk_core::{DocumentView, Lexicon, StageError, Token};

use crate::attitudes::Named;
use crate::lexicon;
use crate::lexicon::rows;

const NAME: u8 = 1;
const LAST: u8 = 2;
const ANY: u8 = 4;

/// The words of names of outlets.
pub(crate) struct Outlets {
    words: Lexicon<u8>,
}

impl Outlets {
    /// Reads the built-in table.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut words: Lexicon<u8> = Lexicon::default();
        for line in rows(include_str!("../data/outlets.tsv")) {
            let wrong = || StageError::failed(format_args!("outlets.tsv: `{line}`"));
            let (how, forms) = line.split_once('\t').ok_or_else(wrong)?;
            let how = match how {
                "name" => NAME,
                "last" => LAST,
                "any" => ANY,
                _ => return Err(wrong()),
            };
            for form in lexicon::words(forms) {
                let hash = copydesk_core::hash_lower(form);
                let known = words.get(hash).copied().unwrap_or_default();
                words.insert(hash, known | how);
            }
        }
        Ok(Self { words })
    }

    /// Whether a mention names an outlet.
    pub(crate) fn has(&self, doc: &DocumentView<'_>, mention: &Named) -> bool {
        let kind = doc.entity(mention.entity).map(|entity| entity.kind());
        if matches!(kind, Some(EntityKind::Person | EntityKind::Location | EntityKind::Facility)) {
            return false;
        }
        self.is_name(doc.tokens().get(mention.tokens.clone()).unwrap_or_default())
    }

    /// Whether words are the name of an outlet.
    pub(crate) fn is_name(&self, words: &[Token]) -> bool {
        let how = |token: &Token| self.words.get(token.hash()).copied().unwrap_or_default();
        match words {
            [] => false,
            [one] => how(one) & NAME != 0,
            [.., last] => {
                how(last) & (LAST | NAME) != 0
                    || words.iter().any(|token| token.is_capitalized() && how(token) & ANY != 0)
            }
        }
    }
}
