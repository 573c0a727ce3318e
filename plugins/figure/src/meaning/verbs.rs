//! Which words are verbs that lead from what is measured to a figure, and which indicate a deed and no level.

use copydesk_core::segment::token_flag;
use copydesk_core::{TokenKind, hash_lowered};

use crate::lists::list;
use crate::numbers::noun::plural;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// What begins a clause that describes the noun before it.
pub(crate) const RELATIVES: [u64; 3] = [words::THAT, words::WHICH, hash_lowered("who")];

impl Scope<'_> {
    /// A verb that leads from what is measured to the figure.
    pub(crate) fn is_verb(&self, at: usize) -> bool {
        self.is_lower_word(at)
            && (self.has(at, role::VERB) && !self.is_verbal_noun(at)
                || self.is_base_form(at)
                || self.is(at + 1, words::FOR)
                    && matches!(self.text(at), "sells" | "sold" | "sell" | "went" | "goes")
                || self.is(at + 1, words::FROM) && matches!(self.text(at), "range" | "ranges" | "ranged")
                // "held steady at 4%", "holds at 4%"
                || matches!(self.text(at), "held" | "holds" | "hold")
                    && (self.is(at + 1, words::AT)
                        || matches!(self.text(at + 1), "steady" | "firm" | "stable" | "unchanged" | "flat"))
                // "The room measures 4m by 5m"
                || matches!(self.text(at), "measures" | "weighs" | "spans") && !self.is_word(at + 1)
                // "Rents average $2,100"
                || self.text(at) == "average"
                    && plural(self.text(at.wrapping_sub(1)))
                    && !self.is_word(at + 1))
    }

    /// "will grow", "could climb", "is expected to double": the base form of a verb of change.
    pub(crate) fn is_base_form(&self, at: usize) -> bool {
        let base = self.has(at, role::UP | role::DOWN) || self.listed(at, list::BASE);
        let adverb = usize::from(self.has(at.wrapping_sub(1), role::ADVERB));
        let modal = at.wrapping_sub(1 + adverb);
        let expected = |at: usize| {
            (1..6)
                .map(|back| at.wrapping_sub(back))
                .any(|at| self.has(at, role::FUTURE | role::REPORT) || self.listed(at, list::TOLD))
        };
        base && (self.has(modal, role::FUTURE)
            || self.listed(modal, list::MODAL)
            || self.is(modal, words::TO) && expected(modal))
    }

    /// "Gold prices slip 1.2%": the present tense of a verb of change, which headlines have.
    pub(crate) fn is_present_change(&self, at: usize) -> bool {
        let noun = at.wrapping_sub(1);
        self.is_lower_word(at)
            && self.has(at, role::UP | role::DOWN)
            && !self.has(at, role::VERB)
            && !self.text(at).ends_with("er")
            && !self.text(at).ends_with("ing")
            && self.is_word(noun)
            && !self.has(noun, role::FUNCTION | role::VERB | role::BREAK)
            && !self.listed(noun, list::DETERMINER)
            && plural(self.text(noun)) != self.text(at).ends_with('s')
    }

    /// "The stock advanced by 0.3%": the past tense of a word of change, shortly before a figure that begins at `bound`.
    pub(crate) fn is_past_change(&self, at: usize, bound: usize) -> bool {
        at < bound
            && bound - at <= 4
            && self.has(at, role::UP | role::DOWN)
            && self.text(at).ends_with("ed")
            && !self.listed(at.wrapping_sub(1), list::DETERMINER)
    }

    /// "Fuel costs have", "the rise was": a word that is a verb elsewhere, before one.
    pub(crate) fn is_verbal_noun(&self, at: usize) -> bool {
        let text = self.text(at);
        // "brought down journey costs by 8 percent"
        if text == "costs" && self.is_any(at + 1, &[words::BY, words::FROM, words::TO]) {
            return true;
        }
        // "forecast a rise of 0.4 percent"
        if self.has(at, role::UP | role::DOWN)
            && self.is_any(at + 1, &[words::OF, words::IN])
            && self.listed(at.wrapping_sub(1), list::DETERMINER)
        {
            return true;
        }
        // "Operating costs, including wages, jumped"
        if text == "costs" && self.is(at + 1, words::COMMA) {
            return true;
        }
        let form = text.ends_with('s') && text.len() > 4
            || matches!(text, "rise" | "fall" | "gain" | "cost" | "increase");
        // "borrowing costs more than doubled"
        let multiplied = (1..4).any(|ahead| self.is_multiple(at + ahead))
            && self.has(at + 1, role::BOUND | role::ADVERB)
            && self.is_lower_word(at + 1);
        if multiplied && form {
            return true;
        }
        let ahead = self.has(at + 1, role::VERB | role::FUTURE)
            || self.is_any(
                at + 1,
                &[words::NOW, hash_lowered("must"), hash_lowered("could"), hash_lowered("may")],
            );
        form && ahead && self.is_lower_word(at + 1)
    }

    /// Whether a verb moves what follows it: "raised", "cut".
    pub(crate) fn moves_object(&self, at: usize) -> bool {
        self.has(at, role::UP | role::DOWN) && (self.listed(at, list::MOVER) || self.is_particle(at))
            // "doubled their wealth to $9 billion"
            || self.is_multiple(at) && self.listed(at + 1, list::DETERMINER)
            // "would increase rates by"
            || matches!(self.text(at), "increase" | "decrease") && self.is_base_form(at)
    }

    /// "nudged up its outlook by", "brought down costs by": "up" or "down" with a verb of its own and an object after.
    pub(crate) fn is_particle(&self, at: usize) -> bool {
        let verb = at.wrapping_sub(1);
        self.is_any(at, &[words::UP, words::DOWN])
            && self.is_lower_word(verb)
            && self.listed(verb, list::MOVES_WITH)
            && (self.listed(at + 1, list::DETERMINER)
                || self.is_lower_word(at + 1)
                    && !self.has(at + 1, role::FUNCTION | role::BOUND | role::ADVERB))
    }

    /// Whether what leads to a figure indicates a deed and no level: "has injected $2 billion", "was fined $300", "had to look at 70".
    pub(crate) fn is_deed(&self, verb: usize, bound: usize) -> bool {
        // "The charges are linked to $90 million"
        let participle = bound.wrapping_sub(1 + usize::from(self.is(bound.wrapping_sub(1), words::TO)));
        let auxiliary = self.text(verb);
        if participle > verb && self.is_lower_word(participle) {
            let done = self.text(participle).ends_with("ed")
                && !self.has(participle, role::VERB | role::UP | role::DOWN | role::ADVERB | role::FLAT)
                && !self.listed(participle, list::WORTH | list::MOVER);
            let took = matches!(
                self.text(participle),
                "taken"
                    | "spent"
                    | "paid"
                    | "sent"
                    | "bought"
                    | "sold"
                    | "given"
                    | "built"
                    | "made"
                    | "won"
                    | "drawn"
                    | "put"
            );
            if (done || took) && matches!(auxiliary, "has" | "have" | "had")
                || matches!(auxiliary, "was" | "were" | "is" | "are" | "been" | "be")
                    && self.listed(participle, list::RECEIVING)
            {
                return true;
            }
        }
        // What follows "to" has an object of its own.
        (verb + 1..bound.saturating_sub(1)).any(|at| {
            let deed = at + 1 + usize::from(self.has(at + 1, role::ADVERB));
            self.is(at, words::TO)
                && deed < bound
                && self.is_lower_word(deed)
                && !self.has(deed, role::VERB | role::UP | role::DOWN | role::FUNCTION | role::BOUND)
                && !self.listed(deed, list::BASE | list::MOVER | list::DETERMINER | list::WORTH)
                && !plural(self.text(deed))
        })
    }

    /// An adverb of manner before a verb.
    pub(crate) fn is_manner(&self, at: usize) -> bool {
        let text = self.text(at);
        self.is_lower_word(at)
            && text.ends_with("ly")
            && !matches!(
                text,
                "family" | "supply" | "assembly" | "monopoly" | "anomaly" | "ally" | "rally" | "reply"
            )
    }

    /// Whether a word is a verb that has a subject: "lost", or "-ed" before a determiner.
    pub(crate) fn is_finite(&self, at: usize) -> bool {
        if !self.is_lower_word(at) {
            return false;
        }
        // "prices for used cars"
        let used = self.text(at) == "used"
            && self.has(at.wrapping_sub(1), role::FUNCTION)
            && plural(self.text(at + 1));
        if used {
            return false;
        }
        if self.listed(at, list::FINITE) {
            return !self.has(at.wrapping_sub(1), role::FUNCTION & !role::BREAK)
                || self.is_any(at.wrapping_sub(1), &RELATIVES)
                || !self.is_any(at.wrapping_sub(1), &[words::THE, words::A, words::AN]);
        }
        let text = self.text(at);
        text.ends_with("ed") && text.len() > 4 && self.listed(at + 1, list::DETERMINER)
    }

    /// "profit before tax", "earnings before interest".
    pub(crate) fn before_tax(&self, at: usize) -> bool {
        self.is(at, words::BEFORE) && matches!(self.text(at + 1), "tax" | "taxes" | "interest" | "items")
    }

    /// Whether an "and" joins nouns of one subject: no verb precedes it in its clause.
    pub(crate) fn joins_nouns(&self, and: usize) -> bool {
        const PRONOUNS: [&str; 9] = ["I", "he", "she", "they", "we", "it", "you", "that", "this"];
        if !self.is(and, words::AND) || PRONOUNS.contains(&self.text(and + 1)) {
            return false;
        }
        for at in (1..10).map(|back| and.wrapping_sub(back)) {
            let Some(token) = self.token(at) else { return true };
            if token.has(token_flag::DIGIT) || self.has(at, role::VERB | role::REPORT | role::FUTURE) {
                return false;
            }
            if !token.is_word() && token.kind() != TokenKind::Symbol
                || self.has(at, role::BREAK)
                || self.listed(at, list::TOLD)
            {
                return at != and.wrapping_sub(1);
            }
        }
        false
    }
}
