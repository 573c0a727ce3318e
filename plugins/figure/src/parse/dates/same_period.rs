//! The same stretch of another year.

use crate::item::Content;
use crate::when::When;

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
