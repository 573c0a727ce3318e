//! Training examples.

use crate::shape::{CUES, LABELS};

/// What is predicted for an example.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// The label towards the target.
    Target(usize),
    /// The score of the sentence.
    Score(f32),
}

/// A sentence; its target, if any, is one token.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The vocabulary rows of its tokens.
    pub(crate) rows: Vec<u32>,
    /// The position of the target, if there is one.
    pub(crate) target: usize,
    pub(crate) clause: (usize, usize),
    /// Rule-based features.
    pub(crate) numbers: Vec<f32>,
    pub(crate) task: Task,
    /// The target distribution over labels.
    pub(crate) labels: [f32; LABELS],
    pub(crate) domain: usize,
    /// The weight of the example in the loss.
    pub(crate) importance: f32,
    /// Examples of one group are held out together in cross-validation.
    pub(crate) group: u32,
}

/// Fixed inputs per vocabulary row.
pub(crate) struct Rows {
    /// The width of a pretrained vector.
    pub(crate) given: usize,
    /// The pretrained vectors.
    pub(crate) vectors: Vec<f32>,
    pub(crate) cues: Vec<[f32; CUES]>,
    /// Whether a row occurs often enough in training to get an embedding of its own, added to the projected vector.
    pub(crate) own: Vec<bool>,
}
