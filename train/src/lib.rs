//! Trains the models of copydesk's stages.
//!
//! Each function reads its sources and returns the bytes of a model file; the same sources give the same bytes. The code that
//! turns text into features belongs to the stage, and is the same in training and in use.

mod attributed;
mod classes;
mod coref;
mod entity;
mod quote;
mod recase;
mod sentiment;
mod stance;
mod syntax;
mod vectors;

pub use classes::{ClassOptions, MOST_CLASSES, classes};
pub use copydesk_entity::coref_training::{Group as CorefGroup, TrainOptions as CorefOptions};
pub use copydesk_entity::training::{Group as EntityGroup, TrainOptions as EntityOptions};
pub use copydesk_quote::train::Settings as QuoteSettings;
pub use copydesk_sentiment::train::Settings as SentimentSettings;
pub use copydesk_sentiment::train::stance::{Group as StanceGroup, TrainOptions as StanceOptions};
pub use copydesk_syntax::train::Settings as SyntaxSettings;
pub use coref::{CorefReport, coref};
pub use entity::{EntityReport, entity};
pub use quote::{QuoteReport, quote};
pub use sentiment::{SentimentReport, SentimentSources, sentiment, sentiment_folds};
pub use stance::{StanceReport, stance};
pub use syntax::syntax;
pub use vectors::{Vectors, read_vectors};

use std::path::PathBuf;

/// Why a model could not be trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A source cannot be read.
    #[error("{0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// Annotated data cannot be read.
    #[error(transparent)]
    Gold(#[from] copydesk_eval::GoldError),
    /// A model that training needs is not usable.
    #[error(transparent)]
    Model(#[from] copydesk_learn::ArtefactError),
    /// A source has the wrong form.
    #[error("{0}: {1}")]
    Source(PathBuf, String),
    /// There is no training data.
    #[error("there are no annotated {0} in these files")]
    Nothing(&'static str),
    /// The model of a stage whose work training needs is not usable.
    #[error(transparent)]
    Stage(#[from] copydesk_learn::ModelError),
    /// A stage whose work training needs cannot be made.
    #[error(transparent)]
    Made(#[from] copydesk_core::StageError),
}
