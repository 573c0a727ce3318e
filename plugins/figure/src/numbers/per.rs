//! What a unit is counted by: "per barrel", "a month", "/h".

use copydesk_core::hash_lowered;

use crate::item::{Per, TimeUnit};
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, role};
use crate::words;

impl Scope<'_> {
    /// "120 grams of carbon dioxide per kilometre": what a unit of something is counted by.
    pub(crate) fn per_behind_stuff(&self, unit: Unit, at: usize) -> Option<Per> {
        if !self.is(at, words::OF) || unit.measures != Measures::Quantity {
            return None;
        }
        let per = (at + 2..at + 4).find(|at| {
            self.is(*at, hash_lowered("per")) || self.is(*at, words::A) && self.per_time(*at).is_some()
        })?;
        let stuff = (at + 1..per).all(|at| self.is_word(at) && !self.has(at, role::FUNCTION));
        stuff.then(|| self.per(unit, per)).flatten().map(|(per, _)| per)
    }

    /// What a unit is counted by, over which time: "per barrel", "a month", "/h", "-a-day", "per hectare per year".
    pub(crate) fn per(&self, unit: Unit, at: usize) -> Option<(Per, usize)> {
        let (per, end) = self.per_one(unit, at)?;
        let timed = matches!(per, Per::Unit(by) if by.measures == Measures::Time);
        let then = if timed { None } else { self.per_time(end) };
        let Some((time, stop)) = then.and_then(|(unit, stop)| Some((TimeUnit::of(unit)?, stop))) else {
            return Some((per, end));
        };
        let per = match per {
            Per::Unit(by) => Per::Units(by, time),
            Per::Noun(noun) => Per::Words(noun, stop),
            other => other,
        };
        Some((per, stop))
    }

    /// "per year", "a day" after what a rate is counted by.
    pub(crate) fn per_time(&self, at: usize) -> Option<(Unit, usize)> {
        if let Some(time) = self.frequency_behind(at) {
            return Some((time, at + 1));
        }
        if !self.is_any(at, &[hash_lowered("per"), words::A, words::AN, words::EACH, words::EVERY]) {
            return None;
        }
        let (unit, end) = self.longest_unit(at + 1)?;
        // "a year earlier"
        let now = self.is(end, words::FROM) && self.is_any(end + 1, &[words::NOW, hash_lowered("today")]);
        let told = now
            || self.is_any(
                end,
                &[
                    words::EARLIER,
                    words::AGO,
                    words::LATER,
                    words::BEFORE,
                    words::OLD,
                    hash_lowered("after"),
                    words::HYPHEN,
                ],
            );
        let one = self.has(at + 1, role::SPAN) && !self.text(at + 1).ends_with('s');
        (unit.measures == Measures::Time && one && !told).then_some((unit, end))
    }

    /// What a unit is counted by: "per barrel", "a month", "/h", "-a-day".
    fn per_one(&self, unit: Unit, at: usize) -> Option<(Per, usize)> {
        const EACH: [u64; 3] = [words::EACH, words::EVERY, hash_lowered("per")];
        // "$80,000 annually", "4,000 tonnes daily"
        if let Some(time) = self.frequency_behind(at)
            && !matches!(unit.measures, Measures::Time | Measures::Age | Measures::Percent)
        {
            return Some((Per::Unit(time), at + 1));
        }
        let slash = self.is(at, words::SLASH) && self.glued(at) && self.glued(at + 1);
        let hyphen = usize::from(self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1));
        let per = at + hyphen;
        let article = self.is_any(per, &[words::A, words::AN]);
        if !(slash || article || EACH.contains(&self.hash(per))) || unit.measures == Measures::Age {
            return None;
        }
        let mut next = per + 1;
        if hyphen > 0 {
            if !(self.is(next, words::HYPHEN) && self.glued(next)) {
                return None;
            }
            next += 1;
        }
        if let Some((by, end)) = self.longest_unit(next) {
            let text = self.text(next);
            let time = by.measures == Measures::Time;
            let plural = text.ends_with('s') && text.len() > 2;
            let fits = !plural
                && (time
                    || by.measures == Measures::Quantity
                    || by.code == "GBP" && unit.measures == Measures::Money)
                && (unit.measures != Measures::Time || time || slash);
            // "5% a year earlier", "$5 a second later".
            let told = self.is_any(
                end,
                &[
                    words::EARLIER,
                    words::AGO,
                    words::LATER,
                    words::BEFORE,
                    hash_lowered("after"),
                    words::FROM,
                    words::OLD,
                ],
            ) || article && self.is(end, words::HYPHEN) && self.glued(end);
            let symbol = text.len() <= 2 && !slash && hash_lowered("per") != self.hash(per);
            if fits && !told && !symbol {
                let pound = by.code == "GBP";
                return Some((Per::Unit(if pound { self.vocabulary.pound_of_weight() } else { by }), end));
            }
            return None;
        }
        let each = self.has(next, role::EACH);
        let any =
            self.is(per, hash_lowered("per")) && self.is_lower_word(next) && !self.has(next, role::FUNCTION);
        let money = matches!(unit.measures, Measures::Money);
        (each && (money || !article) || any && !slash && self.text(next) != "cent")
            .then_some((Per::Noun(next), next + 1))
    }
}
