//! Finds attributions (a cue, its source and its content) with the trained models.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, Mention, PartOfSpeech};
use copydesk_core::segment::token_flag;
use copydesk_core::{DocumentView, ZoneKind, hash_lowered};

use crate::cue_scores::CueSearch;
use crate::elements::{Element, Elements, Unit};
use crate::memo::Memos;
use crate::model::{CueHeads, Model, role};
use crate::role_scores::RoleScores;
use crate::verdict::{Rivals, overlap};
use crate::view::View;
use crate::viterbi::{Emissions, Search};

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
    /// The confidence in the whole attribution, 0..1.
    pub(crate) confidence: f32,
    /// The confidence of the cue model, 0..1.
    pub(crate) cue_probability: f32,
    /// The difference between the score of the roles and the score of having none.
    pub(crate) gain: f32,
    /// How often the score of content had to be raised.
    pub(crate) nudges: u8,
    /// The source is the most likely one, not one that the roles contain.
    pub(crate) source_guessed: bool,
}

/// A word with a lower probability is not considered as a cue.
const PROPOSED: f32 = 0.25;
/// The same next to a stretch in quotation marks, which is evidence for a cue.
const PROPOSED_BY_MARKS: f32 = 0.05;
/// An attribution with a lower probability is dropped.
const ACCEPTED: f32 = 0.38;
/// The same if content stands in quotation marks: somebody said it.
const ACCEPTED_IN_MARKS: f32 = 0.1;
/// The same if the cue stands in the content of a more likely attribution.
const ACCEPTED_INSIDE: f32 = 0.6;
/// Of two attributions that share this much of their content, the more likely one is kept.
const SAME: f32 = 0.7;
/// How often the scores of content are raised if none is found, and by how much.
const MAX_NUDGES: u8 = 5;
/// For a less likely cue the scores are not raised.
const ENCOURAGED: f32 = 0.3;
const NUDGE: f32 = 0.7;
/// A source that scores this much worse than none is not used as the most likely one either.
const SOURCE_FLOOR: f32 = -3.0;
/// Elements farther from the cue than this have no role.
pub(crate) const REACH: usize = 150;

/// Scratch buffers of the search, reused for each document.
#[derive(Default)]
pub(crate) struct Workspace {
    view: View,
    memos: Memos,
    scores: RoleScores,
    search: Search,
    labels: Vec<u8>,
    cues: Vec<(f32, usize)>,
    proposed: Vec<Attribution>,
}

/// Whether the element can be the main word of a cue.
#[inline(always)]
pub(crate) fn is_candidate(element: &Element, heads: &CueHeads) -> bool {
    // A sign that the tagger takes for a verb is not a cue. In a text that consists of signs, each would be one.
    let verb = || element.has_letters() && element.part_of_speech().is_some_and(PartOfSpeech::is_verb);
    !element.is_quoted() && heads.can_be(element.word, verb())
}

