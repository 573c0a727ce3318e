//! The noun that a number counts.

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, TokenKind, hash_lowered};

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{forms, marks, words};

/// "two of the ships", "two of Marlow's ships": the noun of the whole.
pub(crate) fn whole_noun(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    while next < at + 4 {
        // "the island's 9,200 residents"
        if scope.is_lower_word(next) && scope.is(next + 1, words::S) && scope.glued(next + 1) {
            next += 2;
            next += usize::from(scope.is_number(next));
            break;
        }
        let name = scope.is_capitalized(next);
        let clitic = scope.token(next).is_some_and(|token| token.has(token_flag::CLITIC));
        let determiner = next == at && scope.has(next, role::FUNCTION) && scope.is_lower_word(next);
        if !(name || clitic || determiner) {
            break;
        }
        next += 1;
    }
    counted_noun(scope, next, false)
}

/// The plural noun that ends a list of adjectives, at most four words on.
pub(crate) fn listed_noun(scope: &Scope<'_>, at: usize) -> Option<usize> {
    for next in at..at + 5 {
        let hyphen = scope.is(next, words::HYPHEN);
        if !hyphen && (!scope.is_lower_word(next) || scope.has(next, role::FUNCTION | role::VERB)) {
            return None;
        }
        if !hyphen && forms::plural(scope.text(next)) && !scope.is(next + 1, words::HYPHEN) {
            return Some(next);
        }
    }
    None
}

/// The token of a plural noun, adjectives before it allowed.
pub(crate) fn plural_noun(scope: &Scope<'_>, at: usize) -> Option<usize> {
    counted_noun(scope, at, false)
        .filter(|noun| forms::plural(scope.text(*noun)) || scope.has(*noun, role::COLLECTIVE))
}

