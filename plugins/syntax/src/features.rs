//! What the model looks at to decide a token's part of speech.

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, Token, TokenKind};
use copydesk_learn::Classes;
use copydesk_learn::feature::{feature, feature2};

/// The most features of one decision.
pub(crate) const MOST: usize = 32;

/// The features of one decision.
pub(crate) struct Features {
    hashes: [u64; MOST],
    count: usize,
}

impl Features {
    pub(crate) const fn new() -> Self {
        Self { hashes: [0; MOST], count: 0 }
    }

    pub(crate) fn as_slice(&self) -> &[u64] {
        &self.hashes[..self.count]
    }

    #[inline]
    fn push(&mut self, hash: u64) {
        if let Some(slot) = self.hashes.get_mut(self.count) {
            *slot = hash;
            self.count += 1;
        }
    }
}

/// Neighbours outside the sentence.
const EDGE: u64 = 0x5eed;

/// The words of a sentence, as the features see them.
pub(crate) struct Words<'d> {
    pub(crate) doc: &'d DocumentView<'d>,
    pub(crate) classes: &'d Classes,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Words<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        (at >= self.start && at < self.end).then(|| &self.doc.tokens()[at])
    }

    /// The word at a distance, or the edge of the sentence. Digits are as good as each other.
    fn word(&self, at: usize) -> u64 {
        self.token(at).map_or(EDGE, form)
    }

    /// The last bytes of a word, at most `length`.
    fn suffix(&self, at: usize, length: usize) -> u64 {
        let Some(token) = self.token(at) else { return EDGE };
        let form = self.doc.slice(token.span()).as_bytes();
        let from = form.len().saturating_sub(length);
        form[from..].iter().fold(0, |suffix, byte| suffix << 8 | u64::from(byte | 0x20))
    }

    /// Fills in the features of the token at `at`, of which the two before are decided.
    pub(crate) fn features(&self, at: usize, before: [Option<PartOfSpeech>; 2], into: &mut Features) {
        into.count = 0;
        let tag = |tag: Option<PartOfSpeech>| tag.map_or(63, |tag| tag as u64);
        let (last, last_but_one) = (tag(before[1]), tag(before[0]));
        let both = last << 8 | last_but_one;
        let token = &self.doc.tokens()[at];
        let (word, next, previous) = (form(token), self.word(at + 1), self.word(at.wrapping_sub(1)));
        let shape = shape(token) | u64::from(at == self.start) << 8;
        let own = self.classes.of(token.hash());
        let class = |at: usize| self.token(at).map_or(0xfff, |token| self.classes.of(token.hash())[2]);
        let (class_next, class_previous) = (class(at + 1), class(at.wrapping_sub(1)));
        let suffix = self.suffix(at, 3);
        for hash in [
            feature(1, word),
            feature2(2, word, last),
            feature2(3, word, next),
            feature2(4, word, previous),
            feature(5, last),
            feature(6, both),
            feature(7, next),
            feature(8, previous),
            feature(9, self.word(at + 2)),
            feature(10, self.word(at.wrapping_sub(2))),
            feature(11, suffix),
            feature(12, self.suffix(at, 2)),
            feature(13, self.suffix(at, 4)),
            feature2(14, suffix, shape),
            feature2(15, shape, last),
            feature2(16, suffix, last),
            feature(17, u64::from(own[1])),
            feature(18, u64::from(own[2])),
            feature2(19, u64::from(own[2]), last),
            feature(20, u64::from(class_next)),
            feature(21, u64::from(class_previous)),
            feature2(22, u64::from(class_next), last),
            feature(23, self.suffix(at + 1, 3)),
            feature2(24, self.suffix(at + 1, 2), last),
            feature2(25, next, both),
            feature2(26, u64::from(own[1]), u64::from(class_next)),
        ] {
            into.push(hash);
        }
    }
}

/// The lower-cased form; numbers by their shape alone.
fn form(token: &Token) -> u64 {
    match token.kind() {
        TokenKind::Number => 1,
        TokenKind::Mixed => 2,
        TokenKind::Url => 3,
        TokenKind::Handle => 4,
        _ => token.hash(),
    }
}

/// How the word is written.
pub(crate) fn shape(token: &Token) -> u64 {
    let case = match token.case() {
        Case::None => 0,
        Case::Lower => 1,
        Case::Title => 2,
        Case::Upper => 3,
        Case::Mixed => 4,
    };
    case | u64::from(token.has(flag::DIGIT)) << 3
        | u64::from(token.has(flag::ABBREVIATION)) << 4
        | u64::from(token.has(flag::CLITIC)) << 5
        | u64::from(token.has(flag::GLUED)) << 6
}
