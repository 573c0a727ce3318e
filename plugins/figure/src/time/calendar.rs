//! Dates that name their day, month, quarter or year, resolved against the day of publication where parts are left out.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::lists::list;
use crate::numbers::fraction;
use crate::scope::Scope;
use crate::time::when::When;
use crate::time::{
    day, decade, holiday, marked_date, month, nth, numeric_date, quarter, tense, weekday, year,
};
use crate::vocabulary::role;
use crate::words;

pub(crate) fn date_item(scope: &Scope<'_>, first: usize, end: usize, when: When, rule: &'static str) -> Item {
    let kind = if matches!(when, When::Clock(..)) { FigureKind::Time } else { FigureKind::Date };
    Item::new(first, end, scope.span(first, end), kind, Content::Time(when), rule)
}

pub(crate) fn period_item(
    scope: &Scope<'_>,
    first: usize,
    end: usize,
    from: When,
    to: When,
    rule: &'static str,
) -> Item {
    Item::new(first, end, scope.span(first, end), FigureKind::Period, Content::Between(from, to), rule)
}

/// A date that begins at a token.
pub(crate) fn calendar(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let token = scope.token(at)?;
    if token.has(token_flag::DIGIT) {
        return first_of!(
            numeric_date::numeric(scope, at),
            marked_date::joined_date(scope, at),
            day_month(scope, at),
            decade::decade(scope, at),
            decade::century(scope, at),
            year::year(scope, at),
            quarter::quarter(scope, at),
            if scope.is_number(at) { None } else { nth::nth_span(scope, at) },
            on_the_day(scope, at),
        );
    }
    let entry = scope.entry(at);
    if entry.is(role::HOLIDAY)
        && let Some(item) = holiday::holiday(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::WEEKDAY) {
        return weekday::weekday_date(scope, at);
    }
    if entry.is(role::MONTH)
        && let Some(item) = quarter::quarter_of_month(scope, at)
            .or_else(|| marked_date::joined_date(scope, at))
            .or_else(|| month::month_first(scope, at))
    {
        return Some(item);
    }
    if entry.is(role::ORDINAL | role::CARDINAL)
        && let Some(item) = day_month(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::CARDINAL)
        && let Some((year, end)) = day::year_words(scope, at)
        && (scope.is(at.wrapping_sub(1), words::IN) || at == scope.start && fraction::is_end(scope, end))
    {
        return Some(date_item(scope, at, end, When::Year(year), "year"));
    }
    if entry.is(role::CARDINAL)
        && let Some(item) = decade::spoken_decade(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::SEASON)
        && let Some(item) = year::season(scope, at)
    {
        return Some(item);
    }
    if entry.is(role::ORDINAL | role::RELATIVE) {
        return first_of!(quarter::quarter(scope, at), decade::century(scope, at), nth::nth_span(scope, at));
    }
    None
}

/// "on the 27th": the nearest day of that number, the future first where the sentence looks there.
fn on_the_day(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let day = numeric_date::day_at(scope, at).filter(|_| !scope.is_number(at))?;
    let the = at.wrapping_sub(1);
    const BEFORE: [u64; 8] = [
        words::ON,
        words::SINCE,
        words::UNTIL,
        words::FOR,
        words::BY,
        words::BEFORE,
        words::THROUGH,
        hash_lowered("after"),
    ];
    let told = scope.is(the, words::THE) && BEFORE.contains(&scope.hash(the.wrapping_sub(1)))
        // "on 24th"
        || scope.is(the, words::ON);
    let closed = fraction::is_end(scope, at + 1)
        || scope.is_any(at + 1, &[words::COMMA, words::SEMICOLON, words::AND]);
    let today = scope.today.filter(|_| told && closed)?;
    let month = today.first_of_month();
    let near = |by: i64| {
        let month = month.checked_add(by.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    };
    let date = if tense::is_future(scope, at) {
        (0..3).filter_map(near).find(|date| *date >= today)
    } else {
        (0..3).filter_map(|by| near(-by)).find(|date| *date <= today)
    };
    Some(date_item(scope, at, at + 1, When::Day(date?), "day-of-month"))
}

/// A day of a month, of the year that the text or the day of publication indicates.
pub(crate) fn day_of(scope: &Scope<'_>, at: usize, year: Option<i16>, month: i8, day: i8) -> Option<When> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok().map(When::Day);
    }
    let Some(today) = scope.today else {
        return Date::new(2000, month, day).ok().map(|_| When::AnyDay(month, day));
    };
    let candidates = [-1i16, 0, 1].into_iter().filter_map(|by| Date::new(today.year() + by, month, day).ok());
    let future = tense::is_future(scope, at);
    // "On December 3, nine sailors were injured": given as past, however far back that is.
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
            // What the sentence does not put into the future is more likely past.
            if (days > 0) == future || days == 0 { days.abs() } else { days.abs() * unlikely }
        })
        .map(When::Day)
}

/// "30 August 2022", "the 30th of August", "5-7 August", "fourth of July", "the ninth and seventeenth of April".
pub(crate) fn day_month(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let (day, day_end) = day::day_words(scope, at, true)?;
    let spelled = scope.is_word(at);
    let to = (scope.is_dash(day_end)
        || scope.is_any(day_end, &[words::TO, words::AND, words::TILL, words::UNTIL, words::THROUGH]))
    .then(|| day::day_words(scope, day_end + 1, false))
    .flatten();
    let next = to.map_or(day_end, |(_, end)| end);
    let named = usize::from(spelled && scope.is(next, hash_lowered("day")));
    let of = usize::from(scope.is(next + named, words::OF));
    // "9. Nov. 2019"
    let dot = usize::from(
        scope.is(next, words::DOT)
            && scope.glued(next)
            && scope.has(next + 1, role::MONTH)
            && scope.is_capitalized(next + 1)
            && scope.is_number(at),
    );
    let next = next + named + of + dot;
    // "fifteen August"; but "one may" is no date.
    if spelled && !scope.has(next, role::MONTH) || spelled && of == 0 && !scope.is_capitalized(next) {
        return None;
    }
    // "12 of June's 30 days"
    if of > 0 && scope.is(next + 1, words::S) && scope.glued(next + 1) {
        return None;
    }
    let month = match month::month_at(scope, next) {
        Some(month) => month,
        // "4th of july"
        None if of > 0 && scope.has(next, role::MONTH) => scope.entry(next).calendar as i8,
        None => return None,
    };
    let (year, end) =
        day::year_behind(scope, next + 1).map_or((None, next + 1), |(year, end)| (Some(year), end));
    let from = day_of(scope, at, year, month, day)?;
    match to {
        Some((to, _)) => Some(period_item(scope, at, end, from, day_of(scope, at, year, month, to)?, "days")),
        None => Some(date_item(scope, at, end, from, "date")),
    }
}
