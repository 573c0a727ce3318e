//! Words that multiply: "tripled", "threefold".

use copydesk_core::hash_lowered;

use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;

/// The words, their factor, and whether they are verbs.
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

/// Whether a verb multiplies: "tripled".
pub(crate) fn is_multiple(scope: &Scope<'_>, at: usize) -> bool {
    let hash = scope.hash(at);
    scope.has(at, role::STARTS_ALONE)
        && MULTIPLES.iter().any(|(word, _, verb)| *verb && hash_lowered(word) == hash)
}
