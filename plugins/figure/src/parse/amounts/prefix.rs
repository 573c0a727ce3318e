//! Currencies before a number: signs, codes, letters, and codes with a scale.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, Decimal, Token, TokenKind, hash_lower};

use crate::lex::digit_text::read_digits;
use crate::lex::numeral::{Numeral, bare};
use crate::lex::{digits, entity_sign, number};
use crate::sentence::keys::join;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// The sign of dollars and pesos.
const DOLLAR: u64 = hash_lowered("$");

/// Currencies of countries that count in lakhs and crores.
const LAKHS: [&str; 5] = ["INR", "PKR", "BDT", "NPR", "LKR"];

/// The sign of pounds.
const POUND: u64 = hash_lowered("£");

/// A currency sign or code and the number after it.
pub(crate) fn with_prefix(scope: &Scope<'_>, at: usize) -> Option<(Unit, Numeral)> {
    let token = scope.token(at)?;
    if token.kind() == TokenKind::Word && token.has(token_flag::DIGIT) {
        return code_in_word(scope, at, "");
    }
    if let Some((unit, number)) = entity_sign::entity_currency(scope, at) {
        let start = scope.token(number)?.span().start() as usize;
        return Some((unit, digits::numeral_in(scope, number, start)?));
    }
    if !scope.has(at, role::PREFIX) {
        return None;
    }
    // "MEUR 120", "kUSD 60"
    if let Some((unit, power)) = scaled_code(scope, at) {
        let after = scope.token(at + 1).filter(|_| scope.is_number(at + 1))?;
        let mut numeral = digits::numeral_in(scope, at + 1, after.span().start() as usize)?;
        (numeral.value, numeral.scale, numeral.plain) = (numeral.value.scale(power)?, power, false);
        return Some((unit, numeral));
    }
    let currency = currency_at(scope, at, token)?;
    let Currency { unit, next, .. } = currency;
    if scope.is(next, words::DOT)
        && scope.glued(next)
        && scope.glued(next + 1)
        && let Some(cents) = scope.small(next + 1).filter(|_| scope.text(next + 1).len() <= 3)
    {
        // "$.50"
        let places = -i32::try_from(scope.text(next + 1).len()).ok()?;
        let value = Decimal::new(i64::from(cents), places)?;
        return Some((unit, Numeral { plain: false, ..bare(value, next + 2) }));
    }
    // "$US41,250,000": the letters belong to the currency.
    let after = scope.token(next)?;
    if after.kind() == TokenKind::Word && after.has(token_flag::DIGIT) && scope.glued(next) {
        return code_in_word(scope, next, scope.text(at));
    }
    if scope.is(next, words::HYPHEN) && scope.glued(next + 1) && scope.is_number(next + 1) {
        // "$-99.99"
        let mut numeral = number::numeral(scope, next + 1)?;
        numeral.value = numeral.value.negate();
        return Some((unit, numeral));
    }
    let numeral = number_after(scope, unit, next, after)?;
    (currency.sure || large(&numeral)).then_some((unit, numeral))
}

/// A currency sign or code before a number.
struct Currency {
    unit: Unit,
    /// The token after it.
    next: usize,
    /// Whether any number after it is an amount: "SR 520" is a road, "SR 520 million" an amount; "TOP 10" is a headline's.
    sure: bool,
}

/// The currency whose sign or code begins at a token: "$", "Rs.", "RM", "aud$", but neither "a" nor "all".
fn currency_at(scope: &Scope<'_>, at: usize, token: &Token) -> Option<Currency> {
    let text = scope.text(at);
    let code = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let written = scope.vocabulary.written_code(text);
    let (unit, mut next) = scope
        .longest(at, |phrase| scope.vocabulary.prefix(phrase))
        .or(written.map(|(unit, _)| (unit, at + 1)))?;
    let ordinary = || {
        is_ordinary_word(scope, at, token, Code { unit, next, written: written.is_some() })
            || next == at + 1 && text.len() < 2
    };
    if code && ordinary() {
        return None;
    }
    // "Rs. 500" where the full stop is alone; "$-5" is left to the sign.
    if scope.is(next, words::DOT) && code {
        next += 1;
    }
    let sure = written.is_none_or(|(_, sure)| sure) && (next > at + 1 || !scope.listed(at, list::CODE_WORD));
    Some(Currency { unit, next, sure })
}

/// What the table of currencies has about a code in letters.
struct Code {
    unit: Unit,
    /// The token after the code.
    next: usize,
    /// Whether the code is listed with exactly these capitals.
    written: bool,
}

