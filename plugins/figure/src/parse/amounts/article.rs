//! One of a unit, given by its article: "a gallon of milk", "a week and a half", "under a mile".

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
    let stuff =
        scope.is(end, words::OF) && scope.is_lower_word(end + 1) && !scope.has(end + 1, role::FUNCTION);
    let unit = if unit.code == "GBP" && stuff { scope.vocabulary.pound_of_weight() } else { unit };
    let text = scope.text(at + 1);
    if text.ends_with('s') && text.len() > 3 && !text.ends_with("ss") || text.len() < 2 {
        return None;
    }
    // "The shares rose a penny."
    let coin = unit.measures == Measures::Money
        && matches!(unit.name, "penny" | "cent" | "dime" | "US dollar" | "euro")
        && end == at + 2
        && text.len() > 3
        && (marks::is_end(scope, end) || scope.is_any(end, &[words::COMMA, words::SEMICOLON, words::CLOSE]));
    let alone = at == scope.start && marks::is_end(scope, end) || coin;
    let time = unit.measures == Measures::Time;
    let half = (time || matches!(unit.measures, Measures::Money | Measures::Quantity))
        && scope.is(end, words::AND)
        && scope.is_any(end + 1, &[words::A, words::AN])
        && scope.is(end + 2, words::HALF);
    let more = (time || unit.measures == Measures::Money)
        && sum::following(scope, end).is_some_and(|(next, joined)| {
            // "a dollar fifty"
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
        });
    const OTHERWISE: [u64; 4] =
        [hash_lowered("ton"), hash_lowered("cup"), hash_lowered("bit"), hash_lowered("grain")];
    let of = unit.measures == Measures::Quantity
        && unit.si.is_some_and(|si| matches!(si.unit, "kg" | "m3"))
        && scope.is(end, words::OF)
        && scope.is_lower_word(end + 1)
        && !scope.has(end + 1, role::FUNCTION)
        && !scope.is_any(at + 1, &OTHERWISE);
    // "for an hour", "lasted a decade", "less than a week"
    let spent = time
        && scope.listed(at.wrapping_sub(1), list::SPENT)
        && (scope.has(at + 1, role::SPAN) || unit.code == "2.wk")
        && !scope.is_any(
            end,
            &[words::AGO, words::EARLIER, words::LATER, words::OLD, words::HYPHEN, words::S, words::BEFORE],
        )
        && (!scope.is_word(end) || scope.has(end, role::FUNCTION | role::BREAK | role::RELATIVE));
    // "a decade-long war"
    let long = time
        && scope.is(end, words::HYPHEN)
        && scope.glued(end)
        && scope.is(end + 1, hash_lowered("long"))
        && scope.has(at + 1, role::SPAN);
    // "a day or two", "a mile or two"
    let or_two = scope.is(end, words::OR)
        && scope.is(end + 1, hash_lowered("two"))
        && matches!(unit.measures, Measures::Time | Measures::Quantity)
        && !scope.has(end + 2, role::SPAN);
    // "a mile and a quarter"
    let part =
        (matches!(unit.measures, Measures::Quantity | Measures::Time) && !half && scope.is(end, words::AND))
            .then(|| divisor::part_of_one(scope, end + 1))
            .flatten()
            .filter(|(_, stop)| !scope.is_lower_word(*stop) || scope.has(*stop, role::FUNCTION));
    // "under a mile", "more than a tonne of"
    let bounded = unit.measures == Measures::Quantity
        && unit.si.is_some_and(|si| matches!(si.unit, "m" | "kg" | "m3" | "m2"))
        && bounded::is_bounded(scope, at)
        && !scope.is_any(at + 1, &OTHERWISE)
        && (!scope.is_word(end) || scope.has(end, role::FUNCTION));
    // "A furlong is 220 yards"
    let defines = at == scope.start
        && unit.measures == Measures::Quantity
        && text.len() > 3
        && !scope.is_any(at + 1, &OTHERWISE)
        && (scope.is(end, words::IS) || matches!(scope.text(end), "equals" | "contains" | "weighs"))
        && (end + 1..end + 4).any(|at| marks::is_digits(scope, at) || scope.has(at, role::CARDINAL));
    let told = defines || alone || half || more || of || spent || long || or_two || part.is_some() || bounded;
    if !told || unit.measures == Measures::Age {
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
