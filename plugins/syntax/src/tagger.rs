//! Tags a document from left to right, a sentence at a time.

use std::cell::RefCell;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{DocumentView, Token, TokenKind};

use crate::features::{Features, Words};
use crate::model::Model;

/// A part-of-speech tagger.
pub struct Tagger {
    model: Model,
}

thread_local! {
    /// The tags of the document at hand; a thread has one at a time.
    static TAGS: RefCell<Vec<PartOfSpeech>> = const { RefCell::new(Vec::new()) };
}

impl Tagger {
    /// A tagger with this model.
    pub fn new(model: Model) -> Self {
        Self { model }
    }

    /// Tags all tokens and hands the tags, one a token, to `take`.
    pub fn tag<T>(&self, doc: &DocumentView<'_>, take: impl FnOnce(&[PartOfSpeech]) -> T) -> T {
        // Taken out, so that a `take` that comes back here finds an empty one and not a borrowed one.
        let mut tags = TAGS.take();
        tags.clear();
        tags.reserve(doc.tokens().len());
        let mut features = Features::new();
        for sentence in doc.sentences() {
            let range = sentence.tokens();
            let words = Words { doc, classes: &self.model.classes, start: range.start, end: range.end };
            for at in range.clone() {
                let before = before(&tags, at - range.start);
                let tag = self.decide(&words, at, before, &mut features);
                tags.push(tag);
            }
        }
        // Every token is in a sentence; were one not, a tag for it must be there all the same.
        tags.resize(doc.tokens().len(), PartOfSpeech::Symbol);
        let result = take(&tags);
        TAGS.set(tags);
        result
    }

    fn decide(
        &self,
        words: &Words<'_>,
        at: usize,
        before: [Option<PartOfSpeech>; 2],
        features: &mut Features,
    ) -> PartOfSpeech {
        let token = &words.doc.tokens()[at];
        if let Some(tag) = certain(words.doc, token).or_else(|| self.model.fixed(token)) {
            return tag;
        }
        words.features(at, before, features);
        self.model.best(features.as_slice())
    }
}

/// The two tags before, inside the sentence.
pub(crate) fn before(tags: &[PartOfSpeech], inside: usize) -> [Option<PartOfSpeech>; 2] {
    let back =
        |distance: usize| (inside >= distance).then(|| tags.get(tags.len() - distance).copied()).flatten();
    [back(2), back(1)]
}

/// The tag of what is no word: marks, symbols and plain numbers.
pub(crate) fn certain(doc: &DocumentView<'_>, token: &Token) -> Option<PartOfSpeech> {
    match token.kind() {
        TokenKind::Number => Some(PartOfSpeech::Number),
        TokenKind::Url | TokenKind::Handle => Some(PartOfSpeech::ProperNoun),
        TokenKind::Symbol => Some(PartOfSpeech::Symbol),
        TokenKind::Punctuation => Some(mark(doc, token)),
        TokenKind::Word | TokenKind::Mixed => None,
    }
}

fn mark(doc: &DocumentView<'_>, token: &Token) -> PartOfSpeech {
    use copydesk_core::segment::token_flag as flag;
    let text = doc.slice(token.span());
    match text.as_bytes().first() {
        // The genitive of a plural: "workers' rights". A closing mark looks the same; a mark it is to most readers.
        _ if token.has(flag::QUOTE_MARK) => PartOfSpeech::QuoteMark,
        Some(b'.') if text.len() > 1 => PartOfSpeech::Mark,
        Some(b'.' | b'!' | b'?') => PartOfSpeech::Stop,
        Some(b',') => PartOfSpeech::Comma,
        Some(b'(' | b')' | b'[' | b']' | b'{' | b'}') => PartOfSpeech::Bracket,
        _ => PartOfSpeech::Mark,
    }
}
