//! Numbers that count nothing because they name something: "page 12", "F-16", telephone numbers, versions.

use copydesk_core::segment::token_flag;
use copydesk_core::{Case, Token, TokenKind};

use crate::item::Item;
use crate::parse::amounts::amount::Amount;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// Words before a hyphen and a number that is not part of a name: "sub-5%", "top-10", "mid-50s".
const BEFORE_HYPHEN: [u64; 8] =
    [words::SUB, words::PLUS, words::TOP, words::MINUS, words::TO, words::MID, words::UP, words::NOW];

/// A bare number that names something: "page 12", "Alpha 50", "(4)", "5." at the start of a line, "18 Mill Lane".
pub(crate) fn is_label(scope: &Scope<'_>, item: &Item) -> bool {
    let previous = item.first.wrapping_sub(1);
    if is_elliptic(scope, item) {
        return false;
    }
    is_name_before(scope, item)
        || scope.has(previous, role::LABEL)
        // "pages 12 and 13"
        || scope.is_any(previous, &[words::AND, words::TO, words::OR])
            && scope.is_number(previous.wrapping_sub(1))
            && scope.has(previous.wrapping_sub(2), role::LABEL)
        || scope.is(previous, words::COLON) && scope.glued(previous)
        || scope.is(previous, words::NUMBER_SIGN)
        || scope.is(previous, words::OPEN) && scope.is(item.end, words::CLOSE)
        || scope.is_capitalized(item.end) && !scope.text(item.first).starts_with('.')
        || item.first == scope.start
            && (scope.is_any(item.end, &[words::DOT, words::CLOSE]) || item.end >= scope.end)
        || scope.is(item.end, words::COLON) && scope.glued(item.end + 1)
        // "401(k)"
        || scope.is(item.end, words::OPEN)
            && scope.glued(item.end)
            && scope.text(item.end + 1).len() == 1
            && scope.is(item.end + 2, words::CLOSE)
}

/// "The Centre took 51 seats and the Left 38": a count whose verb and noun are left out, after another name.
fn is_elliptic(scope: &Scope<'_>, item: &Item) -> bool {
    let mut name = item.first;
    while item.first - name < 3 && scope.is_capitalized(name.wrapping_sub(1)) {
        name -= 1;
    }
    let the = name.wrapping_sub(1);
    let joint = if scope.is(the, words::THE) { the.wrapping_sub(1) } else { the };
    let led =
        name < item.first && scope.is_any(joint, &[words::AND, words::COMMA]) && scope.is(the, words::THE);
    let closed = marks::is_end(scope, item.end) || scope.is_any(item.end, &[words::COMMA, words::AND]);
    led && closed
        && (1..=4).any(|back| {
            let number = joint.wrapping_sub(back);
            scope.is_number(number) || scope.is_lower_word(number) && scope.has(number, role::CARDINAL)
        })
}

/// Whether a name precedes a number, so that the number may belong to it.
pub(crate) fn is_name_before(scope: &Scope<'_>, item: &Item) -> bool {
    let previous = item.first.wrapping_sub(1);
    let name = scope
        .token(previous)
        .is_some_and(|token| token.is_word() && !matches!(token.case(), Case::Lower | Case::None));
    name && !scope.has(previous, role::FUNCTION | role::ADVERB | role::BOUND | role::VERB)
        && (previous != scope.start || scope.token(previous).is_some_and(|token| token.case() == Case::Upper))
}

/// "F-16", "COVID-19", "Boeing 737", "G20": the next token.
pub(crate) fn part_of_name(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let token = scope.token(at)?;
    if !token.has(token_flag::DIGIT) {
        return None;
    }
    if is_house(scope, at, token) {
        return Some(at + 1);
    }
    if is_rest_of_time(scope, at) || is_after_hyphen(scope, at) || is_variant(scope, at) {
        return Some(at + 1);
    }
    if let Some(end) = rest_of_code(scope, at) {
        return Some(end);
    }
    let previous = at.wrapping_sub(1);
    if scope.has(previous, role::MAKER) && scope.is_capitalized(previous) {
        return Some(at + 1);
    }
    None
}

