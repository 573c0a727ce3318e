//! Periods and days that two dates form together: "from 2011 until the end of 2013", "three days after January 12".

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::join::{joined_days, place, stretches};
use crate::lex::calendar_number;
use crate::origin;
use crate::origin::Form;
use crate::parse::dates::{away, calendar_units, dated, till_now};
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// Joins neighbours in the list of a sentence's figures, from index `from` on.
pub(crate) fn join_dates(scope: &Scope<'_>, items: &mut Vec<Item>, from: usize) {
    for item in items.iter_mut().skip(from).filter(|item| item.is_time() && item.relative_to.is_none()) {
        if let Some(stretch) =
            stretches::stretch_ended(scope, item).or_else(|| till_now::till_now(scope, item))
        {
            *item = stretch;
        }
    }
    if items.len() < from + 2 {
        return;
    }
    let mut kept = from;
    for at in from + 1..items.len() {
        let (Some(left), Some(right)) = (items.get(kept), items.get(at)) else { break };
        let day = joined_days::day_beside(scope, left, right);
        let right = day.as_ref().unwrap_or(right);
        let joined = joined_days::days_of(scope, left, right)
            .or_else(|| joined_days::days_in(scope, left, right))
            .or_else(|| joined_days::day_to(scope, left, right))
            .or_else(|| stretch_between(scope, left, right))
            .or_else(|| stretches::stretch_to(scope, left, right))
            .or_else(|| shifted_from(scope, left, right));
        kept += usize::from(joined.is_none());
        place(items, kept, joined.or(day), at);
    }
    items.truncate(kept + 1);
}

/// "from March to the end of May", "between Monday and Friday", "12 Jan - 22 Jan".
fn stretch_between(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let (Content::Time(a), Content::Time(b)) = (left.content, right.content) else { return None };
    if left.relative_to.is_some()
        || right.relative_to.is_some()
        || right.first <= left.end
        || right.first > left.end + 5
    {
        return None;
    }
    let clock = |when: When| matches!(when, When::Clock(..) | When::Offset(..));
    if clock(a) || clock(b) || left.origin.form == Form::Ago {
        return None;
    }
    let mut before = left.first.wrapping_sub(1);
    if scope.is(before, words::THE) {
        before = before.wrapping_sub(1);
    }
    // "from the middle of 2007"
    if scope.is(before, words::OF) {
        before = before.wrapping_sub(2);
        before = before.wrapping_sub(usize::from(scope.is(before, words::THE)));
    }
    let joint = left.end;
    let between = scope.is(before, words::BETWEEN) && scope.is(joint, words::AND);
    let from = scope.is_any(before, &[words::FROM, words::BETWEEN]);
    let dash = scope.is_dash(joint) || scope.is(joint, words::TILDE);
    let till =
        scope.is_any(joint, &[words::TO, words::TILL, words::UNTIL, words::THROUGH, hash_lowered("thru")]);
    // "on 26 June 2019 to 28 June 2020"
    let is_full = |item: &Item| item.origin.form == Form::Date && item.end - item.first > 2;
    let both_full = is_full(left) && is_full(right);
    // "Monday to Friday", "today through Thursday"
    let named = |item: &Item| {
        matches!(item.origin.form, Form::Weekday | Form::RelativeDay | Form::Relative)
            && matches!(item.content, Content::Time(When::Day(_)))
    };
    let week = named(left) && named(right) && right.first == joint + 1;
    if !(between
        || from && till
        || dash && same_grain(a, b)
        || scope.is(joint, words::THROUGH)
        || till && week
        || till && both_full && same_grain(a, b))
    {
        return None;
    }
    const EDGES: [u64; 9] = [
        words::THE,
        words::OF,
        hash_lowered("end"),
        hash_lowered("start"),
        hash_lowered("beginning"),
        hash_lowered("middle"),
        hash_lowered("current"),
        words::EARLY,
        words::LATE,
    ];
    if !(joint + 1..right.first).all(|at| scope.is_any(at, &EDGES)) {
        return None;
    }
    let a = with_year_of(scope, left, a, right, b);
    let b = year_after(scope, left, a, right, b);
    let b = match (a, b) {
        // "from Monday to Friday": the one of the same week.
        (When::Day(from), When::Day(to))
            if named(left) && right.origin.form == Form::Weekday && to < from =>
        {
            to.checked_add(7.days()).map_or(b, When::Day)
        }
        _ => b,
    };
    if order(a, b).is_some_and(|order| order != std::cmp::Ordering::Less) {
        return None;
    }
    let mut item = dated::period_item(scope, left.first, right.end, a, b, origin::FROM_TO);
    // Both are dates of their own, which other figures may refer to.
    item.ends = Some([left.span, right.span]);
    Some(item)
}

