//! Two numbers that are a month and its year or a day and its month: "2015-3", "on 22/04".

use crate::item::Item;
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};
use crate::when::When;

/// Words before two numbers that are a date: "since 22/04".
const BEFORE_DATE: [u64; 6] = [words::ON, words::THIS, words::NEXT, words::LAST, words::SINCE, words::UNTIL];

/// "22/04", "2015-3", "2008-9": two numbers.
pub(crate) fn joined_date(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let mark = scope.hash(at + 1);
    let marked = matches!(mark, words::HYPHEN | words::SLASH) && is_joint(scope, at + 1, mark);
    let joined_before =
        scope.glued(at) && matches!(scope.hash(at.wrapping_sub(1)), words::HYPHEN | words::SLASH);
    if !marked || joined_before || is_joint(scope, at + 3, mark) {
        return None;
    }
    match calendar_number::year_at(scope, at).filter(|_| scope.text(at).len() == 4) {
        Some(year) => after_year(scope, at, year, mark),
        None => day_and_month(scope, at, mark),
    }
}

/// Whether a mark joins two parts without blanks.
fn is_joint(scope: &Scope<'_>, at: usize, mark: u64) -> bool {
    scope.hash(at) == mark && scope.glued(at) && scope.glued(at + 1)
}

/// Month and day of two numbers, by their size, else in the order that is usual where the document was written.
fn in_order(scope: &Scope<'_>, first: u32, second: u32) -> (u32, u32) {
    if first > 12 || scope.day_first && second <= 12 { (second, first) } else { (first, second) }
}

/// "2015-3", "2008-9": a year, and a month or the year after it.
fn after_year(scope: &Scope<'_>, at: usize, year: i16, mark: u64) -> Option<Item> {
    let month = scope.small(at + 2).filter(|month| (1..=12).contains(month))? as i8;
    let digits = scope.text(at + 2).len();
    // "2008-9"
    if mark == words::HYPHEN && digits == 1 && i16::from(month) == year % 10 + 1 {
        let (from, to) = (When::Year(year), When::Year(year + 1));
        return Some(dated::period_item(scope, at, at + 3, from, to, origin::YEARS));
    }
    // "1998-99" is a season; "2007-12" may be a season or a month, but is unlikely to be a month.
    let period = digits == 2 && i16::from(month) > year % 100 && mark == words::HYPHEN && month > 9;
    (!period && mark == words::HYPHEN || mark == words::SLASH && digits < 2)
        .then(|| dated::date_item(scope, at, at + 3, When::Month(year, month), origin::MONTH))
}

/// "on 22/04", "this 5/12", "4-22": two numbers that only the words around them make a date.
fn day_and_month(scope: &Scope<'_>, at: usize, mark: u64) -> Option<Item> {
    let (a, b) = (scope.small(at)?, scope.small(at + 2)?);
    // The attacks, not a day of this year.
    if (a, b) == (9, 11) && mark == words::SLASH {
        return None;
    }
    let previous = at.wrapping_sub(1);
    let introduced =
        scope.is_any(previous, &BEFORE_DATE) || scope.is(previous, words::BY) && mark == words::SLASH;
    let zero = scope.text(at).starts_with('0') || scope.text(at + 2).starts_with('0');
    // "meet 5/17": nobody writes seventeenths in digits.
    let odd = a <= 12
        && (13..=31).contains(&b)
        && b != 16
        && mark == words::SLASH
        && scope.end > at + 3
        && at > scope.start
        && (marks::is_end(scope, at + 3) || scope.is(at + 3, words::COMMA));
    if !(introduced || odd || zero && mark == words::SLASH)
        || scope.has(at + 3, role::UNIT)
        || scope.is_lower_word(at + 3) && zero
    {
        return None;
    }
    let (month, day) = in_order(scope, a, b);
    let when = dated::day_of(scope, at, None, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    Some(dated::date_item(scope, at, at + 3, when, origin::DATE))
}
