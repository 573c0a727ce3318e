//! What training needs of the stage: documents as its two models see them, and the form of the model files.
//!
//! [`names`] is for the recogniser, which finds names; [`coref`] for the ranker, which tells whom pronouns and nouns mean.

pub mod coref;
pub mod names;
