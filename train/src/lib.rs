//! Trains the models of copydesk's stages.
//!
//! Each function reads its sources and returns the bytes of a model file; the same sources give the same bytes. The code that
//! turns text into features belongs to the stage, and is the same in training and in use.

mod algorithms;
mod classes;
mod coref;
mod entity;
mod quote;
mod sentiment;
mod stance;
mod syntax;
mod tagged;
mod vectors;

pub use classes::{ClassSettings, MAX_CLASSES, classes};
pub use copydesk_entity::examples::coref::CorefGroup;
pub use copydesk_entity::examples::names::EntityGroup;
pub use copydesk_sentiment::examples::stance::StanceGroup;
pub use coref::{CorefReport, CorefSettings, coref};
pub use entity::{EntityReport, EntitySettings, entity};
pub use quote::{QuoteReport, QuoteSettings, quote};
pub use sentiment::{
    CrossValidation, SentimentReport, SentimentSettings, SentimentSources, sentiment, sentiment_folds,
};
pub use stance::{HeldOutPairs, StanceReport, StanceSettings, stance};
pub use syntax::{SyntaxSettings, syntax};
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
    Gold(#[from] copydesk_gold::GoldError),
    /// A model that training needs is not usable.
    #[error(transparent)]
    Model(#[from] copydesk_learn::ArtefactError),
    /// A source has the wrong form.
    #[error("{0}: {1}")]
    Source(PathBuf, String),
    /// There is no training data.
    #[error("there are no annotated {0} in these files")]
    Nothing(&'static str),
    /// The model of a stage that training runs is not usable.
    #[error(transparent)]
    Stage(#[from] copydesk_learn::ModelError),
    /// A stage that training runs cannot be built.
    #[error(transparent)]
    Made(#[from] copydesk_core::StageError),
}
