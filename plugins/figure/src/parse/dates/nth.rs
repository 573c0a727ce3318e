//! Spans and days given by their place: "the last week of July", "the first Friday of July", "the 20th of next month".

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::item::{Content, Item};
use crate::lex::{calendar_number, spelled};
use crate::origin;
use crate::parse::dates::{calendar_units, dated, day, deictic, month, year};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::{Step, When};

/// "the last week of July", "3rd week of 2018", "the first weekend of May", "the 7th month of next year".
pub(crate) fn nth_span(scope: &Scope<'_>, at: usize) -> Option<Item> {
    // Most words begin none.
    let begins = scope.has(at, role::ORDINAL | role::CARDINAL)
        || scope.is(at, words::LAST)
        || scope.token(at).is_some_and(|token| token.has(copydesk_core::segment::token_flag::DIGIT));
    let spans = |at: usize| scope.has(at, role::SPAN | role::WEEKDAY) || scope.is(at, words::OF);
    if !begins || !(1..=4).any(|ahead| spans(at + ahead)) {
        return None;
    }
    let last = scope.is(at, words::LAST);
    let (nth, noun) = if last {
        (0, at + 1)
    } else if let Some(value) = calendar_number::ordinal_value(scope, at) {
        (i64::from(value), at + 1)
    } else {
        let (day, end) = day::day_words(scope, at, false)?;
        (i64::from(day), end)
    };
    if scope.has(noun, role::WEEKDAY) && scope.is_any(noun + 1, &[words::OF, words::IN]) {
        return nth_weekday(scope, at, nth, noun);
    }
    if scope.is(noun, words::OF) && scope.is_any(noun + 1, &[words::THIS, words::NEXT, words::LAST]) && !last
    {
        return day_of_month(scope, at, nth, noun + 1);
    }
    // "the last half of 1974"
    if last && scope.is(noun, words::HALF) && scope.is(noun + 1, words::OF) {
        let (year, end) = year::year_told(scope, noun + 2)?;
        let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let when = year.map_or(When::AnyHalf(2), |year| When::Half(year, 2));
        return Some(dated::date_item(scope, first, end, when, origin::QUARTER));
    }
    // "the first weekend in May"
    let within =
        scope.is(noun + 1, words::IN) && scope.has(noun + 2, role::MONTH) && scope.is_capitalized(noun + 2);
    if !scope.has(noun, role::SPAN) || !(scope.is(noun + 1, words::OF) || within) || nth > 53 {
        return None;
    }
    let the = usize::from(scope.is(noun + 2, words::THE) && !scope.is(noun + 3, words::YEAR));
    let inner = noun + 2 + the;
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    // "the opening day of the 2014 regatta"
    if the > 0
        && calendar_number::year_at(scope, inner).is_some()
        && scope.is_word(inner + 1)
        && !scope.has(inner + 1, role::FUNCTION)
    {
        return None;
    }
    let (whole, end) = if let Some((year, end)) = year::year_told(scope, inner) {
        (year.map(When::Year)?, end)
    } else if let Some((year, end)) = year_words_or_thousands(scope, inner) {
        (When::Year(year), end)
    } else if scope.has(inner, role::MONTH) && !scope.is_capitalized(inner) {
        let (year, end) =
            day::year_behind(scope, inner + 1).map_or((None, inner + 1), |(year, end)| (Some(year), end));
        (month::month_of(scope, at, year, scope.entry(inner).calendar as i8), end)
    } else if scope.is(noun + 2, words::THE)
        && calendar_units::step(scope, noun + 3) == Some(Step::Month)
        && scope.entry(noun).calendar == 0
    {
        let today = scope.today?;
        (When::Month(today.year(), today.month()), noun + 4)
    } else if let Some(item) = deictic::deictic(scope, inner).or_else(|| month::month_first(scope, inner)) {
        let Content::Time(when) = item.content else { return None };
        (when, item.end)
    } else {
        return None;
    };
    let day = |date: Date, by: i64| date.checked_add(by.days()).ok();
    let when = match (scope.entry(noun).calendar, whole) {
        (1, When::Year(year)) => {
            let number = if last { 52 } else { i8::try_from(nth).ok()? };
            When::Week(year, number)
        }
        (1, When::Month(year, month)) => {
            let start = Date::new(year, month, 1).ok()?;
            // The first week of a month is the one that holds its first Thursday.
            let thursday = start.nth_weekday_of_month(1, Weekday::Thursday).ok()?;
            if last {
                let friday = start.nth_weekday_of_month(-1, Weekday::Thursday).ok()?;
                When::week_of(friday)
            } else {
                When::week_of(day(thursday, 7 * (nth - 1))?)
            }
        }
        (3, When::Year(year)) => When::Month(year, if last { 12 } else { i8::try_from(nth).ok()? }),
        (0, When::Month(year, month)) => {
            let start = Date::new(year, month, 1).ok()?;
            When::Day(if last { start.last_of_month() } else { day(start, nth - 1)? })
        }
        (0, When::Year(year)) => When::Day(if last {
            Date::new(year, 12, 31).ok()?
        } else {
            day(Date::new(year, 1, 1).ok()?, nth - 1)?
        }),
        (2, When::Month(year, month)) => {
            let start = Date::new(year, month, 1).ok()?;
            let saturday = start
                .nth_weekday_of_month(if last { -1 } else { i8::try_from(nth).ok()? }, Weekday::Saturday);
            match When::week_of(saturday.ok()?) {
                When::Week(year, week) => When::Weekend(year, week),
                other => other,
            }
        }
        (4, When::Year(year)) => When::Quarter(year, if last { 4 } else { i8::try_from(nth).ok()? }),
        (_, When::Offset(..)) => return None,
        _ => return None,
    };
    if let When::Month(_, month) = when
        && !(1..=12).contains(&month)
    {
        return None;
    }
    Some(dated::date_item(scope, first, end, when, origin::NTH))
}

