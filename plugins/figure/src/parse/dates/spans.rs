//! Stretches of time given by their number or position: "the past three years", "the last week of July", "week 31", "the next decade".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::item::{Content, Item};
use crate::lex::{calendar_number, number};
use crate::origin;
use crate::parse::dates::one_span::{FORTNIGHT, OVER};
use crate::parse::dates::{calendar, calendar_units, dated, month, year};
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::{Step, When};

const WEEK: u64 = hash_lowered("week");
const UPCOMING: u64 = hash_lowered("upcoming");

/// Words between "week" and the day that it begins with or contains.
const BEGINNING: [u64; 4] =
    [words::OF, hash_lowered("beginning"), hash_lowered("starting"), hash_lowered("commencing")];

/// The number of units that "a few" and "several" are read as.
const SEVERAL: i32 = 3;

/// -1 for words before a time that ends with the day of publication, 1 for words before a time after it.
fn way(hash: u64) -> Option<i32> {
    match hash {
        words::LAST | words::PREVIOUS | words::PAST => Some(-1),
        words::NEXT | words::COMING | UPCOMING | words::FOLLOWING => Some(1),
        _ => None,
    }
}

/// "the past three years", "next 5 days", "the 5 past years": this much time up to or from the day of publication.
pub(crate) fn stretch(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let Length { count, unit_at, back, exact } = length(scope, at)?;
    let (unit, end) = scope.longest_unit(unit_at).filter(|(unit, _)| unit.measures == Measures::Time)?;
    let plural = scope.text(unit_at).ends_with('s') || scope.is(unit_at, FORTNIGHT);
    if !(1..=400).contains(&count) || !plural || scope.is(unit_at, hash_lowered("s")) {
        return None;
    }
    // "for the last three years of its life": not up to today.
    if scope.is(end, words::OF) {
        return None;
    }
    let first = at - usize::from(scope.is(at.wrapping_sub(1), words::THE));
    // "over the past two decades" goes up to today; else decades of the calendar.
    let over = OVER.contains(&scope.hash(first.wrapping_sub(1)));
    if let Some(today) = scope.today
        && let Some(span) = span_of(i64::from(count), unit, over)
    {
        let (from, to) = if back {
            (today.checked_sub(span).ok()?, today)
        } else {
            (today.tomorrow().ok()?, today.checked_add(span).ok()?)
        };
        return Some(dated::days_item(scope, first, end, [from, to], origin::STRETCH));
    }
    if let (Some(today), "10.a") = (scope.today, unit.code) {
        let (from, to) = decades(today, i16::try_from(count).ok()?, back);
        return Some(dated::period_item(scope, first, end, from, to, origin::STRETCH));
    }
    if !exact {
        return None;
    }
    // Without a day of publication the text gives only the length.
    let content = Content::Number(Decimal::from(count));
    let span = scope.span(first, end);
    let mut item = Item::new(first, end, span, FigureKind::Duration, content, origin::STRETCH);
    item.set_unit(unit);
    Some(item)
}

/// How long a stretch of time is, and in which direction it goes from the day of publication.
struct Length {
    /// The number of units.
    count: i32,
    /// The token where the unit begins.
    unit_at: usize,
    /// Whether it goes back.
    back: bool,
    /// Whether the text gives the number: not in "the past few days".
    exact: bool,
}

/// "past three", "5 past", "next couple of", "coming" before a plural: the number of units of a stretch of time, at least one.
fn length(scope: &Scope<'_>, at: usize) -> Option<Length> {
    let (count_at, back, swapped) = match way(scope.hash(at)) {
        Some(way) => (at + 1, way < 0, 0),
        None => {
            let way =
                way(scope.hash(at + 1)).filter(|_| scope.is_number(at) || scope.has(at, role::CARDINAL))?;
            (at, way < 0, 1)
        }
    };
    let inexact = |unit_at: usize| Some(Length { count: SEVERAL, unit_at, back, exact: false });
    if scope.is_any(count_at, &[words::FEW, hash_lowered("several")]) {
        return inexact(count_at + 1);
    }
    // "in the coming days": an unknown number.
    if scope.is(at.wrapping_sub(1), words::THE)
        && scope.is_any(at, &[words::COMING, UPCOMING])
        && scope.has(count_at, role::SPAN)
    {
        return inexact(count_at);
    }
    let (count, unit_at) = if scope.is(count_at, words::COUPLE) {
        (2, count_at + 1 + usize::from(scope.is(count_at + 1, words::OF)))
    } else if scope.is(count_at, FORTNIGHT) {
        (1, count_at)
    } else {
        if !(scope.is_number(count_at) || scope.has(count_at, role::CARDINAL)) {
            return None;
        }
        let numeral = number::numeral(scope, count_at)?;
        (whole_number(numeral.value)?, numeral.end + swapped)
    };
    Some(Length { count, unit_at, back, exact: true })
}

