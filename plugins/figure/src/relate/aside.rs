//! Words between commas that interrupt a clause: "exports, however, rose", "Output, the country's largest, shrank".

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::verbs::RELATIVES;
use crate::sentence::vocabulary::role;
use crate::sentence::{verbs, words};

/// The maximum number of tokens between the commas.
const LONGEST: usize = 12;

/// The comma that opens the aside which another one closes.
pub(crate) fn aside(scope: &Scope<'_>, close: usize) -> Option<usize> {
    if !scope.is(close, words::COMMA) {
        return None;
    }
    let open = (2..LONGEST)
        .map(|back| close.wrapping_sub(back))
        .take_while(|at| scope.token(*at).is_some() && !scope.is(*at, words::SEMICOLON))
        .find(|at| scope.is(*at, words::COMMA))?;
    let first = open + 1;
    let is_aside = (first..close)
        .any(|at| scope.has(at, role::REPORT) || scope.is_any(at, &RELATIVES) || scope.text(at) == "as");
    (is_aside || interrupts(scope, open, close)).then_some(open)
}

/// "however", "mostly to Europe", "excluding food", "the country's largest": not a clause of its own.
fn interrupts(scope: &Scope<'_>, open: usize, close: usize) -> bool {
    const LEADS: [u64; 18] = [
        hash_lowered("excluding"),
        hash_lowered("including"),
        hash_lowered("mostly"),
        hash_lowered("mainly"),
        hash_lowered("largely"),
        hash_lowered("chiefly"),
        hash_lowered("especially"),
        hash_lowered("particularly"),
        hash_lowered("unlike"),
        hash_lowered("like"),
        hash_lowered("home"),
        hash_lowered("once"),
        hash_lowered("adjusted"),
        hash_lowered("measured"),
        hash_lowered("already"),
        hash_lowered("still"),
        hash_lowered("currently"),
        words::NOW,
    ];
    let first = open + 1;
    // A noun that the words can interrupt must come before.
    let noun = open.wrapping_sub(1);
    if !scope.is_word(noun) || scope.has(noun, role::MONTH | role::WEEKDAY | role::RELATIVE | role::FUNCTION)
    {
        return false;
    }
    let opener = scope.listed(first, list::OPENER) || matches!(scope.text(first), "though" | "too");
    if close == first + 1 {
        return opener || verbs::is_manner(scope, first);
    }
    // "by contrast", "in turn", "in contrast"
    let phrase = close == first + 2
        && scope.is_any(first, &[words::IN, words::BY])
        && matches!(scope.text(first + 1), "contrast" | "turn" | "comparison" | "particular" | "total");
    if phrase {
        return true;
    }
    let plain = (first..close).all(|at| {
        !scope.has(at, role::VERB | role::REPORT | role::FUTURE) && !scope.listed(at, list::FINITE)
    });
    let digit = |at: usize| scope.token(at).is_some_and(|token| token.has(token_flag::DIGIT));
    // "The tunnel, 9 kilometres long, cost"
    let sized = digit(first) && close - first <= 5 && scope.is_word(close - 1);
    let leads = LEADS.contains(&scope.hash(first));
    // "the country's largest": an apposition describes one thing, so no list follows.
    let apposition = scope.listed(first, list::DETERMINER)
        && !scope.is_any(first, &[words::THAT])
        && !(first..close).any(|at| scope.is_any(at, &[words::AND, words::OR]) || digit(at));
    plain && (leads || apposition || sized)
}
