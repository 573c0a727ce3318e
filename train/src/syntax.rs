//! Trains the tagger of the syntax stage: the table of words with one tag, and an averaged perceptron for all others.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::algorithms::{OnlinePerceptron, Random};
use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Document, Source};
use copydesk_gold::{TaggedText, read_tagged};
use copydesk_learn::{ArtefactError, ArtefactWriter, Classes, dense};
use copydesk_syntax::examples::{self, KIND, WEIGHTS, WORDS, word_key};

use crate::TrainError;

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct SyntaxSettings {
    /// Passes over all texts.
    pub epochs: usize,
    /// The largest size of the weights, in bytes.
    pub bytes: usize,
    /// A word has one tag where it was seen this often …
    pub least_seen: u32,
    /// … and this share of the times with that tag.
    pub share: f64,
}

impl Default for SyntaxSettings {
    fn default() -> Self {
        Self { epochs: 6, bytes: 600_000, least_seen: 8, share: 0.98 }
    }
}

/// A document whose tokens have their right tag, or none where the annotation does not fit.
struct Tagged {
    document: Document,
    tags: Vec<Option<PartOfSpeech>>,
}

/// Learns from tagged files: CoNLL-U, or `word_TAG` with a sentence a line. Gives the model and the number of tagged words.
pub fn syntax(files: &[PathBuf], settings: SyntaxSettings) -> Result<(Vec<u8>, usize), TrainError> {
    let mut texts = Vec::new();
    for file in files {
        texts.extend(read_tagged(file)?);
    }
    let words = texts.iter().map(|text| text.words.len()).sum();
    Ok((train(&texts, settings)?, words))
}

/// Trains a model; returns the bytes of its file.
fn train(texts: &[TaggedText], settings: SyntaxSettings) -> Result<Vec<u8>, ArtefactError> {
    let classes = Classes::built_in()?;
    let tagged: Vec<Tagged> = texts.iter().filter_map(Tagged::new).collect();
    let fixed = fixed(&tagged, settings);
    let mut learner = OnlinePerceptron::new(PartOfSpeech::COUNT);
    let mut order: Vec<usize> = (0..tagged.len()).collect();
    let mut random = Random::new(1);
    let mut features = Vec::new();
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &place in &order {
            learn(&tagged[place], &classes, &fixed, &mut learner, &mut features);
        }
    }
    let mut weights = learner.finish(3);
    weights.prune(settings.bytes);
    let mut model = ArtefactWriter::new(KIND);
    model.section(WEIGHTS, dense::write(&weights, weights.scale()));
    let words = fixed.iter().flat_map(|(hash, tag)| hash.to_le_bytes().into_iter().chain([*tag as u8]));
    model.section(WORDS, words.collect());
    Ok(model.finish())
}

/// The words that have one tag.
fn fixed(tagged: &[Tagged], settings: SyntaxSettings) -> BTreeMap<u64, PartOfSpeech> {
    let mut seen: BTreeMap<u64, BTreeMap<PartOfSpeech, u32>> = BTreeMap::new();
    for Tagged { document, tags } in tagged {
        for (token, tag) in document.view().tokens().iter().zip(tags) {
            if let Some(tag) = tag.filter(|_| examples::known(&document.view(), token).is_none()) {
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

/// Tags a document from left to right, and learns from each wrong decision.
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
        for at in range.clone() {
            let token = &doc.tokens()[at];
            let known = examples::known(&doc, token).or_else(|| fixed.get(&word_key(token)).copied());
            let tag = known.unwrap_or_else(|| {
                examples::features(&doc, &range, at, &tags, classes, features);
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
        let tags = text.tags(&document.view());
        Some(Self { document, tags })
    }
}
