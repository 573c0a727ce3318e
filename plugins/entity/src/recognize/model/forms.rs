//! A cache of forms: the facts and weights of each are looked up once.

use std::sync::OnceLock;

use copydesk_core::{DocumentView, Token};
use copydesk_learn::classes::GRAINS;
use copydesk_learn::feature::feature;
use copydesk_learn::{Classes, LANES, Lanes, Spread, Weights, WordClasses, add_rows, bilou, in_huge_pages};

use super::clusterings::Clusterings;
use super::facts::Mode;
use super::form::{self, FormFacts, WINDOW};
use super::kinds::KINDS;
use crate::tables::Tables;
use crate::words::Reader;

/// Weights of a form for each position of the window.
pub(crate) type Rows = [Lanes; WINDOW];

/// The lane of [`Rows`] in which the weight of each label of the table is stored: a label of the table is a label of the model
/// at a position of the window.
const LANE_OF: [u8; 256] = {
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
#[derive(Debug)]
pub(crate) struct FormWeights {
    forms: Spread<ALL_LANES>,
    classes: [ClassWeights; 2],
}

/// The summed weights of the features of classes in one clustering, computed when first needed.
#[derive(Debug)]
struct ClassWeights {
    /// For each finest class, which determines the others.
    plain: Vec<ClassRow>,
    /// For each granularity of [`form::SHAPED`], each of its classes and each shape.
    shaped: [Vec<ClassRow>; 2],
}

type ClassRow = OnceLock<Box<[i16; ALL_LANES]>>;

/// The number of shapes, rounded up to a power of two.
const SHAPES: usize = 16;

impl ClassWeights {
    fn of(classes: &Classes) -> Self {
        let rows = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
        let shaped = form::SHAPED.map(|grain| rows(classes.count(grain) * SHAPES));
        Self { plain: rows(classes.count(FINEST)), shaped }
    }
}

/// The finest granularity.
const FINEST: usize = GRAINS - 1;

impl FormWeights {
    /// Arranges the weights; `None` if they have other labels.
    pub(crate) fn of(weights: Weights, classes: &Clusterings) -> Option<Self> {
        if weights.labels() != bilou::labels(KINDS) * WINDOW {
            return None;
        }
        let classes = [&classes.shared, &classes.own].map(ClassWeights::of);
        Some(Self { forms: Spread::of(weights, LANE_OF)?, classes })
    }

    /// The weights of the features of a word's classes in one of the clusterings, as rows to be added.
    #[inline(always)]
    fn class_rows(&self, clustering: usize, classes: WordClasses, shape: u8) -> [&[i16; ALL_LANES]; 3] {
        let ClassWeights { plain, shaped } = &self.classes[clustering];
        let template = form::CLASSES[clustering];
        let plain = &plain[usize::from(classes[FINEST])];
        let [coarse, fine] = form::SHAPED.map(|grain| classes[grain]);
        let shaped_at = |class: u16| usize::from(class) * SHAPES + usize::from(shape) % SHAPES;
        [
            self.known(plain, |push| form::class_features(template, classes, push)),
            self.known(&shaped[0][shaped_at(coarse)], |push| {
                form::shaped_class_feature(template, form::SHAPED[0], coarse, shape, push)
            }),
            self.known(&shaped[1][shaped_at(fine)], |push| {
                form::shaped_class_feature(template, form::SHAPED[1], fine, shape, push)
            }),
        ]
    }

    /// A row, which has the weights of the features that `list` gives.
    #[inline(always)]
    fn known<'r>(
        &self,
        row: &'r ClassRow,
        list: impl FnOnce(&mut dyn FnMut(u64, u64, u8)),
    ) -> &'r [i16; ALL_LANES] {
        match row.get() {
            Some(row) => row,
            // Not in a closure, which would be compiled for narrow vectors.
            None => {
                let made = self.row(list);
                row.get_or_init(|| made)
            }
        }
    }

    /// The summed weights of the features that `list` gives, of which there are few.
    #[inline(always)]
    fn row(&self, list: impl FnOnce(&mut dyn FnMut(u64, u64, u8))) -> Box<[i16; ALL_LANES]> {
        let mut features = [0; GRAINS];
        let mut count = 0;
        list(&mut |template, value, _| {
            features[count] = feature(template, value) & !form::PLACE_BITS;
            count += 1;
        });
        let mut sums = Box::new([0; ALL_LANES]);
        self.forms.add_all(&features[..count], &mut sums);
        sums
    }
}

/// The maximum number of forms at the start of a document: those of some five megabytes of news. With more, the ones that occurred only
/// once are dropped first, two thirds mostly. Documents are not cut.
const MAX_FORMS: usize = 24_000;

/// If more forms than this would be kept, none is: the next time would come too soon.
const MOST_KEPT: usize = MAX_FORMS / 4 * 3;

/// The space for rows that is reserved at first. Fewer are ever made of most texts, and what is not used takes no memory.
const FIRST_ROWS: usize = MAX_FORMS;

/// The number of slots at first, a power of two.
const FEWEST_SLOTS: usize = 1024;

/// The cached forms, by number.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    /// The key of a form, which is not 0 unless the slot is free, and its number. A power of two; at most half are taken.
    slots: Vec<(u64, u32)>,
    pub(crate) facts: Vec<FormFacts>,
    /// The index in `rows`; 0 if the weights were not needed yet.
    row_of: Vec<u32>,
    /// Whether the weights were needed again since they were made, or since forms were last dropped.
    again: Vec<bool>,
    /// The first one, zeros, is that of places outside of a sentence.
    rows: Vec<Rows>,
    lowered: String,
    features: Vec<u64>,
}

