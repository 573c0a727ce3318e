//! Trains the model of stances from sentences in which the opinion of one mention of another is annotated.

mod held_out;
mod pairs;

use std::fmt;
use std::path::PathBuf;

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Document, Emitter, Span, Stage, build, layer};
use copydesk_entity::EntityStage;
use copydesk_gold::{GoldDocument, read_gold};
use copydesk_learn::feature::mix;
use copydesk_quote::QuoteStage;
use copydesk_sentiment::examples::stance::{StanceGroup, StanceReader};
use copydesk_syntax::{Model, Tagger};

use crate::TrainError;
use crate::tagged::tagged;
use pairs::Pairs;

pub use held_out::HeldOutPairs;

copydesk_core::rules! {
    /// The rule of mentions that annotators marked.
    MARKED = Finds "marked" {
        what: "Takes a span that annotators marked for a name.",
        why: "The opinion of it is annotated, so it is one.",
        example: "[Ann] left.",
        counterexample: "Ann [left].",
    }
}

/// The parts in which examples are held out.
const FOLDS: u32 = 5;

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct StanceSettings {
    /// Passes over all examples.
    pub epochs: usize,
    /// The learning rate.
    pub rate: f32,
    /// The L2 penalty.
    pub l2: f32,
    /// Features that are rarer are dropped.
    pub least: u32,
}

impl Default for StanceSettings {
    fn default() -> Self {
        Self { epochs: 20, rate: 0.02, l2: 3e-4, least: 1 }
    }
}

/// The training data, for the summary.
#[derive(Clone, Debug)]
pub struct StanceReport {
    /// Sentences.
    pub sentences: usize,
    /// Pairs in one sentence each.
    pub pairs: usize,
    /// The predictions for pairs that were held out.
    pub held_out: HeldOutPairs,
}

impl fmt::Display for StanceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sentences, {} pairs\n{}", self.sentences, self.pairs, self.held_out)
    }
}

/// Trains on files of sentences with two marked mentions and the opinion that one holds of the other.
pub fn stance(
    files: &[PathBuf],
    settings: StanceSettings,
    without: &[StanceGroup],
) -> Result<(Vec<u8>, StanceReport), TrainError> {
    let tagger = Tagger::new(Model::load(None)?);
    let (entity, quote) = (build::<EntityStage>("")?, build::<QuoteStage>("")?);
    let mut reader = StanceReader::new(without)?;
    let mut pairs = Pairs::default();
    let mut sentences = 0usize;
    for file in files {
        for gold in read_gold(file)? {
            let Some((spans, opinion)) = gold.opinion() else { continue };
            let document = annotated(&gold, spans, &tagger, &entity, &quote)
                .map_err(|reason| TrainError::Source(file.clone(), format!("{}: {reason}", gold.id)))?;
            // A sentence that stands in the data more than once is held out as a whole.
            let group = gold.text.bytes().fold(0, |hash, byte| mix(hash, u64::from(byte)));
            if let Some(features) = reader.features(&document, spans) {
                pairs.add(features, opinion, (group >> 33) as u32);
            }
            sentences += 1;
        }
    }
    if pairs.len() == 0 {
        return Err(TrainError::Nothing("opinions (JSON lines with `p`, `q`, `direction` and `label`)"));
    }
    let held_out = pairs.held_out(settings, FOLDS);
    let model = pairs.model(settings, &held_out);
    Ok((model, StanceReport { sentences, pairs: pairs.len(), held_out }))
}

/// The document with parts of speech, entities (the marked spans among them) and quotes.
fn annotated(
    gold: &GoldDocument,
    spans: [Span; 2],
    tagger: &Tagger,
    entity: &EntityStage,
    quote: &QuoteStage,
) -> Result<Document, String> {
    let mut document = tagged(gold.source(), tagger)?;
    let mut found = Emitter::new();
    entity.analyze(&document.view(), &mut found).map_err(|error| error.to_string())?;
    document.absorb(&found, &[layer::ENTITIES]).map_err(|error| error.to_string())?;
    let view = document.view();
    let known = |span: Span| {
        view.mentions().any(|mention| mention.span.start() < span.end() && span.start() < mention.span.end())
    };
    let missing: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty() && !known(*span)).collect();
    if !missing.is_empty() {
        for span in missing {
            found.entity(EntityKind::Other, view.slice(span), MARKED).mention(span, MentionForm::Name);
        }
        // Entities are absorbed once.
        document = tagged(gold.source(), tagger)?;
        document.absorb(&found, &[layer::ENTITIES]).map_err(|error| error.to_string())?;
    }
    let mut found = Emitter::new();
    quote.analyze(&document.view(), &mut found).map_err(|error| error.to_string())?;
    document.absorb(&found, &[layer::QUOTES]).map_err(|error| error.to_string())?;
    Ok(document)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Sentences in which a verb expresses an opinion.
    fn corpus() -> String {
        let people = ["Marit Lund", "Petra Holm", "Nora Vik", "Ana Leal", "Rita Falk", "Eva Berg"];
        let verbs = [("loathed", "pq", "negative"), ("adored", "pq", "positive"), ("met", "none", "neutral")];
        let mut lines = String::new();
        for (place, first) in people.iter().cycle().take(60).enumerate() {
            let second = people[(place + 1) % people.len()];
            let (verb, direction, label) = verbs[place % verbs.len()];
            let text = format!("{first} {verb} {second} in May {place}.");
            let q = first.len() + verb.len() + 2;
            let line = json!({"id": "a", "text": text, "p": {"start": 0, "end": first.len()},
                "q": {"start": q, "end": q + second.len()}, "direction": direction, "label": label});
            lines += &line.to_string();
            lines.push('\n');
        }
        lines
    }

    #[test]
    fn the_same_sentences_give_the_same_model() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("opinions.jsonl");
        std::fs::write(&file, corpus()).expect("a file");
        let train = |without: &[StanceGroup]| {
            stance(std::slice::from_ref(&file), StanceSettings::default(), without).expect("a model")
        };
        let ((first, report), (second, _)) = (train(&[]), train(&[]));
        assert!(first == second, "the bytes differ");
        assert_eq!((report.sentences, report.pairs), (60, 60));
        assert!(train(&[StanceGroup::Verbs]).0 != first);
    }

    #[test]
    fn sentences_without_opinions_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("none.jsonl");
        std::fs::write(&file, "{\"id\": \"a\", \"text\": \"Nothing.\"}\n").expect("a file");
        assert!(stance(&[file], StanceSettings::default(), &[]).is_err());
    }
}
