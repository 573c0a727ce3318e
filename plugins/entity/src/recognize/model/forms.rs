//! A cache of forms: the facts and weights of each are looked up once.

use copydesk_core::Token;
use copydesk_learn::feature::{ByHash, feature};
use copydesk_learn::{LANES, Lanes, Spread, bilou};

use super::clusterings::Clusterings;
use super::facts::Mode;
use super::form::{self, FormFacts, WINDOW};
use super::kinds::KINDS;
use crate::tables::Tables;

/// Weights of a form for each position of the window.
pub(crate) type Rows = [Lanes; WINDOW];

/// The lane of [`Rows`] in which the weight of each label of the table is stored: a label of the table is a label of the model
/// at a position of the window.
pub(crate) const LANE_OF: [u8; 256] = {
    let mut lanes = [0u8; 256];
    let labels = bilou::labels(KINDS);
    let mut at = 0;
    while at < labels * WINDOW {
        lanes[at] = (at / labels * LANES + at % labels) as u8;
        at += 1;
    }
    lanes
};

/// The lanes of all positions.
const ALL_LANES: usize = WINDOW * LANES;

/// Weights of the features of forms.
pub(crate) type FormWeights = Spread<ALL_LANES>;

/// The maximum number of forms at the start of a document; with more, all are dropped first. Documents are not cut.
const MOST_FORMS: usize = 48_000;

/// The cached forms, by number.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    numbers: ByHash<u32>,
    pub(crate) facts: Vec<FormFacts>,
    /// The index in `rows`, from 1; 0 if the weights were not needed yet.
    row_of: Vec<u32>,
    rows: Vec<Rows>,
    lowered: String,
    features: Vec<u64>,
}

impl Forms {
    /// Clears the cache if it is too large. Numbers given before are invalid afterwards.
    pub(crate) fn begin_document(&mut self) {
        if self.facts.len() > MOST_FORMS {
            self.numbers.clear();
            self.facts.clear();
            self.row_of.clear();
            self.rows.clear();
        }
    }

    /// The number of a token's form.
    #[inline]
    pub(crate) fn number(
        &mut self,
        token: &Token,
        text: &str,
        mode: Mode,
        tables: &Tables,
        classes: &Clusterings,
    ) -> u32 {
        let next = self.facts.len() as u32;
        let number = *self.numbers.entry(form::key(token, text, mode)).or_insert(next);
        if number == next {
            self.facts.push(form::facts(token, text, mode, tables, classes));
            self.row_of.push(0);
        }
        number
    }

    /// The weights of a form, by its number.
    #[inline(always)]
    pub(crate) fn rows(
        &mut self,
        number: u32,
        token: &Token,
        text: &str,
        mode: Mode,
        classes: &Clusterings,
        weights: &FormWeights,
    ) -> &Rows {
        let number = number as usize;
        if self.row_of[number] == 0 {
            let facts = &self.facts[number];
            self.features.clear();
            form::features(token, text, mode, facts, classes, &mut self.lowered, |template, value, _| {
                self.features.push(feature(template, value) & !form::PLACE_BITS);
            });
            let mut sums = [0; ALL_LANES];
            weights.add_all(&self.features, &mut sums);
            let mut places = sums.as_chunks::<LANES>().0.iter();
            self.rows.push(std::array::from_fn(|_| places.next().map_or(Lanes::ZERO, |own| Lanes(*own))));
            self.row_of[number] = self.rows.len() as u32;
        }
        &self.rows[self.row_of[number] as usize - 1]
    }
}
