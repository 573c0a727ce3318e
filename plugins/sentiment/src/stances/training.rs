//! Trains the model of stances from sentences in which the opinion of one mention of another is annotated.

use copydesk_core::layers::Label;
use copydesk_core::{Document, Span, StageError, StageType};
use copydesk_learn::linear::softmax;
use copydesk_learn::train::{RankingOptions, Rankings, ranking};

use super::features::Group;
use super::model::{SIDES, SLOTS, StanceModel, slot};
use super::scene::Scene;
use super::words::Words;
use crate::attitudes::Named;
use crate::encoded::EncodedSentence;
use crate::hits::Hits;
use crate::learned::Judge;
use crate::{Options, SentimentStage, targets};

/// What an example is labelled with: the outcomes in the order of the model's probabilities, nothing last.
const NONE: usize = 2 * SIDES;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct TrainOptions {
    /// Passes over all examples.
    pub epochs: usize,
    /// The learning rate.
    pub rate: f32,
    /// The L2 penalty.
    pub l2: f32,
    /// Features that are rarer are dropped.
    pub least: u32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { epochs: 20, rate: 0.02, l2: 3e-4, least: 1 }
    }
}

/// How often an example is seen in a pass, by its outcome: rare ones, opinions of what stands behind in the text and positive
/// ones, would hardly be found otherwise.
const TIMES: [usize; NONE + 1] = [1, 2, 4, 8, 1];

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

/// Collects examples.
pub struct Trainer {
    stage: SentimentStage,
    examples: Vec<Example>,
    words: Words,
    without: Vec<Group>,
}

impl Trainer {
    /// A trainer that leaves out some features.
    pub fn new(without: &[Group]) -> Result<Self, StageError> {
        let stage = SentimentStage::new(Options::default())?;
        Ok(Self { stage, examples: Vec::new(), words: Words::default(), without: without.to_vec() })
    }

    /// Adds a document with entities, quotes and parts of speech, two spans, and which opinion the first holds of the second
    /// (`Ok`) or the second of the first (`Err`), or none. `group` is held out together.
    pub fn add(
        &mut self,
        document: &Document,
        spans: [Span; 2],
        opinion: Option<Result<Label, Label>>,
        group: u32,
    ) -> bool {
        let right = match opinion {
            None | Some(Ok(Label::Neutral) | Err(Label::Neutral)) => NONE,
            Some(Ok(label)) => usize::from(label == Label::Positive),
            Some(Err(label)) => SIDES + usize::from(label == Label::Positive),
        };
        let Some(features) = self.features(document, spans) else { return false };
        self.examples.push(Example { features, right, group });
        true
    }

    /// How many examples there are.
    pub fn examples(&self) -> usize {
        self.examples.len()
    }

    fn features(&mut self, document: &Document, spans: [Span; 2]) -> Option<[Vec<u32>; 2]> {
        let doc = document.view();
        let stage = &self.stage;
        let sentence = doc.sentences().iter().find(|sentence| {
            spans.iter().all(|span| {
                let own = sentence.span();
                own.start() <= span.start() && span.start() < own.end()
            })
        })?;
        let reading = stage.model.vocabulary.read(&doc, &stage.terms);
        let found = Hits::read(&doc, &reading, &stage.model.vocabulary, &stage.attitudes);
        let mut encoded = EncodedSentence::default();
        encoded.read(sentence.tokens(), &reading.rows, &stage.model);
        let judge = Judge {
            doc: &doc,
            found: found.of_sentence(sentence.tokens()),
            encoded: &encoded,
            model: &stage.model,
            attitudes: &stage.attitudes,
            events: &stage.events,
            domain: 0,
        };
        let named = |mention: copydesk_core::layers::Mention| {
            let (first, end) = targets::tokens(&doc, mention.span);
            Named { tokens: first..end, span: mention.span, entity: mention.entity }
        };
        let mentions: Vec<Named> =
            doc.mentions_in(sentence.span()).filter(|mention| !mention.span.is_empty()).map(named).collect();
        let at = |span: Span| {
            mentions
                .iter()
                .position(|mention| mention.span.start() < span.end() && span.start() < mention.span.end())
        };
        let (one, two) = (at(spans[0])?, at(spans[1])?);
        if mentions[one].entity == mentions[two].entity {
            return None;
        }
        let mut told = Vec::new();
        stage.attitudes.find(&judge, &mentions, &mut None, |found| told.push(found));
        let mut said = Vec::new();
        for quote in doc.quotes() {
            let Some(speaker) = quote.speaker_entity() else { continue };
            said.extend(quote.content().iter().map(|content| (*content, quote.id(), speaker)));
        }
        self.words.read(&judge);
        let scene = Scene::new(&judge, &self.words, &mentions, &told, &said, |_| None);
        let of = |holder: usize, target: usize| {
            let mut features = Vec::new();
            for (_, group) in Group::ALL.iter().filter(|(_, group)| !self.without.contains(group)) {
                scene.pair(holder, target).group(*group, &mut |hash, _| features.push(slot(hash) as u32));
            }
            features.sort_unstable();
            features.dedup();
            features
        };
        Some([of(one, two), of(two, one)])
    }

