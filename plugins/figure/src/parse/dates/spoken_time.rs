//! Times of day as people say them: "at three thirty", "from ten fifteen in the morning", "seven forty-five p.m.".

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// An hour and its minutes in words, if the words before or after show that they are a time.
pub(crate) fn spoken_time(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let hour = u32::from(scope.entry(at).value);
    // Twenty and more, and hundreds, are not hours.
    if !(1..=12).contains(&hour) || scope.is(at + 1, words::HYPHEN) {
        return None;
    }
    let (minute, end) = spoken_minutes(scope, at + 1)?;
    let half = dated::half_of_day(scope.hash(end));
    let (afternoon, end) = match half {
        Some(afternoon) => (Some(afternoon), end + 1),
        None if scope.is(end, words::IN) && scope.is(end + 1, words::THE) => match scope.text(end + 2) {
            "morning" => (Some(false), end + 3),
            "afternoon" | "evening" => (Some(true), end + 3),
            _ => (None, end),
        },
        None => (None, end),
    };
    let introduced = scope.is_any(at.wrapping_sub(1), &[words::AT, words::UNTIL, words::TILL]);
    let closed = !scope.is_word(end) || scope.has(end, role::FUNCTION | role::BREAK | role::RELATIVE);
    // "at ten fifty": without a.m. or p.m. it may also be a price, if nothing ends the phrase.
    (afternoon.is_some() || introduced && closed)
        .then(|| dated::time(scope, at, end, hour, Some(minute), afternoon))
        .flatten()
}

/// "thirty", "forty-five", "oh five", and "five" after an hour.
fn spoken_minutes(scope: &Scope<'_>, at: usize) -> Option<(u32, usize)> {
    if scope.is(at, hash_lowered("oh")) {
        let minute = u32::from(scope.entry(at + 1).value);
        return (scope.has(at + 1, role::CARDINAL) && (1..10).contains(&minute)).then_some((minute, at + 2));
    }
    if !scope.is_word(at) || !scope.has(at, role::CARDINAL) {
        return None;
    }
    let minute = u32::from(scope.entry(at).value);
    if !(5..60).contains(&minute) {
        return None;
    }
    let hyphen = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    let one = u32::from(scope.entry(at + 1 + hyphen).value);
    if minute % 10 == 0
        && minute >= 20
        && scope.has(at + 1 + hyphen, role::CARDINAL)
        && (1..10).contains(&one)
    {
        return Some((minute + one, at + 2 + hyphen));
    }
    (hyphen == 0).then_some((minute, at + 1))
}
