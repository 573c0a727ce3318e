//! What is measured, where it precedes a figure: "losses of $5 million", "a pay rise of 5 percent".

use copydesk_core::Span;
use copydesk_core::layers::FigureKind;

use crate::item::{Counted, Item};
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::{Measures, role};
use crate::words;

impl Scope<'_> {
    /// "losses of $5 million", "a turnout of about 43%", "shipments of 20,000 tonnes": the noun phrase before "of".
    pub(crate) fn measured_in_front(&self, item: &Item) -> Option<Span> {
        // "the sale of a 5 percent stake", "the contents of a 40-year-old file"
        let attribute = self.is_any(item.first.wrapping_sub(1), &[words::A, words::AN, words::THE])
            // "thousands of $14-an-hour jobs"
            || (item.first..item.end).any(|at| self.is(at, words::HYPHEN)) && self.is_lower_word(item.end);
        // "a collection of 100 percent wool coats"
        const CLOSES: u32 = role::FUNCTION
            | role::BREAK
            | role::RELATIVE
            | role::MONTH
            | role::WEEKDAY
            | role::VERB
            | role::REPORT
            | role::UP
            | role::DOWN;
        let stuff = item.kind == FigureKind::Percent
            && self.is_word(item.end)
            && !self.has(item.end, CLOSES)
            && !self.text(item.end).ends_with("ed");
        if attribute || stuff || matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age)
        {
            return None;
        }
        // "a trust score in excess of 60 percent"
        if item.lead + 2 < item.first
            && self.is_lower_word(item.lead.wrapping_sub(1))
            && !self.has(item.lead.wrapping_sub(1), role::FUNCTION | role::VERB | role::UP | role::DOWN)
            && (2..5).any(|back| self.is_any(item.lead.wrapping_sub(back), &[words::A, words::AN]))
        {
            return self.phrase_before(item.lead);
        }
        let mut of = item.first.wrapping_sub(1);
        for _ in 0..4 {
            if self.is(of, words::OF)
                || !(self.has(of, role::BOUND | role::ADVERB) || self.is(of, words::BETWEEN))
            {
                break;
            }
            of = of.wrapping_sub(1);
        }
        let head = of.wrapping_sub(1);
        let moves = self.has(head, role::UP | role::DOWN) && self.text(head) != "growth";
        if moves && self.is(of, words::OF) && self.is_lower_word(head) {
            return self.changed_in_front(item, head);
        }
        let named_rate = matches!(self.text(head), "rate" | "rates" | "margin" | "level" | "price")
            && self.is_lower_word(head.wrapping_sub(1))
            && !self.has(head.wrapping_sub(1), role::FUNCTION | role::ADVERB)
            && !self.listed(head.wrapping_sub(1), list::PLAIN_RATE);
        if !self.is(of, words::OF)
            || !self.is_lower_word(head) && !self.is_capitalized(head)
            || self.has(head, role::FUNCTION | role::MONTH | role::CARDINAL)
            || self.is_manner(head)
            // "on top of 12 million euros"
            || self.listed(head, list::PREPOSITIONAL)
                && self.is_any(head.wrapping_sub(1), &[words::ON, words::IN, words::BY])
            || moves
            || self.listed(head, list::MANNER_OF) && !named_rate
        {
            return None;
        }
        self.phrase_before(of)
    }

    /// "a pay rise of 5 percent", "Exports saw an increase of 4 percent": what rose precedes the noun of change, or is the subject.
    pub(crate) fn changed_in_front(&self, item: &Item, head: usize) -> Option<Span> {
        // "a rise of 4 percent in rents"
        let behind = item.end + 1;
        if self.is(item.end, words::IN)
            && self.is_lower_word(behind)
            && !self.has(behind, role::RELATIVE | role::MONTH)
            && !(0..3).any(|ahead| {
                self.listed(behind + ahead, list::MANNER_IN) || self.has(behind + ahead, role::SPAN)
            })
            && let Some(span) = self.noun_phrase(behind)
        {
            return Some(span);
        }
        let before = head.wrapping_sub(1);
        if self.is_lower_word(before)
            && !self.has(before, role::FUNCTION | role::ADVERB | role::VERB | role::BREAK)
            && !self.text(before).ends_with("ed")
            && !self.listed(before, list::DETERMINER | list::PLAIN_RATE)
        {
            let adjective =
                ["al", "ly", "ar", "er", "ic", "st"].iter().any(|end| self.text(before).ends_with(end));
            return if adjective { None } else { self.phrase_before(head) };
        }
        let verb = before.wrapping_sub(1);
        (self.listed(before, list::DETERMINER) && self.listed(verb, list::CHANGE_SEEN))
            .then(|| self.phrase_before(verb))
            .flatten()
    }
}