/// "10 May 2019 - 12 July", "March 2021 to June": the second follows the first if it has no year of its own.
fn year_after(scope: &Scope<'_>, left: &Item, a: When, right: &Item, b: When) -> When {
    let has_year =
        |item: &Item| (item.first..item.end).any(|at| calendar_number::year_at(scope, at).is_some());
    if !has_year(left) || has_year(right) || !matches!(right.origin.form, Form::Date | Form::Month) {
        return b;
    }
    match (a, b) {
        (When::Day(from), When::Day(to)) => {
            let near = |by: i16| Date::new(from.year() + by, to.month(), to.day()).ok();
            [near(0), near(1)].into_iter().flatten().find(|day| *day > from).map_or(b, When::Day)
        }
        (When::Month(year, from), When::Month(_, to)) => {
            When::Month(if to > from { year } else { year + 1 }, to)
        }
        _ => b,
    }
}

/// "January to April 2015": the first takes the year of the second if it has none of its own.
fn with_year_of(scope: &Scope<'_>, left: &Item, a: When, right: &Item, b: When) -> When {
    let has_year =
        |item: &Item| (item.first..item.end).any(|at| calendar_number::year_at(scope, at).is_some());
    if has_year(left)
        || !has_year(right)
        || !matches!(left.origin.form, Form::Date | Form::Month | Form::Days)
    {
        return a;
    }
    match (a, b) {
        (When::Month(_, month), When::Month(year, last)) => {
            When::Month(if month > last { year - 1 } else { year }, month)
        }
        (When::AnyMonth(month), When::Month(year, last)) => {
            When::Month(if month > last { year - 1 } else { year }, month)
        }
        (When::Day(day), When::Day(last)) => {
            let same = Date::new(last.year(), day.month(), day.day()).ok();
            same.filter(|same| *same <= last).map_or(a, When::Day)
        }
        (When::AnyDay(month, day), When::Day(last)) => {
            let same = Date::new(last.year(), month, day).ok();
            same.filter(|same| *same <= last).map_or(a, When::Day)
        }
        _ => a,
    }
}

/// "three days after January 12", "2 weeks before Easter", "two months from today".
fn shifted_from(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let Content::Time(When::Day(day)) = right.content else { return None };
    // "2 weeks starting May 20"
    const STARTING: [u64; 2] = [hash_lowered("starting"), hash_lowered("beginning")];
    if left.kind == FigureKind::Duration
        && right.first == left.end + 1
        && STARTING.contains(&scope.hash(left.end))
    {
        let last = day.checked_add(calendar_units::length(left)?).ok()?.yesterday().ok()?;
        return Some(dated::days_item(scope, left.first, right.end, [day, last], origin::STARTING));
    }
    if left.kind != FigureKind::Duration || right.first <= left.end || right.first > left.end + 2 {
        return None;
    }
    let forward = match scope.hash(left.end) {
        words::FROM | words::SINCE | words::FOLLOWING => true,
        hash if hash == hash_lowered("after") => true,
        words::BEFORE => false,
        _ => return None,
    };
    if right.first == left.end + 2 && !scope.is(left.end + 1, words::THE) {
        return None;
    }
    let span = calendar_units::length(left)?;
    // "two weeks from Friday": the one to come.
    let day =
        if scope.is(left.end, words::FROM) { away::weekday_ahead(scope, day, right.first) } else { day };
    let moved = if forward { day.checked_add(span) } else { day.checked_sub(span) }.ok()?;
    Some(dated::date_item(scope, left.first, right.end, When::Day(moved), origin::SHIFTED))
}

fn same_grain(a: When, b: When) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

/// Which of two dates of the same precision comes first.
fn order(a: When, b: When) -> Option<std::cmp::Ordering> {
    Some(match (a, b) {
        (When::Year(a), When::Year(b)) => a.cmp(&b),
        (When::Month(a, m), When::Month(b, n)) => (a, m).cmp(&(b, n)),
        (When::Quarter(a, m), When::Quarter(b, n)) => (a, m).cmp(&(b, n)),
        (When::Day(a), When::Day(b)) => a.cmp(&b),
        _ => return None,
    })
}
