//! Makes figures of dates and of periods.

use copydesk_core::layers::FigureKind;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::origin;
use crate::origin::Origin;
use crate::parse::dates::zone;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::{tense, words};
use crate::when::When;

pub(crate) fn date_item(scope: &Scope<'_>, first: usize, end: usize, when: When, origin: Origin) -> Item {
    let kind = if matches!(when, When::Clock(..)) { FigureKind::Time } else { FigureKind::Date };
    Item::new(first, end, scope.span(first, end), kind, Content::Time(when), origin)
}

/// A period from one day to another.
pub(crate) fn days_item(
    scope: &Scope<'_>,
    first: usize,
    end: usize,
    [from, to]: [Date; 2],
    origin: Origin,
) -> Item {
    period_item(scope, first, end, When::Day(from), When::Day(to), origin)
}

pub(crate) fn period_item(
    scope: &Scope<'_>,
    first: usize,
    end: usize,
    from: When,
    to: When,
    origin: Origin,
) -> Item {
    Item::new(first, end, scope.span(first, end), FigureKind::Period, Content::Between(from, to), origin)
}

/// A day of a month, in the year that the text or the day of publication implies.
pub(crate) fn day_of(scope: &Scope<'_>, at: usize, year: Option<i16>, month: i8, day: i8) -> Option<When> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok().map(When::Day);
    }
    let Some(today) = scope.today else {
        return Date::new(2000, month, day).ok().map(|_| When::AnyDay(month, day));
    };
    let candidates = [-1i16, 0, 1].into_iter().filter_map(|by| Date::new(today.year() + by, month, day).ok());
    let future = tense::is_future(scope, at);
    // "On December 3, nine sailors were injured": in the past, however long ago.
    let past = !future
        && scope.is(at.wrapping_sub(1), words::ON)
        && (1..14).any(|near| {
            let past = |at: usize| tense::is_past_verb(scope, at) || scope.listed(at, list::PAST);
            past(at + near) || past(at.wrapping_sub(near))
        });
    let unlikely = if past { 20 } else { 3 };
    candidates
        .min_by_key(|date| {
            let days = (*date - today).get_days();
            // A date that the sentence does not put into the future is more likely past.
            if (days > 0) == future || days == 0 { days.abs() } else { days.abs() * unlikely }
        })
        .map(When::Day)
}

pub(crate) fn time(
    scope: &Scope<'_>,
    first: usize,
    mut end: usize,
    hour: u32,
    minute: Option<u32>,
    afternoon: Option<bool>,
) -> Option<Item> {
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None if hour > 24 => return None,
        None => hour,
    };
    if minute.is_some_and(|minute| minute > 59) {
        return None;
    }
    let mut zone = None;
    if let Some((minutes, stop)) = zone::zone(scope, end) {
        (zone, end) = (minutes, stop);
    }
    let when = When::Clock(hour as i8, minute.map(|minute| minute as i8), zone);
    Some(date_item(scope, first, end, when, origin::TIME))
}
