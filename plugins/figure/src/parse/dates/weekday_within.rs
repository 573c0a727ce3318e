//! A day of the week within a week or month that is known.

use jiff::ToSpan;

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::dates::{dated, deictic};
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// "Tuesday of last week"
pub(crate) fn weekday_of_week(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let of = usize::from(scope.is(at + 1, words::OF));
    if !scope.is_any(at + 1 + of, &[words::LAST, words::NEXT, words::THIS]) {
        return None;
    }
    let week = deictic::deictic(scope, at + 1 + of)?;
    let Content::Time(when @ When::Week(..)) = week.content else { return None };
    let day = when.days()?.0.checked_add((i64::from(scope.entry(at).calendar) - 1).days()).ok()?;
    Some(dated::date_item(scope, at, week.end, When::Day(day), origin::WEEKDAY))
}
