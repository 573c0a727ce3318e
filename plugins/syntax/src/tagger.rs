//! Tags a document from left to right, sentence by sentence.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Token, TokenKind};

use copydesk_learn::{Work, with_vectors};

use crate::features::{Form, key};
use crate::model::Model;
use crate::scores::{FormMemory, best};

/// A part-of-speech tagger.
pub struct Tagger {
    model: Model,
    /// Identifies a tagger within the process, so that caches are not mixed up.
    number: usize,
}

/// Per-thread scratch buffers, reused for every document.
#[derive(Default)]
struct Scratch {
    tags: Vec<PartOfSpeech>,
    /// For each token of a sentence the key of its form; 0 if it was not needed yet.
    keys: Vec<u64>,
    memory: FormMemory,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

static TAGGERS: AtomicUsize = AtomicUsize::new(1);

impl Tagger {
    /// A tagger with this model.
    pub fn new(model: Model) -> Self {
        Self { model, number: TAGGERS.fetch_add(1, Ordering::Relaxed) }
    }

    /// Tags all tokens and passes the tags, one per token, to `take`.
    pub fn tag<T>(&self, doc: &DocumentView<'_>, take: impl FnOnce(&[PartOfSpeech]) -> T) -> T {
        // Taken out rather than borrowed, so that `take` may call this again.
        let mut scratch = SCRATCH.take();
        let Scratch { tags, keys, memory } = &mut scratch;
        tags.clear();
        tags.reserve(doc.tokens().len());
        memory.claim(self.number);
        with_vectors(Tagging { tagger: self, doc, tags, keys, memory });
        // Every token should be in a sentence, but there must be one tag per token in any case.
        tags.resize(doc.tokens().len(), PartOfSpeech::Symbol);
        let result = take(tags);
        SCRATCH.set(scratch);
        result
    }

    #[inline(always)]
    fn decide(
        &self,
        doc: &DocumentView<'_>,
        sentence: std::ops::Range<usize>,
        at: usize,
        before: [Option<PartOfSpeech>; 2],
        keys: &mut [u64],
        memory: &mut FormMemory,
    ) -> PartOfSpeech {
        let tokens = doc.tokens();
        let form = |at: usize| {
            let token = &tokens[at];
            let letters = doc.slice(token.span()).as_bytes();
            Form::of(token, letters, at == sentence.start, &self.model.classes)
        };
        let mut remembered = |at: usize, memory: &mut FormMemory| {
            let own = &mut keys[at - sentence.start];
            if *own == 0 {
                *own = key(doc, &tokens[at], at == sentence.start);
            }
            memory.get(*own, || self.model.form_scores(&form(at)))
        };
        let mut scores = *self.model.history(before);
        let own = remembered(at, memory);
        scores.add(&memory.at(own).own);
        if at > sentence.start {
            let place = remembered(at - 1, memory);
            scores.add(&memory.at(place).before);
        } else {
            scores.add(&self.model.edge().before);
        }
        if at + 1 < sentence.end {
            let place = remembered(at + 1, memory);
            scores.add(&memory.at(place).after);
        } else {
            scores.add(&self.model.edge().after);
        }
        let word = Form::word_of(&tokens[at]);
        self.model.add(Form::with_tag_before(word, before[1]), &mut scores);
        best(&scores)
    }
}

/// The tagging of all sentences, compiled for the processor's vectors.
struct Tagging<'t, 'd> {
    tagger: &'t Tagger,
    doc: &'t DocumentView<'d>,
    tags: &'t mut Vec<PartOfSpeech>,
    keys: &'t mut Vec<u64>,
    memory: &'t mut FormMemory,
}

impl Work for Tagging<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { tagger, doc, tags, keys, memory } = self;
        for sentence in doc.sentences() {
            let range = sentence.tokens();
            keys.clear();
            keys.resize(range.len(), 0);
            for at in range.clone() {
                let token = &doc.tokens()[at];
                let known = certain(doc, token).or_else(|| tagger.model.fixed(token));
                let tag = known.unwrap_or_else(|| {
                    let history = before(tags, at - range.start);
                    tagger.decide(doc, range.clone(), at, history, keys, memory)
                });
                tags.push(tag);
            }
        }
    }
}

/// The two tags before, inside the sentence.
pub(crate) fn before(tags: &[PartOfSpeech], inside: usize) -> [Option<PartOfSpeech>; 2] {
    let back =
        |distance: usize| (inside >= distance).then(|| tags.get(tags.len() - distance).copied()).flatten();
    [back(2), back(1)]
}

/// The tag of tokens that are not words: punctuation, symbols and plain numbers.
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
    let text = doc.slice(token.span());
    match text.as_bytes().first() {
        _ if token.has(flag::QUOTE_MARK) => PartOfSpeech::QuoteMark,
        Some(b'.') if text.len() > 1 => PartOfSpeech::Mark,
        Some(b'.' | b'!' | b'?') => PartOfSpeech::Stop,
        Some(b',') => PartOfSpeech::Comma,
        Some(b'(' | b')' | b'[' | b']' | b'{' | b'}') => PartOfSpeech::Bracket,
        _ => PartOfSpeech::Mark,
    }
}
