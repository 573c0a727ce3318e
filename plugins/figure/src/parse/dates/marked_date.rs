//! Dates whose parts are joined by punctuation or by nothing: "Oct/2", "23/Sep/2020", "2015-3", "20170302".

use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{clock, dated, day, numeric_date};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};
use crate::when::When;

/// Words before two numbers that are a date: "since 22/04".
const BEFORE_DATE: [u64; 6] = [words::ON, words::THIS, words::NEXT, words::LAST, words::SINCE, words::UNTIL];

/// Dates whose parts are joined by punctuation: "Oct/2", "23/Sep/2020", "2015-3", "22/04", "Dec/2018", "2017-q1".
pub(crate) fn joined_date(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let mark = scope.hash(at + 1);
    let marked = matches!(mark, words::HYPHEN | words::SLASH) && is_joint(scope, at + 1, mark);
    if scope.is_number(at) && scope.text(at).len() == 8 && !marked {
        return compact(scope, at);
    }
    if !marked || scope.glued(at) && matches!(scope.hash(at.wrapping_sub(1)), words::HYPHEN | words::SLASH) {
        return None;
    }
    if is_joint(scope, at + 3, mark) {
        return day_of_three_parts(scope, at);
    }
    if let Some(month) = month_at(scope, at) {
        return month_and_number(scope, at, month, at + 2);
    }
    if let Some(month) = month_at(scope, at + 2) {
        return month_and_number(scope, at, month, at);
    }
    // "5/1-5/7/2020"
    if mark == words::SLASH
        && scope.is_dash(at + 3)
        && let Some(last) = numeric_date::numeric(scope, at + 4)
        && let Content::Time(When::Day(day)) = last.content
    {
        let (month, date) = in_order(scope, scope.small(at)?, scope.small(at + 2)?);
        let first = Date::new(day.year(), i8::try_from(month).ok()?, i8::try_from(date).ok()?).ok()?;
        return Some(dated::days_item(scope, at, last.end, [first, day], origin::DAYS));
    }
    if let Some(year) = full_year(scope, at) {
        return after_year(scope, at, year, mark);
    }
    // "12-2015"
    if let (Some(month), Some(year)) = (month_number(scope, at), full_year(scope, at + 2)) {
        return Some(dated::date_item(scope, at, at + 3, When::Month(year, month), origin::MONTH));
    }
    day_and_month(scope, at, mark)
}

/// Whether a mark joins two parts without blanks.
fn is_joint(scope: &Scope<'_>, at: usize, mark: u64) -> bool {
    scope.hash(at) == mark && scope.glued(at) && scope.glued(at + 1)
}

/// The month that a name gives.
fn month_at(scope: &Scope<'_>, at: usize) -> Option<i8> {
    let named = scope.has(at, role::MONTH) && scope.is_word(at);
    named.then(|| scope.entry(at).calendar as i8)
}

/// The month that a number gives.
fn month_number(scope: &Scope<'_>, at: usize) -> Option<i8> {
    scope.small(at).filter(|month| (1..=12).contains(month)).map(|month| month as i8)
}

/// A year of four digits.
fn full_year(scope: &Scope<'_>, at: usize) -> Option<i16> {
    calendar_number::year_at(scope, at).filter(|_| scope.text(at).len() == 4)
}

/// A year of two digits, from 1941 to 2040: "28-Nov-83".
fn short_year(scope: &Scope<'_>, at: usize) -> Option<i16> {
    let year = scope.small(at).filter(|_| scope.text(at).len() == 2)?;
    i16::try_from(if year > 40 { 1900 + year } else { 2000 + year }).ok()
}

/// Month and day of two numbers, by their size, else in the order that is usual where the document was written.
fn in_order(scope: &Scope<'_>, first: u32, second: u32) -> (u32, u32) {
    if first > 12 || scope.day_first && second <= 12 { (second, first) } else { (first, second) }
}

