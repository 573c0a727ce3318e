//! Whether a sentence puts a date into the past or the future.

use copydesk_core::hash_lowered;
use jiff::civil::Weekday;

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, words};

/// Whether the words around a date put it into the future; news are about the past unless they say otherwise.
pub(crate) fn is_future(scope: &Scope<'_>, at: usize) -> bool {
    const REACH: usize = 40;
    /// The maximum number of tokens between a verb in the present tense and its future date.
    const APPOINTMENT: usize = 7;
    // "as early as December", "as soon as Friday"
    let early = [hash_lowered("early"), hash_lowered("soon")];
    if scope.is(at.wrapping_sub(1), hash_lowered("as")) && scope.is_any(at.wrapping_sub(2), &early) {
        return true;
    }
    // "said Tuesday that it will": the verb nearest before it decides.
    for back in 1..=REACH {
        let before = at.wrapping_sub(back);
        if scope.token(before).is_none() {
            break;
        }
        let infinitive =
            scope.is(before, words::TO) && scope.is_any(before.wrapping_sub(1), &[words::IS, words::ARE]);
        if scope.has(before, role::FUTURE) || infinitive {
            return true;
        }
        // "The lease expires on December 31": the present tense of a scheduled event.
        if back <= APPOINTMENT && is_scheduled(scope, before, at) {
            return true;
        }
        if is_past_verb(scope, before) {
            return false;
        }
    }
    for ahead in 1..=REACH {
        if scope.token(at + ahead).is_none()
            || scope.has(at + ahead, role::REPORT)
            || is_past_verb(scope, at + ahead)
        {
            return false;
        }
        if scope.has(at + ahead, role::FUTURE) {
            return true;
        }
    }
    false
}

/// Whether a verb in the present tense schedules something for the date at a later token of its clause.
fn is_scheduled(scope: &Scope<'_>, verb: usize, date: usize) -> bool {
    scope.is_lower_word(verb)
        && scope.listed(verb, list::APPOINTED)
        && !scope.listed(verb.wrapping_sub(1), list::DETERMINER)
        && !scope.is_any(
            verb.wrapping_sub(1),
            &[words::TO, words::OF, words::IN, words::AT, hash_lowered("did"), hash_lowered("not")],
        )
        && !(verb + 1..date).any(|at| {
            // "The ferry runs weekly in May": a habit.
            frequency::frequency(scope, at).is_some()
                || scope.has(at, role::REPORT | role::BREAK | role::VERB | role::UP | role::DOWN)
                || is_past_verb(scope, at)
                || scope.is_any(at, &[words::COMMA, words::SINCE, words::OF])
        })
}

pub(crate) fn is_past_verb(scope: &Scope<'_>, at: usize) -> bool {
    // "is to be held"
    if scope.is(at.wrapping_sub(1), hash_lowered("be")) {
        return false;
    }
    scope.has(at, role::REPORT)
        || scope.is_lower_word(at)
            && scope.text(at).len() > 4
            && scope.text(at).ends_with("ed")
            && !scope.has(at.wrapping_sub(1), role::FUTURE)
            && !scope.is_any(at.wrapping_sub(1), &[words::THE, words::A, words::AN])
}

/// Whether a weekend mentioned early in the week is the one before.
pub(crate) fn looks_back(scope: &Scope<'_>, at: usize) -> bool {
    let early = scope.today.is_some_and(|today| {
        matches!(today.weekday(), Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday)
    });
    let past = |at: usize| is_past_verb(scope, at) || scope.listed(at, list::PAST);
    early && !is_future(scope, at) && (1..24).any(|back| past(at.wrapping_sub(back)) || past(at + back))
}
