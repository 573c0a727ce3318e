//! Numbers in digits: separators, decimal commas, thousands separated by blanks.

use copydesk_core::hash_lower;
use copydesk_core::{Decimal, Token, hash_lowered};

use crate::lex::numeral::{Numeral, bare};
use crate::lex::{digit_text, entity_sign, number, power};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// The number whose digits begin at a byte of a token ("RM17.20", "$US41,250,000").
pub(crate) fn numeral_in(scope: &Scope<'_>, at: usize, offset: usize) -> Option<Numeral> {
    let (mut value, mut stop, mut plain) = digit_text::read_digits(scope.doc.text(), offset)?;
    // "€23.500,50", "£1.250.000"
    if let Some((whole, after)) = digit_text::continental(scope.doc.text(), offset) {
        (value, stop, plain) = (whole, after, false);
    }
    // "€345.000": no price has three decimals, except of fuel by the litre.
    else if let Some(whole) = thousands_of_price(scope, at, offset, stop, value) {
        (value, plain) = (whole, false);
    }
    // "€12,50": thousands never have two digits.
    else if plain
        && let Some([b',', a @ b'0'..=b'9', b @ b'0'..=b'9', rest @ ..]) =
            scope.doc.text().as_bytes().get(stop..)
        && !matches!(rest, [b'0'..=b'9' | b',', ..])
    {
        let cents = i64::from(a - b'0') * 10 + i64::from(b - b'0');
        (value, stop, plain) = (value.plus(Decimal::new(cents, -2)?)?, stop + 3, false);
    }
    // "€1,2 million"
    else if plain
        && let Some([b',', digit @ b'0'..=b'9', rest @ ..]) = scope.doc.text().as_bytes().get(stop..)
        && !matches!(rest, [b'0'..=b'9' | b',', ..])
        && (1..3).any(|near| scope.has(at + near, role::SCALE))
    {
        value = value.plus(Decimal::new(i64::from(digit - b'0'), -1)?)?;
        (stop, plain) = (stop + 2, false);
    }
    let mut end = at + 1;
    while scope.token(end).is_some_and(|token| (token.span().start() as usize) < stop) {
        end += 1;
    }
    let last = scope.token(end - 1)?.span().end() as usize;
    let suffix = scope.doc.text().get(stop..last)?;
    // "€1 250 000"
    if plain && suffix.is_empty() && stop - offset <= 3 {
        let (whole, after) = spaced_thousands(scope, end - 1, value);
        (value, plain, end) = (whole, after == end, after);
    }
    finish(scope, Numeral { plain, ..bare(value, end) }, suffix)
}

/// The value of "345.000" after a currency, if the point separates thousands.
fn thousands_of_price(
    scope: &Scope<'_>,
    at: usize,
    offset: usize,
    stop: usize,
    value: Decimal,
) -> Option<Decimal> {
    let text = scope.doc.text().get(offset..stop)?;
    let (whole, part) = text.split_once('.')?;
    let shape =
        part.len() == 3 && (1..=3).contains(&whole.len()) && whole.bytes().all(|byte| byte.is_ascii_digit());
    let after = at + 1;
    let scaled = scope.has(after, role::SCALE | role::LETTER_SCALE)
        || scope.is_any(after, &[words::A, words::AN, words::SLASH, hash_lowered("per")])
        || scope.token(at).is_some_and(|token| token.span().end() as usize > stop);
    // "$0.125", "€1.459": prices of fuel and of shares.
    (shape && !scaled && (whole.len() > 1 || part == "000" || part.ends_with("00")))
        .then(|| value.scale(3))
        .flatten()
}

pub(crate) fn digits(scope: &Scope<'_>, at: usize, token: &Token) -> Option<Numeral> {
    let text = scope.doc.slice(token.span());
    if let Some(value) = vulgar(text) {
        // "1½ million"
        return finish(scope, Numeral { plain: false, ..bare(value, at + 1) }, "");
    }
    let (value, end, plain) = digit_text::read_digits(text, usize::from(text.starts_with('.')))?;
    let value = if text.starts_with('.') { value.scale(-i32::try_from(end).ok()? + 1)? } else { value };
    if let Some(value) = digit_text::european(text) {
        return finish(scope, Numeral { plain: false, ..bare(value, at + 1) }, "");
    }
    if plain && let Some(numeral) = comma_decimals(scope, at, value, end) {
        return Some(numeral);
    }
    if let Some(numeral) = power::scientific(scope, at, token.span().start() as usize + end, value) {
        return Some(numeral);
    }
    // Codes and parts of longer numbers: "007", "1,2".
    let coded = plain && text.len() > 1 && text.starts_with('0');
    if coded {
        return None;
    }
    if plain && text.len() <= 3 && end == text.len() {
        let (value, end) = spaced_thousands(scope, at, value);
        return finish(scope, Numeral { plain: end == at + 1, ..bare(value, end) }, "");
    }
    finish(scope, Numeral { plain, ..bare(value, at + 1) }, text.get(end..)?)
}

