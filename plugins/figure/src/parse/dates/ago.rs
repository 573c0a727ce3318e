//! Lengths of time as distances from a date: the "three years" of "three years ago", the "2 weeks and 2 days" of "2 weeks and 2 days
//! later".

use copydesk_core::{Decimal, hash_lowered};
use jiff::civil::Date;

use crate::item::Lengths;
use crate::lex::number;
use crate::parse::amounts::{reading, sum};
use crate::parse::dates::calendar_units;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::{Step, When};

/// Years, months, weeks and days, and the largest unit among them.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    pub(crate) parts: [i32; 4],
    /// Given in one unit.
    pub(crate) single: Option<(i32, Step)>,
    pub(crate) end: usize,
}

impl Length {
    /// `None` if it is longer than the calendar.
    pub(crate) fn span(self) -> Option<jiff::Span> {
        calendar_units::span_of_parts(self.parts)
    }

    /// The day, month or year at this distance before (`sign` -1) or after a day.
    pub(crate) fn from(self, today: Option<Date>, sign: i32) -> Option<When> {
        let Some(today) = today else {
            let (count, step) = self.single?;
            return Some(When::Offset(sign * count, step));
        };
        if let Some((count, step @ (Step::Month | Step::Quarter | Step::Year))) = self.single {
            return Some(When::offset(Some(today), sign * count, step));
        }
        let span = self.span()?;
        let moved = if sign < 0 { today.checked_sub(span) } else { today.checked_add(span) };
        moved.ok().map(When::Day)
    }
}

/// Most numbers have no unit of time after them, and most other words do not begin a length of time.
pub(crate) fn may_begin_length(scope: &Scope<'_>, at: usize) -> bool {
    let short = scope.is_number(at) || scope.is_any(at, &[words::A, words::AN]);
    let begins = short || scope.has(at, role::CARDINAL) || scope.is_any(at, &[words::COUPLE, words::HALF]);
    let timed = |at: usize| {
        scope.has(at, role::SPAN | role::WEEKDAY)
            || scope.is_any(at, &[hash_lowered("fortnight"), hash_lowered("fortnights")])
    };
    begins && (1..if short { 4 } else { 8 }).any(|ahead| timed(at + ahead))
}

/// "She sails in four days", "Talks resume in two weeks", "The vote is in three weeks": the present tense of an event that is
/// fixed. `at` is the "in".
pub(crate) fn is_appointed(scope: &Scope<'_>, at: usize) -> bool {
    let verb = at.wrapping_sub(1);
    let scheduled = |verb: usize| {
        scope.is_lower_word(verb)
            && scope.listed(verb, list::APPOINTED)
            && !scope.listed(verb.wrapping_sub(1), list::DETERMINER)
            && !scope.is_any(verb.wrapping_sub(1), &[words::TO, hash_lowered("not")])
    };
    if scope.is_any(verb, &[words::IS, words::ARE]) {
        return !scope.is_any(verb.wrapping_sub(1), &[words::WHICH, words::THAT]);
    }
    // "leaves for Oslo in four days", "go to the polls in three weeks".
    for back in 1..=6 {
        let word = at.wrapping_sub(back);
        if !scope.is_word(word) || scope.has(word, role::BREAK) || tense::is_past_verb(scope, word) {
            return false;
        }
        if scheduled(word) {
            return true;
        }
    }
    false
}

/// A length of time in days or more.
pub(crate) fn length(scope: &Scope<'_>, at: usize) -> Option<Length> {
    let couple = at + usize::from(scope.is(at, words::A));
    let (count, noun) = if scope.is(couple, words::COUPLE) {
        (2, couple + 1 + usize::from(scope.is(couple + 1, words::OF)))
    } else if scope.is(at, words::HALF)
        && scope.is_any(at + 1, &[words::A, words::AN])
        && scope.is(at + 2, words::YEAR)
        && scope.is_any(at + 3, &[words::AGO, words::EARLIER, words::LATER])
    {
        return Some(Length { parts: [0, 6, 0, 0], single: Some((6, Step::Month)), end: at + 3 });
    } else if scope.is_any(at, &[words::A, words::AN]) {
        (1, at + 1)
    } else if scope.has(at, role::CARDINAL) || scope.is_number(at) {
        let numeral = number::numeral(scope, at)?;
        // "four and a half years ago"
        if numeral.value.exponent() < 0
            && scope.has(numeral.end, role::SPAN)
            && scope.entry(numeral.end).calendar == 5
        {
            let months = numeral.value.times(Decimal::from(12)).filter(|months| months.exponent() >= 0)?;
            let months = (months.to_f64() as i32).clamp(0, 12_000);
            let single = Some((months, Step::Month));
            return Some(Length { parts: [0, months, 0, 0], single, end: numeral.end + 1 });
        }
        let power = u32::try_from(numeral.value.exponent()).ok()?;
        (i32::try_from(numeral.value.mantissa().checked_mul(10i64.checked_pow(power)?)?).ok()?, numeral.end)
    } else {
        return None;
    };
    let entry = scope.entry(noun);
    let fortnight = scope.is_any(noun, &[hash_lowered("fortnight"), hash_lowered("fortnights")]);
    if !(entry.is(role::SPAN) || fortnight) || count > 40_000 {
        return None;
    }
    let end = noun + 1;
    // Decades and centuries are counted in years.
    let (parts, single) = match entry.calendar {
        _ if fortnight => ([0, 0, 2 * count, 0], (2 * count, Step::Week)),
        0 => ([0, 0, 0, count], (count, Step::Day)),
        1 => ([0, 0, count, 0], (count, Step::Week)),
        3 => ([0, count, 0, 0], (count, Step::Month)),
        4 => ([0, 3 * count, 0, 0], (count, Step::Quarter)),
        5 => ([count, 0, 0, 0], (count, Step::Year)),
        6 => ([10 * count, 0, 0, 0], (10 * count, Step::Year)),
        7 => ([100 * count, 0, 0, 0], (100 * count, Step::Year)),
        _ => return None,
    };
    // "two years and a half ago"
    if let (5, true) = (entry.calendar, scope.is(end, words::AND) && count < 1000)
        && scope.is_any(end + 1, &[words::A, words::AN])
        && scope.is(end + 2, words::HALF)
    {
        let months = 12 * count + 6;
        return Some(Length { parts: [0, months, 0, 0], single: Some((months, Step::Month)), end: end + 3 });
    }
    // "3 years 5 months 9 days later"
    let more = scope.is(end, words::AND) || scope.is_number(end) || scope.is(end, words::COMMA);
    if more
        && let Some(amount) = reading::amount(scope, at).map(|amount| sum::summed(scope, amount))
        // "1 day and 5 hours": hours do not change the day.
        && let Some([years, months, weeks, days, ..]) = amount.lengths as Option<Lengths>
    {
        return Some(Length { parts: [years, months, weeks, days], single: None, end: amount.end });
    }
    Some(Length { parts, single: Some(single), end })
}
