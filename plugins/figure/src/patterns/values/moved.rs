//! Dates at a distance from the day of publication or from another date, stretches up to one of them, and what repeats.

use copydesk_core::Decimal;
use copydesk_core::layers::FigureKind;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::item::{Content, Item, RelativeTo};
use crate::parse::dates::ago::Length;
use crate::parse::dates::one_span::OVER;
use crate::parse::dates::{ago as lengths, away, calendar_units, dated};
use crate::patterns::classes;
use crate::patterns::values::{Match, UNITS, from_today, span_of};
use crate::sentence::keys::phrase_hash;
use crate::sentence::units::Unit;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::{Step, When};

/// "the week after next": a number of units from the day of publication.
pub(super) fn offset(found: &Match<'_>) -> Option<Item> {
    Some(found.date(from_today(found.scope, found.steps()?, found.unit()?)?))
}

/// "the year before": a number of days or years from the date that the text names last.
pub(super) fn moved(found: &Match<'_>) -> Option<Item> {
    let steps = found.steps()?;
    let mut item = offset(found)?;
    item.relative_to = Some(match found.unit()? {
        0 => RelativeTo::Moved { months: 0, days: steps },
        _ => RelativeTo::Shift(i16::try_from(steps).ok()?),
    });
    Some(item)
}

/// "the past three years", "in the last week", "within 10 days": up to the day of publication or from it on.
pub(super) fn stretch(found: &Match<'_>) -> Option<Item> {
    let steps = found.steps()?;
    if let Some(units) = found.captures.units {
        let (unit, _) = classes::units(found.scope, units)?;
        return stretch_of_units(found, steps, unit);
    }
    let today = found.scope.today?;
    let span = match found.captures.length {
        Some(_) => found.length()?.span()?,
        None => span_of(found.unit()?)?,
    };
    // A time limit includes the day of publication.
    let from = if found.captures.length.is_some() { today } else { today.tomorrow().ok()? };
    let days = if steps < 0 {
        [today.checked_sub(span).ok()?, today]
    } else {
        [from, today.checked_add(span).ok()?]
    };
    Some(dated::days_item(found.scope, found.first, found.end, days, found.origin))
}

/// A stretch of a number of units in the plural; without a day of publication only its length.
fn stretch_of_units(found: &Match<'_>, steps: i32, unit: Unit) -> Option<Item> {
    let Match { scope, first, end, origin, .. } = *found;
    let count = steps.abs();
    if !(1..=400).contains(&count) {
        return None;
    }
    // "over the past two decades" goes up to today; else decades of the calendar.
    let over = OVER.contains(&scope.hash(first.wrapping_sub(1)));
    if let Some(today) = scope.today
        && let Some(span) = span_of_units(i64::from(count), unit, over)
    {
        let days = if steps < 0 {
            [today.checked_sub(span).ok()?, today]
        } else {
            [today.tomorrow().ok()?, today.checked_add(span).ok()?]
        };
        return Some(dated::days_item(scope, first, end, days, origin));
    }
    if let (Some(today), "10.a") = (scope.today, unit.code) {
        let (from, to) = decades(today, i16::try_from(steps).ok()?);
        return Some(found.period(from, to));
    }
    if !found.captures.count.is_some_and(|(_, exact)| exact) {
        return None;
    }
    let content = Content::Number(Decimal::from(count));
    let mut item = Item::new(first, end, scope.span(first, end), FigureKind::Duration, content, origin);
    item.set_unit(unit);
    Some(item)
}

/// The time that a number of units takes in the calendar. Decades have one only if `over` says that they go up to today. `None`
/// too if they are longer than the calendar.
fn span_of_units(count: i64, unit: Unit, over: bool) -> Option<Span> {
    match unit.code {
        "10.a" if !over => None,
        "100.a" => Span::new().try_years(100 * count).ok(),
        code => calendar_units::span(count, code),
    }
}

/// "the next two decades": the first and the last year of the calendar's decades before or after the one of a day.
fn decades(today: Date, steps: i16) -> (When, When) {
    let decade = today.year() - today.year().rem_euclid(10);
    let (from, to) =
        if steps < 0 { (decade + 10 * steps, decade - 1) } else { (decade + 10, decade + 10 * steps + 9) };
    (When::Year(from), When::Year(to))
}

/// "year to date": from the first day of the year, quarter or month to that of publication.
pub(super) fn to_date(found: &Match<'_>) -> Option<Item> {
    let today = found.scope.today?;
    let from = match found.unit()? {
        3 => today.first_of_month(),
        4 => Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1).ok()?,
        5 => today.first_of_year(),
        _ => return None,
    };
    Some(dated::days_item(found.scope, found.first, found.end, [from, today], found.origin))
}

/// "the day after May 3": a number of days from the day inside the pattern.
pub(super) fn shift(found: &Match<'_>) -> Option<Item> {
    let When::Day(day) = found.inner_when()? else { return None };
    let moved = day.checked_add(i64::from(found.steps()?).days()).ok()?;
    Some(found.date(When::Day(moved)))
}

/// "a month after May 3", "a week from Friday": a length of time before (-1) or after (1) the day inside the pattern.
pub(super) fn beside(found: &Match<'_>) -> Option<Item> {
    let inner = found.inner().filter(|item| item.relative_to.is_none())?;
    let Content::Time(When::Day(day)) = inner.content else { return None };
    let from = found.scope.is(inner.first.wrapping_sub(1), words::FROM);
    if from && !found.scope.has(inner.first, role::WEEKDAY) {
        return None;
    }
    let day = if from { away::weekday_ahead(found.scope, day, inner.first) } else { day };
    let span = found.length()?.span()?;
    let moved = if found.steps()? < 0 { day.checked_sub(span) } else { day.checked_add(span) };
    Some(found.date(When::Day(moved.ok()?)))
}

