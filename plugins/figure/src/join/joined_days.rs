//! Days of one month that a number and a date form together: "from 6 to 19 of next month", "on May 3 and 17".

use jiff::civil::Date;

use crate::item::{Content, Counted, Item};
use crate::origin;
use crate::origin::Form;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::{marks, words};
use crate::when::When;

/// "from 6 to 19 this month", "between 6 and 19 of next month".
pub(crate) fn days_of(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let Content::Time(When::Month(year, month)) = right.content else { return None };
    let (Content::Range(a, b) | Content::Score(a, b)) = left.content else { return None };
    let gap = right.first.checked_sub(left.end)?;
    let joined = gap == 0 || gap == 1 && scope.is_any(left.end, &[words::OF, words::IN]);
    if !joined || left.counted != Counted::Nothing || right.origin.form != Form::Relative {
        return None;
    }
    let day = |value: copydesk_core::Decimal| {
        let day = i8::try_from(value.to_f64() as i64).ok()?;
        Date::new(year, month, day).ok()
    };
    Some(dated::days_item(scope, left.first, right.end, [day(a)?, day(b)?], origin::DAYS))
}

/// "in November between 19 and 24", "June from 3 to 9": days of a month that is given first.
pub(crate) fn days_in(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let (Content::Time(When::Month(year, month)), Content::Range(a, b)) = (left.content, right.content)
    else {
        return None;
    };
    let between = right.first == left.end + 1 && scope.is_any(left.end, &[words::BETWEEN, words::FROM]);
    if !between || right.counted != Counted::Nothing || scope.is_lower_word(right.end) {
        return None;
    }
    let day = |value: copydesk_core::Decimal| {
        let day = i8::try_from(value.to_f64() as i64).ok().filter(|_| value.exponent() >= 0)?;
        Date::new(year, month, day).ok()
    };
    Some(dated::days_item(scope, left.first, right.end, [day(a)?, day(b)?], origin::DAYS))
}

/// "on May 3 and 17": a second day of the same month.
pub(crate) fn day_beside(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let (Content::Time(When::Day(first)), Content::Number(number)) = (left.content, right.content) else {
        return None;
    };
    // "On May 3, 17 people": a number with a noun counts it.
    let more = scope.is_any(right.end, &[words::COMMA, words::AND]) && scope.is_number(right.end + 1);
    let joint = scope.is(left.end, words::AND) || scope.is(left.end, words::COMMA) && more;
    let listed = right.first == left.end + 1 && joint && right.is_bare();
    let named = left.origin.form == Form::Date
        && scope.is_number(left.end.wrapping_sub(1))
        && scope.is_number(right.first);
    let day =
        i8::try_from(number.to_f64() as i64).ok().filter(|_| listed && named && number.exponent() >= 0)?;
    let day = Date::new(first.year(), first.month(), day).ok().filter(|day| *day > first)?;
    Some(dated::date_item(scope, right.first, right.end, When::Day(day), origin::DATE))
}

/// "6 till 27 of this month", "from 3 to June 17": the first day is in the month of the second.
pub(crate) fn day_to(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let (Content::Number(number), Content::Time(When::Day(last))) = (left.content, right.content) else {
        return None;
    };
    const TILL: [u64; 4] = [words::TO, words::TILL, words::UNTIL, words::THROUGH];
    let from = scope.is(left.first.wrapping_sub(1), words::FROM);
    // "6 until June 20": only the following words show that 6 is a day.
    let joined = right.first == left.end + 1
        && scope.is_any(left.end, &TILL)
        && right.origin.form == Form::Date
        && (marks::is_digits(scope, right.first) && right.end - right.first > 2 || from)
        && left.is_bare()
        && scope.is_number(left.first);
    let day = i8::try_from(number.to_f64() as i64).ok().filter(|_| joined && number.exponent() >= 0)?;
    let first = Date::new(last.year(), last.month(), day).ok().filter(|first| *first < last)?;
    Some(dated::days_item(scope, left.first, right.end, [first, last], origin::DAYS))
}
