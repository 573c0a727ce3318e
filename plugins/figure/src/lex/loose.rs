//! Imprecise numbers in words: "half a billion", "a couple of days", "dozens", "tens of thousands".

use copydesk_core::Decimal;

use crate::lex::numeral::{Numeral, bare};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{noun, words};

/// "half a billion", "half billion", "half a dozen".
pub(crate) fn half_scale(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let next = at + 1 + usize::from(scope.is_any(at + 1, &[words::A, words::AN]));
    let scale = scope.entry(next);
    let value = if scale.is(role::SCALE) && scope.text(next).len() > 3 {
        Decimal::new(5, i32::from(scale.value) - 1)?
    } else if scope.is(next, words::DOZEN) {
        Decimal::from(6)
    } else {
        return None;
    };
    Some(Numeral { spelled: true, plain: false, scale: 1, ..bare(value, next + 1) })
}

/// "a couple of days", "a pair of shoes", a cell that says "a few".
pub(crate) fn pair(scope: &Scope<'_>, at: usize, first: usize) -> Option<Numeral> {
    let value = match scope.hash(at) {
        words::COUPLE => 2,
        words::PAIR => 2,
        words::FEW => 3,
        _ => return None,
    };
    let alone = first == scope.start && at + 1 >= scope.end;
    let of = scope.is(at, words::COUPLE)
        && scope.is(at + 1, words::OF)
        && (scope.has(at + 2, role::UNIT | role::SCALE) || noun::plural_noun(scope, at + 2).is_some());
    let end = at + 1 + usize::from(of);
    let scale = scope.entry(end);
    // "a couple hundred dollars"
    let couple = scope.is(at, words::COUPLE) && scope.is_word(end);
    if (of || couple) && scale.is(role::SCALE) && scope.text(end).len() > 3 {
        // "a couple of hundred people"
        let power = i32::from(scale.value);
        let value = Decimal::new(value, power)?;
        return Some(Numeral { spelled: true, plain: false, scale: power, ..bare(value, end + 1) });
    }
    // "a couple of dozen men"
    let dozen = end + usize::from(!of && scope.is(end, words::OF));
    if scope.is(at, words::COUPLE) && scope.is(dozen, words::DOZEN) {
        let value = Decimal::from(24);
        return Some(Numeral { spelled: true, plain: false, scale: 2, ..bare(value, dozen + 1) });
    }
    (alone || of).then(|| Numeral {
        spelled: true,
        plain: false,
        scale: 1,
        ..bare(Decimal::new(value, 0).unwrap_or_default(), end)
    })
}

/// "dozens", "thousands", "tens of thousands", "hundreds of millions".
pub(crate) fn many(scope: &Scope<'_>, at: usize, power: i32) -> Option<Numeral> {
    let mut low = if power == 0 { Decimal::from(12) } else { Decimal::new(1, power)? };
    let mut high = if power == 0 { Decimal::from(120) } else { Decimal::new(1, power + 1)? };
    let mut end = at + 1;
    let next = scope.entry(at + 2);
    if scope.is(at + 1, words::OF) && next.is(role::MANY) && i32::from(next.value) > power {
        low = low.scale(i32::from(next.value))?;
        high = high.scale(i32::from(next.value))?;
        end = at + 3;
    } else if power == 1 {
        return None;
    }
    Some(Numeral { upper: Some(high), spelled: true, plain: false, scale: power, ..bare(low, end) })
}
