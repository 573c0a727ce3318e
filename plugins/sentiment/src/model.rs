//! The trained network: scores a target and a sentence from features.

use std::path::Path;

use copydesk_learn::linear::softmax;
use copydesk_learn::model::load;
use copydesk_learn::vectors::dot;
use copydesk_learn::{Artefact, ArtefactError, Classes, ModelError};

use crate::encoded::Whole;
use crate::encoder::{self, Encoder, Features, UNIT};
use crate::lexicon::lexicon;
use crate::shape::{
    CLAUSE_POOL, FEATURES, INPUTS, LABELS, LEARNED_POOLS, MAX_SHARE, NEGATIVE, NEUTRAL, NUMBERS,
    OUTSIDE_POOL, POOLS, POSITIVE, SENTENCE_INPUTS, SENTENCE_NUMBERS, SHARES, STRETCHES, TARGET_POOL,
    sentence_share,
};
use crate::terms::Terms;
use crate::vocabulary::Vocabulary;

/// The kind of the model file.
pub const KIND: &str = "sentiment";
/// The domains, in the order of the model.
pub const DOMAINS: [&str; 2] = ["general", "finance"];

/// The section of a domain's output layer for targets, 32-bit floats: one row per input, with one weight per label.
pub fn target_section(domain: &str) -> String {
    format!("{domain}.target")
}

/// The section of a domain's output layer for sentences: one 32-bit float per input.
pub fn score_section(domain: &str) -> String {
    format!("{domain}.score")
}

/// Logits of negative and positive relative to neutral: a term common to all three labels cancels in the softmax.
pub(crate) type Logits = [f32; SIDES.len()];
/// The labels except neutral.
const SIDES: [usize; 2] = [NEGATIVE, POSITIVE];
/// The real value of a quantised weight of 1.
const WEIGHT: f32 = 1.0 / 16384.0;

/// The output layer of one domain. A token counts in the pool of its distance and in that of its clause or of the rest. The
/// weights of the rest are folded into those of the distances, and subtracted from those of the clause.
pub(crate) struct Heads {
    /// Quantised weights of the pools' features, for negative and for positive.
    pools: [[Features; LEARNED_POOLS]; SIDES.len()],
    numbers: [[f32; NUMBERS]; SIDES.len()],
    bias: Logits,
    /// The contribution of a feature to positive minus negative, averaged over the pools left and right of a target.
    pub(crate) pulls: [Features; 2],
    sentence: Vec<f32>,
}

impl Heads {
    /// `weights` has one row per input, with one weight per label.
    fn new(weights: &[f32], sentence: Vec<f32>) -> Self {
        let at = |input: usize, side: usize| {
            let of = |label: usize| weights.get(input * LABELS + label).copied().unwrap_or_default();
            of(SIDES[side]) - of(NEUTRAL)
        };
        let given =
            |pool: usize, side: usize, feature: usize| at(pool * FEATURES + feature, side) * SHARES[pool];
        let learned = |pool: usize, side: usize, feature: usize| {
            let own = given(pool, side, feature);
            match pool {
                TARGET_POOL => own + given(CLAUSE_POOL, side, feature),
                CLAUSE_POOL => own - given(OUTSIDE_POOL, side, feature),
                _ => own + given(OUTSIDE_POOL, side, feature),
            }
        };
        let pull = |half: usize, feature: usize| {
            let stretches = half * STRETCHES..(half + 1) * STRETCHES;
            let sum: f32 = stretches.map(|pool| learned(pool, 1, feature) - learned(pool, 0, feature)).sum();
            whole(sum / STRETCHES as f32)
        };
        use std::array::from_fn;
        Self {
            pools: from_fn(|side| from_fn(|pool| from_fn(|feature| whole(learned(pool, side, feature))))),
            numbers: from_fn(|side| from_fn(|number| at(POOLS * FEATURES + number, side))),
            bias: from_fn(|side| at(INPUTS - 1, side)),
            pulls: from_fn(|half| from_fn(|feature| pull(half, feature))),
            sentence,
        }
    }

