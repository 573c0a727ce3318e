//! The trained network: the polarity towards a target, and that of a sentence.

use std::path::Path;

use copydesk_core::Lexicon;
use copydesk_learn::linear::softmax;
use copydesk_learn::model::load;
use copydesk_learn::{Artefact, ArtefactError, ArtefactWriter, Classes, ModelError};

use crate::encoder::{self, Encoder, UNIT};
use crate::heard::{Scores, Weights};
use crate::lexicon::Word;
use crate::shape::{
    CLAUSE_POOL, FILTERS, INPUTS, LABELS, NEGATIVE, NUMBERS, OUTSIDE_POOL, POOLS, POSITIVE, SENTENCE_INPUTS, SENTENCE_NUMBERS, SHARES, STRETCHES, TARGET_POOL,
};
use crate::terms::Terms;
use crate::vocabulary::Vocabulary;

/// The kind of the model file.
pub(crate) const KIND: &str = "sentiment";
/// The domains, as the model numbers them.
pub(crate) const DOMAINS: [&str; 2] = ["general", "finance"];

/// What decides, of one domain. A token counts for its stretch and for its clause or what is outside; the weights of the
/// stretches have those of the outside in them, and those of the clause are what it has beyond.
pub(crate) struct Heads {
    pub(crate) pools: [Weights; 2 * STRETCHES],
    pub(crate) target: Weights,
    pub(crate) clause: Weights,
    numbers: [[f32; NUMBERS]; LABELS],
    bias: Scores,
    /// What a feature adds to the lead of good over bad left and right of a target, on average.
    pub(crate) leads: [[f32; FILTERS]; 2],
    sentence: Vec<f32>,
}

impl Heads {
    /// `weights` has a row an input, a weight a label.
    fn new(weights: &[f32], sentence: Vec<f32>) -> Self {
        let at = |input: usize, label: usize| weights.get(input * LABELS + label).copied().unwrap_or_default();
        let pool = |pool: usize, share: f32| -> Weights {
            std::array::from_fn(|label| std::array::from_fn(|filter| at(pool * FILTERS + filter, label) * share * UNIT))
        };
        let sum = |a: &Weights, b: &Weights, sign: f32| -> Weights {
            std::array::from_fn(|label| std::array::from_fn(|filter| a[label][filter] + sign * b[label][filter]))
        };
        let [clause, outside] = [CLAUSE_POOL, OUTSIDE_POOL].map(|place| pool(place, SHARES[place]));
        let pools: [Weights; 2 * STRETCHES] =
            std::array::from_fn(|place| sum(&pool(place, SHARES[place]), &outside, 1.0));
        let leads = std::array::from_fn(|side| {
            let side = &pools[side * STRETCHES..][..STRETCHES];
            std::array::from_fn(|filter| {
                let lead = |pool: &Weights| pool[POSITIVE][filter] - pool[NEGATIVE][filter];
                side.iter().map(lead).sum::<f32>() / STRETCHES as f32
            })
        });
        Self {
            pools,
            target: sum(&pool(TARGET_POOL, SHARES[TARGET_POOL]), &clause, 1.0),
            clause: sum(&clause, &outside, -1.0),
            numbers: std::array::from_fn(|label| {
                std::array::from_fn(|number| at(POOLS * FILTERS + number, label))
            }),
            bias: std::array::from_fn(|label| at(INPUTS - 1, label)),
            leads,
            sentence,
        }
    }

    /// The probability of each label, from what the features say and what the rules do.
    pub(crate) fn probabilities(&self, scores: &Scores, numbers: &[f32; NUMBERS]) -> Scores {
        let mut scores: Scores = std::array::from_fn(|label| {
            let rules = numbers.iter().zip(&self.numbers[label]).map(|(number, weight)| number * weight);
            scores[label] + rules.sum::<f32>() + self.bias[label]
        });
        softmax(&mut scores);
        scores
    }
}

/// A trained model.
pub(crate) struct Model {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) encoder: Encoder,
    heads: [Heads; DOMAINS.len()],
}

impl Model {
    /// Reads the model from a file, or else the one that is part of the program, and gives the terms rows.
    pub(crate) fn load(
        file: Option<&Path>,
        words: &Lexicon<Word>,
        terms: &mut Terms,
    ) -> Result<Self, ModelError> {
        load(KIND, file, include_bytes!("../data/sentiment.bin"), |model| Self::read(model, words, terms))
    }

    fn read(model: &Artefact, words: &Lexicon<Word>, terms: &mut Terms) -> Result<Self, ArtefactError> {
        let hashes = encoder::hashes(model)?;
        let mut vocabulary = Vocabulary::new(hashes.into_iter(), words, Classes::built_in()?);
        terms.give_rows(&mut vocabulary);
        let encoder = Encoder::read(model, vocabulary.len())?;
        let floats = |name: String, count: usize| {
            let found = model.section(&name)?.f32s().unwrap_or_default();
            if found.len() != count || !found.iter().all(|value| value.is_finite()) {
                return Err(ArtefactError::damaged(format!("`{name}` has an impossible length")));
            }
            Ok(found)
        };
        let heads = |domain: &str| {
            let target = floats(format!("{domain}.target"), INPUTS * LABELS)?;
            Ok(Heads::new(&target, floats(format!("{domain}.score"), SENTENCE_INPUTS)?))
        };
        Ok(Self { vocabulary, encoder, heads: [heads(DOMAINS[0])?, heads(DOMAINS[1])?] })
    }

    /// Writes the heads of a domain: a row an input with a weight a label, and a weight an input.
    pub(crate) fn write(model: &mut ArtefactWriter, domain: &str, target: &[f32], sentence: &[f32]) {
        let bytes = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
        model.section(&format!("{domain}.target"), bytes(target));
        model.section(&format!("{domain}.score"), bytes(sentence));
    }

    /// What decides in a domain.
    pub(crate) fn heads(&self, domain: usize) -> &Heads {
        &self.heads[domain.min(DOMAINS.len() - 1)]
    }

    /// The score of a sentence, from about -2 to 2.
    pub(crate) fn score(
        &self,
        domain: usize,
        sums: &[i32; FILTERS],
        share: f32,
        numbers: &[f32; SENTENCE_NUMBERS],
    ) -> f32 {
        let weights = &self.heads(domain).sentence;
        let values: [f32; FILTERS] = std::array::from_fn(|filter| sums[filter] as f32);
        let score = dot(&values, &weights[..FILTERS]) * share;
        let rest = numbers.iter().zip(&weights[FILTERS..]).map(|(number, weight)| number * weight);
        score + rest.sum::<f32>() + weights[SENTENCE_INPUTS - 1]
    }
}

/// Added up in eight lanes.
#[inline]
pub(crate) fn dot(values: &[f32; FILTERS], weights: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    let (values, _) = values.as_chunks::<8>();
    let (weights, _) = weights.as_chunks::<8>();
    for (values, weights) in values.iter().zip(weights) {
        for lane in 0..8 {
            sums[lane] += values[lane] * weights[lane];
        }
    }
    sums.iter().sum()
}
