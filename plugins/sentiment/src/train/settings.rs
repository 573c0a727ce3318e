//! How to learn.

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often all examples are seen.
    pub epochs: usize,
    /// The size of steps at first; it falls to nothing.
    pub rate: f32,
    /// Examples a step.
    pub batch: usize,
    /// How much weights are kept small.
    pub decay: f32,
    /// The same for what a row has of its own, and the size of its steps beside the others'.
    pub own_decay: f32,
    /// See `own_decay`.
    pub own_rate: f32,
    /// How often a word's vector is left out, so that the lexicon must tell.
    pub drop_word: f32,
    /// How often a number of a vector is.
    pub drop_number: f32,
    /// How often a sum of features is, around a target.
    pub drop_pool: f32,
    /// The same of a sentence.
    pub drop_sentence: f32,
    /// How much a sentence's score counts beside a target's label.
    pub score: f32,
    /// How much the label that a sentence's score gives does.
    pub called: f32,
    /// How much a word of the lexicon counts beside a rated sentence.
    pub lexicon: f32,
    /// How many other runs teach the last one.
    pub teachers: u64,
    /// How much a sentence that they rate counts beside one that annotators did.
    pub distilled: f32,
    /// How far a target's label gives way to what they say of it.
    pub softened: f32,
    /// How much a neutral target of general news counts, and a positive one: news has more of the one and fewer of the other
    /// than the training texts.
    pub neutral: f32,
    /// See `neutral`.
    pub positive: f32,
    /// Everything random depends on it.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 14,
            rate: 0.0015,
            batch: 16,
            decay: 0.01,
            own_decay: 0.02,
            own_rate: 1.0,
            drop_word: 0.15,
            drop_number: 0.1,
            drop_pool: 0.4,
            drop_sentence: 0.4,
            score: 6.0,
            called: 0.0,
            lexicon: 0.05,
            teachers: 2,
            distilled: 0.3,
            softened: 0.3,
            neutral: 1.46,
            positive: 0.71,
            seed: 1,
        }
    }
}
