//! Days counted from today in weekdays and hours: "two Mondays ago", "24 hours ago"; and weekdays in the future.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::Item;
use crate::lex::number;
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::{Step, When};

/// The weekday at a token as a future one, if a length of time is counted from it: "a week from Friday".
pub(crate) fn weekday_ahead(scope: &Scope<'_>, day: Date, weekday: usize) -> Date {
    let past = scope.today.is_some_and(|today| day < today) && scope.has(weekday, role::WEEKDAY);
    let next = day.checked_add(7.days()).ok().filter(|_| past);
    next.unwrap_or(day)
}

/// "24 hours ago", "20 minutes ago": the day.
pub(crate) fn hours_ago(scope: &Scope<'_>, at: usize) -> Option<Item> {
    // Few numbers get here.
    if !(2..6).any(|ahead| scope.is(at + ahead, words::AGO)) {
        return None;
    }
    let numeral = number::numeral(scope, at)?;
    let (hour, minute) = match scope.entry(numeral.end) {
        entry if entry.is(role::SPAN) => (entry.calendar == 8, entry.calendar == 9),
        _ => return None,
    };
    if !(hour || minute) || !scope.is(numeral.end + 1, words::AGO) {
        return None;
    }
    let hours = numeral.value.to_f64() / if minute { 60.0 } else { 1.0 };
    let days = (hours / 24.0).floor().min(4000.0) as i32;
    let when = When::offset(scope.today, -days, Step::Day);
    Some(dated::date_item(scope, at, numeral.end + 2, when, origin::AGO))
}

/// "two Mondays ago", "three Fridays from now".
pub(crate) fn weekdays_away(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let today = scope.today.filter(|_| scope.has(at + 1, role::WEEKDAY) && !scope.has(at, role::WEEKDAY))?;
    let count = if scope.is_word(at) { u32::from(scope.entry(at).value) } else { scope.small(at)? };
    let back = scope.is(at + 2, words::AGO);
    let now = scope.is(at + 2, words::FROM) && scope.is(at + 3, words::NOW);
    if !(back || now) || !(1..=20).contains(&count) {
        return None;
    }
    let weekday = i64::from(scope.entry(at + 1).calendar);
    let weeks = 7 * (i64::from(count) - 1);
    let ahead = (weekday - i64::from(today.weekday().to_monday_one_offset())).rem_euclid(7);
    let days = if back { -((7 - ahead) % 7) - weeks } else { ahead + weeks };
    let days = if days == weeks || days == -weeks { if back { days - 7 } else { days + 7 } } else { days };
    let day = today.checked_add(days.days()).ok()?;
    Some(dated::date_item(
        scope,
        at,
        at + 3 + usize::from(now),
        When::Day(day),
        if back { origin::AGO } else { origin::FROM_NOW },
    ))
}
