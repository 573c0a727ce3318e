//! Intervals in mathematical notation: "[1, 5)", "(0.5, 2]".

use copydesk_core::layers::FigureKind;

use crate::item::{Content, Item};
use crate::lex::number;
use crate::origin;
use crate::sentence::scope::Scope;
use crate::sentence::words;

/// "[1, 5)": two numbers in brackets, at least one of them square; `at` is the first number or its sign.
pub(crate) fn interval(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let open = at.wrapping_sub(1);
    if !scope.is_any(open, &[words::OPEN, words::OPEN_SQUARE]) || !scope.glued(at) {
        return None;
    }
    let (low, comma) = signed_number(scope, at)?;
    if !scope.is(comma, words::COMMA) {
        return None;
    }
    let (high, close) = signed_number(scope, comma + 1)?;
    let square = scope.is(open, words::OPEN_SQUARE) || scope.is(close, words::CLOSE_SQUARE);
    if !square || !scope.is_any(close, &[words::CLOSE, words::CLOSE_SQUARE]) || low >= high {
        return None;
    }
    // "[4, 9]" may be notes; an interval that is open at one end cannot.
    let notes = scope.is(open, words::OPEN_SQUARE) && scope.is(close, words::CLOSE_SQUARE);
    if notes && !scope.is_word(open.wrapping_sub(1)) {
        return None;
    }
    let span = scope.span(open, close + 1);
    let content = Content::Range(low, high);
    Some(Item::new(open, close + 1, span, FigureKind::Count, content, origin::INTERVAL))
}

/// A number in digits with its sign, and the next token.
fn signed_number(scope: &Scope<'_>, at: usize) -> Option<(copydesk_core::Decimal, usize)> {
    let minus = scope.is_any(at, &[words::HYPHEN, words::MINUS_SIGN]) && scope.glued(at + 1);
    let number = at + usize::from(minus);
    let numeral = scope.is_number(number).then(|| number::numeral(scope, number)).flatten()?;
    if numeral.unit.is_some() || numeral.letter.is_some() {
        return None;
    }
    Some((if minus { numeral.value.negate() } else { numeral.value }, numeral.end))
}
