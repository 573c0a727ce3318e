//! Polarity towards a span: the valence around it in its sentence, near words before far ones, its own clause before others.

use std::ops::Range;

use copydesk_core::{DocumentView, Span};

use crate::hits::{Hit, Hits};
use crate::score::{Score, squash};

/// Tokens on either side in which words can bear on a target.
const WINDOW: usize = 40;
/// Tokens after which a word counts half.
const HALF_DISTANCE: f32 = 12.0;
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

/// The tokens around a target that may bear on it: its sentence, at most a window.
fn around(doc: &DocumentView<'_>, first: usize, end: usize) -> Range<usize> {
    let sentence = doc.tokens().get(first).and_then(|token| doc.sentences().get(token.sentence()));
    let tokens = sentence.map_or(first..end, |sentence| sentence.tokens());
    tokens.start.max(first.saturating_sub(WINDOW))..tokens.end.min(end.saturating_add(WINDOW)).max(end)
}

/// Scores a target. `keep` says which words may count.
pub(crate) fn attitude(doc: &DocumentView<'_>, found: &Hits, target: Span, keep: impl Fn(&Hit) -> bool) -> Attitude {
    let first = doc.token_at(target.start());
    let end = doc.tokens().partition_point(|token| token.span().start() < target.end()).max(first);
    let near = around(doc, first, end);
    let mut weighed: Vec<(Span, f32)> = Vec::new();
    let (mut sum, mut mass) = (0.0, 0.0);
    for hit in found.within(near).iter().filter(|hit| !(first..end).contains(&hit.token) && keep(hit)) {
        let valence = hit.valence * weight(found, hit, first, end);
        sum += valence;
        mass += valence.abs();
        weighed.push((hit.span, valence));
    }
    let score = Score { value: squash(sum), mass };
    // Only words that pull the way the score went are evidence for it.
    let strongest = weighed.iter().fold(0f32, |most, (_, valence)| most.max(valence * score.value.signum()));
    let evidence = weighed
        .into_iter()
        .filter(|(_, valence)| score.value != 0.0 && valence * score.value.signum() >= NAMED * strongest)
        .map(|(span, _)| span)
        .collect();
    Attitude { score, evidence }
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
