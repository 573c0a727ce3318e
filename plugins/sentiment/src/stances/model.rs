//! The trained model of stances: log-linear, over the hashed features of both orders of a pair.

use std::path::Path;

use copydesk_learn::linear::softmax;
use copydesk_learn::model::load;
use copydesk_learn::{Artefact, ArtefactError, ModelError, Section};

use super::features::Pair;

/// The kind of the model file.
pub const KIND: &str = "stance";
/// The section of the weights: a signed byte in steps of [`STEP`] for each slot and side.
pub const WEIGHTS: &str = "weights";
/// The section of two 32-bit floats: the bias of the logit of no opinion, and the temperature by which logits are divided.
pub const NUMBERS: &str = "numbers";
/// The number of slots; features whose hashes collide share one.
pub const SLOTS: usize = 1 << 17;
/// Labels of one order of a pair: negative and positive.
pub const SIDES: usize = 2;
/// The weight that one step of a stored byte stands for.
pub const STEP: f32 = 1.0 / 48.0;

/// The slot of a feature.
#[inline]
pub(crate) fn slot(hash: u64) -> usize {
    (hash >> 40) as usize & (SLOTS - 1)
}

/// Probabilities that the first of two has a negative or positive opinion of the second, and the reverse.
pub(crate) type Opinions = [[f32; SIDES]; 2];

/// A trained model.
pub(crate) struct StanceModel {
    /// A signed byte for each slot and side.
    weights: Section,
    /// The bias of the logit of no opinion.
    none: f32,
    /// The divisor of logits, which calibrates probabilities on held-out texts.
    temperature: f32,
}

impl StanceModel {
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, ModelError> {
        load(KIND, file, include_bytes!("../../data/stance.bin"), Self::read)
    }

    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let weights = model.section(WEIGHTS)?;
        let numbers = model.section(NUMBERS)?.f32s().unwrap_or_default();
        let [none, temperature] = numbers[..] else {
            return Err(ArtefactError::damaged("`numbers` has an impossible length or weight"));
        };
        let sound = none.is_finite() && temperature.is_finite() && temperature > 0.0;
        if weights.len() != SLOTS * SIDES || !sound {
            return Err(ArtefactError::damaged("the model has other features"));
        }
        Ok(Self { weights, none, temperature })
    }

    /// The weights of all slots. The compiler knows how many they are, so that looking one up needs no check.
    fn table(&self) -> Option<&[[u8; SIDES]; SLOTS]> {
        self.weights.as_chunks().0.first_chunk()
    }

    /// The weights of a feature.
    #[inline]
    pub(crate) fn weights(&self, hash: u64) -> [i32; SIDES] {
        self.table().map_or([0; SIDES], |table| weights_in(table, hash))
    }

    /// The sums of the weights of both orders of a pair.
    fn sums(&self, pair: &Pair<'_>, back: &Pair<'_>) -> [[i32; SIDES]; 2] {
        let mut sums = [[0i32; SIDES]; 2];
        let Some(table) = self.table() else { return sums };
        pair.both(back, &mut |way, hash| {
            let own = weights_in(table, hash);
            sums[way][0] += own[0];
            sums[way][1] += own[1];
        });
        debug_assert_eq!(sums, [pair, back].map(|pair| self.sum(pair)));
        sums
    }

    /// The sums of one order.
    fn sum(&self, pair: &Pair<'_>) -> [i32; SIDES] {
        let mut sums = [0i32; SIDES];
        pair.features(&mut |hash, _| {
            let own = self.weights(hash);
            sums = [sums[0] + own[0], sums[1] + own[1]];
        });
        sums
    }

    /// The probabilities of a pair's opinions.
    pub(crate) fn opinions(&self, pair: &Pair<'_>, back: &Pair<'_>) -> Opinions {
        let [there, back] = self.sums(pair, back);
        let logit = |sum: i32| sum as f32 * STEP / self.temperature;
        let mut scores =
            [logit(there[0]), logit(there[1]), logit(back[0]), logit(back[1]), self.none / self.temperature];
        softmax(&mut scores);
        [[scores[0], scores[1]], [scores[2], scores[3]]]
    }
}

/// The weights of a feature in those of all slots.
#[inline(always)]
fn weights_in(table: &[[u8; SIDES]; SLOTS], hash: u64) -> [i32; SIDES] {
    let [negative, positive] = table[slot(hash)];
    [i32::from(negative as i8), i32::from(positive as i8)]
}