/// "three weeks ago"
pub(super) fn ago(found: &Match<'_>) -> Option<Item> {
    let mut item = found.date(found.length()?.from(found.scope.today, -1)?);
    item.confidence = 0.85;
    Some(item)
}

/// "two years from now"
pub(super) fn from_now(found: &Match<'_>) -> Option<Item> {
    Some(found.date(found.length()?.from(found.scope.today, 1)?))
}

/// "24 hours ago", "20 minutes ago": the day.
pub(super) fn hours_ago(found: &Match<'_>) -> Option<Item> {
    let hours = match found.scope.entry(found.end.checked_sub(2)?).calendar {
        8 => found.captures.count?.0,
        9 => found.captures.count?.0 / 60,
        _ => return None,
    };
    Some(found.date(When::offset(found.scope.today, -(hours / 24).min(4000), Step::Day)))
}

/// "a year earlier": before the date that the text names last.
pub(super) fn earlier(found: &Match<'_>) -> Option<Item> {
    apart(found, found.length()?, -1)
}

/// "two weeks later"
pub(super) fn later(found: &Match<'_>) -> Option<Item> {
    apart(found, found.length()?, 1)
}

fn apart(found: &Match<'_>, length: Length, sign: i32) -> Option<Item> {
    if let Some((count, Step::Year)) = length.single {
        let by = i16::try_from(sign * count).ok()?;
        let mut item = found.date(When::offset(found.scope.today, i32::from(by), Step::Year));
        item.origin = crate::origin::EARLIER;
        item.relative_to = Some(RelativeTo::Shift(by));
        return Some(item);
    }
    let [years, months, weeks, days] = length.parts;
    let mut item = found.date(length.from(found.scope.today, sign)?);
    item.relative_to =
        Some(RelativeTo::Moved { months: sign * (years * 12 + months), days: sign * (weeks * 7 + days) });
    Some(item)
}

/// "in two weeks": only where the sentence looks ahead, for it is also how long something took.
pub(super) fn appointed(found: &Match<'_>) -> Option<Item> {
    let Match { scope, at, end, .. } = *found;
    // "its first summit in three years" looks back.
    let record = (2..9).any(|back| {
        let word = at.wrapping_sub(back);
        scope.has(word, role::ORDINAL)
            || scope.is_lower_word(word) && scope.text(word).ends_with("est") && scope.text(word).len() > 5
    });
    // "in two years' time" is always to come.
    let time = scope.is(end - 1, words::TIME);
    let comes = time || !record && (tense::is_future(scope, at) || lengths::is_appointed(scope, at - 1));
    if comes { from_now(found) } else { None }
}

/// "two Mondays ago" (-1), "three Fridays from now" (1).
pub(super) fn weekdays(found: &Match<'_>) -> Option<Item> {
    let today = found.scope.today?;
    let (count, weekday) = (found.captures.count?.0, found.captures.weekday?);
    if !(1..=20).contains(&count) {
        return None;
    }
    let ahead = i32::from((weekday - today.weekday().to_monday_one_offset()).rem_euclid(7));
    let days =
        if found.steps()? < 0 { ahead - 7 * count } else { ahead + 7 * (count - i32::from(ahead > 0)) };
    Some(found.date(When::Day(today.checked_add(i64::from(days).days()).ok()?)))
}

/// "the same period last year": the year that is captured, or this many years from that of the date that the text names last.
pub(super) fn same(found: &Match<'_>) -> Option<Item> {
    let today = found.scope.today;
    let (relative_to, when) = match (found.captures.year, found.steps()) {
        (Some(year), _) => (RelativeTo::Year(year), When::Year(year)),
        (None, by) => {
            let by = by?;
            (RelativeTo::Shift(i16::try_from(by).ok()?), When::offset(today, by, Step::Year))
        }
    };
    let mut item = found.date(when);
    item.kind = FigureKind::Period;
    item.relative_to = Some(relative_to);
    // The period that the sentence named last decides; a text that names none means the current month or quarter.
    if let (Some(unit @ (3 | 4)), Some(today)) = (found.captures.unit, today)
        && let Some(running) = from_today(found.scope, 0, unit)
    {
        let by = match relative_to {
            RelativeTo::Shift(by) => Some(by),
            RelativeTo::Year(year) => year.checked_sub(today.year()),
            RelativeTo::Moved { .. } => None,
        };
        if let Some(when) = by.and_then(|by| running.shift_years(by)) {
            item.content = Content::Time(when);
        }
    }
    Some(item)
}

/// "every weekend": once in each unit of time.
pub(super) fn repeat(found: &Match<'_>) -> Option<Item> {
    let Match { scope, first, end, origin, .. } = *found;
    let content = Content::Repeat(Decimal::from(found.steps().unwrap_or(1)));
    let mut item = Item::new(first, end, scope.span(first, end), FigureKind::Duration, content, origin);
    let name = UNITS.get(usize::from(found.unit()?))?;
    item.set_unit(scope.vocabulary.unit(phrase_hash(name), 0, false)?);
    Some(item)
}

/// "every Monday"
pub(super) fn each_weekday(found: &Match<'_>) -> Option<Item> {
    Some(found.date(When::AnyWeekday(found.captures.weekday?)))
}
