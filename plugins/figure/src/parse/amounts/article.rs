//! One of a unit, with an article for the number: "a gallon of milk", "a week and a half", "under a mile".

use copydesk_core::{Decimal, hash_lowered};

use crate::lex::divisor;
use crate::lex::numeral::{Numeral, bare};
use crate::parse::amounts::amount::{Amount, GRAND};
use crate::parse::amounts::sum;
use crate::parse::amounts::sum::{HUNDREDTHS, whole};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, forms, marks, words};

/// Units that mean something else after an article: "a ton of problems", "a bit of luck".
const OTHERWISE: [u64; 4] =
    [hash_lowered("ton"), hash_lowered("cup"), hash_lowered("bit"), hash_lowered("grain")];

/// "a gallon of milk", "a day and 20 minutes", "a week and a half", and a text that is nothing but "a mile".
pub(crate) fn article_unit(scope: &Scope<'_>, at: usize) -> Option<Amount> {
    // "a full percentage point"
    if forms::is_whole(scope, at + 1) {
        let (unit, end) =
            scope.longest_unit(at + 2).filter(|(unit, _)| unit.measures == Measures::Percent)?;
        return Some(one_of(at, end, Decimal::from(1), unit));
    }
    let (unit, end) = scope.longest_unit(at + 1)?;
    // "a pound of sugar"
    let unit =
        if unit.code == "GBP" && is_of_stuff(scope, end) { scope.vocabulary.pound_of_weight() } else { unit };
    let text = scope.text(at + 1);
    if text.ends_with('s') && text.len() > 3 && !text.ends_with("ss") || text.len() < 2 {
        return None;
    }
    let half = has_half(scope, unit, end);
    // "a mile and a quarter"
    let part =
        (matches!(unit.measures, Measures::Quantity | Measures::Time) && !half && scope.is(end, words::AND))
            .then(|| divisor::part_of_one(scope, end + 1))
            .flatten()
            .filter(|(_, stop)| !scope.is_lower_word(*stop) || scope.has(*stop, role::FUNCTION));
    // "a day or two", "a mile or two"
    let or_two = scope.is(end, words::OR)
        && scope.is(end + 1, hash_lowered("two"))
        && matches!(unit.measures, Measures::Time | Measures::Quantity)
        && !scope.has(end + 2, role::SPAN);
    let is_amount =
        half || or_two || part.is_some() || is_one(scope, at, unit, end) || has_more(scope, unit, end);
    if !is_amount || unit.measures == Measures::Age {
        return None;
    }
    if let Some((part, stop)) = part {
        let value = Decimal::from(1).plus(part)?;
        return Some(one_of(at, stop, value, unit));
    }
    let (value, end) = match (half, or_two) {
        (true, _) => (Decimal::new(15, -1)?, end + 3),
        (_, true) => (Decimal::from(1), end + 2),
        _ => (Decimal::from(1), end),
    };
    let mut numeral = bare(value, end);
    numeral.upper = or_two.then(|| Decimal::from(2));
    (numeral.spelled, numeral.plain) = (true, false);
    let mut unit = unit;
    if unit.name == "grand" {
        numeral.value = numeral.value.scale(3)?;
        unit = Unit { name: GRAND, ..unit };
    }
    Some(Amount { numeral, ..one_of(at, end, numeral.value, unit) })
}

/// "of sugar"
fn is_of_stuff(scope: &Scope<'_>, end: usize) -> bool {
    scope.is(end, words::OF) && scope.is_lower_word(end + 1) && !scope.has(end + 1, role::FUNCTION)
}

/// "a week and a half"
fn has_half(scope: &Scope<'_>, unit: Unit, end: usize) -> bool {
    matches!(unit.measures, Measures::Time | Measures::Money | Measures::Quantity)
        && scope.is(end, words::AND)
        && scope.is_any(end + 1, &[words::A, words::AN])
        && scope.is(end + 2, words::HALF)
}

