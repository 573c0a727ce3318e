//! Intervals as mathematics writes them: "[1, 5)", "(0.5, 2]".

use copydesk_core::layers::FigureKind;

use crate::item::{Content, Item};
use crate::scope::Scope;
use crate::words;

impl Scope<'_> {
    /// "[1, 5)": two numbers in brackets, one of them square at least; `at` is the first number or its sign.
    pub(crate) fn interval(&self, at: usize) -> Option<Item> {
        let open = at.wrapping_sub(1);
        if !self.is_any(open, &[words::OPEN, words::OPEN_SQUARE]) || !self.glued(at) {
            return None;
        }
        let (low, comma) = self.signed_number(at)?;
        if !self.is(comma, words::COMMA) {
            return None;
        }
        let (high, close) = self.signed_number(comma + 1)?;
        let square = self.is(open, words::OPEN_SQUARE) || self.is(close, words::CLOSE_SQUARE);
        if !square || !self.is_any(close, &[words::CLOSE, words::CLOSE_SQUARE]) || low >= high {
            return None;
        }
        // "[4, 9]" may be notes; what stands open at one end is none.
        let notes = self.is(open, words::OPEN_SQUARE) && self.is(close, words::CLOSE_SQUARE);
        if notes && !self.is_word(open.wrapping_sub(1)) {
            return None;
        }
        let span = self.span(open, close + 1);
        let content = Content::Range(low, high);
        Some(Item::new(open, close + 1, span, FigureKind::Count, content, "interval"))
    }

    /// A number in digits with its sign, and the next token.
    fn signed_number(&self, at: usize) -> Option<(copydesk_core::Decimal, usize)> {
        let minus = self.is_any(at, &[words::HYPHEN, words::MINUS_SIGN]) && self.glued(at + 1);
        let number = at + usize::from(minus);
        let numeral = self.is_number(number).then(|| self.numeral(number)).flatten()?;
        if numeral.unit.is_some() || numeral.letter.is_some() {
            return None;
        }
        Some((if minus { numeral.value.negate() } else { numeral.value }, numeral.end))
    }
}
