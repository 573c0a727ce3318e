//! Numbers as digits and as words, without what they count.

use copydesk_core::{Decimal, Token, TokenKind, hash_lower};

use crate::scope::Scope;
use crate::vocabulary::{Unit, role};
use crate::words;

/// A number and how it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numeral {
    /// With its scale.
    pub(crate) value: Decimal,
    /// The upper end, for "dozens", "tens of thousands".
    pub(crate) upper: Option<Decimal>,
    /// The power of ten that a scale word gave; 0 without one.
    pub(crate) scale: i32,
    /// The token behind.
    pub(crate) end: usize,
    /// Where it ends in the text, if inside its last token ("5" of "5kW" ends with the token all the same).
    pub(crate) unit: Option<Unit>,
    /// Written as words alone.
    pub(crate) spelled: bool,
    /// Whole digits without separator, point or scale.
    pub(crate) plain: bool,
    /// A form that only a money amount makes a scale: "m" of "5m".
    pub(crate) letter: Option<i32>,
    /// A part of one: "two thirds".
    pub(crate) fraction: bool,
}

/// Digits with separators, and the byte behind them.
pub(crate) fn read_digits(text: &str, at: usize) -> Option<(Decimal, usize, bool)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut buffer = [0u8; 40];
    let (mut length, mut end, mut group, mut groups) = (0usize, at, 0usize, 0usize);
    let mut point = false;
    loop {
        match bytes.get(end) {
            Some(byte @ b'0'..=b'9') => {
                *buffer.get_mut(length)? = *byte;
                length += 1;
                group += 1;
            }
            Some(b'.') if !point && digit(end + 1) && (groups == 0 || group == 3) => {
                *buffer.get_mut(length)? = b'.';
                length += 1;
                point = true;
            }
            // Thousands in threes, lakhs in twos before the last three.
            Some(b',' | b'\'') if !point && digit(end + 1) => {
                let ahead = bytes.get(end + 1..).unwrap_or_default();
                let following = ahead.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
                let indian = following == 2 && ahead.get(2) == Some(&b',');
                if !(following == 3 || indian) || group == 0 || group > 3 {
                    break;
                }
                groups += 1;
                group = 0;
            }
            _ => break,
        }
        end += 1;
    }
    let plain = groups == 0 && !point;
    let value = Decimal::parse(std::str::from_utf8(buffer.get(..length)?).ok()?)?;
    Some((value, end, plain))
}

