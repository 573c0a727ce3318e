//! Weekends, and quarters in the year of one before.

use copydesk_core::hash_lowered;

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::{Step, When};

/// "the weekend", "that weekend": of this week, or the last one early in a week if the sentence is about the past.
pub(crate) fn weekend(scope: &Scope<'_>, at: usize) -> Option<Item> {
    const BEFORE: [u64; 5] =
        [words::THE, words::THAT, hash_lowered("my"), hash_lowered("over"), hash_lowered("our")];
    let previous = at.wrapping_sub(1);
    if !scope.is(at, hash_lowered("weekend"))
        || !scope.is_any(previous, &BEFORE)
        || scope.is_lower_word(at + 1) && !scope.has(at + 1, role::FUNCTION | role::VERB | role::REPORT)
        || scope.is_any(at + 1, &[hash_lowered("after"), words::OF])
        || scope.is(at + 1, words::BEFORE) && scope.is(at + 2, words::LAST)
    {
        return None;
    }
    let when = match scope.today {
        Some(today) => {
            let past = scope.is(previous, words::THE) && tense::looks_back(scope, at);
            match When::offset(Some(today), -i32::from(past), Step::Week) {
                When::Week(year, week) => When::Weekend(year, week),
                other => other,
            }
        }
        None => When::Offset(0, Step::Week),
    };
    Some(dated::date_item(scope, at, at + 1, when, origin::WEEKEND))
}

/// "6% in the first quarter and 4% in the second": a quarter or half of the year that was named before.
pub(crate) fn same_year(scope: &Scope<'_>, at: usize, items: &[Item]) -> Option<Item> {
    let the = at.wrapping_sub(1);
    if items.is_empty() || !scope.is(the, words::THE) {
        return None;
    }
    let clue =
        scope.is_any(the.wrapping_sub(1), &[words::IN, words::FOR, words::FROM, words::DURING, words::SINCE]);
    let alone = !scope.is_word(at + 1) || scope.has(at + 1, role::FUNCTION | role::BREAK);
    if !(scope.has(at, role::ORDINAL) && clue && alone) {
        return None;
    }
    let nth = i8::try_from(scope.entry(at).value).ok().filter(|nth| (1..=4).contains(nth))?;
    let named = items.iter().rev().take(4).find_map(|item| match item.content {
        Content::Time(when) if item.first >= scope.start => Some(when),
        _ => None,
    })?;
    let when = match named {
        When::Quarter(year, _) => When::Quarter(year, nth),
        When::AnyQuarter(_) => When::AnyQuarter(nth),
        When::Half(year, _) if nth < 3 => When::Half(year, nth),
        When::AnyHalf(_) if nth < 3 => When::AnyHalf(nth),
        _ => return None,
    };
    Some(dated::date_item(scope, the, at + 1, when, origin::QUARTER))
}
