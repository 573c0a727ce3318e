//! Rule-based polarity towards a span: the valence around it in its sentence, weighted by distance and clause boundaries.

use std::ops::Range;

use copydesk_core::{DocumentView, Span};

use crate::around::Place;
use crate::found::Found;
use crate::hits::{Edge, Hit};
use crate::score::squash;

/// The distance, in tokens, that halves the weight of a word.
const HALF_DISTANCE: f32 = 20.0;
/// The factor for a word across a comma or a subordinate clause.
const ACROSS_SOFT: f32 = 0.75;
/// The factor across a contrast, a colon or a quotation mark.
const ACROSS_HARD: f32 = 0.25;

/// The first token of a target and one past its last.
pub(crate) fn tokens(doc: &DocumentView<'_>, target: Span) -> (usize, usize) {
    tokens_from(doc, doc.token_at(target.start()), target)
}

/// The same for a target that is probably in a sentence of these tokens, which takes fewer steps.
pub(crate) fn tokens_near(doc: &DocumentView<'_>, sentence: &Range<usize>, target: Span) -> (usize, usize) {
    let words = doc.tokens().get(sentence.clone()).unwrap_or_default();
    let begins = words.first().is_some_and(|token| token.span().start() <= target.start());
    let ends = words.last().is_some_and(|token| target.start() < token.span().end());
    if begins && ends {
        let first = words.partition_point(|token| token.span().end() <= target.start());
        tokens_from(doc, sentence.start + first, target)
    } else {
        tokens(doc, target)
    }
}

fn tokens_from(doc: &DocumentView<'_>, first: usize, target: Span) -> (usize, usize) {
    let rest = doc.tokens().get(first..).unwrap_or_default();
    (first, first + rest.iter().take_while(|token| token.span().start() < target.end()).count())
}

/// The score of a target by the words with valence around it. `edges` are the boundaries within its window; `keep` says which words may
/// count; `clause` is the target's.
pub(crate) fn weighed(
    edges: &[Edge],
    hits: &[Hit],
    place: &Place,
    clause: u32,
    keep: impl Fn(&Hit) -> bool,
) -> f32 {
    let bears = |hit: &Hit| hit.valence * weight(edges, hit, place, clause);
    squash(hits.iter().filter(|hit| keep(hit)).map(bears).sum())
}

/// The position of a target in a sentence of these tokens; a target outside it has no context.
pub(crate) fn place(doc: &DocumentView<'_>, sentence: Range<usize>, found: Found<'_>, target: Span) -> Place {
    let (first, end) = tokens_near(doc, &sentence, target);
    let bounds = if sentence.contains(&first) { sentence } else { first..end };
    Place { target: first..end, clause: found.clause_of(first, bounds.clone()), bounds }
}

/// The weight of a word for the target. `edges` are the boundaries within the target's window.
fn weight(edges: &[Edge], hit: &Hit, place: &Place, clause: u32) -> f32 {
    let (first, end) = (place.target.start, place.target.end);
    let between = if hit.token < first { hit.token..first + 1 } else { end.saturating_sub(1)..hit.token + 1 };
    let distance = (between.len().saturating_sub(2)) as f32;
    let mut weight = HALF_DISTANCE / (HALF_DISTANCE + distance);
    if hit.clause != clause {
        for edge in edges.iter().filter(|edge| edge.token > between.start && edge.token < between.end) {
            weight *= if edge.hard { ACROSS_HARD } else { ACROSS_SOFT };
        }
    }
    weight
}
