//! Numbers as digits and as words, without what they count.

use copydesk_core::{Decimal, TokenKind, hash_lower};

use crate::numbers::digits::vulgar;
use crate::numbers::{digits, entity_sign, spelled};
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
    /// The token after.
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

/// The number that begins at a token.
pub(crate) fn numeral(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let token = scope.token(at)?;
    match token.kind() {
        TokenKind::Number | TokenKind::Mixed => digits::digits(scope, at, token),
        TokenKind::Word => spelled::spelled(scope, at),
        _ => None,
    }
}

/// Takes what is glued after the digits, then fractions and scales after the token.
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
    numeral.end = entity_sign::behind_entity_blank(scope, numeral.end);
    mixed_fraction(scope, &mut numeral);
    scales(scope, &mut numeral)?;
    Some(numeral)
}

/// "3 1/2", "2 ½".
pub(crate) fn mixed_fraction(scope: &Scope<'_>, numeral: &mut Numeral) {
    if !numeral.plain {
        return;
    }
    // "3-1/2 inches"
    let hyphen = scope.is(numeral.end, words::HYPHEN)
        && scope.glued(numeral.end)
        && scope.glued(numeral.end + 1)
        && scope.is(numeral.end + 2, words::SLASH);
    let at = numeral.end + usize::from(hyphen);
    if let Some(part) =
        scope.token(at).filter(|token| token.kind() == TokenKind::Number).and_then(|_| vulgar(scope.text(at)))
    {
        if let Some(sum) = numeral.value.plus(part) {
            (numeral.value, numeral.end, numeral.plain) = (sum, at + 1, false);
        }
    } else if let (Some(over), true, Some(under)) = (
        scope.small(at),
        scope.is(at + 1, words::SLASH) && scope.glued(at + 1) && scope.glued(at + 2),
        scope.small(at + 2),
    ) && over < under
        && matches!(under, 2..=6 | 8 | 10 | 16 | 32)
        && let Some(sum) = Decimal::from(over as i32)
            .divided_by(Decimal::from(under as i32), 15)
            .and_then(|part| numeral.value.plus(part))
    {
        (numeral.value, numeral.end, numeral.plain) = (sum, at + 3, false);
    }
}

/// Scale words after: "2.7 billion", "5-million", "6 lakh crore".
pub(crate) fn scales(scope: &Scope<'_>, numeral: &mut Numeral) -> Option<()> {
    // "$20-plus trillion", "40-odd million"
    let plus = numeral.end + 2;
    if scope.is(numeral.end, words::HYPHEN)
        && scope.glued(numeral.end)
        && scope.is_any(plus - 1, &[words::PLUS, hash_lower("odd")])
        && scope.has(plus, role::SCALE)
        && scope.text(plus).len() > 3
    {
        numeral.scale(scope.entry(plus).value)?;
        numeral.end = plus + 1;
        return Some(());
    }
    for _ in 0..3 {
        let hyphen = usize::from(
            scope.is(numeral.end, words::HYPHEN) && scope.glued(numeral.end) && scope.glued(numeral.end + 1),
        );
        let at = numeral.end + hyphen;
        let entry = scope.entry(at);
        if numeral.scale == 0 && scope.is_any(at, &[words::DOZEN, words::DOZENS]) {
            (numeral.value, numeral.end) = (numeral.value.times(Decimal::from(12))?, at + 1);
            (numeral.scale, numeral.plain) = (1, false);
            break;
        }
        // "$400 k"; "a 10 k run" is one of kilometres.
        let small = scope.text(at) == "k" && !scope.glued(at) && !scope.is_lower_word(at + 1);
        let single = entry.is(role::LETTER_SCALE)
            && (small || scope.text(at).bytes().all(|byte| byte.is_ascii_uppercase()));
        if !(entry.is(role::SCALE)
            || entry.is(role::MANY) && entry.value > 2
            || single
                && hyphen == 0
                && !(entry.is(role::PREFIX) && scope.is(at + 1, hash_lower("$")))
                && scope.text(at) != "T")
        {
            break;
        }
        // "3270 M Street"
        if single && scope.is_capitalized(at + 1) {
            break;
        }
        if single && !entry.is(role::SCALE | role::MANY) {
            numeral.letter = Some(i32::from(entry.value));
            numeral.plain = false;
            numeral.end = at + 1;
            break;
        }
        // "7 thousand 6 hundred and 54": words go on below.
        if hyphen == 0
            && numeral.scale == 0
            && !numeral.spelled
            && numeral.plain
            && (scope.is_any(at + 1, &[words::AND])
                || scope.is_number(at + 1)
                || scope.has(at + 1, role::CARDINAL | role::SCALE))
            && numeral.value < Decimal::from(1000)
            && let Some(sum) = spelled::words(scope, at, numeral.value.to_f64() as i64, true)
            && sum.end > at + 1
            && let Some(whole) = spelled::finish_words(scope, sum)
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
