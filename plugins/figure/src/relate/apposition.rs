//! What is measured if no verb of its clause shows it: "a painting valued at $3 million", "Inflation, now at 8.4 percent, is", "the
//! $96 million budget", "Housing starts: up 3 percent".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Span, hash_lowered};

use crate::item::{Counted, Item};
use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::Measures;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, phrase, words};

/// The word before a figure, and before any bound or hedge.
fn before_bound(scope: &Scope<'_>, item: &Item) -> usize {
    let mut at = item.first.wrapping_sub(1);
    for _ in 0..4 {
        let hedge = scope.has(at, role::BOUND) && !scope.is_any(at, &[words::OVER, words::AT, words::OF])
            || scope.has(at, role::ADVERB)
                && !scope.has(at, role::UP | role::DOWN)
                && !scope.is_any(at, &[words::BY, words::TO, words::A, words::AN]);
        if !hedge {
            break;
        }
        at = at.wrapping_sub(1);
    }
    at
}

/// "the $96 million budget", "a 310-metre tower", "its 15 percent tariff": the noun that the figure precedes.
pub(crate) fn measured_as_attribute(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    if !matches!(item.kind, FigureKind::Money | FigureKind::Percent | FigureKind::Quantity)
        || matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age)
    {
        return None;
    }
    let before = before_bound(scope, item);
    let joined = (item.first..item.end).any(|at| scope.is(at, words::HYPHEN));
    let adjective = scope.is_lower_word(before)
        && !scope.has(before, role::FUNCTION | role::VERB | role::UP | role::DOWN)
        && scope.listed(before.wrapping_sub(1), list::DETERMINER);
    let determined = scope.listed(before, list::DETERMINER) || scope.is(before, words::S) || adjective;
    let first = item.end + usize::from(scope.is(item.end, words::HYPHEN) && scope.glued(item.end));
    if first > item.end {
        return None;
    }
    let mut end = first;
    // "the €30 million Green Harbour target"
    while end < first + 4 && (scope.is_lower_word(end) || scope.is_capitalized(end) && scope.is_word(end)) {
        let joint = scope.is(end + 1, words::HYPHEN) && scope.glued(end + 1);
        let stops = scope
            .has(end, role::FUNCTION | role::RELATIVE | role::MONTH | role::BREAK | role::SPAN)
            || scope.has(end, role::VERB | role::REPORT) && !scope.has(end, role::UP | role::DOWN)
            || scope.listed(end, list::THAT_CLAUSE | list::NO_SUBJECT)
            || scope.is(end, words::WORTH)
            || scope.text(end).ends_with("er") && scope.is(end + 1, words::THAN)
            // "a $4 billion tramway leading from"
            || end > first && scope.text(end).ends_with("ing") && scope.has(end + 1, role::FUNCTION)
            || end > first && (scope.text(end).ends_with("ed") || scope.listed(end, list::FINITE))
            || joint;
        if stops {
            break;
        }
        end += 1;
    }
    // "the $9 million requested"
    if end == first + 1 && scope.text(first).ends_with("ed") {
        return None;
    }
    // "the 8 percent Norland sold": a name alone is the subject of a clause.
    let torn = end > first && scope.is_capitalized(end - 1) && scope.is(end + 1, words::HYPHEN);
    if end > first && scope.is_capitalized(end - 1) && !joined || torn {
        return None;
    }
    // "a 5 percent pay rise": the pay rises.
    while end > first && scope.has(end - 1, role::UP | role::DOWN) {
        end -= 1;
    }
    // "the 4 million residents", "a 5 metre long".
    let adjective = end == first + 1
        && (scope.text(first).ends_with("ly")
            || matches!(
                scope.text(first),
                "long"
                    | "tall"
                    | "high"
                    | "wide"
                    | "deep"
                    | "thick"
                    | "short"
                    | "old"
                    | "strong"
                    | "worth"
                    | "majority"
                    | "minority"
            ));
    // "the $4 billion analysts had expected"
    if scope.listed(first, list::EXPECTING) {
        return None;
    }
    // "at a 4% annual rate"
    let pace = end > first && matches!(scope.text(end - 1), "rate" | "pace" | "clip");
    if pace && (1..=2).any(|back| scope.is(before.wrapping_sub(back), words::AT)) {
        return None;
    }
    let plain =
        end > first && scope.listed(end - 1, list::ATTRIBUTE_NOUN) && !scope.text(first).ends_with("ed");
    let fits = (determined || plain) && item.per.is_none() || joined;
    (end > first && fits && !adjective).then(|| scope.span(first, end))
}

