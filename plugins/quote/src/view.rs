//! The elements of one unit, stored as the feature templates need them.

use copydesk_core::layers::PartOfSpeech as Pos;

use crate::elements::{Element, QUOTED, Unit};
use crate::features::THAT;

/// Padding outside the unit.
const EDGE: u64 = 0x5eed;
const EDGE_TAG: u8 = 127;

/// The number of padding elements on each side.
const MARGIN: usize = 2;

/// What the features take from an element.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) word: u64,
    pub(crate) tag: u8,
    pub(crate) case: u8,
    /// The middle and the fine class of a word; stretches in quotation marks have none. Known after [`View::classify`].
    pub(crate) classes: [u16; 2],
}

impl Spot {
    /// Outside the unit.
    pub(crate) const EDGE: Self = Self { word: EDGE, tag: EDGE_TAG, case: 0, classes: [0; 2] };

    pub(crate) const fn tag(&self) -> u64 {
        self.tag as u64
    }

    pub(crate) const fn part_of_speech(&self) -> Option<Pos> {
        Pos::from_byte(self.tag)
    }

    /// Whether it is a stretch in quotation marks.
    pub(crate) const fn is_quoted(&self) -> bool {
        self.tag >= QUOTED
    }
}

/// An element with its neighbours: itself in the middle.
type Window = [Spot; 2 * MARGIN + 1];

/// The maximum distance at which a quoted stretch is a feature.
const REACH: usize = 12;

/// No quoted stretch is near.
pub(crate) const UNQUOTED: u64 = 0xffff;

/// A unit's elements, with padding on either side, so that a neighbour always exists.
#[derive(Default)]
pub(crate) struct View {
    /// The first element of the unit.
    start: usize,
    spots: Vec<Spot>,
    /// The quoted stretches.
    quoted: Vec<usize>,
}

impl View {
    /// Loads a unit.
    pub(crate) fn enter(&mut self, all: &[Element], unit: &Unit) {
        let elements = all.get(unit.wide.clone()).unwrap_or_default();
        self.start = unit.wide.start;
        self.spots.clear();
        self.spots.extend([Spot::EDGE; MARGIN]);
        self.spots.extend(elements.iter().map(|element| Spot {
            word: element.word,
            tag: element.tag,
            case: element.case,
            classes: [0; 2],
        }));
        self.spots.extend([Spot::EDGE; MARGIN]);
        self.quoted.clear();
        let quoted = elements.iter().enumerate().filter(|(_, element)| element.is_quoted());
        self.quoted.extend(quoted.map(|(place, _)| unit.wide.start + place));
    }

    /// Looks up the middle and the fine class of each word.
    pub(crate) fn classify(&mut self, mut classes_of: impl FnMut(u64) -> [u16; 2]) {
        let inside = MARGIN..self.spots.len() - MARGIN;
        for spot in self.spots[inside].iter_mut().filter(|spot| !spot.is_quoted()) {
            spot.classes = classes_of(spot.word);
        }
    }

    /// An element and its neighbours on both sides.
    #[inline(always)]
    pub(crate) fn window(&self, at: usize) -> &Window {
        const NONE: &Window = &[Spot::EDGE; 2 * MARGIN + 1];
        self.spots.get(at.wrapping_sub(self.start)..).and_then(<[_]>::first_chunk).unwrap_or(NONE)
    }

    /// An element.
    #[inline(always)]
    pub(crate) fn spot(&self, at: usize) -> &Spot {
        &self.window(at)[MARGIN]
    }

    /// Whether a quoted stretch is in the unit.
    pub(crate) fn has_quoted(&self) -> bool {
        !self.quoted.is_empty()
    }

    /// The shape of the quoted stretch nearest to `at` on each side, and how near it is.
    #[inline(always)]
    pub(crate) fn quoted_beside(&self, at: usize) -> [u64; 2] {
        if self.quoted.is_empty() {
            return [UNQUOTED; 2];
        }
        let after = self.quoted.partition_point(|quoted| *quoted <= at);
        let left = self.quoted[..after].iter().rfind(|quoted| **quoted != at);
        [left, self.quoted.get(after)].map(|quoted| match quoted {
            Some(quoted) if quoted.abs_diff(at) <= REACH => {
                let shape = u64::from(self.spot(*quoted).tag - QUOTED);
                shape << 4 | bucket(quoted.abs_diff(at) - 1)
            }
            _ => UNQUOTED,
        })
    }

    /// The distance from the element at `at` to the word "that" after it, at most three and before `end`; 0 if there is none.
    #[inline(always)]
    pub(crate) fn that_after(&self, at: usize, end: usize) -> u64 {
        let [_, _, _, next, second] = self.window(at).map(|spot| spot.word);
        let third = if at + 3 < end { self.window(at + 1)[2 * MARGIN].word } else { 0 };
        [next, second, third].iter().position(|word| *word == THAT).map_or(0, |place| place as u64 + 1)
    }

    /// The likely subject: the nearest noun or pronoun before.
    #[inline(always)]
    pub(crate) fn subject(&self, at: usize) -> Option<Subject> {
        let before = self.spots.get(MARGIN..at.wrapping_sub(self.start) + MARGIN)?;
        for (distance, spot) in before.iter().rev().take(8).enumerate() {
            let Some(part) = spot.part_of_speech() else { continue };
            let noun = part.is_noun();
            if noun || matches!(part, Pos::Pronoun | Pos::WhPronoun | Pos::WhDeterminer) {
                return Some(Subject {
                    word: spot.word,
                    form: if noun { spot.tag() } else { spot.word },
                    tag: spot.tag() << 4 | bucket(distance),
                });
            }
        }
        None
    }
}

/// A noun or pronoun that is likely to be the subject of a verb.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) word: u64,
    /// The pronoun; the tag of a noun.
    pub(crate) form: u64,
    /// Its tag and how near it is.
    pub(crate) tag: u64,
}

/// The number of classes of [`bucket`].
pub(crate) const BUCKETS: usize = 11;

/// The classes of the distances below the last class.
const NEAR: [u8; 25] = [0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9];

/// A distance in classes that widen as it grows.
#[inline(always)]
pub(crate) fn bucket(distance: usize) -> u64 {
    NEAR.get(distance).map_or(BUCKETS as u64 - 1, |class| u64::from(*class))
}
