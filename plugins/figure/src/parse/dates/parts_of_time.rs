//! The first or last part of a year or month: "the first nine months of 2021", "the last two quarters of 2020", "the first two weeks
//! of May".

use copydesk_core::hash_lowered;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::lex::number;
use crate::origin;
use crate::parse::dates::{dated, deictic, month, year};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::When;

/// This many months, quarters, weeks or days from the beginning of a year or month, or up to its end.
pub(crate) fn part_of_time(scope: &Scope<'_>, at: usize) -> Option<Item> {
    const ENDS: [u64; 2] = [words::LAST, hash_lowered("final")];
    const STARTS: [u64; 2] = [words::FIRST, hash_lowered("opening")];
    let last = scope.is_any(at, &ENDS);
    if !(last || scope.is_any(at, &STARTS)) || !(scope.has(at + 1, role::CARDINAL) || scope.is_number(at + 1))
    {
        return None;
    }
    let numeral = number::numeral(scope, at + 1)?;
    let noun = numeral.end;
    let whole = numeral.value.exponent() >= 0 && numeral.upper.is_none();
    let count = i8::try_from(numeral.value.to_f64() as i64).ok().filter(|_| whole)?;
    if count < 1 || !scope.has(noun, role::SPAN) || !scope.text(noun).ends_with('s') {
        return None;
    }
    if !scope.is(noun + 1, words::OF) {
        return None;
    }
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let months = match scope.entry(noun).calendar {
        3 => Some(count),
        4 => Some(count.checked_mul(3)?),
        _ => None,
    };
    if let Some(months) = months {
        if !(2..=11).contains(&months) {
            return None;
        }
        let (year, end) = year::year_of(scope, noun + 2)?;
        let (from, to) = if last { (13 - months, 12) } else { (1, months) };
        let when = |month: i8| year.map_or(When::AnyMonth(month), |year| When::Month(year, month));
        return Some(dated::period_item(scope, first, end, when(from), when(to), origin::MONTHS));
    }
    let days = match scope.entry(noun).calendar {
        0 => i64::from(count),
        1 => 7 * i64::from(count),
        _ => return None,
    };
    let (from, to, end) = year_or_month(scope, noun + 2)?;
    let (from, to) = if last {
        (to.checked_sub((days - 1).days()).ok()?.max(from), to)
    } else {
        (from, from.checked_add((days - 1).days()).ok()?.min(to))
    };
    (days > 1).then(|| dated::days_item(scope, first, end, [from, to], origin::DAYS))
}

/// The first and last day of a year or month that begins at a token, and the next token.
fn year_or_month(scope: &Scope<'_>, at: usize) -> Option<(Date, Date, usize)> {
    if let Some((year, end)) = year::year_of(scope, at) {
        let year = year?;
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, end));
    }
    let named = || if scope.has(at, role::MONTH) { month::month_first(scope, at) } else { None };
    let month = deictic::deictic(scope, at).or_else(named)?;
    let Content::Time(When::Month(year, number)) = month.content else { return None };
    let from = Date::new(year, number, 1).ok()?;
    Some((from, from.last_of_month(), month.end))
}