    /// Trains on the examples that `kept` selects: weights and the score of no opinion.
    fn learn(&self, options: TrainOptions, kept: impl Fn(&Example) -> bool) -> (Vec<f32>, f32) {
        let mut counts = vec![0u32; SLOTS];
        for example in self.examples.iter().filter(|example| kept(example)) {
            for features in &example.features {
                features.iter().for_each(|feature| counts[*feature as usize] += 1);
            }
        }
        let mut rankings = Rankings::default();
        for example in self.examples.iter().filter(|example| kept(example)) {
            for _ in 0..TIMES[example.right] {
                example.add_to(&mut rankings, |feature| counts[feature as usize] >= options.least);
            }
        }
        let own = RankingOptions {
            epochs: options.epochs,
            rate: options.rate,
            l2: options.l2,
            ..RankingOptions::default()
        };
        let mut weights = ranking(&rankings, SLOTS * SIDES + 1, own);
        let none = weights.pop().unwrap_or_default();
        (weights, none)
    }

    /// The model file, with probabilities as held-out examples suggest them.
    pub fn finish(&self, options: TrainOptions, held_out: &HeldOut) -> Vec<u8> {
        let scale = held_out.scale();
        let (weights, none) = self.learn(options, |_| true);
        StanceModel::write(&weights, none + scale.none, scale.temperature)
    }

    /// Trains as often as there are folds, and judges what was held out.
    pub fn held_out(&self, options: TrainOptions, folds: u32) -> HeldOut {
        let judged = |fold: u32| {
            let (weights, none) = self.learn(options, |example| example.group % folds != fold);
            let held = self.examples.iter().filter(|example| example.group % folds == fold);
            let scored = held.map(|example| {
                let mut scores = [none; NONE + 1];
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
        HeldOut { scores: parts.into_iter().flatten().collect() }
    }
}

/// What was found for examples that were held out: the logits, and the right outcome.
#[derive(Clone, Debug, Default)]
pub struct HeldOut {
    scores: Vec<([f32; NONE + 1], usize)>,
}

/// How logits become probabilities.
#[derive(Clone, Copy, Debug)]
struct Scale {
    /// They are divided by it.
    temperature: f32,
    /// That of no opinion is raised by it first.
    none: f32,
}

impl Scale {
    fn probabilities(self, scores: &[f32; NONE + 1]) -> [f32; NONE + 1] {
        let mut scaled = *scores;
        scaled[NONE] += self.none;
        scaled.iter_mut().for_each(|score| *score /= self.temperature);
        softmax(&mut scaled);
        scaled
    }
}

impl HeldOut {
    /// The scale at which the probabilities fit best.
    fn scale(&self) -> Scale {
        let loss = |scale: &Scale| -> f32 {
            let of = |(scores, right): &([f32; NONE + 1], usize)| {
                -scale.probabilities(scores)[*right].max(1e-9).ln()
            };
            self.scores.iter().map(of).sum()
        };
        let temperatures = (10..50).map(|step| step as f32 / 20.0);
        let scales = temperatures.flat_map(|temperature| {
            (-10..20).map(move |step| Scale { temperature, none: step as f32 / 10.0 })
        });
        let scored = scales.map(|scale| (loss(&scale), scale));
        let best = scored.min_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or(Scale { temperature: 1.0, none: 0.0 }, |(_, scale)| scale)
    }
}

impl std::fmt::Display for HeldOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scale = self.scale();
        writeln!(f, "{} pairs held out; by least confidence:", self.scores.len())?;
        for cut in [0.0, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8] {
            let (mut right, mut found, mut gold, mut same) = (0, 0, 0, 0);
            let mut by = [[0usize; 3]; NONE + 1];
            for (scores, wanted) in &self.scores {
                let scores = scale.probabilities(scores);
                let best = (0..NONE).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(NONE);
                let got = if scores[best] >= cut && (cut > 0.0 || scores[best] >= scores[NONE]) {
                    best
                } else {
                    NONE
                };
                right += usize::from(got != NONE && got == *wanted);
                found += usize::from(got != NONE);
                gold += usize::from(*wanted != NONE);
                same += usize::from(got == *wanted);
                by[got][0] += usize::from(got == *wanted);
                by[got][1] += 1;
                by[*wanted][2] += 1;
            }
            let share = |part: usize, all: usize| 100.0 * part as f32 / all.max(1) as f32;
            let f1 =
                by.iter().map(|[right, found, gold]| 200.0 * *right as f32 / (found + gold).max(1) as f32);
            writeln!(
                f,
                "  {cut:.2}  P {:5.1}  R {:5.1}  micro {:5.1}  macro-F1 {:5.1}",
                share(right, found),
                share(right, gold),
                share(same, self.scores.len()),
                f1.sum::<f32>() / (NONE + 1) as f32
            )?;
        }
        Ok(())
    }
}
