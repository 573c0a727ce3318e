//! Noun phrases: the one that begins at a token, and the one that ends before it.

use copydesk_core::segment::token_flag;
use copydesk_core::{Span, hash_lowered};

use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, marks, verbs, words};

/// The maximum number of tokens of a noun phrase after a number.
const MAX_TOKENS: usize = 7;

/// Pronouns that are never part of a longer noun phrase.
const PRONOUNS: [&str; 4] = ["them", "us", "you", "it"];

/// Verbs that are nouns just as often: "the ticket cost", "a price rise".
const NOUN_OR_VERB: [&str; 4] = ["cost", "costs", "rise", "fall"];

/// Finite verbs that are also nouns in the plural: "insurance claims".
const VERB_OR_PLURAL: [&str; 12] = [
    "claims", "moves", "hopes", "faces", "shows", "leads", "wins", "uses", "loses", "serves", "helps",
    "plays",
];

const THOSE: u64 = hash_lowered("those");

/// The noun phrase that begins at a token.
pub(crate) fn noun_phrase(scope: &Scope<'_>, first: usize) -> Option<Span> {
    let mut end = first;
    while end < first + MAX_TOKENS && may_belong(scope, first, end) {
        if !is_possessive_mark(scope, first, end) && is_beyond(scope, first, end) {
            break;
        }
        end += 1;
    }
    // "30 percent of second- through fifth-grade pupils"
    if scope.is(end, words::HYPHEN) && scope.glued(end) {
        return None;
    }
    let named = (first..end)
        .any(|at| !scope.has(at, role::FUNCTION | role::ADVERB | role::BOUND) && scope.is_word(at));
    named.then(|| scope.span(first, end))
}

/// Whether a token has the form of a part of the noun phrase from `first`: a word, a hyphen or possessive mark inside it, a number
/// after its first word ("Flight 93") or after a possessive ("the year's 12 biggest deals").
fn may_belong(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    scope.is_word(at)
        || scope.is(at, words::HYPHEN) && scope.glued(at) && scope.glued(at + 1)
        || is_possessive_mark(scope, first, at)
        || at == first + 1 && marks::is_digits(scope, at)
        || at > first + 1
            && scope.is(at - 1, words::S)
            && marks::is_digits(scope, at)
            && scope.is_lower_word(at + 1)
}

/// The apostrophe after a plural: "taxpayers’ money".
fn is_possessive_mark(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    at > first
        && matches!(scope.text(at), "’" | "'")
        && scope.glued(at)
        && plural(scope.text(at - 1))
        && scope.is_lower_word(at + 1)
}

/// Whether a word follows the noun phrase from `first` rather than belonging to it.
fn is_beyond(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    let later = at > first;
    // "low-cost": part of a word.
    let part = later && scope.glued(at) && scope.is(at - 1, words::HYPHEN);
    is_function_word(scope, first, at) && !part
        || later && scope.is(at, words::WORTH)
        || PRONOUNS.contains(&scope.text(at))
        || later && begins_that_clause(scope, first, at)
        || is_date_word(scope, first, at)
        || later
            && (!part && (is_verb_of_phrase(scope, at) || is_participle(scope, at))
                || is_after_plural(scope, at)
                || !part && is_finite_verb(scope, at)
                || is_adverbial(scope, at)
                || is_past_form(scope, first, at))
}

/// A preposition, conjunction or the like, but neither the determiner that the phrase begins with nor the "'s" of an owner.
fn is_function_word(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    let determiner = || at == first && !scope.has(at, role::BREAK) && !scope.has(at, role::MONTH_CLUE);
    let owner =
        || scope.is(at, words::S) && at > first && (scope.is_word(at + 1) || marks::is_digits(scope, at + 1));
    scope.has(at, role::FUNCTION) && !determiner() && !owner()
}

/// A verb whose object is a clause: "found", "says".
fn begins_that_clause(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    scope.listed(at, list::THAT_CLAUSE)
        // "31% of Danish claims as void"
        && !(at == first + 1 && scope.is_capitalized(first) && plural(scope.text(at)))
}

/// A month or a word that begins a relative date; "fiscal" after other words of the phrase only in "fiscal year".
fn is_date_word(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    scope.has(at, role::MONTH | role::RELATIVE)
        && !(at > first && matches!(scope.text(at), "fiscal" | "financial") && !scope.is(at + 1, words::YEAR))
}

/// The verb whose subject the phrase is: "the fee was", "the company said".
fn is_verb_of_phrase(scope: &Scope<'_>, at: usize) -> bool {
    scope.has(at, role::VERB | role::REPORT)
        && scope.is_lower_word(at)
        && !scope.has(at - 1, role::FUNCTION)
        // "the ticket cost", but not "the ticket cost 12 euros"
        && !(NOUN_OR_VERB.contains(&scope.text(at))
            && (!scope.is_word(at + 1)
                && !marks::is_digits(scope, at + 1)
                && !matches!(scope.text(at + 1), "$" | "€" | "£" | "¥")
                || scope.has(at + 1, role::VERB)
                || scope.is_any(at + 1, &[words::OF, words::FOR, words::IN])))
}

