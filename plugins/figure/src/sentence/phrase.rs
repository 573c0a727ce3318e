//! Noun phrases: the one that begins at a token, and the one that ends before it.

use copydesk_core::segment::token_flag;
use copydesk_core::{Span, hash_lowered};

use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, marks, verbs, words};

/// The noun phrase that begins at a token.
pub(crate) fn noun_phrase(scope: &Scope<'_>, first: usize) -> Option<Span> {
    let mut end = first;
    let joint = |at: usize| scope.is(at, words::HYPHEN) && scope.glued(at) && scope.glued(at + 1);
    let clitic = |at: usize| scope.token(at).is_some_and(|token| token.has(token_flag::CLITIC));
    // "taxpayers’ money"
    let possessive = |at: usize| {
        at > first
            && matches!(scope.text(at), "’" | "'")
            && scope.glued(at)
            && plural(scope.text(at - 1))
            && scope.is_lower_word(at + 1)
    };
    while end < first + 7
        && (scope.is_word(end)
            || joint(end)
            || possessive(end)
            || end == first + 1 && marks::is_digits(scope, end)
            || end > first + 1
                && scope.is(end - 1, words::S)
                && marks::is_digits(scope, end)
                && scope.is_lower_word(end + 1))
    {
        let determiner = end == first
            && !scope.has(end, role::BREAK)
            && scope.has(end, role::FUNCTION)
            && !scope.has(end, role::MONTH_CLUE);
        if possessive(end) {
            end += 1;
            continue;
        }
        let owner = scope.is(end, words::S)
            && end > first
            && (scope.is_word(end + 1) || marks::is_digits(scope, end + 1));
        // "low-cost": part of a word.
        let part = end > first && scope.glued(end) && scope.is(end - 1, words::HYPHEN);
        let clause = end > first
            && scope.is_lower_word(end)
            && scope.text(end).ends_with("ing")
            && scope.has(end + 1, role::FUNCTION)
            // "the bank's total lending to"
            && (plural(scope.text(end - 1)) || scope.has(end - 1, role::COLLECTIVE | role::FUNCTION))
            && !clitic(end - 1)
            && !part;
        let stops = scope.has(end, role::FUNCTION) && !determiner && !owner && !part
            || end > first && scope.is(end, words::WORTH)
            || matches!(scope.text(end), "them" | "us" | "you" | "it")
            || end > first
                && scope.listed(end, list::THAT_CLAUSE)
                // "31% of Danish claims as void"
                && !(end == first + 1 && scope.is_capitalized(first) && plural(scope.text(end)))
            || scope.has(end, role::MONTH | role::RELATIVE)
                && !(end > first && matches!(scope.text(end), "fiscal" | "financial") && !scope.is(end + 1, words::YEAR))
            || scope.has(end, role::VERB | role::REPORT)
                && scope.is_lower_word(end)
                && end > first
                && !scope.has(end - 1, role::FUNCTION)
                && !part
                // "the ticket cost"
                && !(matches!(scope.text(end), "cost" | "costs" | "rise" | "fall")
                    && (!scope.is_word(end + 1)
                        || scope.has(end + 1, role::VERB)
                        || scope.is_any(end + 1, &[words::OF, words::FOR, words::IN])))
            || clause
            // "30% of voters put a price on", "64 percent of parents limit"
            || end > first
                && (plural(scope.text(end - 1)) || scope.has(end - 1, role::COLLECTIVE))
                && scope.is_lower_word(end - 1)
                && !clitic(end - 1)
                && (scope.is_lower_word(end) && !scope.listed(end - 1, list::PLURAL_FIRST)
                    || scope.listed(end, list::OPINION))
            // "a kilo of rice sells for"
            || end > first
                && scope.listed(end, list::FINITE)
                && !scope.has(end - 1, role::FUNCTION)
                && (!plural(scope.text(end))
                    || !scope.is_capitalized(end - 1)
                        && (scope.is_any(end + 1, &[words::FOR, words::AT])
                            // "half of the parish receives"
                            || !matches!(
                                scope.text(end),
                                "claims" | "moves" | "hopes" | "faces" | "shows" | "leads" | "wins" | "uses" | "loses" | "serves" | "helps" | "plays"
                            )))
                && !part
            || end > first
                && (scope.listed(end, list::NO_SUBJECT)
                    || frequency::frequency(scope, end).is_some() && !scope.is_lower_word(end + 1)
                    || verbs::is_manner(scope, end) && scope.is_lower_word(end + 1)
                    || scope.text(end) == "instead")
            || end > first
                && scope.is_lower_word(end)
                && scope.text(end).ends_with("ed")
                && !(end == first + 1 && scope.is(first, hash_lowered("those")))
            // "those infected recover"
            || end == first + 2
                && scope.is(first, hash_lowered("those"))
                && scope.text(end - 1).ends_with("ed");
        if stops {
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
