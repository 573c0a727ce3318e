//! Dates relative to the day of publication or to another date of the text, and times of day.

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::origin;
use crate::parse::dates::{
    ago, calendar, clock, dated, decade, deictic, edges, nth, same_period, sets, spans, till_now, weekend,
};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::{Step, When};

const CORRESPONDING: u64 = hash_lowered("corresponding");

const COMPARABLE: u64 = hash_lowered("comparable");

/// A date, period or time that begins at a token.
pub(crate) fn temporal(scope: &Scope<'_>, at: usize) -> Option<Item> {
    first_of!(
        clock::clock(scope, at),
        calendar::calendar(scope, at),
        relative(scope, at),
        ago::ago(scope, at)
    )
}

pub(crate) fn relative(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if let Some(item) = spans::stretch(scope, at) {
        return Some(item);
    }
    if let Some(item) = nth::nth_span(scope, at) {
        return Some(item);
    }
    if !scope.has(at, role::RELATIVE) {
        return scope.text(at).starts_with("FY").then(|| edges::edge(scope, at)).flatten();
    }
    if scope.is_any(at, &[words::LAST, words::PAST])
        && let Some(item) = spans::last_stretch(scope, at)
    {
        return Some(item);
    }
    if let Some(item) = sets::set(scope, at)
        .or_else(|| spans::numbered_week(scope, at))
        .or_else(|| weekend::weekend(scope, at))
        .or_else(|| edges::edge(scope, at))
        .or_else(|| decade::named_decade(scope, at))
    {
        return Some(item);
    }
    const DAYS: [(u64, i32); 6] = [
        (hash_lowered("tmrw"), 1),
        (hash_lowered("tmr"), 1),
        (hash_lowered("yesterday"), -1),
        (hash_lowered("today"), 0),
        (hash_lowered("tonight"), 0),
        (hash_lowered("tomorrow"), 1),
    ];
    if let Some((_, count)) = DAYS.iter().find(|(word, _)| scope.is(at, *word)) {
        // "USA TODAY": a name.
        let capitals = scope.text(at).bytes().all(|byte| byte.is_ascii_uppercase());
        let next = scope.token(at + 1).is_some_and(|token| token.is_word() && token.is_capitalized());
        // "the Tomorrow Group", "TODAY NORLAND (Agency)"
        let names = next && !scope.has(at + 1, role::MONTH | role::WEEKDAY) && (capitals || at > scope.start);
        let name = capitals && scope.is_capitalized(at.wrapping_sub(1)) || scope.is_capitalized(at) && names;
        if name {
            return None;
        }
        // "today's", "today" in the sense of nowadays are not distinguished.
        return Some(dated::date_item(
            scope,
            at,
            at + 1,
            When::offset(scope.today, *count, Step::Day),
            origin::RELATIVE_DAY,
        ));
    }
    if scope.is_any(at, &[words::EARLIER, words::LATER, words::EARLY, words::LATE]) {
        if scope.is(at, words::EARLIER) && scope.is(at + 1, hash_lowered("today")) {
            return Some(dated::date_item(
                scope,
                at,
                at + 2,
                When::offset(scope.today, 0, Step::Day),
                origin::RELATIVE_DAY,
            ));
        }
        let inner = deictic::deictic(scope, at + 1).or_else(|| {
            calendar::calendar(scope, at + 1).filter(|_| scope.is_any(at, &[words::EARLY, words::LATE]))
        })?;
        return Some(Item { first: at, span: scope.span(at, inner.end), ..inner });
    }
    if scope.is(at, words::YEAR)
        && let Some(item) = same_period::year_before(scope, at)
    {
        return Some(item);
    }
    if let Some(item) = till_now::year_to_date(scope, at) {
        return Some(item);
    }
    if scope.is_any(at, &[words::SAME, CORRESPONDING, COMPARABLE]) {
        return same_period::same(scope, at);
    }
    deictic::deictic(scope, at)
}
