//! Numbers that may be a day or a year.

use copydesk_core::TokenKind;

use crate::lex::digit_text::read_digits;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;

/// Years that news write as four digits.
pub(crate) const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;

/// A four-digit year.
pub(crate) fn year_at(scope: &Scope<'_>, at: usize) -> Option<i16> {
    let year = scope.small(at).filter(|year| YEARS.contains(year))?;
    i16::try_from(year).ok()
}

/// A day of a month: "5", "05", "5th".
pub(crate) fn day_at(scope: &Scope<'_>, at: usize) -> Option<i8> {
    let token = scope.token(at)?;
    let day = match token.kind() {
        TokenKind::Number if token.span().len() <= 2 => scope.small(at)?,
        TokenKind::Mixed => {
            let text = scope.text(at);
            let (day, end, _) = read_digits(text, 0)?;
            let ordinal = ["st", "nd", "rd", "th"].contains(&text.get(end..)?);
            if !ordinal || day.exponent() < 0 || end > 2 {
                return None;
            }
            text.get(..end)?.parse().ok()?
        }
        _ => return None,
    };
    (1..=31).contains(&day).then_some(day as i8)
}

/// The value of an ordinal that is one token.
pub(crate) fn ordinal_value(scope: &Scope<'_>, at: usize) -> Option<u8> {
    if scope.has(at, role::ORDINAL) {
        return Some(scope.entry(at).value);
    }
    day_at(scope, at).filter(|_| !scope.is_number(at)).map(|day| day as u8)
}
