//! Digits after "point" as words: "two point three six", "point five percent".

use copydesk_core::{Decimal, hash_lowered};

use crate::lex::numeral::{Numeral, bare};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// "point five percent": a decimal fraction without its zero, before a unit.
pub(crate) fn leading_point(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let before = at.wrapping_sub(1);
    let introduced = scope.is_any(before, &[words::THE, words::THIS, words::THAT, words::A, words::ONE])
        || scope.has(before, role::ORDINAL | role::CARDINAL)
        || scope.is_lower_word(before) && !scope.has(before, role::FUNCTION | role::VERB | role::BOUND);
    let (value, end) = point(scope, at + 1).filter(|_| !introduced)?;
    scope.has(end, role::UNIT).then(|| Numeral { spelled: true, plain: false, ..bare(value, end) })
}

/// Digits after "point": "two three six nine", "eleven", "nought three".
pub(crate) fn point(scope: &Scope<'_>, at: usize) -> Option<(Decimal, usize)> {
    let (mut digits, mut places, mut end) = (0i64, 0i32, at);
    loop {
        let value = if places == 0 && scope.is(end, hash_lowered("oh")) {
            0
        } else if scope.has(end, role::CARDINAL) && scope.is_word(end) {
            i64::from(scope.entry(end).value)
        } else if places == 0 {
            i64::from(scope.small(end)?)
        } else {
            break;
        };
        let width = if value >= 10 { 2 } else { 1 };
        if places > 0 && width == 2 || places + width > 15 {
            break;
        }
        digits = digits * 10i64.pow(width as u32) + value;
        places += width;
        end += 1;
        if width == 2 {
            break;
        }
    }
    (places > 0).then(|| Some((Decimal::new(digits, -places)?, end)))?
}
