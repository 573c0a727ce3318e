//! Verbs that lead from what is measured to a figure, and verbs of an action without a level.

use copydesk_core::segment::token_flag;
use copydesk_core::{TokenKind, hash_lowered};

use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{multiples, words};

/// Words that begin a clause that describes the noun before it.
pub(crate) const RELATIVES: [u64; 3] = [words::THAT, words::WHICH, hash_lowered("who")];

/// A verb that leads from what is measured to the figure.
pub(crate) fn is_verb(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_lower_word(at)
        && (scope.has(at, role::VERB) && !is_verbal_noun(scope, at)
            || is_base_form(scope, at)
            || scope.is(at + 1, words::FOR)
                && matches!(scope.text(at), "sells" | "sold" | "sell" | "went" | "goes")
            || scope.is(at + 1, words::FROM) && matches!(scope.text(at), "range" | "ranges" | "ranged")
            // "held steady at 4%", "holds at 4%"
            || matches!(scope.text(at), "held" | "holds" | "hold")
                && (scope.is(at + 1, words::AT)
                    || matches!(scope.text(at + 1), "steady" | "firm" | "stable" | "unchanged" | "flat"))
            // "The room measures 4m by 5m"
            || matches!(scope.text(at), "measures" | "weighs" | "spans") && !scope.is_word(at + 1)
            // "Rents average $2,100"
            || scope.text(at) == "average"
                && plural(scope.text(at.wrapping_sub(1)))
                && !scope.is_word(at + 1))
}

/// "will grow", "could climb", "is expected to double": the base form of a verb of change.
pub(crate) fn is_base_form(scope: &Scope<'_>, at: usize) -> bool {
    let base = scope.has(at, role::UP | role::DOWN) || scope.listed(at, list::BASE);
    let adverb = usize::from(scope.has(at.wrapping_sub(1), role::ADVERB));
    let modal = at.wrapping_sub(1 + adverb);
    let expected = |at: usize| {
        (1..6)
            .map(|back| at.wrapping_sub(back))
            .any(|at| scope.has(at, role::FUTURE | role::REPORT) || scope.listed(at, list::THAT_CLAUSE))
    };
    base && (scope.has(modal, role::FUTURE)
        || scope.listed(modal, list::MODAL)
        || scope.is(modal, words::TO) && expected(modal))
}

/// "Gold prices slip 1.2%": the present tense of a verb of change, which headlines have.
pub(crate) fn is_present_change(scope: &Scope<'_>, at: usize) -> bool {
    let noun = at.wrapping_sub(1);
    scope.is_lower_word(at)
        && scope.has(at, role::UP | role::DOWN)
        && !scope.has(at, role::VERB)
        && !scope.text(at).ends_with("er")
        && !scope.text(at).ends_with("ing")
        && scope.is_word(noun)
        && !scope.has(noun, role::FUNCTION | role::VERB | role::BREAK)
        && !scope.listed(noun, list::DETERMINER)
        && plural(scope.text(noun)) != scope.text(at).ends_with('s')
}

/// "The stock advanced by 0.3%": the past tense of a word of change, shortly before a figure that begins at `bound`.
pub(crate) fn is_past_change(scope: &Scope<'_>, at: usize, bound: usize) -> bool {
    at < bound
        && bound - at <= 4
        && scope.has(at, role::UP | role::DOWN)
        && scope.text(at).ends_with("ed")
        && !scope.listed(at.wrapping_sub(1), list::DETERMINER)
}

/// "Fuel costs have", "the rise was": a word that can be a verb, before one.
pub(crate) fn is_verbal_noun(scope: &Scope<'_>, at: usize) -> bool {
    let text = scope.text(at);
    // "brought down journey costs by 8 percent"
    if text == "costs" && scope.is_any(at + 1, &[words::BY, words::FROM, words::TO]) {
        return true;
    }
    // "forecast a rise of 0.4 percent"
    if scope.has(at, role::UP | role::DOWN)
        && scope.is_any(at + 1, &[words::OF, words::IN])
        && scope.listed(at.wrapping_sub(1), list::DETERMINER)
    {
        return true;
    }
    // "Operating costs, including wages, jumped"
    if text == "costs" && scope.is(at + 1, words::COMMA) {
        return true;
    }
    let form = text.ends_with('s') && text.len() > 4
        || matches!(text, "rise" | "fall" | "gain" | "cost" | "increase");
    // "borrowing costs more than doubled"
    let multiplied = (1..4).any(|ahead| multiples::is_multiple(scope, at + ahead))
        && scope.has(at + 1, role::BOUND | role::ADVERB)
        && scope.is_lower_word(at + 1);
    if multiplied && form {
        return true;
    }
    let ahead = scope.has(at + 1, role::VERB | role::FUTURE)
        || scope
            .is_any(at + 1, &[words::NOW, hash_lowered("must"), hash_lowered("could"), hash_lowered("may")]);
    form && ahead && scope.is_lower_word(at + 1)
}

/// Whether a verb moves what follows it: "raised", "cut".
pub(crate) fn moves_object(scope: &Scope<'_>, at: usize) -> bool {
    scope.has(at, role::UP | role::DOWN) && (scope.listed(at, list::MOVER) || is_particle(scope, at))
        // "doubled their wealth to $9 billion"
        || multiples::is_multiple(scope, at) && scope.listed(at + 1, list::DETERMINER)
        // "would increase rates by"
        || matches!(scope.text(at), "increase" | "decrease") && is_base_form(scope, at)
}

