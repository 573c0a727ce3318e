//! The denominator of a count: "420 people per square kilometre", "12 cases per 100,000 people", "3 births per woman".

use copydesk_core::hash_lowered;

use crate::item::{Item, Per};
use crate::lex::number;
use crate::parse::amounts::per;
use crate::sentence::scope::Scope;
use crate::sentence::units::Measures;
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, noun, words};

/// "420 people per square kilometre", "12 cases per 100,000 people", "3 births per woman": the denominator of a count.
pub(crate) fn count_per(scope: &Scope<'_>, item: &mut Item, at: usize) {
    count_per_one(scope, item, at);
    // "12 cases per 100,000 people a year"
    if let Some(Per::Words(first, end)) = item.per
        && end == item.end
        && let Some((_, end)) = per::per_time(scope, end)
    {
        (item.per, item.end) = (Some(Per::Words(first, end)), end);
    }
}

pub(crate) fn count_per_one(scope: &Scope<'_>, item: &mut Item, at: usize) {
    // "3,000 visitors daily"
    if let Some(time) = frequency::frequency_after(scope, at) {
        (item.per, item.end) = (Some(Per::Unit(time)), at + 1);
        return;
    }
    // "140,000 vehicles a year"
    if scope.is_any(at, &[words::A, words::AN])
        && let Some((unit, end)) = per::per_time(scope, at)
    {
        (item.per, item.end) = (Some(Per::Unit(unit)), end);
        return;
    }
    if !scope.is_any(at, &[PER, words::FOR]) {
        return;
    }
    let every = usize::from(scope.is_any(at + 1, &[words::EVERY, words::EACH]));
    if scope.is(at, words::FOR) && every == 0 {
        return;
    }
    let next = at + 1 + every;
    if let Some((unit, end)) = scope
        .longest_unit(next)
        .filter(|(unit, _)| matches!(unit.measures, Measures::Quantity | Measures::Time))
    {
        (item.per, item.end) = (Some(Per::Unit(unit)), end);
        return;
    }
    let article = scope.has(next, role::SCALE) && scope.text(next).len() > 3;
    if let Some(number) = number::numeral(scope, next)
        .filter(|number| number.unit.is_none() && number.upper.is_none() && !number.fraction)
    {
        let noun = noun::plural_noun(scope, number.end).filter(|noun| *noun < number.end + 4);
        let end = noun.map_or(number.end, |noun| noun + 1);
        (item.per, item.end) = (Some(Per::Words(next, end)), end);
    } else if article {
        // "per million inhabitants"
        let noun = noun::plural_noun(scope, next + 1).filter(|noun| *noun < next + 4);
        let end = noun.map_or(next + 1, |noun| noun + 1);
        (item.per, item.end) = (Some(Per::Words(next, end)), end);
    } else if every == 0
        && scope.is_lower_word(next)
        && !scope.has(next, role::FUNCTION)
        && scope.text(next) != "cent"
    {
        (item.per, item.end) = (Some(Per::Noun(next)), next + 1);
    }
}

pub(crate) const PER: u64 = hash_lowered("per");
