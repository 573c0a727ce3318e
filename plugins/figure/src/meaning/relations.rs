//! How the figures of a sentence belong together: shared units, what changed, against what, in which period, and what is measured.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;

use crate::item::{Counted, Item};
use crate::numbers::bounds::TWO_BOUNDS;
use crate::scope::Scope;
use crate::words;

impl Scope<'_> {
    /// Relates the figures from place `from` on: those of this sentence.
    pub(crate) fn relate(&self, items: &mut [Item], from: usize) {
        self.share_units(items, from);
        for at in from + 1..items.len() {
            self.share_currency(items, at);
            self.elided_unit(items, from, at);
            self.points_of_percent(items, at);
            self.noun_behind_size(items, at - 1);
        }
        self.read_cues(items, from);
        for at in from..items.len() {
            self.resolve_relative(items, at);
        }
        for at in from..items.len() {
            self.change(items, from, at);
            self.level(items, from, at);
        }
        self.periods(items, from);
        for at in from..items.len() {
            self.measure(items, from, at);
        }
        for at in from..items.len() {
            self.reached(items, at);
        }
    }

    pub(crate) fn read_cues(&self, items: &mut [Item], from: usize) {
        for at in from..items.len() {
            let (left, right) = items.split_at_mut(at);
            let Some(item) = right.first_mut() else { continue };
            if item.is_time() || item.kind == FigureKind::Ordinal {
                continue;
            }
            let (bound, first) = self.bound_of(item);
            // What two bounds made has none left.
            let bound = bound.filter(|_| item.rule != TWO_BOUNDS);
            // "over-65s" has its bound inside.
            let bound = if item.rule == "aged-group" { item.bound } else { bound };
            (item.bound, item.lead) = (bound, first);
            if item.rule != "multiple" {
                item.direction = self.direction_of(item, first);
            }
            let Some(previous) = left.get(from..).and_then(<[Item]>::last) else { continue };
            if item.direction.is_none() && previous.direction.is_some() && self.is_beside(previous, item) {
                item.direction = previous.direction;
            }
            // "up 0.3% from June and 5.2% from a year earlier"
            if item.direction.is_none()
                && item.kind == FigureKind::Percent
                && previous.is_time()
                && let Some([earlier, time]) = left.get(from..).and_then(<[Item]>::last_chunk)
                && earlier.kind == FigureKind::Percent
                && earlier.direction.is_some()
                && self.is_against(earlier.end, time.first)
                && item.first - time.end <= 2
                && (time.end..item.first).all(|at| self.is_any(at, &[words::AND, words::COMMA]))
                && self.is_any(item.end, &[words::FROM, words::ON, words::OVER])
            {
                item.direction = earlier.direction;
            }
            if item.bound.is_none() && self.converts(previous, item) {
                item.bound = previous.bound;
            }
            if self.converts(previous, item)
                && self.is(item.end, words::CLOSE)
                && item.per.is_none()
                && previous.per.is_none()
                && let Counted::Unit(unit) = item.counted
                && let Some((per, _)) = self.per(unit, item.end + 1)
            {
                // "C$6 (US$4.46) per share", "9 billion shekels ($2.4 billion) a year".
                item.per = Some(per);
                if let Some(previous) = left.last_mut() {
                    previous.per = Some(per);
                }
            }
            // "40% more than …" is an increase, not a bound.
            if item.direction.is_some()
                && self.is_any(item.end, &[words::MORE, words::LESS])
                && bound.is_some()
                && first == item.first
            {
                item.bound = None;
            }
        }
    }

    /// Whether a preposition alone leads from a percentage to the period that it is held against.
    fn is_against(&self, end: usize, time: usize) -> bool {
        time == end + 1 && self.is_any(end, &[words::FROM, words::ON, words::OVER])
    }

    /// Whether a figure is what another one is compared with: "up from 8", "compared with 1.4%", "than the $3 million".
    pub(crate) fn is_old_level(&self, items: &[Item], from: usize, at: usize) -> bool {
        let Some(item) = items.get(at) else { return false };
        let before = item.first.wrapping_sub(1);
        let before = before.wrapping_sub(usize::from(self.is(before, words::THE)));
        let held = self
            .is_any(before, &[words::FROM, words::THAN, words::AGAINST, words::VERSUS, hash_lowered("vs")])
            || self.is_any(before, &[hash_lowered("with"), words::TO])
                && self.is_any(before.wrapping_sub(1), &[words::COMPARED, hash_lowered("compares")]);
        // "more than 700" compares with nothing that was mentioned.
        if !held || self.is(before, words::THAN) && item.bound.is_some() {
            return false;
        }
        let level = items.get(from..at).unwrap_or_default().iter().rev().take(4);
        let behind = items.get(at + 1..).unwrap_or_default().iter().take(3);
        let mut same = level.chain(behind).filter(|level| !level.is_time());
        same.any(|level| level.counted == item.counted && level.per.is_some() == item.per.is_some())
    }
}
