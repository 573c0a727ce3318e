//! The same stretch of another year: "the same period last year", "the year-earlier half".

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Item, RelativeTo};
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{calendar_units, dated};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::{Step, When};

/// "the prior-year period", "the year-earlier half", "year-ago": the same stretch of the year before.
pub(crate) fn year_before(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let joined = |at: usize| scope.is(at, words::HYPHEN) && scope.glued(at) && scope.glued(at + 1);
    let (first, mut end) = if joined(at.wrapping_sub(1))
        && scope.is_any(at.wrapping_sub(2), &[hash_lowered("prior"), words::PREVIOUS])
    {
        (at - 2, at + 1)
    } else if joined(at + 1) && scope.is_any(at + 2, &[words::EARLIER, words::AGO]) {
        (at, at + 3)
    } else {
        return None;
    };
    end +=
        usize::from(scope.is_any(end, &[words::PERIOD, words::QUARTER, hash_lowered("month"), words::HALF]));
    let first = if scope.is(first.wrapping_sub(1), words::THE) { first - 1 } else { first };
    let when = When::offset(scope.today, -1, Step::Year);
    let mut item = dated::date_item(scope, first, end, when, origin::SAME_PERIOD);
    item.kind = FigureKind::Period;
    item.relative_to = Some(RelativeTo::Shift(-1));
    Some(item)
}

/// "the same period last year", "the same quarter of 2021", "the same month a year earlier".
pub(crate) fn same(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let first = if scope.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
    let noun = scope.entry(at + 1);
    if !(noun.is(role::SPAN)
        || scope.is_any(at + 1, &[words::PERIOD, words::TIME, words::HALF, hash_lowered("point")]))
    {
        return None;
    }
    let mut next = at + 2;
    if scope.is_any(next, &[words::OF, words::IN, words::THE]) {
        next += 1;
    }
    if scope.is(next, words::THE) {
        next += 1;
    }
    let (relative_to, end) = if let Some(year) = calendar_number::year_at(scope, next) {
        (RelativeTo::Year(year), next + 1)
    } else if scope.is_any(next, &[words::LAST, words::PREVIOUS]) && scope.is(next + 1, words::YEAR)
        || scope.is(next, hash_lowered("prior")) && scope.is(next + 1, words::YEAR)
    {
        (RelativeTo::Shift(-1), next + 2)
    } else if scope.is_any(next, &[words::A, words::ONE])
        && scope.is(next + 1, words::YEAR)
        && scope.is_any(next + 2, &[words::EARLIER, words::AGO, words::BEFORE])
    {
        (RelativeTo::Shift(-1), next + 3)
    } else {
        return None;
    };
    let when = match relative_to {
        RelativeTo::Year(year) => When::Year(year),
        RelativeTo::Shift(by) => When::offset(scope.today, i32::from(by), Step::Year),
        RelativeTo::Moved { .. } => return None,
    };
    let mut item = dated::date_item(scope, first, end, when, origin::SAME_PERIOD);
    item.kind = FigureKind::Period;
    item.relative_to = Some(relative_to);
    // The period that the sentence named last decides; a text that names none means the current month or quarter.
    if let (Some(step @ (Step::Month | Step::Quarter)), Some(_)) =
        (calendar_units::step(scope, at + 1), scope.today)
        && let Some(when) = running_of(scope, step, relative_to)
    {
        item.content = Content::Time(when);
    }
    Some(item)
}

/// The current month or quarter in the year that a relative period names.
fn running_of(scope: &Scope<'_>, step: Step, relative_to: RelativeTo) -> Option<When> {
    let year = scope.today?.year();
    let by = match relative_to {
        RelativeTo::Shift(by) => by,
        RelativeTo::Year(year_before) => year_before.checked_sub(year)?,
        RelativeTo::Moved { .. } => return None,
    };
    When::offset(scope.today, 0, step).shift_years(by)
}

/// Shifts the dates of a content by years.
pub(crate) fn shifted(content: Content, by: i16) -> Option<Content> {
    Some(match content {
        Content::Time(when) => Content::Time(when.shift_years(by)?),
        Content::Between(from, to) => Content::Between(from.shift_years(by)?, to.shift_years(by)?),
        _ => return None,
    })
}

/// The year in which a date or period begins.
pub(crate) fn year_of(content: Content) -> Option<i16> {
    match content {
        Content::Time(when) | Content::Between(when, _) => match when {
            When::Year(year)
            | When::Half(year, _)
            | When::Quarter(year, _)
            | When::Season(year, _)
            | When::Month(year, _)
            | When::Week(year, _)
            | When::Weekend(year, _) => Some(year),
            When::Day(date) => Some(date.year()),
            _ => None,
        },
        _ => None,
    }
}
