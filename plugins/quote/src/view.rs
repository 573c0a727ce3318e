//! The elements of one unit, stored as the feature templates need them.

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_learn::Classes;

use crate::elements::{Element, QUOTED, Unit};
use crate::features::THAT;

/// Padding outside the unit.
const EDGE: u64 = 0x5eed;
const EDGE_TAG: u64 = 127;

/// The number of padding elements on each side.
const MARGIN: usize = 2;

/// An element with its neighbours: itself in the middle.
pub(crate) type Window = [u64; 2 * MARGIN + 1];

/// The maximum distance at which a quoted stretch is a feature.
const REACH: usize = 12;

/// No quoted stretch is near.
pub(crate) const UNQUOTED: u64 = 0xffff;

/// The words, tags and classes of a unit's elements, with padding on either side, so that a neighbour always exists.
#[derive(Default)]
pub(crate) struct View {
    /// The first element of the unit.
    start: usize,
    words: Vec<u64>,
    tags: Vec<u64>,
    /// Two granularities of word classes; computed when first needed.
    classes: Vec<[u64; 2]>,
    /// The quoted stretches.
    quoted: Vec<usize>,
}

impl View {
    /// Loads a unit.
    pub(crate) fn enter(&mut self, all: &[Element], unit: &Unit) {
        self.start = unit.wide.start;
        self.words.clear();
        self.tags.clear();
        self.classes.clear();
        self.quoted.clear();
        self.words.extend([EDGE; MARGIN]);
        self.tags.extend([EDGE_TAG; MARGIN]);
        for (at, element) in all.iter().enumerate().take(unit.wide.end).skip(unit.wide.start) {
            self.words.push(element.word);
            self.tags.push(u64::from(element.tag));
            if element.is_quoted() {
                self.quoted.push(at);
            }
        }
        self.words.extend([EDGE; MARGIN]);
        self.tags.extend([EDGE_TAG; MARGIN]);
    }

    /// Looks up the classes of all words, once per unit.
    pub(crate) fn classify(&mut self, classes: &Classes) {
        if self.classes.is_empty() {
            let inside = MARGIN..self.words.len() - MARGIN;
            let elements = self.words[inside.clone()].iter().zip(&self.tags[inside]);
            self.classes.extend(elements.map(|(word, tag)| class_of(*word, *tag, classes)));
        }
    }

    /// The middle and the fine class of an element, after [`View::classify`].
    #[inline]
    pub(crate) fn classes_at(&self, at: usize) -> [u64; 2] {
        self.classes.get(at - self.start).copied().unwrap_or_default()
    }

    /// The words of an element and its neighbours.
    #[inline]
    pub(crate) fn words(&self, at: usize) -> &Window {
        window(&self.words, at - self.start, &[EDGE; 2 * MARGIN + 1])
    }

    /// The tags of an element and its neighbours.
    #[inline]
    pub(crate) fn tags(&self, at: usize) -> &Window {
        window(&self.tags, at - self.start, &[EDGE_TAG; 2 * MARGIN + 1])
    }

    /// Whether a quoted stretch is in the unit.
    pub(crate) fn has_quoted(&self) -> bool {
        !self.quoted.is_empty()
    }

    /// The shape of the quoted stretch nearest to `at` on each side, and how near it is.
    pub(crate) fn quoted_beside(&self, at: usize) -> [u64; 2] {
        let after = self.quoted.partition_point(|quoted| *quoted <= at);
        let left = self.quoted[..after].iter().rfind(|quoted| **quoted != at);
        [left, self.quoted.get(after)].map(|quoted| match quoted {
            Some(quoted) if quoted.abs_diff(at) <= REACH => {
                let shape = self.tags(*quoted)[MARGIN] - u64::from(QUOTED);
                shape << 4 | bucket(quoted.abs_diff(at) - 1)
            }
            _ => UNQUOTED,
        })
    }

    /// The distance from the element at `at` to the word "that" after it, at most three and before `end`; 0 if there is none.
    pub(crate) fn that_after(&self, at: usize, end: usize) -> u64 {
        let [_, _, _, next, second] = *self.words(at);
        let third = if at + 3 < end { self.words(at + 1)[2 * MARGIN] } else { 0 };
        [next, second, third].iter().position(|word| *word == THAT).map_or(0, |place| place as u64 + 1)
    }

    /// The likely subject: word, class and tag of the nearest noun or pronoun before.
    pub(crate) fn subject(&self, at: usize, classes: &Classes) -> [u64; 3] {
        let after = at - self.start + MARGIN;
        let before = self.tags[MARGIN..after].iter().zip(&self.words[MARGIN..after]);
        for (distance, (tag, word)) in before.rev().take(8).enumerate() {
            let Some(part) = Pos::from_byte(*tag as u8) else { continue };
            let noun = part.is_noun();
            if noun || matches!(part, Pos::Pronoun | Pos::WhPronoun | Pos::WhDeterminer) {
                let [class, _] = class_of(*word, *tag, classes);
                return [if noun { *tag } else { *word }, class, tag << 4 | bucket(distance)];
            }
        }
        [0; 3]
    }
}

/// The middle and the fine class of a word; stretches in quotation marks have none.
fn class_of(word: u64, tag: u64, classes: &Classes) -> [u64; 2] {
    if tag >= u64::from(QUOTED) {
        return [0; 2];
    }
    let [_, middle, fine, _] = classes.of(word);
    [u64::from(middle), u64::from(fine)]
}

#[inline]
fn window<'v>(all: &'v [u64], at: usize, none: &'static Window) -> &'v Window {
    all.get(at..).and_then(<[u64]>::first_chunk).unwrap_or(none)
}

/// A distance in classes that widen as it grows.
pub(crate) fn bucket(distance: usize) -> u64 {
    match distance {
        0..=5 => distance as u64,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=24 => 9,
        _ => 10,
    }
}
