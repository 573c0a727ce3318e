//! The features of the recogniser.
//!
//! It reads a document twice. The first look labels the document by the features of [`NameReader::read`]; the second look has
//! further features, from the labels of the same words elsewhere in the document ([`NameReader::read_again`]).

use std::collections::BTreeSet;
use std::ops::Range;

use copydesk_core::DocumentView;
use copydesk_learn::ArtefactError;
use copydesk_learn::feature::feature;

use crate::recognize::model::evidence;
use crate::recognize::model::form::{self, HERE, PLACE_BITS};
use crate::recognize::model::kinds;
use crate::recognize::model::{Clusterings, Forms, Hint, Hints, Prepared, context};
use crate::tables::Tables;

pub use crate::recognize::model::evidence::Evidence;
pub use crate::recognize::model::form::WINDOW;
pub use crate::recognize::model::kinds::{KINDS, KindSet};
pub use crate::recognize::model::{CONTEXTS, FORMS, KIND, TRANSITIONS};

/// The kinds that a label of annotated data may mean, a bit each; 0 for labels that are not names (dates, amounts).
pub fn kinds_of(label: &str) -> KindSet {
    kinds::of_label(label)
}

/// The kinds that annotated data with these labels distinguish from all others: a label that may mean several kinds does not
/// mean these.
pub fn separate_kinds<'l>(labels: impl IntoIterator<Item = &'l str>) -> KindSet {
    let single = labels.into_iter().map(kinds::of_label).filter(|set| set.count_ones() == 1);
    // A few sets label events, but not the rest of the other kinds.
    single.fold(0, |separate, set| separate | set) & !kinds::REST
}

/// The kinds that annotated data with these labels does not annotate: unmarked tokens may be of these kinds.
pub fn silent_kinds<'l>(labels: impl IntoIterator<Item = &'l str>) -> KindSet {
    labels.into_iter().fold(kinds::ALL, |silent, label| silent & !kinds::marked_by(label))
}

/// A group of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityGroup {
    /// Word classes, alone and in pairs.
    Classes,
    /// Lists of places, personal names and cue words.
    Lists,
    /// Beginnings and endings of words.
    Affixes,
    /// What the document shows of a word elsewhere.
    Document,
    /// The run of capitalised words around a token and the words at its edges.
    Runs,
    /// Sequences of shapes.
    Shapes,
    /// Labels of the first look.
    SecondLook,
}

impl EntityGroup {
    /// Every group with its name.
    pub const ALL: [(&'static str, Self); 7] = [
        ("classes", Self::Classes),
        ("lists", Self::Lists),
        ("affixes", Self::Affixes),
        ("document", Self::Document),
        ("runs", Self::Runs),
        ("shapes", Self::Shapes),
        ("second-look", Self::SecondLook),
    ];

    fn templates(self) -> &'static [u64] {
        match self {
            Self::Classes => &[4, 5, 30, 31, 110, 111, 112, 113, 114, 141, 142, 153, 154, 159],
            Self::Lists => &[6, 7, 140, 141, 142, 155, 156],
            Self::Affixes => &[10, 11, 12, 13, 20, 21, 22, 23, 24],
            Self::Document => &[133, 134, 135, 136, 137, 138],
            Self::Runs => &[150, 151, 152, 153, 154, 155, 156, 157, 158, 159],
            Self::Shapes => &[8, 120, 121],
            Self::SecondLook => &[160, 161, 162, 163, 164, 165, 166, 167],
        }
    }
}

/// The result of the first look at a sentence: the label (`learn::bilou`) and the evidence of each token.
pub type FirstLook = (Vec<u8>, Vec<Evidence>);

/// The evidence of the scores of a token's labels.
pub fn evidence_of(scores: &[f32]) -> Evidence {
    evidence::evidence(scores, 1.0)
}

/// For the feature of a single word: its hash in the table of such features, which has a row for each position of the window, and the
/// position of the word. `None` for all other features.
pub fn form_feature(feature: u64) -> Option<(u64, usize)> {
    let place = (feature & PLACE_BITS).checked_sub(1)?;
    Some((feature & !PLACE_BITS, place as usize))
}

