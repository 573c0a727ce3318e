//! Finds attributions: a cue, its source and its content, by the trained models.

use std::ops::Range;

use copydesk_core::Lexicon;
use copydesk_core::layers::PartOfSpeech;
use copydesk_learn::linear::softmax;
use copydesk_learn::{Lattice, Linear};

use crate::elements::{Element, Unit};
use crate::features::{Context, Features, Path};
use crate::model::{Model, role};
use crate::verdict::{Rivals, overlap};

/// A cue with its source and content, as elements.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// The element of the cue's main word.
    pub(crate) cue: usize,
    /// The token of the cue's main word.
    pub(crate) head: usize,
    pub(crate) source: Option<Range<usize>>,
    /// At least one stretch.
    pub(crate) content: Vec<Range<usize>>,
    /// How sure the stage is of it all, 0..1.
    pub(crate) confidence: f32,
    /// How sure the cue model is that the cue is one, 0..1.
    pub(crate) cue_probability: f32,
    /// How much better the roles score than no roles.
    pub(crate) gain: f32,
    /// How often content had to be encouraged.
    pub(crate) nudges: u8,
    /// The source is the likeliest one, not one that the roles have.
    pub(crate) source_guessed: bool,
}

/// Below this probability a word is not looked at as a cue.
pub(crate) const PROPOSED: f32 = 0.15;
/// Below this probability an attribution is none.
const ACCEPTED: f32 = 0.45;
/// Of two attributions with so much of their content in common the likelier one stays.
const SAME: f32 = 0.7;
/// How often the scores of content are raised where there is none, and by how much.
const MOST_NUDGES: u8 = 5;
const NUDGE: f32 = 0.7;
/// Elements farther from the cue than this have no role.
pub(crate) const REACH: usize = 150;

/// Room for the work, used again for each document.
#[derive(Default)]
pub(crate) struct Workspace {
    features: Features,
    emissions: Vec<i16>,
    lattice: Lattice<i32>,
    cues: Vec<(f32, usize)>,
    proposed: Vec<Attribution>,
}

/// Whether the element can be the main word of a cue.
pub(crate) fn is_candidate(context: &Context, heads: &Lexicon<()>, at: usize) -> bool {
    let element = &context.elements.all[at];
    !element.is_quoted()
        && (element.part_of_speech().is_some_and(PartOfSpeech::is_verb) || heads.contains(element.word))
}

/// The probability that a yes-or-no model says yes.
fn probability(model: &Linear, features: &Features) -> f32 {
    let mut scores = [0.0; 2];
    model.start(&mut scores);
    features.as_slice().iter().for_each(|feature| model.add(*feature, &mut scores));
    softmax(&mut scores);
    scores[1]
}

