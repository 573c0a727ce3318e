//! Multiples given by one word: "tripled", "threefold", "halved".

use copydesk_core::layers::{Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::origin;
use crate::sentence::multiples::MULTIPLES;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// Words after "twice" that show that it multiplies and does not mean two occasions.
const COMPARED: [u64; 6] = [
    hash_lowered("the"),
    hash_lowered("that"),
    hash_lowered("its"),
    hash_lowered("their"),
    hash_lowered("what"),
    hash_lowered("his"),
];

/// A multiple that is at a token.
pub(crate) fn multiple(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let hash = scope.hash(at);
    let (word, tenths, verb) = MULTIPLES.iter().find(|(word, ..)| hash_lowered(word) == hash)?;
    // "doubled down", "the reasons are twofold".
    if *verb && scope.is(at + 1, words::DOWN)
        || !verb && marks::is_end(scope, at + 1) && scope.is(at.wrapping_sub(1), words::ARE)
        || matches!(*word, "twice" | "thrice") && !multiplies(scope, at)
        // "will double its output" is a verb, "a double room" neither.
        || matches!(*word, "double" | "triple")
            && !(scope.is_any(at.wrapping_sub(1), &[words::IS, words::ARE, hash_lowered("was"), hash_lowered("were"), hash_lowered("almost"), hash_lowered("nearly"), hash_lowered("than")])
                && multiplies(scope, at))
    {
        return None;
    }
    let content = Content::Number(Decimal::new(*tenths, -1)?);
    let mut item =
        Item::new(at, at + 1, scope.span(at, at + 1), FigureKind::Ratio, content, origin::MULTIPLE);
    let down = word.starts_with("halv");
    item.direction = if *verb {
        Some(if down { Direction::Down } else { Direction::Up })
    } else {
        // "increased nearly fivefold", "a twofold increase"
        let mover = |at: usize| scope.has(at, role::UP) != scope.has(at, role::DOWN);
        [at.wrapping_sub(1), at.wrapping_sub(2), at + 1]
            .into_iter()
            .find(|at| mover(*at))
            .map(|at| if scope.has(at, role::UP) { Direction::Up } else { Direction::Down })
    };
    Some(item)
}

/// "twice the price", "twice as many": not two occasions.
pub(crate) fn multiplies(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_any(at + 1, &COMPARED)
        || scope.is(at + 1, hash_lowered("as"))
            && scope.is_lower_word(at + 2)
            && !scope.has(at + 2, role::REPORT)
}