/// "5,5 %", "1,5 million", "0,75", "5,00": a decimal comma, if it cannot separate thousands.
pub(crate) fn comma_decimals(scope: &Scope<'_>, at: usize, value: Decimal, stop: usize) -> Option<Numeral> {
    let text = scope.text(at);
    let rest = text.get(stop..)?.strip_prefix(',')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let suffix = rest.get(digits..)?;
    if !(1..=2).contains(&digits) || suffix.starts_with(',') {
        return None;
    }
    let next = scope.entry(at + 1);
    let sure = value == Decimal::ZERO
        || !suffix.is_empty()
        || next.is(role::UNIT | role::SCALE) && !scope.is_any(at + 1, &[words::IN, words::A])
        || digits == 2 && !scope.has(at.wrapping_sub(1), role::LABEL);
    let part = Decimal::new(rest.get(..digits)?.parse().ok()?, -i32::try_from(digits).ok()?)?;
    sure.then(|| finish(scope, Numeral { plain: false, ..bare(value.plus(part)?, at + 1) }, suffix)).flatten()
}

/// "10 000", "1 250 000": groups of three separated by spaces.
pub(crate) fn spaced_thousands(scope: &Scope<'_>, at: usize, value: Decimal) -> (Decimal, usize) {
    let (mut sum, mut end) = (value, at + 1);
    while end < at + 5 && scope.is_number(end) && !scope.glued(end) && scope.text(end).len() == 3 {
        let Some(next) = scope.small(end).and_then(|group| sum.scale(3)?.plus(Decimal::from(group as i32)))
        else {
            break;
        };
        (sum, end) = (next, end + 1);
    }
    // If another number follows, it is a telephone number.
    if scope.is_number(end) && !scope.glued(end) { (value, at + 1) } else { (sum, end) }
}

/// The value of a fraction that is one character, or digits followed by one.
pub(crate) fn vulgar(text: &str) -> Option<Decimal> {
    let last = text.chars().next_back()?;
    let (mantissa, exponent) = match last {
        '½' => (5, -1),
        '¼' => (25, -2),
        '¾' => (75, -2),
        '⅓' => (333_333_333_333_333, -15),
        '⅔' => (666_666_666_666_667, -15),
        '⅛' => (125, -3),
        '⅜' => (375, -3),
        '⅝' => (625, -3),
        '⅞' => (875, -3),
        '⅕' => (2, -1),
        '⅖' => (4, -1),
        '⅗' => (6, -1),
        '⅘' => (8, -1),
        '⅙' => (166_666_666_666_667, -15),
        '⅚' => (833_333_333_333_333, -15),
        '⅐' => (142_857_142_857_143, -15),
        '⅑' => (111_111_111_111_111, -15),
        '⅒' => (1, -1),
        _ => return None,
    };
    let part = Decimal::new(mantissa, exponent)?;
    let whole = text.get(..text.len() - last.len_utf8())?;
    if whole.is_empty() { Some(part) } else { Decimal::parse(whole)?.plus(part) }
}

/// Reads what is glued to the digits, then fractions and scales after the token.
pub(crate) fn finish(scope: &Scope<'_>, mut numeral: Numeral, suffix: &str) -> Option<Numeral> {
    if !suffix.is_empty() {
        numeral.plain = false;
        let entry = scope.vocabulary.entry(hash_lower(suffix));
        if let Some(part) = vulgar(suffix) {
            numeral.value = numeral.value.plus(part)?;
        } else if entry.is(role::SCALE) {
            numeral.scale(entry.value)?;
        } else if entry.is(role::LETTER_SCALE)
            && (entry.value != 9
                || suffix == "B"
                || suffix == "b"
                || suffix == "G" && numeral.value >= Decimal::from(7))
            || suffix == "G" && numeral.value.exponent() < 0
        {
            numeral.letter = Some(i32::from(entry.value));
            numeral.unit = scope.unit_of_suffix(suffix, numeral.value.exponent() < 0);
        } else {
            numeral.unit = Some(scope.unit_of_suffix(suffix, numeral.value.exponent() < 0)?);
        }
        if numeral.unit.is_some() || numeral.letter.is_some() {
            return Some(numeral);
        }
    }
    numeral.end = entity_sign::after_entity_blank(scope, numeral.end);
    number::mixed_fraction(scope, &mut numeral);
    number::scales(scope, &mut numeral)?;
    Some(numeral)
}
