//! Polarity towards a span: the valence around it in its sentence, near words before far ones, its own clause before others.

use std::ops::Range;

use copydesk_core::{DocumentView, Span};

use crate::heard::Place;
use crate::hits::{Hit, Hits};
use crate::score::squash;

/// Tokens after which a word counts half.
const HALF_DISTANCE: f32 = 20.0;
/// What a comma or a subordinate clause leaves of a word behind it.
const ACROSS_SOFT: f32 = 0.75;
/// What a contrast, a colon or a quotation mark leaves.
const ACROSS_HARD: f32 = 0.25;
/// The first token of a target and the one behind its last.
pub(crate) fn tokens(doc: &DocumentView<'_>, target: Span) -> (usize, usize) {
    let first = doc.token_at(target.start());
    (first, doc.tokens().partition_point(|token| token.span().start() < target.end()).max(first))
}

/// The tokens of the sentence that holds a target.
pub(crate) fn sentence(doc: &DocumentView<'_>, first: usize, end: usize) -> Range<usize> {
    let sentence = doc.tokens().get(first).and_then(|token| doc.sentences().get(token.sentence()));
    sentence.map_or(first..end, |sentence| sentence.tokens())
}

/// The score of a target by the words with valence around it. `keep` says which of them may count.
pub(crate) fn weighed(found: &Hits, hits: &[Hit], place: &Place, keep: impl Fn(&Hit) -> bool) -> f32 {
    let bears = |hit: &Hit| hit.valence * weight(found, hit, place.target.start, place.target.end);
    squash(hits.iter().filter(|hit| keep(hit)).map(bears).sum())
}

/// Where a target stands, its whole sentence around it.
pub(crate) fn place(doc: &DocumentView<'_>, found: &Hits, target: Span) -> Place {
    let (first, end) = tokens(doc, target);
    let bounds = sentence(doc, first, end);
    Place { target: first..end, clause: found.clause_of(first, bounds.clone()), bounds }
}

/// How much a word bears on the target of tokens `first..end`.
fn weight(found: &Hits, hit: &Hit, first: usize, end: usize) -> f32 {
    let between = if hit.token < first { hit.token..first + 1 } else { end.saturating_sub(1)..hit.token + 1 };
    let distance = (between.len().saturating_sub(2)) as f32;
    let mut weight = HALF_DISTANCE / (HALF_DISTANCE + distance);
    if hit.clause != found.clause_at(first) {
        for edge in found.edges_within(between) {
            weight *= if edge.hard { ACROSS_HARD } else { ACROSS_SOFT };
        }
    }
    weight
}