impl Workspace {
    /// All attributions of a document, in the order of their cues.
    pub(crate) fn find(&mut self, context: &Context, model: &Model, into: &mut Vec<Attribution>) {
        into.clear();
        let mut proposed = std::mem::take(&mut self.proposed);
        for unit in &context.elements.units {
            self.propose(context, model, unit, &mut proposed);
            let first = into.len();
            for place in 0..proposed.len() {
                let rivals = Rivals::of(&proposed[place], &proposed[..place]);
                context.verdict(unit, &proposed[place], rivals, &mut self.features);
                proposed[place].confidence = probability(&model.verdict, &self.features);
            }
            proposed.retain(|found| found.confidence >= th("ACC", ACCEPTED));
            proposed.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.cue.cmp(&b.cue)));
            for found in proposed.drain(..) {
                if into[first..].iter().all(|other| overlap(&found.content, &other.content) < SAME) {
                    into.push(found);
                }
            }
            into[first..].sort_by_key(|found| found.cue);
        }
        self.proposed = proposed;
    }

    /// What may be an attribution, the surest cue first.
    pub(crate) fn propose(&mut self, context: &Context, model: &Model, unit: &Unit, into: &mut Vec<Attribution>) {
        into.clear();
        let mut cues = std::mem::take(&mut self.cues);
        cues.clear();
        for at in unit.own.clone().filter(|at| is_candidate(context, &model.heads, *at)) {
            context.cue(unit, at, &mut self.features);
            let sure = probability(&model.cue, &self.features);
            if sure >= PROPOSED {
                cues.push((sure, at));
            }
        }
        cues.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        into.extend(cues.iter().filter_map(|&(sure, cue)| self.roles(context, model, unit, cue, sure)));
        self.cues = cues;
    }

    /// The source and content of a cue; `None` where the model finds no content.
    fn roles(&mut self, context: &Context, model: &Model, unit: &Unit, cue: usize, sure: f32) -> Option<Attribution> {
        let range = reach(unit, cue);
        self.emissions.clear();
        self.emissions.resize(range.len() * role::COUNT, 0);
        let frame = context.cue_context(unit, cue);
        let (emissions, features) = (&mut self.emissions, &mut self.features);
        walk(&context.elements.all, &range, cue, |at, path| {
            context.role(unit, at, &frame, path, features);
            let row = &mut emissions[(at - range.start) * role::COUNT..][..role::COUNT];
            features.as_slice().iter().for_each(|feature| model.roles.add(*feature, row));
        });
        let cue_row = &mut self.emissions[(cue - range.start) * role::COUNT..][..role::COUNT];
        cue_row.fill(i16::MIN / 2);
        cue_row[usize::from(role::OTHER)] = 0;
        let mut nudges = 0;
        while !self.lattice.best(&self.emissions, role::COUNT, &model.steps).contains(&role::CONTENT_FIRST) {
            if nudges == MOST_NUDGES {
                return None;
            }
            // A word that is a cue has content: where none scores best, ever weaker evidence will do.
            nudges += 1;
            let nudge = (NUDGE / model.roles.scale()) as i16;
            for (place, row) in self.emissions.chunks_exact_mut(role::COUNT).enumerate() {
                let first = &mut row[usize::from(role::CONTENT_FIRST)];
                *first = if place + range.start == cue { *first } else { first.saturating_add(nudge) };
            }
        }
        let labels = self.lattice.best(&self.emissions, role::COUNT, &model.steps);
        let mut found = Attribution {
            cue,
            head: context.elements.all[cue].first as usize,
            source: None,
            content: Vec::new(),
            confidence: 0.0,
            cue_probability: sure,
            gain: gain(&self.emissions, labels) * model.roles.scale(),
            nudges,
            source_guessed: false,
        };
        for (place, label) in labels.iter().enumerate() {
            let at = range.start + place;
            match *label {
                role::SOURCE_FIRST if found.source.is_none() => found.source = Some(at..at + 1),
                role::SOURCE => {
                    if let Some(source) = found.source.as_mut().filter(|source| source.end == at) {
                        source.end = at + 1;
                    }
                }
                role::CONTENT_FIRST => found.content.push(at..at + 1),
                role::CONTENT => {
                    if let Some(part) = found.content.last_mut() {
                        part.end = at + 1;
                    }
                }
                _ => {}
            }
        }
        if found.source.is_none() {
            found.source = self.likely_source(range.start, &found.content, cue, model.roles.scale());
            found.source_guessed = found.source.is_some();
        }
        Some(found)
    }

    /// The likeliest source where none scores better than no source at all.
    fn likely_source(&self, start: usize, content: &[Range<usize>], cue: usize, scale: f32) -> Option<Range<usize>> {
        let free = |at: &usize| *at != cue && !content.iter().any(|part| part.contains(at));
        let gain = |at: usize, label: u8| {
            let row = &self.emissions[(at - start) * role::COUNT..][..role::COUNT];
            i32::from(row[usize::from(label)]) - i32::from(row[usize::from(role::OTHER)])
        };
        let end = start + self.emissions.len() / role::COUNT;
        let first = (start..end).filter(free).max_by_key(|at| gain(*at, role::SOURCE_FIRST))?;
        if (gain(first, role::SOURCE_FIRST) as f32) * scale < th("SF", -3.0) {
            return None;
        }
        let last = (first + 1..end).take_while(|at| free(at) && gain(*at, role::SOURCE) > 0).last();
        Some(first..last.unwrap_or(first) + 1)
    }
}
fn th(n: &str, d: f32) -> f32 { std::env::var(n).ok().and_then(|s| s.parse().ok()).unwrap_or(d) }

/// How much better the labels score than none, transitions left out.
fn gain(emissions: &[i16], labels: &[u8]) -> f32 {
    let rows = emissions.chunks_exact(role::COUNT).zip(labels);
    let gain = rows.map(|(row, label)| i32::from(row[usize::from(*label)]) - i32::from(row[usize::from(role::OTHER)]));
    gain.sum::<i32>() as f32
}

/// The elements that may have a role beside the cue.
pub(crate) fn reach(unit: &Unit, cue: usize) -> Range<usize> {
    unit.wide.start.max(cue.saturating_sub(REACH))..unit.wide.end.min(cue + REACH)
}

/// Visits the elements of a range from the cue outward, left side first, with the path to each.
pub(crate) fn walk(all: &[Element], range: &Range<usize>, cue: usize, mut visit: impl FnMut(usize, &Path)) {
    let mut path = Path::new(false);
    for at in (range.start..cue).rev() {
        visit(at, &path);
        path.pass(&all[at]);
    }
    let mut path = Path::new(true);
    for at in cue + 1..range.end {
        visit(at, &path);
        path.pass(&all[at]);
    }
}
