//! The features that decide a token's part of speech.
//!
//! Every feature belongs to one of five groups. Three depend on the form of a word alone (the word itself, the next word,
//! the previous word), one on the two tags before; only the last one, word and tag together, has to be looked up again for
//! each decision.

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Token, TokenKind};
use copydesk_learn::Classes;
use copydesk_learn::feature::{bytes, feature, feature2, mix};

/// The properties of a word form that the features use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The lower-cased word; numbers by their kind alone.
    word: u64,
    /// Its spelling, and whether it begins its sentence.
    shape: u64,
    suffix: [u64; 2],
    class: u64,
}

impl Form {
    /// Reads a token whose letters are `letters`.
    pub(crate) fn of(token: &Token, letters: &[u8], first: bool, classes: &Classes) -> Self {
        Self {
            word: Self::word_of(token),
            shape: shape(token) | u64::from(first) << 8,
            suffix: [suffix(letters, 2), suffix(letters, 3)],
            class: u64::from(classes.of(token.hash())[2]),
        }
    }

    /// The edge of the sentence, in place of a word.
    pub(crate) const EDGE: Self = Self { word: 0x5eed, shape: 0, suffix: [0; 2], class: 0xfff };

    /// The features of the word that is tagged.
    pub(crate) fn own(&self) -> [u64; 5] {
        [
            feature(1, self.word),
            feature(2, self.suffix[0]),
            feature(3, self.suffix[1]),
            feature2(4, self.suffix[1], self.shape),
            feature(5, self.class),
        ]
    }

    /// The features of the word after the one that is tagged.
    pub(crate) const fn after(&self) -> [u64; 2] {
        [feature(6, self.word), feature(7, self.class)]
    }

    /// The features of the word before the one that is tagged.
    pub(crate) const fn before(&self) -> [u64; 2] {
        [feature(8, self.word), feature(9, self.class)]
    }

    /// The feature of a word with the tag before it.
    pub(crate) fn with_tag_before(word: u64, tag: Option<PartOfSpeech>) -> u64 {
        feature2(12, word, tag_number(tag))
    }

    /// The word of a token: its lower-cased form, or for numbers their kind.
    pub(crate) fn word_of(token: &Token) -> u64 {
        match token.kind() {
            TokenKind::Number => 1,
            TokenKind::Mixed => 2,
            TokenKind::Url => 3,
            TokenKind::Handle => 4,
            _ => token.hash(),
        }
    }
}

/// The key of a form: it determines everything that [`Form::of`] reads from a token. The hash of a token ignores the kind of
/// apostrophe, so the key of a word with characters outside ASCII is made from its characters.
pub(crate) fn key(doc: &DocumentView<'_>, token: &Token, first: bool) -> u64 {
    let letters = if token.has(flag::NON_ASCII) { bytes(doc.slice(token.span()).as_bytes()) } else { 0 };
    let written = shape(token) | u64::from(first) << 8 | u64::from(token.kind() as u8) << 16;
    mix(token.hash() ^ letters, written)
}

/// The features of the two tags before, the nearer one last.
pub(crate) fn history(before: [Option<PartOfSpeech>; 2]) -> [u64; 2] {
    let [last_but_one, last] = before.map(tag_number);
    [feature(10, last), feature2(11, last, last_but_one)]
}

/// The number of a tag, or of no tag.
pub(crate) fn tag_number(tag: Option<PartOfSpeech>) -> u64 {
    tag.map_or(PartOfSpeech::COUNT as u64, |tag| tag as u64)
}

/// The last bytes of a word, at most `length`.
fn suffix(letters: &[u8], length: usize) -> u64 {
    let from = letters.len().saturating_sub(length);
    letters[from..].iter().fold(0, |suffix, byte| suffix << 8 | u64::from(byte | 0x20))
}

/// The spelling of a word.
pub(crate) fn shape(token: &Token) -> u64 {
    token.case() as u64
        | u64::from(token.has(flag::DIGIT)) << 3
        | u64::from(token.has(flag::ABBREVIATION)) << 4
        | u64::from(token.has(flag::CLITIC)) << 5
        | u64::from(token.has(flag::GLUED)) << 6
}
