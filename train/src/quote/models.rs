//! The models of cues and of roles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::algorithms::{CrfOptions, Examples, LogisticOptions, Sequences, crf, logistic};
use copydesk_learn::weights::WeightsBuilder;
use copydesk_learn::{ArtefactWriter, Classes, Column, Rows};
use copydesk_quote::examples::{
    CUE, CueHeads, HEADS, KIND, NEVER, ROLES, STEPS, VERDICT, bias_section, role, transitions,
};

use super::QuoteSettings;
use super::annotated::{Annotated, Placed};

/// The weights of a binary classifier, and the biases of "no" and "yes".
pub(super) type Decision = (WeightsBuilder, Vec<f32>);

/// The models of cues and of roles.
pub(super) struct CueAndRoles {
    cues: Decision,
    roles: WeightsBuilder,
    steps: Vec<f32>,
    words: CueWords,
}

impl CueAndRoles {
    pub(super) fn train(documents: &[&Annotated<'_>], settings: QuoteSettings, classes: &Classes) -> Self {
        let words = CueWords::count(documents);
        let (mut cues, mut roles) = (Examples::default(), Sequences::default());
        let heads = CueHeads::new(&words.heads, &words.never);
        for document in documents {
            add_cues(document, &heads, classes, &mut cues);
            document.placed.iter().for_each(|placed| add_roles(document, placed, classes, &mut roles));
        }
        cues.drop_rare(3);
        roles.drop_rare(3);
        let cues = logistic(&cues, 2, LogisticOptions { epochs: 8, rate: 0.2, l1: 1e-5, l2: 1e-5, seed: 1 });
        let options = CrfOptions {
            epochs: settings.epochs,
            rate: 0.05,
            l2: 1e-3,
            dropout: 0.5,
            seed: 1,
            runs: 8,
            margin: 0.0,
        };
        let learned = crf(&roles, &transitions(), options);
        let mut roles = WeightsBuilder::new(role::COUNT);
        learned.rows().for_each(|(feature, row)| roles.add(feature, row));
        Self { cues, roles, steps: learned.transitions, words }
    }

    /// The model file.
    pub(super) fn write(&self, verdict: &Decision, settings: QuoteSettings) -> Vec<u8> {
        let scale = self.roles.scale();
        let mut model = ArtefactWriter::new(KIND);
        write_decision(&mut model, CUE, &self.cues, settings.cue_bytes);
        model.section(ROLES, Rows::write(&self.roles, scale, settings.role_bytes));
        let steps = self.steps.iter().flat_map(|weight| ((weight / scale).round() as i32).to_le_bytes());
        model.section(STEPS, steps.collect());
        write_decision(&mut model, VERDICT, verdict, settings.verdict_bytes);
        let bytes = |words: &[u64]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        model.section(HEADS, bytes(&self.words.heads)).section(NEVER, bytes(&self.words.never));
        model.finish()
    }

    /// The model file with an untrained verdict.
    pub(super) fn write_without_verdict(&self, settings: QuoteSettings) -> Vec<u8> {
        self.write(&(WeightsBuilder::new(2), Vec::new()), settings)
    }
}

/// Writes the weights and the bias of a binary classifier.
fn write_decision(model: &mut ArtefactWriter, name: &str, (weights, bias): &Decision, bytes: usize) {
    let lead = bias.get(1).unwrap_or(&0.0) - bias.first().unwrap_or(&0.0);
    model.section(name, Column::write(weights, bytes));
    model.section(&bias_section(name), lead.to_le_bytes().to_vec());
}

/// Adds all candidates for the main word of a cue, each labelled as main word or not.
fn add_cues(document: &Annotated<'_>, heads: &CueHeads, classes: &Classes, examples: &mut Examples) {
    let Annotated { text, placed } = document;
    let main: BTreeSet<usize> = placed.iter().map(|placed| placed.head).collect();
    let cues: BTreeSet<usize> = placed.iter().flat_map(|placed| placed.cue.iter().copied()).collect();
    text.cues(heads, classes, |at, features| {
        let head = main.contains(&at);
        // Other words of a cue are neither positive nor negative examples.
        if head || !cues.contains(&at) {
            examples.push(features.iter().map(|feature| (*feature, 1.0)), u8::from(head), 1.0);
        }
    });
}

/// Adds the elements around a cue with their roles, if any of its content is within reach.
fn add_roles(document: &Annotated<'_>, placed: &Placed, classes: &Classes, sequences: &mut Sequences) {
    let Placed { head, source, content, .. } = placed;
    let range = document.text.reach(*head);
    if !content.iter().any(|part| range.contains(&part.start)) {
        return;
    }
    let mut last = role::OTHER;
    for (at, row) in range.zip(document.text.roles(*head, classes)) {
        let label = if at == *head { role::OTHER } else { label(at, source, content) };
        // After a gap (the cue, or the limit of the reach) a passage starts again.
        last = match (label, last) {
            (role::SOURCE, role::SOURCE_FIRST | role::SOURCE) => role::SOURCE,
            (role::SOURCE, _) => role::SOURCE_FIRST,
            (role::CONTENT, role::CONTENT_FIRST | role::CONTENT) => role::CONTENT,
            (role::CONTENT, _) => role::CONTENT_FIRST,
            (label, _) => label,
        };
        sequences.push(&row, 1 << last);
    }
    sequences.end_sequence();
}

fn label(at: usize, source: &[Range<usize>], content: &[Range<usize>]) -> u8 {
    let part =
        |parts: &[Range<usize>]| parts.iter().find(|part| part.contains(&at)).map(|part| part.start == at);
    match (part(content), part(source)) {
        (Some(true), _) => role::CONTENT_FIRST,
        (Some(false), _) => role::CONTENT,
        (None, Some(true)) => role::SOURCE_FIRST,
        (None, Some(false)) => role::SOURCE,
        (None, None) => role::OTHER,
    }
}

/// Words that are cues but not tagged as verbs, and verbs that are never cues.
struct CueWords {
    heads: Vec<u64>,
    never: Vec<u64>,
}

/// How often a word occurs as a verb and otherwise, and how often it is the main word of a cue as each.
#[derive(Clone, Copy, Default)]
struct Uses {
    verb: u32,
    otherwise: u32,
    cue_as_verb: u32,
    cue_otherwise: u32,
}

impl CueWords {
    fn count(documents: &[&Annotated<'_>]) -> Self {
        /// A word that is not a verb must be a cue this often to become a candidate …
        const LEAST: u32 = 3;
        /// … and once in this many occurrences: "the" and "of" are annotated as cues by mistake.
        const SELDOM: u32 = 30;
        /// A verb with at least this many occurrences …
        const OFTEN: u32 = 100;
        /// … and less than one cue in this many occurrences is not a candidate.
        const RARELY: u32 = 150;
        let mut counts: BTreeMap<u64, Uses> = BTreeMap::new();
        for Annotated { text, placed } in documents {
            for at in 0..text.len() {
                let uses = counts.entry(text.word(at)).or_default();
                *(if text.is_verb(at) { &mut uses.verb } else { &mut uses.otherwise }) += 1;
            }
            for head in placed.iter().map(|placed| placed.head) {
                let uses = counts.entry(text.word(head)).or_default();
                *(if text.is_verb(head) { &mut uses.cue_as_verb } else { &mut uses.cue_otherwise }) += 1;
            }
        }
        let words = |wanted: fn(&Uses) -> bool| {
            counts.iter().filter(|(_, uses)| wanted(uses)).map(|(word, _)| *word).collect()
        };
        Self {
            heads: words(|uses| uses.cue_otherwise >= LEAST && uses.cue_otherwise * SELDOM >= uses.otherwise),
            never: words(|uses| {
                uses.verb >= OFTEN && (uses.cue_as_verb + uses.cue_otherwise) * RARELY < uses.verb
            }),
        }
    }
}
