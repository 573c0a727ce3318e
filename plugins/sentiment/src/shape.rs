//! The sizes of the network, which training and analysis share.

/// Features that each look at three neighbouring words.
pub(crate) const FILTERS: usize = 32;
/// Features that tell how a sentence sounds and nothing of targets.
pub(crate) const TONES: usize = 0;
/// All features.
pub(crate) const FEATURES: usize = FILTERS + TONES;
/// Numbers that stand for a word's meaning.
pub(crate) const WIDTH: usize = 32;
/// What the lexicon tells of a word: good, bad, and its roles.
pub(crate) const CUES: usize = 9;
/// Tokens on either side of a target that count.
pub(crate) const WINDOW: usize = 40;
/// Distances from the target at which the stretches of either side end.
pub(crate) const ENDS: [usize; 4] = [3, 8, 20, WINDOW];
/// The stretches of one side.
pub(crate) const STRETCHES: usize = ENDS.len();
/// Where features are added up around a target: the stretches of the left side, of the right side, and these.
pub(crate) const POOLS: usize = 2 * STRETCHES + 3;
/// The target's own place.
pub(crate) const TARGET_POOL: usize = 2 * STRETCHES;
/// Its clause.
pub(crate) const CLAUSE_POOL: usize = TARGET_POOL + 1;
/// What of the window is not its clause.
pub(crate) const OUTSIDE_POOL: usize = TARGET_POOL + 2;
/// The pools whose weights are kept: what is outside the clause is told by the stretches.
pub(crate) const LEARNED_POOLS: usize = OUTSIDE_POOL;
/// What a feature counts in each: far stretches are longer, and count less.
pub(crate) const SHARES: [f32; POOLS] = [0.6, 0.45, 0.3, 0.25, 0.6, 0.45, 0.3, 0.25, 1.0, 0.3, 0.3];
/// What the rules tell of a target.
pub(crate) const NUMBERS: usize = 18;
/// What they tell of a sentence.
pub(crate) const SENTENCE_NUMBERS: usize = 9;
/// The labels as the network numbers them.
pub(crate) const NEGATIVE: usize = 0;
pub(crate) const NEUTRAL: usize = 1;
pub(crate) const POSITIVE: usize = 2;
/// How many there are.
pub(crate) const LABELS: usize = 3;
/// What decides on a target: the pools, numbers, and a constant.
pub(crate) const INPUTS: usize = POOLS * FILTERS + NUMBERS + 1;
/// The means of features over a sentence.
pub(crate) const MEANS: usize = FEATURES;
/// What the most that a feature has in a sentence counts.
pub(crate) const MOST_SHARE: f32 = 0.5;
/// What decides on a sentence: the mean and the most of each feature, numbers, and a constant.
pub(crate) const SENTENCE_INPUTS: usize = 2 * FEATURES + SENTENCE_NUMBERS + 1;
/// Ratings from this on are called good or bad by annotators of sentences.
pub(crate) const CALLED: f32 = 0.5;
/// The score, on the scale of ratings, from which a sentence is called so.
pub(crate) const SCORE_CALLED: f32 = 0.3;

/// The stretch of a token so far from the target.
#[inline]
pub(crate) fn stretch(distance: usize) -> usize {
    ENDS.iter().position(|end| distance <= *end).unwrap_or(STRETCHES - 1)
}

/// What the features of a sentence of so many tokens count.
pub(crate) fn sentence_share(tokens: usize) -> f32 {
    1.0 / (tokens as f32 + 3.0).sqrt()
}
