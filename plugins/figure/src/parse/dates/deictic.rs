//! Dates that point from the day of publication: "last year", "this week", "next Tuesday".

use copydesk_core::hash_lowered;
use jiff::ToSpan;

use crate::item::{Content, Item, RelativeTo};
use crate::origin;
use crate::parse::dates::{calendar_units, dated, nearest, one_span};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::{Step, When};

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
    if let Some(item) = one_span::one_span(scope, at, noun, count) {
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
        let step = calendar_units::step(scope, noun)?;
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
        When::Weekend(year, week) if count == 0 && tense::looks_back(scope, noun) => {
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
    let mut item = dated::date_item(scope, first, noun + 1, when, origin::RELATIVE);
    // "compared with £5.3m the previous year": the one before the year that the text names.
    if scope.is(at, words::PREVIOUS) && first < at && scope.is(noun, words::YEAR) && noun == at + 1 {
        item.relative_to = Some(RelativeTo::Shift(-1));
    }
    Some(weekday_in(scope, item).unwrap_or(item))
}

/// "next week Wednesday", "next week on Tuesday"; `week` is the item of the week.
pub(crate) fn weekday_in(scope: &Scope<'_>, week: Item) -> Option<Item> {
    let Content::Time(when @ When::Week(..)) = week.content else { return None };
    let next = week.end + usize::from(scope.is(week.end, words::ON));
    let entry = scope.entry(next);
    if !entry.is(role::WEEKDAY) {
        return None;
    }
    let day = when.days()?.0.checked_add((i64::from(entry.calendar) - 1).days()).ok()?;
    Some(dated::date_item(scope, week.first, next + 1, When::Day(day), origin::WEEKDAY))
}
