//! Dates of every precision, in ISO 8601 and TIMEX.

use std::fmt;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

/// A unit of relative time, by its letter in ISO 8601.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A stretch of the calendar, or one that depends on the day of publication.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum When {
    Year(i16),
    /// 1 or 2.
    Half(i16, i8),
    Quarter(i16, i8),
    /// Spring is 1.
    Season(i16, i8),
    Month(i16, i8),
    /// Year and number of the ISO week.
    Week(i16, i8),
    Weekend(i16, i8),
    Day(Date),
    /// A month of an unknown year.
    AnyMonth(i8),
    AnyDay(i8, i8),
    AnyQuarter(i8),
    AnyHalf(i8),
    AnySeason(i8),
    /// Monday is 1.
    AnyWeekday(i8),
    /// This many steps before (negative) or after the day of publication.
    Offset(i32, Step),
    /// Hour, minute, minutes ahead of UTC.
    Clock(i8, Option<i8>, Option<i16>),
}

impl When {
    /// The week that holds a day.
    pub(crate) fn week_of(date: Date) -> Self {
        let week = date.iso_week_date();
        Self::Week(week.year(), week.week())
    }

    /// First and last day of a week or weekend.
    pub(crate) fn days(self) -> Option<(Date, Date)> {
        let (year, week, from) = match self {
            Self::Week(year, week) => (year, week, 0),
            Self::Weekend(year, week) => (year, week, 5),
            _ => return None,
        };
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        let day = |by: i64| monday.checked_add(by.days()).ok();
        Some((day(from)?, day(6)?))
    }

    /// Whether it stays relative.
    pub(crate) const fn is_relative(self) -> bool {
        matches!(
            self,
            Self::AnyMonth(_)
                | Self::AnyDay(..)
                | Self::AnyQuarter(_)
                | Self::AnyHalf(_)
                | Self::AnySeason(_)
                | Self::AnyWeekday(_)
                | Self::Offset(..)
        )
    }

    /// The same this many years later.
    pub(crate) fn shift_years(self, by: i16) -> Option<Self> {
        let year = |year: i16| year.checked_add(by);
        Some(match self {
            Self::Year(y) => Self::Year(year(y)?),
            Self::Half(y, n) => Self::Half(year(y)?, n),
            Self::Quarter(y, n) => Self::Quarter(year(y)?, n),
            Self::Season(y, n) => Self::Season(year(y)?, n),
            Self::Month(y, n) => Self::Month(year(y)?, n),
            Self::Week(y, n) => Self::Week(year(y)?, n),
            Self::Day(date) => Self::Day(date.checked_add(Span::new().try_years(by).ok()?).ok()?),
            _ => return None,
        })
    }

    /// The stretch of a step's length that is `count` steps from that of a day.
    pub(crate) fn offset(today: Option<Date>, count: i32, step: Step) -> Self {
        today.and_then(|today| Self::resolved(today, count, step)).unwrap_or(Self::Offset(count, step))
    }

    fn resolved(today: Date, count: i32, step: Step) -> Option<Self> {
        let count64 = i64::from(count);
        let months = |count: i64| today.first_of_month().checked_add(count.months()).ok();
        if count.abs() > 40_000 {
            return None;
        }
        Some(match step {
            Step::Day => Self::Day(today.checked_add(count64.days()).ok()?),
            Step::Week => Self::week_of(today.checked_add((count64 * 7).days()).ok()?),
            Step::Month => months(count64).map(|date| Self::Month(date.year(), date.month()))?,
            Step::Quarter => {
                months(count64 * 3).map(|date| Self::Quarter(date.year(), (date.month() - 1) / 3 + 1))?
            }
            Step::Year => Self::Year(today.year().checked_add(i16::try_from(count).ok()?)?),
        })
    }
}

/// A date of a year after Christ in ISO 8601: the most frequent value, so it is written digit by digit.
fn iso(date: Date, into: &mut [u8; 10]) -> &str {
    let digit = |number: i16, power: i16| b'0' + (number / power % 10) as u8;
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    *into = [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(day, 10),
        digit(day, 1),
    ];
    std::str::from_utf8(into).unwrap_or_default()
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
        let season = |n: i8| SEASONS.get(usize::from((n - 1).unsigned_abs())).copied().unwrap_or("SP");
        match *self {
            Self::Year(year) if year < 0 => write!(f, "-{:04}", -year),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Half(year, n) => write!(f, "{year:04}-H{n}"),
            Self::Quarter(year, n) => write!(f, "{year:04}-Q{n}"),
            Self::Season(year, n) => write!(f, "{year:04}-{}", season(n)),
            Self::Month(year, n) => write!(f, "{year:04}-{n:02}"),
            Self::Week(year, n) => write!(f, "{year:04}-W{n:02}"),
            Self::Weekend(year, n) => write!(f, "{year:04}-W{n:02}-WE"),
            Self::Day(date) if date.year() < 0 => {
                write!(f, "-{:04}-{:02}-{:02}", -date.year(), date.month(), date.day())
            }
            Self::Day(date) => f.write_str(iso(date, &mut [0; 10])),
            Self::AnyMonth(n) => write!(f, "XXXX-{n:02}"),
            Self::AnyDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::AnyQuarter(n) => write!(f, "XXXX-Q{n}"),
            Self::AnyHalf(n) => write!(f, "XXXX-H{n}"),
            Self::AnySeason(n) => write!(f, "XXXX-{}", season(n)),
            Self::AnyWeekday(n) => write!(f, "XXXX-WXX-{n}"),
            Self::Offset(count, step) => {
                let (count, letter) = match step {
                    Step::Day => (count, 'D'),
                    Step::Week => (count, 'W'),
                    Step::Month => (count, 'M'),
                    Step::Quarter => (count * 3, 'M'),
                    Step::Year => (count, 'Y'),
                };
                write!(f, "P{count}{letter}")
            }
            Self::Clock(hour, minute, zone) => {
                write!(f, "{hour:02}:{:02}:00", minute.unwrap_or(0))?;
                match zone {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(ahead) => {
                        let (sign, size) = (if ahead < 0 { '-' } else { '+' }, ahead.unsigned_abs());
                        write!(f, "{sign}{:02}:{:02}", size / 60, size % 60)
                    }
                }
            }
        }
    }
}
