//! What is measured where no verb of its clause indicates it: "a painting valued at $3 million", "Inflation, now at 8.4 percent, is", "the
//! $96 million budget", "Housing starts: up 3 percent".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Span, hash_lowered};

use crate::item::{Counted, Item};
use crate::lists::list;
use crate::numbers::noun::plural;
use crate::scope::Scope;
use crate::vocabulary::{Measures, role};
use crate::words;

impl Scope<'_> {
    /// The word before a figure, and before what bounds or hedges it.
    fn before_bound(&self, item: &Item) -> usize {
        let mut at = item.first.wrapping_sub(1);
        for _ in 0..4 {
            let hedge = self.has(at, role::BOUND) && !self.is_any(at, &[words::OVER, words::AT, words::OF])
                || self.has(at, role::ADVERB)
                    && !self.has(at, role::UP | role::DOWN)
                    && !self.is_any(at, &[words::BY, words::TO, words::A, words::AN]);
            if !hedge {
                break;
            }
            at = at.wrapping_sub(1);
        }
        at
    }

    /// "the $96 million budget", "a 310-metre tower", "its 15 percent tariff": the noun that the figure precedes.
    pub(crate) fn measured_as_attribute(&self, item: &Item) -> Option<Span> {
        if !matches!(item.kind, FigureKind::Money | FigureKind::Percent | FigureKind::Quantity)
            || matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age)
        {
            return None;
        }
        let before = self.before_bound(item);
        let joined = (item.first..item.end).any(|at| self.is(at, words::HYPHEN));
        let adjective = self.is_lower_word(before)
            && !self.has(before, role::FUNCTION | role::VERB | role::UP | role::DOWN)
            && self.listed(before.wrapping_sub(1), list::DETERMINER);
        let determined = self.listed(before, list::DETERMINER) || self.is(before, words::S) || adjective;
        let first = item.end + usize::from(self.is(item.end, words::HYPHEN) && self.glued(item.end));
        if first > item.end {
            return None;
        }
        let mut end = first;
        // "the €30 million Green Harbour target"
        while end < first + 4 && (self.is_lower_word(end) || self.is_capitalized(end) && self.is_word(end)) {
            let joint = self.is(end + 1, words::HYPHEN) && self.glued(end + 1);
            let stops = self
                .has(end, role::FUNCTION | role::RELATIVE | role::MONTH | role::BREAK | role::SPAN)
                || self.has(end, role::VERB | role::REPORT) && !self.has(end, role::UP | role::DOWN)
                || self.listed(end, list::TOLD | list::NO_SUBJECT)
                || self.is(end, words::WORTH)
                || self.text(end).ends_with("er") && self.is(end + 1, words::THAN)
                // "a $4 billion tramway leading from"
                || end > first && self.text(end).ends_with("ing") && self.has(end + 1, role::FUNCTION)
                || end > first && (self.text(end).ends_with("ed") || self.listed(end, list::FINITE))
                || joint;
            if stops {
                break;
            }
            end += 1;
        }
        // "the $9 million requested"
        if end == first + 1 && self.text(first).ends_with("ed") {
            return None;
        }
        // "the 8 percent Norland sold": a name alone is the subject of a clause.
        let torn = end > first && self.is_capitalized(end - 1) && self.is(end + 1, words::HYPHEN);
        if end > first && self.is_capitalized(end - 1) && !joined || torn {
            return None;
        }
        // "a 5 percent pay rise": what rises is the pay.
        while end > first && self.has(end - 1, role::UP | role::DOWN) {
            end -= 1;
        }
        // "the 4 million residents", "a 5 metre long".
        let adjective = end == first + 1
            && (self.text(first).ends_with("ly")
                || matches!(
                    self.text(first),
                    "long"
                        | "tall"
                        | "high"
                        | "wide"
                        | "deep"
                        | "thick"
                        | "short"
                        | "old"
                        | "strong"
                        | "worth"
                        | "majority"
                        | "minority"
                ));
        // "the $4 billion analysts had expected"
        if self.listed(first, list::EXPECTING) {
            return None;
        }
        // "at a 4% annual rate"
        let pace = end > first && matches!(self.text(end - 1), "rate" | "pace" | "clip");
        if pace && (1..=2).any(|back| self.is(before.wrapping_sub(back), words::AT)) {
            return None;
        }
        let plain =
            end > first && self.listed(end - 1, list::ATTRIBUTE_NOUN) && !self.text(first).ends_with("ed");
        let fits = (determined || plain) && item.per.is_none() || joined;
        (end > first && fits && !adjective).then(|| self.span(first, end))
    }

    /// "a painting valued at $3 million", "The bridge, which cost $14 million, opened", "Inflation, now at 8 percent": what stands
    /// before the words that lead to the figure.
    pub(crate) fn measured_by_apposition(&self, item: &Item) -> Option<Span> {
        let mut at = item.first.wrapping_sub(1);
        let (mut told, mut relative, mut level, mut way) = (false, false, false, false);
        let (mut infinitive, mut future) = (false, false);
        for _ in 0..6 {
            // "cost the port an estimated $18 million": only a hedge.
            let hedge = self.is_any(at.wrapping_sub(1), &[words::A, words::AN]);
            if self.listed(at, list::WORTH) && !hedge {
                told = true;
            } else if self.is_any(at, &[words::WHICH, words::THAT]) {
                relative = true;
                at = at.wrapping_sub(1);
                break;
            } else if self.is_any(at, &[words::UP, words::DOWN]) {
                way = true;
            } else if self.is(at, words::AT) {
                level = true;
            } else if self.is(at, words::OF)
                || !(self.has(at, role::BOUND | role::ADVERB | role::FUTURE)
                    || self.is_any(
                        at,
                        &[
                            words::TO,
                            words::NOW,
                            words::AN,
                            hash_lowered("currently"),
                            hash_lowered("already"),
                            hash_lowered("once"),
                            hash_lowered("still"),
                        ],
                    )
                    || self.has(at, role::VERB) && self.is_lower_word(at))
            {
                break;
            }
            infinitive |= self.is(at, words::TO);
            future |= self.has(at, role::FUTURE);
            at = at.wrapping_sub(1);
        }
        let comma = self.is(at, words::COMMA);
        let verb =
            (at.wrapping_add(1)..item.first).any(|at| self.is_lower_word(at) && self.has(at, role::VERB));
        let fits = told && !verb
            || comma && relative && verb
            // ", expected to cost"
            || comma && infinitive && future
            || comma && way && !verb
            || comma && level && !verb && (self.is(item.end, words::COMMA) || self.is_end(item.end));
        if !fits {
            return None;
        }
        let end = if comma { at } else { at.wrapping_add(1) };
        // "is worth", "and worth".
        let head = end.wrapping_sub(1);
        const NO_HEAD: u32 = role::FUNCTION
            | role::VERB
            | role::RELATIVE
            | role::MONTH
            | role::SCALE
            | role::CARDINAL
            | role::UNIT
            | role::SPAN;
        if !self.is_word(head) || self.has(head, NO_HEAD) || matches!(self.text(head), "well" | "poorly") {
            return None;
        }
        self.phrase_before(end)
    }

    /// "Revenue was $4.1 billion and net income $310 million": a second measure, whose verb is left out. `left` is the figure before.
    pub(crate) fn measured_in_gap(&self, left: &Item, item: &Item) -> Option<Span> {
        let gap = left.end..item.first;
        let mut first = gap.start;
        while first < gap.end
            && self.is_any(first, &[words::AND, words::COMMA, words::SEMICOLON, words::WHILE])
        {
            first += 1;
        }
        if left.kind != item.kind || first == gap.start || first >= gap.end || gap.end - first > 5 {
            return None;
        }
        const NO_NOUN: u32 = role::VERB
            | role::REPORT
            | role::UP
            | role::DOWN
            | role::BOUND
            | role::RELATIVE
            | role::MONTH
            | role::FUTURE;
        let noun = |at: usize| {
            self.is_word(at)
                && !self.has(at, NO_NOUN)
                && !self.listed(at, list::FINITE | list::PAST | list::TOLD | list::NO_SUBJECT | list::DOES)
                && !self.text(at).ends_with("ed")
                && !self.text(at).ends_with("ing")
                && (!self.has(at, role::FUNCTION | role::ADVERB)
                    || at == first && self.listed(at, list::DETERMINER))
        };
        // "and the Ministry admits 190"
        let last = gap.end - 1;
        let verb = plural(self.text(last)) && last > first && self.is_capitalized(last - 1);
        let named = !self.has(last, role::FUNCTION) && !verb;
        (named && (first..gap.end).all(noun)).then(|| self.span(first, gap.end))
    }

    /// "Oil at $81 a barrel.", "Housing starts: up 3.4 percent.": a line without a verb.
    pub(crate) fn measured_in_line(&self, item: &Item) -> Option<Span> {
        let mut end = self.before_bound(item);
        if self.is_any(end, &[words::UP, words::DOWN, words::AT]) {
            end = end.wrapping_sub(usize::from(self.is(end.wrapping_sub(1), words::COLON)));
        } else if !self.is(end, words::COLON) {
            return None;
        }
        const NO_NOUN: u32 = role::FUNCTION | role::REPORT | role::RELATIVE | role::MONTH | role::VERB;
        let noun = |at: usize| {
            self.is_word(at)
                && !self.has(at, NO_NOUN)
                && !(self.is_lower_word(at) && self.text(at).ends_with("ed"))
        };
        let phrase = end > self.start && end < self.start + 6 && (self.start..end).all(noun);
        phrase.then(|| self.span(self.start, end))
    }

    /// "Some $14 million was spent on the new bridge", "allocated $41 million for schools": what money went to.
    pub(crate) fn measured_as_purpose(&self, item: &Item) -> Option<Span> {
        if item.kind != FigureKind::Money {
            return None;
        }
        let before = self.before_bound(item);
        let aside = usize::from(self.is(before, hash_lowered("aside")));
        if self.listed(before.wrapping_sub(aside), list::SPENDING) && self.is(item.end, words::FOR) {
            return self.noun_phrase(item.end + 1);
        }
        let verb = (item.end..item.end + 5).find(|at| self.listed(*at, list::SPENDING))?;
        let passive = verb > item.end
            && (item.end..verb)
                .all(|at| self.has(at, role::VERB | role::FUNCTION | role::FUTURE | role::ADVERB));
        let aside = verb + usize::from(self.is(verb + 1, hash_lowered("aside")));
        let leads = self.is_any(aside + 1, &[words::ON, words::FOR, words::IN, words::TO]);
        if !(passive && leads) {
            return None;
        }
        let stand_in = Item { end: aside + 1, ..*item };
        self.noun_phrase(stand_in.end + 1)
    }
}
