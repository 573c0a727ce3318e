//! The words that lead to a figure: a verb with its subject, or a verb that changes or sets an object.

use copydesk_core::Span;

use crate::item::Item;
use crate::origin::Form;
use crate::relate::{aside, moved};
use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, marks, multiples, verbs, words};

/// The words that lead to a figure.
pub(crate) enum Lead {
    /// A verb; its subject is measured.
    Verb(usize),
    /// A verb changed what these words name.
    Object(Span),
}

/// The verb that leads to a figure, or the object that it changes.
pub(crate) fn lead(scope: &Scope<'_>, item: &Item) -> Option<Lead> {
    let bound = item.lead;
    // "Prices halved": the figure is the verb.
    if item.origin.form == Form::Multiple && multiples::is_multiple(scope, item.first) {
        return Some(Lead::Verb(item.first));
    }
    // "forecast a rise of 0.4 percent": the subject is not what rises.
    let of = bound.wrapping_sub(1);
    if scope.is(of, words::OF)
        && scope.has(of.wrapping_sub(1), role::UP | role::DOWN)
        && scope.listed(of.wrapping_sub(2), list::DETERMINER)
    {
        return None;
    }
    let mut verb = item.first;
    for steps in 1..=9 {
        verb = verb.wrapping_sub(1);
        // "dropped, the agency said, by 4 percent"
        if bound.wrapping_sub(verb) <= 2
            && let Some(open) = aside::aside(scope, verb)
        {
            verb = open.wrapping_sub(1);
        }
        scope.token(verb)?;
        if let Some(main) = verb_of_participle(scope, verb) {
            return Some(Lead::Verb(main));
        }
        let leads = verbs::is_verb(scope, verb)
            || steps <= 5 && verbs::is_present_change(scope, verb)
            || verbs::is_past_change(scope, verb, bound);
        // "was suspected of hiding $6 million": the verb has a clause as its object.
        if !leads
            && scope.is_lower_word(verb)
            && scope.text(verb).ends_with("ing")
            && scope.is_any(verb.wrapping_sub(1), &[words::OF, words::FOR, words::BY, words::FROM, words::IN])
        {
            return None;
        }
        if let Some(object) = object(scope, verb, item.first) {
            return Some(Lead::Object(object));
        }
        // "raised four queries to 40 MW plants": it counts something else.
        let counts = verb + 2 < bound
            && verbs::moves_object(scope, verb)
            && (scope.has(verb + 1, role::CARDINAL) || marks::is_digits(scope, verb + 1));
        if counts {
            return None;
        }
        if leads {
            // "The state has injected $2 billion": the subject does not measure the figure.
            return (!verbs::is_deed(scope, verb, bound)).then_some(Lead::Verb(verb));
        }
        // "as much as" contains a word that begins clauses elsewhere.
        let stops = verb < bound && scope.has(verb, role::BREAK)
            || scope.is_any(verb, &[words::COMMA, words::SEMICOLON, words::COLON, words::OPEN]);
        if steps > 8 || stops {
            return None;
        }
    }
    None
}

/// "fell for a third month, dropping 7.5 percent": the verb of the clause that a participle of change continues.
fn verb_of_participle(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let comma = at.wrapping_sub(1);
    if !scope.has(at, role::UP | role::DOWN)
        || !scope.is(comma, words::COMMA)
        || !scope.text(at).ends_with("ing")
    {
        return None;
    }
    let main = (1..14).map(|back| comma.wrapping_sub(back));
    main.take_while(|at| scope.token(*at).is_some() && !scope.is_any(*at, &[words::SEMICOLON, words::COMMA]))
        .find(|at| verbs::is_verb(scope, *at))
}

/// "put the jobless rate at 6.3 percent", "left its rate unchanged at 3 percent": the words between verb and "at".
pub(crate) fn put_at(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let at = item.lead.wrapping_sub(1);
    if !scope.is(at, words::AT) {
        return None;
    }
    let verb = (2..10)
        .map(|back| at.wrapping_sub(back))
        .take_while(|at| scope.is_word(*at) || scope.is(*at, words::S));
    let verb = verb.into_iter().find(|at| scope.listed(*at, list::LEVEL_VERB) && scope.is_lower_word(*at))?;
    let mut end = at;
    while end > verb + 1
        && (scope.has(end - 1, role::FLAT | role::ADVERB)
            || matches!(scope.text(end - 1), "steady" | "stable"))
    {
        end -= 1;
    }
    let plain = (verb + 1..end).all(|at| {
        !scope.has(at, role::BREAK | role::VERB | role::RELATIVE)
            && !scope.is_any(at, &[words::AT, words::TO])
            // "cap price rises at"
            || at + 1 == end && at > verb + 1 && plural(scope.text(at))
    });
    let named = (verb + 1..end).any(|at| !scope.has(at, role::FUNCTION | role::ADVERB));
    (plain && named && !scope.has(end - 1, role::FUNCTION)).then(|| scope.span(verb + 1, end))
}

/// "raised its growth forecast to 3.2%", "cut prices by 5 percent": the changed object follows the verb.
pub(crate) fn object(scope: &Scope<'_>, verb: usize, figure: usize) -> Option<Span> {
    if !verbs::moves_object(scope, verb) {
        return None;
    }
    let stop = (verb + 1..figure).find(|at| scope.is_any(*at, &[words::TO, words::BY, words::FROM]));
    // "raised fees 4%"
    let stop = stop.or_else(|| {
        let percent = moved::moved_over_noun(scope, figure.wrapping_sub(1)).is_some()
            && (figure..figure + 3).any(|at| scope.has(at, role::UNIT));
        percent.then_some(figure)
    })?;
    let first = verb + 1;
    let phrase = (first..stop).all(|at| {
        !(scope.has(at, role::STARTS_ALONE) && frequency::frequency(scope, at).is_none())
            && (scope.is_word(at)
                || marks::is_digits(scope, at)
                || scope.is(at, words::S)
                || scope.is(at, words::HYPHEN))
            && !scope.has(at, role::BREAK)
            && (!scope.has(at, role::VERB) || verbs::is_verbal_noun(scope, at))
    });
    // "raised four queries to 40 MW plants": the counted noun is not a level.
    if scope.has(first, role::CARDINAL) || marks::is_digits(scope, first) {
        return None;
    }
    let named = (first..stop).any(|at| scope.is_word(at) && !scope.has(at, role::FUNCTION | role::ADVERB));
    (stop > first && stop - first <= 8 && phrase && named && !scope.has(first, role::ADVERB))
        .then(|| scope.span(first, stop))
}
