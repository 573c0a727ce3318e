//! What the model looks at: the words around a target, near and far, and what the lexicon makes of them.
//!
//! Training and analysis share this code. What a token tells does not depend on the target but for its side, so that the sums
//! of a sentence serve all its targets; only the nearest words are looked at target by target.

use std::ops::Range;

use copydesk_core::DocumentView;
use copydesk_core::segment::token_flag;
use copydesk_learn::feature::{feature, feature2, mix};
use copydesk_learn::{Classes, WordClasses};

use crate::hits::{Hit, Hits};
use crate::score::{self, squash};
use crate::targets;

/// How many numbers of the lexicon's there are for a target.
pub(crate) const NUMBERS: usize = 12;
/// Tokens on either side that are told by their place.
const NEAR: usize = 7;
/// Tokens on either side that are told to stand in the target's clause.
const WIDE: usize = 14;
/// Tokens on either side that count at all.
pub(crate) const WINDOW: usize = 40;
/// What stands for the target in n-grams.
const TARGET: u64 = 0x7a26;
/// What stands beyond the sentence.
const EDGE: u64 = 0xed6e;
/// A word that no model knows.
const BLANK: u64 = 0xb1a4;

/// The side of the target on which a token stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// The words of a sentence.
#[derive(Default)]
pub(crate) struct Words {
    first: usize,
    hashes: Vec<u64>,
    classes: Vec<WordClasses>,
    quotes: Vec<bool>,
}

impl Words {
    /// Reads a sentence.
    pub(crate) fn read(&mut self, doc: &DocumentView<'_>, tokens: Range<usize>, classes: &Classes) {
        self.first = tokens.start;
        self.hashes.clear();
        self.classes.clear();
        self.quotes.clear();
        for token in doc.tokens().get(tokens).unwrap_or_default() {
            self.hashes.push(token.hash());
            self.classes.push(if token.is_word() {
                classes.of(token.hash())
            } else {
                WordClasses::default()
            });
            self.quotes.push(token.has(token_flag::QUOTE_MARK));
        }
    }

