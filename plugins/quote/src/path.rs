//! The words between a cue and the elements around it.

use copydesk_core::layers::PartOfSpeech as Pos;

use crate::features::THAT;
use crate::view::{Spot, bucket};

/// What lies between the cue and an spot. Computed from the cue outwards, it costs the same for each spot.
#[derive(Clone)]
pub(crate) struct Path {
    right: bool,
    steps: usize,
    commas: u64,
    verbs: u64,
    quoted: u64,
    opens: u64,
    /// The last mark or conjunction that was passed.
    pub(crate) last_mark: u64,
}

impl Path {
    /// The path that begins next to the cue, on its right or left.
    pub(crate) const fn new(right: bool) -> Self {
        Self { right, steps: 0, commas: 0, verbs: 0, quoted: 0, opens: 0, last_mark: 0 }
    }

    /// The side of the cue.
    pub(crate) const fn is_right(&self) -> bool {
        self.right
    }

    /// The class of its length.
    #[inline(always)]
    pub(crate) fn distance(&self) -> u64 {
        bucket(self.steps)
    }

    /// What was passed, as a few bits.
    #[inline]
    pub(crate) const fn lane(&self) -> u64 {
        self.right as u64 | self.commas << 1 | self.verbs << 3 | self.quoted << 5 | self.opens << 6
    }

    /// Adds an spot. Returns whether more than the distance may have changed.
    #[inline(always)]
    pub(crate) fn pass(&mut self, spot: &Spot) -> bool {
        self.steps += 1;
        if spot.is_quoted() {
            self.quoted = 1;
            self.last_mark = spot.tag();
            return true;
        }
        match spot.part_of_speech() {
            Some(Pos::Comma) => {
                self.commas = (self.commas + 1).min(3);
                self.last_mark = spot.tag();
            }
            Some(Pos::Mark | Pos::Bracket | Pos::Conjunction | Pos::Stop) => {
                self.last_mark = spot.word;
            }
            Some(tag) if tag.is_finite() => self.verbs = (self.verbs + 1).min(3),
            Some(Pos::WhDeterminer | Pos::WhPronoun | Pos::WhAdverb) => {
                self.opens = 1;
            }
            Some(Pos::Preposition) if spot.word == THAT => {
                self.opens = 2;
            }
            _ => return false,
        }
        true
    }
}
