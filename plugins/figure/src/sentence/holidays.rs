//! Holidays.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::Weekday;

/// How a holiday's day is computed for a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holiday {
    Fixed(i8, i8),
    /// Month, which of its weekdays (5 for the last), weekday.
    Weekday(i8, i8, i8),
    /// Days from Easter Sunday.
    Easter(i8),
    /// Days from the Easter Sunday of the Orthodox churches.
    OrthodoxEaster(i8),
    /// Days from the Chinese New Year.
    LunarNewYear(i8),
    /// As `Weekday`, and this many days later.
    After(i8, i8, i8, i8),
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
            return Some(Self::After(month, nth, weekday, days.parse().ok()?));
        }
        let mut parts = text.split(':').map(|part| part.parse().ok());
        Some(Self::Weekday(parts.next()??, parts.next()??, parts.next()??))
    }

    /// Its day in a year.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Weekday(month, nth, weekday) => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                let nth = if nth == 5 { -1 } else { nth };
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Self::After(month, nth, weekday, days) => {
                Self::Weekday(month, nth, weekday).day(year)?.checked_add(i64::from(days).days()).ok()
            }
            Self::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::OrthodoxEaster(days) => orthodox_easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::LunarNewYear(days) => lunar_new_year(year)?.checked_add(i64::from(days).days()).ok(),
        }
    }
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm; Meeus).
pub(crate) fn easter(year: i16) -> Option<Date> {
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
pub(crate) fn orthodox_easter(year: i16) -> Option<Date> {
    let year32 = i32::from(year);
    let (a, b, c) = (year32 % 4, year32 % 7, year32 % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    // The difference of the calendars in March.
    let apart = i64::from(year32 / 100 - year32 / 400 - 2);
    Date::new(year, month as i8, day as i8).ok()?.checked_add(apart.days()).ok()
}

/// The first day of the Chinese calendar's year, for the years of the table.
pub(crate) fn lunar_new_year(year: i16) -> Option<Date> {
    let rows = include_str!("../../data/lunar_new_year.tsv").lines().filter_map(|row| row.split_once('\t'));
    let (_, day) = rows.into_iter().find(|(of, _)| of.parse() == Ok(year))?;
    let (month, day) = day.split_once('-')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
