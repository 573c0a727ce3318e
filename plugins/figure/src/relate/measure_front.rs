//! What is measured, if it precedes a figure: "losses of $5 million", "a pay rise of 5 percent".

use copydesk_core::Span;
use copydesk_core::layers::FigureKind;

use crate::item::{Counted, Item};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::Measures;
use crate::sentence::vocabulary::role;
use crate::sentence::{phrase, verbs, words};

/// "losses of $5 million", "a turnout of about 43%", "shipments of 20,000 tonnes": the noun phrase before "of".
pub(crate) fn measured_before(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    // "the sale of a 5 percent stake", "the contents of a 40-year-old file"
    let attribute = scope.is_any(item.first.wrapping_sub(1), &[words::A, words::AN, words::THE])
        // "thousands of $14-an-hour jobs"
        || (item.first..item.end).any(|at| scope.is(at, words::HYPHEN)) && scope.is_lower_word(item.end);
    // "a collection of 100 percent wool coats"
    const CLOSES: u32 = role::FUNCTION
        | role::BREAK
        | role::RELATIVE
        | role::MONTH
        | role::WEEKDAY
        | role::VERB
        | role::REPORT
        | role::UP
        | role::DOWN;
    let stuff = item.kind == FigureKind::Percent
        && scope.is_word(item.end)
        && !scope.has(item.end, CLOSES)
        && !scope.text(item.end).ends_with("ed");
    if attribute || stuff || matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age) {
        return None;
    }
    // "a trust score in excess of 60 percent"
    if item.lead + 2 < item.first
        && scope.is_lower_word(item.lead.wrapping_sub(1))
        && !scope.has(item.lead.wrapping_sub(1), role::FUNCTION | role::VERB | role::UP | role::DOWN)
        && (2..5).any(|back| scope.is_any(item.lead.wrapping_sub(back), &[words::A, words::AN]))
    {
        return phrase::phrase_before(scope, item.lead);
    }
    let mut of = item.first.wrapping_sub(1);
    for _ in 0..4 {
        if scope.is(of, words::OF)
            || !(scope.has(of, role::BOUND | role::ADVERB) || scope.is(of, words::BETWEEN))
        {
            break;
        }
        of = of.wrapping_sub(1);
    }
    let head = of.wrapping_sub(1);
    let moves = scope.has(head, role::UP | role::DOWN) && scope.text(head) != "growth";
    if moves && scope.is(of, words::OF) && scope.is_lower_word(head) {
        return changed_before(scope, item, head);
    }
    let named_rate = matches!(scope.text(head), "rate" | "rates" | "margin" | "level" | "price")
        && scope.is_lower_word(head.wrapping_sub(1))
        && !scope.has(head.wrapping_sub(1), role::FUNCTION | role::ADVERB)
        && !scope.listed(head.wrapping_sub(1), list::PLAIN_RATE);
    if !scope.is(of, words::OF)
        || !scope.is_lower_word(head) && !scope.is_capitalized(head)
        || scope.has(head, role::FUNCTION | role::MONTH | role::CARDINAL)
        || verbs::is_manner(scope, head)
        // "on top of 12 million euros"
        || scope.listed(head, list::PREPOSITIONAL)
            && scope.is_any(head.wrapping_sub(1), &[words::ON, words::IN, words::BY])
        || moves
        || scope.listed(head, list::MANNER_OF) && !named_rate
    {
        return None;
    }
    phrase::phrase_before(scope, of)
}

/// "a pay rise of 5 percent", "Exports saw an increase of 4 percent": the rising noun precedes the noun of change, or is the subject.
pub(crate) fn changed_before(scope: &Scope<'_>, item: &Item, head: usize) -> Option<Span> {
    // "a rise of 4 percent in rents"
    let after = item.end + 1;
    if scope.is(item.end, words::IN)
        && scope.is_lower_word(after)
        && !scope.has(after, role::RELATIVE | role::MONTH)
        && !(0..3)
            .any(|ahead| scope.listed(after + ahead, list::MANNER_IN) || scope.has(after + ahead, role::SPAN))
        && let Some(span) = phrase::noun_phrase(scope, after)
    {
        return Some(span);
    }
    let before = head.wrapping_sub(1);
    if scope.is_lower_word(before)
        && !scope.has(before, role::FUNCTION | role::ADVERB | role::VERB | role::BREAK)
        && !scope.text(before).ends_with("ed")
        && !scope.listed(before, list::DETERMINER | list::PLAIN_RATE)
    {
        let adjective =
            ["al", "ly", "ar", "er", "ic", "st"].iter().any(|end| scope.text(before).ends_with(end));
        return if adjective { None } else { phrase::phrase_before(scope, head) };
    }
    let verb = before.wrapping_sub(1);
    (scope.listed(before, list::DETERMINER) && scope.listed(verb, list::CHANGE_SEEN))
        .then(|| phrase::phrase_before(scope, verb))
        .flatten()
}
