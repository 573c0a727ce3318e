//! Powers after a number: "4e14", "5.5x10-3", "2^10".

use copydesk_core::{Decimal, TokenKind};

use crate::lex::digit_text::read_digits;
use crate::lex::numeral::{Numeral, bare};
use crate::sentence::scope::Scope;

/// "4e14", "5.5x10-3", "2.48×10−5", "2^10": a power after digits that end at `stop` in the text.
pub(crate) fn scientific(scope: &Scope<'_>, at: usize, stop: usize, value: Decimal) -> Option<Numeral> {
    let (base, power, length) = power_at(scope, stop)?;
    let value = match base {
        None => {
            let power = value.to_f64().powi(power);
            (power.is_finite() && power.abs() < 1e15).then(|| Decimal::parse(&format!("{power:.14}")))??
        }
        Some(10) => value.scale(power)?,
        Some(base) => {
            let factor = i64::from(base).checked_pow(u32::try_from(power).ok()?)?;
            value.times(Decimal::new(factor, 0)?)?
        }
    };
    Some(Numeral { plain: false, ..bare(value, token_after(scope, at, stop + length)) })
}

/// A power after the byte where digits end: base, exponent, number of bytes.
fn power_at(scope: &Scope<'_>, stop: usize) -> Option<(Option<u32>, i32, usize)> {
    let rest = scope.doc.text().get(stop..)?;
    // "2 x 10^5"
    let blank = usize::from(rest.starts_with(" x 10") || rest.starts_with(" × 10"));
    // Most numbers end here.
    if !(blank > 0 || rest.starts_with(['e', 'E', 'x', '×', '*', '·', '^'])) {
        return None;
    }
    let (base, power, length) = power_after(rest.get(blank..)?)?;
    Some((base, power, length + blank))
}

/// The first token that begins at a byte or after it.
fn token_after(scope: &Scope<'_>, at: usize, stop: usize) -> usize {
    let mut end = at + 1;
    while scope.token(end).is_some_and(|token| (token.span().start() as usize) < stop) {
        end += 1;
    }
    end
}

/// "7e400", "1 x 10^-99": a power out of range; the next token. Its parts are not figures either.
pub(crate) fn beyond_numbers(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let token =
        scope.token(at).filter(|token| matches!(token.kind(), TokenKind::Number | TokenKind::Mixed))?;
    // Few numbers have a power after them.
    let glued = token.kind() == TokenKind::Mixed && scope.doc.slice(token.span()).contains(['e', 'E']);
    if !(glued || matches!(scope.text(at + 1), "x" | "×" | "*" | "·" | "^")) {
        return None;
    }
    let (value, digits, _) = read_digits(scope.doc.slice(token.span()), 0)?;
    let stop = token.span().start() as usize + digits;
    let (base, power, length) = power_at(scope, stop)?;
    let beyond = base == Some(10) && value.scale(power).is_none();
    beyond.then(|| token_after(scope, at, stop + length))
}

/// A power after a number: the base if the number is multiplied (`None` if it is raised itself), the exponent, the number of bytes.
pub(crate) fn power_after(text: &str) -> Option<(Option<u32>, i32, usize)> {
    let exponent = |from: usize| -> Option<(i32, usize)> {
        let rest = text.get(from..)?;
        let (sign, skip) = match rest.chars().next()? {
            '-' => (-1, 1),
            '−' => (-1, '−'.len_utf8()),
            '+' => (1, 1),
            _ => (1, 0),
        };
        let digits = rest.get(skip..)?.bytes().take_while(u8::is_ascii_digit).count();
        let digits_only = rest.get(skip..skip + digits).filter(|digits| !digits.is_empty())?;
        let value: i32 = digits_only.parse().unwrap_or(i32::MAX / 2);
        let after = rest.get(skip + digits..).and_then(|rest| rest.chars().next());
        (!after.is_some_and(char::is_alphabetic)).then_some((sign * value, from + skip + digits))
    };
    let first = text.chars().next()?;
    match first {
        'e' | 'E' => exponent(1).map(|(power, end)| (Some(10), power, end)),
        '^' => exponent(1).map(|(power, end)| (None, power, end)),
        _ => {
            let rest = text.get(first.len_utf8()..)?.trim_start_matches(' ');
            let base = if rest.starts_with("10") { 10 } else { 2 };
            let rest = rest.strip_prefix(if base == 10 { "10" } else { "2" })?;
            if let Some((power, length)) = raised(rest) {
                return Some((Some(base), power, text.len() - rest.len() + length));
            }
            let caret = usize::from(rest.starts_with('^'));
            if caret == 0 && !rest.starts_with(['-', '−', '+']) {
                return None;
            }
            let from = text.len() - rest.len() + caret;
            exponent(from).map(|(power, end)| (Some(base), power, end))
        }
    }
}

/// An exponent in superscript digits, and its number of bytes: "⁵", "⁻¹²".
pub(crate) fn raised(text: &str) -> Option<(i32, usize)> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let (sign, digits) = text.strip_prefix('⁻').map_or((1, text), |rest| (-1, rest));
    let (mut power, mut length) = (0, text.len() - digits.len());
    let mut any = false;
    for letter in digits.chars().take(2) {
        let Some(digit) = DIGITS.iter().position(|raised| *raised == letter) else { break };
        power = power * 10 + digit as i32;
        length += letter.len_utf8();
        any = true;
    }
    any.then_some((sign * power, length))
}
