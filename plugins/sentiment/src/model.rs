//! The trained network: the polarity towards a target, and that of a sentence.

use std::path::Path;

use copydesk_core::Lexicon;
use copydesk_learn::linear::softmax;
use copydesk_learn::model::load;
use copydesk_learn::{Artefact, ArtefactError, ArtefactWriter, Classes, ModelError};

use crate::encoder::{self, Encoder, Features, UNIT};
use crate::heard::{Around, Scores};
use crate::lexicon::Word;
use crate::shape::{
    FILTERS, INPUTS, LABELS, NEGATIVE, NUMBERS, POOLS, POSITIVE, SENTENCE_INPUTS, SENTENCE_NUMBERS, SHARES,
};
use crate::terms::Terms;
use crate::vocabulary::Vocabulary;

/// The kind of the model file.
pub(crate) const KIND: &str = "sentiment";
/// The domains, as the model numbers them.
pub(crate) const DOMAINS: [&str; 2] = ["general", "finance"];

/// What decides, of one domain.
struct Heads {
    /// A row a label.
    target: [Vec<f32>; LABELS],
    /// Of each pool, what a feature adds to the lead of good over bad.
    leads: [[f32; FILTERS]; POOLS],
    sentence: Vec<f32>,
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
            let own = floats(format!("{domain}.target"), INPUTS * LABELS)?;
            let target: [Vec<f32>; LABELS] =
                std::array::from_fn(|label| own.iter().skip(label).step_by(LABELS).copied().collect());
            let lead = |at: usize| target[POSITIVE][at] - target[NEGATIVE][at];
            let leads = std::array::from_fn(|pool| {
                std::array::from_fn(|filter| lead(pool * FILTERS + filter) * SHARES[pool] * UNIT)
            });
            let sentence = floats(format!("{domain}.score"), SENTENCE_INPUTS)?;
            Ok(Heads { target, leads, sentence })
        };
        Ok(Self { vocabulary, encoder, heads: [heads(DOMAINS[0])?, heads(DOMAINS[1])?] })
    }

    /// Writes the heads of a domain: a row an input with a weight a label, and a weight an input.
    pub(crate) fn write(model: &mut ArtefactWriter, domain: &str, target: &[f32], sentence: &[f32]) {
        let bytes = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
        model.section(&format!("{domain}.target"), bytes(target));
        model.section(&format!("{domain}.score"), bytes(sentence));
    }

    /// The probability of each label.
    pub(crate) fn probabilities(&self, domain: usize, around: &Around, numbers: &[f32; NUMBERS]) -> Scores {
        let heads = &self.heads[domain].target;
        let mut scores: Scores = std::array::from_fn(|label| heads[label][INPUTS - 1]);
        for (pool, sums) in around.pools.iter().enumerate() {
            let values: [f32; FILTERS] = std::array::from_fn(|filter| sums[filter] as f32);
            for (score, weights) in scores.iter_mut().zip(heads) {
                *score += dot(&values, &weights[pool * FILTERS..][..FILTERS]) * SHARES[pool] * UNIT;
            }
        }
        let values: [f32; FILTERS] = std::array::from_fn(|filter| f32::from(around.most[filter]));
        for (score, weights) in scores.iter_mut().zip(heads) {
            *score += dot(&values, &weights[POOLS * FILTERS..][..FILTERS]) * UNIT;
            let weights = &weights[(POOLS + 1) * FILTERS..];
            *score += numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum::<f32>();
        }
        softmax(&mut scores);
        scores
    }

    /// What the features of a token add to the lead of good over bad in some pools.
    pub(crate) fn lead(&self, domain: usize, pools: [usize; 2], features: &Features) -> f32 {
        let values: [f32; FILTERS] = std::array::from_fn(|filter| f32::from(features[filter]));
        pools.iter().map(|pool| dot(&values, &self.heads[domain].leads[*pool])).sum()
    }

    /// The score of a sentence, from about -2 to 2.
    pub(crate) fn score(
        &self,
        domain: usize,
        sums: &[i32; FILTERS],
        share: f32,
        most: &Features,
        numbers: &[f32; SENTENCE_NUMBERS],
    ) -> f32 {
        let weights = &self.heads[domain].sentence;
        let values: [f32; FILTERS] = std::array::from_fn(|filter| sums[filter] as f32);
        let mut score = dot(&values, &weights[..FILTERS]) * share;
        let values: [f32; FILTERS] = std::array::from_fn(|filter| f32::from(most[filter]));
        score += dot(&values, &weights[FILTERS..2 * FILTERS]) * UNIT;
        let rest = numbers.iter().zip(&weights[2 * FILTERS..]).map(|(number, weight)| number * weight);
        score + rest.sum::<f32>() + weights[SENTENCE_INPUTS - 1]
    }
}

/// Added up in eight lanes.
#[inline]
fn dot(values: &[f32; FILTERS], weights: &[f32]) -> f32 {
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
