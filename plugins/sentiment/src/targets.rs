//! Polarity towards a span: the valence around it in its sentence, near words before far ones, its own clause before others.

use std::ops::Range;

use copydesk_core::{DocumentView, Span};

use crate::hits::{Hit, Hits};
use crate::score::{Score, squash};

/// Tokens on either side in which words can bear on a target.
const WINDOW: usize = 40;
/// Tokens after which a word counts half.
const HALF_DISTANCE: f32 = 20.0;
/// What a comma or a subordinate clause leaves of a word behind it.
const ACROSS_SOFT: f32 = 0.75;
/// What a contrast, a colon or a quotation mark leaves.
const ACROSS_HARD: f32 = 0.25;
/// Evidence weaker than this part of the strongest is not named.
const NAMED: f32 = 0.3;

/// The polarity towards a target and the words behind it.
#[derive(Debug, Default)]
pub(crate) struct Attitude {
    pub(crate) score: Score,
    pub(crate) evidence: Vec<Span>,
}

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

/// The tokens around a target that may bear on it: its sentence, at most a window.
fn around(doc: &DocumentView<'_>, first: usize, end: usize) -> Range<usize> {
    let tokens = sentence(doc, first, end);
    tokens.start.max(first.saturating_sub(WINDOW))..tokens.end.min(end.saturating_add(WINDOW)).max(end)
}

/// Scores a target. `keep` says which words may count.
pub(crate) fn attitude(
    doc: &DocumentView<'_>,
    found: &Hits,
    target: Span,
    keep: impl Fn(&Hit) -> bool,
) -> Attitude {
    let (first, end) = tokens(doc, target);
    let mut near: Vec<(Span, f32)> = Vec::new();
    let score = weighed(doc, found, (first, end), keep, |hit, valence| near.push((hit.span, valence)));
    // Only words that pull the way the score went are evidence for it.
    let strongest = near.iter().fold(0f32, |most, (_, valence)| most.max(valence * score.value.signum()));
    let evidence = near
        .into_iter()
        .filter(|(_, valence)| score.value != 0.0 && valence * score.value.signum() >= NAMED * strongest)
        .map(|(span, _)| span)
        .collect();
    Attitude { score, evidence }
}

/// The score of the target of tokens `first..end`. `each` sees what a word contributes.
pub(crate) fn weighed(
    doc: &DocumentView<'_>,
    found: &Hits,
    (first, end): (usize, usize),
    keep: impl Fn(&Hit) -> bool,
    mut each: impl FnMut(&Hit, f32),
) -> Score {
    let (mut sum, mut mass) = (0.0, 0.0);
    let near = around(doc, first, end);
    for hit in found.within(near).iter().filter(|hit| !(first..end).contains(&hit.token) && keep(hit)) {
        let valence = hit.valence * weight(found, hit, first, end);
        sum += valence;
        mass += valence.abs();
        each(hit, valence);
    }
    Score { value: squash(sum), mass }
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
