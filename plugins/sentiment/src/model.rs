//! The trained model: the polarity towards a target.

use std::ops::Range;
use std::path::Path;

use copydesk_core::DocumentView;
use copydesk_learn::artefact::ArtefactWriter;
use copydesk_learn::feature::feature;
use copydesk_learn::linear::softmax;
use copydesk_learn::rows::Sums;
use copydesk_learn::weights::WeightsBuilder;
use copydesk_learn::{Artefact, ArtefactError, Rows};

use crate::features::{NUMBERS, Side, WINDOW, Words, numbers};
use crate::hits::{Hit, Hits};

/// The kind of the model file.
pub(crate) const KIND: &str = "sentiment";
/// The labels as the model numbers them.
pub(crate) const NEGATIVE: usize = 0;
pub(crate) const NEUTRAL: usize = 1;
pub(crate) const POSITIVE: usize = 2;
/// How many there are.
pub(crate) const LABELS: usize = 3;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ModelError {
    /// The file cannot be read.
    #[error("cannot read the model {0}: {1}")]
    Read(String, std::io::Error),
    /// The file is no model of this kind.
    #[error("the model {0}: {1}")]
    Artefact(String, ArtefactError),
}

/// The feature of one of the lexicon's numbers.
pub(crate) const fn number(place: usize) -> u64 {
    feature(99, place as u64)
}

/// What the words of a window count, that long texts do not outshout the rest.
pub(crate) fn share(tokens: usize) -> f32 {
    3.0 / ((tokens + 4) as f32).sqrt()
}

/// Where the words that bear on a target begin and end.
pub(crate) fn window(sentence: &Range<usize>, first: usize, end: usize) -> (usize, usize) {
    (first.saturating_sub(WINDOW).max(sentence.start), end.saturating_add(WINDOW).min(sentence.end).max(end))
}

/// Weights for one domain.
pub(crate) struct Model {
    rows: Rows,
    numbers: [[f32; LABELS]; NUMBERS],
    bias: [f32; LABELS],
}

impl Model {
    /// The model that is part of the program.
    pub(crate) fn built_in(domain: &str) -> Result<Self, ModelError> {
        let read =
            || Self::read(&Artefact::from_static(KIND, include_bytes!("../data/sentiment.bin"))?, domain);
        read().map_err(|error| ModelError::Artefact("built in".to_owned(), error))
    }

