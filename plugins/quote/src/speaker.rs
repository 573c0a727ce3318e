//! What the words of a source say about the speaker.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, Mention, MentionForm};
use copydesk_core::{DocumentView, Lexicon, Token};

/// Nouns for people whom a text does not name.
const NOBODIES: &str = "official officials source sources people person aide aides witness witnesses insider insiders \
    observers observer diplomats diplomat analysts analyst experts expert critics critic residents resident locals \
    activists activist operatives operative strategists strategist advisers adviser advisors advisor associates associate \
    staffers staffer lawmakers voters voter supporters opponents someone somebody one some many others individuals \
    individual executives executive employees employee investigators prosecutors lawyers attorneys economists scientists \
    researchers doctors police authorities neighbours neighbors friends friend relatives relative colleagues traders \
    investors bankers spokesman spokeswoman spokesperson";

/// Whether a mention is of a person.
pub(crate) fn is_person(doc: &DocumentView<'_>, mention: &Mention) -> bool {
    doc.entity(mention.entity).is_some_and(|entity| entity.kind() == EntityKind::Person)
}

/// Whether a mention is the name of a person.
pub(crate) fn names_person(doc: &DocumentView<'_>, mention: &Mention) -> bool {
    mention.form == MentionForm::Name && is_person(doc, mention)
}

/// Recognises speakers without a name.
pub(crate) struct Anonymous(Lexicon<()>);

impl Default for Anonymous {
    fn default() -> Self {
        Self(Lexicon::from_forms(NOBODIES.split_whitespace().map(|word| (word, ()))))
    }
}

impl Anonymous {
    /// Whether a speaker without an entity is somebody whom the text does not name: the head is a noun for such people, or one
    /// of these nouns stands among words that contain no name.
    pub(crate) fn is(&self, doc: &DocumentView<'_>, words: &Range<usize>, head: Option<usize>) -> bool {
        if head.and_then(|at| doc.tokens().get(at)).is_some_and(|token| self.0.contains(token.hash())) {
            return true;
        }
        let words = doc.tokens().get(words.clone()).unwrap_or(&[]);
        let first_of_sentence = |token: &Token| token.has(copydesk_core::segment::token_flag::SENTENCE_START);
        let named = words.iter().any(|token| token.is_capitalized() && !first_of_sentence(token));
        !named && words.iter().any(|token| self.0.contains(token.hash()))
    }
}
