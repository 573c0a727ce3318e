//! The date or period that a pattern's captures make.

use jiff::civil::Date;

use crate::item::Item;
use crate::parse::dates::{dated, month};
use crate::patterns::matcher::Captures;
use crate::patterns::values::Match;
use crate::sentence::scope::Scope;
use crate::sentence::{marks, words};
use crate::when::When;

/// The figure of what a pattern captured; `None` if no such date exists, or if it is before the year that the row gives.
pub(crate) fn captured(found: &Match<'_>) -> Option<Item> {
    let Match { scope, first, at, end, captures, origin, .. } = *found;
    let captures = &in_order(scope, captures);
    if let (Some(earliest), Some(year)) = (found.steps(), captures.year)
        && i32::from(year) < earliest
    {
        return None;
    }
    let from = date_of(scope, at, captures)?;
    let second = Captures {
        year: captures.year2.or(captures.year),
        month: captures.month2.or(captures.month),
        day: captures.day2.or(captures.day),
        ..*captures
    };
    if captures.day2.is_none() && captures.month2.is_none() && captures.year2.is_none() {
        return Some(dated::date_item(scope, first, end, from, origin));
    }
    let to = date_of(scope, at, &second)?;
    Some(dated::period_item(scope, first, end, from, to, origin))
}

/// Captures whose days and months are known: the month is the number that can be one, and if both can, the option decides.
fn in_order(scope: &Scope<'_>, captures: &Captures) -> Captures {
    let order = |first: i8, second: i8| {
        let day_first = first > 12 || scope.day_first && second <= 12;
        if day_first { (Some(second), Some(first)) } else { (Some(first), Some(second)) }
    };
    let mut ordered = *captures;
    if let (Some(first), Some(second)) = (captures.first, captures.second) {
        (ordered.month, ordered.day) = order(first, second);
    }
    if let (Some(first), Some(second)) = (captures.first2, captures.second2) {
        (ordered.month2, ordered.day2) = order(first, second);
    }
    ordered
}

/// "29-11-83": neither a score nor a record in sports.
pub(crate) fn no_score(found: &Match<'_>) -> Option<Item> {
    let (first, second) = (found.captures.first?, found.captures.second?);
    let distinct = found.captures.year? < 2000 && (first > 12) != (second > 12);
    if distinct { captured(found) } else { None }
}

/// "FY2021-22": a year that is named by the two calendar years that it is in.
pub(crate) fn split_year(found: &Match<'_>) -> Option<Item> {
    let follows = found.captures.year2? == found.captures.year? + 1;
    if follows { captured(found) } else { None }
}

/// The most precise date that the captures give; missing parts are resolved against the day of publication.
fn date_of(scope: &Scope<'_>, at: usize, captures: &Captures) -> Option<When> {
    if let Some(quarter) = captures.quarter {
        return Some(captures.year.map_or(When::AnyQuarter(quarter), |year| When::Quarter(year, quarter)));
    }
    if let Some(half) = captures.half {
        return Some(captures.year.map_or(When::AnyHalf(half), |year| When::Half(year, half)));
    }
    match (captures.year, captures.month, captures.day) {
        (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok().map(When::Day),
        (None, Some(month), Some(day)) => dated::day_of(scope, at, None, month, day),
        (year, Some(month), None) => Some(month::month_of(scope, at, year, month)),
        (Some(year), None, None) => Some(When::Year(year)),
        _ => None,
    }
}

/// Whether the token before a glued one opens something: a bracket, a quotation mark, a dash between words.
pub(crate) fn opens(scope: &Scope<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    scope.is_any(before, &[words::OPEN, words::OPEN_SQUARE, words::EM_DASH]) || marks::is_quote(scope, before)
}

/// The token after the one that ends at a byte, from a token on; `None` where that byte is inside a token.
pub(crate) fn token_ending(scope: &Scope<'_>, at: usize, stop: usize) -> Option<usize> {
    (at..scope.end)
        .take(64)
        .find_map(|at| {
            let end = scope.token(at)?.span().end() as usize;
            (end >= stop).then_some((at + 1, end))
        })
        .filter(|(_, end)| *end == stop)
        .map(|(next, _)| next)
}
