//! Units of the calendar: the step of a word, and the length of a duration.

use jiff::ToSpan;

use crate::item::{Content, Counted, Item};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::when::Step;

/// A whole length of time.
pub(crate) fn length(item: &Item) -> Option<jiff::Span> {
    if let Content::Lengths([years, months, weeks, days, ..]) = item.content {
        return Some(years.years().months(months).weeks(weeks).days(days));
    }
    let (Content::Length(number), Counted::Unit(unit)) = (item.content, item.counted) else { return None };
    let power = u32::try_from(number.exponent()).ok()?;
    let count = number.mantissa().checked_mul(10i64.checked_pow(power)?)?;
    if !(0..4000).contains(&count) {
        return None;
    }
    Some(match unit.code {
        "d" => count.days(),
        "wk" => count.weeks(),
        "2.wk" => (2 * count).weeks(),
        "mo" => count.months(),
        "3.mo" => (3 * count).months(),
        "a" => count.years(),
        "10.a" => (10 * count).years(),
        _ => return None,
    })
}

pub(crate) fn step(scope: &Scope<'_>, at: usize) -> Option<Step> {
    let entry = scope.entry(at);
    if !entry.is(role::SPAN) {
        return None;
    }
    Some(match entry.calendar {
        0 => Step::Day,
        1 | 2 => Step::Week,
        3 => Step::Month,
        4 => Step::Quarter,
        5 => Step::Year,
        _ => return None,
    })
}
