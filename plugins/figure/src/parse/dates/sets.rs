//! Repeating times: "every day", "each quarter", "every two weeks", "every other month".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::lex::number;
use crate::origin;
use crate::sentence::keys::phrase_hash;
use crate::sentence::scope::Scope;
use crate::sentence::units::Measures;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// A repeating interval that begins with "every" or "each".
pub(crate) fn set(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !scope.is_any(at, &[words::EVERY, words::EACH]) {
        return None;
    }
    let next = at + 1;
    let (count, noun) = if scope.is_any(next, &[words::OTHER, words::SECOND]) {
        (Decimal::from(2), next + 1)
    } else if let Some(numeral) = number::numeral(scope, next)
        .filter(|numeral| numeral.unit.is_none() && numeral.upper.is_none() && !numeral.fraction)
    {
        (numeral.value, numeral.end)
    } else {
        (Decimal::from(1), next)
    };
    // The singular is not a unit after a number: "a quarter" is a fraction more often than a time.
    let (unit, end) = if scope.is(noun, words::QUARTER) {
        (scope.vocabulary.unit(phrase_hash("quarters"), 0, false)?, noun + 1)
    } else {
        scope.longest_unit(noun)?
    };
    // "every second counts"
    let plain = scope.has(noun, role::SPAN) && !scope.is(noun, words::SECOND);
    let named = scope.is(end, words::HYPHEN) && scope.glued(end)
        || scope.is_any(end, &[words::OLD, hash_lowered("of")]);
    if unit.measures != Measures::Time || !plain || named {
        return None;
    }
    let span = scope.span(at, end);
    let mut item = Item::new(at, end, span, FigureKind::Duration, Content::Repeat(count), origin::SET);
    item.set_unit(unit);
    Some(item)
}
