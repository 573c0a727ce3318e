//! How the figures of a sentence belong together: shared units, what changed, against what, in which period, and what is measured.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;

use crate::item::{Counted, Item};
use crate::meaning::{beside, change, cues, direction, level, measure};
use crate::numbers::bounds::TWO_BOUNDS;
use crate::numbers::{per, shared};
use crate::relate::period;
use crate::scope::Scope;
use crate::time::periods;
use crate::words;

/// Relates the figures from place `from` on: those of this sentence.
pub(crate) fn relate(scope: &Scope<'_>, items: &mut [Item], from: usize) {
    shared::share_units(scope, items, from);
    for at in from + 1..items.len() {
        shared::share_currency(scope, items, at);
        shared::elided_unit(scope, items, from, at);
        shared::points_of_percent(scope, items, at);
        shared::noun_behind_size(scope, items, at - 1);
    }
    read_cues(scope, items, from);
    for at in from..items.len() {
        periods::resolve_relative(items, at);
    }
    for at in from..items.len() {
        change::change(scope, items, from, at);
        level::level(scope, items, from, at);
    }
    period::periods(scope, items, from);
    for at in from..items.len() {
        measure::measure(scope, items, from, at);
    }
    for at in from..items.len() {
        level::reached(scope, items, at);
    }
}

pub(crate) fn read_cues(scope: &Scope<'_>, items: &mut [Item], from: usize) {
    for at in from..items.len() {
        let (left, right) = items.split_at_mut(at);
        let Some(item) = right.first_mut() else { continue };
        if item.is_time() || item.kind == FigureKind::Ordinal {
            continue;
        }
        let (bound, first) = cues::bound_of(scope, item);
        // What two bounds made has none left.
        let bound = bound.filter(|_| item.rule != TWO_BOUNDS);
        // "over-65s" has its bound inside.
        let bound = if item.rule == "aged-group" { item.bound } else { bound };
        (item.bound, item.lead) = (bound, first);
        if item.rule != "multiple" {
            item.direction = direction::direction_of(scope, item, first);
        }
        let Some(previous) = left.get(from..).and_then(<[Item]>::last) else { continue };
        if item.direction.is_none()
            && previous.direction.is_some()
            && beside::is_beside(scope, previous, item)
        {
            item.direction = previous.direction;
        }
        // "up 0.3% from June and 5.2% from a year earlier"
        if item.direction.is_none()
            && item.kind == FigureKind::Percent
            && previous.is_time()
            && let Some([earlier, time]) = left.get(from..).and_then(<[Item]>::last_chunk)
            && earlier.kind == FigureKind::Percent
            && earlier.direction.is_some()
            && is_against(scope, earlier.end, time.first)
            && item.first - time.end <= 2
            && (time.end..item.first).all(|at| scope.is_any(at, &[words::AND, words::COMMA]))
            && scope.is_any(item.end, &[words::FROM, words::ON, words::OVER])
        {
            item.direction = earlier.direction;
        }
        if item.bound.is_none() && beside::converts(scope, previous, item) {
            item.bound = previous.bound;
        }
        if beside::converts(scope, previous, item)
            && scope.is(item.end, words::CLOSE)
            && item.per.is_none()
            && previous.per.is_none()
            && let Counted::Unit(unit) = item.counted
            && let Some((per, _)) = per::per(scope, unit, item.end + 1)
        {
            // "C$6 (US$4.46) per share", "9 billion shekels ($2.4 billion) a year".
            item.per = Some(per);
            if let Some(previous) = left.last_mut() {
                previous.per = Some(per);
            }
        }
        // "40% more than …" is an increase, not a bound.
        if item.direction.is_some()
            && scope.is_any(item.end, &[words::MORE, words::LESS])
            && bound.is_some()
            && first == item.first
        {
            item.bound = None;
        }
    }
}

/// Whether a preposition alone leads from a percentage to the period that it is held against.
fn is_against(scope: &Scope<'_>, end: usize, time: usize) -> bool {
    time == end + 1 && scope.is_any(end, &[words::FROM, words::ON, words::OVER])
}

/// Whether a figure is what another one is compared with: "up from 8", "compared with 1.4%", "than the $3 million".
pub(crate) fn is_old_level(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> bool {
    let Some(item) = items.get(at) else { return false };
    let before = item.first.wrapping_sub(1);
    let before = before.wrapping_sub(usize::from(scope.is(before, words::THE)));
    let held = scope
        .is_any(before, &[words::FROM, words::THAN, words::AGAINST, words::VERSUS, hash_lowered("vs")])
        || scope.is_any(before, &[hash_lowered("with"), words::TO])
            && scope.is_any(before.wrapping_sub(1), &[words::COMPARED, hash_lowered("compares")]);
    // "more than 700" compares with nothing that was mentioned.
    if !held || scope.is(before, words::THAN) && item.bound.is_some() {
        return false;
    }
    let level = items.get(from..at).unwrap_or_default().iter().rev().take(4);
    let behind = items.get(at + 1..).unwrap_or_default().iter().take(3);
    let mut same = level.chain(behind).filter(|level| !level.is_time());
    same.any(|level| level.counted == item.counted && level.per.is_some() == item.per.is_some())
}