impl Scope<'_> {
    /// The number that begins at a token.
    pub(crate) fn numeral(&self, at: usize) -> Option<Numeral> {
        let token = self.token(at)?;
        match token.kind() {
            TokenKind::Number | TokenKind::Mixed => self.digits(at, token),
            TokenKind::Word => self.spelled(at),
            _ => None,
        }
    }

    /// The number whose digits begin at a byte of a token ("RM17.20", "$US41,250,000").
    pub(crate) fn numeral_in(&self, at: usize, offset: usize) -> Option<Numeral> {
        let (mut value, mut stop, mut plain) = read_digits(self.doc.text(), offset)?;
        // "€12,50": no thousands have two digits.
        if plain
            && let Some([b',', a @ b'0'..=b'9', b @ b'0'..=b'9', rest @ ..]) =
                self.doc.text().as_bytes().get(stop..)
            && !matches!(rest, [b'0'..=b'9' | b',', ..])
        {
            let cents = i64::from(a - b'0') * 10 + i64::from(b - b'0');
            (value, stop, plain) = (value.plus(Decimal::new(cents, -2)?)?, stop + 3, false);
        }
        // "€1,2 million"
        else if plain
            && let Some([b',', digit @ b'0'..=b'9', rest @ ..]) = self.doc.text().as_bytes().get(stop..)
            && !matches!(rest, [b'0'..=b'9' | b',', ..])
            && (1..3).any(|near| self.has(at + near, role::SCALE))
        {
            value = value.plus(Decimal::new(i64::from(digit - b'0'), -1)?)?;
            (stop, plain) = (stop + 2, false);
        }
        let mut end = at + 1;
        while self.token(end).is_some_and(|token| (token.span().start() as usize) < stop) {
            end += 1;
        }
        let last = self.token(end - 1)?.span().end() as usize;
        let suffix = self.doc.text().get(stop..last)?;
        self.finish(Numeral { plain, ..bare(value, end) }, suffix)
    }

    pub(crate) fn digits(&self, at: usize, token: &Token) -> Option<Numeral> {
        let text = self.doc.slice(token.span());
        if let Some(value) = vulgar(text) {
            return Some(Numeral { value, ..bare(value, at + 1) });
        }
        let (value, end, plain) = read_digits(text, usize::from(text.starts_with('.')))?;
        let value = if text.starts_with('.') { value.scale(-i32::try_from(end).ok()? + 1)? } else { value };
        if let Some(value) = european(text) {
            return self.finish(Numeral { plain: false, ..bare(value, at + 1) }, "");
        }
        if plain && let Some(numeral) = self.comma_decimals(at, value, end) {
            return Some(numeral);
        }
        if let Some(numeral) = self.scientific(at, token.span().start() as usize + end, value) {
            return Some(numeral);
        }
        // Codes and parts of longer numbers: "007", "1,2".
        let coded = plain && text.len() > 1 && text.starts_with('0');
        if coded {
            return None;
        }
        if plain && text.len() <= 3 && end == text.len() {
            let (value, end) = self.spaced_thousands(at, value);
            return self.finish(Numeral { plain: end == at + 1, ..bare(value, end) }, "");
        }
        self.finish(Numeral { plain, ..bare(value, at + 1) }, text.get(end..)?)
    }

    /// "4e14", "5.5x10-3", "2.48×10−5", "2^10": a power behind digits that end at `stop` in the text.
    fn scientific(&self, at: usize, stop: usize, value: Decimal) -> Option<Numeral> {
        let rest = self.doc.text().get(stop..)?;
        // "2 x 10^5"
        let blank = usize::from(rest.starts_with(" x 10") || rest.starts_with(" × 10"));
        // Most numbers end here.
        if !(blank > 0 || rest.starts_with(['e', 'E', 'x', '×', '*', '·', '^'])) {
            return None;
        }
        let (base, power, length) = power_behind(rest.get(blank..)?)?;
        let length = length + blank;
        let value = match base {
            None => {
                let power = value.to_f64().powi(power);
                (power.is_finite() && power.abs() < 1e15)
                    .then(|| Decimal::parse(&format!("{power:.14}")))??
            }
            Some(10) => value.scale(power)?,
            Some(base) => {
                let factor = i64::from(base).checked_pow(u32::try_from(power).ok()?)?;
                value.times(Decimal::new(factor, 0)?)?
            }
        };
        let stop = stop + length;
        let mut end = at + 1;
        while self.token(end).is_some_and(|token| (token.span().start() as usize) < stop) {
            end += 1;
        }
        Some(Numeral { plain: false, ..bare(value, end) })
    }

    /// "5,5 %", "1,5 million", "0,75", "5,00": a comma for the point, where no thousands can be meant.
    fn comma_decimals(&self, at: usize, value: Decimal, stop: usize) -> Option<Numeral> {
        let text = self.text(at);
        let rest = text.get(stop..)?.strip_prefix(',')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let suffix = rest.get(digits..)?;
        if !(1..=2).contains(&digits) || suffix.starts_with(',') {
            return None;
        }
        let next = self.entry(at + 1);
        let sure = value == Decimal::ZERO
            || !suffix.is_empty()
            || next.is(role::UNIT | role::SCALE) && !self.is_any(at + 1, &[words::IN, words::A])
            || digits == 2 && !self.has(at.wrapping_sub(1), role::LABEL);
        let part = Decimal::new(rest.get(..digits)?.parse().ok()?, -i32::try_from(digits).ok()?)?;
        sure.then(|| self.finish(Numeral { plain: false, ..bare(value.plus(part)?, at + 1) }, suffix))
            .flatten()
    }

    /// "10 000", "1 250 000": groups of three apart by spaces.
    fn spaced_thousands(&self, at: usize, value: Decimal) -> (Decimal, usize) {
        let (mut sum, mut end) = (value, at + 1);
        while end < at + 5 && self.is_number(end) && !self.glued(end) && self.text(end).len() == 3 {
            let Some(next) =
                self.small(end).and_then(|group| sum.scale(3)?.plus(Decimal::from(group as i32)))
            else {
                break;
            };
            (sum, end) = (next, end + 1);
        }
        // Another number behind makes it a telephone's.
        if self.is_number(end) && !self.glued(end) { (value, at + 1) } else { (sum, end) }
    }

    /// Takes what is glued behind the digits, then fractions and scales behind the token.
    pub(crate) fn finish(&self, mut numeral: Numeral, suffix: &str) -> Option<Numeral> {
        if !suffix.is_empty() {
            numeral.plain = false;
            let entry = self.vocabulary.entry(hash_lower(suffix));
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
                numeral.unit = self.unit_of_suffix(suffix, numeral.value.exponent() < 0);
            } else {
                numeral.unit = Some(self.unit_of_suffix(suffix, numeral.value.exponent() < 0)?);
            }
            if numeral.unit.is_some() || numeral.letter.is_some() {
                return Some(numeral);
            }
        }
        self.mixed_fraction(&mut numeral);
        self.scales(&mut numeral)?;
        Some(numeral)
    }

    /// "3 1/2", "2 ½".
    pub(crate) fn mixed_fraction(&self, numeral: &mut Numeral) {
        let at = numeral.end;
        if !numeral.plain {
            return;
        }
        if let Some(part) = self
            .token(at)
            .filter(|token| token.kind() == TokenKind::Number)
            .and_then(|_| vulgar(self.text(at)))
        {
            if let Some(sum) = numeral.value.plus(part) {
                (numeral.value, numeral.end, numeral.plain) = (sum, at + 1, false);
            }
        } else if let (Some(over), true, Some(under)) = (
            self.small(at),
            self.is(at + 1, words::SLASH) && self.glued(at + 1) && self.glued(at + 2),
            self.small(at + 2),
        ) && over < under
            && matches!(under, 2..=6 | 8 | 10 | 16 | 32)
            && let Some(sum) = Decimal::from(over as i32)
                .divided_by(Decimal::from(under as i32), 15)
                .and_then(|part| numeral.value.plus(part))
        {
            (numeral.value, numeral.end, numeral.plain) = (sum, at + 3, false);
        }
    }

    /// Scale words behind: "2.7 billion", "5-million", "6 lakh crore".
    pub(crate) fn scales(&self, numeral: &mut Numeral) -> Option<()> {
        // "$20-plus trillion", "40-odd million"
        let plus = numeral.end + 2;
        if self.is(numeral.end, words::HYPHEN)
            && self.glued(numeral.end)
            && self.is_any(plus - 1, &[words::PLUS, hash_lower("odd")])
            && self.has(plus, role::SCALE)
            && self.text(plus).len() > 3
        {
            numeral.scale(self.entry(plus).value)?;
            numeral.end = plus + 1;
            return Some(());
        }
        for _ in 0..3 {
            let hyphen = usize::from(
                self.is(numeral.end, words::HYPHEN) && self.glued(numeral.end) && self.glued(numeral.end + 1),
            );
            let at = numeral.end + hyphen;
            let entry = self.entry(at);
            if numeral.scale == 0 && self.is_any(at, &[words::DOZEN, words::DOZENS]) {
                (numeral.value, numeral.end) = (numeral.value.times(Decimal::from(12))?, at + 1);
                (numeral.scale, numeral.plain) = (1, false);
                break;
            }
            let single =
                entry.is(role::LETTER_SCALE) && self.text(at).bytes().all(|byte| byte.is_ascii_uppercase());
            if !(entry.is(role::SCALE)
                || entry.is(role::MANY) && entry.value > 2
                || single
                    && hyphen == 0
                    && !(entry.is(role::PREFIX) && self.is(at + 1, hash_lower("$")))
                    && self.text(at) != "T")
            {
                break;
            }
            // "3270 M Street"
            if single && self.is_capitalized(at + 1) {
                break;
            }
            if single && !entry.is(role::SCALE | role::MANY) {
                numeral.letter = Some(i32::from(entry.value));
                numeral.plain = false;
                numeral.end = at + 1;
                break;
            }
            // "4 thousand 3 hundred and 21": words go on below.
            if hyphen == 0
                && numeral.scale == 0
                && !numeral.spelled
                && numeral.plain
                && (self.is_any(at + 1, &[words::AND])
                    || self.is_number(at + 1)
                    || self.has(at + 1, role::CARDINAL | role::SCALE))
                && numeral.value < Decimal::from(1000)
                && let Some(sum) = self.words(at, numeral.value.to_f64() as i64, true)
                && sum.end > at + 1
                && let Some(whole) = self.finish_words(sum)
            {
                (numeral.value, numeral.end, numeral.scale) = (whole.value, whole.end, whole.scale.max(1));
                numeral.plain = false;
                return Some(());
            }
            numeral.scale(entry.value)?;
            numeral.end = at + 1;
        }
        Some(())
    }
}

