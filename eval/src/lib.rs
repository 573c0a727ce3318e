//! Scores copydesk's annotations against annotated data, which the crate `gold` reads.

mod clusters;
mod coref;
mod entity;
mod figure;
mod measure;
mod quote;
mod sentiment;
mod stance;
mod suite;
mod syntax;

pub use measure::{Outcome, Row, Score};
pub use syntax::evaluate_syntax;

// What is scored, for those who score it.
pub use copydesk_gold::{GoldDocument, GoldError, LetterCase, TaggedText, read_gold, read_tagged};

use copydesk_engine::{Analyzer, Plan};

/// What is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Layer {
    /// Names of persons, organisations and locations: exact span and kind
    Entity,
    /// Whom pronouns and nominal mentions mean
    Coref,
    /// Quotes by overlap of their content, and their speakers
    Quote,
    /// Values, units and changes; dates by span and value
    Figure,
    /// Polarity towards targets, or of whole texts
    Sentiment,
    /// Which opinion one of two mentions holds of the other, with precision and recall by confidence
    Stance,
    /// Parts of speech, a token each
    Syntax,
}

impl Layer {
    /// The stage that provides it.
    pub fn stage(self) -> &'static str {
        match self {
            Self::Entity | Self::Coref => "entity",
            Self::Quote => "quote",
            Self::Figure => "figure",
            Self::Sentiment | Self::Stance => "sentiment",
            Self::Syntax => "syntax",
        }
    }

    /// The stage's option that names the model.
    pub fn model_option(self) -> &'static str {
        match self {
            Self::Coref => "coref_model",
            Self::Stance => "stance_model",
            _ => "model",
        }
    }
}

/// Runs the plan over the gold's texts and scores one layer. Keeps up to `show` errors in their context.
pub fn evaluate(layer: Layer, gold: &[GoldDocument], plan: &Plan, show: usize) -> Outcome {
    let mut scorer: Box<dyn Scorer> = match layer {
        Layer::Entity => Box::new(entity::Entities::default()),
        Layer::Coref => Box::new(coref::Coreference::default()),
        Layer::Quote => Box::new(quote::Quotes::default()),
        Layer::Figure => Box::new(figure::Figures::default()),
        Layer::Stance => Box::new(stance::Stances::default()),
        Layer::Sentiment => Box::new(sentiment::Sentiments::default()),
        // Tagged text is not such gold: see `evaluate_syntax`.
        Layer::Syntax => return Outcome::default(),
    };
    let mut analyzer = Analyzer::new(plan);
    let mut outcome = Outcome::default();
    for document in gold {
        match analyzer.analyze(document.source()) {
            Ok(analysed) => {
                let errors = scorer.score(document, &analysed.document.view());
                let room = show.saturating_sub(outcome.errors.len());
                outcome.errors.extend(errors.into_iter().take(room));
            }
            Err(error) => outcome.failed.push(format!("{}: {error}", document.id)),
        }
    }
    outcome.documents = gold.len();
    outcome.rows = scorer.rows();
    outcome
}

/// Compares document by document and adds up.
trait Scorer {
    /// Counts one document; gives its errors, each in its context.
    fn score(&mut self, gold: &GoldDocument, found: &copydesk_core::DocumentView<'_>) -> Vec<String>;
    /// The measures over all documents.
    fn rows(&self) -> Vec<Row>;
}