impl Workspace {
    /// All attributions of a document, in the order of their cues.
    pub(crate) fn find(
        &mut self,
        doc: &DocumentView<'_>,
        elements: &Elements,
        model: &Model,
        into: &mut Vec<Attribution>,
    ) {
        into.clear();
        let all = &elements.all;
        let mut proposed = std::mem::take(&mut self.proposed);
        for unit in &elements.units {
            self.propose(doc, elements, model, unit, &mut proposed);
            if proposed.is_empty() {
                continue;
            }
            let first = into.len();
            for place in 0..proposed.len() {
                let rivals = Rivals::of(&proposed[place], &proposed[..place]);
                let [_, class] = self.view.spot(proposed[place].cue).classes.map(u64::from);
                let features = elements.verdict(unit, &proposed[place], rivals, class);
                proposed[place].confidence = model.verdict.probability(&features);
            }
            proposed.retain(|found| {
                if is_dateline(doc, all, found) {
                    return false;
                }
                let words = found.content.iter().flat_map(|part| &all[part.clone()]);
                let accepted =
                    if words.into_iter().any(Element::is_quoted) { ACCEPTED_IN_MARKS } else { ACCEPTED };
                found.confidence >= accepted
            });
            // The most likely first; of "said" and the colon after it, "said".
            let rank = |found: &Attribution| {
                let mark = all[found.cue].part_of_speech().is_some_and(PartOfSpeech::is_punctuation);
                found.confidence - if mark { 1.0 } else { 0.0 }
            };
            proposed.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cue.cmp(&b.cue)));
            for found in proposed.drain(..) {
                let others = || into[first..].iter();
                let same = others().any(|other| overlap(&found.content, &other.content) >= SAME);
                let inside = others().any(|other| other.content.iter().any(|part| part.contains(&found.cue)));
                if !same && (!inside || found.confidence >= ACCEPTED_INSIDE) {
                    into.push(found);
                }
            }
            into[first..].iter_mut().for_each(|found| after_dash(doc, all, found));
            divide(all, &mut into[first..]);
            into[first..].sort_by_key(|found| found.cue);
            share_sources(all, &mut into[first..]);
        }
        self.proposed = proposed;
    }

    /// Candidates for attributions, the most likely cue first.
    pub(crate) fn propose(
        &mut self,
        doc: &DocumentView<'_>,
        elements: &Elements,
        model: &Model,
        unit: &Unit,
        into: &mut Vec<Attribution>,
    ) {
        into.clear();
        let all = &elements.all;
        let mut cues = std::mem::take(&mut self.cues);
        cues.clear();
        self.view.enter(all, unit);
        self.memos.enter(model);
        let least = if self.view.has_quoted() { PROPOSED_BY_MARKS } else { PROPOSED };
        let Self { view, memos, .. } = self;
        CueSearch { doc, all, unit, view, model, memos, least, into: &mut cues }.run();
        if !cues.is_empty() {
            let Self { view, memos, scores, .. } = self;
            view.classify(|word| memos.classes_of(word, model));
            scores.enter(unit);
            cues.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            into.extend(cues.iter().filter_map(|&(sure, cue)| self.roles(all, model, unit, cue, sure)));
        }
        self.cues = cues;
    }

    /// The source and content of a cue; `None` if the model finds no content.
    fn roles(
        &mut self,
        all: &[Element],
        model: &Model,
        unit: &Unit,
        cue: usize,
        sure: f32,
    ) -> Option<Attribution> {
        let range = reach(unit, cue);
        let emissions = self.scores.of(&self.view, model, &mut self.memos, unit, cue, &range);
        let mut nudges = 0;
        loop {
            self.search.best(emissions, &model.steps, &mut self.labels);
            if self.labels.contains(&role::CONTENT_FIRST) {
                break;
            }
            if nudges == MAX_NUDGES || sure < ENCOURAGED {
                return None;
            }
            // A word that is a cue has content: if no element scores best as content, its scores are raised step by step.
            nudges += 1;
            let nudge = (NUDGE / model.roles.scale()) as i16;
            for (place, row) in emissions.iter_mut().enumerate() {
                let first = &mut row[usize::from(role::CONTENT_FIRST)];
                *first = if place + range.start == cue { *first } else { first.saturating_add(nudge) };
            }
        }
        let mut found = Attribution {
            cue,
            head: all[cue].first as usize,
            source: None,
            content: Vec::new(),
            confidence: 0.0,
            cue_probability: sure,
            gain: gain(emissions, &self.labels) as f32 * model.roles.scale(),
            nudges,
            source_guessed: false,
        };
        found.read(&self.labels, range.start);
        if found.source.is_none() {
            found.source = self.likely_source(range.start, &found.content, cue, model.roles.scale());
            found.source_guessed = found.source.is_some();
        }
        Some(found)
    }

    /// The most likely source if none scores better than having no source.
    fn likely_source(
        &self,
        start: usize,
        content: &[Range<usize>],
        cue: usize,
        scale: f32,
    ) -> Option<Range<usize>> {
        let emissions = self.scores.last();
        let free = |at: &usize| *at != cue && !content.iter().any(|part| part.contains(at));
        let gain = |row: &Emissions, label: u8| {
            i32::from(row[usize::from(label)]) - i32::from(row[usize::from(role::OTHER)])
        };
        let mut best: Option<(i32, usize)> = None;
        for (row, at) in emissions.iter().zip(start..) {
            let own = gain(row, role::SOURCE_FIRST);
            // Of equal ones the last.
            if best.is_none_or(|(best, _)| own >= best) && free(&at) {
                best = Some((own, at));
            }
        }
        let (most, first) = best?;
        if (most as f32) * scale < SOURCE_FLOOR {
            return None;
        }
        let rest = emissions.iter().zip(start..).skip(first + 1 - start);
        let goes_on = rest.take_while(|(row, at)| free(at) && gain(row, role::SOURCE) > 0);
        let last = goes_on.map(|(_, at)| at).last();
        Some(first..last.unwrap_or(first) + 1)
    }
}

