//! Times of day.

use copydesk_core::layers::FigureKind;

use crate::item::{Content, Item};
use crate::parse::dates::dated;
use crate::patterns::values::Match;
use crate::sentence::keys::phrase_hash;

/// "5 p.m.", "06:40", "half past seven": an hour, with its minutes, or so many minutes before or after it.
pub(super) fn clock(found: &Match<'_>) -> Option<Item> {
    let hour = u32::try_from(found.captures.hour?).ok()?;
    let (hour, minute) = match (found.steps(), found.captures.minute) {
        (None, minute) => (hour, minute.and_then(|minute| u32::try_from(minute).ok())),
        (Some(_), _) if !(1..=12).contains(&hour) => return None,
        (Some(past @ 0..), _) => (hour, u32::try_from(past).ok()),
        (Some(to), _) => (if hour == 1 { 12 } else { hour - 1 }, u32::try_from(60 + to).ok()),
    };
    dated::time(found.scope, found.first, found.end, hour, minute, found.captures.afternoon)
}

/// "10" of "10 to 11 a.m.": the second hour says which half of the day the first one is in, unless noon is between them.
pub(super) fn first_hour(found: &Match<'_>) -> Option<Item> {
    let captures = found.captures;
    let hour = captures.hour.filter(|hour| (1..=12).contains(hour))?;
    let noon = hour % 12 > captures.hour2? % 12;
    let afternoon = Some(captures.afternoon? != noon);
    dated::time(found.scope, found.first, found.end, u32::try_from(hour).ok()?, None, afternoon)
}

/// "finished in 2:03:14", "a time of 2:03:14": the duration of a race.
pub(super) fn run_time(found: &Match<'_>) -> Option<Item> {
    let (scope, captures) = (found.scope, found.captures);
    let seconds = i32::try_from(scope.small(found.end - 1)?).ok()?;
    let lengths = [0, 0, 0, 0, i32::from(captures.hour?), i32::from(captures.minute?), seconds];
    let span = scope.span(found.first, found.end);
    let content = Content::Lengths(lengths);
    let mut item = Item::new(found.first, found.end, span, FigureKind::Duration, content, found.origin);
    item.set_unit(scope.vocabulary.unit(phrase_hash("hour"), 0, false)?);
    Some(item)
}
