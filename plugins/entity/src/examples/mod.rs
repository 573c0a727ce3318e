//! What training needs from the stage: the features of documents for its two models, and the format of the model files.
//!
//! [`names`] is for the recogniser, which finds names; [`coref`] for the ranker, which resolves pronouns and nouns.

pub mod coref;
pub mod names;