/// "MANILA — The embassy has closed": the place of a dateline does not speak.
fn is_dateline(doc: &DocumentView<'_>, all: &[Element], found: &Attribution) -> bool {
    let cue = &all[found.cue];
    let dash =
        cue.part_of_speech().is_some_and(PartOfSpeech::is_punctuation) && cue.word != hash_lowered(":");
    let Some(source) = found.source.clone().filter(|_| dash) else { return false };
    let span = doc.token_span(all[source.start].first as usize, all[source.end - 1].end as usize);
    let place = |mention: &Mention| {
        let entity = doc.entity(mention.entity);
        mention.span == span && entity.is_some_and(|own| own.kind() == EntityKind::Location)
    };
    doc.zone_at(span.start()) == ZoneKind::Dateline || doc.mentions_in(span).any(|mention| place(&mention))
}

/// "The talks failed – this, according to Anna, was no surprise": the clause that contains the cue begins after the dash. Two dashes
/// enclose something and begin nothing.
fn after_dash(doc: &DocumentView<'_>, all: &[Element], found: &mut Attribution) {
    const DASHES: [u64; 4] = [hash_lowered("-"), hash_lowered("--"), hash_lowered("–"), hash_lowered("—")];
    let goes_on = found.content.iter().any(|part| part.start > found.cue);
    let Some(part) = found.content.iter_mut().rev().find(|part| part.end <= found.cue) else { return };
    let dash = |at: &usize| {
        let element = &all[*at];
        DASHES.contains(&element.word) && !doc.tokens()[element.first as usize].has(token_flag::GLUED)
    };
    let mut dashes = part.clone().filter(dash);
    let Some(start) = dashes.next().map(|dash| dash + 1) else { return };
    if goes_on && dashes.next().is_none() && start < part.end {
        part.start = start;
    }
}

/// A stretch in marks that two attributions contain goes to the one whose cue is nearer, if the other has further content.
fn divide(all: &[Element], found: &mut [Attribution]) {
    let distance = |cue: usize, part: &Range<usize>| {
        if part.start > cue { part.start - cue } else { cue.saturating_sub(part.end) }
    };
    for place in 0..found.len() {
        if found[place].content.len() < 2 {
            continue;
        }
        let mut own = std::mem::take(&mut found[place].content);
        let cue = found[place].cue;
        let kept: Vec<Range<usize>> = own
            .iter()
            .filter(|part| {
                let quoted = part.len() == 1 && all[part.start].is_quoted();
                let nearer = |other: &Attribution| {
                    other.content.contains(part) && distance(other.cue, part) < distance(cue, part)
                };
                !(quoted && found.iter().any(nearer))
            })
            .cloned()
            .collect();
        if !kept.is_empty() {
            own = kept;
        }
        found[place].content = own;
    }
}

/// "Anna praised the plan and said …, adding …": a verb without a source in its unit has the source of the verb before.
fn share_sources(all: &[Element], found: &mut [Attribution]) {
    for own in found.iter_mut() {
        if let Some(subject) = earlier_subject(all, own) {
            own.source = subject;
        }
    }
    for place in 1..found.len() {
        let (before, rest) = found.split_at_mut(place);
        let Some(own) = rest.first_mut().filter(|own| own.source.is_none() || own.source_guessed) else {
            continue;
        };
        let verb = all[own.cue].part_of_speech();
        if !verb.is_some_and(|tag| tag.is_verb() && tag != PartOfSpeech::VerbParticiple) {
            continue;
        }
        let outside = |other: &&Attribution| !other.content.iter().any(|part| part.contains(&own.cue));
        let shared = before.iter().rev().find(|other| !other.source_guessed && outside(other));
        if let Some(source) = shared.and_then(|other| other.source.clone())
            && source.end <= own.cue
        {
            own.source = Some(source);
        }
    }
}