/// The token of the noun that a number counts; `one` looks for a singular.
pub(crate) fn counted_noun(scope: &Scope<'_>, at: usize, one: bool) -> Option<usize> {
    // "3.5 x 7 cm" is no count of x.
    if scope.is(at, hash_lowered("x")) || scope.listed(at, list::NO_NOUN | list::MODAL) {
        return None;
    }
    let mut next = at;
    let mut last = None;
    let mut steps = 0;
    while steps < 6 {
        if scope.is(next, words::HYPHEN) && scope.glued(next) && scope.glued(next + 1) {
            // "three-storey", and "well-known" on the way.
            next += 1;
            if steps == 0 && !scope.is_word(next) {
                return None;
            }
        }
        // "wood- and oil-fired plants"
        if scope.is(next, words::HYPHEN)
            && scope.glued(next)
            && !scope.glued(next + 1)
            && scope.is_any(next + 1, &[words::AND, words::OR, words::TO])
            && scope.is_word(next + 2)
        {
            (next, steps) = (next + 2, steps + 1);
        }
        // "10 different ‘sea orders’"
        if steps > 0 && marks::is_quote(scope, next) && scope.is_word(next + 1) {
            next += 1;
        }
        let token = scope
            .token(next)
            .filter(|token| token.is_word() || steps > 0 && token.kind() == TokenKind::Number)?;
        let entry = scope.entry(next);
        // "red and blue vans", "paid and unpaid hours".
        if steps > 0
            && scope.is(next, words::AND)
            && scope.is_word(next + 1)
            && !scope.has(next + 1, role::FUNCTION | role::CARDINAL)
        {
            next += 1;
            steps += 1;
            continue;
        }
        // "1,200 steady, skilled jobs": a comma between adjectives.
        let adjective = !one
            && scope.is_lower_word(next)
            && !forms::plural(scope.text(next))
            && !entry.is(role::FUNCTION | role::VERB | role::COLLECTIVE);
        if adjective && steps < 2 && scope.is(next + 1, words::COMMA) && scope.is_lower_word(next + 2) {
            return listed_noun(scope, next + 2);
        }
        let second = scope.glued(next) && scope.is(next - 1, words::HYPHEN);
        if !second
            && entry.is(role::FUNCTION | role::FUTURE)
            && !scope.is_any(next, &[words::MORE, words::OTHER, words::SAME])
            || entry.is(role::VERB | role::REPORT)
                && token.case() == Case::Lower
                && !forms::plural(scope.text(next))
                // "a third of the ticket cost"
                && !(scope.is(next, hash_lowered("cost"))
                    && steps > 0
                    && (!scope.is_word(next + 1) || scope.has(next + 1, role::FUNCTION)))
                // "12 settled cases"
                && !(scope.text(next).ends_with("ed")
                    && scope.is_lower_word(next + 1)
                    && forms::plural(scope.text(next + 1))
                    && !scope.has(next + 1, role::FUNCTION | role::VERB))
            || token.has(token_flag::CLITIC)
            // "if one can't"
            || scope.token(next + 1).is_some_and(|token| token.has(token_flag::CLITIC))
                && !scope.is(next + 1, words::S)
        {
            break;
        }
        // "The two-bedroom flat costs $1,200": a verb, as a noun and a figure stand around it.
        if steps > 0
            && last.is_some()
            && entry.is(role::VERB)
            && forms::plural(scope.text(next))
            && token.case() == Case::Lower
            && (!scope.is_word(next + 1)
                && !marks::is_end(scope, next + 1)
                && !scope.is(next + 1, words::COMMA)
                || scope.has(next + 1, role::CARDINAL | role::BOUND))
        {
            break;
        }
        // "one-fifth paid 7.4 percent": the words before another number count something else.
        if steps > 0
            && token.kind() == TokenKind::Number
            && scope.is_lower_word(next - 1)
            && (scope.has(next + 1, role::UNIT) || scope.text(next).contains('.'))
        {
            break;
        }
        // "three thirty": a number word is nothing that is counted.
        if entry.is(role::CARDINAL) && !compound_of_numbers(scope, next) {
            break;
        }
        // "40k cheaper than"
        if scope.is(next + 1, words::THAN) {
            break;
        }
        // "two master's degrees", "three men's teams"
        if !one
            && scope.is(next + 1, words::S)
            && scope.glued(next + 1)
            && scope.is_word(next + 2)
            && scope.is_lower_word(next)
        {
            (next, steps) = (next + 2, steps + 1);
            continue;
        }
        let text = scope.text(next);
        let capitalized = token.is_capitalized();
        let compound = scope.is(next + 1, words::HYPHEN) && scope.glued(next + 1) && scope.glued(next + 2);
        let leads = leads(scope, next);
        if !one
            && !compound
            && !leads
            && (forms::plural(text)
                || entry.is(role::COLLECTIVE) && !capitalized
                || text.ends_with("children"))
        {
            return Some(next);
        }
        // "One plan asks": what ends in s after a singular is a verb.
        if one
            && (forms::plural(text)
                && !scope.listed(next, list::PLURAL_FIRST)
                // "1 innings" is no pronoun.
                && (last.is_some() || scope.is_word(at.wrapping_sub(1)))
                || last.is_some() && entry.is(role::COLLECTIVE))
        {
            break;
        }
        if entry.is(role::MONTH | role::WEEKDAY) && capitalized {
            break;
        }
        let verb = one && scope.listed(next, list::FINITE);
        if !compound
            && !entry.is(role::ADVERB | role::RELATIVE)
            && token.is_word()
            && !capitalized
            && !text.ends_with("ly")
            && !verb
            && text.len() > 1
        {
            last = Some(next);
        }
        steps += 1;
        next += 1;
        let quoted = marks::is_quote(scope, next) && scope.is_word(next + 1);
        if !(scope.is_word(next) || scope.is(next, words::HYPHEN) || scope.is_number(next) || quoted) {
            break;
        }
        if one && steps >= 3 {
            break;
        }
    }
    // "one area", "a 3 cylinder engine"; but "3 injured" counts what the words do not indicate.
    // "a 3 cylinder engine", "a 5 speed manual gearbox": the first is what is counted.
    if !one && scope.is_lower_word(at) && at != last.unwrap_or(at) && scope.listed(at, list::MODIFIER) {
        last = Some(at);
    }
    let whole = last.filter(|last| {
        let text = scope.text(*last);
        let verbal = text.ends_with("ed")
            || text.ends_with("ing") && !one
            || scope.listed(*last, list::PAST | list::HARMED);
        !verbal || scope.listed(*last, list::MODIFIER)
    });
    if one {
        whole
    } else {
        whole.filter(|_| scope.is_lower_word(at) && !scope.has(at, role::RELATIVE | role::SPAN))
    }
}

/// "local police officers", "two teachers unions": a noun that stands in front of the one that is counted.
fn leads(scope: &Scope<'_>, at: usize) -> bool {
    let police = matches!(scope.text(at), "police" | "staff" | "fish" | "aircraft" | "media" | "data");
    // Of two plurals side by side the first tells of what sort the second is.
    let plurals = scope.is_lower_word(at)
        && scope.tag(at) == Some(Pos::NounPlural)
        && scope.tag(at + 1) == Some(Pos::NounPlural);
    (police || plurals)
        && scope.is_lower_word(at + 1)
        && forms::plural(scope.text(at + 1))
        && !scope.has(at + 1, role::FUNCTION | role::VERB | role::REPORT)
        && !scope.listed(at + 1, list::FINITE | list::TOLD)
}

/// "two two-storey houses": a number word that a hyphen makes an adjective.
fn compound_of_numbers(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1) && scope.glued(at + 2)
}
