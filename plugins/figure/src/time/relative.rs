//! Dates that are given relative to the day of publication or from another date of the text, and times of day.

use copydesk_core::hash_lowered;

use crate::item::{Item, RelativeTo};
use crate::scope::Scope;
use crate::time::when::{Step, When};
use crate::time::{
    ago, calendar, clock, decade, edges, nearest, nth, same_period, sets, spans, till_now, weekend,
};
use crate::vocabulary::role;
use crate::words;

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

pub(crate) fn step(scope: &Scope<'_>, at: usize) -> Option<Step> {
    let entry = scope.entry(at);
    if !entry.is(role::SPAN) {
        return None;
    }
    Some(match entry.calendar {
        0 => Step::Day,
        1 | 2 => Step::Week,
        3 => Step::Month,
        4 => Step::Quarter,
        5 => Step::Year,
        _ => return None,
    })
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
        return Some(calendar::date_item(
            scope,
            at,
            at + 1,
            When::offset(scope.today, *count, Step::Day),
            "relative-day",
        ));
    }
    if scope.is_any(at, &[words::EARLIER, words::LATER, words::EARLY, words::LATE]) {
        if scope.is(at, words::EARLIER) && scope.is(at + 1, hash_lowered("today")) {
            return Some(calendar::date_item(
                scope,
                at,
                at + 2,
                When::offset(scope.today, 0, Step::Day),
                "relative-day",
            ));
        }
        let inner = deictic(scope, at + 1).or_else(|| {
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
    deictic(scope, at)
}

/// "last year", "this week", "next Tuesday", "last July", "this morning".
pub(crate) fn deictic(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let count = if scope.is_any(at, &[words::LAST, words::PREVIOUS])
        || scope.is(at, hash_lowered("latest"))
            && (scope.is(at + 1, words::QUARTER)
                || scope.is_any(at + 1, &[hash_lowered("fiscal"), hash_lowered("financial")]))
        || scope.is(at, words::PAST)
            && (scope.has(at + 1, role::SPAN) && !scope.text(at + 1).ends_with('s')
                || scope.is(at + 1, hash_lowered("fortnight")))
    {
        -1
    } else if scope.is_any(at, &[words::NEXT, words::COMING])
        || scope.is(at, words::FOLLOWING)
            && scope.has(at + 1, role::SPAN)
            && !scope.text(at + 1).ends_with('s')
    {
        1
    } else if scope.is_any(at, &[words::THIS, words::CURRENT]) {
        0
    } else {
        return None;
    };
    let past = usize::from(count == 0 && scope.is_any(at + 1, &[words::PAST, words::COMING]));
    let count = if past == 0 {
        count
    } else if scope.is(at + 1, words::PAST) {
        -1
    } else {
        1
    };
    let noun = at + 1 + past;
    let entry = scope.entry(noun);
    // "last fiscal year": the calendar year of its name.
    let noun = if scope.is_any(
        noun,
        &[
            hash_lowered("fiscal"),
            hash_lowered("financial"),
            hash_lowered("school"),
            hash_lowered("academic"),
        ],
    ) && scope.is(noun + 1, words::YEAR)
    {
        noun + 1
    } else {
        noun
    };
    let entry = if noun > at + 1 + past { scope.entry(noun) } else { entry };
    // "the next quarter-century"
    if scope.is(noun + 1, words::HYPHEN) && scope.glued(noun + 1) && scope.is(noun + 2, words::CENTURY) {
        return None;
    }
    if let Some(item) = spans::one_span(scope, at, noun, count) {
        return Some(item);
    }
    // "next 6th of April", "this 5/12": the date itself, moved to the year that fits.
    if scope.token(noun).is_some_and(|token| token.has(copydesk_core::segment::token_flag::DIGIT)) {
        return nearest::dated_deictic(scope, at, noun, count);
    }
    let when = if entry.is(role::WEEKDAY) && past > 0 {
        nearest::nearest_weekday(scope, entry.calendar as i8, count)
    } else if entry.is(role::WEEKDAY) {
        nearest::weekday_from(scope, entry.calendar as i8, count)
    } else if entry.is(role::MONTH)
        && (scope.is_capitalized(noun) || scope.text(noun).len() > 3 && !scope.is(noun, words::MARCH))
    {
        nearest::month_from(scope, entry.calendar as i8, count)
    } else if entry.is(role::SEASON) {
        nearest::season_from(scope, entry.calendar as i8, count)
    } else if entry.is(role::SPAN) && entry.calendar == 2 {
        match When::offset(scope.today, count, Step::Week) {
            When::Week(year, week) => When::Weekend(year, week),
            other => other,
        }
    } else if scope.is_any(
        noun,
        &[hash_lowered("morning"), hash_lowered("afternoon"), hash_lowered("evening"), hash_lowered("night")],
    ) {
        if count > 0 {
            return None;
        }
        When::offset(scope.today, count, Step::Day)
    } else {
        let step = step(scope, noun)?;
        // "this day", "last day" and plurals are something else.
        if step == Step::Day || scope.text(noun).ends_with('s') {
            return None;
        }
        // "the last week of May", "last month of the year"
        if scope.is(noun + 1, words::OF) && scope.is(at.wrapping_sub(1), words::THE) {
            return None;
        }
        When::offset(scope.today, count, step)
    };
    let when = match when {
        // "this weekend" early in a week that looks back.
        When::Weekend(year, week) if count == 0 && weekend::looks_back(scope, noun) => {
            match When::offset(scope.today, -1, Step::Week) {
                When::Week(year, week) => When::Weekend(year, week),
                _ => When::Weekend(year, week),
            }
        }
        when => when,
    };
    let first = if scope.is(at.wrapping_sub(1), words::THE)
        && scope.is_any(at, &[words::PREVIOUS, words::CURRENT, words::COMING])
    {
        at - 1
    } else {
        at
    };
    let mut item = calendar::date_item(scope, first, noun + 1, when, "relative");
    // "compared with £5.3m the previous year": the one before the year that the text names.
    if scope.is(at, words::PREVIOUS) && first < at && scope.is(noun, words::YEAR) && noun == at + 1 {
        item.relative_to = Some(RelativeTo::Shift(-1));
    }
    Some(edges::weekday_in(scope, item).unwrap_or(item))
}