/// "Berg has attacked rules that help others, and has called for …", "Lund opposes Berg's plan to leave and has said …": the subject of
/// the earlier verb, if a conjunction before the cue continues that verb's clause and the source is its object. `Some(None)` if the
/// subject cannot be determined.
fn earlier_subject(all: &[Element], own: &Attribution) -> Option<Option<Range<usize>>> {
    /// The number of elements before the source that are searched.
    const REACH: usize = 20;
    let tag = |at: usize| all[at].part_of_speech();
    let mut source = own.source.clone().filter(|source| source.end < own.cue)?;
    // The models sometimes take "Lund and" for a source.
    source.end -= usize::from(tag(source.end - 1) == Some(PartOfSpeech::Conjunction));
    let finite = |at: usize| tag(at).is_some_and(PartOfSpeech::is_finite);
    // Auxiliaries and adverbs of the cue, up to the conjunction.
    let helps = |at: &usize| finite(*at) || matches!(tag(*at), Some(PartOfSpeech::Adverb));
    let own_words = (source.end..own.cue).rev().take_while(helps).last().unwrap_or(own.cue);
    let joins = own_words > source.end && tag(own_words - 1) == Some(PartOfSpeech::Conjunction);
    if !joins || (source.end..own_words - 1).any(finite) {
        return None;
    }
    // Taggers take some verbs after their subject for participles.
    let verb = |at: &usize| finite(*at) || tag(*at) == Some(PartOfSpeech::VerbParticiple);
    let before = (source.start.saturating_sub(REACH)..source.start).rev();
    let clause = before.take_while(|at| tag(*at) != Some(PartOfSpeech::Stop)).last()?;
    let verb = (clause..source.start).find(verb)?;
    let in_phrase = |at: &usize| {
        tag(*at).is_some_and(|tag| {
            tag.is_noun()
                || matches!(
                    tag,
                    PartOfSpeech::Determiner
                        | PartOfSpeech::Adjective
                        | PartOfSpeech::Pronoun
                        | PartOfSpeech::PronounPossessive
                        | PartOfSpeech::Possessive
                )
        })
    };
    // Adverbs and auxiliaries may stand in between: "has always attacked".
    let end = (clause..verb).rev().find(|at| !helps(at)).map_or(clause, |last| last + 1);
    let start = (clause..end).rev().take_while(in_phrase).last();
    Some(start.filter(|_| end > clause).map(|start| start..end))
}

impl Attribution {
    /// Takes source and content from the labels of the elements from `start` on.
    fn read(&mut self, labels: &[u8], start: usize) {
        // Most elements have no role.
        for (place, label) in labels.iter().enumerate().filter(|(_, label)| **label != role::OTHER) {
            let at = start + place;
            match *label {
                role::SOURCE_FIRST if self.source.is_none() => self.source = Some(at..at + 1),
                role::SOURCE => {
                    if let Some(source) = self.source.as_mut().filter(|source| source.end == at) {
                        source.end = at + 1;
                    }
                }
                role::CONTENT_FIRST => self.content.push(at..at + 1),
                role::CONTENT => {
                    if let Some(part) = self.content.last_mut() {
                        part.end = at + 1;
                    }
                }
                _ => {}
            }
        }
    }
}

/// The difference between the score of the labels and the score of none, without transitions.
fn gain(emissions: &[Emissions], labels: &[u8]) -> i32 {
    let labelled = emissions.iter().zip(labels).filter(|(_, label)| **label != role::OTHER);
    labelled
        .map(|(row, label)| i32::from(row[usize::from(*label)]) - i32::from(row[usize::from(role::OTHER)]))
        .sum()
}

/// The elements that may have a role for the cue.
pub(crate) fn reach(unit: &Unit, cue: usize) -> Range<usize> {
    unit.wide.start.max(cue.saturating_sub(REACH))..unit.wide.end.min(cue + REACH)
}
