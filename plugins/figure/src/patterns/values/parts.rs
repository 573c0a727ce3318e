//! Parts of a year, month or week: the nth day, week or quarter, the first months, halves, the rest.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::item::{Content, Item};
use crate::parse::dates::holiday::weekend_of;
use crate::parse::dates::{dated, month};
use crate::patterns::values::{Match, from_today};
use crate::sentence::tense;
use crate::when::When;

/// "the last week of July" without its number, "the first Friday of July", "the 20th of next month".
pub(super) fn nth(found: &Match<'_>) -> Option<Item> {
    let day = found.captures.day.map(i64::from);
    place(found, Some(found.captures.nth.map(i64::from).or(day)?))
}

/// "the last week of July", "the last Sunday in May"
pub(super) fn last(found: &Match<'_>) -> Option<Item> {
    place(found, None)
}

/// The nth, or else the last, weekday, day or other unit of the date inside the pattern.
fn place(found: &Match<'_>, nth: Option<i64>) -> Option<Item> {
    let whole = found.inner_when()?;
    let when = match found.captures.weekday {
        Some(weekday) => {
            let When::Month(year, month) = whole else { return None };
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            let nth = i8::try_from(nth.unwrap_or(-1)).ok().filter(|nth| *nth <= 5)?;
            When::Day(Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?)
        }
        None => part_of(found.captures.unit.unwrap_or(0), whole, nth)?,
    };
    Some(found.date(when))
}

/// The nth, or the last, unit of a whole. `unit` is its index among the spans of time: a day, week, weekend, month or quarter.
fn part_of(unit: u8, whole: When, nth: Option<i64>) -> Option<When> {
    let day = |date: Date, by: i64| date.checked_add(by.days()).ok();
    let number = |last: i8, most: i8| match nth {
        None => Some(last),
        Some(nth) => i8::try_from(nth).ok().filter(|nth| *nth <= most),
    };
    Some(match (unit, whole) {
        (0, When::Year(year)) => match nth {
            None => When::Day(Date::new(year, 12, 31).ok()?),
            Some(nth) => When::Day(day(Date::new(year, 1, 1).ok()?, nth - 1)?),
        },
        (0, When::Month(year, month)) => match nth {
            None => When::Day(Date::new(year, month, 1).ok()?.last_of_month()),
            Some(nth) => When::Day(Date::new(year, month, i8::try_from(nth).ok()?).ok()?),
        },
        (1, When::Year(year)) => When::Week(year, number(52, 53)?),
        (1, When::Month(year, month)) => {
            // The first week of a month is the one that holds its first Thursday.
            let start = Date::new(year, month, 1).ok()?;
            let thursday = |nth: i8| start.nth_weekday_of_month(nth, Weekday::Thursday).ok();
            When::week_of(match nth {
                None => thursday(-1)?,
                Some(nth) => day(thursday(1)?, 7 * (nth - 1))?,
            })
        }
        (2, When::Month(year, month)) => {
            let start = Date::new(year, month, 1).ok()?;
            let nth = i8::try_from(nth.unwrap_or(-1)).ok()?;
            weekend_of(start.nth_weekday_of_month(nth, Weekday::Saturday).ok()?)
        }
        (3, When::Year(year)) => When::Month(year, number(12, 12)?),
        (4, When::Year(year)) => When::Quarter(year, number(4, 4)?),
        _ => return None,
    })
}

/// "the first nine months of 2021", "the first two weeks of May"
pub(super) fn first_part(found: &Match<'_>) -> Option<Item> {
    part_at_edge(found, false)
}

/// "the last two quarters of 2020"
pub(super) fn last_part(found: &Match<'_>) -> Option<Item> {
    part_at_edge(found, true)
}

/// A number of months, quarters, weeks or days from the beginning of a year or month, or up to its end.
fn part_at_edge(found: &Match<'_>, last: bool) -> Option<Item> {
    let count =
        i8::try_from(found.captures.count.filter(|(_, exact)| *exact)?.0).ok().filter(|count| *count > 0)?;
    let unit = found.scope.entry(found.captures.units?).calendar;
    let months = match unit {
        3 => Some(count),
        4 => Some(count.checked_mul(3)?),
        _ => None,
    };
    if let Some(months) = months {
        let (from, to) = if last { (13 - months, 12) } else { (1, months) };
        let year = found.captures.year;
        let when = |month: i8| year.map_or(When::AnyMonth(month), |year| When::Month(year, month));
        let fits = found.names_year() && (2..=11).contains(&months);
        return fits.then(|| Item { origin: crate::origin::MONTHS, ..found.period(when(from), when(to)) });
    }
    let days = match unit {
        0 => i64::from(count),
        1 => 7 * i64::from(count),
        _ => return None,
    };
    let (from, to) = match found.captures.year {
        Some(year) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
        None => {
            let When::Month(year, month) = found.inner_when()? else { return None };
            let from = Date::new(year, month, 1).ok()?;
            (from, from.last_of_month())
        }
    };
    let (from, to) = if last {
        (to.checked_sub((days - 1).days()).ok()?.max(from), to)
    } else {
        (from, from.checked_add((days - 1).days()).ok()?.min(to))
    };
    (days > 1).then(|| dated::days_item(found.scope, found.first, found.end, [from, to], crate::origin::DAYS))
}

