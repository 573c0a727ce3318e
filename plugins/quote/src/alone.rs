//! Quotes in marks that have no cue: a paragraph of running quotation, a sentence in marks after an attributed one.

use std::ops::Range;

use copydesk_core::DocumentView;
use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::segment::token_flag as flag;

use crate::attribution::Attribution;
use crate::beside::{self, Beside};
use crate::elements::Elements;
use crate::marks::Marked;

/// A quote in marks without a cue of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alone {
    /// Index of the marked stretch.
    pub(crate) marked: usize,
    /// Who speaks, as far as the context shows.
    pub(crate) by: By,
}

/// The speaker of words in marks that have no cue of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The text does not say.
    Nobody,
    /// The speaker of the attribution with this index.
    GoesOn(usize),
    /// The tokens of the one person whom the sentence before is about.
    Subject(Range<usize>),
    /// The subject of a verb next to the marks.
    Verb(Beside),
}

/// A sentence before a quote names its speaker within this many tokens.
const OPENING: usize = 8;

/// Fewer words than this without a cue are a title, a nickname or scare quotes.
const FEWEST: usize = 5;

/// Quotes that belong to no attribution: whole sentences in marks that stand alone.
pub(crate) fn find(
    doc: &DocumentView<'_>,
    marked: &[Marked],
    elements: &Elements,
    found: &[Attribution],
) -> Vec<Alone> {
    let mut claimed = vec![None; marked.len()];
    for (place, attribution) in found.iter().enumerate() {
        for element in attribution.content.iter().flat_map(|part| &elements.all[part.clone()]) {
            if element.is_quoted() {
                claimed[element.marked as usize - 1] = Some(place);
            }
        }
    }
    let mut alone = Vec::new();
    // The last quote in marks: its paragraph, whether it continued in the next one, and who spoke.
    let mut last: Option<(usize, bool, usize)> = None;
    for unit in elements.units.iter().filter(|_| !marked.is_empty()) {
        for element in elements.all[unit.own.clone()].iter().filter(|element| element.is_quoted()) {
            let place = element.marked as usize - 1;
            let stretch = &marked[place];
            let paragraph = unit.paragraph as usize;
            if let Some(speaker) = claimed[place] {
                last = Some((paragraph, !stretch.closed, speaker));
                continue;
            }
            if let Some(beside) = beside::find(doc, marked, place) {
                alone.push(Alone { marked: place, by: By::Verb(beside) });
                continue;
            }
            let sentence =
                doc.tokens().get(stretch.content().start).is_some_and(|token| token.is_capitalized());
            let whole = unit.own.len() == 1 && sentence;
            // A speaker continues in the same paragraph, and in the next one if that is a quote and nothing else.
            let goes_on = last.filter(|(at, runs_on, _)| {
                *at == paragraph || *at + 1 == paragraph && (*runs_on || is_all_of_paragraph(doc, stretch))
            });
            if let Some((.., speaker)) = goes_on.filter(|_| whole && stretch.content().len() >= FEWEST) {
                alone.push(Alone { marked: place, by: By::GoesOn(speaker) });
                last = Some((paragraph, !stretch.closed, speaker));
            } else if let Some(subject) =
                subject_before(doc, stretch).filter(|_| sentence && goes_on.is_none())
            {
                alone.push(Alone { marked: place, by: By::Subject(subject) });
            } else if whole && stretch.content().len() >= FEWEST {
                alone.push(Alone { marked: place, by: By::Nobody });
                last = None;
            }
        }
    }
    alone
}

/// Whether a paragraph is a quote and nothing else.
fn is_all_of_paragraph(doc: &DocumentView<'_>, stretch: &Marked) -> bool {
    let tokens = doc.tokens();
    let opens = tokens.get(stretch.tokens.start).is_some_and(|token| token.has(flag::LINE_START));
    opens && tokens.get(stretch.tokens.end).is_none_or(|token| token.has(flag::LINE_START))
}

/// The one person whom the sentence before the marks is about, if it opens with the person and no other person is in it:
/// "Berg was less sure. “Ask me in a month.”", "Berg is blunt: “Nobody pays.”"
fn subject_before(doc: &DocumentView<'_>, stretch: &Marked) -> Option<Range<usize>> {
    let tokens = doc.tokens();
    let (first, last) =
        (tokens.get(stretch.tokens.start)?, tokens.get(stretch.content().end.checked_sub(1)?)?);
    let ends = matches!(doc.slice(last.span()), "." | "?" | "!" | "…");
    let before = stretch.tokens.start.checked_sub(1)?;
    let colon = doc.slice(tokens[before].span()) == ":";
    if !ends || first.has(flag::LINE_START) || stretch.content().len() < 3 {
        return None;
    }
    if !colon && !matches!(doc.slice(tokens[before].span()), "." | "!" | "?") {
        return None;
    }
    let sentence = doc.sentences().get(tokens[before].sentence())?;
    let span = sentence.span();
    let is_person = |kind: EntityKind| matches!(kind, EntityKind::Person);
    let mut persons = doc.mentions_in(span).filter(|mention| {
        mention.span.end() <= first.span().start()
            && doc.entity(mention.entity).is_some_and(|entity| is_person(entity.kind()))
    });
    let subject = persons.next()?;
    let named = matches!(subject.form, MentionForm::Name | MentionForm::Pronoun);
    let start = doc.token_at(subject.span.start());
    let opens = start.checked_sub(sentence.tokens().start).is_some_and(|far| far <= OPENING)
        && !(sentence.tokens().start..start)
            .any(|at| doc.parts_of_speech().get(at).is_some_and(|tag| tag.is_verb() || tag.is_finite()));
    let alone = persons.all(|mention| mention.entity == subject.entity);
    (named && opens && alone).then(|| start..doc.token_at(subject.span.end().saturating_sub(1)) + 1)
}
