//! Dates whose parts are joined by punctuation or by nothing: "Oct/2", "23/Sep/2020", "2015-3", "20170302".

use jiff::civil::Date;

use crate::item::Item;
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{clock, dated, day, numeric_date};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};
use crate::when::When;

/// Dates whose parts are joined by punctuation: "Oct/2", "23/Sep/2020", "2015-3", "22/04", "Dec/2018", "2017-q1".
pub(crate) fn joined_date(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let mark = scope.hash(at + 1);
    let joined = |at: usize| scope.hash(at) == mark && scope.glued(at) && scope.glued(at + 1);
    let marked = matches!(mark, words::HYPHEN | words::SLASH) && joined(at + 1);
    if scope.is_number(at) && scope.text(at).len() == 8 && !marked {
        return compact(scope, at);
    }
    if !marked || scope.glued(at) && matches!(scope.hash(at.wrapping_sub(1)), words::HYPHEN | words::SLASH) {
        return None;
    }
    let month = |at: usize| {
        let named = scope.has(at, role::MONTH) && scope.is_word(at);
        named.then(|| scope.entry(at).calendar as i8)
    };
    let day = |at: usize| calendar_number::day_at(scope, at);
    let year = |at: usize| calendar_number::year_at(scope, at).filter(|_| scope.text(at).len() == 4);
    // "28-Nov-83"
    let short = |at: usize| {
        let year = scope.small(at).filter(|_| scope.text(at).len() == 2)?;
        i16::try_from(if year > 40 { 1900 + year } else { 2000 + year }).ok()
    };
    let three = joined(at + 3);
    // Three parts, one of them a month's name.
    if three {
        let date = match (month(at), month(at + 2), month(at + 4)) {
            (Some(m), None, None) => day(at + 2)
                .zip(year(at + 4))
                .or_else(|| day(at + 4).zip(year(at + 2)))
                .map(|(day, year)| (year, m, day)),
            (None, Some(m), None) => day(at)
                .zip(year(at + 4).or_else(|| short(at + 4)))
                .or_else(|| day(at + 4).zip(year(at)))
                .map(|(day, year)| (year, m, day)),
            (None, None, Some(m)) => day(at)
                .zip(year(at + 2))
                .or_else(|| day(at + 2).zip(year(at)))
                .map(|(day, year)| (year, m, day)),
            _ => None,
        };
        let (year, month, day) = date?;
        let when = Date::new(year, month, day).ok().map(When::Day)?;
        return Some(dated::date_item(scope, at, at + 5, when, origin::DATE));
    }
    if let Some(m) = month(at).or_else(|| month(at + 2)) {
        let other = if month(at).is_some() { at + 2 } else { at };
        if let Some(year) = year(other) {
            return Some(dated::date_item(scope, at, at + 3, When::Month(year, m), origin::MONTH));
        }
        let when = dated::day_of(scope, at, None, m, day(other)?)?;
        return Some(dated::date_item(scope, at, at + 3, when, origin::DATE));
    }
    // "5/1-5/7/2020"
    if mark == words::SLASH
        && scope.is_dash(at + 3)
        && let Some(last) = numeric_date::numeric(scope, at + 4)
        && let crate::item::Content::Time(When::Day(day)) = last.content
    {
        let (a, b) = (scope.small(at)?, scope.small(at + 2)?);
        let (month, date) = if a > 12 || scope.day_first && b <= 12 { (b, a) } else { (a, b) };
        let first = Date::new(day.year(), i8::try_from(month).ok()?, i8::try_from(date).ok()?).ok()?;
        return Some(dated::days_item(scope, at, last.end, [first, day], origin::DAYS));
    }
    // "2017-q1", "2015-3", "12-2015".
    if let Some(y) = year(at) {
        if let Some(when) = day::quarter_sign(scope, at + 2, Some(y)) {
            return Some(dated::date_item(scope, at, at + 3, when, origin::QUARTER));
        }
        let month = scope.small(at + 2).filter(|month| (1..=12).contains(month))?;
        // "2008-9"
        if mark == words::HYPHEN && scope.text(at + 2).len() == 1 && month as i16 == y % 10 + 1 {
            return Some(dated::period_item(
                scope,
                at,
                at + 3,
                When::Year(y),
                When::Year(y + 1),
                origin::YEARS,
            ));
        }
        // "1998-99" is a season; "2007-12" may be a season or a month, but is unlikely to be a month.
        let period =
            scope.text(at + 2).len() == 2 && month as i16 > y % 100 && mark == words::HYPHEN && month > 9;
        return (!period && mark == words::HYPHEN || mark == words::SLASH && scope.text(at + 2).len() < 2)
            .then(|| dated::date_item(scope, at, at + 3, When::Month(y, month as i8), origin::MONTH));
    }
    if let (Some(month), Some(y)) = (scope.small(at).filter(|month| (1..=12).contains(month)), year(at + 2)) {
        return Some(dated::date_item(scope, at, at + 3, When::Month(y, month as i8), origin::MONTH));
    }
    day_and_month(scope, at, mark)
}

/// "on 22/04", "this 5/12", "4-22": two numbers that only the words around them make a date.
pub(crate) fn day_and_month(scope: &Scope<'_>, at: usize, mark: u64) -> Option<Item> {
    let (a, b) = (scope.small(at)?, scope.small(at + 2)?);
    // The attacks, not a day of this year.
    if (a, b) == (9, 11) && mark == words::SLASH {
        return None;
    }
    let previous = at.wrapping_sub(1);
    let introduced = scope
        .is_any(previous, &[words::ON, words::THIS, words::NEXT, words::LAST, words::SINCE, words::UNTIL])
        || scope.is(previous, words::BY) && mark == words::SLASH;
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
    let (month, day) = if a > 12 || scope.day_first && b <= 12 { (b, a) } else { (a, b) };
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