/// A house number with a letter: "221B Baker Street".
fn is_house(scope: &Scope<'_>, at: usize, token: &Token) -> bool {
    token.kind() == TokenKind::Mixed
        && scope.text(at).ends_with(|end: char| end.is_ascii_uppercase())
        && scope.is_capitalized(at + 1)
        && (2..4).any(|ahead| scope.has(at + ahead, role::STREET) && scope.is_capitalized(at + ahead))
}

/// The rest of a running time: the seconds in "1:36.6".
fn is_rest_of_time(scope: &Scope<'_>, at: usize) -> bool {
    let previous = at.wrapping_sub(1);
    scope.is(previous, words::COLON)
        && scope.glued(previous)
        && scope.glued(at)
        && scope.is_number(previous.wrapping_sub(1))
}

/// The number after the hyphen of a name ("F-16", "COVID-19"), but not in "sub-5%" and the like.
fn is_after_hyphen(scope: &Scope<'_>, at: usize) -> bool {
    let previous = at.wrapping_sub(1);
    scope.is(previous, words::HYPHEN)
        && scope.glued(previous)
        && scope.glued(at)
        && scope.is_word(previous.wrapping_sub(1))
        && !scope.is_any(previous.wrapping_sub(1), &BEFORE_HYPHEN)
}

/// The number after the full stop of a short name in capitals: "Omicron BA.4".
fn is_variant(scope: &Scope<'_>, at: usize) -> bool {
    let previous = at.wrapping_sub(1);
    scope.is(previous, words::DOT)
        && scope.glued(previous)
        && scope.glued(at)
        && scope
            .token(previous.wrapping_sub(1))
            .is_some_and(|code| code.is_word() && code.case() == Case::Upper)
        && scope.text(previous.wrapping_sub(1)).len() <= 3
}

/// The rest of a code of letters and digits after its full stop or plus, as in "J1149.5+6663": the token after it.
fn rest_of_code(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let previous = at.wrapping_sub(1);
    let joint =
        scope.is_any(previous, &[words::DOT, words::PLUS_SIGN]) && scope.glued(previous) && scope.glued(at);
    let code = joint
        && scope.token(previous.wrapping_sub(1)).is_some_and(|code| {
            matches!(code.kind(), TokenKind::Word | TokenKind::Mixed) && code.has(token_flag::DIGIT)
        });
    if !code {
        return None;
    }
    let more = scope.is_any(at + 1, &[words::PLUS_SIGN, words::DOT])
        && scope.glued(at + 1)
        && scope.glued(at + 2)
        && scope.is_number(at + 2);
    Some(at + 1 + 2 * usize::from(more))
}

/// Telephone numbers, versions, codes: digits and hyphens in a row of three, or "555-1234".
pub(crate) fn chain_of_digits(scope: &Scope<'_>, amount: &Amount) -> Option<usize> {
    if !amount.numeral.plain || amount.unit.is_some() {
        return None;
    }
    let mut end = amount.end;
    let mut groups = 1;
    // "202 555 0147"; thousands separated by spaces were read as one number before.
    while scope.is_number(end) && !scope.glued(end) && scope.small(end).is_some() {
        end += 1;
        groups += 1;
    }
    if groups >= 3 {
        return Some(end);
    }
    (end, groups) = (amount.end, 1);
    while (scope.is_dash(end) || scope.is_any(end, &[words::DOT, words::SLASH]))
        && scope.glued(end)
        && scope.glued(end + 1)
        && scope.is_number(end + 1)
    {
        end += 2;
        groups += 1;
    }
    let phone = groups == 2
        && scope.text(amount.first).len() == 3
        && scope.text(end - 1).len() == 4
        && scope.is_dash(end - 2);
    (groups >= 3 || phone).then_some(end)
}