    /// A model from a file.
    pub(crate) fn open(path: &Path, domain: &str) -> Result<Self, ModelError> {
        let shown = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| ModelError::Read(shown(), error))?;
        let read = || Self::read(&Artefact::from_vec(KIND, bytes)?, domain);
        read().map_err(|error| ModelError::Artefact(shown(), error))
    }

    fn read(model: &Artefact, domain: &str) -> Result<Self, ArtefactError> {
        let rows = Rows::read(&model.section(domain)?)?;
        let floats = model.section(&format!("{domain}.num"))?.f32s().unwrap_or_default();
        let (own, _) = floats.as_chunks::<LABELS>();
        let own: Option<[[f32; LABELS]; NUMBERS + 1]> = own.try_into().ok();
        let own = own
            .filter(|own| own.as_flattened().iter().all(|weight| weight.is_finite()))
            .ok_or_else(|| ArtefactError::damaged("another number of weights"))?;
        let mut numbers = [[0.0; LABELS]; NUMBERS];
        numbers.copy_from_slice(&own[..NUMBERS]);
        Ok(Self { rows, numbers, bias: own[NUMBERS] })
    }

    /// Writes what was learned for a domain.
    pub(crate) fn write(
        model: &mut ArtefactWriter,
        domain: &str,
        (weights, bias): &(WeightsBuilder, Vec<f32>),
        bytes: usize,
    ) {
        let mut own = vec![0f32; NUMBERS * LABELS];
        let mut words = WeightsBuilder::new(LABELS);
        let mut sizes = Vec::new();
        for (feature, pairs) in weights.rows() {
            let place = (0..NUMBERS).find(|place| number(*place) == feature);
            let mut row = [0f32; LABELS];
            pairs.iter().for_each(|(label, weight)| row[usize::from(*label)] = *weight);
            match place {
                Some(place) => own[place * LABELS..][..LABELS].copy_from_slice(&row),
                None => {
                    sizes.push(row.iter().fold(0f32, |most, weight| most.max(weight.abs())));
                    words.add(feature, &row);
                }
            }
        }
        own.extend(bias);
        sizes.sort_by(f32::total_cmp);
        let largest = sizes.len().saturating_sub(1 + sizes.len() / 1000);
        let scale = sizes.get(largest).copied().filter(|size| *size > 0.0).unwrap_or(1.0) / 127.0;
        model.section(domain, Rows::write(&words, scale, bytes));
        model.section(&format!("{domain}.num"), own.iter().flat_map(|weight| weight.to_le_bytes()).collect());
    }

    /// What a sum of 1 stands for.
    pub(crate) fn unit(&self) -> f32 {
        self.rows.scale()
    }

    /// Adds up what the tokens of a sentence tell, once for all its targets.
    pub(crate) fn sentence(&self, words: &Words, into: &mut Sentence) {
        into.left.clear();
        into.right.clear();
        into.left.push([0; LABELS]);
        into.right.push([0; LABELS]);
        for at in words.tokens() {
            for (sums, side) in [(&mut into.left, Side::Left), (&mut into.right, Side::Right)] {
                let mut own = Sums::default();
                words.token(at, side, |feature| self.rows.add(feature, &mut own));
                let before = sums.last().copied().unwrap_or_default();
                sums.push(std::array::from_fn(|label| before[label].wrapping_add(own[label])));
            }
        }
    }

    /// What some tokens tell that stand on one side of a target.
    pub(crate) fn tokens(&self, words: &Words, tokens: Range<usize>, side: Side) -> [i32; LABELS] {
        let mut sums = Sums::default();
        for at in tokens {
            words.token(at, side, |feature| self.rows.add(feature, &mut sums));
        }
        std::array::from_fn(|label| sums[label])
    }

    /// The probability of each label for the target of tokens `first..end`; `far` is what [`Sentence::around`] gives.
    pub(crate) fn probabilities(
        &self,
        words: &Words,
        far: [i32; LABELS],
        (doc, found): (&DocumentView<'_>, &Hits),
        (first, end): (usize, usize),
        keep: impl Fn(&Hit) -> bool,
    ) -> [f32; LABELS] {
        let (from, to) = window(&words.tokens(), first, end);
        let share = share(to - from);
        let mut near = Sums::default();
        let mut add = |feature| self.rows.add(feature, &mut near);
        words.near(found, first, end, &keep, &mut add);
        let numbers = numbers(words, doc, found, (first, end), &keep, &mut add);
        let mut scores: [f32; LABELS] = std::array::from_fn(|label| {
            let far = far[label] as f32 * share;
            self.bias[label] + (far + near[label] as f32) * self.rows.scale()
        });
        for (number, weights) in numbers.iter().zip(&self.numbers) {
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += number * weight);
        }
        softmax(&mut scores);
        scores
    }
}

/// The sums of weights of a sentence's tokens, up to each.
#[derive(Default)]
pub(crate) struct Sentence {
    left: Vec<[i32; LABELS]>,
    right: Vec<[i32; LABELS]>,
}

impl Sentence {
    /// What the tokens around the target of tokens `first..end` tell. `tokens` are those of the sentence.
    pub(crate) fn around(&self, tokens: &Range<usize>, first: usize, end: usize) -> [i32; LABELS] {
        let (from, to) = window(tokens, first, end);
        let at = |sums: &[[i32; LABELS]], token: usize| {
            sums.get(token.saturating_sub(tokens.start)).or(sums.last()).copied().unwrap_or_default()
        };
        let (left, before) = (at(&self.left, first), at(&self.left, from));
        let (right, beside) = (at(&self.right, to), at(&self.right, end));
        std::array::from_fn(|label| {
            let (left, right) =
                (left[label].wrapping_sub(before[label]), right[label].wrapping_sub(beside[label]));
            left.wrapping_add(right)
        })
    }

    /// How much a token alone speaks for good, or if negative for bad.
    pub(crate) fn lead(&self, place: usize, left: bool) -> i32 {
        let sums = if left { &self.left } else { &self.right };
        match (sums.get(place), sums.get(place + 1)) {
            (Some(before), Some(after)) => {
                (after[POSITIVE] - before[POSITIVE]) - (after[NEGATIVE] - before[NEGATIVE])
            }
            _ => 0,
        }
    }
}
