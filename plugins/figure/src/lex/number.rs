//! Reads a number, as digits or as words.

use copydesk_core::Decimal;
use copydesk_core::TokenKind;
use copydesk_core::hash_lower;

use crate::lex::digits::vulgar;
use crate::lex::numeral::Numeral;
use crate::lex::{digits, spelled};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// The number that begins at a token.
pub(crate) fn numeral(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let token = scope.token(at)?;
    match token.kind() {
        TokenKind::Number | TokenKind::Mixed => digits::digits(scope, at, token),
        TokenKind::Word => spelled::spelled(scope, at),
        _ => None,
    }
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
        // "$400 k"; "a 10 k run" is in kilometres.
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
        // "7 thousand 6 hundred and 54": words are read below.
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
