//! Holidays: "Easter 2031", "next Thanksgiving", "Labor Day weekend".

use copydesk_core::hash_lowered;
use jiff::civil::{Date, Weekday};

use crate::item::Item;
use crate::origin;
use crate::parse::dates::{dated, day};
use crate::sentence::holidays::Holiday;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::When;

/// A holiday that begins at a token; the year after it or the words before it say which one.
pub(crate) fn holiday(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let (holiday, mut end) = scope.longest(at, |phrase| scope.vocabulary.holiday(phrase))?;
    // "Christmas trees", "Easter Island" name something else; "Labor Day cookout" still refers to the day.
    let noun = scope.is_word(end)
        && !scope.has(end, role::FUNCTION | role::VERB | role::REPORT | role::WEEKDAY)
        && !scope.is(end, hash_lowered("weekend"));
    let small =
        !scope.is_capitalized(at) && scope.is_any(at.wrapping_sub(1), &[words::A, hash_lowered("each")]);
    if noun && end == at + 1 || small {
        return None;
    }
    // "Jewish New Year": of another calendar, which is not in the tables.
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
    let year = day::year_after(scope, end);
    if let Some((_, after)) = year {
        end = after;
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
        return Some(dated::date_item(scope, first, end + 1, weekend_of(day), origin::HOLIDAY));
    }
    Some(dated::date_item(scope, first, end, when, origin::HOLIDAY))
}

/// The weekend next to a day.
pub(crate) fn weekend_of(day: Date) -> When {
    let day = if day.weekday() == Weekday::Monday { day.yesterday().unwrap_or(day) } else { day };
    match When::week_of(day) {
        When::Week(year, week) => When::Weekend(year, week),
        other => other,
    }
}
