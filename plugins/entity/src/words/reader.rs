//! Access to the tokens of a document with their table entries.

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Token, spelling};

use crate::tables::{LONGEST_NAME, Listed, Tables, cue, extend};

/// What the tables say about a word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// Its [cues](cue).
    pub(crate) cues: u64,
    /// Its flags of [`thing`](crate::tables::thing).
    pub(crate) things: u32,
}

impl Entry {
    pub(crate) fn of(token: &Token, tables: &Tables) -> Self {
        Self { cues: tables.word(token.hash()), things: tables.things.flags(token.hash()) }
    }

    /// The entries of all tokens of a document, which the recogniser collects too.
    pub(crate) fn all(doc: &DocumentView<'_>, tables: &Tables) -> Vec<Self> {
        doc.tokens().iter().map(|token| Self::of(token, tables)).collect()
    }
}

/// A document together with the tables.
pub(crate) struct Reader<'r> {
    pub(crate) doc: &'r DocumentView<'r>,
    pub(crate) tables: &'r Tables,
    /// The entries of the document's tokens.
    pub(crate) entries: &'r [Entry],
}

impl<'r> Reader<'r> {
    pub(crate) fn token(&self, at: usize) -> &'r Token {
        &self.doc.tokens()[at]
    }

    pub(crate) fn cues(&self, at: usize) -> u64 {
        self.entries.get(at).map_or(0, |entry| entry.cues)
    }

    pub(crate) fn has(&self, at: usize, cues: u64) -> bool {
        self.cues(at) & cues != 0
    }

    /// Whether a word has any of these flags of [`thing`](crate::tables::thing).
    pub(crate) fn has_flag(&self, at: usize, things: u32) -> bool {
        self.entries.get(at).is_some_and(|entry| entry.things & things != 0)
    }

    pub(crate) fn text(&self, at: usize) -> &'r str {
        self.doc.tokens().get(at).map_or("", |token| self.doc.slice(token.span()))
    }

    /// A token's word without soft hyphens and the like.
    pub(crate) fn written(doc: &'r DocumentView<'r>, token: &Token) -> std::borrow::Cow<'r, str> {
        let text = doc.slice(token.span());
        if token.has(flag::NON_ASCII) { spelling(text) } else { text.into() }
    }

    /// The hash of the words of a name, as in the tables.
    pub(crate) fn name_hash(&self, tokens: std::ops::Range<usize>) -> u64 {
        tokens.fold(0, |name, at| extend(name, self.token(at).hash()))
    }

    /// The table entry for exactly these tokens.
    pub(crate) fn listed(&self, tokens: std::ops::Range<usize>) -> Option<Listed> {
        if tokens.len() > LONGEST_NAME || !self.has(tokens.start, cue::GAZETTEER) {
            return None;
        }
        self.tables.name(self.name_hash(tokens))
    }

    /// The part of speech of a token, if the syntax stage ran.
    pub(crate) fn tag(&self, at: usize) -> Option<PartOfSpeech> {
        self.doc.parts_of_speech().get(at)
    }

    pub(crate) fn is_capitalized(&self, at: usize) -> bool {
        self.doc.tokens().get(at).is_some_and(Token::is_capitalized)
    }
}
