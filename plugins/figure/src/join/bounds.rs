//! Two bounds of one quantity: "more than 30 and less than 50", "at least 5, at most 10", "above thirty but below ninety".

use copydesk_core::hash_lowered;
use copydesk_core::layers::{Bound, FigureKind};

use crate::item::{Content, Counted, Item};
use crate::join::place;
use crate::origin;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, words};

/// Joins neighbours in the list of a sentence's figures, from index `from` on, if one is a lower bound and one an upper.
pub(crate) fn join_bounds(scope: &Scope<'_>, items: &mut Vec<Item>, from: usize) {
    if items.len() < from + 2 {
        return;
    }
    let mut kept = from;
    for at in from + 1..items.len() {
        let (Some(left), Some(right)) = (items.get(kept), items.get(at)) else { break };
        let range = both_bounds(scope, left, right);
        kept += usize::from(range.is_none());
        place(items, kept, range, at);
    }
    items.truncate(kept + 1);
}

fn both_bounds(scope: &Scope<'_>, left: &Item, right: &Item) -> Option<Item> {
    let (Content::Number(a), Content::Number(b)) = (left.content, right.content) else { return None };
    let near = right.first > left.end && right.first - left.end <= 9;
    let apart = left.counted != right.counted && !left.is_bare() || left.per.is_some();
    let odd = |item: &Item| {
        item.is_time() || matches!(item.kind, FigureKind::Ordinal | FigureKind::Other) || item.scale < 0
    };
    if !near || apart || odd(left) || odd(right) || a == b {
        return None;
    }
    let (Some(first), _) = bound_of(scope, left) else { return None };
    let (Some(second), lead) = bound_of(scope, right) else { return None };
    const JOINTS: [u64; 6] =
        [words::AND, words::BUT, words::COMMA, words::IS, words::ARE, hash_lowered("yet")];
    // "x ≥ 5 and x ≤ 8"
    let variable = |at: usize| scope.is_word(at) && scope.text(at).len() == 1 && !scope.is(at, words::A);
    let joins = |at: usize| scope.is_any(at, &JOINTS) || variable(at);
    let joint = left.end..lead;
    if joint.is_empty() || joint.len() > 3 || !joint.into_iter().all(joins) {
        return None;
    }
    let least = |bound| matches!(bound, Bound::MoreThan | Bound::AtLeast);
    let most = |bound| matches!(bound, Bound::LessThan | Bound::AtMost);
    let rising = least(first) && most(second) && a < b;
    let falling = most(first) && least(second) && b < a;
    if !(rising || falling) {
        return None;
    }
    // "3 to 5 million": the scale after the second number applies to a first that has none.
    let a = if rising && left.is_bare() && left.scale == 0 && right.scale > 0 {
        a.scale(right.scale).filter(|scaled| *scaled < b).unwrap_or(a)
    } else {
        a
    };
    let content = if rising { Content::Range(a, b) } else { Content::Range(b, a) };
    let span = scope.span(left.first, right.end);
    Some(Item { first: left.first, span, content, origin: origin::TWO_BOUNDS, ..*right })
}

/// The bound that the words before or after a figure set, and the index where those before begin.
pub(crate) fn bound_of(scope: &Scope<'_>, item: &Item) -> (Option<Bound>, usize) {
    let first = item.first;
    if scope.has(first.wrapping_sub(1), role::BOUND)
        && let Some((bound, from)) = scope.longest_before(first, |phrase| scope.vocabulary.bound(phrase))
    {
        // "over three years" is a duration, not a bound.
        let over = from + 1 == first
            && scope.is_any(from, &[words::OVER, words::AROUND])
            && (item.kind == FigureKind::Duration
                || matches!(item.counted, Counted::Noun(noun) if scope.has(noun, role::SPAN)));
        // "shot up to 48 percent" indicates a rise, not a bound.
        let moved =
            from + 2 == first && scope.is(from, words::UP) && bounded::moves(scope, from.wrapping_sub(1));
        // "=>30" is an arrow.
        let arrow = scope.text(from).starts_with('>') && scope.is(from.wrapping_sub(1), hash_lowered("="));
        // "passed three laws": a number with a noun is not a level.
        let passed = matches!(scope.text(from), "passes" | "passed" | "pass")
            && (matches!(item.counted, Counted::Noun(_)) || item.kind == FigureKind::Duration);
        if !over && !moved && !passed && !arrow && !item.is_time() {
            return (Some(bound), from);
        }
    }
    let noun = match item.counted {
        Counted::Noun(noun) => noun + 1,
        _ => item.end,
    };
    // "40 or more kilograms": the bound is inside the figure.
    let inside = item.first + 1..item.end.min(item.first + 6);
    let after = inside.chain([item.end, noun]).filter(|at| scope.has(*at, role::BOUND)).find_map(|at| {
        scope
            .longest(at, |phrase| scope.vocabulary.bound_after(phrase))
            .filter(|(_, end)| !scope.is(*end, words::THAN))
            .map(|(bound, _)| bound)
    });
    // "a couple of hundred farmers"
    let loose = item.scale > 1
        && (first..item.end).any(|at| scope.is(at, words::COUPLE))
        && (first..item.end).any(|at| scope.has(at, role::SCALE) || scope.is(at, words::DOZEN));
    let after = after.or(loose.then_some(Bound::About));
    (after.filter(|_| !item.is_time()), first)
}
