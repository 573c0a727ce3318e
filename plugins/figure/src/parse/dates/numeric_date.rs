//! Dates written in digits alone, and parts of other dates.

use copydesk_core::hash_lowered;
use jiff::civil::Date;

use crate::item::Item;
use crate::lex::calendar_number;
use crate::lex::calendar_number::YEARS;
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::{marks, words};
use crate::when::When;

/// "2022-08-30", "8/30/2022", "30.8.2022".
pub(crate) fn numeric(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let apart = |at: usize| scope.glued(at) && scope.glued(at + 1);
    let dots = || {
        let mut parts = scope.text(at).splitn(3, '.');
        let mut part = || parts.next()?.parse::<i16>().ok();
        Some((part()?, part()?, part()?))
    };
    if let Some((day, month, year)) = dots().filter(|(_, _, year)| (1900..=2100).contains(year)) {
        // "11.29.1983": the month is the number that can be one.
        let (day, month) = if month > 12 { (month, day) } else { (day, month) };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        return Some(dated::date_item(scope, at, at + 1, When::Day(date), origin::DATE));
    }
    if let Some((year, month, day)) = dots().filter(|(year, ..)| (1900..=2100).contains(year)) {
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        return Some(dated::date_item(scope, at, at + 1, When::Day(date), origin::DATE));
    }
    // "on 18.05.17"
    if let Some((day, month, year)) = dots().filter(|(.., year)| (0..100).contains(year))
        && is_dated(scope, at)
        && scope.text(at).len() >= 6
    {
        let year = 2000 + year - if year > 68 { 100 } else { 0 };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        return Some(dated::date_item(scope, at, at + 1, When::Day(date), origin::DATE));
    }
    if let Some(item) = timestamp(scope, at) {
        return Some(item);
    }
    if let Some(item) = month_apart(scope, at) {
        return Some(item);
    }
    let separator = scope.hash(at + 1);
    let dashes = separator == words::HYPHEN;
    if !(dashes || separator == words::SLASH)
        || !apart(at + 1)
        || scope.hash(at + 3) != separator
        || !apart(at + 3)
    {
        return None;
    }
    let (a, b, c) = (scope.small(at)?, scope.small(at + 2)?, scope.small(at + 4)?);
    let date = if YEARS.contains(&a) && scope.text(at).len() == 4 {
        Date::new(a as i16, i8::try_from(b).ok()?, i8::try_from(c).ok()?).ok()?
    } else {
        let year = match scope.text(at + 4).len() {
            4 => c,
            // "29-11-83": neither a score nor a sports record.
            2 if !dashes || is_dated(scope, at) || c > 31 && (a > 12) != (b > 12) => {
                2000 + c - if c > 68 { 100 } else { 0 }
            }
            _ => return None,
        };
        // The month is the number that can be one; if both can, the option decides.
        let (month, day) = if a > 12 || scope.day_first && b <= 12 { (b, a) } else { (a, b) };
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?
    };
    Some(dated::date_item(scope, at, at + 5, When::Day(date), origin::DATE))
}

/// "11 / 2016", "2016 - 11" and nothing after: month and year with blanks around the sign.
fn month_apart(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !scope.is_any(at + 1, &[words::HYPHEN, words::SLASH])
        || scope.glued(at + 1) && scope.glued(at + 2)
        || !marks::is_end(scope, at + 3)
    {
        return None;
    }
    let (year, month) = match (scope.text(at).len(), scope.text(at + 2).len()) {
        (4, 2) => (at, at + 2),
        (1 | 2, 4) => (at + 2, at),
        _ => return None,
    };
    let year = calendar_number::year_at(scope, year).filter(|year| (1900..2100).contains(year))?;
    let month = scope.small(month).filter(|month| (1..=12).contains(month))?;
    Some(dated::date_item(scope, at, at + 3, When::Month(year, i8::try_from(month).ok()?), origin::MONTH))
}

/// Whether a word before it shows that a date follows: "on 9-18-15".
fn is_dated(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_any(
        at.wrapping_sub(1),
        &[words::ON, words::SINCE, words::UNTIL, words::BEFORE, hash_lowered("dated"), hash_lowered("after")],
    )
}

/// "2022-08-30T14:05:00Z": its day.
pub(crate) fn timestamp(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let start = scope.token(at)?.span().start() as usize;
    let text = scope.doc.text().get(start..)?;
    let day =
        text.get(..10).filter(|_| scope.text(at).len() == 4 && text.as_bytes().get(10) == Some(&b'T'))?;
    let date: Date = day.parse().ok()?;
    let rest = text
        .get(11..)?
        .bytes()
        .take(32)
        .take_while(|byte| byte.is_ascii_digit() || b":.+-Z".contains(byte))
        .count();
    let stop = start + 11 + rest;
    let mut end = at + 1;
    while scope.token(end).is_some_and(|token| token.span().end() as usize <= stop) {
        end += 1;
    }
    Some(dated::date_item(scope, at, end, When::Day(date), origin::DATE))
}