impl Forms {
    /// Drops rare forms if there are too many. Numbers given before are invalid afterwards.
    pub(crate) fn begin_document(&mut self) {
        if self.facts.len() > MAX_FORMS {
            self.drop_rare();
        }
        if self.rows.is_empty() {
            if self.rows.capacity() == 0 {
                self.rows = in_huge_pages(FIRST_ROWS);
            }
            self.rows.push([Lanes::ZERO; WINDOW]);
        }
    }

    /// Keeps the forms whose weights were needed again, at most [`MOST_KEPT`].
    fn drop_rare(&mut self) {
        let kept = self.again.iter().filter(|again| **again).count();
        if kept > MOST_KEPT {
            self.again.fill(false);
        }
        let moved = self.move_rows();
        let mut numbers = vec![None; self.facts.len()];
        let mut next = 0;
        for (old, number) in numbers.iter_mut().enumerate().filter(|(old, _)| self.again[*old]) {
            self.facts[next] = self.facts[old];
            self.row_of[next] = moved[self.row_of[old] as usize];
            *number = Some(next as u32);
            next += 1;
        }
        self.facts.truncate(next);
        self.row_of.truncate(next);
        self.again.clear();
        self.again.resize(next, false);
        let free = vec![(0, 0); self.slots.len()];
        for (key, number) in std::mem::replace(&mut self.slots, free) {
            if let Some(number) = numbers.get(number as usize).copied().flatten().filter(|_| key != 0) {
                self.insert(key, number);
            }
        }
    }

    /// Moves the rows of forms that are kept next to each other, and returns the new index of each.
    fn move_rows(&mut self) -> Vec<u32> {
        let mut moved = vec![0; self.rows.len()];
        for (row, _) in self.row_of.iter().zip(&self.again).filter(|(_, again)| **again) {
            moved[*row as usize] = 1;
        }
        // The first row belongs to no form.
        let mut next = 1;
        for (old, new) in moved.iter_mut().enumerate().skip(1).filter(|(_, kept)| **kept != 0) {
            self.rows[next] = self.rows[old];
            *new = next as u32;
            next += 1;
        }
        self.rows.truncate(next);
        moved
    }

    /// The number of a token's form.
    #[inline]
    pub(crate) fn number(
        &mut self,
        doc: &DocumentView<'_>,
        token: &Token,
        mode: Mode,
        tables: &Tables,
        classes: &Clusterings,
    ) -> u32 {
        let key = form::key(doc, token, mode).max(1);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        while let Some((held, number)) = self.slots.get(at) {
            if *held == key {
                return *number;
            } else if *held == 0 {
                break;
            }
            at = (at + 1) & mask;
        }
        self.add(key, form::facts(token, &Reader::written(doc, token), mode, tables, classes))
    }

    /// Gives the next number to a form without one.
    #[inline(never)]
    fn add(&mut self, key: u64, facts: FormFacts) -> u32 {
        let number = self.facts.len() as u32;
        if 2 * self.facts.len() >= self.slots.len() {
            let slots = (2 * self.slots.len()).max(FEWEST_SLOTS);
            let old = std::mem::replace(&mut self.slots, vec![(0, 0); slots]);
            old.into_iter().filter(|(key, _)| *key != 0).for_each(|(key, number)| self.insert(key, number));
        }
        self.insert(key, number);
        self.facts.push(facts);
        self.row_of.push(0);
        self.again.push(false);
        number
    }

    fn insert(&mut self, key: u64, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, number);
    }

    /// The index of the weights of a form, for [`Forms::weights`], by its number.
    #[inline(always)]
    pub(crate) fn row(
        &mut self,
        number: u32,
        doc: &DocumentView<'_>,
        token: &Token,
        mode: Mode,
        classes: &Clusterings,
        weights: &FormWeights,
    ) -> u32 {
        let number = number as usize;
        if self.row_of[number] != 0 {
            self.again[number] = true;
        } else {
            let (facts, text) = (&self.facts[number], Reader::written(doc, token));
            self.features.clear();
            form::own_features(token, &text, mode, facts, &mut self.lowered, |template, value, _| {
                self.features.push(feature(template, value) & !form::PLACE_BITS);
            });
            let mut sums = [0; ALL_LANES];
            // No sum of so few weights is near a limit, so their order does not matter.
            let [a, b, c] = weights.class_rows(0, facts.classes, facts.shape);
            let [d, e, f] = weights.class_rows(1, classes.own.of(token.hash()), facts.shape);
            add_rows(&[a, b, c, d], &mut sums);
            add_rows(&[e, f], &mut sums);
            weights.forms.add_all(&self.features, &mut sums);
            let mut places = sums.as_chunks::<LANES>().0.iter();
            self.row_of[number] = self.rows.len() as u32;
            self.rows.push(std::array::from_fn(|_| places.next().map_or(Lanes::ZERO, |own| Lanes(*own))));
        }
        self.row_of[number]
    }

    /// The summed weights of a token's window, by the rows of its forms.
    #[inline(always)]
    pub(crate) fn weights(&self, window: &[u32; WINDOW]) -> Lanes {
        let mut sums = self.rows[window[0] as usize][0];
        for (place, row) in window.iter().enumerate().skip(1) {
            sums.add(&self.rows[*row as usize][place]);
        }
        sums
    }
}