/// "a painting valued at $3 million", "The bridge, which cost $14 million, opened", "Inflation, now at 8 percent": the words before
/// those that lead to the figure.
pub(crate) fn measured_by_apposition(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let mut at = item.first.wrapping_sub(1);
    let (mut leads, mut relative, mut level, mut way) = (false, false, false, false);
    let (mut infinitive, mut future) = (false, false);
    for _ in 0..6 {
        // "cost the port an estimated $18 million": only a hedge.
        let hedge = scope.is_any(at.wrapping_sub(1), &[words::A, words::AN]);
        if scope.listed(at, list::WORTH) && !hedge {
            leads = true;
        } else if scope.is_any(at, &[words::WHICH, words::THAT]) {
            relative = true;
            at = at.wrapping_sub(1);
            break;
        } else if scope.is_any(at, &[words::UP, words::DOWN]) {
            way = true;
        } else if scope.is(at, words::AT) {
            level = true;
        } else if scope.is(at, words::OF)
            || !(scope.has(at, role::BOUND | role::ADVERB | role::FUTURE)
                || scope.is_any(
                    at,
                    &[
                        words::TO,
                        words::NOW,
                        words::AN,
                        hash_lowered("currently"),
                        hash_lowered("already"),
                        hash_lowered("once"),
                        hash_lowered("still"),
                    ],
                )
                || scope.has(at, role::VERB) && scope.is_lower_word(at))
        {
            break;
        }
        infinitive |= scope.is(at, words::TO);
        future |= scope.has(at, role::FUTURE);
        at = at.wrapping_sub(1);
    }
    let comma = scope.is(at, words::COMMA);
    let verb =
        (at.wrapping_add(1)..item.first).any(|at| scope.is_lower_word(at) && scope.has(at, role::VERB));
    let fits = leads && !verb
        || comma && relative && verb
        // ", expected to cost"
        || comma && infinitive && future
        || comma && way && !verb
        || comma && level && !verb && (scope.is(item.end, words::COMMA) || marks::is_end(scope, item.end));
    if !fits {
        return None;
    }
    let end = if comma { at } else { at.wrapping_add(1) };
    // "is worth", "and worth".
    let head = end.wrapping_sub(1);
    const NO_HEAD: u32 = role::FUNCTION
        | role::VERB
        | role::RELATIVE
        | role::MONTH
        | role::SCALE
        | role::CARDINAL
        | role::UNIT
        | role::SPAN;
    if !scope.is_word(head) || scope.has(head, NO_HEAD) || matches!(scope.text(head), "well" | "poorly") {
        return None;
    }
    phrase::phrase_before(scope, end)
}

/// "Revenue was $4.1 billion and net income $310 million": a second measure, whose verb is left out. `left` is the figure before.
pub(crate) fn measured_in_gap(scope: &Scope<'_>, left: &Item, item: &Item) -> Option<Span> {
    let gap = left.end..item.first;
    let mut first = gap.start;
    while first < gap.end && scope.is_any(first, &[words::AND, words::COMMA, words::SEMICOLON, words::WHILE])
    {
        first += 1;
    }
    if left.kind != item.kind || first == gap.start || first >= gap.end || gap.end - first > 5 {
        return None;
    }
    const NO_NOUN: u32 = role::VERB
        | role::REPORT
        | role::UP
        | role::DOWN
        | role::BOUND
        | role::RELATIVE
        | role::MONTH
        | role::FUTURE;
    let noun = |at: usize| {
        scope.is_word(at)
            && !scope.has(at, NO_NOUN)
            && !scope
                .listed(at, list::FINITE | list::PAST | list::THAT_CLAUSE | list::NO_SUBJECT | list::DOES)
            && !scope.text(at).ends_with("ed")
            && !scope.text(at).ends_with("ing")
            && (!scope.has(at, role::FUNCTION | role::ADVERB)
                || at == first && scope.listed(at, list::DETERMINER))
    };
    // "and the Ministry admits 190"
    let last = gap.end - 1;
    let verb = plural(scope.text(last)) && last > first && scope.is_capitalized(last - 1);
    let named = !scope.has(last, role::FUNCTION) && !verb;
    (named && (first..gap.end).all(noun)).then(|| scope.span(first, gap.end))
}

/// "Oil at $81 a barrel.", "Housing starts: up 3.4 percent.": a line without a verb.
pub(crate) fn measured_in_line(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let mut end = before_bound(scope, item);
    if scope.is_any(end, &[words::UP, words::DOWN, words::AT]) {
        end = end.wrapping_sub(usize::from(scope.is(end.wrapping_sub(1), words::COLON)));
    } else if !scope.is(end, words::COLON) {
        return None;
    }
    const NO_NOUN: u32 = role::FUNCTION | role::REPORT | role::RELATIVE | role::MONTH | role::VERB;
    let noun = |at: usize| {
        scope.is_word(at)
            && !scope.has(at, NO_NOUN)
            && !(scope.is_lower_word(at) && scope.text(at).ends_with("ed"))
    };
    let phrase = end > scope.start && end < scope.start + 6 && (scope.start..end).all(noun);
    phrase.then(|| scope.span(scope.start, end))
}

/// "Some $14 million was spent on the new bridge", "allocated $41 million for schools": what the money was for.
pub(crate) fn measured_as_purpose(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    if item.kind != FigureKind::Money {
        return None;
    }
    let before = before_bound(scope, item);
    let aside = usize::from(scope.is(before, hash_lowered("aside")));
    if scope.listed(before.wrapping_sub(aside), list::SPENDING) && scope.is(item.end, words::FOR) {
        return phrase::noun_phrase(scope, item.end + 1);
    }
    let verb = (item.end..item.end + 5).find(|at| scope.listed(*at, list::SPENDING))?;
    let passive = verb > item.end
        && (item.end..verb)
            .all(|at| scope.has(at, role::VERB | role::FUNCTION | role::FUTURE | role::ADVERB));
    let aside = verb + usize::from(scope.is(verb + 1, hash_lowered("aside")));
    let leads = scope.is_any(aside + 1, &[words::ON, words::FOR, words::IN, words::TO]);
    if !(passive && leads) {
        return None;
    }
    let stand_in = Item { end: aside + 1, ..*item };
    phrase::noun_phrase(scope, stand_in.end + 1)
}
