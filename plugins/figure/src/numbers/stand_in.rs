//! Small number words that stand for people or things without naming them: "killing six", "Two were arrested", "There are three in the
//! ward", and zero as a level.

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

const ZERO: u64 = hash_lowered("zero");

impl Scope<'_> {
    /// Whether a small number word without a noun is a count all the same, and no pronoun.
    pub(crate) fn stands_in(&self, item: &Item, one: bool) -> bool {
        let (previous, end) = (item.first.wrapping_sub(1), item.end);
        if self.is(item.first, ZERO) {
            return self.is_zero_level(previous, end);
        }
        let harmed = self.listed(end, list::HARMED);
        // "killing six and injuring 12", "wounded five"
        let victims = self.listed(previous, list::HARMING)
            && self.is_lower_word(previous)
            && (self.is_end(end)
                || !self.is_word(end)
                || self.has(end, role::FUNCTION | role::BREAK)
                || harmed);
        // "leaving four dead and two missing"
        let left =
            harmed && (self.is_end(end + 1) || !self.is_word(end + 1) || self.has(end + 1, role::FUNCTION));
        if victims || left && !self.listed(previous, list::DETERMINER) {
            return true;
        }
        let verb = self.is_any(end, &[hash_lowered("was"), hash_lowered("were")]);
        // "Five were arrested", ", three have died"; "one" is a pronoun unless it suffered.
        let opens = previous.wrapping_add(1) == self.start
            || self.is_any(
                previous,
                &[words::COMMA, words::SEMICOLON, words::COLON, words::AND, words::BUT, words::WHILE],
            );
        if opens && (verb && self.listed(end + 1, list::HARMED) || !one && self.listed(end, list::HAPPENED)) {
            return true;
        }
        // "There are three in the ward."
        let there = self.is(previous.wrapping_sub(1), hash_lowered("there"))
            && self.is_any(previous, &[words::ARE, hash_lowered("were")]);
        there && !one && !self.is(end, words::HYPHEN)
    }

    /// "fell to zero", "near zero", "Zero is".
    fn is_zero_level(&self, previous: usize, end: usize) -> bool {
        const BEFORE: [u64; 7] = [
            words::TO,
            words::AT,
            words::FROM,
            words::OF,
            hash_lowered("near"),
            hash_lowered("above"),
            hash_lowered("below"),
        ];
        let closed = self.is_end(end)
            || !self.is_word(end) && !self.is(end, words::HYPHEN)
            || self.has(end, role::FUNCTION | role::BREAK) && !self.is(end, words::TO);
        let opens = previous.wrapping_add(1) == self.start && self.has(end, role::VERB);
        BEFORE.contains(&self.hash(previous)) && closed || opens
    }
}
