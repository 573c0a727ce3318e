//! Training examples.

use copydesk_sentiment::examples::Input;
use copydesk_sentiment::examples::shape::LABELS;

/// What is predicted for an example.
#[derive(Clone, Copy, Debug)]
pub(super) enum Task {
    /// The label towards the target.
    Target(usize),
    /// The score of the sentence.
    Score(f32),
}

/// A sentence with what is to be learned from it.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) input: Input,
    pub(super) task: Task,
    /// The target distribution over labels.
    pub(super) labels: [f32; LABELS],
    pub(super) domain: usize,
    /// The weight of the example in the loss.
    pub(super) importance: f32,
    /// Examples of one group, such as those of one article, are held out together in cross-validation; those of
    /// [`NEVER_HELD_OUT`] are always trained on.
    pub(super) group: u32,
}

/// The group of examples that are never held out.
pub(super) const NEVER_HELD_OUT: u32 = u32::MAX;
