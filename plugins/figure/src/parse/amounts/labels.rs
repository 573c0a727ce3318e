//! Numbers that count nothing because they name something: "page 12", "F-16", "9/11", telephone numbers, versions.

use copydesk_core::segment::token_flag;
use copydesk_core::{Case, TokenKind};

use crate::item::Item;
use crate::parse::amounts::amount::Amount;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

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

/// "F-16", "COVID-19", "Boeing 737", "G20", "9/11", "24/7": the next token.
pub(crate) fn part_of_name(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let token = scope.token(at)?;
    if !token.has(token_flag::DIGIT) {
        return None;
    }
    // "221B Baker Street"
    let text = scope.text(at);
    if token.kind() == TokenKind::Mixed
        && text.ends_with(|end: char| end.is_ascii_uppercase())
        && scope.is_capitalized(at + 1)
        && (2..4).any(|ahead| scope.has(at + ahead, role::STREET) && scope.is_capitalized(at + ahead))
    {
        return Some(at + 1);
    }
    // "Call 911"
    if matches!(text, "911" | "999" | "112" | "110" | "000")
        && matches!(
            scope.hash(at.wrapping_sub(1)),
            words::CALL | words::CALLED | words::CALLING | words::DIAL | words::DIALED | words::DIALLED
        )
    {
        return Some(at + 1);
    }
    // "1080p": the number of lines of a picture.
    if matches!(scope.text(at), "480p" | "720p" | "1080p" | "1440p" | "2160p" | "1080i") {
        return Some(at + 1);
    }
    // "4K TV": the resolution of a picture, by its name.
    if matches!(scope.text(at), "2K" | "4K" | "5K" | "8K" | "4k" | "8k")
        && scope.listed(at + 1, list::PICTURE)
    {
        return Some(at + 2);
    }
    let previous = at.wrapping_sub(1);
    // "1:36.6": the rest of a running time.
    if scope.is(previous, words::COLON)
        && scope.glued(previous)
        && scope.glued(at)
        && scope.is_number(previous.wrapping_sub(1))
    {
        return Some(at + 1);
    }
    let hyphen = scope.is(previous, words::HYPHEN) && scope.glued(previous) && scope.glued(at);
    if hyphen
        && scope.is_word(previous.wrapping_sub(1))
        && !scope.is_any(
            previous.wrapping_sub(1),
            &[
                words::SUB,
                words::PLUS,
                words::TOP,
                words::MINUS,
                words::TO,
                words::MID,
                words::UP,
                words::NOW,
            ],
        )
    {
        return Some(at + 1);
    }
    // "Omicron BA.4"
    if scope.is(previous, words::DOT)
        && scope.glued(previous)
        && scope.glued(at)
        && scope
            .token(previous.wrapping_sub(1))
            .is_some_and(|code| code.is_word() && code.case() == Case::Upper)
        && scope.text(previous.wrapping_sub(1)).len() <= 3
    {
        return Some(at + 1);
    }
    // "J1149.5+6663": the rest of a code.
    let joint =
        (scope.is_any(previous, &[words::DOT, words::PLUS_SIGN])) && scope.glued(previous) && scope.glued(at);
    if joint
        && scope.token(previous.wrapping_sub(1)).is_some_and(|code| {
            matches!(code.kind(), TokenKind::Word | TokenKind::Mixed) && code.has(token_flag::DIGIT)
        })
    {
        let more = scope.is_any(at + 1, &[words::PLUS_SIGN, words::DOT])
            && scope.glued(at + 1)
            && scope.glued(at + 2)
            && scope.is_number(at + 2);
        return Some(at + 1 + 2 * usize::from(more));
    }
    if scope.has(previous, role::MAKER) && scope.is_capitalized(previous) {
        return Some(at + 1);
    }
    let slash = scope.is(at + 1, words::SLASH) && scope.glued(at + 1) && scope.glued(at + 2);
    if slash && matches!((scope.small(at), scope.small(at + 2)), (Some(9), Some(11)) | (Some(24), Some(7))) {
        return Some(at + 3);
    }
    None
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
