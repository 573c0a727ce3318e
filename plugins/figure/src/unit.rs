//! Units and currencies beside a number.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, TokenKind, hash_lower};

use crate::numeral::Numeral;
use crate::scope::{Scope, right_case};
use crate::vocabulary::{Measures, Unit, join, role};
use crate::words;

impl Scope<'_> {
    /// A currency sign or code and the number behind it.
    pub(crate) fn with_prefix(&self, at: usize) -> Option<(Unit, Numeral)> {
        let token = self.token(at)?;
        if token.kind() == TokenKind::Word && token.has(token_flag::DIGIT) {
            return self.code_in_word(at, "");
        }
        if !self.has(at, role::PREFIX) {
            return None;
        }
        let text = self.text(at);
        // "Rs", "RM", "USD"; but "a" and "all" are words.
        let code = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        if code
            && token.case() != Case::Upper
            && text != "Rs"
            && text != "Rs."
            && text != "Rp"
            && text != "Dhs"
            && text != "Tk"
            && text != "A"
            && text != "C"
            && text != "S"
            && text != "R"
            && text != "J"
            && text != "Ksh"
        {
            return None;
        }
        let (unit, mut next) = self.longest(at, |phrase| self.vocabulary.prefix(phrase))?;
        if code && next == at + 1 && text.len() < 2 {
            return None;
        }
        // "Rs. 500" where the full stop stands alone; "$-5" is left to the sign.
        if self.is(next, words::DOT) && code {
            next += 1;
        }
        // "$US41,250,000": the letters belong to the currency.
        let behind = self.token(next)?;
        if behind.kind() == TokenKind::Word && behind.has(token_flag::DIGIT) && self.glued(next) {
            return self.code_in_word(next, text);
        }
        let numeral = match behind.kind() {
            TokenKind::Number | TokenKind::Mixed => self.numeral_in(next, behind.span().start() as usize)?,
            TokenKind::Word if behind.case() == Case::Lower => self.numeral(next)?,
            _ => return None,
        };
        Some((unit, numeral))
    }

    /// A code and digits in one word: "RM17", "US41" behind "$".
    pub(crate) fn code_in_word(&self, at: usize, sign: &str) -> Option<(Unit, Numeral)> {
        let text = self.text(at);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let code = text.get(..letters)?;
        if code.is_empty()
            || code.bytes().any(|byte| byte.is_ascii_lowercase()) && code != "Rs" && code != "Rp"
        {
            return None;
        }
        let phrase = if sign.is_empty() { hash_lower(code) } else { hash_lower(&[sign, code].concat()) };
        let unit = self.vocabulary.prefix(join(0, phrase))?;
        let offset = self.token(at)?.span().start() as usize + letters;
        Some((unit, self.numeral_in(at, offset)?))
    }

    /// The m of "5m": million before a noun, else metre; k, M, B, T are scales.
    pub(crate) fn decide_letter(&self, numeral: &mut Numeral) {
        let Some(power) = numeral.letter else { return };
        let next = numeral.end;
        let noun = numeral.unit.is_some_and(|unit| unit.code == "m")
            && self.is_lower_word(next)
            && self.plural_noun(next).is_some();
        if numeral.unit.is_none() || noun || power == 9 {
            numeral.letter_as_scale();
        }
        numeral.letter = None;
    }

    /// The hash of the letters behind a token's digits.
    pub(crate) fn suffix_hash(&self, at: usize) -> u64 {
        let text = self.text(at);
        let digits = text.bytes().take_while(|byte| !byte.is_ascii_alphabetic()).count();
        hash_lower(text.get(digits..).unwrap_or_default())
    }

    /// The unit behind a number, the token behind it, and whether a hyphen joins them.
    pub(crate) fn unit_behind(&self, at: usize, spelled: bool, scaled: bool) -> Option<(Unit, usize, bool)> {
        let hyphen = self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1);
        let first = at + usize::from(hyphen);
        if !self.has(first, role::UNIT) {
            return None;
        }
        let (mut unit, end) = self.longest(first, |phrase| self.vocabulary.unit(phrase))?;
        let text = self.text(first);
        let code = end == first + 1 && self.is_word(first);
        if code {
            let short = text.chars().count() == 1;
            if short && (spelled || !right_case(text, unit)) {
                return None;
            }
            // "the 2014 day of mourning": a length of time is in the plural, or has a hyphen.
            let singular = unit.measures == Measures::Time
                && self.has(first, role::SPAN)
                && !hyphen
                && !text.ends_with('s');
            if singular && self.year_at(at.wrapping_sub(1)).is_some() {
                return None;
            }
            // "try", "rub", "ron": codes only in capitals.
            let is_code = text.len() <= 3
                && unit.measures == Measures::Money
                && text.is_ascii()
                && self.has(first, role::PREFIX);
            if is_code && self.token(first)?.case() != Case::Upper {
                return None;
            }
            // "one second-half goal", "two quarter-finals".
            if self.is(end, words::HYPHEN)
                && self.glued(end)
                && unit.measures == Measures::Time
                && !self.is(end + 1, words::OLD)
            {
                return Some((unit, end, hyphen));
            }
        }
        if unit.code == "GBP" && text.len() > 4 && code {
            let heavy = hyphen
                || !scaled
                    && self.is_any(end, &[words::OF, hash_lowered("heavier"), hash_lowered("lighter")])
                || (1..6).any(|back| {
                    let word = self.text(at.wrapping_sub(back));
                    word.starts_with("weigh") || word == "lost"
                });
            if heavy {
                unit = Unit { measures: Measures::Quantity, code: "lb", name: "pound" };
            }
        }
        Some((unit, end, hyphen))
    }
}
