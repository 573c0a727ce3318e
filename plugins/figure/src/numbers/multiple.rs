//! Multiples given by one word: "tripled", "threefold", "halved".

use copydesk_core::layers::{Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::numbers::fraction;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// The words, by how many times, and whether they are verbs.
pub(crate) const MULTIPLES: [(&str, i64, bool); 26] = [
    ("doubled", 20, true),
    ("doubling", 20, true),
    ("tripled", 30, true),
    ("tripling", 30, true),
    ("trebled", 30, true),
    ("trebling", 30, true),
    ("quadrupled", 40, true),
    ("quadrupling", 40, true),
    ("quintupled", 50, true),
    ("halved", 5, true),
    ("halving", 5, true),
    ("twice", 20, false),
    ("double", 20, false),
    ("triple", 30, false),
    ("thrice", 30, false),
    ("twofold", 20, false),
    ("threefold", 30, false),
    ("fourfold", 40, false),
    ("fivefold", 50, false),
    ("sixfold", 60, false),
    ("sevenfold", 70, false),
    ("eightfold", 80, false),
    ("tenfold", 100, false),
    ("twentyfold", 200, false),
    ("hundredfold", 1000, false),
    ("thousandfold", 10_000, false),
];

/// What "twice" precedes where it multiplies, and indicates no two occasions.
const COMPARED: [u64; 6] = [
    hash_lowered("the"),
    hash_lowered("that"),
    hash_lowered("its"),
    hash_lowered("their"),
    hash_lowered("what"),
    hash_lowered("his"),
];

/// Whether a verb multiplies: "tripled".
pub(crate) fn is_multiple(scope: &Scope<'_>, at: usize) -> bool {
    let hash = scope.hash(at);
    scope.has(at, role::STARTS_ALONE)
        && MULTIPLES.iter().any(|(word, _, verb)| *verb && hash_lowered(word) == hash)
}

/// "twice the price", "twice as many": no two occasions.
fn multiplies(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_any(at + 1, &COMPARED)
        || scope.is(at + 1, hash_lowered("as"))
            && scope.is_lower_word(at + 2)
            && !scope.has(at + 2, role::REPORT)
}

/// A multiple that is at a token.
pub(crate) fn multiple(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let hash = scope.hash(at);
    let (word, tenths, verb) = MULTIPLES.iter().find(|(word, ..)| hash_lowered(word) == hash)?;
    // "doubled down", "the reasons are twofold".
    if *verb && scope.is(at + 1, words::DOWN)
        || !verb && fraction::is_end(scope, at + 1) && scope.is(at.wrapping_sub(1), words::ARE)
        || matches!(*word, "twice" | "thrice") && !multiplies(scope, at)
        // "will double its output" is a verb, "a double room" none of both.
        || matches!(*word, "double" | "triple")
            && !(scope.is_any(at.wrapping_sub(1), &[words::IS, words::ARE, hash_lowered("was"), hash_lowered("were"), hash_lowered("almost"), hash_lowered("nearly"), hash_lowered("than")])
                && multiplies(scope, at))
    {
        return None;
    }
    let content = Content::Number(Decimal::new(*tenths, -1)?);
    let mut item = Item::new(at, at + 1, scope.span(at, at + 1), FigureKind::Ratio, content, "multiple");
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
