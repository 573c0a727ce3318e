//! Quarters and halves of a year: "the second quarter of 2021", "1Q16", "the first half of the year".

use copydesk_core::hash_lowered;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{dated, deictic, month, parts_of_time, year};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::When;

/// "the second quarter of 2021", "Q2 2021", "the first half of the year".
pub(crate) fn quarter(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if let Some(item) = parts_of_time::part_of_time(scope, at) {
        return Some(item);
    }
    let text = scope.text(at);
    let (number, half, after) = match text.as_bytes() {
        [b'Q', digit @ b'1'..=b'4'] => ((digit - b'0') as i8, false, at + 1),
        [b'H', digit @ b'1'..=b'2'] => ((digit - b'0') as i8, true, at + 1),
        // "1Q 2016", "2H16"
        [digit @ b'1'..=b'4', b'Q', year @ ..] => {
            return quarter_of_digits(scope, at, (digit - b'0') as i8, false, year);
        }
        [digit @ b'1'..=b'2', b'H', year @ ..] => {
            return quarter_of_digits(scope, at, (digit - b'0') as i8, true, year);
        }
        _ if scope.is_any(at, &[hash_lowered("final"), hash_lowered("opening")]) => {
            return quarter_at_edge(scope, at);
        }
        _ => {
            let entry = scope.entry(at);
            let hyphen = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
            let noun = at + 1 + hyphen;
            let number = if scope.is_number(at) { 0 } else { calendar_number::ordinal_value(scope, at)? };
            let half = scope.is(noun, words::HALF);
            if !(1..=4).contains(&number)
                || !(scope.is(noun, words::QUARTER) || half && number <= 2)
                || entry.is(role::RELATIVE)
            {
                return None;
            }
            (number as i8, half, noun + 1)
        }
    };
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let of = usize::from(scope.is(after, words::OF));
    // "the third quarter of fiscal 2023": of the year that it is named for
    let fiscal = usize::from(of > 0 && matches!(scope.text(after + of), "fiscal" | "financial"));
    let (year, end) = if let Some(named) = year::year_of(scope, after + of + fiscal) {
        named
    } else if half && of > 0 {
        return half_of_month(scope, first, number, after + of);
    } else if half {
        // Halves of games are more frequent.
        return None;
    } else {
        (None, after)
    };
    let year = year.or_else(|| {
        let today = scope.today?;
        let begun = (today.month() - 1) / 3 + 1 >= number;
        Some(today.year() - i16::from(!begun && !tense::is_future(scope, at)))
    });
    let when = match (year, half) {
        (Some(year), false) => When::Quarter(year, number),
        (Some(year), true) => When::Half(year, number),
        (None, false) => When::AnyQuarter(number),
        (None, true) => When::AnyHalf(number),
    };
    Some(dated::date_item(scope, first, end, when, origin::QUARTER))
}

/// "the first half of June", "the second half of next month": up to its fifteenth day, or from the sixteenth on.
fn half_of_month(scope: &Scope<'_>, first: usize, number: i8, at: usize) -> Option<Item> {
    let item = month::month_first(scope, at).or_else(|| deictic::deictic(scope, at))?;
    let Content::Time(When::Month(year, month)) = item.content else { return None };
    let start = Date::new(year, month, 1).ok()?;
    let (from, to) = if number == 1 { (1, 15) } else { (16, start.days_in_month()) };
    let day = |day: i8| Date::new(year, month, day).ok().map(When::Day);
    Some(dated::period_item(scope, first, item.end, day(from)?, day(to)?, origin::HALF_MONTH))
}

/// "the September quarter", "the June 2021 quarter": the three months that end with it.
pub(crate) fn quarter_of_month(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !scope.is_capitalized(at) || !(1..=2).any(|ahead| scope.is(at + ahead, words::QUARTER)) {
        return None;
    }
    let month = scope.entry(at).calendar as i8;
    let (year, noun) = match calendar_number::year_at(scope, at + 1) {
        Some(year) => (Some(year), at + 2),
        None => (None, at + 1),
    };
    if month % 3 != 0 || !scope.is(noun, words::QUARTER) {
        return None;
    }
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let when = match month::month_of(scope, at, year, month) {
        When::Month(year, month) => When::Quarter(year, month / 3),
        _ => When::AnyQuarter(month / 3),
    };
    Some(dated::date_item(scope, first, noun + 1, when, origin::QUARTER))
}

/// "the final quarter of 2017", "the opening half of last year".
pub(crate) fn quarter_at_edge(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let half = scope.is(at + 1, words::HALF);
    if !(half || scope.is(at + 1, words::QUARTER)) || !scope.is(at + 2, words::OF) {
        return None;
    }
    let (year, end) = year::year_of(scope, at + 3)?;
    let last = scope.is(at, hash_lowered("final"));
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let when = match (half, last) {
        (true, last) => When::Half(year?, if last { 2 } else { 1 }),
        (false, last) => When::Quarter(year?, if last { 4 } else { 1 }),
    };
    Some(dated::date_item(scope, first, end, when, origin::QUARTER))
}

/// "1Q 2016", "1Q16", "2H 2016": the year glued to the letter or after it.
pub(crate) fn quarter_of_digits(
    scope: &Scope<'_>,
    at: usize,
    number: i8,
    half: bool,
    year: &[u8],
) -> Option<Item> {
    let (year, end) = if year.is_empty() {
        let (year, end) = year::year_of(scope, at + 1 + usize::from(scope.is(at + 1, words::OF)))?;
        (year?, end)
    } else {
        let digits: i16 = std::str::from_utf8(year).ok()?.parse().ok()?;
        let year = match year.len() {
            2 => 2000 + digits,
            4 => digits,
            _ => return None,
        };
        (year, at + 1)
    };
    let when = if half { When::Half(year, number) } else { When::Quarter(year, number) };
    Some(dated::date_item(scope, at, end, when, origin::QUARTER))
}
