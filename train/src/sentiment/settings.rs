//! Training settings.

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct SentimentSettings {
    /// Passes over all examples.
    pub epochs: usize,
    /// The initial learning rate, which falls linearly towards 0.
    pub rate: f32,
    /// Examples per step.
    pub batch: usize,
    /// Weight decay.
    pub decay: f32,
    /// Weight decay of embeddings.
    pub own_decay: f32,
    /// The learning rate of embeddings, relative to `rate`.
    pub own_rate: f32,
    /// The probability of dropping a word's vector, so that the network also learns from the lexicon features.
    pub drop_word: f32,
    /// The dropout probability of a number of a vector.
    pub drop_number: f32,
    /// The dropout probability of a pooled feature around a target.
    pub drop_pool: f32,
    /// The dropout probability of a pooled feature of a sentence.
    pub drop_sentence: f32,
    /// The weight of the loss of a sentence's score, relative to that of a target's label.
    pub score: f32,
    /// The weight of the loss of the label that a sentence's score implies.
    pub called: f32,
    /// The weight of a word of the lexicon, relative to a rated sentence.
    pub lexicon: f32,
    /// The number of teachers; 0 trains a single network without distillation.
    pub teachers: u64,
    /// The weight of a sentence rated by the teachers, relative to one rated by annotators.
    pub distilled: f32,
    /// The share of the teachers' prediction in a target's label.
    pub softened: f32,
    /// The weights of a neutral and of a positive target of general news: news has more of the former and fewer of the latter
    /// than the training texts.
    pub neutral: f32,
    /// See `neutral`.
    pub positive: f32,
    /// The seed of everything random.
    pub seed: u64,
}

impl Default for SentimentSettings {
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
            positive: 1.0,
            seed: 1,
        }
    }
}
