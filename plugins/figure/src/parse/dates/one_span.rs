//! One unit of time, counted from the day of publication: "last week", "the past decade".

use copydesk_core::hash_lowered;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::Item;
use crate::origin;
use crate::origin::Origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// Words before a stretch of time during which something happened.
pub(crate) const OVER: [u64; 6] = [
    words::OVER,
    words::DURING,
    words::FOR,
    hash_lowered("within"),
    hash_lowered("throughout"),
    hash_lowered("across"),
];

/// "next decade", "the next workweek", "the past fortnight" and other single spans.
pub(crate) fn one_span(scope: &Scope<'_>, at: usize, noun: usize, count: i32) -> Option<Item> {
    let today = scope.today?;
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    // The number of whole years of the calendar.
    let years = |long: i16, origin: Origin| {
        let from = today.year() - today.year().rem_euclid(long) + long * i16::try_from(count).ok()?;
        Some(dated::period_item(
            scope,
            first,
            noun + 1,
            When::Year(from),
            When::Year(from + long - 1),
            origin,
        ))
    };
    if scope.is(noun, hash_lowered("decade")) {
        // "over the next decade", "the past decade": ten years; else the decade of the calendar.
        if scope.is_any(at, &[words::PAST, words::COMING]) || scope.is_any(first.wrapping_sub(1), &OVER) {
            let (from, to) = if count < 0 {
                (today.checked_sub(10.years()).ok()?, today)
            } else {
                (today.tomorrow().ok()?, today.checked_add(10.years()).ok()?)
            };
            return Some(dated::days_item(scope, first, noun + 1, [from, to], origin::STRETCH));
        }
        return years(10, origin::DECADE);
    }
    if scope.is(noun, words::CENTURY) && count != 0 {
        // "over the past century"
        if scope.is(at, words::PAST) {
            let from = today.checked_sub(100.years()).ok()?;
            return Some(dated::days_item(scope, first, noun + 1, [from, today], origin::STRETCH));
        }
        return years(100, origin::CENTURY);
    }
    if scope.is_any(noun, &[hash_lowered("workweek"), hash_lowered("work-week")]) {
        let monday = monday_of(today)?.checked_add((7 * i64::from(count)).days()).ok()?;
        let friday = monday.checked_add(4.days()).ok()?;
        return Some(dated::days_item(scope, first, noun + 1, [monday, friday], origin::WORKWEEK));
    }
    if scope.is(noun, FORTNIGHT) {
        let days = |by: i64| today.checked_add(by.days()).ok();
        let (from, to) = if count < 0 { (days(-14)?, today) } else { (days(1)?, days(14)?) };
        return Some(dated::days_item(scope, first, noun + 1, [from, to], origin::FORTNIGHT));
    }
    None
}

pub(crate) const FORTNIGHT: u64 = hash_lowered("fortnight");

pub(crate) fn monday_of(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}
