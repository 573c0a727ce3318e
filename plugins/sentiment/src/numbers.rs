//! What the rules make of a target and of a sentence, in numbers that the network weighs with the rest.

use std::ops::Range;

use copydesk_core::DocumentView;
use copydesk_core::segment::token_flag;

use crate::heard::Place;
use crate::hits::{Hit, Hits};
use crate::score::{self, squash};
use crate::shape::{NUMBERS, SENTENCE_NUMBERS, WINDOW};
use crate::targets;

/// Of a target; `sentence` are the tokens of its sentence, `keep` says which words may count.
pub(crate) fn of_target(
    doc: &DocumentView<'_>,
    found: &Hits,
    place: &Place,
    keep: impl Fn(&Hit) -> bool,
) -> [f32; NUMBERS] {
    let (first, end) = (place.target.start, place.target.end);
    let window = place.window();
    let outside = |hit: &Hit| !place.target.contains(&hit.token) && keep(hit);
    let mut numbers = [0f32; NUMBERS];
    let hits = found.within(window.clone());
    if !hits.is_empty() {
        of_hits(found, hits, place, outside, &mut numbers);
    }
    let marks = |tokens: Range<usize>| {
        let tokens = doc.tokens().get(tokens).unwrap_or_default();
        tokens.iter().filter(|token| token.has(token_flag::QUOTE_MARK)).count()
    };
    let (before, behind) = (marks(window.start..first), marks(end..window.end));
    numbers[12] = (before % 2) as f32;
    numbers[13] = f32::from(before + behind > 0);
    numbers[14] = f32::from(first == place.bounds.start);
    numbers[15] = window.len() as f32 / WINDOW as f32;
    numbers
}

/// What the words with valence tell.
fn of_hits(
    found: &Hits,
    hits: &[Hit],
    place: &Place,
    outside: impl Fn(&Hit) -> bool,
    numbers: &mut [f32; NUMBERS],
) {
    let (first, end) = (place.target.start, place.target.end);
    let attitude = targets::weighed(found, hits, place, &outside);
    let whole = score::stretch(found, hits, place.window(), &outside);
    let clause = found.clause_at(first);
    let mut sums = [0f32; 9];
    for hit in hits.iter().filter(|hit| outside(hit)) {
        let left = hit.token < first;
        let distance = if left { first - hit.token } else { hit.token + 1 - end };
        let side = usize::from(!left);
        sums[side] += hit.valence;
        if hit.clause == clause {
            sums[2] += hit.valence;
        }
        if distance <= 6 {
            sums[3 + side] += hit.valence;
        }
        sums[if hit.valence > 0.0 { 5 } else { 6 }] += hit.valence;
        sums[7 + side] += hit.valence / distance as f32;
    }
    numbers[0] = attitude;
    numbers[1] = whole;
    for (number, sum) in numbers[2..].iter_mut().zip(sums) {
        *number = squash(sum);
    }
    numbers[11] = attitude.abs();
}

/// Of a sentence.
pub(crate) fn of_sentence(found: &Hits, tokens: Range<usize>, keep: impl Fn(&Hit) -> bool) -> [f32; SENTENCE_NUMBERS] {
    let hits = found.within(tokens.clone());
    let whole = score::stretch(found, hits, tokens.clone(), &keep);
    let (mut good, mut bad, mut last, mut most, mut least) = (0f32, 0f32, 0f32, 0f32, 0f32);
    for hit in hits.iter().filter(|hit| keep(hit)) {
        good += hit.valence.max(0.0);
        bad += hit.valence.min(0.0);
        last = hit.valence;
        most = most.max(hit.valence);
        least = least.min(hit.valence);
    }
    let count = tokens.len().max(1) as f32;
    [
        whole,
        squash(good),
        squash(bad),
        (good + bad) / count.sqrt(),
        last / 4.0,
        most / 4.0,
        least / 4.0,
        count.min(120.0) / 40.0,
    ]
}
