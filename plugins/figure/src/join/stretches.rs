//! Stretches given by their length and their last day: "three months to June", "the quarter ended June 30".

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::dates::calendar_units::length;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// Words that lead to the last day of a stretch.
pub(crate) const ENDED: [u64; 5] =
    [words::TO, words::THROUGH, hash_lowered("ended"), hash_lowered("ending"), words::UNTIL];

/// The first day of a stretch, given its last day, month or year and its length.
pub(crate) fn first_of(last: When, length: jiff::Span) -> Option<When> {
    let months = i64::from(length.get_years()) * 12 + i64::from(length.get_months());
    // "the week to June 20", "four weeks to June 20": the last day is the last of them.
    let days = i64::from(length.get_weeks()) * 7 + i64::from(length.get_days());
    if months == 0
        && days > 1
        && let When::Day(day) = last
    {
        return day.tomorrow().ok()?.checked_sub(Span::new().try_days(days).ok()?).ok().map(When::Day);
    }
    if months == 0 || days != 0 {
        return None;
    }
    match last {
        When::Month(year, month) => {
            let day =
                Date::new(year, month, 1).ok()?.checked_sub(Span::new().try_months(months - 1).ok()?).ok()?;
            Some(When::Month(day.year(), day.month()))
        }
        When::Day(day) => {
            let next = day.tomorrow().ok()?.checked_sub(Span::new().try_months(months).ok()?).ok()?;
            // "the quarter ended June 30" begins with a month.
            Some(When::Day(next))
        }
        When::Year(year) if months % 12 == 0 => {
            Some(When::Year(year.checked_sub(i16::try_from(months / 12 - 1).ok()?)?))
        }
        _ => None,
    }
}

/// "three months to June", "the six months to the end of June", "12 months through March 31".
pub(crate) fn stretch_to(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    if left.kind != FigureKind::Duration || !ends_with(scope, left.end, right.first) {
        return None;
    }
    let Content::Time(last) = right.content else { return None };
    let first = first_of(last, length(left)?)?;
    Some(dated::period_item(scope, left.first, right.end, first, last, origin::STRETCH_TO))
}

/// "the quarter ended June 30", "the year to July": a stretch given by one word and its last day.
pub(crate) fn stretch_ended(scope: &Scope<'_>, item: &Item) -> Option<Item> {
    let Content::Time(last) = item.content else { return None };
    let edge = (1..4).map(|back| item.first.wrapping_sub(back)).find(|at| scope.is_any(*at, &ENDED))?;
    let noun = edge.wrapping_sub(1);
    let span = match scope.hash(noun) {
        words::YEAR => 1.year(),
        words::QUARTER => 3.months(),
        words::HALF => 6.months(),
        hash if hash == hash_lowered("week") => 1.week(),
        _ => return None,
    };
    let mut first = noun;
    if scope.is_any(first.wrapping_sub(1), &[hash_lowered("fiscal"), hash_lowered("financial")]) {
        first -= 1;
    }
    if !scope.is(first.wrapping_sub(1), words::THE) || !ends_with(scope, edge, item.first) {
        return None;
    }
    let from = first_of(last, span)?;
    Some(dated::period_item(scope, first - 1, item.end, from, last, origin::STRETCH_TO))
}

/// Whether the tokens are words such as "to", "ended", "through the end of".
pub(crate) fn ends_with(scope: &Scope<'_>, from: usize, end: usize) -> bool {
    scope.is_any(from, &ENDED)
        && (from + 1..end)
            .all(|at| scope.is_any(at, &[words::THE, words::OF, words::ON, words::IN, hash_lowered("end")]))
        && end > from
        && end - from <= 4
}
