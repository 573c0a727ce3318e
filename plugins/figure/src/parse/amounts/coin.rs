//! Texts that are nothing but a coin: "quarter", "four quarters", "dime".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::origin;
use crate::parse::amounts::amount::GRAND;
use crate::sentence::keys::phrase_hash;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// A text that is nothing but "quarter" or "four quarters": coins, as there is no year that they could be parts of.
pub(crate) fn quarters(scope: &Scope<'_>) -> Option<Item> {
    let last = scope.end.checked_sub(1)?;
    if scope.start > 0 || last > 1 || scope.end != scope.doc.tokens().len() {
        return None;
    }
    let count = match last {
        0 if scope.is(0, words::QUARTER) => 1,
        1 if scope.is(1, hash_lowered("quarters")) => {
            let count = scope.small(0).unwrap_or_else(|| u32::from(scope.entry(0).value));
            // "three quarters" is a fraction.
            Some(count).filter(|count| (4..100).contains(count) && !scope.has(0, role::ORDINAL))?
        }
        _ => return None,
    };
    let value = Decimal::from(count as i32).times(Decimal::new(25, -2)?)?;
    let span = scope.span(scope.start, scope.end);
    let mut item =
        Item::new(scope.start, scope.end, span, FigureKind::Money, Content::Number(value), origin::COIN);
    item.set_unit(scope.vocabulary.prefix(phrase_hash("$"))?);
    item.confidence = 0.5;
    Some(item)
}

/// A cell of a table that is nothing but a coin's name: "dime".
pub(crate) fn one_coin(scope: &Scope<'_>) -> Option<Item> {
    let article = usize::from(scope.is_any(scope.start, &[words::A, words::AN]));
    let first = scope.start + article;
    let (unit, end) = scope.longest_unit(first).filter(|(unit, _)| unit.measures == Measures::Money)?;
    if end != scope.end || !unit.code.is_empty() || scope.text(first).ends_with('s') {
        return None;
    }
    let grand = unit.name == "grand";
    let value = Decimal::from(if grand { 1000 } else { 1 });
    let span = scope.span(scope.start, end);
    let mut item = Item::new(scope.start, end, span, FigureKind::Money, Content::Number(value), origin::COIN);
    item.set_unit(if grand { Unit { name: GRAND, ..unit } } else { unit });
    Some(item)
}