/// "a day and 20 minutes", "a dollar fifty": smaller units after it.
fn has_more(scope: &Scope<'_>, unit: Unit, end: usize) -> bool {
    let time = unit.measures == Measures::Time;
    (time || unit.measures == Measures::Money)
        && sum::following(scope, end).is_some_and(|(next, joined)| {
            let dollar = next.unit.is_none()
                && !time
                && !joined
                && marks::is_end(scope, next.end)
                && whole(next.numeral.value).is_some_and(|cents| (10..100).contains(&cents));
            dollar
                || next.unit.is_some_and(|next| {
                    next.measures == unit.measures
                        && next != unit
                        && (time || HUNDREDTHS.contains(&next.name))
                })
        })
}

/// Whether an article and a unit are a measure, not a figure of speech.
fn is_one(scope: &Scope<'_>, at: usize, unit: Unit, end: usize) -> bool {
    is_alone(scope, at, unit, end)
        || unit.measures == Measures::Quantity && is_quantity(scope, at, unit, end)
        || unit.measures == Measures::Time && is_spent(scope, at, unit, end)
}

/// A text that is nothing but "a mile", and "The shares rose a penny."
fn is_alone(scope: &Scope<'_>, at: usize, unit: Unit, end: usize) -> bool {
    let coin = unit.measures == Measures::Money
        && matches!(unit.name, "penny" | "cent" | "dime" | "US dollar" | "euro")
        && end == at + 2
        && scope.text(at + 1).len() > 3
        && (marks::is_end(scope, end) || scope.is_any(end, &[words::COMMA, words::SEMICOLON, words::CLOSE]));
    at == scope.start && marks::is_end(scope, end) || coin
}

/// "a gallon of milk", "under a mile", "A furlong is 220 yards"
fn is_quantity(scope: &Scope<'_>, at: usize, unit: Unit, end: usize) -> bool {
    if scope.is_any(at + 1, &OTHERWISE) {
        return false;
    }
    let of = unit.si.is_some_and(|si| matches!(si.unit, "kg" | "m3")) && is_of_stuff(scope, end);
    let bounded = unit.si.is_some_and(|si| matches!(si.unit, "m" | "kg" | "m3" | "m2"))
        && bounded::is_bounded(scope, at)
        && (!scope.is_word(end) || scope.has(end, role::FUNCTION));
    let defines = at == scope.start
        && scope.text(at + 1).len() > 3
        && (scope.is(end, words::IS) || matches!(scope.text(end), "equals" | "contains" | "weighs"))
        && (end + 1..end + 4).any(|at| marks::is_digits(scope, at) || scope.has(at, role::CARDINAL));
    of || bounded || defines
}

/// "for an hour", "lasted a decade", "less than a week", "a decade-long war"
fn is_spent(scope: &Scope<'_>, at: usize, unit: Unit, end: usize) -> bool {
    const ELSEWHERE: [u64; 7] =
        [words::AGO, words::EARLIER, words::LATER, words::OLD, words::HYPHEN, words::S, words::BEFORE];
    let spent = scope.listed(at.wrapping_sub(1), list::SPENT)
        && (scope.has(at + 1, role::SPAN) || unit.code == "2.wk")
        && !scope.is_any(end, &ELSEWHERE)
        && (!scope.is_word(end) || scope.has(end, role::FUNCTION | role::BREAK | role::RELATIVE));
    let long = scope.is(end, words::HYPHEN)
        && scope.glued(end)
        && scope.is(end + 1, hash_lowered("long"))
        && scope.has(at + 1, role::SPAN);
    spent || long
}

pub(crate) fn one_of(first: usize, end: usize, value: Decimal, unit: Unit) -> Amount {
    Amount {
        first,
        end,
        numeral: Numeral { spelled: true, plain: false, ..bare(value, end) },
        unit: Some(unit),
        prefixed: false,
        negative: false,
        hyphen: false,
        per: None,
        lengths: None,
    }
}
