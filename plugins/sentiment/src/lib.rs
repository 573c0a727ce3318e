//! The sentiment stage: how a text, its narrator and its sentences sound, how it speaks of each target, and who holds what of whom.
//!
//! `lexicon` reads the word lists under `data/`, `hits` finds the words that carry valence and what modifies them, `score` sums them
//! up for sentences and the whole, `targets` for what stands near them, `stances` for what a speaker says of others.

use std::collections::HashSet;

use copydesk_core::layers::Polarity;
use copydesk_core::{DocumentView, Emitter, Lexicon, Span, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod hits;
mod lexicon;
mod quoted;
mod score;
mod stances;
mod targets;
#[cfg(test)]
mod tests;

use hits::Hits;
use lexicon::Word;
use quoted::Quoted;
use score::{Mean, Score};

/// Options of the sentiment stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Scores from this on, up or down, are called positive or negative; those between are neutral. Above 0, at most 1.
    pub threshold: f32,
    /// The same for what is said of a target.
    pub target_threshold: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { threshold: 0.15, target_threshold: 0.25 }
    }
}

/// The sentiment stage.
pub struct SentimentStage {
    words: Lexicon<Word>,
    options: Options,
}

impl SentimentStage {
    fn polarity(&self, score: Score) -> Polarity {
        Polarity::new(score.value, self.options.threshold, score.confidence())
    }

    /// Scores the sentences, the document and its narrator.
    fn whole(&self, doc: &DocumentView<'_>, found: &Hits, quoted: &Quoted, out: &mut Emitter) {
        let (mut document, mut narrator) = (Mean::default(), Mean::default());
        for sentence in doc.sentences() {
            let tokens = sentence.tokens();
            let score = score::stretch(found, tokens.clone(), |_| true);
            out.sentence_polarity(sentence.span(), self.polarity(score));
            document.add(score, tokens.len());
            let own = quoted.outside(doc, tokens.clone());
            if own == tokens.len() {
                narrator.add(score, own);
            } else if own > 0 {
                narrator.add(score::stretch(found, tokens, |hit| !quoted.holds(hit.span)), own);
            }
        }
        out.summary(self.polarity(document.score()), self.polarity(narrator.score()), "lexicon");
    }

    /// Scores every mention of an entity and every span that the input named, each span once.
    fn targets(&self, doc: &DocumentView<'_>, found: &Hits, out: &mut Emitter) {
        let mut seen = HashSet::new();
        let mentions = doc.mentions().map(|mention| (mention.span, Some(mention.entity)));
        for (span, entity) in mentions.chain(doc.given_targets().iter().map(|span| (*span, None))) {
            if span.is_empty() || !seen.insert(span) {
                continue;
            }
            let attitude = targets::attitude(doc, found, span, |_| true);
            let score = attitude.score;
            let polarity = Polarity::new(score.value, self.options.target_threshold, score.confidence());
            let mut target = out.target(span, polarity).rule("near-words");
            if let Some(entity) = entity {
                target = target.entity(entity);
            }
            for span in attitude.evidence {
                target = target.evidence(span);
            }
        }
    }
}

impl Stage for SentimentStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let found = Hits::read(doc, &self.words);
        let quoted = Quoted::of(doc);
        self.whole(doc, &found, &quoted, out);
        self.targets(doc, &found, out);
        stances::emit(doc, &found, self.options.target_threshold, out);
        Ok(())
    }
}

/// The words under several spans that may overlap, as one list of stretches in text order.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start() <= last.end() => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

impl StageType for SentimentStage {
    const NAME: &'static str = "sentiment";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str =
        "Scores the polarity of document, narrator, sentences and targets, and what speakers hold of whom.";
    const USES: &'static [&'static str] = &[layer::ENTITIES, layer::QUOTES];
    const PROVIDES: &'static [&'static str] = &[layer::SENTIMENT];
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        for (name, threshold) in [("threshold", options.threshold), ("target_threshold", options.target_threshold)] {
            if !(threshold > 0.0 && threshold <= 1.0) {
                return Err(StageError::option(name, format_args!("{threshold} is not above 0 and at most 1")));
            }
        }
        Ok(Self { words: lexicon::lexicon()?, options })
    }
}
