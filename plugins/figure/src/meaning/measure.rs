//! The words that name what a figure measures.

use copydesk_core::Span;
use copydesk_core::hash_lowered;
use copydesk_core::layers::{FigureKind, PartOfSpeech};

use crate::item::{Counted, Item};
use crate::lists::list;
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
        // "doubled the lead of": what it multiplies follows.
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
        // "widen to 5.5 percent of GDP": the whole that the subject is given in.
        if item.kind == FigureKind::Percent && self.is(item.end, words::OF) && self.is_economy(item.end + 1) {
            // "foresees a deficit of 3.2% of GDP"
            measure = self.subject(items, from, at).or_else(|| self.measured_in_front(&item)).or(measure);
        }
        // "dreads the threat of 70 percent inflation"
        let named = item.kind == FigureKind::Percent && self.listed(item.end, list::ATTRIBUTE_NOUN);
        if named {
            measure = self.measured_as_attribute(&item);
        }
        let front = if named { measure.is_none() } else { !self.is(item.end, words::OF) || long };
        if bare && front {
            measure = self.measured_in_front(&item).or(measure);
        }
        if measure.is_none() && bare {
            measure = self.measured_as_attribute(&item).or_else(|| self.measured_by_apposition(&item));
        }
        // "in deliveries" says how it was counted.
        if measure.is_none() || self.is(item.end, words::IN) && self.listed(item.end + 1, list::ACT) {
            measure = self.measured_with(&item).or(measure);
        }
        if measure.is_none()
            && (item.kind != FigureKind::Count
                || item.is_bare()
                || item.per.is_some()
                || item.direction.is_some()
                    && (item.amount.is_none() || self.is(item.lead.wrapping_sub(1), words::TO)))
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
        if measure.is_none() {
            measure = self.inherited_measure(items, from, at);
        }
        // "The world needs up to": a verb is no part of what is measured.
        let measure = measure.filter(|span| !self.ends_in_verb(*span, item.lead));
        if let Some(item) = items.get_mut(at) {
            item.measure = measure;
        }
    }

    /// Whether the last token of a span is a verb with a subject; `lead` is where the figure begins. A word in -s is one only right
    /// before the figure: "Housing starts: up 3 percent".
    fn ends_in_verb(&self, span: Span, lead: usize) -> bool {
        let end = self.doc.tokens().partition_point(|token| token.span().start() < span.end());
        match end.checked_sub(1).and_then(|last| self.tag(last)) {
            Some(PartOfSpeech::VerbThird) => end == lead,
            Some(PartOfSpeech::VerbPresent | PartOfSpeech::VerbPast | PartOfSpeech::Modal) => true,
            _ => false,
        }
    }

    /// "GDP", "gross domestic product", "its value", "capacity": what deficits, losses and stocks are given in.
    fn is_economy(&self, at: usize) -> bool {
        let name = at + usize::from(self.listed(at, list::DETERMINER));
        let own = matches!(self.text(at), "its" | "their") && self.text(name) == "value";
        let full = self.text(name) == "capacity" && !self.is_word(name + 1)
            || self.text(name) == "capacity" && self.has(name + 1, role::FUNCTION);
        let normal = matches!(self.text(name), "normal" | "average")
            && (!self.is_word(name + 1) || self.has(name + 1, role::FUNCTION));
        own || full
            || normal
            || matches!(self.text(name), "GDP" | "GNP" | "GNI")
            || self.text(name) == "gross" && matches!(self.text(name + 1), "domestic" | "national")
    }

    /// "taught an 11-year-old girl": an age that belongs to the noun after it.
    fn is_attributive_age(&self, item: &Item) -> bool {
        let age = matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age);
        age && ((item.first..item.end).any(|at| self.is(at, words::HYPHEN))
            // "effective in adults over 60"
            || self.listed(item.lead.wrapping_sub(1), list::PEOPLE))
    }

    /// Whether "in" after a figure leads to what it is of: "$5 million in aid", and no place.
    fn holds_inside(&self, item: &Item) -> bool {
        let spender = item.lead.wrapping_sub(1);
        match (item.kind, item.counted) {
            // "$1,900 in the old town"; but what was invested in it
            (FigureKind::Money, _) => {
                item.per.is_none()
                    && (!self.listed(item.end + 1, list::DETERMINER)
                        || self.listed(spender, list::SPENDING)
                        || matches!(self.text(spender), "invest" | "investing" | "invests"))
            }
            // "38 degrees in the shade", "9 metres in the dark" say where.
            (FigureKind::Quantity, Counted::Unit(unit)) => {
                unit.si.is_some_and(|si| matches!(si.unit, "kg" | "m3" | "J" | "W"))
            }
            (FigureKind::Quantity, _) => true,
            _ => false,
        }
    }

    /// "360,000 metric tonnes of wheat", "70% of farmers", "$5 million in aid".
    pub(crate) fn measured_behind(&self, item: &Item) -> Option<Span> {
        let of = self.is(item.end, words::OF)
            && matches!(
                item.kind,
                FigureKind::Quantity | FigureKind::Percent | FigureKind::Ratio | FigureKind::Money
            );
        // "71 years old of", "$14 an hour in low-cost towns" say nothing about what is measured.
        if matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age) {
            return None;
        }
        let inside = self.is(item.end, words::IN) && self.holds_inside(item)
            || self.is(item.end, words::ON) && item.kind == FigureKind::Money;
        // "a 3.9 percent rise in property tax"
        let moved = item.kind == FigureKind::Percent
            && item.direction.is_some()
            && self.has(item.end, role::UP | role::DOWN)
            && self.is_any(item.end + 1, &[words::IN, words::OF]);
        if !(of || inside || moved) {
            return None;
        }
        // "$2 million on top of $5 million"
        if self.listed(item.end + 1, list::PREPOSITIONAL) && self.is(item.end + 2, words::OF) {
            return None;
        }
        // "$31.15 in afternoon trading", "$5 million in total" say when and how, not what.
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

    /// "purchasing Danish barley with 300 tonnes in deliveries": what is weighed precedes "with".
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
}