/// "nudged up its outlook by", "brought down costs by": "up" or "down" with a verb of its own and an object after.
pub(crate) fn is_particle(scope: &Scope<'_>, at: usize) -> bool {
    let verb = at.wrapping_sub(1);
    scope.is_any(at, &[words::UP, words::DOWN])
        && scope.is_lower_word(verb)
        && scope.listed(verb, list::MOVES_WITH)
        && (scope.listed(at + 1, list::DETERMINER)
            || scope.is_lower_word(at + 1) && !scope.has(at + 1, role::FUNCTION | role::BOUND | role::ADVERB))
}

/// Whether the words before a figure are an action without a level: "has injected $2 billion", "was fined $300", "had to look at 70".
pub(crate) fn is_deed(scope: &Scope<'_>, verb: usize, bound: usize) -> bool {
    // "The charges are linked to $90 million"
    let participle = bound.wrapping_sub(1 + usize::from(scope.is(bound.wrapping_sub(1), words::TO)));
    let auxiliary = scope.text(verb);
    if participle > verb && scope.is_lower_word(participle) {
        let done = scope.text(participle).ends_with("ed")
            && !scope.has(participle, role::VERB | role::UP | role::DOWN | role::ADVERB | role::FLAT)
            && !scope.listed(participle, list::WORTH | list::MOVER);
        let took = matches!(
            scope.text(participle),
            "taken"
                | "spent"
                | "paid"
                | "sent"
                | "bought"
                | "sold"
                | "given"
                | "built"
                | "made"
                | "won"
                | "drawn"
                | "put"
        );
        if (done || took) && matches!(auxiliary, "has" | "have" | "had")
            || matches!(auxiliary, "was" | "were" | "is" | "are" | "been" | "be")
                && scope.listed(participle, list::RECEIVING)
        {
            return true;
        }
    }
    // The word after "to" has an object of its own.
    (verb + 1..bound.saturating_sub(1)).any(|at| {
        let deed = at + 1 + usize::from(scope.has(at + 1, role::ADVERB));
        scope.is(at, words::TO)
            && deed < bound
            && scope.is_lower_word(deed)
            && !scope.has(deed, role::VERB | role::UP | role::DOWN | role::FUNCTION | role::BOUND)
            && !scope.listed(deed, list::BASE | list::MOVER | list::DETERMINER | list::WORTH)
            && !plural(scope.text(deed))
    })
}

/// An adverb of manner before a verb.
pub(crate) fn is_manner(scope: &Scope<'_>, at: usize) -> bool {
    let text = scope.text(at);
    scope.is_lower_word(at)
        && text.ends_with("ly")
        && !matches!(
            text,
            "family" | "supply" | "assembly" | "monopoly" | "anomaly" | "ally" | "rally" | "reply"
        )
}

/// Whether a word is a verb that has a subject: "lost", or "-ed" before a determiner.
pub(crate) fn is_finite(scope: &Scope<'_>, at: usize) -> bool {
    if !scope.is_lower_word(at) {
        return false;
    }
    // "prices for used cars"
    let used = scope.text(at) == "used"
        && scope.has(at.wrapping_sub(1), role::FUNCTION)
        && plural(scope.text(at + 1));
    if used {
        return false;
    }
    if scope.listed(at, list::FINITE) {
        return !scope.has(at.wrapping_sub(1), role::FUNCTION & !role::BREAK)
            || scope.is_any(at.wrapping_sub(1), &RELATIVES)
            || !scope.is_any(at.wrapping_sub(1), &[words::THE, words::A, words::AN]);
    }
    let text = scope.text(at);
    text.ends_with("ed") && text.len() > 4 && scope.listed(at + 1, list::DETERMINER)
}

/// "profit before tax", "earnings before interest".
pub(crate) fn before_tax(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at, words::BEFORE) && matches!(scope.text(at + 1), "tax" | "taxes" | "interest" | "items")
}

/// "In 2021 trade with …", "In January-July 2022 trade with …": a year that ends the date with which a sentence opens.
fn opens_with_year(scope: &Scope<'_>, at: usize) -> bool {
    const LONGEST: usize = 7;
    let year = scope.text(at).len() == 4 && scope.token(at).is_some_and(|token| token.has(token_flag::DIGIT));
    year && at - scope.start < LONGEST
        && (scope.start..at).any(|at| scope.is_any(at, &[words::IN, words::DURING, words::FOR]))
        && !(scope.start..at).any(|at| scope.has(at, role::VERB | role::REPORT | role::FUTURE | role::BREAK))
}

/// Whether an "and" joins nouns of one subject: no verb precedes it in its clause.
pub(crate) fn joins_nouns(scope: &Scope<'_>, and: usize) -> bool {
    const PRONOUNS: [&str; 9] = ["I", "he", "she", "they", "we", "it", "you", "that", "this"];
    if !scope.is(and, words::AND) || PRONOUNS.contains(&scope.text(and + 1)) {
        return false;
    }
    for at in (1..10).map(|back| and.wrapping_sub(back)) {
        let Some(token) = scope.token(at) else { return true };
        if opens_with_year(scope, at) {
            return true;
        }
        if token.has(token_flag::DIGIT) || scope.has(at, role::VERB | role::REPORT | role::FUTURE) {
            return false;
        }
        if !token.is_word() && token.kind() != TokenKind::Symbol
            || scope.has(at, role::BREAK)
            || scope.listed(at, list::THAT_CLAUSE)
        {
            return at != and.wrapping_sub(1);
        }
    }
    false
}