/// "the first Friday of July"
pub(crate) fn nth_weekday(scope: &Scope<'_>, at: usize, nth: i64, noun: usize) -> Option<Item> {
    let month = noun + 2;
    if nth > 5 {
        return None;
    }
    let (when, end) = if scope.has(month, role::MONTH) {
        let (year, end) =
            day::year_behind(scope, month + 1).map_or((None, month + 1), |(year, end)| (Some(year), end));
        (month::month_of(scope, at, year, scope.entry(month).calendar as i8), end)
    } else if scope.is(month, words::THE) && calendar_units::step(scope, month + 1) == Some(Step::Month) {
        (When::offset(scope.today, 0, Step::Month), month + 2)
    } else {
        // "the third Sunday of next month"
        let item = deictic::deictic(scope, month)?;
        let Content::Time(when) = item.content else { return None };
        (when, item.end)
    };
    let When::Month(year, month) = when else { return None };
    let weekday = Weekday::from_monday_one_offset(scope.entry(noun).calendar as i8).ok()?;
    let nth = if nth == 0 { -1 } else { i8::try_from(nth).ok()? };
    let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    Some(dated::date_item(scope, first, end, When::Day(day), origin::NTH))
}

/// "the 20th of next month"
pub(crate) fn day_of_month(scope: &Scope<'_>, at: usize, nth: i64, deictic: usize) -> Option<Item> {
    let month = deictic::deictic(scope, deictic)?;
    let Content::Time(When::Month(year, number)) = month.content else { return None };
    let day = Date::new(year, number, i8::try_from(nth).ok()?).ok()?;
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    Some(dated::date_item(scope, first, month.end, When::Day(day), origin::DATE))
}

pub(crate) fn year_words_or_thousands(scope: &Scope<'_>, at: usize) -> Option<(i16, usize)> {
    if let Some(found) = day::year_words(scope, at) {
        return Some(found);
    }
    let sum = spelled::words(scope, at, 0, false)?;
    let year = i16::try_from(sum.value()?).ok().filter(|year| (1900..2100).contains(year))?;
    Some((year, sum.end))
}
