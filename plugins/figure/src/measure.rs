//! The words that name what a figure measures.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Span, TokenKind};

use crate::item::Item;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// The words that name what is measured.
    pub(crate) fn measure(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        if item.measure.is_some()
            || item.is_time()
            || matches!(item.kind, FigureKind::Ordinal | FigureKind::Duration | FigureKind::Other)
        {
            return;
        }
        let dated = items
            .iter()
            .skip(at + 1)
            .take(2)
            .any(|next| next.is_time() && next.first <= item.end + 1 && next.end > item.end);
        let mut measure = if dated { None } else { self.measured_behind(&item) };
        if measure.is_none() && (item.kind != FigureKind::Count || item.is_bare() || item.per.is_some()) {
            measure = self.subject(items, from, at);
        }
        if measure.is_none()
            && let Some(of) = item.of
        {
            measure = items.get(of).and_then(|of| of.measure);
        }
        if let Some(item) = items.get_mut(at) {
            item.measure = measure;
        }
    }

    /// "360,000 metric tonnes of wheat", "70% of farmers", "$5 million in aid".
    pub(crate) fn measured_behind(&self, item: &Item) -> Option<Span> {
        let of = self.is(item.end, words::OF)
            && matches!(
                item.kind,
                FigureKind::Quantity | FigureKind::Percent | FigureKind::Ratio | FigureKind::Money
            );
        let inside = self.is(item.end, words::IN)
            && matches!(item.kind, FigureKind::Quantity | FigureKind::Money)
            || self.is(item.end, words::ON) && item.kind == FigureKind::Money;
        if !(of || inside) {
            return None;
        }
        // "$31.15 in afternoon trading", "$5 million in total" tell when and how, not what.
        const HOW: [&str; 14] = [
            "trading", "trade", "dealings", "total", "addition", "all", "return", "response", "exchange",
            "advance", "turn", "fact", "part", "cash",
        ];
        if self.is(item.end, words::IN)
            && (1..=3).any(|ahead| {
                HOW.contains(&self.text(item.end + ahead)) && self.is_lower_word(item.end + ahead)
            })
        {
            return None;
        }
        let first = item.end + 1;
        let mut end = first;
        while end < first + 6 && self.is_word(end) {
            let determiner = end == first
                && !self.has(end, role::BREAK)
                && self.has(end, role::FUNCTION)
                && !self.has(end, role::MONTH_CLUE);
            let owner = self.is(end, words::S) && end > first && self.is_word(end + 1);
            let stops = self.has(end, role::FUNCTION) && !determiner && !owner
                || self.has(end, role::MONTH | role::RELATIVE)
                || self.has(end, role::VERB | role::REPORT)
                    && self.is_lower_word(end)
                    && end > first
                    && !self.has(end - 1, role::FUNCTION)
                || end > first && self.is_lower_word(end) && self.text(end).ends_with("ed");
            if stops {
                break;
            }
            end += 1;
        }
        let named = (first..end).any(|at| !self.has(at, role::FUNCTION) && self.is_word(at));
        named.then(|| self.span(first, end))
    }

    /// A verb that leads from what is measured to the figure.
    fn is_verb(&self, at: usize) -> bool {
        self.is_lower_word(at) && self.has(at, role::VERB) && !self.is_verbal_noun(at)
    }

    /// "Fuel costs have", "the rise was": a word that is a verb elsewhere, in front of one.
    fn is_verbal_noun(&self, at: usize) -> bool {
        let text = self.text(at);
        let form = text.ends_with('s') && text.len() > 4
            || matches!(text, "rise" | "fall" | "gain" | "cost" | "increase");
        let ahead = self.has(at + 1, role::VERB | role::FUTURE)
            || self.is_any(
                at + 1,
                &[words::NOW, hash_lowered("must"), hash_lowered("could"), hash_lowered("may")],
            );
        form && ahead && self.is_lower_word(at + 1)
    }

    /// The subject before the verb that leads to the figure.
    pub(crate) fn subject(&self, items: &[Item], from: usize, at: usize) -> Option<Span> {
        let item = items.get(at)?;
        let mut verb = item.first;
        let mut steps = 0;
        loop {
            verb = verb.wrapping_sub(1);
            steps += 1;
            self.token(verb)?;
            if self.is_verb(verb) {
                break;
            }
            let stops = self.has(verb, role::BREAK)
                || self.is_any(verb, &[words::COMMA, words::SEMICOLON, words::COLON]);
            if steps > 8 || stops {
                return None;
            }
        }
        let mut end = verb;
        while verb - end < 12
            && self.has(end.wrapping_sub(1), role::ADVERB | role::VERB | role::FUTURE | role::FUNCTION)
            && self.is_lower_word(end.wrapping_sub(1))
            && !self.is_verbal_noun(end.wrapping_sub(1))
        {
            end -= 1;
        }
        if self.is_any(end.wrapping_sub(1), &[words::CLOSE, words::CLOSE_SQUARE]) {
            end = (1..12)
                .map(|back| end.wrapping_sub(back))
                .find(|at| self.is_any(*at, &[words::OPEN, words::OPEN_SQUARE]))?;
        }
        // A date in front ends where the subject begins.
        let dated = items
            .get(from..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(4)
            .map(|item| item.end)
            .find(|stop| *stop <= end)
            .unwrap_or(0);
        let mut first = end;
        while end - first < 12 && first > dated {
            let before = first.wrapping_sub(1);
            let Some(token) = self.token(before) else { break };
            let word = token.is_word()
                || token.kind() == TokenKind::Symbol
                || self.is(before, words::HYPHEN)
                || token.has(token_flag::DIGIT);
            if !word
                || self.has(before, role::BREAK)
                || self.is_any(before, &[words::AND, words::SO])
                    && self.has(before.wrapping_sub(1), role::VERB)
                || self.has(before, role::VERB | role::REPORT)
                    && self.is_lower_word(before)
                    && !self.is_verbal_noun(before)
            {
                break;
            }
            first = before;
        }
        if end <= first || end - first >= 12 {
            return None;
        }
        let named = (first..end).any(|at| self.is_word(at) && !self.has(at, role::FUNCTION | role::ADVERB));
        let dated = self.has(first, role::RELATIVE | role::WEEKDAY);
        let torn = self.token(first).is_some_and(|token| token.has(token_flag::CLITIC));
        // What begins with a preposition is the rest of a phrase that was cut.
        let cut = self.has(first, role::FUNCTION)
            && self.has(first, role::MONTH_CLUE)
            && !self.is(first, words::THIS)
            || self.is(first, words::FOLLOWING);
        (named && !dated && !torn && !cut).then(|| self.span(first, end))
    }
}
