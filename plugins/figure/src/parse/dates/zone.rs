//! Time zones after a time of day: "9 a.m. EDT", "06:40 GMT", "5 p.m. Eastern time", "UTC+2".

use copydesk_core::{Case, hash_lowered};
use jiff::civil::{Date, Weekday};

use crate::sentence::scope::Scope;
use crate::sentence::words;

/// Zones of North America with daylight saving time, by the minutes of their standard time.
const CHANGING: [(u64, u64, i16); 4] = [
    (hash_lowered("et"), hash_lowered("eastern"), -300),
    (hash_lowered("ct"), hash_lowered("central"), -360),
    (hash_lowered("mt"), hash_lowered("mountain"), -420),
    (hash_lowered("pt"), hash_lowered("pacific"), -480),
];

/// The zone at a token: its minutes ahead of UTC, if known, and the next token.
pub(crate) fn zone(scope: &Scope<'_>, at: usize) -> Option<(Option<i16>, usize)> {
    if !scope.is_capitalized(at) {
        return None;
    }
    let short_form = scope.token(at).is_some_and(|token| token.case() == Case::Upper);
    if short_form && let Some(minutes) = scope.vocabulary.zone(scope.hash(at)) {
        return Some(ahead(scope, at, minutes));
    }
    let (short, _, winter) =
        CHANGING.iter().find(|(short, long, _)| scope.is(at, *short) || scope.is(at, *long))?;
    if scope.is(at, *short) && !short_form {
        return None;
    }
    if scope.is(at, *short) {
        return Some((scope.today.map(|today| winter + summer(today)), at + 1));
    }
    if scope.is(at + 1, words::TIME) {
        return Some((scope.today.map(|today| winter + summer(today)), at + 2));
    }
    let by = match scope.text(at + 1) {
        "Standard" | "standard" => 0,
        "Daylight" | "daylight" => 60,
        _ => return None,
    };
    scope.is(at + 2, words::TIME).then_some((Some(winter + by), at + 3))
}

/// "UTC+2", "GMT -3".
fn ahead(scope: &Scope<'_>, at: usize, minutes: Option<i16>) -> (Option<i16>, usize) {
    let sign = match scope.hash(at + 1) {
        words::PLUS_SIGN => 60,
        words::HYPHEN | words::MINUS_SIGN => -60,
        _ => return (minutes, at + 1),
    };
    match scope.small(at + 2).filter(|hours| *hours <= 14 && minutes == Some(0) && scope.glued(at + 2)) {
        Some(hours) => (Some(sign * hours as i16), at + 3),
        None => (minutes, at + 1),
    }
}

/// Minutes that daylight saving time adds in North America on a day: from the second Sunday of March to the first of November.
fn summer(day: Date) -> i16 {
    let sunday = |month: i8, nth: i8| {
        Date::new(day.year(), month, 1).and_then(|first| first.nth_weekday_of_month(nth, Weekday::Sunday))
    };
    match (sunday(3, 2), sunday(11, 1)) {
        (Ok(from), Ok(to)) if from <= day && day < to => 60,
        _ => 0,
    }
}
