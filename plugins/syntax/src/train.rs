//! Trains the tagger on tagged text.

use std::collections::BTreeMap;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Document, DocumentView, Source, Token};
use copydesk_learn::train::{OnlinePerceptron, Shuffle};
use copydesk_learn::{ArtefactError, ArtefactWriter, Classes};

use crate::features::{Form, history};
use crate::model::{KIND, WEIGHTS, WORDS, word_key};
use crate::tagger::{before, certain};

/// A tagged word of a training text, by its bytes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedWord {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its tag.
    pub tag: PartOfSpeech,
}

/// A text with its tags.
#[derive(Clone, Debug, Default)]
pub struct TaggedText {
    /// The text.
    pub text: String,
    /// The words, in text order.
    pub words: Vec<TaggedWord>,
}

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over all texts.
    pub epochs: usize,
    /// The largest size of the weights, in bytes.
    pub bytes: usize,
    /// A word has one tag where it was seen this often …
    pub least_seen: u32,
    /// … and this share of the times with that tag.
    pub share: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 6, bytes: 600_000, least_seen: 8, share: 0.98 }
    }
}

/// A document whose tokens have their right tag, or none where the annotation does not fit.
struct Tagged {
    document: Document,
    tags: Vec<Option<PartOfSpeech>>,
}

/// Trains a model; returns the bytes of its file.
pub fn train(texts: &[TaggedText], settings: Settings) -> Result<Vec<u8>, ArtefactError> {
    let classes = Classes::built_in()?;
    let tagged: Vec<Tagged> = texts.iter().filter_map(Tagged::new).collect();
    let fixed = fixed(&tagged, settings);
    let mut learner = OnlinePerceptron::new(PartOfSpeech::COUNT);
    let mut order: Vec<usize> = (0..tagged.len()).collect();
    let mut shuffle = Shuffle::new(1);
    let mut features = Vec::new();
    for _ in 0..settings.epochs {
        shuffle.shuffle(&mut order);
        for &place in &order {
            learn(&tagged[place], &classes, &fixed, &mut learner, &mut features);
        }
    }
    let mut weights = learner.finish(3);
    weights.prune(settings.bytes);
    let mut model = ArtefactWriter::new(KIND);
    model.section(WEIGHTS, weights.finish());
    let words = fixed.iter().flat_map(|(hash, tag)| hash.to_le_bytes().into_iter().chain([*tag as u8]));
    model.section(WORDS, words.collect());
    Ok(model.finish())
}

/// The words that have one tag.
fn fixed(tagged: &[Tagged], settings: Settings) -> BTreeMap<u64, PartOfSpeech> {
    let mut seen: BTreeMap<u64, BTreeMap<PartOfSpeech, u32>> = BTreeMap::new();
    for Tagged { document, tags } in tagged {
        for (token, tag) in document.view().tokens().iter().zip(tags) {
            if let Some(tag) = tag.filter(|_| certain(&document.view(), token).is_none()) {
                *seen.entry(word_key(token)).or_default().entry(tag).or_default() += 1;
            }
        }
    }
    seen.into_iter()
        .filter_map(|(word, tags)| {
            let all: u32 = tags.values().sum();
            let (tag, most) = tags.into_iter().max_by_key(|(_, count)| *count)?;
            (all >= settings.least_seen && f64::from(most) >= settings.share * f64::from(all))
                .then_some((word, tag))
        })
        .collect()
}

fn learn(
    tagged: &Tagged,
    classes: &Classes,
    fixed: &BTreeMap<u64, PartOfSpeech>,
    learner: &mut OnlinePerceptron,
    features: &mut Vec<u64>,
) {
    let doc = tagged.document.view();
    let mut tags: Vec<PartOfSpeech> = Vec::with_capacity(doc.tokens().len());
    for sentence in doc.sentences() {
        let range = sentence.tokens();
        let form = |at: usize| {
            let token = &doc.tokens()[at];
            Form::of(token, doc.slice(token.span()).as_bytes(), at == range.start, classes)
        };
        for at in range.clone() {
            let token: &Token = &doc.tokens()[at];
            let known = certain(&doc, token).or_else(|| fixed.get(&word_key(token)).copied());
            let tag = known.unwrap_or_else(|| {
                let history_before = before(&tags, at - range.start);
                features.clear();
                features.extend(form(at).own());
                features.extend(if at + 1 < range.end { form(at + 1) } else { Form::EDGE }.behind());
                features.extend(if at > range.start { form(at - 1) } else { Form::EDGE }.in_front());
                features.extend(history(history_before));
                features.push(Form::after(Form::word_of(token), history_before[1]));
                let found = learner.best(features);
                if let Some(right) = tagged.tags[at] {
                    learner.learn(features, right as usize, found);
                }
                PartOfSpeech::ALL[found]
            });
            tags.push(tag);
        }
    }
}

impl Tagged {
    fn new(text: &TaggedText) -> Option<Self> {
        let document = Document::new(Source { text: &text.text, ..Source::default() }).ok()?;
        let tags = right_tags(&document.view(), text);
        Some(Self { document, tags })
    }
}

/// The right tag of each token of the text: none where the annotation does not fit.
pub fn right_tags(doc: &DocumentView<'_>, text: &TaggedText) -> Vec<Option<PartOfSpeech>> {
    let mut words = text.words.iter().peekable();
    let right = doc.tokens().iter().map(|token| {
        let span = token.span().range();
        while words.peek().is_some_and(|word| word.end <= span.start) {
            words.next();
        }
        let mark = certain(doc, token).is_some();
        // A token that is a word or part of one. A token of several words has no tag, nor has a hyphen
        // inside a word, nor a symbol that is tagged as the word it replaces.
        let whole = |word: &TaggedWord| word.start == span.start && word.end == span.end;
        let fits =
            |word: &TaggedWord| word.start <= span.start && span.end <= word.end && (whole(word) || !mark);
        let plausible = |tag: PartOfSpeech| !mark || tag.is_punctuation() || tag == PartOfSpeech::Number;
        words.peek().filter(|word| fits(word)).map(|word| word.tag).filter(|tag| plausible(*tag))
    });
    right.collect()
}
