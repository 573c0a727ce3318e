//! The weekday, month, season or day that "last", "this" and "next" mean.

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::dates::{dated, day_month, marked_date};
use crate::sentence::scope::Scope;
use crate::when::{Step, When};

/// A day and month after "next", "this" or "last".
pub(crate) fn dated_deictic(scope: &Scope<'_>, at: usize, noun: usize, count: i32) -> Option<Item> {
    let item = marked_date::joined_date(scope, noun).or_else(|| day_month::day_month(scope, noun))?;
    let (Content::Time(When::Day(day)), Some(today)) = (item.content, scope.today) else { return None };
    let this = jiff::civil::Date::new(today.year(), day.month(), day.day()).ok()?;
    let by = match count {
        1 if this <= today => 1,
        -1 if this >= today => -1,
        _ => 0,
    };
    let when = When::Day(this).shift_years(by)?;
    Some(dated::date_item(scope, at, item.end, when, origin::DATE))
}

/// "this past Friday", "this coming Friday": the last or the next of that name.
pub(crate) fn nearest_weekday(scope: &Scope<'_>, weekday: i8, count: i32) -> When {
    let Some(today) = scope.today else { return When::AnyWeekday(weekday) };
    let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    let back = if back == 0 && count < 0 { 7 } else { back };
    When::offset(Some(today), if count < 0 { -back } else { 7 - back }, Step::Day)
}

pub(crate) fn weekday_from(scope: &Scope<'_>, weekday: i8, count: i32) -> When {
    let Some(today) = scope.today else { return When::AnyWeekday(weekday) };
    let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    // "next Friday" is that of next week; "last Friday" that of the week before this one.
    let monday = -i32::from(today.weekday().to_monday_zero_offset());
    let days = match count {
        0 if back == 0 => 0,
        0 => 7 - back,
        _ => monday + 7 * count + i32::from(weekday) - 1,
    };
    When::offset(Some(today), days, Step::Day)
}

pub(crate) fn month_from(scope: &Scope<'_>, month: i8, count: i32) -> When {
    let Some(today) = scope.today else { return When::AnyMonth(month) };
    let by = match count {
        -1 => -i16::from(month >= today.month()),
        1 => i16::from(month <= today.month()),
        _ => 0,
    };
    When::Month(today.year() + by, month)
}

pub(crate) fn season_from(scope: &Scope<'_>, season: i8, count: i32) -> When {
    let Some(today) = scope.today else { return When::AnySeason(season) };
    // The month in which the season begins.
    let begins = season * 3;
    let by = match count {
        -1 => -i16::from(begins + 2 >= today.month()),
        1 => i16::from(begins <= today.month()),
        _ => 0,
    };
    When::Season(today.year() + by, season)
}