/// A participle that begins a clause after the noun: "workers commuting to", but not "the bank's total lending to".
fn is_participle(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_lower_word(at)
        && scope.text(at).ends_with("ing")
        && scope.has(at + 1, role::FUNCTION)
        && (plural(scope.text(at - 1)) || scope.has(at - 1, role::COLLECTIVE | role::FUNCTION))
        && !is_clitic(scope, at - 1)
}

/// A word after a noun in the plural, which is seldom followed by another noun: "voters put a price on", "parents limit".
fn is_after_plural(scope: &Scope<'_>, at: usize) -> bool {
    (plural(scope.text(at - 1)) || scope.has(at - 1, role::COLLECTIVE))
        && scope.is_lower_word(at - 1)
        && !is_clitic(scope, at - 1)
        && (scope.is_lower_word(at) && !scope.listed(at - 1, list::PLURAL_FIRST)
            || scope.listed(at, list::OPINION))
}

/// A finite verb: "a kilo of rice sells for", "half of the parish receives", but not the plural noun in "Danish claims".
fn is_finite_verb(scope: &Scope<'_>, at: usize) -> bool {
    scope.listed(at, list::FINITE)
        && !scope.has(at - 1, role::FUNCTION)
        && (!plural(scope.text(at))
            || !scope.is_capitalized(at - 1)
                && (scope.is_any(at + 1, &[words::FOR, words::AT])
                    || !VERB_OR_PLURAL.contains(&scope.text(at))))
}

/// A word that begins another phrase or says how or how often: "behind", "annually", "instead".
fn is_adverbial(scope: &Scope<'_>, at: usize) -> bool {
    scope.listed(at, list::NO_SUBJECT)
        || frequency::frequency(scope, at).is_some() && !scope.is_lower_word(at + 1)
        || verbs::is_manner(scope, at) && scope.is_lower_word(at + 1)
        || scope.text(at) == "instead"
}

/// A past form after the noun: "people injured in"; in "those infected recover" the word after the past form.
fn is_past_form(scope: &Scope<'_>, first: usize, at: usize) -> bool {
    scope.is_lower_word(at) && scope.text(at).ends_with("ed") && !(at == first + 1 && scope.is(first, THOSE))
        || at == first + 2 && scope.is(first, THOSE) && scope.text(at - 1).ends_with("ed")
}

/// Whether a token is the end of a word that the segmentation has split: "'s", "n't".
fn is_clitic(scope: &Scope<'_>, at: usize) -> bool {
    scope.token(at).is_some_and(|token| token.has(token_flag::CLITIC))
}

/// The noun phrase that ends before a token, without its determiner.
pub(crate) fn phrase_before(scope: &Scope<'_>, end: usize) -> Option<Span> {
    let head = end.wrapping_sub(1);
    let mut first = head;
    while head - first < 6 {
        let before = first.wrapping_sub(1);
        let owner = scope.token(before).is_some_and(|token| token.has(token_flag::CLITIC))
            && scope.is(before, words::S);
        // "a margin of error of 6.2 percent"
        if scope.is(before, words::OF) && scope.listed(before.wrapping_sub(1), list::MEASURED_OF) {
            first = before.wrapping_sub(1);
            continue;
        }
        let slash = scope.is(before, words::SLASH) && scope.glued(before) && scope.glued(before + 1);
        let word = scope.is_word(before) || scope.is(before, words::HYPHEN) || owner || slash;
        let stops = scope.has(before, role::FUNCTION | role::BREAK | role::REPORT | role::MONTH_CLUE)
            && !owner
            || scope.is_lower_word(before)
                && (scope.has(before, role::VERB)
                    || scope.listed(before, list::PAST)
                        && !scope.listed(before.wrapping_sub(1), list::DETERMINER)
                    // "an operating cash flow", "an estimated loss"
                    || (scope.text(before).ends_with("ed") || scope.text(before).ends_with("ing"))
                        && !scope.is_any(before.wrapping_sub(1), &[words::A, words::AN, words::THE]))
            || scope.has(before, role::RELATIVE | role::ORDINAL | role::SPAN)
            || scope.has(before, role::UNIT) && marks::is_digits(scope, before.wrapping_sub(1))
            || scope.is(before, words::HYPHEN) && scope.has(before.wrapping_sub(1), role::SPAN)
            || scope.listed(before, list::THAT_CLAUSE)
            || scope.listed(before, list::DOES);
        if !word || stops {
            break;
        }
        first = before;
    }
    let named = scope.is_word(head)
        && !scope.has(
            head,
            role::FUNCTION | role::VERB | role::MONTH | role::RELATIVE | role::WEEKDAY | role::SEASON,
        );
    // "last year's harvest": the possessed noun is measured.
    if first < head
        && scope.is(first, words::S)
        && scope.token(first).is_some_and(|token| token.has(token_flag::CLITIC))
    {
        first += 1;
    }
    (named && head - first < 6).then(|| scope.span(first, end))
}
