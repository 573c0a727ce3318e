//! Log-linear ranking of the five outcomes of a pair: either holds a negative or a positive opinion of the other, or there is none.

use crate::algorithms::{RankingOptions, Rankings, ranking};
use copydesk_core::layers::Label;
use copydesk_gold::GoldOpinion;
use copydesk_learn::ArtefactWriter;
use copydesk_sentiment::examples::stance::{KIND, NUMBERS, PairFeatures, SIDES, SLOTS, STEP, WEIGHTS};

use super::StanceSettings;
use super::held_out::HeldOutPairs;

/// The outcomes in the order of the model's probabilities: those of the first as holder, those of the second, and none.
pub(super) const OUTCOMES: usize = 2 * SIDES + 1;
/// The outcome that neither holds an opinion of the other.
pub(super) const NONE: usize = OUTCOMES - 1;

/// How often an example is seen in a pass, by its outcome. Rare outcomes (opinions held by the second mention, positive opinions) would
/// otherwise hardly be predicted.
const TIMES: [usize; OUTCOMES] = [1, 2, 4, 8, 1];

/// A pair with its features in both orders.
#[derive(Clone, Debug)]
struct Example {
    features: [Vec<u32>; 2],
    right: usize,
    group: u32,
}

impl Example {
    /// Adds the five outcomes as candidates, with those features that `kept` selects.
    fn add_to(&self, rankings: &mut Rankings, kept: impl Fn(u32) -> bool) {
        for (order, features) in self.features.iter().enumerate() {
            for side in 0..SIDES {
                let own = features.iter().filter(|feature| kept(**feature));
                let places = own.map(|feature| feature * SIDES as u32 + side as u32);
                rankings.candidate(places, self.right == order * SIDES + side);
            }
        }
        rankings.candidate([(SLOTS * SIDES) as u32], self.right == NONE);
        rankings.end_set();
    }
}

/// Annotated pairs.
#[derive(Default)]
pub(super) struct Pairs {
    examples: Vec<Example>,
}

impl Pairs {
    /// Adds a pair. Those of one `group` are held out together.
    pub(super) fn add(&mut self, features: PairFeatures, opinion: GoldOpinion, group: u32) {
        let right = match opinion {
            GoldOpinion::None => NONE,
            GoldOpinion::OfSecond(label) => usize::from(label == Label::Positive),
            GoldOpinion::OfFirst(label) => SIDES + usize::from(label == Label::Positive),
        };
        self.examples.push(Example { features, right, group });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.examples.len()
    }

    /// Trains on the examples that `kept` selects: weights and the score of no opinion.
    fn learn(&self, settings: StanceSettings, kept: impl Fn(&Example) -> bool) -> (Vec<f32>, f32) {
        let mut counts = vec![0u32; SLOTS];
        for example in self.examples.iter().filter(|example| kept(example)) {
            for features in &example.features {
                features.iter().for_each(|feature| counts[*feature as usize] += 1);
            }
        }
        let mut rankings = Rankings::default();
        for example in self.examples.iter().filter(|example| kept(example)) {
            for _ in 0..TIMES[example.right] {
                example.add_to(&mut rankings, |feature| counts[feature as usize] >= settings.least);
            }
        }
        let own = RankingOptions {
            epochs: settings.epochs,
            rate: settings.rate,
            l2: settings.l2,
            ..RankingOptions::default()
        };
        let mut weights = ranking(&rankings, SLOTS * SIDES + 1, own);
        let none = weights.pop().unwrap_or_default();
        (weights, none)
    }

    /// The model file, with probabilities calibrated on held-out examples.
    pub(super) fn model(&self, settings: StanceSettings, held_out: &HeldOutPairs) -> Vec<u8> {
        let scale = held_out.scale();
        let (weights, none) = self.learn(settings, |_| true);
        let quantised = |weight: &f32| (weight / STEP).round().clamp(-127.0, 127.0) as i8 as u8;
        let numbers = [none + scale.none, scale.temperature];
        let mut model = ArtefactWriter::new(KIND);
        model.section(WEIGHTS, weights.iter().map(quantised).collect());
        model.section(NUMBERS, numbers.iter().flat_map(|value| value.to_le_bytes()).collect());
        model.finish()
    }

    /// Cross-validation: trains once for each fold, and predicts the examples of the fold.
    pub(super) fn held_out(&self, settings: StanceSettings, folds: u32) -> HeldOutPairs {
        let judged = |fold: u32| {
            let (weights, none) = self.learn(settings, |example| example.group % folds != fold);
            let held = self.examples.iter().filter(|example| example.group % folds == fold);
            let scored = held.map(|example| {
                let mut scores = [none; OUTCOMES];
                for (order, features) in example.features.iter().enumerate() {
                    for side in 0..SIDES {
                        scores[order * SIDES + side] =
                            features.iter().map(|feature| weights[*feature as usize * SIDES + side]).sum();
                    }
                }
                (scores, example.right)
            });
            scored.collect::<Vec<_>>()
        };
        let parts: Vec<_> = std::thread::scope(|scope| {
            let judged = &judged;
            let started: Vec<_> = (0..folds).map(|fold| scope.spawn(move || judged(fold))).collect();
            started.into_iter().map(|part| part.join().unwrap_or_default()).collect()
        });
        HeldOutPairs { scores: parts.into_iter().flatten().collect() }
    }
}
