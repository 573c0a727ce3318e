//! Weekdays, with the dates after them.

use copydesk_core::segment::token_flag;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::dates::{dated, day, day_month, month};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, tense, words};
use crate::when::When;

/// "Friday, June 3, 2022", "Tuesday 30 August", "Tuesday".
pub(crate) fn weekday_date(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let token = scope.token(at)?;
    // "on Mondays": every one.
    if scope.text(at).ends_with("days") && scope.is(at.wrapping_sub(1), words::ON) {
        let when = When::AnyWeekday(scope.entry(at).calendar as i8);
        return Some(dated::date_item(scope, at, at + 1, when, origin::SET));
    }
    let comma = usize::from(scope.is(at + 1, words::COMMA));
    let next = at + 1 + comma;
    let date = day_month::day_month(scope, next)
        .or_else(|| scope.has(next, role::MONTH).then(|| month::month_first(scope, next)).flatten());
    if let Some(date) =
        date.filter(|date| matches!(date.content, Content::Time(When::Day(_) | When::AnyDay(..))))
    {
        return Some(Item { first: at, span: scope.span(at, date.end), ..date });
    }
    // "Mon 13th", "Sunday the 31st": the next day with both.
    if let Some((day, end)) = day::day_words(scope, next, false)
        && (!scope.is_number(end - 1) || comma == 0 && marks::is_end(scope, end))
        && comma == 0
        && let Some(today) = scope.today
    {
        let weekday = scope.entry(at).calendar as i8;
        let fits = |date: &Date| date.day() == day && date.weekday().to_monday_one_offset() == weekday;
        let month = today.first_of_month();
        let near = |by: i64| {
            month
                .checked_add(by.months())
                .ok()
                .and_then(|month| Date::new(month.year(), month.month(), day).ok())
        };
        let ahead = (0..28).filter_map(near).find(|date| fits(date) && *date >= today);
        let back = (0..28).filter_map(|by| near(-by)).find(|date| fits(date) && *date <= today);
        let chosen = match (ahead, back, tense::is_future(scope, at)) {
            (Some(ahead), Some(back), false) if (today - back).get_days() < (ahead - today).get_days() => {
                Some(back)
            }
            (ahead, back, _) => ahead.or(back),
        };
        if let Some(date) = chosen {
            return Some(dated::date_item(scope, at, end, When::Day(date), origin::DATE));
        }
    }
    let short = token.span().len() <= 4 && !token.has(token_flag::ABBREVIATION);
    if short {
        return None;
    }
    Some(dated::date_item(
        scope,
        at,
        at + 1,
        weekday(scope, at, scope.entry(at).calendar as i8),
        origin::WEEKDAY,
    ))
}

/// The weekday before or after the day of publication, according to the tense of the sentence.
pub(crate) fn weekday(scope: &Scope<'_>, at: usize, weekday: i8) -> When {
    let Some(today) = scope.today else { return When::AnyWeekday(weekday) };
    let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    // "until Friday", "by Friday" are in the future; "was shared by Friday" is not.
    let before = at.wrapping_sub(1);
    let past = |at: usize| tense::is_past_verb(scope, at) || scope.listed(at, list::PAST);
    // "Until Thursday, he refused": at the start of a sentence it says nothing about the future.
    let opens = !marks::is_end(scope, at + 1) && before == scope.start
        || before == scope.start + 1 && scope.is_any(scope.start, &[words::AND, words::BUT]);
    let due = scope.is_any(before, &[words::UNTIL, words::TILL]) && !opens
        || scope.is(before, words::BY) && !(1..24).any(|back| past(before.wrapping_sub(back)));
    let count = if due || tense::is_future(scope, at) { (7 - back) % 7 } else { -back };
    When::offset(Some(today), count, crate::when::Step::Day)
}
