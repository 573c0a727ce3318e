//! Units of the calendar: the step of a word, and the length of a duration.

use jiff::Span;

use crate::item::{Content, Counted, Item};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::when::Step;

/// A whole length of time.
pub(crate) fn length(item: &Item) -> Option<Span> {
    if let Content::Lengths([years, months, weeks, days, ..]) = item.content {
        return span_of_parts([years, months, weeks, days]);
    }
    let (Content::Length(number), Counted::Unit(unit)) = (item.content, item.counted) else { return None };
    let power = u32::try_from(number.exponent()).ok()?;
    let count = number.mantissa().checked_mul(10i64.checked_pow(power)?)?;
    if !(0..4000).contains(&count) {
        return None;
    }
    span(count, unit.code)
}

/// A length of time in years, months, weeks and days. `None` if it is longer than the calendar, as "20,000 years and 2 days" is.
pub(crate) fn span_of_parts([years, months, weeks, days]: [i32; 4]) -> Option<Span> {
    let span = Span::new().try_years(years).ok()?.try_months(months).ok()?;
    span.try_weeks(weeks).ok()?.try_days(days).ok()
}

/// A number of units of the calendar, of decades at most, by the unit's code. `None` if they are longer than the calendar.
pub(crate) fn span(count: i64, code: &str) -> Option<Span> {
    let span = Span::new();
    let span = match code {
        "d" => span.try_days(count),
        "wk" => span.try_weeks(count),
        "2.wk" => span.try_weeks(count.checked_mul(2)?),
        "mo" => span.try_months(count),
        "3.mo" => span.try_months(count.checked_mul(3)?),
        "a" => span.try_years(count),
        "10.a" => span.try_years(count.checked_mul(10)?),
        _ => return None,
    };
    span.ok()
}

pub(crate) fn step(scope: &Scope<'_>, at: usize) -> Option<Step> {
    let entry = scope.entry(at);
    if entry.is(role::SPAN) { step_of(entry.calendar) } else { None }
}

/// The step of a unit of time by its index in `data/numbers.tsv`.
pub(crate) fn step_of(unit: u8) -> Option<Step> {
    Some(match unit {
        0 => Step::Day,
        1 | 2 => Step::Week,
        3 => Step::Month,
        4 => Step::Quarter,
        5 => Step::Year,
        _ => return None,
    })
}