/// Whether a code in letters is an ordinary word: "a $5 million deal", "it cost us $5".
fn is_ordinary_word(scope: &Scope<'_>, at: usize, token: &Token, code: Code) -> bool {
    let Code { unit, next, written } = code;
    let text = scope.text(at);
    let signed = next > at + 1 && scope.is_any(next - 1, &[DOLLAR, POUND, hash_lowered("=")]);
    let letter = text.len() == 1 && token.case() != Case::Lower;
    // "usd 5": a code in small letters, if it is not a word.
    let small = text.len() == 3
        && unit.code.eq_ignore_ascii_case(text)
        && token.case() == Case::Lower
        && scope.is_number(at + 1)
        && !scope.listed(at, list::CODE_WORD);
    // "hk $", "aud$" in any case; "all", "top" alone are words.
    let ambiguous = token.case() != Case::Upper
        && !written
        && !(letter || small || text.len() > 4 && scope.is_number(at + 1));
    // "a $5 million deal" is not Australian, "plan B $5 million" not Bahamian; "c $" is careless writing for
    // Canada's. "A $5 million deal": the letter of "A$5" touches its sign.
    let apart = letter && !matches!(text, "C" | "R" | "S") && !scope.glued(at + 1);
    let article = apart || ambiguous && matches!(text.as_bytes(), [b'a'..=b'z']) && text != "c";
    // "it cost us $5"
    ambiguous && !signed || article || text == "us"
}

/// The number after a currency: in digits, with lakhs where they are usual, or in words.
fn number_after(scope: &Scope<'_>, unit: Unit, at: usize, token: &Token) -> Option<Numeral> {
    match token.kind() {
        TokenKind::Mixed if LAKHS.contains(&unit.code) && scope.text(at).ends_with('L') => {
            lakhs(scope, at, token)
        }
        TokenKind::Number | TokenKind::Mixed => digits::numeral_in(scope, at, token.span().start() as usize),
        TokenKind::Word if token.case() == Case::Lower => number::numeral(scope, at),
        _ => None,
    }
}

/// "₹2.5L", "Rs 12L": lakhs, hundreds of thousands.
fn lakhs(scope: &Scope<'_>, at: usize, token: &Token) -> Option<Numeral> {
    let text = scope.text(at);
    let (value, end, _) = read_digits(text, 0)?;
    let sum = value.scale(5)?;
    (end + 1 == text.len() && token.span().len() as usize == text.len()).then(|| Numeral {
        scale: 5,
        plain: false,
        ..bare(sum, at + 1)
    })
}

/// "$500 MXN", "$5 million Canadian": the country of the dollars or pesos, after the number.
pub(crate) fn country_after(scope: &Scope<'_>, unit: Unit, at: usize) -> Option<Unit> {
    if unit.code != "USD" || !scope.is_capitalized(at) {
        return None;
    }
    let text = scope.text(at);
    let dollars = |unit: &Unit| unit.name.ends_with("dollar") || unit.name.ends_with("peso");
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let unit = scope.vocabulary.prefix(join(0, scope.hash(at)));
        return unit.filter(|unit| unit.code == text && dollars(unit));
    }
    // "a $5 million Canadian film" says nothing about the currency.
    let closed = marks::is_end(scope, at + 1)
        || scope.is_any(at + 1, &[words::COMMA, words::CLOSE, words::SEMICOLON])
        || scope.has(at + 1, role::FUNCTION);
    let phrase = join(join(0, scope.hash(at)), hash_lowered("dollar"));
    scope
        .vocabulary
        .unit(phrase, 0, false)
        .filter(|unit| closed && unit.measures == Measures::Money && dollars(unit))
}

/// A code and digits in one word: "RM17", "US41" after "$".
pub(crate) fn code_in_word(scope: &Scope<'_>, at: usize, sign: &str) -> Option<(Unit, Numeral)> {
    let text = scope.text(at);
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let code = text.get(..letters)?;
    let written = scope.vocabulary.written_code(code);
    if code.is_empty() || code.bytes().any(|byte| byte.is_ascii_lowercase()) && written.is_none() {
        return None;
    }
    let offset = scope.token(at)?.span().start() as usize + letters;
    // "R1.2 million", "N500,000": one letter for rands, nairas and pesos, if the number is not part of a name.
    if let ("R" | "N" | "P", "") = (code, sign) {
        let numeral = digits::numeral_in(scope, at, offset)?;
        let code = match code {
            "R" => "zar",
            "N" => "ngn",
            _ => "php",
        };
        let unit = scope.vocabulary.prefix(join(0, hash_lower(code)))?;
        return large(&numeral).then_some((unit, numeral));
    }
    let phrase = if sign.is_empty() { hash_lower(code) } else { hash_lower(&[sign, code].concat()) };
    let unit = scope.vocabulary.prefix(join(0, phrase)).or(written.map(|(unit, _)| unit))?;
    let numeral = digits::numeral_in(scope, at, offset)?;
    let sure = written.is_none_or(|(_, sure)| sure);
    (sure || large(&numeral)).then_some((unit, numeral))
}

/// "MEUR", "kUSD": millions and thousands of a currency in one code.
pub(crate) fn scaled_code(scope: &Scope<'_>, at: usize) -> Option<(Unit, i32)> {
    let text = scope.text(at);
    let code =
        text.get(1..).filter(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let power = match text.as_bytes().first()? {
        b'M' => 6,
        b'k' | b'K' | b'T' => 3,
        _ => return None,
    };
    let unit = scope.vocabulary.prefix(join(0, hash_lower(code))).filter(|unit| unit.code == code)?;
    Some((unit, power))
}

/// Whether a number has a form that after one or two letters only money has: "R1.2 million", "N500,000".
pub(crate) fn large(numeral: &Numeral) -> bool {
    numeral.scale > 3 || !numeral.plain && numeral.value >= Decimal::from(1000)
}
