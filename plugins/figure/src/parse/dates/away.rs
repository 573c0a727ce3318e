//! Weekdays in the future.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;

/// The weekday at a token as a future one, if a length of time is counted from it: "a week from Friday".
pub(crate) fn weekday_ahead(scope: &Scope<'_>, day: Date, weekday: usize) -> Date {
    let past = scope.today.is_some_and(|today| day < today) && scope.has(weekday, role::WEEKDAY);
    let next = day.checked_add(7.days()).ok().filter(|_| past);
    next.unwrap_or(day)
}
