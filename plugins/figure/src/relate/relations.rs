//! How the figures of a sentence belong together: shared units, what changed, its baseline, the period, and what is measured.

use copydesk_core::layers::FigureKind;

use crate::item::{Counted, Item};
use crate::join::bounds;
use crate::origin::Form;
use crate::parse::amounts::per;
use crate::relate::{beside, direction};
use crate::sentence::scope::Scope;
use crate::sentence::words;

pub(crate) fn read_cues(scope: &Scope<'_>, items: &mut [Item], from: usize) {
    for at in from..items.len() {
        let (left, right) = items.split_at_mut(at);
        let Some(item) = right.first_mut() else { continue };
        if item.is_time() || item.kind == FigureKind::Ordinal {
            continue;
        }
        let (bound, first) = bounds::bound_of(scope, item);
        // A figure made of two bounds has no further bound.
        let bound = bound.filter(|_| item.origin.form != Form::TwoBounds);
        // "over-65s" has its bound inside.
        let bound = if item.origin.form == Form::AgedGroup { item.bound } else { bound };
        (item.bound, item.lead) = (bound, first);
        if item.origin.form != Form::Multiple {
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

/// Whether a preposition alone leads from a percentage to the period that it is compared with.
fn is_against(scope: &Scope<'_>, end: usize, time: usize) -> bool {
    time == end + 1 && scope.is_any(end, &[words::FROM, words::ON, words::OVER])
}
