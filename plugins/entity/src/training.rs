//! Learning the model from annotated documents.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use copydesk_core::Document;
use copydesk_learn::feature::feature;
use copydesk_learn::train::{CrfOptions, Learned, Sequences, crf, crf_on};
use copydesk_learn::{ArtefactWriter, Transitions, WeightsBuilder, bilou};
use rayon::prelude::*;

use crate::recognize::evidence::{self, Evidence};
use crate::recognize::form::{self, HERE, PLACE_BITS, WINDOW};
use crate::recognize::kinds::{self, KINDS};
use crate::recognize::{Clusterings, Forms, Hint, Hints, KIND, Prepared, context};
use crate::tables::Tables;

pub use crate::recognize::kinds::KindSet;

/// The kinds that a label of annotated data may stand for, a bit each; 0 for labels that are no names (dates, amounts).
pub fn kinds_of(label: &str) -> KindSet {
    kinds::of_label(label)
}

/// The kinds that annotated data with these labels tells from all others: a label that may stand for several kinds does not
/// stand for these.
pub fn separate_kinds<'l>(labels: impl IntoIterator<Item = &'l str>) -> KindSet {
    let single = labels.into_iter().map(kinds::of_label).filter(|set| set.count_ones() == 1);
    // Events have a label here and there, and are still but a part of the rest.
    single.fold(0, |separate, set| separate | set) & !kinds::REST
}

/// The kinds about which annotated data with these labels says nothing: what it does not mark may be there all the same.
pub fn silent_kinds<'l>(labels: impl IntoIterator<Item = &'l str>) -> KindSet {
    labels.into_iter().fold(kinds::ALL, |silent, label| silent & !kinds::marked_by(label))
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct TrainOptions {
    /// How often all texts are seen.
    pub epochs: usize,
    /// Features that occur fewer times are left out.
    pub least: u32,
    /// The most bytes for the model's weights.
    pub size: usize,
    /// Of so many documents one is learned from once more with its sentences in capitals, in title case and in small
    /// letters, so that names are found where capitals tell nothing; 0 for none.
    pub copies: usize,
    /// The model is the mean of so many.
    pub runs: usize,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { epochs: 6, least: 2, size: 5_600_000, copies: 6, runs: 4 }
    }
}

/// A group of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Word classes, alone and in pairs.
    Classes,
    /// Lists of places, personal names and cue words.
    Lists,
    /// Beginnings and endings of words.
    Affixes,
    /// What the document shows of a word elsewhere.
    Document,
    /// The run of capitals around a token and what stands at its edges.
    Runs,
    /// Sequences of shapes.
    Shapes,
    /// What a first look took the words of the document for.
    SecondLook,
}

/// Templates of the second look.
const HINTS: [u64; 8] = [160, 161, 162, 163, 164, 165, 166, 167];

/// For the second look, documents are labelled by models that have not seen them: one for each part of so many.
const FOLDS: usize = 4;
const FOLD_EPOCHS: usize = 4;

/// By how much right labels are to outweigh wrong ones, and the share of features dropped at random: chosen on development
/// data, where seeds alone move single figures by three tenths.
const MARGIN: f32 = 2.0;
const DROPOUT: f32 = 0.6;

impl Group {
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
            Self::SecondLook => &HINTS,
        }
    }
}

/// A document that is learned from.
struct Learnt {
    document: Document,
    /// The place of its first sequence.
    first: usize,
    /// Which of the models of the first look does not learn from it.
    fold: usize,
}

/// What a first look took a sequence for: labels and evidence, a token each.
type Look = (Vec<u8>, Vec<Evidence>);

/// Collects annotated documents and learns from them.
pub struct Trainer {
    tables: Tables,
    classes: Clusterings,
    forms: Forms,
    prepared: Prepared,
    sequences: Sequences,
    documents: Vec<Learnt>,
    /// Templates of features that are left out.
    without: BTreeSet<u64>,
}

impl Trainer {
    /// Nothing to learn from yet. Features of the groups in `without` are left out, to see what they are worth.
    pub fn new(without: &[Group]) -> Result<Self, copydesk_learn::ArtefactError> {
        Ok(Self {
            tables: Tables::load(),
            classes: Clusterings::built_in()?,
            forms: Forms::default(),
            prepared: Prepared::default(),
            sequences: Sequences::default(),
            documents: Vec::new(),
            without: without.iter().flat_map(|group| group.templates()).copied().collect(),
        })
    }

