//! What a figure measures if it has no words of its own for it: the same as its neighbour, its change, or its counterpart.

use copydesk_core::Span;

use crate::item::Item;
use crate::relate::{apposition, beside, levels};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// The measure of the figure that this one belongs to.
pub(crate) fn inherited_measure(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> Option<Span> {
    let item = items.get(at)?;
    if let Some(measure) = item.of.and_then(|of| items.get(of)?.measure) {
        return Some(measure);
    }
    let before = at.checked_sub(1).filter(|before| *before >= from).and_then(|before| items.get(before));
    if let Some(before) = before
        && let Some(measure) = measure_beside(scope, before, item)
    {
        return Some(measure);
    }
    let earlier =
        || items.get(from..at).unwrap_or_default().iter().rev().take(4).filter(|item| !item.is_time());
    // "down 14.2% in May, and 6% lower than a year ago": one subject, and no verb between.
    if item.direction.is_some()
        && let Some(before) = earlier().next().filter(|before| before.direction.is_some())
        && !(before.end..item.first)
            .any(|at| scope.has(at, role::VERB | role::REPORT | role::UP | role::DOWN))
        && before.measure.is_some()
    {
        return before.measure;
    }
    // "Rates more than doubled, from 2.1 percent to 4.5 percent": the old level is between.
    if item.amount.is_some()
        && let [Some(old), Some(change)] = {
            let mut earlier = earlier();
            [earlier.next(), earlier.next()]
        }
        && levels::comes_from(scope, old)
        && change.direction.is_some()
        && old.first <= change.end + 3
        && change.measure.is_some()
    {
        return change.measure;
    }
    // "62 percent in June and 71 percent in July": one series.
    if let Some(time) = before.filter(|time| time.is_time())
        && let Some(other) = earlier().next()
        && other.kind == item.kind
        && other.counted == item.counted
        && time.first <= other.end + 2
        && item.first - time.end <= 2
        && (time.end..item.first).all(|at| scope.is_any(at, &[words::AND, words::COMMA, words::BUT]))
        && other.measure.is_some()
    {
        return other.measure;
    }
    // "to $2.3 billion from $2 billion": the same was measured before.
    if item.direction.is_none()
        && levels::is_old_level(scope, items, from, at)
        && let Some(level) = earlier().next().filter(|level| level.counted == item.counted)
        && level.measure.is_some()
    {
        return level.measure;
    }
    let near = items.iter().skip(at.saturating_sub(4).max(from)).take(4);
    near.into_iter().find(|change| change.of == Some(at)).and_then(|change| change.measure)
}

/// What the figure before measures, if both are about one thing.
fn measure_beside(scope: &Scope<'_>, before: &Item, item: &Item) -> Option<Span> {
    // "gained 25.3 points, or 0.6 percent": one subject; "3,000 square metres (32,292 square feet)"
    let together = item.direction.is_some()
        && before.direction == item.direction
        && beside::is_beside(scope, before, item)
        || beside::converts(scope, before, item);
    if together && before.measure.is_some() {
        return before.measure;
    }
    if before.is_time() {
        return None;
    }
    // "settled at $66.20 a barrel, up 90 cents"; "a net loss of $84 million, or 30 cents per share"
    let gap = before.end..item.first;
    let up = gap.len() == 2
        && scope.is(gap.start, words::COMMA)
        && scope.is_any(gap.start + 1, &[words::UP, words::DOWN]);
    let or = scope.is(gap.end.wrapping_sub(1), words::OR)
        && (gap.len() == 1 || gap.len() == 2 && scope.is(gap.start, words::COMMA));
    if (up || or) && before.kind == item.kind {
        return before.measure;
    }
    before.measure.and_then(|_| apposition::measured_in_gap(scope, before, item))
}
