//! Spans and days given by their position: "the last week of July", "the first Friday of July", "the 20th of next month".

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
    // Most words do not begin one.
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
        let (year, end) = year::year_of(scope, noun + 2)?;
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
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let (whole, end) = whole_of(scope, at, noun)?;
    let when = part_of(scope.entry(noun).calendar, whole, nth, last)?;
    let fits = !matches!(when, When::Month(_, month) if !(1..=12).contains(&month));
    fits.then(|| dated::date_item(scope, first, end, when, origin::NTH))
}

/// The whole that the unit at `noun` is a part of: "of 1974", "of next year", "in May".
fn whole_of(scope: &Scope<'_>, at: usize, noun: usize) -> Option<(When, usize)> {
    let the = usize::from(scope.is(noun + 2, words::THE) && !scope.is(noun + 3, words::YEAR));
    let inner = noun + 2 + the;
    // "the opening day of the 2014 regatta"
    if the > 0
        && calendar_number::year_at(scope, inner).is_some()
        && scope.is_word(inner + 1)
        && !scope.has(inner + 1, role::FUNCTION)
    {
        return None;
    }
    if let Some((year, end)) = year::year_of(scope, inner) {
        return Some((year.map(When::Year)?, end));
    }
    if let Some((year, end)) = year_words_or_thousands(scope, inner) {
        return Some((When::Year(year), end));
    }
    if scope.has(inner, role::MONTH) && !scope.is_capitalized(inner) {
        let (year, end) =
            day::year_after(scope, inner + 1).map_or((None, inner + 1), |(year, end)| (Some(year), end));
        return Some((month::month_of(scope, at, year, scope.entry(inner).calendar as i8), end));
    }
    if scope.is(noun + 2, words::THE)
        && calendar_units::step(scope, noun + 3) == Some(Step::Month)
        && scope.entry(noun).calendar == 0
    {
        let today = scope.today?;
        return Some((When::Month(today.year(), today.month()), noun + 4));
    }
    let item = deictic::deictic(scope, inner).or_else(|| month::month_first(scope, inner))?;
    let Content::Time(when) = item.content else { return None };
    Some((when, item.end))
}

/// The nth, or the last, unit of a whole. `unit` is its index among the spans of time: a day, week, weekend, month or quarter.
fn part_of(unit: u8, whole: When, nth: i64, last: bool) -> Option<When> {
    let day = |date: Date, by: i64| date.checked_add(by.days()).ok();
    let number = |most: i8| if last { Some(most) } else { i8::try_from(nth).ok() };
    Some(match (unit, whole) {
        (0, When::Year(year)) if last => When::Day(Date::new(year, 12, 31).ok()?),
        (0, When::Year(year)) => When::Day(day(Date::new(year, 1, 1).ok()?, nth - 1)?),
        (0, When::Month(year, month)) => {
            let start = Date::new(year, month, 1).ok()?;
            When::Day(if last { start.last_of_month() } else { day(start, nth - 1)? })
        }
        (1, When::Year(year)) => When::Week(year, number(52)?),
        (1, When::Month(year, month)) => {
            // The first week of a month is the one that holds its first Thursday.
            let start = Date::new(year, month, 1).ok()?;
            let thursday = |nth: i8| start.nth_weekday_of_month(nth, Weekday::Thursday).ok();
            When::week_of(if last { thursday(-1)? } else { day(thursday(1)?, 7 * (nth - 1))? })
        }
        (2, When::Month(year, month)) => {
            let start = Date::new(year, month, 1).ok()?;
            match When::week_of(start.nth_weekday_of_month(number(-1)?, Weekday::Saturday).ok()?) {
                When::Week(year, week) => When::Weekend(year, week),
                other => other,
            }
        }
        (3, When::Year(year)) => When::Month(year, number(12)?),
        (4, When::Year(year)) => When::Quarter(year, number(4)?),
        _ => return None,
    })
}

/// "the first Friday of July"
pub(crate) fn nth_weekday(scope: &Scope<'_>, at: usize, nth: i64, noun: usize) -> Option<Item> {
    let month = noun + 2;
    if nth > 5 {
        return None;
    }
    let (when, end) = if scope.has(month, role::MONTH) {
        let (year, end) =
            day::year_after(scope, month + 1).map_or((None, month + 1), |(year, end)| (Some(year), end));
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
