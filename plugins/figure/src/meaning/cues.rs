//! What the words around a figure say of it: bounds, and the verbs that move something.

use copydesk_core::hash_lowered;
use copydesk_core::layers::{Bound, Direction, FigureKind};

use crate::item::{Counted, Item};
use crate::lists::list;
use crate::meaning::verbs;
use crate::numbers::multiple;
use crate::phrase;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// The bound that the words before or after a figure set, and where those before begin.
pub(crate) fn bound_of(scope: &Scope<'_>, item: &Item) -> (Option<Bound>, usize) {
    let first = item.first;
    if scope.has(first.wrapping_sub(1), role::BOUND)
        && let Some((bound, from)) = scope.longest_before(first, |phrase| scope.vocabulary.bound(phrase))
    {
        // "over three years" is how long, not how much.
        let over = from + 1 == first
            && scope.is_any(from, &[words::OVER, words::AROUND])
            && (item.kind == FigureKind::Duration
                || matches!(item.counted, Counted::Noun(noun) if scope.has(noun, role::SPAN)));
        // "shot up to 48 percent" indicates a rise, not a bound.
        let moved = from + 2 == first && scope.is(from, words::UP) && moves(scope, from.wrapping_sub(1));
        // "=>30" is an arrow.
        let arrow = scope.text(from).starts_with('>') && scope.is(from.wrapping_sub(1), hash_lowered("="));
        // "passed three laws": what has a noun is no level.
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
    // "40 or more kilograms": inside the figure.
    let inside = item.first + 1..item.end.min(item.first + 6);
    let behind = inside.chain([item.end, noun]).filter(|at| scope.has(*at, role::BOUND)).find_map(|at| {
        scope
            .longest(at, |phrase| scope.vocabulary.bound_behind(phrase))
            .filter(|(_, end)| !scope.is(*end, words::THAN))
            .map(|(bound, _)| bound)
    });
    // "a couple of hundred farmers"
    let loose = item.scale > 1
        && (first..item.end).any(|at| scope.is(at, words::COUPLE))
        && (first..item.end).any(|at| scope.has(at, role::SCALE) || scope.is(at, words::DOZEN));
    let behind = behind.or(loose.then_some(Bound::About));
    (behind.filter(|_| !item.is_time()), first)
}

/// Where the bound after a number ends: "or more", "+"; the place itself without one.
pub(crate) fn behind_bound(scope: &Scope<'_>, at: usize) -> usize {
    if !scope.has(at, role::BOUND) {
        return at;
    }
    scope
        .longest(at, |phrase| scope.vocabulary.bound_behind(phrase))
        .filter(|(_, end)| !scope.is(*end, words::THAN))
        .map_or(at, |(_, end)| end)
}

/// The direction of a verb of change shortly before a "from" or "to".
pub(crate) fn mover_before(scope: &Scope<'_>, at: usize) -> Option<Direction> {
    // "cut its growth forecast to": the verb moves the noun that indicates another way.
    let object = (1..11)
        .map(|back| at.wrapping_sub(back))
        // "cut its growth forecast for 2023 to"
        .take_while(|at| {
            (scope.is_word(*at) || phrase::is_digits(scope, *at)) && !scope.has(*at, role::BREAK)
        })
        .find(|at| verbs::moves_object(scope, *at))
        .filter(|at| scope.is_lower_word(*at) && !scope.listed(at.wrapping_sub(1), list::DETERMINER));
    if let Some(verb) = object {
        return scope.entry(verb).way();
    }
    (1..11).map(|back| at.wrapping_sub(back)).enumerate().find_map(|(back, at)| {
        let entry = scope.entry(at);
        if multiple::is_multiple(scope, at) {
            return Some(if scope.text(at).starts_with("halv") { Direction::Down } else { Direction::Up });
        }
        // "cut its stake in the miner to 4.9%"
        if back >= 5 && !verbs::moves_object(scope, at) {
            return None;
        }
        entry.way()
    })
}

/// Whether a word is a verb of change or motion.
fn moves(scope: &Scope<'_>, at: usize) -> bool {
    scope.has(at, role::UP | role::DOWN) && scope.has(at, role::VERB) || scope.listed(at, list::MOTION)
}
