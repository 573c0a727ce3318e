//! A day before its month: "5 June 2031", "the 4th of July".

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::origin;
use crate::parse::dates::{dated, day, month};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// "30 August 2022", "the 30th of August", "5-7 August", "fourth of July", "the ninth and seventeenth of April".
pub(crate) fn day_month(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let (day, day_end) = day::day_words(scope, at, true)?;
    let spelled = scope.is_word(at);
    let to = (scope.is_dash(day_end)
        || scope.is_any(day_end, &[words::TO, words::AND, words::TILL, words::UNTIL, words::THROUGH]))
    .then(|| day::day_words(scope, day_end + 1, false))
    .flatten();
    let next = to.map_or(day_end, |(_, end)| end);
    let named = usize::from(spelled && scope.is(next, hash_lowered("day")));
    let of = usize::from(scope.is(next + named, words::OF));
    // "9. Nov. 2019"
    let dot = usize::from(
        scope.is(next, words::DOT)
            && scope.glued(next)
            && scope.has(next + 1, role::MONTH)
            && scope.is_capitalized(next + 1)
            && scope.is_number(at),
    );
    let next = next + named + of + dot;
    // "fifteen August"; but "one may" is not a date.
    if spelled && !scope.has(next, role::MONTH) || spelled && of == 0 && !scope.is_capitalized(next) {
        return None;
    }
    // "12 of June's 30 days"
    if of > 0 && scope.is(next + 1, words::S) && scope.glued(next + 1) {
        return None;
    }
    let month = match month::month_at(scope, next) {
        Some(month) => month,
        // "4th of july"
        None if of > 0 && scope.has(next, role::MONTH) => scope.entry(next).calendar as i8,
        None => return None,
    };
    let (year, end) =
        day::year_after(scope, next + 1).map_or((None, next + 1), |(year, end)| (Some(year), end));
    let from = dated::day_of(scope, at, year, month, day)?;
    match to {
        Some((to, _)) => Some(dated::period_item(
            scope,
            at,
            end,
            from,
            dated::day_of(scope, at, year, month, to)?,
            origin::DAYS,
        )),
        None => Some(dated::date_item(scope, at, end, from, origin::DATE)),
    }
}
