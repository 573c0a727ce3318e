//! Adverbs of frequency: "weekly", "annually".

use crate::sentence::keys::phrase_hash;
use crate::sentence::scope::Scope;
use crate::sentence::units::Unit;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// Adverbs of frequency with their units of time.
pub(crate) const FREQUENCIES: [(&str, &str); 8] = [
    ("hourly", "hour"),
    ("daily", "day"),
    ("nightly", "day"),
    ("weekly", "week"),
    ("monthly", "month"),
    ("quarterly", "quarters"),
    ("yearly", "year"),
    ("annually", "year"),
];

/// The unit of time of an adverb of frequency: "daily".
pub(crate) fn frequency(scope: &Scope<'_>, at: usize) -> Option<Unit> {
    let (_, unit) = FREQUENCIES.iter().find(|(word, _)| scope.text(at) == *word)?;
    scope.vocabulary.unit(phrase_hash(unit), 0, false)
}

/// An adverb of frequency that ends its phrase, so that it is not an adjective: "paid monthly", "4,000 tonnes daily".
pub(crate) fn frequency_after(scope: &Scope<'_>, at: usize) -> Option<Unit> {
    if !scope.has(at, role::STARTS_ALONE) || scope.is(at + 1, words::HYPHEN) {
        return None;
    }
    let closed = !scope.is_word(at + 1)
        || scope.has(at + 1, role::FUNCTION | role::BREAK) && scope.is_lower_word(at + 1);
    closed.then(|| frequency(scope, at)).flatten()
}
