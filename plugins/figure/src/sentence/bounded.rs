//! Words before a number: bounds, and the "from" of a change.

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{multiples, verbs, words};

/// Whether a bound precedes a number: "about", "roughly".
pub(crate) fn is_bounded(scope: &Scope<'_>, at: usize) -> bool {
    scope.has(at.wrapping_sub(1), role::BOUND)
        && scope.longest_before(at, |phrase| scope.vocabulary.bound(phrase)).is_some()
}

/// Whether a cue of change shortly precedes the "from" at a token.
pub(crate) fn moved_from(scope: &Scope<'_>, from: usize) -> bool {
    scope.is(from, words::FROM)
        && (1..9).any(|back| {
            let verb = from.wrapping_sub(back);
            if back >= 6 || multiples::is_multiple(scope, verb) {
                return multiples::is_multiple(scope, verb);
            }
            let verbal = scope.has(verb, role::VERB)
                || verbs::is_base_form(scope, verb)
                // "is to grow from"
                || scope.is(verb.wrapping_sub(1), words::TO)
                || scope.is_any(verb, &[words::UP, words::DOWN])
                || matches!(scope.text(verb), "risen" | "fallen" | "grown" | "sunk" | "shrunk" | "slid")
                || scope.text(verb).ends_with("ing")
                || scope.text(verb).ends_with("ed");
            scope.has(verb, role::UP | role::DOWN) && verbal
                // "went from €3 to €4"
                || back == 1 && scope.listed(verb, list::WENT)
        })
}

/// The end of the bound after a number: "or more", "+"; the index itself without one.
pub(crate) fn after_bound(scope: &Scope<'_>, at: usize) -> usize {
    if !scope.has(at, role::BOUND) {
        return at;
    }
    scope
        .longest(at, |phrase| scope.vocabulary.bound_after(phrase))
        .filter(|(_, end)| !scope.is(*end, words::THAN))
        .map_or(at, |(_, end)| end)
}

/// Whether a word is a verb of change or motion.
pub(crate) fn moves(scope: &Scope<'_>, at: usize) -> bool {
    scope.has(at, role::UP | role::DOWN) && scope.has(at, role::VERB) || scope.listed(at, list::MOTION)
}
