//! Small number words that stand for people or things without naming them: "killing six", "Two were arrested", "There are three in the
//! ward", and zero as a level.

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

const ZERO: u64 = hash_lowered("zero");

/// Whether a small number word without a noun is still a count and not a pronoun.
pub(crate) fn stands_in(scope: &Scope<'_>, item: &Item, one: bool) -> bool {
    let (previous, end) = (item.first.wrapping_sub(1), item.end);
    if scope.is(item.first, ZERO) {
        return is_zero_level(scope, previous, end);
    }
    let harmed = scope.listed(end, list::HARMED);
    // "killing six and injuring 12", "wounded five"
    let victims = scope.listed(previous, list::HARMING)
        && scope.is_lower_word(previous)
        && (marks::is_end(scope, end)
            || !scope.is_word(end)
            || scope.has(end, role::FUNCTION | role::BREAK)
            || harmed);
    // "leaving four dead and two missing"
    let left = harmed
        && (marks::is_end(scope, end + 1) || !scope.is_word(end + 1) || scope.has(end + 1, role::FUNCTION));
    if victims || left && !scope.listed(previous, list::DETERMINER) {
        return true;
    }
    let verb = scope.is_any(end, &[hash_lowered("was"), hash_lowered("were")]);
    // "Five were arrested", ", three have died"; "one" is a pronoun unless it suffered.
    let opens = previous.wrapping_add(1) == scope.start
        || scope.is_any(
            previous,
            &[words::COMMA, words::SEMICOLON, words::COLON, words::AND, words::BUT, words::WHILE],
        );
    if opens && (verb && scope.listed(end + 1, list::HARMED) || !one && scope.listed(end, list::HAPPENED)) {
        return true;
    }
    // "There are three in the ward."
    let there = scope.is(previous.wrapping_sub(1), hash_lowered("there"))
        && scope.is_any(previous, &[words::ARE, hash_lowered("were")]);
    there && !one && !scope.is(end, words::HYPHEN)
}

/// "fell to zero", "near zero", "Zero is".
fn is_zero_level(scope: &Scope<'_>, previous: usize, end: usize) -> bool {
    const BEFORE: [u64; 7] = [
        words::TO,
        words::AT,
        words::FROM,
        words::OF,
        hash_lowered("near"),
        hash_lowered("above"),
        hash_lowered("below"),
    ];
    let closed = marks::is_end(scope, end)
        || !scope.is_word(end) && !scope.is(end, words::HYPHEN)
        || scope.has(end, role::FUNCTION | role::BREAK) && !scope.is(end, words::TO);
    let opens = previous.wrapping_add(1) == scope.start && scope.has(end, role::VERB);
    BEFORE.contains(&scope.hash(previous)) && closed || opens
}
