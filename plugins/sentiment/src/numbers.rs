//! Rule-based features of a target and of a sentence, inputs of the output layer.

use std::ops::Range;

use copydesk_core::DocumentView;

use crate::around::Place;
use crate::attitudes::Attitudes;
use crate::found::Found;
use crate::hits::Hit;
use crate::score::{self, squash};
use crate::shape::{NUMBERS, SENTENCE_NUMBERS, WINDOW};
use crate::targets;

/// The features of a target.
pub(crate) fn of_target(
    doc: &DocumentView<'_>,
    found: Found<'_>,
    attitudes: &Attitudes,
    place: &Place,
) -> [f32; NUMBERS] {
    let (first, end) = (place.target.start, place.target.end);
    let window = place.window();
    let mut numbers = [0f32; NUMBERS];
    of_hits(found, place, |_| true, &mut numbers);
    let (before, after) = (found.marks_within(window.start..first), found.marks_within(end..window.end));
    numbers[12] = (before % 2) as f32;
    numbers[13] = f32::from(before + after > 0);
    numbers[14] = f32::from(first == place.bounds.start);
    numbers[15] = window.len() as f32 / WINDOW as f32;
    numbers[16] = attitudes.towards(doc, found, place);
    numbers
}

/// The same without the valence of a token.
pub(crate) fn without(
    found: Found<'_>,
    place: &Place,
    numbers: &[f32; NUMBERS],
    token: usize,
) -> [f32; NUMBERS] {
    let mut numbers = *numbers;
    of_hits(found, place, |hit| hit.token != token, &mut numbers);
    numbers
}

/// Features of the words with valence.
fn of_hits(found: Found<'_>, place: &Place, keep: impl Fn(&Hit) -> bool, numbers: &mut [f32; NUMBERS]) {
    let hits = found.within(place.window());
    if hits.is_empty() {
        return;
    }
    let outside = |hit: &Hit| !place.target.contains(&hit.token) && keep(hit);
    let (first, end) = (place.target.start, place.target.end);
    let edges = found.edges_within(place.window());
    let whole = score::stretch(edges, hits, outside);
    let clause = found.clause_at(first);
    let attitude = targets::weighed(edges, hits, place, clause, outside);
    let (mut sums, mut unreal) = ([0f32; 9], 0f32);
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
        if hit.unreal {
            unreal += hit.valence;
        }
    }
    numbers[0] = attitude;
    numbers[1] = whole;
    for (number, sum) in numbers[2..].iter_mut().zip(sums) {
        *number = squash(sum);
    }
    numbers[11] = attitude.abs();
    numbers[17] = squash(unreal);
}

/// The features of a sentence.
pub(crate) fn of_sentence(
    found: Found<'_>,
    tokens: Range<usize>,
    keep: impl Fn(&Hit) -> bool,
) -> [f32; SENTENCE_NUMBERS] {
    let hits = found.within(tokens.clone());
    let edges = if hits.is_empty() { &[] } else { found.edges_within(tokens.clone()) };
    let whole = score::stretch(edges, hits, &keep);
    let (mut good, mut bad, mut last, mut most, mut least) = (0f32, 0f32, 0f32, 0f32, 0f32);
    let mut unreal = 0f32;
    for hit in hits.iter().filter(|hit| keep(hit)) {
        good += hit.valence.max(0.0);
        bad += hit.valence.min(0.0);
        last = hit.valence;
        most = most.max(hit.valence);
        least = least.min(hit.valence);
        if hit.unreal {
            unreal += hit.valence;
        }
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
        squash(unreal),
    ]
}
