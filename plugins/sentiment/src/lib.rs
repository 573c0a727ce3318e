//! The sentiment stage: how a text, its narrator and its sentences sound, how it speaks of each target, and who holds what of whom.
//!
//! `lexicon` reads the word lists under `data/`, `hits` finds the words that carry valence and what modifies them, `score` sums them
//! up for sentences and the whole. A trained model (`features`, `model`, `learned`, `train`) tells what is said of a target; `targets`
//! weighs the words near one, for the model and for `stances`: what a speaker says of others.

use std::path::Path;

use copydesk_core::layers::{EntityId, Polarity};
use copydesk_core::{DocumentView, Emitter, Lexicon, Span, Stage, StageError, StageType, layer};
use copydesk_learn::Classes;

mod features;
mod hits;
mod learned;
mod lexicon;
mod model;
mod options;
mod quoted;
mod score;
mod stances;
mod targets;
#[cfg(test)]
mod tests;
pub mod train;

use hits::Hits;
use learned::Judge;
use lexicon::Word;
use model::Model;
use quoted::Quoted;
use score::{Mean, Score};

pub use options::{Domain, Options, Targets};

/// The sentiment stage.
pub struct SentimentStage {
    words: Lexicon<Word>,
    classes: Classes,
    model: Model,
    options: Options,
}

impl SentimentStage {
    fn polarity(&self, score: Score) -> Polarity {
        Polarity::new(score.value, self.options.threshold as f32, score.confidence())
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
        let (entities, given) = match self.options.targets {
            Targets::Entities => (true, false),
            Targets::Given => (false, true),
            Targets::Both => (true, true),
        };
        let mentions =
            doc.mentions().filter(|_| entities).map(|mention| (mention.span, Some(mention.entity)));
        let named = doc.given_targets().iter().filter(|_| given).map(|span| (*span, None));
        let mut targets: Vec<(Span, Option<EntityId>)> =
            mentions.chain(named).filter(|(span, _)| !span.is_empty()).collect();
        // Sentence after sentence; of two at the same place the entity comes first.
        targets.sort_by_key(|(span, _)| *span);
        targets.dedup_by_key(|(span, _)| *span);
        let threshold = self.options.target_threshold as f32;
        let mut judge = Judge::new(doc, found, &self.model, &self.classes);
        for (span, entity) in targets {
            let verdict = judge.judge(span, threshold);
            let polarity = Polarity::new(verdict.score, threshold, verdict.confidence);
            let mut target = out.target(span, polarity).rule("model");
            if let Some(entity) = entity {
                target = target.entity(entity);
            }
            for span in verdict.evidence {
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
        stances::emit(doc, &found, self.options.threshold as f32, out);
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
        for (name, threshold) in
            [("threshold", options.threshold), ("target_threshold", options.target_threshold)]
        {
            if !(threshold > 0.0 && threshold <= 1.0) {
                return Err(StageError::option(
                    name,
                    format_args!("{threshold} is not above 0 and at most 1"),
                ));
            }
        }
        let domain = options.domain.as_str();
        let model = if options.model.is_empty() {
            Model::built_in(domain)
        } else {
            Model::open(Path::new(&options.model), domain)
        };
        let mut words = lexicon::lexicon()?;
        for file in &options.lexicons {
            lexicon::add_file(&mut words, Path::new(file))?;
        }
        Ok(Self {
            words,
            classes: Classes::built_in().map_err(StageError::failed)?,
            model: model.map_err(|error| StageError::option("model", error))?,
            options,
        })
    }
}
