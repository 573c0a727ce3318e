//! Tags a document from left to right, sentence by sentence.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Token, TokenKind};

use copydesk_learn::{Work, with_vectors};

use crate::features::{Form, key};
use crate::model::Model;
use crate::scores::{Around, FormMemory, Scores, best};

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
    memory: Option<FormMemory>,
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
        let memory = match memory {
            Some(memory) if memory.is_of(self.number) => memory,
            other => other.insert(FormMemory::new(self.number)),
        };
        with_vectors(Tagging { tagger: self, doc, tags, keys, memory });
        // Every token should be in a sentence, but there must be one tag per token in any case.
        tags.resize(doc.tokens().len(), PartOfSpeech::Symbol);
        let result = take(tags);
        SCRATCH.set(scratch);
        result
    }
}

/// The tagging of all sentences, compiled for the processor's vectors; so no sums in closures, of which the compiler may make functions
/// for any processor.
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
    fn run(mut self) {
        for sentence in self.doc.sentences() {
            let range = sentence.tokens();
            self.keys.clear();
            self.keys.resize(range.len(), 0);
            let mut before = [None; 2];
            for at in range.clone() {
                let token = &self.doc.tokens()[at];
                let known = certain(self.doc, token).or_else(|| self.tagger.model.fixed(token));
                let tag = match known {
                    Some(tag) => tag,
                    None => self.decide(&range, at, before),
                };
                self.tags.push(tag);
                before = [before[1], Some(tag)];
            }
        }
    }
}

impl Tagging<'_, '_> {
    /// The tag of a word that may have several.
    #[inline(always)]
    fn decide(
        &mut self,
        sentence: &Range<usize>,
        at: usize,
        before: [Option<PartOfSpeech>; 2],
    ) -> PartOfSpeech {
        let model = &self.tagger.model;
        let mut scores = *model.history(before);
        scores.add(self.own(sentence, at));
        if at > sentence.start {
            scores.add(&self.around(sentence, at - 1).before);
        } else {
            scores.add(&model.edge().before);
        }
        if at + 1 < sentence.end {
            scores.add(&self.around(sentence, at + 1).after);
        } else {
            scores.add(&model.edge().after);
        }
        let word = Form::word_of(&self.doc.tokens()[at]);
        model.add(Form::with_tag_before(word, before[1]), &mut scores);
        best(&scores)
    }

    /// The scores of a word's form for itself.
    #[inline(always)]
    fn own(&mut self, sentence: &Range<usize>, at: usize) -> &Scores {
        let key = self.key(sentence, at);
        let (scores, known) = self.memory.own.slot(key);
        if !known {
            *scores = self.tagger.model.own(&form(self.tagger, self.doc, sentence, at));
        }
        scores
    }

    /// The scores of a word's form for its neighbours.
    #[inline(always)]
    fn around(&mut self, sentence: &Range<usize>, at: usize) -> &Around {
        let key = self.key(sentence, at);
        let (scores, known) = self.memory.around.slot(key);
        if !known {
            *scores = self.tagger.model.around(&form(self.tagger, self.doc, sentence, at));
        }
        scores
    }

    /// The key of a word's form.
    #[inline(always)]
    fn key(&mut self, sentence: &Range<usize>, at: usize) -> u64 {
        let own = &mut self.keys[at - sentence.start];
        if *own == 0 {
            *own = key(self.doc, &self.doc.tokens()[at], at == sentence.start);
        }
        *own
    }
}

/// The form of a word.
fn form(tagger: &Tagger, doc: &DocumentView<'_>, sentence: &Range<usize>, at: usize) -> Form {
    let token = &doc.tokens()[at];
    Form::of(token, doc.slice(token.span()).as_bytes(), at == sentence.start, &tagger.model.classes)
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
