//! Dates that name their day, month, quarter or year, resolved against the day of publication if parts are left out.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::Item;
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{dated, day, day_month, decade, holiday, marked_date, month, weekday, year};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, tense, words};
use crate::when::When;

/// A date that begins at a token.
pub(crate) fn calendar(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let token = scope.token(at)?;
    if token.has(token_flag::DIGIT) {
        return first_of!(
            marked_date::joined_date(scope, at),
            day_month::day_month(scope, at),
            decade::decade(scope, at),
            year::year(scope, at),
            on_the_day(scope, at),
        );
    }
    let entry = scope.entry(at);
    if entry.is(role::HOLIDAY)
        && let Some(item) = holiday::holiday(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::WEEKDAY) {
        return weekday::weekday_date(scope, at);
    }
    if entry.is(role::MONTH)
        && let Some(item) = month::month_first(scope, at)
    {
        return Some(item);
    }
    // "the ninth and seventeenth of April": few numbers in words have a month near.
    if entry.is(role::ORDINAL | role::CARDINAL)
        && (1..=7).any(|ahead| scope.has(at + ahead, role::MONTH))
        && let Some(item) = day_month::day_month(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::CARDINAL)
        && let Some((year, end)) = day::year_words(scope, at)
        && (scope.is(at.wrapping_sub(1), words::IN) || at == scope.start && marks::is_end(scope, end))
    {
        return Some(dated::date_item(scope, at, end, When::Year(year), origin::YEAR));
    }
    if entry.is(role::CARDINAL)
        && let Some(item) = decade::spoken_decade(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::SEASON)
        && let Some(item) = year::season(scope, at)
    {
        return Some(item);
    }
    None
}

/// "on the 27th": the nearest day of that number, the future one first if the sentence is about the future.
fn on_the_day(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let day = calendar_number::day_at(scope, at).filter(|_| !scope.is_number(at))?;
    let the = at.wrapping_sub(1);
    const BEFORE: [u64; 8] = [
        words::ON,
        words::SINCE,
        words::UNTIL,
        words::FOR,
        words::BY,
        words::BEFORE,
        words::THROUGH,
        hash_lowered("after"),
    ];
    let introduced = scope.is(the, words::THE) && BEFORE.contains(&scope.hash(the.wrapping_sub(1)))
        // "on 24th"
        || scope.is(the, words::ON);
    let closed =
        marks::is_end(scope, at + 1) || scope.is_any(at + 1, &[words::COMMA, words::SEMICOLON, words::AND]);
    let today = scope.today.filter(|_| introduced && closed)?;
    let month = today.first_of_month();
    let near = |by: i64| {
        let month = month.checked_add(by.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    };
    let date = if tense::is_future(scope, at) {
        (0..3).filter_map(near).find(|date| *date >= today)
    } else {
        (0..3).filter_map(|by| near(-by)).find(|date| *date <= today)
    };
    Some(dated::date_item(scope, at, at + 1, When::Day(date?), origin::DAY_OF_MONTH))
}
