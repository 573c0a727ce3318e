//! The trained ranker: a log-linear model over numbered features, with a table of weights for each family.

use copydesk_core::Span;
use copydesk_learn::{Artefact, ArtefactError};

use super::Choose;
use super::anaphor::Family;
use super::features::{FEATURES, Features};

/// The kind of the model file.
pub const KIND: &str = "coref";

/// The section of the weights: for each family a signed byte for each feature, in units of [`STEP`].
pub const WEIGHTS: &str = "weights";

/// The weight that one step of a stored byte stands for.
pub const STEP: f32 = 1.0 / 24.0;

/// The minimum probability of a chosen candidate, for each family.
const LEAST: [f32; Family::COUNT] = [0.35, 0.4, 0.4, 0.45, 0.45, 0.4];

/// Subtracted from the score of no candidate. Training texts are few, and "he" nearly always refers to a named person.
const LENIENCY: [f32; Family::COUNT] = [1.5, 0.25, 0.0, 0.0, 0.0, 1.0];

/// Chooses the entity that an anaphor refers to.
pub struct Ranker {
    /// For each family the weight of each feature.
    weights: Vec<i8>,
}

impl Ranker {
    /// A ranker with these weights: for each family one for each feature.
    pub fn new(weights: Vec<i8>) -> Self {
        debug_assert_eq!(weights.len(), Family::COUNT * FEATURES);
        Self { weights }
    }

    /// An untrained ranker, with which training begins.
    pub fn untrained() -> Self {
        Self::new(vec![0; Family::COUNT * FEATURES])
    }

    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let section = model.section(WEIGHTS)?;
        if section.len() != Family::COUNT * FEATURES {
            return Err(ArtefactError::damaged("the model has other features"));
        }
        Ok(Self { weights: section.iter().map(|byte| *byte as i8).collect() })
    }

    fn scores<'f>(&'f self, family: Family, features: &'f Features) -> impl Iterator<Item = f32> + 'f {
        let own = &self.weights[family as usize * FEATURES..][..FEATURES];
        features.rows().map(move |row| {
            let sum: i32 = row.iter().map(|feature| i32::from(own[usize::from(*feature)])).sum();
            sum as f32 * STEP
        })
    }
}

impl Ranker {
    /// The best of the candidates, if it is probable enough.
    pub fn best(
        &self,
        family: Family,
        candidates: &[usize],
        features: &Features,
        fits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut scores: Vec<f32> = self.scores(family, features).collect();
        for (score, candidate) in scores.iter_mut().zip(candidates) {
            if !fits(*candidate) {
                *score = f32::MIN;
            }
        }
        if let Some(nobody) = scores.last_mut() {
            *nobody -= LENIENCY[family as usize];
        }
        copydesk_learn::linear::softmax(&mut scores);
        let best = copydesk_learn::linear::best(&scores);
        // The last row is that of no candidate.
        candidates.get(best).copied().filter(|_| scores[best] >= LEAST[family as usize])
    }
}

impl Choose for &Ranker {
    fn choose(
        &mut self,
        _: Span,
        family: Family,
        candidates: &[usize],
        features: &Features,
    ) -> Option<usize> {
        self.best(family, candidates, features, |_| true)
    }
}