/// Computes the features of documents.
pub struct NameReader {
    tables: Tables,
    classes: Clusterings,
    forms: Forms,
    prepared: Prepared,
    hints: Hints,
    /// Templates of features that are left out.
    without: BTreeSet<u64>,
}

impl NameReader {
    /// A reader that omits some groups of features.
    pub fn new(without: &[EntityGroup]) -> Result<Self, ArtefactError> {
        Ok(Self {
            tables: Tables::load(),
            classes: Clusterings::built_in()?,
            forms: Forms::default(),
            prepared: Prepared::default(),
            hints: Hints::default(),
            without: without.iter().flat_map(|group| group.templates()).copied().collect(),
        })
    }

    /// Calls `each` with the tokens of every sentence and the features of each of them.
    pub fn read(&mut self, doc: &DocumentView<'_>, mut each: impl FnMut(Range<usize>, &[Vec<u64>])) {
        self.prepared.load(doc, &mut self.forms, &self.tables, &self.classes);
        let mut rows: Vec<Vec<u64>> = Vec::new();
        for (number, sentence) in doc.sentences().iter().enumerate() {
            let tokens = sentence.tokens();
            rows.resize_with(rows.len().max(tokens.len()), Vec::new);
            let rows = &mut rows[..tokens.len()];
            rows.iter_mut().for_each(Vec::clear);
            self.sentence(doc, number, rows);
            each(tokens, rows);
        }
    }

    /// Adds the features of each token of a sentence to its row.
    fn sentence(&self, doc: &DocumentView<'_>, number: usize, rows: &mut [Vec<u64>]) {
        let context = self.prepared.context(doc, number);
        let mut lowered = String::new();
        let (mut own, mut ends): (Vec<(u64, u8)>, Vec<usize>) = Default::default();
        for (token, facts) in context.tokens.iter().zip(context.forms) {
            let text = doc.slice(token.span());
            let push = |template, value, places| {
                if !self.without.contains(&template) {
                    own.push((feature(template, value), places));
                }
            };
            form::features(token, text, context.mode, facts, &self.classes, &mut lowered, push);
            ends.push(own.len());
        }
        for (at, row) in rows.iter_mut().enumerate() {
            for place in 0..WINDOW {
                let Some(other) = (at + place).checked_sub(HERE).filter(|other| *other < ends.len()) else {
                    continue;
                };
                let start = if other == 0 { 0 } else { ends[other - 1] };
                let seen = own[start..ends[other]].iter().filter(|(_, places)| places >> place & 1 != 0);
                row.extend(seen.map(|(base, _)| form::at_place(*base, place)));
            }
            context::features(&context, at, |template, value| {
                if !self.without.contains(&template) {
                    row.push(feature(template, value) & !PLACE_BITS);
                }
            });
        }
    }

    /// Calls `each` with the number of every sentence that has tokens (sentences without tokens are not counted) and the further features
    /// of each token. `looks` has the results of the first look at these sentences.
    pub fn read_again(
        &mut self,
        doc: &DocumentView<'_>,
        looks: &[FirstLook],
        mut each: impl FnMut(usize, &[Vec<u64>]),
    ) {
        let sentences = doc.sentences().iter().enumerate();
        let sentences: Vec<(usize, Range<usize>)> = sentences
            .map(|(number, sentence)| (number, sentence.tokens()))
            .filter(|(_, tokens)| !tokens.is_empty())
            .collect();
        self.hints.clear(doc.tokens().len());
        for ((_, tokens), (labels, evidence)) in sentences.iter().zip(looks) {
            self.hints.remember(&doc.tokens()[tokens.clone()], labels, |at| evidence[at], |_, _| {});
        }
        self.prepared.load(doc, &mut self.forms, &self.tables, &self.classes);
        for (place, (number, tokens)) in sentences.into_iter().enumerate() {
            let context = self.prepared.context(doc, number);
            let mut rows: Vec<Vec<u64>> = vec![Vec::new(); tokens.len()];
            for (at, row) in rows.iter_mut().enumerate() {
                let hint = self.hints.of(&context.tokens[at]);
                if hint != Hint::default() {
                    let mut push = |template, value| row.push(feature(template, value) & !PLACE_BITS);
                    context::vote_features(context::vote_look(&context, at, hint), &mut push);
                    evidence::features(hint.evidence, &mut push);
                }
            }
            each(place, &rows);
        }
    }
}
