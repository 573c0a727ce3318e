//! What the network learns from.

use crate::shape::{CUES, LABELS};

/// What is to be predicted of an example.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// The label towards the target.
    Target(usize),
    /// The score of the sentence.
    Score(f32),
}

/// A sentence, its target in one place.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The rows of its words.
    pub(crate) rows: Vec<u32>,
    /// The place of the target, if there is one, and the clause around it.
    pub(crate) target: usize,
    pub(crate) clause: (usize, usize),
    /// What the rules tell.
    pub(crate) numbers: Vec<f32>,
    pub(crate) task: Task,
    /// How probable each label is, as far as the example tells.
    pub(crate) labels: [f32; LABELS],
    pub(crate) domain: usize,
    /// How much it counts.
    pub(crate) importance: f32,
    /// Examples of one group are held out together.
    pub(crate) group: u32,
}

/// What is known of rows.
pub(crate) struct Rows {
    /// How many numbers a given vector has.
    pub(crate) given: usize,
    /// The given vectors.
    pub(crate) vectors: Vec<f32>,
    pub(crate) cues: Vec<[f32; CUES]>,
    /// Whether the training texts have a row often enough that it may leave what its vector says.
    pub(crate) own: Vec<bool>,
}
