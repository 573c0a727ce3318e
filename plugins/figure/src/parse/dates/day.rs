//! Days, months and years of a date in all notations: "the 4th of July", "May twenty-nine", "Sep-23-2020", "1998 q1".

use copydesk_core::hash_lowered;

use crate::lex::{calendar_number, spelled};
use crate::parse::amounts::ordinal;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// A day as digits, ordinal or words: "5", "5th", "the fifth", "twenty-ninth", "twenty nine"; the next token.
pub(crate) fn day_words(scope: &Scope<'_>, at: usize, cardinals: bool) -> Option<(i8, usize)> {
    let the = usize::from(scope.is(at, words::THE));
    let first = at + the;
    if let Some(day) = calendar_number::day_at(scope, first) {
        return Some((day, first + 1));
    }
    if !scope.is_word(first) {
        return None;
    }
    if let Some((value, end)) = ordinal::spelled_ordinal(scope, first) {
        let day = i8::try_from(value.mantissa()).ok().filter(|_| value.exponent() == 0);
        let day =
            day.or_else(|| (value.exponent() == 1).then(|| i8::try_from(value.mantissa() * 10).ok())?);
        return day.filter(|day| (1..=31).contains(day)).map(|day| (day, end));
    }
    if !cardinals || the > 0 || !scope.has(first, role::CARDINAL) {
        return None;
    }
    let sum = spelled::words(scope, first, 0, false)?;
    let day = i8::try_from(sum.value()?).ok()?;
    (1..=31).contains(&day).then_some((day, sum.end))
}

/// A year after a date: ", 2022", "of 1995", "in 2019", "nineteen eighty-six"; the next token.
pub(crate) fn year_after(scope: &Scope<'_>, at: usize) -> Option<(i16, usize)> {
    let joint = usize::from(scope.is_any(at, &[words::COMMA, words::OF, words::IN]));
    if let Some(found) = short_year(scope, at + usize::from(scope.is_any(at, &[words::COMMA, words::OF]))) {
        return Some(found);
    }
    // "June this year", "5 May of last year"
    if let Some((year, end)) = year_from_today(scope, at + usize::from(scope.is(at, words::OF))) {
        return Some((year, end));
    }
    if let Some(year) = calendar_number::year_at(scope, at + joint) {
        // "in May of 2019 people": a count has a noun, but news write years there.
        let counted = joint > 0 && !scope.is(at, words::COMMA) && scope.has(at + joint + 1, role::COLLECTIVE);
        return (!counted).then_some((year, at + joint + 1));
    }
    if joint > 0 && !scope.is(at, words::COMMA) {
        // "July of last year"
        return None;
    }
    year_words(scope, at + joint)
}

/// "'16"; the next token.
pub(crate) fn short_year(scope: &Scope<'_>, at: usize) -> Option<(i16, usize)> {
    let mark = scope.glued(at + 1) && matches!(scope.text(at), "'" | "’" | "‘");
    let digits = scope.text(at + 1);
    if !mark || digits.len() != 2 {
        return None;
    }
    let year = i16::try_from(scope.small(at + 1)?).ok()?;
    Some((year + if year > 40 { 1900 } else { 2000 }, at + 2))
}

/// "this year", "last year", "next year" after a month; the next token.
fn year_from_today(scope: &Scope<'_>, at: usize) -> Option<(i16, usize)> {
    if !scope.is(at + 1, words::YEAR)
        || scope.glued(at + 2) && !scope.is_any(at + 2, &[words::DOT, words::COMMA])
    {
        return None;
    }
    let by = match scope.hash(at) {
        words::LAST => -1,
        words::THIS => 0,
        words::NEXT => 1,
        _ => return None,
    };
    Some((scope.today?.year() + by, at + 2))
}

/// "nineteen eighty-three", "nineteen hundred sixty one", "two thousand and five"; the next token.
pub(crate) fn year_words(scope: &Scope<'_>, at: usize) -> Option<(i16, usize)> {
    let century = scope.entry(at);
    if !century.is(role::CARDINAL) || !scope.is_word(at) {
        return None;
    }
    if (15..=20).contains(&century.value) {
        let hundred = usize::from(scope.is(at + 1, words::HUNDRED));
        let tens = at + 1 + hundred;
        let small = scope.entry(tens);
        // "nineteen oh five", "nineteen zero one"
        let units = scope.entry(tens + 1);
        if hundred == 0
            && (scope.is_any(tens, &[hash_lowered("oh"), hash_lowered("zero")]))
            && units.is(role::CARDINAL)
            && scope.is_word(tens + 1)
            && (1..10).contains(&units.value)
        {
            return Some((i16::from(century.value) * 100 + i16::from(units.value), tens + 2));
        }
        if small.is(role::CARDINAL) && scope.is_word(tens) && small.value >= 10 {
            let sum = spelled::words(scope, tens, 0, false)?;
            let rest = i16::try_from(sum.value()?).ok().filter(|rest| (10..100).contains(rest))?;
            return Some((i16::from(century.value) * 100 + rest, sum.end));
        }
    }
    // "two thousand and eighteen"
    if century.value == 2 && scope.is(at + 1, hash_lowered("thousand")) {
        let sum = spelled::words(scope, at, 0, false)?;
        let year = i16::try_from(sum.value()?).ok().filter(|year| (2000..2100).contains(year))?;
        let ends = marks::is_end(scope, sum.end) || scope.is_any(sum.end, &[words::COMMA, words::SEMICOLON]);
        return (sum.end > at + 2 && ends).then_some((year, sum.end));
    }
    None
}

/// A year in words, "nineteen eighty-three" or "two thousand five hundred"; the next token.
pub(crate) fn year_words_or_thousands(scope: &Scope<'_>, at: usize) -> Option<(i16, usize)> {
    if let Some(found) = year_words(scope, at) {
        return Some(found);
    }
    let sum = spelled::words(scope, at, 0, false)?;
    let year = i16::try_from(sum.value()?).ok().filter(|year| (1900..2100).contains(year))?;
    Some((year, sum.end))
}
