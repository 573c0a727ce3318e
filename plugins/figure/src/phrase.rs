//! Noun phrases: the one that begins at a token, and the one that ends before it.

use copydesk_core::segment::token_flag;
use copydesk_core::{Span, hash_lowered};

use crate::lists::list;
use crate::numbers::noun::plural;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// The noun phrase that begins at a token.
    pub(crate) fn noun_phrase(&self, first: usize) -> Option<Span> {
        let mut end = first;
        let joint = |at: usize| self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1);
        let clitic = |at: usize| self.token(at).is_some_and(|token| token.has(token_flag::CLITIC));
        // "taxpayers’ money"
        let possessive = |at: usize| {
            at > first
                && matches!(self.text(at), "’" | "'")
                && self.glued(at)
                && plural(self.text(at - 1))
                && self.is_lower_word(at + 1)
        };
        while end < first + 7
            && (self.is_word(end)
                || joint(end)
                || possessive(end)
                || end == first + 1 && self.is_digits(end)
                || end > first + 1
                    && self.is(end - 1, words::S)
                    && self.is_digits(end)
                    && self.is_lower_word(end + 1))
        {
            let determiner = end == first
                && !self.has(end, role::BREAK)
                && self.has(end, role::FUNCTION)
                && !self.has(end, role::MONTH_CLUE);
            if possessive(end) {
                end += 1;
                continue;
            }
            let owner =
                self.is(end, words::S) && end > first && (self.is_word(end + 1) || self.is_digits(end + 1));
            // "low-cost": part of a word.
            let part = end > first && self.glued(end) && self.is(end - 1, words::HYPHEN);
            let clause = end > first
                && self.is_lower_word(end)
                && self.text(end).ends_with("ing")
                && self.has(end + 1, role::FUNCTION)
                // "the bank's total lending to"
                && (plural(self.text(end - 1)) || self.has(end - 1, role::COLLECTIVE | role::FUNCTION))
                && !clitic(end - 1)
                && !part;
            let stops = self.has(end, role::FUNCTION) && !determiner && !owner && !part
                || end > first && self.is(end, words::WORTH)
                || matches!(self.text(end), "them" | "us" | "you" | "it")
                || end > first
                    && self.listed(end, list::TOLD)
                    // "31% of Danish claims as void"
                    && !(end == first + 1 && self.is_capitalized(first) && plural(self.text(end)))
                || self.has(end, role::MONTH | role::RELATIVE)
                    && !(end > first && matches!(self.text(end), "fiscal" | "financial") && !self.is(end + 1, words::YEAR))
                || self.has(end, role::VERB | role::REPORT)
                    && self.is_lower_word(end)
                    && end > first
                    && !self.has(end - 1, role::FUNCTION)
                    && !part
                    // "the ticket cost"
                    && !(matches!(self.text(end), "cost" | "costs" | "rise" | "fall")
                        && (!self.is_word(end + 1)
                            || self.has(end + 1, role::VERB)
                            || self.is_any(end + 1, &[words::OF, words::FOR, words::IN])))
                || clause
                // "30% of voters put a price on", "64 percent of parents limit"
                || end > first
                    && (plural(self.text(end - 1)) || self.has(end - 1, role::COLLECTIVE))
                    && self.is_lower_word(end - 1)
                    && !clitic(end - 1)
                    && (self.is_lower_word(end) && !self.listed(end - 1, list::PLURAL_FIRST)
                        || self.listed(end, list::OPINION))
                // "a kilo of rice sells for"
                || end > first
                    && self.listed(end, list::FINITE)
                    && !self.has(end - 1, role::FUNCTION)
                    && (!plural(self.text(end))
                        || !self.is_capitalized(end - 1)
                            && (self.is_any(end + 1, &[words::FOR, words::AT])
                                // "half of the parish receives"
                                || !matches!(
                                    self.text(end),
                                    "claims" | "moves" | "hopes" | "faces" | "shows" | "leads" | "wins" | "uses" | "loses" | "serves" | "helps" | "plays"
                                )))
                    && !part
                || end > first
                    && (self.listed(end, list::NO_SUBJECT)
                        || self.frequency(end).is_some() && !self.is_lower_word(end + 1)
                        || self.is_manner(end) && self.is_lower_word(end + 1)
                        || self.text(end) == "instead")
                || end > first
                    && self.is_lower_word(end)
                    && self.text(end).ends_with("ed")
                    && !(end == first + 1 && self.is(first, hash_lowered("those")))
                // "those infected recover"
                || end == first + 2
                    && self.is(first, hash_lowered("those"))
                    && self.text(end - 1).ends_with("ed");
            if stops {
                break;
            }
            end += 1;
        }
        // "30 percent of second- through fifth-grade pupils"
        if self.is(end, words::HYPHEN) && self.glued(end) {
            return None;
        }
        let named = (first..end)
            .any(|at| !self.has(at, role::FUNCTION | role::ADVERB | role::BOUND) && self.is_word(at));
        named.then(|| self.span(first, end))
    }

    /// The noun phrase that ends before a token, its determiner left out.
    pub(crate) fn phrase_before(&self, end: usize) -> Option<Span> {
        let head = end.wrapping_sub(1);
        let mut first = head;
        while head - first < 6 {
            let before = first.wrapping_sub(1);
            let owner = self.token(before).is_some_and(|token| token.has(token_flag::CLITIC))
                && self.is(before, words::S);
            // "a margin of error of 6.2 percent"
            if self.is(before, words::OF) && self.listed(before.wrapping_sub(1), list::MEASURED_OF) {
                first = before.wrapping_sub(1);
                continue;
            }
            let slash = self.is(before, words::SLASH) && self.glued(before) && self.glued(before + 1);
            let word = self.is_word(before) || self.is(before, words::HYPHEN) || owner || slash;
            let stops = self.has(before, role::FUNCTION | role::BREAK | role::REPORT | role::MONTH_CLUE)
                && !owner
                || self.is_lower_word(before)
                    && (self.has(before, role::VERB)
                        || self.listed(before, list::PAST)
                            && !self.listed(before.wrapping_sub(1), list::DETERMINER)
                        // "an operating cash flow", "an estimated loss"
                        || (self.text(before).ends_with("ed") || self.text(before).ends_with("ing"))
                            && !self.is_any(before.wrapping_sub(1), &[words::A, words::AN, words::THE]))
                || self.has(before, role::RELATIVE | role::ORDINAL | role::SPAN)
                || self.has(before, role::UNIT) && self.is_digits(before.wrapping_sub(1))
                || self.is(before, words::HYPHEN) && self.has(before.wrapping_sub(1), role::SPAN)
                || self.listed(before, list::TOLD)
                || self.listed(before, list::DOES);
            if !word || stops {
                break;
            }
            first = before;
        }
        let named = self.is_word(head)
            && !self.has(
                head,
                role::FUNCTION | role::VERB | role::MONTH | role::RELATIVE | role::WEEKDAY | role::SEASON,
            );
        // "last year's harvest": what the date owns is measured.
        if first < head
            && self.is(first, words::S)
            && self.token(first).is_some_and(|token| token.has(token_flag::CLITIC))
        {
            first += 1;
        }
        (named && head - first < 6).then(|| self.span(first, end))
    }

    pub(crate) fn is_digits(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.has(token_flag::DIGIT))
    }
}
