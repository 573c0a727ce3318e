//! A single decision: the label of a thing from the sum of its features' weights.

use crate::artefact::{Artefact, ArtefactError, ArtefactWriter};
use crate::weights::{Weights, WeightsBuilder};

/// A linear classifier, or with a single label a linear score.
#[derive(Clone, Debug)]
pub struct Linear {
    weights: Weights,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads the classifier that [`Linear::write`] put into a model under this name.
    pub fn read(model: &Artefact, name: &str) -> Result<Self, ArtefactError> {
        let weights = Weights::read(&model.section(name)?)?;
        let bias = model.section(&format!("{name}.bias"))?.f32s().unwrap_or_default();
        if bias.len() != weights.labels() || !bias.iter().all(|bias| bias.is_finite()) {
            return Err(ArtefactError::damaged(format!("`{name}` has another number of biases")));
        }
        Ok(Self { weights, bias })
    }

    /// Writes a classifier into a model. The name has up to 11 bytes.
    pub fn write(model: &mut ArtefactWriter, name: &str, weights: &WeightsBuilder, bias: &[f32]) {
        model.section(name, weights.finish());
        model.section(&format!("{name}.bias"), bias.iter().flat_map(|bias| bias.to_le_bytes()).collect());
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.bias.len()
    }

    /// Begins a decision: every label has its bias.
    #[inline]
    pub fn start(&self, scores: &mut [f32]) {
        scores.fill(0.0);
        scores.iter_mut().zip(&self.bias).for_each(|(score, bias)| *score = *bias);
    }

    /// Adds a feature that is there.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut [f32]) {
        self.weights.add_scaled(feature, 1.0, scores);
    }

    /// Adds a feature with a value.
    #[inline]
    pub fn add_value(&self, feature: u64, value: f32, scores: &mut [f32]) {
        self.weights.add_scaled(feature, value, scores);
    }
}

/// Turns scores into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let total: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
}

/// The place of the highest score; the first of equals.
pub fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (place, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = place;
        }
    }
    best
}