/// "23/Sep/2020", "2020-Sep-23", "Sep-23-2020": three parts, one of which is the name of a month.
fn day_of_three_parts(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let month = |at: usize| month_at(scope, at);
    let day = |at: usize| calendar_number::day_at(scope, at);
    let year = |at: usize| full_year(scope, at);
    let (month, day_and_year) = match (month(at), month(at + 2), month(at + 4)) {
        (Some(month), None, None) => {
            (month, day(at + 2).zip(year(at + 4)).or_else(|| day(at + 4).zip(year(at + 2))))
        }
        (None, Some(month), None) => (
            month,
            day(at)
                .zip(year(at + 4).or_else(|| short_year(scope, at + 4)))
                .or_else(|| day(at + 4).zip(year(at))),
        ),
        (None, None, Some(month)) => (month, day(at).zip(year(at + 2)).or_else(|| day(at + 2).zip(year(at)))),
        _ => return None,
    };
    let (day, year) = day_and_year?;
    let when = Date::new(year, month, day).ok().map(When::Day)?;
    Some(dated::date_item(scope, at, at + 5, when, origin::DATE))
}

/// "Oct/2", "Dec/2018": the name of a month, and the day or year at `other`.
fn month_and_number(scope: &Scope<'_>, at: usize, month: i8, other: usize) -> Option<Item> {
    if let Some(year) = full_year(scope, other) {
        return Some(dated::date_item(scope, at, at + 3, When::Month(year, month), origin::MONTH));
    }
    let when = dated::day_of(scope, at, None, month, calendar_number::day_at(scope, other)?)?;
    Some(dated::date_item(scope, at, at + 3, when, origin::DATE))
}

/// "2017-q1", "2015-3", "2008-9": a year, and a quarter, a month or the year after it.
fn after_year(scope: &Scope<'_>, at: usize, year: i16, mark: u64) -> Option<Item> {
    if let Some(when) = day::quarter_sign(scope, at + 2, Some(year)) {
        return Some(dated::date_item(scope, at, at + 3, when, origin::QUARTER));
    }
    let month = month_number(scope, at + 2)?;
    let digits = scope.text(at + 2).len();
    // "2008-9"
    if mark == words::HYPHEN && digits == 1 && i16::from(month) == year % 10 + 1 {
        let (from, to) = (When::Year(year), When::Year(year + 1));
        return Some(dated::period_item(scope, at, at + 3, from, to, origin::YEARS));
    }
    // "1998-99" is a season; "2007-12" may be a season or a month, but is unlikely to be a month.
    let period = digits == 2 && i16::from(month) > year % 100 && mark == words::HYPHEN && month > 9;
    (!period && mark == words::HYPHEN || mark == words::SLASH && digits < 2)
        .then(|| dated::date_item(scope, at, at + 3, When::Month(year, month), origin::MONTH))
}

/// "on 22/04", "this 5/12", "4-22": two numbers that only the words around them make a date.
pub(crate) fn day_and_month(scope: &Scope<'_>, at: usize, mark: u64) -> Option<Item> {
    let (a, b) = (scope.small(at)?, scope.small(at + 2)?);
    // The attacks, not a day of this year.
    if (a, b) == (9, 11) && mark == words::SLASH {
        return None;
    }
    let previous = at.wrapping_sub(1);
    let introduced =
        scope.is_any(previous, &BEFORE_DATE) || scope.is(previous, words::BY) && mark == words::SLASH;
    // "3/17 at 5pm"
    let timed = mark == words::SLASH && scope.is(at + 3, words::AT) && clock::clock(scope, at + 4).is_some();
    let introduced = introduced || timed;
    let zero = scope.text(at).starts_with('0') || scope.text(at + 2).starts_with('0');
    // "meet 5/17": nobody writes seventeenths in digits.
    let odd = a <= 12
        && (13..=31).contains(&b)
        && b != 16
        && mark == words::SLASH
        && scope.end > at + 3
        && at > scope.start
        && (marks::is_end(scope, at + 3) || scope.is(at + 3, words::COMMA));
    if !(introduced || odd || zero && mark == words::SLASH)
        || scope.has(at + 3, role::UNIT)
        || scope.is_lower_word(at + 3) && zero
    {
        return None;
    }
    let (month, day) = in_order(scope, a, b);
    let when = dated::day_of(scope, at, None, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    Some(dated::date_item(scope, at, at + 3, when, origin::DATE))
}

/// "20170302"
pub(crate) fn compact(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let text = scope.text(at);
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    if !(1900..=2100).contains(&year) {
        return None;
    }
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(dated::date_item(scope, at, at + 1, When::Day(date), origin::DATE))
}
