//! What a count is counted by: "420 people per square kilometre", "12 cases per 100,000 people", "3 births per woman".

use crate::item::{Item, Per};
use crate::numbers::count::PER;
use crate::scope::Scope;
use crate::vocabulary::{Measures, role};
use crate::words;

impl Scope<'_> {
    /// "420 people per square kilometre", "12 cases per 100,000 people", "3 births per woman": what a count is counted by.
    pub(crate) fn count_per(&self, item: &mut Item, at: usize) {
        self.count_per_one(item, at);
        // "12 cases per 100,000 people a year"
        if let Some(Per::Words(first, end)) = item.per
            && end == item.end
            && let Some((_, end)) = self.per_time(end)
        {
            (item.per, item.end) = (Some(Per::Words(first, end)), end);
        }
    }

    pub(crate) fn count_per_one(&self, item: &mut Item, at: usize) {
        // "3,000 visitors daily"
        if let Some(time) = self.frequency_behind(at) {
            (item.per, item.end) = (Some(Per::Unit(time)), at + 1);
            return;
        }
        // "140,000 vehicles a year"
        if self.is_any(at, &[words::A, words::AN])
            && let Some((unit, end)) = self.per_time(at)
        {
            (item.per, item.end) = (Some(Per::Unit(unit)), end);
            return;
        }
        if !self.is_any(at, &[PER, words::FOR]) {
            return;
        }
        let every = usize::from(self.is_any(at + 1, &[words::EVERY, words::EACH]));
        if self.is(at, words::FOR) && every == 0 {
            return;
        }
        let next = at + 1 + every;
        if let Some((unit, end)) = self
            .longest_unit(next)
            .filter(|(unit, _)| matches!(unit.measures, Measures::Quantity | Measures::Time))
        {
            (item.per, item.end) = (Some(Per::Unit(unit)), end);
            return;
        }
        let article = self.has(next, role::SCALE) && self.text(next).len() > 3;
        if let Some(number) = self
            .numeral(next)
            .filter(|number| number.unit.is_none() && number.upper.is_none() && !number.fraction)
        {
            let noun = self.plural_noun(number.end).filter(|noun| *noun < number.end + 4);
            let end = noun.map_or(number.end, |noun| noun + 1);
            (item.per, item.end) = (Some(Per::Words(next, end)), end);
        } else if article {
            // "per million inhabitants"
            let noun = self.plural_noun(next + 1).filter(|noun| *noun < next + 4);
            let end = noun.map_or(next + 1, |noun| noun + 1);
            (item.per, item.end) = (Some(Per::Words(next, end)), end);
        } else if every == 0
            && self.is_lower_word(next)
            && !self.has(next, role::FUNCTION)
            && self.text(next) != "cent"
        {
            (item.per, item.end) = (Some(Per::Noun(next)), next + 1);
        }
    }
}
