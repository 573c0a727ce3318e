//! Whether a sentence puts a date into the past or the future.

use copydesk_core::hash_lowered;

use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// Whether the words around a date put it into the future; news is about the past unless it says otherwise.
    pub(crate) fn is_future(&self, at: usize) -> bool {
        const REACH: usize = 40;
        /// Tokens between a verb in the present tense and the day that it is fixed for, at most.
        const APPOINTMENT: usize = 7;
        // "as early as December", "as soon as Friday"
        let early = [hash_lowered("early"), hash_lowered("soon")];
        if self.is(at.wrapping_sub(1), hash_lowered("as")) && self.is_any(at.wrapping_sub(2), &early) {
            return true;
        }
        // "said Tuesday that it will": the verb that is nearer before it decides.
        for back in 1..=REACH {
            let before = at.wrapping_sub(back);
            if self.token(before).is_none() {
                break;
            }
            let infinitive =
                self.is(before, words::TO) && self.is_any(before.wrapping_sub(1), &[words::IS, words::ARE]);
            if self.has(before, role::FUTURE) || infinitive {
                return true;
            }
            // "The lease expires on December 31": the present tense of what is fixed for a day.
            if back <= APPOINTMENT && self.tells_appointment(before, at) {
                return true;
            }
            if self.is_past_verb(before) {
                return false;
            }
        }
        for ahead in 1..=REACH {
            if self.token(at + ahead).is_none()
                || self.has(at + ahead, role::REPORT)
                || self.is_past_verb(at + ahead)
            {
                return false;
            }
            if self.has(at + ahead, role::FUTURE) {
                return true;
            }
        }
        false
    }

    /// Whether a verb in the present tense says what is fixed for the date at a later token, of its own clause.
    fn tells_appointment(&self, verb: usize, date: usize) -> bool {
        self.is_lower_word(verb)
            && self.listed(verb, list::APPOINTED)
            && !self.listed(verb.wrapping_sub(1), list::DETERMINER)
            && !self.is_any(
                verb.wrapping_sub(1),
                &[words::TO, words::OF, words::IN, words::AT, hash_lowered("did"), hash_lowered("not")],
            )
            && !(verb + 1..date).any(|at| {
                // "The ferry runs weekly in May": a habit.
                self.frequency(at).is_some()
                    || self.has(at, role::REPORT | role::BREAK | role::VERB | role::UP | role::DOWN)
                    || self.is_past_verb(at)
                    || self.is_any(at, &[words::COMMA, words::SINCE, words::OF])
            })
    }

    pub(crate) fn is_past_verb(&self, at: usize) -> bool {
        // "is to be held"
        if self.is(at.wrapping_sub(1), hash_lowered("be")) {
            return false;
        }
        self.has(at, role::REPORT)
            || self.is_lower_word(at)
                && self.text(at).len() > 4
                && self.text(at).ends_with("ed")
                && !self.has(at.wrapping_sub(1), role::FUTURE)
                && !self.is_any(at.wrapping_sub(1), &[words::THE, words::A, words::AN])
    }
}
