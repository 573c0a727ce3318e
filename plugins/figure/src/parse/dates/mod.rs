//! Dates, times, periods and repeating times, with their ISO 8601 values.

pub(crate) mod ago;
pub(crate) mod away;
pub(crate) mod calendar;
pub(crate) mod calendar_units;
pub(crate) mod dated;
pub(crate) mod dateline;
pub(crate) mod day;
pub(crate) mod day_month;
pub(crate) mod decade;
pub(crate) mod deictic;
pub(crate) mod holiday;
pub(crate) mod marked_date;
pub(crate) mod month;
pub(crate) mod nearest;
pub(crate) mod one_span;
pub(crate) mod relative;
pub(crate) mod same_period;
pub(crate) mod sets;
pub(crate) mod till_now;
pub(crate) mod weekday;
pub(crate) mod weekend;
pub(crate) mod year;
pub(crate) mod zone;
