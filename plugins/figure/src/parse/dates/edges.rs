//! Parts and neighbours of the current week, month or year: "the end of the year", "earlier in the week", "the week after next",
//! "the year before", "within five days".

use copydesk_core::hash_lowered;

use crate::item::{Content, Item, RelativeTo};
use crate::origin;
use crate::parse::amounts::{reading, sum};
use crate::parse::dates::calendar_units::length;
use crate::parse::dates::{calendar, calendar_units, dated, deictic, fiscal};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, tense, words};
use crate::when::{Step, When};

const EDGES: [u64; 7] = [
    hash_lowered("end"),
    hash_lowered("beginning"),
    hash_lowered("start"),
    hash_lowered("middle"),
    hash_lowered("close"),
    hash_lowered("rest"),
    hash_lowered("remainder"),
];

const FISCAL: [u64; 4] =
    [hash_lowered("fiscal"), hash_lowered("financial"), hash_lowered("school"), hash_lowered("academic")];

/// A date of this module that begins at a token.
pub(crate) fn edge(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if EDGES.contains(&scope.hash(at)) {
        return end_of(scope, at);
    }
    if scope.is_any(at, &[words::EARLIER, words::LATER, words::EARLY, words::LATE])
        && scope.is(at + 1, words::IN)
    {
        let item = running(scope, at + 2)?;
        return Some(Item { first: at, span: scope.span(at, item.end), ..item });
    }
    if FISCAL.contains(&scope.hash(at)) || scope.text(at).starts_with("FY") {
        return fiscal::fiscal(scope, at);
    }
    if scope.is(at, hash_lowered("within")) {
        return within(scope, at);
    }
    if scope.has(at, role::SPAN) {
        return day_but_one(scope, at)
            .or_else(|| end_joined(scope, at))
            .or_else(|| scope.is(at.wrapping_sub(1), words::THE).then(|| neighbour(scope, at)).flatten());
    }
    None
}

/// "the year", "the month", "this week": the current one.
fn running(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.is_any(at, &[words::THE, hash_lowered("my"), hash_lowered("our")]) {
        let step = calendar_units::step(scope, at + 1).filter(|step| *step != Step::Day)?;
        if scope.text(at + 1).ends_with('s') || scope.is(at + 2, words::OF) {
            return None;
        }
        return Some(dated::date_item(
            scope,
            at,
            at + 2,
            When::offset(scope.today, 0, step),
            origin::RUNNING,
        ));
    }
    deictic::deictic(scope, at)
}

/// "the end of the year", "end of month", "the beginning of next week", "the end of 1974", "rest of the week".
fn end_of(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let of = usize::from(scope.is(at + 1, words::OF));
    let next = at + 1 + of;
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let rest = scope.is_any(at, &[hash_lowered("rest"), hash_lowered("remainder")]);
    let inner = running(scope, next).or_else(|| {
        // "end of month"
        let step = calendar_units::step(scope, next).filter(|step| of > 0 && *step != Step::Day)?;
        let plain = !scope.text(next).ends_with('s') && !scope.is_lower_word(next + 1);
        plain.then(|| {
            dated::date_item(scope, next, next + 1, When::offset(scope.today, 0, step), origin::RUNNING)
        })
    });
    if rest {
        let inner = inner?;
        let (Some(today), Content::Time(when)) = (scope.today, inner.content) else { return None };
        let last = match when {
            When::Week(..) => when.days()?.1,
            When::Month(year, month) => jiff::civil::Date::new(year, month, 1).ok()?.last_of_month(),
            When::Year(year) => jiff::civil::Date::new(year, 12, 31).ok()?,
            _ => return None,
        };
        return Some(dated::days_item(scope, first, inner.end, [today, last], origin::REST));
    }
    let inner = inner.or_else(|| {
        (of > 0)
            .then(|| calendar::calendar(scope, next))
            .flatten()
            .filter(|item| matches!(item.content, Content::Time(_)))
    })?;
    Some(Item { first, span: scope.span(first, inner.end), ..inner })
}

/// "year-end", "year's end", "month-end".
fn end_joined(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let hyphen = scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1) && scope.glued(at + 2);
    let joined = (hyphen || scope.is(at + 1, words::S)) && scope.is(at + 2, hash_lowered("end"));
    let step =
        calendar_units::step(scope, at).filter(|step| joined && !matches!(step, Step::Day | Step::Week))?;
    // "the year-end results"
    let attribute = scope.is_lower_word(at + 3) && !scope.has(at + 3, role::FUNCTION | role::BREAK);
    if attribute || scope.text(at).ends_with('s') {
        return None;
    }
    Some(dated::date_item(scope, at, at + 3, When::offset(scope.today, 0, step), origin::RUNNING))
}