    /// The tokens of the sentence.
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.first..self.first + self.hashes.len()
    }

    /// Takes a word away; gives what puts it back.
    pub(crate) fn blank(&mut self, token: usize) -> (u64, WordClasses) {
        self.put(token, (BLANK, WordClasses::default()))
    }

    /// Puts a word in the place of another, which it gives.
    pub(crate) fn put(&mut self, token: usize, (hash, classes): (u64, WordClasses)) -> (u64, WordClasses) {
        let at = token.wrapping_sub(self.first);
        match (self.hashes.get_mut(at), self.classes.get_mut(at)) {
            (Some(own), Some(own_classes)) => {
                (std::mem::replace(own, hash), std::mem::replace(own_classes, classes))
            }
            _ => (BLANK, WordClasses::default()),
        }
    }

    #[inline]
    fn word(&self, token: usize) -> u64 {
        self.hashes.get(token.wrapping_sub(self.first)).copied().unwrap_or(EDGE)
    }

    #[inline]
    fn class(&self, token: usize, grain: usize) -> u64 {
        self.classes.get(token.wrapping_sub(self.first)).map_or(0xffff, |classes| u64::from(classes[grain]))
    }

    /// What a token tells that stands on one side of a target, n-grams with those farther away included.
    #[inline]
    pub(crate) fn token(&self, at: usize, side: Side, mut found: impl FnMut(u64)) {
        let (a, b) = match side {
            Side::Left => (at.wrapping_sub(1), at),
            Side::Right => (at, at + 1),
        };
        let own = side as u64;
        let word = self.word(at);
        let (fine, finest) = (self.class(at, 2), self.class(at, 3));
        let pair = mix(self.word(a), self.word(b));
        found(feature(1, word));
        found(feature2(2, word, own));
        found(feature(3, pair));
        found(feature2(4, pair, own));
        let triple = match side {
            Side::Left => mix(self.word(at.wrapping_sub(2)), pair),
            Side::Right => mix(pair, self.word(at + 2)),
        };
        found(feature2(5, triple, own));
        if fine != 0 {
            found(feature(6, fine));
            found(feature2(7, fine, own));
            found(feature(8, finest));
            found(feature2(9, finest, own));
        }
        found(feature2(10, mix(self.class(a, 2), self.class(b, 2)), own));
        found(feature2(11, self.word(a), self.class(b, 2)));
        found(feature2(12, self.class(a, 2), self.word(b)));
    }

    /// What the nearest tokens tell of the target of tokens `first..end`, and where it stands.
    pub(crate) fn near(
        &self,
        hits: &Hits,
        first: usize,
        end: usize,
        keep: impl Fn(&Hit) -> bool,
        mut found: impl FnMut(u64),
    ) {
        let sentence = self.tokens();
        for distance in 1..=NEAR {
            let place = match distance {
                1 => 1,
                2 => 2,
                3 | 4 => 3,
                _ => 4,
            };
            for (at, side) in [(first.wrapping_sub(distance), 0), (end + distance - 1, 8)] {
                if !sentence.contains(&at) {
                    continue;
                }
                let place = place | side;
                found(feature2(20, self.word(at), place));
                found(feature2(21, self.class(at, 2), place));
                found(feature2(22, self.class(at, 3), place));
                found(feature2(23, self.class(at, 1), place));
            }
        }
        let (l1, l2, l3) = (
            self.word(first.wrapping_sub(1)),
            self.word(first.wrapping_sub(2)),
            self.word(first.wrapping_sub(3)),
        );
        let (r1, r2, r3) = (self.word(end), self.word(end + 1), self.word(end + 2));
        let class = |at: usize| self.class(at, 2);
        let (cl1, cl2) = (class(first.wrapping_sub(1)), class(first.wrapping_sub(2)));
        let (cr1, cr2) = (class(end), class(end + 1));
        let wide = first.saturating_sub(WIDE).max(sentence.start)..end.saturating_add(WIDE).min(sentence.end);
        for at in hits.clause_of(first, wide).filter(|at| !(first..end).contains(at)) {
            found(feature(24, self.word(at)));
            found(feature(25, self.class(at, 2)));
            found(feature(26, self.class(at, 3)));
        }
        found(feature2(30, l1, r1));
        found(feature2(31, l2, l1));
        found(feature2(32, r1, r2));
        found(feature2(33, mix(l3, l2), l1));
        found(feature2(34, mix(r1, r2), r3));
        found(feature2(35, cl1, cr1));
        found(feature2(36, cl2, cl1));
        found(feature2(37, cr1, cr2));
        found(feature2(38, mix(cr1, cr2), class(end + 2)));
        found(feature2(39, TARGET, u64::from(first == sentence.start)));
        let before = self.quotes.get(..first.saturating_sub(sentence.start)).unwrap_or_default();
        let from = before.len().saturating_sub(WINDOW);
        let marks = before[from..].iter().filter(|quote| **quote).count();
        let after = self.quotes.iter().skip(end.saturating_sub(sentence.start)).take(WINDOW);
        let behind = after.filter(|quote| **quote).count();
        found(feature2(40, (marks % 2) as u64, behind.min(2) as u64));
        found(feature2(41, marks.min(2) as u64, behind.min(2) as u64));
        found(feature(42, (sentence.len() / 6).min(9) as u64));
        // The nearest hit on each side: how far, how good.
        let left = hits.within(first.saturating_sub(WINDOW).max(sentence.start)..first);
        if let Some(hit) = left.iter().rev().find(|hit| keep(hit)) {
            found(feature2(43, far(first - hit.token), grade(hit.valence)));
        }
        let right = hits.within(end..end.saturating_add(WINDOW).min(sentence.end).max(end));
        if let Some(hit) = right.iter().find(|hit| keep(hit)) {
            found(feature2(44, far(hit.token + 1 - end), grade(hit.valence)));
        }
    }
}

/// What the lexicon makes of a target, as numbers and as steps of them.
pub(crate) fn numbers(
    words: &Words,
    doc: &DocumentView<'_>,
    found: &Hits,
    (first, end): (usize, usize),
    keep: impl Fn(&Hit) -> bool,
    mut steps: impl FnMut(u64),
) -> [f32; NUMBERS] {
    let sentence = words.tokens();
    let window = first.saturating_sub(WINDOW).max(sentence.start)
        ..end.saturating_add(WINDOW).min(sentence.end).max(end);
    let outside = |hit: &Hit| !(first..end).contains(&hit.token) && keep(hit);
    let attitude = targets::weighed(doc, found, (first, end), outside, |_, _| ()).value;
    let whole = score::stretch(found, window.clone(), outside).value;
    let clause = found.clause_at(first);
    let mut sums = [0f32; 9];
    for hit in found.within(window).iter().filter(|hit| outside(hit)) {
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
    let mut numbers = [0f32; NUMBERS];
    numbers[0] = attitude;
    numbers[1] = whole;
    for (number, sum) in numbers[2..].iter_mut().zip(sums) {
        *number = squash(sum);
    }
    numbers[11] = attitude.abs();
    for (place, number) in [(0, attitude), (1, whole), (2, numbers[4])] {
        steps(feature2(50 + place, step(number), 0));
    }
    steps(feature2(55, step(attitude), step(whole)));
    numbers
}

fn step(number: f32) -> u64 {
    const STEPS: [f32; 8] = [-0.6, -0.4, -0.2, -0.02, 0.02, 0.2, 0.4, 0.6];
    STEPS.iter().filter(|step| number > **step).count() as u64
}

fn grade(valence: f32) -> u64 {
    (valence.round().clamp(-4.0, 4.0) + 4.0) as u64
}

fn far(distance: usize) -> u64 {
    match distance {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    }
}