/// "44 BC": ISO 8601 counts the year before the first as 0.
pub(super) fn before_christ(found: &Match<'_>) -> Option<Item> {
    Some(found.date(When::Year(1 - found.captures.year?)))
}

/// "the 18th century", "the 18th and 19th centuries"; with -1 before Christ, from its hundredth year to its first.
pub(super) fn century(found: &Match<'_>) -> Option<Item> {
    let first = i16::from(found.captures.nth?);
    let last = found.captures.nth2.map_or(first, i16::from);
    if !(1..=21).contains(&first) || !(first..=21).contains(&last) {
        return None;
    }
    let (from, to) = match found.steps() {
        Some(_) => (1 - 100 * last, 100 - 100 * first),
        None => (100 * (first - 1), 100 * last - 1),
    };
    Some(found.period(When::Year(from), When::Year(to)))
}

/// "the rest of the week": from the day of publication to its end.
pub(super) fn rest(found: &Match<'_>) -> Option<Item> {
    let when = match found.captures.unit {
        Some(unit) => from_today(found.scope, 0, unit)?,
        None => found.inner_when()?,
    };
    let last = match when {
        When::Week(..) => when.days()?.1,
        When::Month(year, month) => Date::new(year, month, 1).ok()?.last_of_month(),
        When::Year(year) => Date::new(year, 12, 31).ok()?,
        _ => return None,
    };
    let days = [found.scope.today?, last];
    Some(dated::days_item(found.scope, found.first, found.end, days, found.origin))
}

/// "the second quarter of 2021", "Q2", "the final quarter of last year".
pub(super) fn quarter(found: &Match<'_>) -> Option<Item> {
    let number = part_number(found, found.captures.quarter).filter(|number| (1..=4).contains(number))?;
    let year = found.captures.year.or_else(|| {
        let today = found.scope.today.filter(|_| !found.names_year())?;
        let begun = (today.month() - 1) / 3 + 1 >= number;
        Some(today.year() - i16::from(!begun && !tense::is_future(found.scope, found.at)))
    });
    Some(found.date(year.map_or(When::AnyQuarter(number), |year| When::Quarter(year, number))))
}

/// "the first half of the year", "H1 2021"
pub(super) fn half(found: &Match<'_>) -> Option<Item> {
    let number = part_number(found, found.captures.half).filter(|number| (1..=2).contains(number))?;
    let year = found.captures.year;
    Some(found.date(year.map_or(When::AnyHalf(number), |year| When::Half(year, number))))
}

/// The number of a quarter or half: of the row, of its sign, or its ordinal.
fn part_number(found: &Match<'_>, sign: Option<i8>) -> Option<i8> {
    let given = found.steps().and_then(|number| i8::try_from(number).ok());
    given.or(sign).or_else(|| i8::try_from(found.captures.nth?).ok())
}

/// "the first half of June", "the second half of next month": up to its fifteenth day, or from the sixteenth on.
pub(super) fn half_month(found: &Match<'_>) -> Option<Item> {
    let When::Month(year, month) = found.inner_when()? else { return None };
    let last = Date::new(year, month, 1).ok()?.days_in_month();
    let (from, to) = match found.captures.nth? {
        1 => (1, 15),
        2 => (16, last),
        _ => return None,
    };
    let day = |day: i8| Date::new(year, month, day).ok().map(When::Day);
    Some(found.period(day(from)?, day(to)?))
}

/// "the September quarter", "the June 2021 quarter": the three months that end with it.
pub(super) fn month_quarter(found: &Match<'_>) -> Option<Item> {
    let month = found.captures.month.filter(|month| month % 3 == 0)?;
    let when = match month::month_of(found.scope, found.at, found.captures.year, month) {
        When::Month(year, month) => When::Quarter(year, month / 3),
        _ => When::AnyQuarter(month / 3),
    };
    Some(found.date(when))
}

/// "week 31 of 2021", "the week of May 3", "the week of the 18th": by its number, a day in it, or the number of the next such day.
pub(super) fn week(found: &Match<'_>) -> Option<Item> {
    if let Some(week) = found.captures.week {
        let year = found.captures.year.or_else(|| {
            let today = found.scope.today.filter(|_| !found.names_year())?;
            Some(today.year())
        });
        return Some(found.date(When::Week(year?, week)));
    }
    if found.captures.inner.is_some() {
        let When::Day(day) = found.inner_when()? else { return None };
        return Some(found.date(When::week_of(day)));
    }
    let today = found.scope.today?;
    let number = i8::try_from(found.captures.nth?).ok()?;
    let near = |by: i64| {
        let month = today.first_of_month().checked_add(by.months()).ok()?;
        Date::new(month.year(), month.month(), number).ok()
    };
    let day = (0..3).filter_map(near).find(|day| *day >= today)?;
    Some(found.date(When::week_of(day)))
}

/// "the weekend of Thanksgiving"
pub(super) fn weekend(found: &Match<'_>) -> Option<Item> {
    let When::Day(day) = found.inner_when()? else { return None };
    Some(found.date(weekend_of(day)))
}

/// "Tuesday of last week"
pub(super) fn weekday(found: &Match<'_>) -> Option<Item> {
    let Content::Time(when @ When::Week(..)) = found.inner()?.content else { return None };
    let weekday = i64::from(found.captures.weekday?);
    let day = when.days()?.0.checked_add((weekday - 1).days()).ok()?;
    Some(found.date(When::Day(day)))
}
