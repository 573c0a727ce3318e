//! Stretches with the day of publication at one end: "between now and March 9", "from 2015 until now", "from June 4 to date".

use copydesk_core::hash_lowered;

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// Words that lead from one end to the other.
const TILL: [u64; 5] = [words::TO, words::UNTIL, words::TILL, words::THROUGH, hash_lowered("til")];

/// A date with "now" before or after it, as the stretch between the two.
pub(crate) fn till_now(scope: &Scope<'_>, item: &Item) -> Option<Item> {
    let today = scope.today?;
    let Content::Time(when) = item.content else { return None };
    if matches!(when, When::Clock(..)) || when.is_relative() {
        return None;
    }
    // "between now and the end of May", "from now until June 3"
    let joint = item.first.wrapping_sub(1);
    let joint = joint.wrapping_sub(usize::from(scope.is(joint, words::THE)));
    let now = joint.wrapping_sub(1);
    let between = scope.is(joint, words::AND) && scope.is(now.wrapping_sub(1), words::BETWEEN);
    let from = scope.is_any(joint, &TILL);
    if (between || from) && scope.is(now, words::NOW) {
        // "between now and March 9": the next one.
        let over = match when {
            When::Day(day) => day < today,
            When::Month(year, month) => (year, month) < (today.year(), today.month()),
            _ => false,
        };
        let when = if over { when.shift_years(1)? } else { when };
        let mut stretch = dated::period_item(scope, now, item.end, When::Day(today), when, origin::TILL_NOW);
        stretch.ends = Some([scope.span(now, now + 1), item.span]);
        return Some(stretch);
    }
    // "between June 2019 and now"
    let before = item.first.wrapping_sub(1);
    let present = item.end + 1;
    if scope.is(before, words::BETWEEN)
        && scope.is(item.end, words::AND)
        && (scope.is(present, words::NOW) || scope.is(present, hash_lowered("today")))
    {
        let mut stretch =
            dated::period_item(scope, item.first, present + 1, when, When::Day(today), origin::TILL_NOW);
        stretch.ends = Some([item.span, scope.span(present, present + 1)]);
        return Some(stretch);
    }
    // "from June 4 to date", "since 2015 until now", "from March 2019 to the present day"
    if !scope.is_any(item.end, &TILL) || !scope.is_any(before, &[words::FROM, words::SINCE]) {
        return None;
    }
    let the = usize::from(scope.is(item.end + 1, words::THE));
    let word = item.end + 1 + the;
    let day = usize::from(scope.is(word + 1, hash_lowered("day")));
    let end = match scope.text(word) {
        "now" | "date" if the == 0 => word + 1,
        "present" => word + 1 + day,
        _ => return None,
    };
    let mut stretch = dated::period_item(scope, item.first, end, when, When::Day(today), origin::TILL_NOW);
    stretch.ends = Some([item.span, scope.span(item.end + 1, end)]);
    Some(stretch)
}