impl Numeral {
    fn scale(&mut self, power: u8) -> Option<()> {
        self.value = self.value.scale(i32::from(power))?;
        self.scale += i32::from(power);
        self.plain = false;
        Some(())
    }

    /// Reads a letter such as the m of "5m" as a scale.
    pub(crate) fn letter_as_scale(&mut self) {
        if let Some(power) = self.letter.take()
            && let Some(value) = self.value.scale(power)
        {
            (self.value, self.scale, self.unit) = (value, power, None);
        }
    }
}

pub(crate) fn bare(value: Decimal, end: usize) -> Numeral {
    Numeral {
        value,
        upper: None,
        scale: 0,
        end,
        unit: None,
        spelled: false,
        plain: true,
        letter: None,
        fraction: false,
    }
}

/// The value of a fraction that is one character, or digits and one.
fn vulgar(text: &str) -> Option<Decimal> {
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

/// A power behind a number: the base if the number is multiplied (`None` if it is raised itself), the exponent, the bytes.
fn power_behind(text: &str) -> Option<(Option<u32>, i32, usize)> {
    let exponent = |from: usize| -> Option<(i32, usize)> {
        let rest = text.get(from..)?;
        let (sign, skip) = match rest.chars().next()? {
            '-' => (-1, 1),
            '−' => (-1, '−'.len_utf8()),
            '+' => (1, 1),
            _ => (1, 0),
        };
        let digits = rest.get(skip..)?.bytes().take_while(u8::is_ascii_digit).count();
        let value: i32 = rest.get(skip..skip + digits)?.parse().ok().filter(|value| *value < 40)?;
        let behind = rest.get(skip + digits..).and_then(|rest| rest.chars().next());
        (!behind.is_some_and(char::is_alphabetic)).then_some((sign * value, from + skip + digits))
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

/// An exponent of raised digits, and its bytes: "⁵", "⁻¹²".
fn raised(text: &str) -> Option<(i32, usize)> {
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

/// "1.234.567", "1.234,56": points between thousands, as the Continent writes them.
fn european(text: &str) -> Option<Decimal> {
    let (whole, cents) = text.split_once(',').unwrap_or((text, ""));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let mut count = 0;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    for group in groups {
        count += 1;
        if group.len() != 3 || !digits(group) || count > 2 {
            return None;
        }
    }
    let told = count == 2 && cents.is_empty() || count > 0 && (1..=2).contains(&cents.len()) && digits(cents);
    if !told || !(1..=3).contains(&first.len()) || !digits(first) {
        return None;
    }
    let number: String = whole.chars().filter(char::is_ascii_digit).collect();
    Decimal::parse(&if cents.is_empty() { number } else { format!("{number}.{cents}") })
}