    /// Adds a document. `names` are spans of tokens with the kinds that their label may stand for, in text order and not
    /// overlapping. Tokens outside of them may be anything of the kinds in `silent`, which the annotation does not mark.
    pub fn add(&mut self, document: &Document, names: &[(Range<usize>, KindSet)], silent: KindSet) {
        let fold = self.documents.last().map_or(0, |last| (last.fold + 1) % FOLDS);
        self.add_to_fold(document, names, silent, fold);
    }

    /// Adds the last document once more with other letters: no model that looks at the one has learned from the other.
    pub fn add_copy(&mut self, document: &Document, names: &[(Range<usize>, KindSet)], silent: KindSet) {
        let fold = self.documents.last().map_or(0, |last| last.fold);
        self.add_to_fold(document, names, silent, fold);
    }

    fn add_to_fold(
        &mut self,
        document: &Document,
        names: &[(Range<usize>, KindSet)],
        silent: KindSet,
        fold: usize,
    ) {
        let doc = &document.view();
        self.documents.push(Learnt { document: document.clone(), first: self.sequences.len(), fold });
        self.prepared.load(doc, &mut self.forms, &self.tables, &self.classes);
        let allowed = allowed_labels(doc.tokens().len(), names, silent);
        let mut lowered = String::new();
        let mut own: Vec<(u64, u8)> = Vec::new();
        let mut ends: Vec<usize> = Vec::new();
        let mut features: Vec<u64> = Vec::new();
        for (number, sentence) in doc.sentences().iter().enumerate() {
            let range = sentence.tokens();
            let context = self.prepared.context(doc, number);
            own.clear();
            ends.clear();
            for (token, facts) in context.tokens.iter().zip(context.forms) {
                let text = doc.slice(token.span());
                form::features(
                    token,
                    text,
                    context.mode,
                    facts,
                    &self.classes,
                    &mut lowered,
                    |template, value, places| {
                        if !self.without.contains(&template) {
                            own.push((feature(template, value), places));
                        }
                    },
                );
                ends.push(own.len());
            }
            for at in 0..context.tokens.len() {
                features.clear();
                for place in 0..WINDOW {
                    let Some(other) = (at + place).checked_sub(HERE).filter(|other| *other < ends.len())
                    else {
                        continue;
                    };
                    let start = if other == 0 { 0 } else { ends[other - 1] };
                    let seen = own[start..ends[other]].iter().filter(|(_, places)| places >> place & 1 != 0);
                    features.extend(seen.map(|(base, _)| form::at_place(*base, place)));
                }
                context::features(&context, at, |template, value| {
                    if !self.without.contains(&template) {
                        features.push(feature(template, value) & !PLACE_BITS);
                    }
                });
                self.sequences.push(&features, allowed[range.start + at]);
            }
            self.sequences.end_sequence();
        }
    }

    /// How many tokens were added.
    pub fn tokens(&self) -> usize {
        self.sequences.tokens()
    }

    /// Learns and gives the model.
    pub fn finish(mut self, options: TrainOptions) -> Vec<u8> {
        self.sequences.drop_rare(options.least);
        let transitions = bilou::transitions(KINDS);
        let crf_options = CrfOptions {
            epochs: options.epochs,
            margin: MARGIN,
            dropout: DROPOUT,
            runs: options.runs,
            ..CrfOptions::default()
        };
        if !self.without.contains(&HINTS[0]) {
            let first_look =
                self.first_look(&transitions, CrfOptions { epochs: FOLD_EPOCHS, runs: 1, ..crf_options });
            self.add_second_look(&first_look);
        }
        write(&crf(&self.sequences, &transitions, crf_options), options.size)
    }

    /// The sequences of each document.
    fn sequences_of(&self, document: usize) -> Range<usize> {
        let end = self.documents.get(document + 1).map_or(self.sequences.len(), |next| next.first);
        self.documents[document].first..end
    }

