//! What comes again: "every day", "each quarter", "every two weeks", "every other month", "every Monday".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item, Per};
use crate::lists::list;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::{Measures, Unit, phrase_hash, role};
use crate::words;

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

impl Scope<'_> {
    /// The unit of time of an adverb of frequency: "daily".
    pub(crate) fn frequency(&self, at: usize) -> Option<Unit> {
        let (_, unit) = FREQUENCIES.iter().find(|(word, _)| self.text(at) == *word)?;
        self.vocabulary.unit(phrase_hash(unit), 0, false)
    }

    /// An adverb of frequency that ends its phrase, so that it is not an adjective: "paid monthly", "4,000 tonnes daily".
    pub(crate) fn frequency_behind(&self, at: usize) -> Option<Unit> {
        if !self.has(at, role::STARTS_ALONE) || self.is(at + 1, words::HYPHEN) {
            return None;
        }
        let closed = !self.is_word(at + 1)
            || self.has(at + 1, role::FUNCTION | role::BREAK) && self.is_lower_word(at + 1);
        closed.then(|| self.frequency(at)).flatten()
    }

    /// "The fee is paid monthly", "They meet weekly": what comes again, given by an adverb.
    pub(crate) fn adverb_set(&self, at: usize) -> Option<Item> {
        let unit = self.frequency_behind(at)?;
        // "a leading German daily in Bonn" is a newspaper, "the two weeklies" came never as far as this.
        let verb = at.wrapping_sub(1);
        let adjective = |at: usize| {
            let text = self.text(at);
            self.is_word(at) && !self.has(at, role::VERB) && !text.ends_with("ed") && !text.ends_with('s')
        };
        let paper = (1..=3)
            .map(|back| at.wrapping_sub(back))
            .find(|at| !adjective(*at) || self.listed(*at, list::DETERMINER));
        let noun = self.text(at) != "annually"
            && paper.is_some_and(|at| self.listed(at, list::DETERMINER) || self.is(at, words::OF));
        if noun || !self.is_lower_word(verb) || self.is_any(at + 1, &[words::AND, words::OR]) {
            return None;
        }
        let content = Content::Repeat(Decimal::from(1));
        let mut item = Item::new(at, at + 1, self.span(at, at + 1), FigureKind::Duration, content, "set");
        item.set_unit(unit);
        Some(item)
    }

    /// "once a week", "twice a year": so many times, given by an adverb.
    pub(crate) fn times_a(&self, at: usize) -> Option<Item> {
        let count = match self.text(at) {
            "once" | "Once" => 1,
            "twice" | "Twice" => 2,
            "thrice" => 3,
            _ => return None,
        };
        let joint = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        let (unit, end) = self.per_time(at + 1 + joint)?;
        // "once a year has passed"
        if self.has(end, role::VERB) || self.is(end, words::OF) {
            return None;
        }
        let content = Content::Number(Decimal::from(count));
        let mut item = Item::new(at, end, self.span(at, end), FigureKind::Quantity, content, "times-a");
        item.counted = Counted::Unit(self.vocabulary.unit(phrase_hash("times"), 0, false)?);
        item.per = Some(Per::Unit(unit));
        Some(item)
    }

    /// A repeating interval that begins with "every" or "each".
    pub(crate) fn set(&self, at: usize) -> Option<Item> {
        if !self.is_any(at, &[words::EVERY, words::EACH]) {
            return None;
        }
        let next = at + 1;
        if self.has(next, role::WEEKDAY) && self.is_capitalized(next) {
            let when = When::AnyWeekday(self.entry(next).calendar as i8);
            return Some(self.date_item(at, next + 1, when, "set"));
        }
        if self.is(next, hash_lowered("weekend")) {
            let span = self.span(at, next + 1);
            let mut item =
                Item::new(at, next + 1, span, FigureKind::Duration, Content::Repeat(Decimal::from(1)), "set");
            item.set_unit(self.vocabulary.unit(phrase_hash("week"), 0, false)?);
            return Some(item);
        }
        const TIMES: [u64; 4] = [
            hash_lowered("morning"),
            hash_lowered("afternoon"),
            hash_lowered("evening"),
            hash_lowered("night"),
        ];
        if TIMES.contains(&self.hash(next)) {
            let span = self.span(at, next + 1);
            let mut item =
                Item::new(at, next + 1, span, FigureKind::Duration, Content::Repeat(Decimal::from(1)), "set");
            item.set_unit(self.vocabulary.unit(phrase_hash("day"), 0, false)?);
            return Some(item);
        }
        let (count, noun) = if self.is_any(next, &[words::OTHER, words::SECOND]) {
            (Decimal::from(2), next + 1)
        } else if let Some(numeral) = self
            .numeral(next)
            .filter(|numeral| numeral.unit.is_none() && numeral.upper.is_none() && !numeral.fraction)
        {
            (numeral.value, numeral.end)
        } else {
            (Decimal::from(1), next)
        };
        // The singular is no unit after a number: "a quarter" is a part more often than a time.
        let (unit, end) = if self.is(noun, words::QUARTER) {
            (self.vocabulary.unit(phrase_hash("quarters"), 0, false)?, noun + 1)
        } else {
            self.longest_unit(noun)?
        };
        // "every second counts"
        let plain = self.has(noun, role::SPAN) && !self.is(noun, words::SECOND);
        let named = self.is(end, words::HYPHEN) && self.glued(end)
            || self.is_any(end, &[words::OLD, hash_lowered("of")]);
        if unit.measures != Measures::Time || !plain || named {
            return None;
        }
        let span = self.span(at, end);
        let mut item = Item::new(at, end, span, FigureKind::Duration, Content::Repeat(count), "set");
        item.set_unit(unit);
        Some(item)
    }
}
