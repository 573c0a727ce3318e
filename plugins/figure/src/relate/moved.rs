//! Directions of percentages that are farther from their verb: "rose a modest 4%", "grew at an annual rate of 4%", "raised fees 4%",
//! "were off 4%".

use copydesk_core::hash_lowered;
use copydesk_core::layers::{Direction, FigureKind};

use crate::item::Item;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{verbs, words};

/// The direction that a verb farther before it gives a percentage. `before` is the token where the figure begins, bound included.
pub(crate) fn moved_otherwise(scope: &Scope<'_>, item: &Item, before: usize) -> Option<Direction> {
    if item.kind != FigureKind::Percent {
        return None;
    }
    let at = before.wrapping_sub(1);
    // "Sales were off 4%"
    if scope.is(at, hash_lowered("off")) && scope.has(at.wrapping_sub(1), role::VERB) {
        return Some(Direction::Down);
    }
    // "gave up 0.3%"
    let gave = ["gave", "give", "gives", "giving", "given"];
    if scope.is(at, words::UP) && gave.contains(&scope.text(at.wrapping_sub(1))) {
        return Some(Direction::Down);
    }
    if scope.is(at, words::OF) {
        return moved_at_pace(scope, at.wrapping_sub(1));
    }
    moved_with_adjective(scope, item, at).or_else(|| moved_over_noun(scope, at))
}

/// "grew at an annual rate of 4%"; `head` is the rate.
fn moved_at_pace(scope: &Scope<'_>, head: usize) -> Option<Direction> {
    if !matches!(scope.text(head), "rate" | "pace" | "clip") {
        return None;
    }
    let at = (1..5).map(|back| head.wrapping_sub(back)).find(|at| scope.is(*at, words::AT))?;
    scope.entry(at.wrapping_sub(1)).way()
}

/// "rose a modest 4%", "fell a seasonally adjusted 4 percent": the next word is not a noun that the figure belongs to.
fn moved_with_adjective(scope: &Scope<'_>, item: &Item, at: usize) -> Option<Direction> {
    // "expanded at an annualised 2.4% pace"
    let pace = matches!(scope.text(item.end), "pace" | "rate" | "clip");
    let noun = scope.is_lower_word(item.end)
        && !pace
        && !scope.has(item.end, role::FUNCTION | role::BREAK | role::RELATIVE | role::VERB);
    if noun || !scope.is_lower_word(at) {
        return None;
    }
    let article = (1..4)
        .map(|back| at.wrapping_sub(back))
        .take_while(|at| scope.is_lower_word(*at))
        .find(|at| scope.is_any(*at, &[words::A, words::AN]))?;
    let plain = (article + 1..=at)
        .all(|at| !scope.has(at, role::UP | role::DOWN | role::VERB | role::FUNCTION | role::BREAK));
    let verb = article.wrapping_sub(1);
    // "by a modest 4%"
    let verb = verb.wrapping_sub(usize::from(scope.is(verb, words::BY) || pace && scope.is(verb, words::AT)));
    if plain { scope.entry(verb).way() } else { None }
}

/// "raised fees 4%", "cut its prices 4 percent".
pub(crate) fn moved_over_noun(scope: &Scope<'_>, at: usize) -> Option<Direction> {
    if !scope.is_lower_word(at) || scope.has(at, role::FUNCTION | role::VERB | role::UP | role::DOWN) {
        return None;
    }
    let verb = (1..5)
        .map(|back| at.wrapping_sub(back))
        .take_while(|at| {
            scope.is_word(*at) && (!scope.has(*at, role::FUNCTION) || scope.listed(*at, list::DETERMINER))
        })
        .find(|at| verbs::moves_object(scope, *at))?;
    scope.entry(verb).way()
}
