//! Finds attributions: a cue, its source and its content, by the trained models.

use std::ops::Range;

use copydesk_learn::Lattice;
use copydesk_learn::linear::softmax;

use crate::elements::Unit;
use crate::features::{Context, Features, Path};
use crate::model::{Model, role};

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
    /// How sure the model is that the cue is one, 0..1.
    pub(crate) confidence: f32,
}

/// Below this a word is no cue.
pub(crate) const THRESHOLD: f32 = 0.5;
/// A cue inside the content of a surer one must be this sure.
pub(crate) const NESTED: f32 = 0.8;
/// How often the scores of content are raised where there is none, and by how much.
const MOST_NUDGES: usize = 6;
const NUDGE: i16 = 60;
#[allow(non_snake_case)]
fn SOURCE_FLOOR() -> i32 { std::env::var("SF").ok().and_then(|s| s.parse().ok()).unwrap_or(-100) }
fn th(n: &str, d: f32) -> f32 { std::env::var(n).ok().and_then(|s| s.parse().ok()).unwrap_or(d) }
/// Elements farther from the cue than this have no role.
pub(crate) const REACH: usize = 150;

/// Room for the work, used again for each document.
#[derive(Default)]
pub(crate) struct Workspace {
    features: Features,
    emissions: Vec<i16>,
    lattice: Lattice<i32>,
    cues: Vec<(f32, usize)>,
}

/// Whether the element can be the main word of a cue.
pub(crate) fn is_candidate(context: &Context, model_heads: &copydesk_core::Lexicon<()>, at: usize) -> bool {
    let element = &context.elements.all[at];
    !element.is_quoted()
        && (element.part_of_speech().is_some_and(|tag| tag.is_verb()) || model_heads.contains(element.word))
}

impl Workspace {
    /// The probability that the element is a cue.
    pub(crate) fn cue_probability(&mut self, context: &Context, model: &Model, unit: &Unit, at: usize) -> f32 {
        context.cue(unit, at, &mut self.features);
        let mut scores = [0.0; 2];
        model.cue.start(&mut scores);
        self.features.as_slice().iter().for_each(|feature| model.cue.add(*feature, &mut scores));
        softmax(&mut scores);
        scores[1]
    }

    /// All attributions of a document, in the order of their cues.
    pub(crate) fn find(&mut self, context: &Context, model: &Model, into: &mut Vec<Attribution>) {
        into.clear();
        let mut cues = std::mem::take(&mut self.cues);
        cues.clear();
        for unit in &context.elements.units {
            for at in unit.own.clone() {
                if is_candidate(context, &model.heads, at) {
                    let probability = self.cue_probability(context, model, unit, at);
                    if probability >= th("TH", THRESHOLD) {
                        cues.push((probability, at));
                    }
                }
            }
            // The surest first: what it takes as content holds cues for itself.
            cues.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let first = into.len();
            for &(confidence, cue) in &cues {
                let inside = into[first..].iter().any(|found| found.content.iter().any(|part| part.contains(&cue)));
                if inside && confidence < th("NE", NESTED) {
                    continue;
                }
                if let Some(mut found) = self.roles(context, model, unit, cue, confidence >= th("NU", 0.8)) {
                    found.confidence = confidence;
                    into.push(found);
                }
            }
            into[first..].sort_by_key(|found| found.cue);
            cues.clear();
        }
        self.cues = cues;
    }

    /// The source and content of a cue; `None` where the model finds no content.
    fn roles(&mut self, context: &Context, model: &Model, unit: &Unit, cue: usize, sure: bool) -> Option<Attribution> {
        let range = reach(unit, cue);
        self.emissions.clear();
        self.emissions.resize(range.len() * role::COUNT, 0);
        let frame = context.cue_context(unit, cue);
        let emissions = &mut self.emissions;
        walk(&range, cue, |at, path| {
            context.role(unit, at, &frame, path, &mut self.features);
            let row = &mut emissions[(at - range.start) * role::COUNT..][..role::COUNT];
            self.features.as_slice().iter().for_each(|feature| model.roles.add(*feature, row));
        }, |at| &context.elements.all[at]);
        let cue_row = &mut self.emissions[(cue - range.start) * role::COUNT..][..role::COUNT];
        cue_row.fill(i16::MIN / 2);
        cue_row[usize::from(role::OTHER)] = 0;
        // A word that is a cue has content: where none scores best, ever weaker evidence will do.
        for _ in 0..if sure { MOST_NUDGES } else { 0 } {
            let path = self.lattice.best(&self.emissions, role::COUNT, &model.steps);
            if path.contains(&role::CONTENT_FIRST) {
                break;
            }
            for (place, row) in self.emissions.chunks_exact_mut(role::COUNT).enumerate() {
                if place != cue - range.start {
                    row[usize::from(role::CONTENT_FIRST)] = row[usize::from(role::CONTENT_FIRST)].saturating_add(NUDGE);
                }
            }
        }
        let path = self.lattice.best(&self.emissions, role::COUNT, &model.steps);
        let mut found = Attribution { cue, head: context.elements.all[cue].first as usize, source: None, content: Vec::new(), confidence: 0.0 };
        for (place, label) in path.iter().enumerate() {
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
            found.source = self.likely_source(range.start, &found.content, cue);
        }
        (!found.content.is_empty()).then_some(found)
    }
    /// The likeliest source where none scores better than no source at all.
    fn likely_source(&self, start: usize, content: &[Range<usize>], cue: usize) -> Option<Range<usize>> {
        let row = |at: usize| self.emissions.get((at - start) * role::COUNT..).and_then(|rest| rest.get(..role::COUNT));
        let free = |at: &usize| *at != cue && !content.iter().any(|part| part.contains(at));
        let gain = |at: usize, label: u8| {
            row(at).map_or(i32::MIN, |row| i32::from(row[usize::from(label)]) - i32::from(row[usize::from(role::OTHER)]))
        };
        let end = start + self.emissions.len() / role::COUNT;
        let first = (start..end).filter(free).max_by_key(|at| gain(*at, role::SOURCE_FIRST))?;
        if gain(first, role::SOURCE_FIRST) < SOURCE_FLOOR() {
            return None;
        }
        let last = (first + 1..end).take_while(|at| free(at) && gain(*at, role::SOURCE) > 0).last().unwrap_or(first);
        Some(first..last + 1)
    }
}

/// The elements that may have a role beside the cue.
pub(crate) fn reach(unit: &Unit, cue: usize) -> Range<usize> {
    unit.wide.start.max(cue.saturating_sub(REACH))..unit.wide.end.min(cue + REACH)
}

/// Visits the elements of a range from the cue outward, left side first, with the path to each.
pub(crate) fn walk<'e>(
    range: &Range<usize>,
    cue: usize,
    mut visit: impl FnMut(usize, &Path),
    element: impl Fn(usize) -> &'e crate::elements::Element,
) {
    let mut path = Path::new(false);
    for at in (range.start..cue).rev() {
        visit(at, &path);
        path.pass(element(at));
    }
    let mut path = Path::new(true);
    for at in cue + 1..range.end {
        visit(at, &path);
        path.pass(element(at));
    }
}
