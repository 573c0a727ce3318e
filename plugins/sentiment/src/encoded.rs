//! An encoded sentence: the features of each token and their prefix sums.

use std::ops::Range;

use copydesk_learn::vectors::{Work, with_vectors};

use crate::encoder::{Features, Row, features};
use crate::model::Model;
use crate::shape::{FEATURES, SENTENCE_NUMBERS};
use crate::vocabulary::special;

/// The longest range of tokens whose sum is exact in 16 bits.
pub(crate) const CHUNK: usize = 20;

/// The features of a sentence's tokens.
#[derive(Default)]
pub(crate) struct EncodedSentence {
    pub(crate) first: usize,
    pub(crate) rows: Vec<u32>,
    pub(crate) features: Vec<Features>,
    /// Prefix sums. They wrap, so only differences over up to [`CHUNK`] tokens are meaningful.
    sums: Vec<Features>,
}

impl EncodedSentence {
    /// Encodes the tokens of a sentence; `rows` are the vocabulary rows of the whole document.
    pub(crate) fn read(&mut self, tokens: Range<usize>, rows: &[u32], model: &Model) {
        self.first = tokens.start;
        self.rows.clear();
        self.rows.extend_from_slice(rows.get(tokens).unwrap_or_default());
        with_vectors(Encode { encoded: self, model });
    }

    /// The tokens of the sentence.
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.first..self.first + self.rows.len()
    }

    /// The vocabulary row of a token.
    pub(crate) fn row_of(&self, token: usize) -> u32 {
        self.rows.get(token.wrapping_sub(self.first)).copied().unwrap_or(special::UNKNOWN)
    }

    pub(crate) fn of(&self, token: usize) -> Option<&Features> {
        self.features.get(token.wrapping_sub(self.first))
    }

    /// Adds the features of a range of at most [`CHUNK`] tokens to `into`.
    #[inline(always)]
    pub(crate) fn sum(&self, tokens: Range<usize>, into: &mut Features) {
        let at = |token: usize| self.sums.get(token.wrapping_sub(self.first));
        if let (true, Some(before), Some(all)) = (tokens.start < tokens.end, at(tokens.start), at(tokens.end))
        {
            for feature in 0..FEATURES {
                let own = all[feature].wrapping_sub(before[feature]);
                into[feature] = into[feature].saturating_add(own);
            }
        }
    }

    /// The score of some runs of the sentence's tokens; `numbers` are the rule-based features.
    pub(crate) fn sentence(
        &self,
        model: &Model,
        domain: usize,
        runs: &[Range<usize>],
        numbers: &[f32; SENTENCE_NUMBERS],
    ) -> f32 {
        let mut whole = Whole::default();
        with_vectors(Tally { encoded: self, runs, whole: &mut whole });
        model.score(domain, &whole, numbers)
    }
}

/// Pooled features of a range of tokens: sum and maximum.
#[derive(Default)]
pub(crate) struct Whole {
    /// The number of tokens.
    pub(crate) count: usize,
    pub(crate) sums: [i32; FEATURES],
    pub(crate) most: Features,
}

impl Whole {
    #[inline(always)]
    fn add(&mut self, sums: &Features, most: &Features) {
        for feature in 0..FEATURES {
            self.sums[feature] += i32::from(sums[feature]);
            self.most[feature] = self.most[feature].max(most[feature]);
        }
    }
}

struct Tally<'a> {
    encoded: &'a EncodedSentence,
    runs: &'a [Range<usize>],
    whole: &'a mut Whole,
}

impl Work for Tally<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { encoded, runs, whole } = self;
        for run in runs {
            let [start, end] = [run.start, run.end].map(|token| token.saturating_sub(encoded.first));
            let run = encoded.features.get(start..end).unwrap_or_default();
            for chunk in run.chunks(CHUNK) {
                let (mut sums, mut most) = ([0; FEATURES], [0; FEATURES]);
                for features in chunk {
                    for feature in 0..FEATURES {
                        sums[feature] += features[feature];
                        most[feature] = most[feature].max(features[feature]);
                    }
                }
                whole.add(&sums, &most);
            }
            whole.count += run.len();
        }
    }
}

struct Encode<'a> {
    encoded: &'a mut EncodedSentence,
    model: &'a Model,
}

impl Work for Encode<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (encoder, vocabulary) = (&self.model.encoder, &self.model.vocabulary);
        let EncodedSentence { rows, features: out, sums, .. } = self.encoded;
        let nothing = [0; FEATURES];
        out.clear();
        out.resize(rows.len(), nothing);
        sums.clear();
        sums.resize(rows.len() + 1, nothing);
        let mut sum = nothing;
        let mut rows = rows.iter().map(|row| encoder.row(*row, vocabulary));
        let mut before: Option<&Row> = None;
        let mut own = rows.next();
        for (out, total) in out.iter_mut().zip(&mut sums[1..]) {
            let Some(row) = own else { break };
            // The last token has none after it.
            let after = rows.next();
            *out = features(before, row, after);
            for feature in 0..FEATURES {
                sum[feature] = sum[feature].wrapping_add(out[feature]);
            }
            *total = sum;
            (before, own) = (own, after);
        }
    }
}