/// The integer that a number is, if its digits are followed by at most one zero.
fn whole_number(value: Decimal) -> Option<i32> {
    match value.exponent() {
        0 => i32::try_from(value.mantissa()).ok(),
        1 => value.mantissa().checked_mul(10).and_then(|number| i32::try_from(number).ok()),
        _ => None,
    }
}

/// The time that a number of units takes in the calendar. Decades have one only if `over` says that they go up to today. `None`
/// too if they are longer than the calendar.
fn span_of(count: i64, unit: Unit, over: bool) -> Option<Span> {
    match unit.code {
        "10.a" if !over => None,
        "100.a" => Span::new().try_years(100 * count).ok(),
        code => calendar_units::span(count, code),
    }
}

/// "the next two decades": the first and the last year of the calendar's decades before or after the one of a day.
fn decades(today: Date, count: i16, back: bool) -> (When, When) {
    let decade = today.year() - today.year().rem_euclid(10);
    let (from, to) =
        if back { (decade - 10 * count, decade - 1) } else { (decade + 10, decade + 10 * count + 9) };
    (When::Year(from), When::Year(to))
}

/// "in the last week", "over the last year": up to the day of publication, where "last week" alone is one of the calendar.
pub(crate) fn last_stretch(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let the = at.wrapping_sub(1);
    let past = scope.is(at, words::PAST);
    if !((past || scope.is(at, words::LAST)) && scope.is(the, words::THE)) {
        return None;
    }
    let before = the.wrapping_sub(1);
    let leads =
        scope.is(before, words::IN) || OVER.contains(&scope.hash(before)) && !scope.is(before, words::FOR);
    if !leads && !past {
        return None;
    }
    if scope.text(at + 1).ends_with('s') || scope.is(at + 2, words::OF) {
        return None;
    }
    let today = scope.today?;
    let span = match calendar_units::step(scope, at + 1)? {
        Step::Week if scope.entry(at + 1).calendar == 1 => 1.week(),
        Step::Month => 1.month(),
        Step::Year => 1.year(),
        _ => return None,
    };
    let from = today.checked_sub(span).ok()?;
    Some(dated::days_item(scope, the, at + 2, [from, today], origin::STRETCH))
}

/// "week 31", "week of the 18th", "week beginning February 4".
pub(crate) fn numbered_week(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !scope.is(at, WEEK) {
        return None;
    }
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    if let Some(number) = scope.small(at + 1).filter(|number| (1..=53).contains(number)) {
        let (year, end) = if scope.is(at + 2, words::OF) {
            let (year, end) = year::year_of(scope, at + 3)?;
            (year?, end)
        } else {
            (scope.today?.year(), at + 2)
        };
        // "in week 12 of the season" has no year and was refused above.
        let when = When::Week(year, i8::try_from(number).ok()?);
        return Some(dated::date_item(scope, first, end, when, origin::WEEK));
    }
    if !BEGINNING.contains(&scope.hash(at + 1)) {
        return None;
    }
    let next = at + 2 + usize::from(scope.is(at + 2, words::ON));
    let the = usize::from(scope.is(next, words::THE));
    let date = calendar::calendar(scope, next + the).or_else(|| month::month_first(scope, next + the));
    if let Some(Item { content: Content::Time(When::Day(day)), end, .. }) = date {
        return Some(dated::date_item(scope, first, end, When::week_of(day), origin::WEEK));
    }
    // "the week of the 18th"
    let day = calendar_number::day_at(scope, next + the)
        .filter(|_| the > 0 && date.is_none() && !scope.is_number(next + the))?;
    let today = scope.today?;
    let month = today.first_of_month();
    let near = |by: i64| {
        let month = month.checked_add(by.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    };
    let day = (0..3).filter_map(near).find(|day| *day >= today)?;
    Some(dated::date_item(scope, first, next + the + 1, When::week_of(day), origin::WEEK))
}