/// "the week after next", "the year before", "the month after".
fn neighbour(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let step = calendar_units::step(scope, at)?;
    if scope.text(at).ends_with('s') {
        return None;
    }
    let weekend = scope.entry(at).calendar == 2;
    if scope.is(at + 1, hash_lowered("after")) {
        let the = usize::from(scope.is(at + 2, words::THE));
        if scope.is(at + 2 + the, words::NEXT) && step != Step::Day {
            let when = match (When::offset(scope.today, 2, step), weekend) {
                (When::Week(year, week), true) => When::Weekend(year, week),
                (when, _) => when,
            };
            return Some(dated::date_item(scope, at - 1, at + 3 + the, when, origin::AFTER_NEXT));
        }
    }
    // "the year before last"
    if scope.is(at + 1, words::BEFORE) && scope.is(at + 2, words::LAST) && step != Step::Day {
        let when = match (When::offset(scope.today, -2, step), weekend) {
            (When::Week(year, week), true) => When::Weekend(year, week),
            (when, _) => when,
        };
        return Some(dated::date_item(scope, at - 1, at + 3, when, origin::BEFORE_LAST));
    }
    let before = scope.is_any(at + 1, &[words::BEFORE, hash_lowered("earlier")]);
    let closed =
        marks::is_end(scope, at + 2) || scope.is_any(at + 2, &[words::COMMA, words::SEMICOLON, words::CLOSE]);
    // "the day before": before the day that the text named last.
    let after = scope.is(at + 1, hash_lowered("after"));
    if (before || after) && closed && step == Step::Day {
        let days = if before { -1 } else { 1 };
        let when = When::offset(scope.today, days, step);
        let mut item = dated::date_item(
            scope,
            at - 1,
            at + 2,
            when,
            if before { origin::EARLIER } else { origin::LATER },
        );
        item.relative_to = Some(RelativeTo::Moved { months: 0, days });
        return Some(item);
    }
    if before && closed && step == Step::Year {
        let mut item =
            dated::date_item(scope, at - 1, at + 2, When::offset(scope.today, -1, step), origin::EARLIER);
        item.relative_to = Some(RelativeTo::Shift(-1));
        return Some(item);
    }
    None
}

/// "the day before yesterday", "the day after tomorrow".
fn day_but_one(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let before = scope.is(at + 1, words::BEFORE) && scope.is(at + 2, hash_lowered("yesterday"));
    let after = scope.is(at + 1, hash_lowered("after"))
        && scope.is_any(at + 2, &[hash_lowered("tomorrow"), hash_lowered("tmrw")]);
    if calendar_units::step(scope, at) != Some(Step::Day) || scope.text(at).ends_with('s') {
        return None;
    }
    // "the day before Christmas", "the day after May 3"
    let (back, on) = (scope.is(at + 1, words::BEFORE), scope.is(at + 1, hash_lowered("after")));
    if !(before || after)
        && (back || on)
        && scope.is(at.wrapping_sub(1), words::THE)
        && let Some(Item { content: Content::Time(When::Day(day)), end, .. }) =
            calendar::calendar(scope, at + 2)
    {
        let moved = if back { day.yesterday() } else { day.tomorrow() };
        return Some(dated::date_item(scope, at - 1, end, When::Day(moved.ok()?), origin::SHIFTED));
    }
    if !(before || after) {
        return None;
    }
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let when = When::offset(scope.today, if before { -2 } else { 2 }, Step::Day);
    Some(dated::date_item(scope, first, at + 3, when, origin::RELATIVE_DAY))
}

/// "within five days": from the day of publication on, if the sentence is about the future.
fn within(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let the = usize::from(scope.is(at + 1, words::THE));
    let upcoming =
        usize::from(scope.is_any(at + 1 + the, &[hash_lowered("upcoming"), words::NEXT, words::COMING]));
    let next = at + 1 + the + upcoming;
    if !(scope.is_number(next) || scope.has(next, role::CARDINAL)) || !tense::is_future(scope, at) {
        return None;
    }
    let amount = sum::summed(scope, reading::amount(scope, next)?);
    if scope.is(amount.end, words::OF) {
        return None;
    }
    let item = reading::single(scope, amount)?;
    let span = length(&item)?;
    let today = scope.today?;
    let last = today.checked_add(span).ok()?;
    (span.get_days() + span.get_weeks() + span.get_months() + i32::from(span.get_years()) > 0)
        .then(|| dated::days_item(scope, at, amount.end, [today, last], origin::WITHIN))
}
