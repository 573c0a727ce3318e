//! Learns the tagger from tagged text.

use std::collections::BTreeMap;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Document, Source, Token};
use copydesk_learn::train::{OnlinePerceptron, Shuffle};
use copydesk_learn::{ArtefactError, ArtefactWriter, Classes};

use crate::features::{Features, Words};
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

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often all texts are seen.
    pub epochs: usize,
    /// The most bytes that the weights may take.
    pub bytes: usize,
    /// A word has one tag where it was seen this often …
    pub least_seen: u32,
    /// … and this share of the times with that tag.
    pub share: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 6, bytes: 900_000, least_seen: 10, share: 0.995 }
    }
}

/// A document whose tokens have their right tag, or none where the annotation does not fit.
struct Tagged {
    document: Document,
    tags: Vec<Option<PartOfSpeech>>,
}

/// Learns a model; gives the bytes of its file.
pub fn train(texts: &[TaggedText], settings: Settings) -> Result<Vec<u8>, ArtefactError> {
    let classes = Classes::built_in()?;
    let tagged: Vec<Tagged> = texts.iter().filter_map(Tagged::new).collect();
    let fixed = fixed(&tagged, settings);
    let mut learner = OnlinePerceptron::new(PartOfSpeech::COUNT);
    let mut order: Vec<usize> = (0..tagged.len()).collect();
    let mut shuffle = Shuffle::new(1);
    let mut features = Features::new();
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
    features: &mut Features,
) {
    let doc = tagged.document.view();
    let mut tags: Vec<PartOfSpeech> = Vec::with_capacity(doc.tokens().len());
    for sentence in doc.sentences() {
        let range = sentence.tokens();
        let words = Words { doc: &doc, classes, start: range.start, end: range.end };
        for at in range.clone() {
            let token: &Token = &doc.tokens()[at];
            let known = certain(&doc, token).or_else(|| fixed.get(&word_key(token)).copied());
            let tag = known.unwrap_or_else(|| {
                words.features(at, before(&tags, at - range.start), features);
                let found = learner.best(features.as_slice());
                if let Some(right) = tagged.tags[at] {
                    learner.learn(features.as_slice(), right as usize, found);
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
        let mut words = text.words.iter().peekable();
        let mut tags = Vec::new();
        for token in document.view().tokens() {
            let span = token.span().range();
            while words.peek().is_some_and(|word| word.end <= span.start) {
                words.next();
            }
            // A token that is a word or a part of it; one that holds several words has the tag of none, nor has the
            // hyphen inside a word.
            let whole = |word: &TaggedWord| word.start == span.start && word.end == span.end;
            let inner_mark = certain(&document.view(), token).is_some();
            let tag = words.peek().filter(|word| {
                word.start <= span.start && span.end <= word.end && (whole(word) || !inner_mark)
            });
            let tag = tag
                .filter(|word| !inner_mark || word.tag.is_punctuation() || word.tag == PartOfSpeech::Number);
            tags.push(tag.map(|word| word.tag));
        }
        Some(Self { document, tags })
    }
}

/// The right tag of each token, for measuring: none where the annotation does not fit, or where no model is needed.
pub fn right_tags(text: &TaggedText) -> Option<(Document, Vec<Option<PartOfSpeech>>)> {
    Tagged::new(text).map(|tagged| (tagged.document, tagged.tags))
}