    /// The real value of a product of quantised features and weights.
    #[inline(always)]
    pub(crate) fn real(product: i32) -> f32 {
        product as f32 * (UNIT * WEIGHT)
    }

    /// The logits of all pools.
    #[inline(always)]
    pub(crate) fn logits(&self, pools: &[Features; LEARNED_POOLS]) -> Logits {
        let mut logits = Logits::default();
        for (side, logit) in logits.iter_mut().enumerate() {
            *logit = Self::real(dot(pools.as_flattened(), self.pools[side].as_flattened()));
        }
        logits
    }

    /// Adds the logits of one pool.
    #[inline(always)]
    pub(crate) fn add(&self, pool: usize, values: &Features, logits: &mut Logits) {
        for (logit, pools) in logits.iter_mut().zip(&self.pools) {
            *logit += pools.get(pool).map_or(0.0, |weights| Self::real(dot(values, weights)));
        }
    }

    /// The probability of each label, from the logits of the features and the rule-based features.
    pub(crate) fn probabilities(&self, logits: &Logits, numbers: &[f32; NUMBERS]) -> [f32; LABELS] {
        let mut scores = [0.0; LABELS];
        for (side, label) in SIDES.into_iter().enumerate() {
            let rules = numbers.iter().zip(&self.numbers[side]).map(|(number, weight)| number * weight);
            scores[label] = logits[side] + rules.sum::<f32>() + self.bias[side];
        }
        softmax(&mut scores);
        scores
    }
}

fn whole(weight: f32) -> i16 {
    (weight / WEIGHT).round() as i16
}

/// A trained model.
pub(crate) struct Model {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) encoder: Encoder,
    heads: [Heads; DOMAINS.len()],
}

impl Model {
    /// Reads the model from a file, or the built-in one, and adds rows for the terms.
    pub(crate) fn load(file: Option<&Path>, terms: &mut Terms) -> Result<Self, ModelError> {
        load(KIND, file, include_bytes!("../data/sentiment.bin"), |model| Self::read(model, terms))
    }

    fn read(model: &Artefact, terms: &mut Terms) -> Result<Self, ArtefactError> {
        let mut vocabulary = Vocabulary::new(encoder::hashes(model)?, lexicon(), Classes::built_in()?);
        terms.give_rows(&mut vocabulary);
        let encoder = Encoder::read(model, vocabulary.len())?;
        let floats = |name: String, count: usize| {
            let found = model.section(&name)?.f32s().unwrap_or_default();
            if found.len() != count {
                return Err(ArtefactError::damaged(format!("`{name}` has an impossible length or weight")));
            }
            Ok(found)
        };
        let heads = |domain: &str| {
            let target = floats(target_section(domain), INPUTS * LABELS)?;
            Ok(Heads::new(&target, floats(score_section(domain), SENTENCE_INPUTS)?))
        };
        Ok(Self { vocabulary, encoder, heads: [heads(DOMAINS[0])?, heads(DOMAINS[1])?] })
    }

    /// The output layer of a domain.
    pub(crate) fn heads(&self, domain: usize) -> &Heads {
        &self.heads[domain.min(DOMAINS.len() - 1)]
    }

    /// The score of a sentence, from about -2 to 2.
    pub(crate) fn score(&self, domain: usize, whole: &Whole, numbers: &[f32; SENTENCE_NUMBERS]) -> f32 {
        let (means, rest) = self.heads(domain).sentence.split_at(FEATURES);
        let (most, rest) = rest.split_at(FEATURES);
        let (mut sum, mut peaks) = (0f32, 0f32);
        for feature in 0..FEATURES {
            sum += whole.sums[feature] as f32 * means[feature];
            peaks += f32::from(whole.most[feature]) * most[feature];
        }
        let rules: f32 = numbers.iter().zip(rest).map(|(number, weight)| number * weight).sum();
        let learned = sum * sentence_share(whole.count) + peaks * MAX_SHARE;
        learned * UNIT + rules + rest[SENTENCE_NUMBERS]
    }
}
