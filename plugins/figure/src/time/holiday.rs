//! Holidays: "Easter 2031", "next Thanksgiving", "Labor Day weekend".

use copydesk_core::hash_lowered;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::item::Item;
use crate::scope::Scope;
use crate::time::when::When;
use crate::time::{calendar, day, tense};
use crate::vocabulary::role;
use crate::words;

/// How a holiday's day follows from the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holiday {
    Fixed(i8, i8),
    /// Month, which of them (5 for the last), weekday.
    Weekday(i8, i8, i8),
    /// Days from Easter Sunday.
    Easter(i8),
    /// Days from the Easter Sunday of the Orthodox churches.
    OrthodoxEaster(i8),
    /// Days from the Chinese New Year.
    LunarNewYear(i8),
    /// As `Weekday`, and so many days later.
    Behind(i8, i8, i8, i8),
}

impl Holiday {
    /// Reads a cell of the table.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix('E') {
            return days.parse().ok().map(Self::Easter);
        }
        if let Some(days) = text.strip_prefix('O') {
            return days.parse().ok().map(Self::OrthodoxEaster);
        }
        if let Some(days) = text.strip_prefix('L') {
            return days.parse().ok().map(Self::LunarNewYear);
        }
        if let Some((month, day)) = text.split_once('-') {
            return Some(Self::Fixed(month.parse().ok()?, day.parse().ok()?));
        }
        if let Some((rule, days)) = text.split_once('+') {
            let Self::Weekday(month, nth, weekday) = Self::parse(rule)? else { return None };
            return Some(Self::Behind(month, nth, weekday, days.parse().ok()?));
        }
        let mut parts = text.split(':').map(|part| part.parse().ok());
        Some(Self::Weekday(parts.next()??, parts.next()??, parts.next()??))
    }

    /// The day in a year.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Weekday(month, nth, weekday) => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                let nth = if nth == 5 { -1 } else { nth };
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Self::Behind(month, nth, weekday, days) => {
                Self::Weekday(month, nth, weekday).day(year)?.checked_add(i64::from(days).days()).ok()
            }
            Self::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::OrthodoxEaster(days) => orthodox_easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::LunarNewYear(days) => lunar_new_year(year)?.checked_add(i64::from(days).days()).ok(),
        }
    }
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm, as Meeus gives it).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// Easter Sunday of the Orthodox churches: by the Julian calendar (Meeus's algorithm), as a day of the Gregorian one.
fn orthodox_easter(year: i16) -> Option<Date> {
    let year32 = i32::from(year);
    let (a, b, c) = (year32 % 4, year32 % 7, year32 % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    // What the calendars have drifted apart by March.
    let apart = i64::from(year32 / 100 - year32 / 400 - 2);
    Date::new(year, month as i8, day as i8).ok()?.checked_add(apart.days()).ok()
}

/// The first day of the Chinese calendar's year, for the years of the table.
fn lunar_new_year(year: i16) -> Option<Date> {
    let rows = include_str!("../../data/lunar_new_year.tsv").lines().filter_map(|row| row.split_once('\t'));
    let (_, day) = rows.into_iter().find(|(of, _)| of.parse() == Ok(year))?;
    let (month, day) = day.split_once('-')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A holiday that begins at a token, the year after it or the words before it telling which.
pub(crate) fn holiday(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let (holiday, mut end) = scope.longest(at, |phrase| scope.vocabulary.holiday(phrase))?;
    // "Christmas trees", "Easter Island" name something else; "Labor Day cookout" still indicates the day.
    let noun = scope.is_word(end)
        && !scope.has(end, role::FUNCTION | role::VERB | role::REPORT | role::WEEKDAY)
        && !scope.is(end, hash_lowered("weekend"));
    let small =
        !scope.is_capitalized(at) && scope.is_any(at.wrapping_sub(1), &[words::A, hash_lowered("each")]);
    if noun && end == at + 1 || small {
        return None;
    }
    // "Jewish New Year": of another calendar, whose days no table here has.
    const OTHER_YEARS: [&str; 10] =
        ["Islamic", "Jewish", "Parsi", "Tamil", "Hindu", "Persian", "Nepali", "Thai", "Ethiopian", "islamic"];
    if scope.is(at, hash_lowered("new")) && OTHER_YEARS.contains(&scope.text(at.wrapping_sub(1))) {
        return None;
    }
    // "Johnnie Christmas"
    if end == at + 1
        && scope.is_capitalized(at.wrapping_sub(1))
        && at > scope.start + 1
        && scope.is_capitalized(at)
    {
        return None;
    }
    let year = day::year_behind(scope, end);
    if let Some((_, behind)) = year {
        end = behind;
    }
    let previous = at.wrapping_sub(1);
    let last = scope.is_any(previous, &[words::LAST, words::PREVIOUS]);
    let next = scope.is_any(previous, &[words::NEXT, words::COMING, words::FOLLOWING]);
    let when = match (year, scope.today) {
        (Some((year, _)), _) => When::Day(holiday.day(year)?),
        (None, Some(today)) => {
            let day = |by: i16| holiday.day(today.year() + by);
            let chosen = if last {
                [day(0), day(-1)].into_iter().flatten().find(|day| *day < today)
            } else if next || tense::is_future(scope, at) {
                [day(0), day(1)].into_iter().flatten().find(|day| *day >= today)
            } else if scope.is(previous, words::THIS) {
                day(0)
            } else {
                [day(0), day(-1), day(1)]
                    .into_iter()
                    .flatten()
                    .min_by_key(|day| (*day - today).get_days().abs())
            };
            When::Day(chosen?)
        }
        (None, None) => match holiday {
            Holiday::Fixed(month, day) => When::AnyDay(month, day),
            _ => return None,
        },
    };
    let first = if last || next || scope.is(previous, words::THIS) { previous } else { at };
    if scope.is(end, hash_lowered("weekend"))
        && let When::Day(day) = when
    {
        return Some(calendar::date_item(scope, first, end + 1, weekend_of(day), "holiday"));
    }
    Some(calendar::date_item(scope, first, end, when, "holiday"))
}

/// The weekend next to a day.
pub(crate) fn weekend_of(day: Date) -> When {
    let day = if day.weekday() == Weekday::Monday { day.yesterday().unwrap_or(day) } else { day };
    match When::week_of(day) {
        When::Week(year, week) => When::Weekend(year, week),
        other => other,
    }
}
