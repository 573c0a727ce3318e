//! The sizes of the network, which training and analysis share.

/// The number of features over three neighbouring words.
pub const FEATURES: usize = 32;
/// The width of word vectors.
pub const WIDTH: usize = 32;
/// Lexicon features of a word: positive and negative valence, and roles.
pub const CUES: usize = 9;
/// The size of the window on either side of a target, in tokens.
pub const WINDOW: usize = 40;
/// Distances from the target at which the distance bins of either side end.
pub const ENDS: [usize; 4] = [3, 8, 20, WINDOW];
/// The distance bins of one side.
pub const STRETCHES: usize = ENDS.len();
/// Features are pooled around a target: in the distance bins of the left side, of the right side, and in the pools below.
pub const POOLS: usize = 2 * STRETCHES + 3;
/// The target's own position.
pub const TARGET_POOL: usize = 2 * STRETCHES;
/// Its clause.
pub const CLAUSE_POOL: usize = TARGET_POOL + 1;
/// The part of the window outside its clause.
pub const OUTSIDE_POOL: usize = TARGET_POOL + 2;
/// The pools whose weights are kept: those of `OUTSIDE_POOL` are folded into the distance bins.
pub const LEARNED_POOLS: usize = OUTSIDE_POOL;
/// The scale of each pool: far bins are wider, so they count less.
pub const SHARES: [f32; POOLS] = [0.6, 0.45, 0.3, 0.25, 0.6, 0.45, 0.3, 0.25, 1.0, 0.3, 0.3];
/// The number of rule-based features of a target.
pub const NUMBERS: usize = 18;
/// The number of rule-based features of a sentence.
pub const SENTENCE_NUMBERS: usize = 9;
/// The labels, in the order of the network's outputs: negative …
pub const NEGATIVE: usize = 0;
/// … neutral …
pub const NEUTRAL: usize = 1;
/// … and positive.
pub const POSITIVE: usize = 2;
/// The number of labels.
pub const LABELS: usize = 3;
/// Inputs of the output layer for targets: pools, rule-based features, and a constant.
pub const INPUTS: usize = POOLS * FEATURES + NUMBERS + 1;
/// The means of features over a sentence.
pub const MEANS: usize = FEATURES;
/// The scale of the maximum of a feature over a sentence.
pub const MAX_SHARE: f32 = 0.5;
/// Inputs of the output layer for sentences: mean and maximum of each feature, rule-based features, and a constant.
pub const SENTENCE_INPUTS: usize = 2 * FEATURES + SENTENCE_NUMBERS + 1;

/// The distance bin of a token.
#[inline]
pub fn stretch(distance: usize) -> usize {
    ENDS.iter().position(|end| distance <= *end).unwrap_or(STRETCHES - 1)
}

/// The scale of the sums of features over a sentence of this length.
pub fn sentence_share(tokens: usize) -> f32 {
    1.0 / (tokens as f32 + 3.0).sqrt()
}