    /// What a model takes each sequence for that has not learned from its document.
    fn first_look(&self, transitions: &Transitions, options: CrfOptions) -> Vec<Look> {
        let fold = |document: usize| self.documents[document].fold;
        let looks: Vec<Vec<(usize, Look)>> = (0..FOLDS)
            .into_par_iter()
            .map(|own| {
                let of = |holds: &dyn Fn(usize) -> bool| -> Vec<usize> {
                    let documents = (0..self.documents.len()).filter(|document| holds(*document));
                    documents.flat_map(|document| self.sequences_of(document)).collect()
                };
                let others = of(&|document| fold(document) != own);
                let learned = crf_on(&self.sequences, transitions, options, others);
                let own = of(&|document| fold(document) == own).into_iter();
                let weigh = |scores: &[f32]| evidence::evidence(scores, 1.0);
                own.map(|sequence| (sequence, self.sequences.look(sequence, &learned, transitions, weigh)))
                    .collect()
            })
            .collect();
        let mut all = vec![Look::default(); self.sequences.len()];
        looks.into_iter().flatten().for_each(|(sequence, own)| all[sequence] = own);
        all
    }

    /// Adds each sequence once more, with what a first look took the words of its document for.
    fn add_second_look(&mut self, first_look: &[Look]) {
        let ranges: Vec<Range<usize>> =
            (0..self.documents.len()).map(|document| self.sequences_of(document)).collect();
        let mut hints = Hints::default();
        for (learnt, range) in self.documents.iter().zip(ranges) {
            let doc = &learnt.document.view();
            let tokens = doc.tokens();
            let sentences: Vec<Range<usize>> = doc
                .sentences()
                .iter()
                .map(|sentence| sentence.tokens())
                .filter(|own| !own.is_empty())
                .collect();
            hints.clear(tokens.len());
            for (own, sequence) in sentences.iter().zip(range.clone()) {
                let (labels, evidences) = &first_look[sequence];
                hints.remember(&tokens[own.clone()], labels, |at| evidences[at]);
            }
            self.prepared.load(doc, &mut self.forms, &self.tables, &self.classes);
            let numbers = doc.sentences().iter().enumerate().filter(|(_, own)| !own.tokens().is_empty());
            for ((number, _), sequence) in numbers.zip(range) {
                let context = self.prepared.context(doc, number);
                self.sequences.copy_with(sequence, |at, more| {
                    let hint = hints.of(&context.tokens[at]);
                    if hint == Hint::default() {
                        return;
                    }
                    let mut push = |template, value| more.push(feature(template, value) & !PLACE_BITS);
                    context::vote_features(context::vote_look(&context, at, hint), &mut push);
                    evidence::features(hint.evidence, &mut push);
                });
            }
        }
    }
}

/// The labels that each token may have.
fn allowed_labels(tokens: usize, names: &[(Range<usize>, KindSet)], silent: KindSet) -> Vec<u64> {
    let kinds = |set: KindSet| (0..KINDS).filter(move |kind| set >> kind & 1 != 0);
    let outside = kinds(silent).fold(1u64, |set, kind| set | 0b1111 << (1 + 4 * kind));
    let mut allowed = vec![outside; tokens];
    for (span, set) in names.iter().filter(|(span, set)| *set != 0 && span.end <= tokens) {
        let own = &mut allowed[span.clone()];
        own.fill(0);
        for kind in kinds(*set) {
            let labels = bilou::span_labels(kind, own.len());
            own.iter_mut().zip(labels).for_each(|(set, label)| *set |= 1 << label);
        }
    }
    allowed
}

fn write(learned: &Learned, size: usize) -> Vec<u8> {
    let labels = learned.labels;
    let mut forms: BTreeMap<u64, Vec<f32>> = BTreeMap::new();
    let mut contexts = WeightsBuilder::new(labels);
    for (feature, row) in learned.rows() {
        match feature & PLACE_BITS {
            0 => contexts.add(feature, row),
            place => {
                let rows = forms.entry(feature & !PLACE_BITS).or_insert_with(|| vec![0.0; labels * WINDOW]);
                let place = place as usize - 1;
                rows[place * labels..(place + 1) * labels].copy_from_slice(row);
            }
        }
    }
    let mut form_weights = WeightsBuilder::new(labels * WINDOW);
    forms.iter().for_each(|(feature, row)| form_weights.add(*feature, row));
    WeightsBuilder::prune_together(&mut [&mut form_weights, &mut contexts], size);
    let scale = form_weights.scale().max(contexts.scale());
    let transitions =
        learned.transitions.iter().flat_map(|weight| ((weight / scale).round() as i32).to_le_bytes());
    let mut model = ArtefactWriter::new(KIND);
    model.section("forms", form_weights.finish_at(scale));
    model.section("contexts", contexts.finish_at(scale));
    model.section("transitions", transitions.collect());
    model.finish()
}
