//! The words that name what a figure measures.

use copydesk_core::Span;
use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;

use crate::item::{Counted, Item};
use crate::lists::list;
use crate::noun::plural;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, role};
use crate::words;

impl Scope<'_> {
    /// The words that name what is measured.
    pub(crate) fn measure(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        if item.measure.is_some()
            || item.is_time()
            || matches!(item.kind, FigureKind::Ordinal | FigureKind::Other)
        {
            return;
        }
        // "The average wait was 45 minutes": of a length of time only what it is the length of.
        if item.kind == FigureKind::Duration {
            let verb = item.lead.wrapping_sub(1);
            if matches!(
                self.text(verb),
                "is" | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "averaged"
                    | "averages"
                    | "average"
                    | "totaled"
                    | "totalled"
            ) && !matches!(self.text(item.end), "away" | "before" | "after" | "into" | "from" | "since")
            {
                let measure = self.subject(items, from, at);
                if let Some(item) = items.get_mut(at) {
                    item.measure = measure;
                }
            }
            return;
        }
        // "doubled the lead of": what it multiplies stands behind.
        if item.rule == "multiple"
            && self.is_multiple(item.first)
            && self.listed(item.end, list::DETERMINER)
            && let Some(span) = self.noun_phrase(item.end)
        {
            if let Some(item) = items.get_mut(at) {
                item.measure = Some(span);
            }
            return;
        }
        let dated = items
            .iter()
            .skip(at + 1)
            .take(2)
            .any(|next| next.is_time() && next.first <= item.end + 1 && next.end > item.end);
        let points = matches!(item.counted, Counted::Noun(noun) if self.text(noun).starts_with("point"));
        let bare = item.kind != FigureKind::Count || item.is_bare() || points;
        let mut measure = if dated { None } else { self.measured_behind(&item) };
        // "earnings of $1.30 a share on revenue of $4 billion"
        let long = matches!(item.counted, Counted::Unit(unit) if unit.si.is_some_and(|si| si.unit == "m"));
        // "faces the prospect of 90 percent inflation"
        let named = item.kind == FigureKind::Percent && self.listed(item.end, list::ATTRIBUTE_NOUN);
        if named {
            measure = self.measured_as_attribute(&item);
        }
        if bare && measure.is_none() && named || bare && !named && (!self.is(item.end, words::OF) || long) {
            measure = self.measured_in_front(&item).or(measure);
        }
        if measure.is_none() && bare {
            measure = self.measured_as_attribute(&item).or_else(|| self.measured_by_apposition(&item));
        }
        // "in deliveries" tells how it was counted.
        if measure.is_none() || self.is(item.end, words::IN) && self.listed(item.end + 1, list::ACT) {
            measure = self.measured_with(&item).or(measure);
        }
        if measure.is_none()
            && (item.kind != FigureKind::Count
                || item.is_bare()
                || item.per.is_some()
                || item.direction.is_some() && item.amount.is_none())
            && !self.is_attributive_age(&item)
        {
            measure = self.subject(items, from, at);
        }
        if measure.is_none()
            && self.is(item.end, words::COMMA)
            && self.is(item.first.wrapping_sub(1), words::AT)
        {
            measure = self.subject_behind(&item);
        }
        if measure.is_none() && bare {
            measure = self.measured_as_purpose(&item).or_else(|| self.measured_in_line(&item));
        }
        if measure.is_none()
            && let Some(of) = item.of
        {
            measure = items.get(of).and_then(|of| of.measure);
        }
        // "gained 25.3 points, or 0.6 percent": one subject; and a level has that of its change.
        if measure.is_none() {
            let before =
                at.checked_sub(1).filter(|before| *before >= from).and_then(|before| items.get(before));
            let beside = before.filter(|before| {
                item.direction.is_some()
                    && before.direction == item.direction
                    && self.is_beside(before, &item)
            });
            measure = beside.and_then(|before| before.measure);
        }
        // "down 14.2% in May, and 6% lower than a year ago": one subject, and no verb between.
        if measure.is_none() && item.direction.is_some() {
            let before = items.get(from..at).unwrap_or_default().iter().rev().take(4);
            let before =
                before.filter(|before| !before.is_time()).take(1).find(|before| before.direction.is_some());
            let quiet = |before: &&Item| {
                !(before.end..item.first)
                    .any(|at| self.has(at, role::VERB | role::REPORT | role::UP | role::DOWN))
            };
            measure = before.filter(quiet).and_then(|before| before.measure);
        }
        // "settled at $66.20 a barrel, up 90 cents"; "a net loss of $84 million, or 30 cents per share"
        if measure.is_none()
            && let Some(before) =
                at.checked_sub(1).filter(|before| *before >= from).and_then(|before| items.get(before))
            && !before.is_time()
        {
            let gap = before.end..item.first;
            let up = gap.len() == 2
                && self.is(gap.start, words::COMMA)
                && self.is_any(gap.start + 1, &[words::UP, words::DOWN]);
            let or = self.is(gap.end.wrapping_sub(1), words::OR)
                && (gap.len() == 1 || gap.len() == 2 && self.is(gap.start, words::COMMA));
            if (up || or) && before.kind == item.kind {
                measure = before.measure;
            } else if before.measure.is_some() {
                measure = self.measured_in_gap(before, &item);
            }
        }
        // "33,000 square metres (355,200 square feet)"
        if measure.is_none()
            && let Some(before) =
                at.checked_sub(1).filter(|before| *before >= from).and_then(|before| items.get(before))
            && self.converts(before, &item)
        {
            measure = before.measure;
        }
        // "to $2.3 billion from $2 billion": the same was measured before.
        if measure.is_none() && item.direction.is_none() && self.is_old_level(items, from, at) {
            let level = items
                .iter()
                .take(at)
                .skip(at.saturating_sub(4).max(from))
                .rev()
                .find(|level| !level.is_time());
            measure = level.filter(|level| level.counted == item.counted).and_then(|level| level.measure);
        }
        if measure.is_none() {
            let change = items
                .iter()
                .skip(at.saturating_sub(4).max(from))
                .take(4)
                .find(|change| change.of == Some(at));
            measure = change.and_then(|change| change.measure);
        }
        if let Some(item) = items.get_mut(at) {
            item.measure = measure;
        }
    }

    /// "taught an 11-year-old girl": an age that belongs to the noun behind it.
    fn is_attributive_age(&self, item: &Item) -> bool {
        let age = matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age);
        age && (item.first..item.end).any(|at| self.is(at, words::HYPHEN))
    }

    /// "360,000 metric tonnes of wheat", "70% of farmers", "$5 million in aid".
    pub(crate) fn measured_behind(&self, item: &Item) -> Option<Span> {
        let of = self.is(item.end, words::OF)
            && matches!(
                item.kind,
                FigureKind::Quantity | FigureKind::Percent | FigureKind::Ratio | FigureKind::Money
            );
        // "71 years old of", "$14 an hour in low-cost towns" tell nothing of what is measured.
        if matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age) {
            return None;
        }
        let inside = self.is(item.end, words::IN)
            && matches!(item.kind, FigureKind::Quantity | FigureKind::Money)
            && !(item.kind == FigureKind::Money && item.per.is_some())
            // "$1,900 in the old town"; but what was invested in it
            && !(item.kind == FigureKind::Money
                && self.listed(item.end + 1, list::DETERMINER)
                && !self.listed(item.lead.wrapping_sub(1), list::SPENDING)
                && !matches!(self.text(item.lead.wrapping_sub(1)), "invest" | "investing" | "invests"))
            // "38 degrees in the shade", "9 metres in the dark" tell where.
            && !matches!(item.counted, Counted::Unit(unit)
                if unit.measures == Measures::Quantity
                    && !unit.si.is_some_and(|si| matches!(si.unit, "kg" | "m3" | "J" | "W")))
            || self.is(item.end, words::ON) && item.kind == FigureKind::Money;
        // "a 3.9 percent rise in property tax"
        let moved = item.kind == FigureKind::Percent
            && item.direction.is_some()
            && self.has(item.end, role::UP | role::DOWN)
            && self.is_any(item.end + 1, &[words::IN, words::OF]);
        if !(of || inside || moved) {
            return None;
        }
        // "$31.15 in afternoon trading", "$5 million in total" tell when and how, not what.
        if self.is(item.end, words::IN)
            && (1..=3).any(|ahead| {
                let word = item.end + ahead;
                self.is_lower_word(word) && (self.listed(word, list::MANNER_IN) || self.has(word, role::SPAN))
            })
        {
            return None;
        }
        let first = item.end + 1 + usize::from(moved);
        self.noun_phrase(first)
    }

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
                // "China's total lending to"
                && (plural(self.text(end - 1)) || self.has(end - 1, role::COLLECTIVE | role::FUNCTION))
                && !clitic(end - 1)
                && !part;
            let stops = self.has(end, role::FUNCTION) && !determiner && !owner && !part
                || end > first
                    && self.listed(end, list::TOLD)
                    // "32% of Danish claims as false"
                    && !(end == first + 1 && self.is_capitalized(first) && plural(self.text(end)))
                || self.has(end, role::MONTH | role::RELATIVE)
                    && !(end > first && matches!(self.text(end), "fiscal" | "financial") && !self.is(end + 1, words::YEAR))
                || self.has(end, role::VERB | role::REPORT)
                    && self.is_lower_word(end)
                    && end > first
                    && !self.has(end - 1, role::FUNCTION)
                    && !part
                    // "the retail cost"
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
                                // "half of the population receives"
                                || !matches!(
                                    self.text(end),
                                    "claims" | "moves" | "hopes" | "faces" | "shows" | "leads" | "wins" | "uses" | "loses" | "serves" | "helps" | "plays"
                                )))
                    && !part
                || end > first
                    && (self.listed(end, list::NO_SUBJECT)
                        || self.often(end).is_some() && !self.is_lower_word(end + 1)
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

    /// "losses of $5 million", "a turnout of about 43%", "shipments of 20,000 tonnes": the noun phrase before "of".
    fn measured_in_front(&self, item: &Item) -> Option<Span> {
        // "the sale of a 5 percent stake", "the contents of a 25-year-old file"
        let attribute = self.is_any(item.first.wrapping_sub(1), &[words::A, words::AN, words::THE])
            // "thousands of $12-an-hour jobs"
            || (item.first..item.end).any(|at| self.is(at, words::HYPHEN)) && self.is_lower_word(item.end);
        if attribute || matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age) {
            return None;
        }
        // "an approval rating in excess of 50 percent"
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
            || moves
            || self.listed(head, list::MANNER_OF) && !named_rate
        {
            return None;
        }
        self.phrase_before(of)
    }

    /// "a pay rise of 5 percent", "Exports saw an increase of 4 percent": what rose stands before the noun of change, or is the subject.
    fn changed_in_front(&self, item: &Item, head: usize) -> Option<Span> {
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

    /// "purchasing Danish barley with 300 tonnes in deliveries": what is weighed stands before "with".
    fn measured_with(&self, item: &Item) -> Option<Span> {
        let with = item.first.wrapping_sub(1);
        let stuff = matches!(
            item.counted,
            Counted::Unit(Unit { si: Some(si), .. }) if matches!(si.unit, "kg" | "m3")
        );
        if !self.is(with, hash_lowered("with")) || !stuff || !self.is_lower_word(with.wrapping_sub(1)) {
            return None;
        }
        self.phrase_before(with)
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
        let named =
            self.is_word(head) && !self.has(head, role::FUNCTION | role::VERB | role::MONTH | role::RELATIVE);
        (named && head - first < 6).then(|| self.span(first, end))
    }

    pub(crate) fn is_digits(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.has(token_flag::DIGIT))
    }
}
