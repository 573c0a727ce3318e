//! Subjects that list their nouns: "the number of cattle, sheep and goats".

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{verbs, words};

/// "cattle, sheep and goats": a comma between the nouns of one subject, with an "and" before `end`.
pub(crate) fn lists_nouns(scope: &Scope<'_>, comma: usize, end: usize) -> bool {
    let mut joint = comma;
    // No figure is given for a list of more than five.
    for _ in 0..4 {
        match list_goes_on(scope, joint, end) {
            Some(before) if before == joint => return true,
            Some(before) => joint = before,
            None => return false,
        }
    }
    false
}

/// The comma before the noun before a comma of a list; the comma itself where the list begins there.
pub(crate) fn list_goes_on(scope: &Scope<'_>, comma: usize, end: usize) -> Option<usize> {
    if !scope.is(comma, words::COMMA) {
        return None;
    }
    // Nouns between this comma and the next, and an "and" at the end.
    let noun = |at: usize| {
        const OTHER: u32 = role::FUNCTION
            | role::VERB
            | role::REPORT
            | role::RELATIVE
            | role::MONTH
            | role::WEEKDAY
            | role::ADVERB;
        scope.is_word(at) && !scope.has(at, OTHER) && !verbs::is_manner(scope, at)
    };
    let after = (comma + 1..comma + 5).find(|at| *at >= end || !noun(*at))?;
    let joint = scope.is_any(after, &[words::COMMA, words::AND, words::OR]);
    let last = (after..end.min(after + 24)).any(|at| scope.is_any(at, &[words::AND, words::OR]));
    if after == comma + 1 || !joint || !last || after + 1 >= end {
        return None;
    }
    // Before it: a noun that begins the sentence, or that follows "of" or an article; "In the north, sheep and goats"
    // is a place.
    let front = (1..5).map(|back| comma.wrapping_sub(back)).find(|at| !noun(*at))?;
    if front == comma.wrapping_sub(1) {
        return None;
    }
    let alone = comma.wrapping_sub(front) == 2;
    if alone && (scope.listed(comma - 1, list::OPENER) || scope.text(comma - 1) == "Overall") {
        return None;
    }
    let begins = scope.token(front).is_none();
    let article = scope.listed(front, list::DETERMINER) && scope.token(front.wrapping_sub(1)).is_none();
    // "employment in mining, construction and transport"
    let place =
        scope.has(front, role::FUNCTION) && noun(front.wrapping_sub(1)) && !scope.has(front, role::BREAK);
    if begins || article || place || scope.is(front, words::OF) {
        return Some(comma);
    }
    scope.is(front, words::COMMA).then_some(front)
}
