//! What the words around a figure say about it: bounds, and verbs of change.

use copydesk_core::layers::Direction;

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, multiples, verbs};

/// The direction of a verb of change shortly before a "from" or "to".
pub(crate) fn mover_before(scope: &Scope<'_>, at: usize) -> Option<Direction> {
    // "cut its growth forecast to": the verb decides, not a noun with another direction.
    let object = (1..11)
        .map(|back| at.wrapping_sub(back))
        // "cut its growth forecast for 2023 to"
        .take_while(|at| (scope.is_word(*at) || marks::is_digits(scope, *at)) && !scope.has(*at, role::BREAK))
        .find(|at| verbs::moves_object(scope, *at))
        .filter(|at| scope.is_lower_word(*at) && !scope.listed(at.wrapping_sub(1), list::DETERMINER));
    if let Some(verb) = object {
        return scope.entry(verb).way();
    }
    (1..11).map(|back| at.wrapping_sub(back)).enumerate().find_map(|(back, at)| {
        let entry = scope.entry(at);
        if multiples::is_multiple(scope, at) {
            return Some(if scope.text(at).starts_with("halv") { Direction::Down } else { Direction::Up });
        }
        // "cut its stake in the miner to 4.9%"
        if back >= 5 && !verbs::moves_object(scope, at) {
            return None;
        }
        entry.way()
    })
}
