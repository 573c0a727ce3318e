//! Weekends, and quarters that share the year of one before.

use copydesk_core::hash_lowered;
use jiff::civil::Weekday;

use crate::item::{Content, Item};
use crate::lists::list;
use crate::scope::Scope;
use crate::time::holiday::weekend_of;
use crate::time::when::{Step, When};
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// "the weekend", "that weekend": the one of this week, or of the last one early in a week that looks back.
    pub(crate) fn weekend(&self, at: usize) -> Option<Item> {
        const BEFORE: [u64; 5] =
            [words::THE, words::THAT, hash_lowered("my"), hash_lowered("over"), hash_lowered("our")];
        let previous = at.wrapping_sub(1);
        if !self.is(at, hash_lowered("weekend"))
            || !self.is_any(previous, &BEFORE)
            || self.is_lower_word(at + 1) && !self.has(at + 1, role::FUNCTION | role::VERB | role::REPORT)
            || self.is(at + 1, hash_lowered("after"))
            || self.is(at + 1, words::BEFORE) && self.is(at + 2, words::LAST)
        {
            return None;
        }
        // "the weekend of Thanksgiving", "the weekend of June 4"
        if self.is(at + 1, words::OF) {
            let day = self.calendar(at + 2)?;
            let Content::Time(When::Day(date)) = day.content else { return None };
            return Some(self.date_item(at, day.end, weekend_of(date), "weekend"));
        }
        let when = match self.today {
            Some(today) => {
                let past = self.is(previous, words::THE) && self.looks_back(at);
                match When::offset(Some(today), -i32::from(past), Step::Week) {
                    When::Week(year, week) => When::Weekend(year, week),
                    other => other,
                }
            }
            None => When::Offset(0, Step::Week),
        };
        Some(self.date_item(at, at + 1, when, "weekend"))
    }

    /// "6% in the first quarter and 4% in the second": a quarter or half of the year that was named before.
    pub(crate) fn same_year(&self, at: usize, items: &[Item]) -> Option<Item> {
        let the = at.wrapping_sub(1);
        if items.is_empty() || !self.is(the, words::THE) {
            return None;
        }
        let clue = self
            .is_any(the.wrapping_sub(1), &[words::IN, words::FOR, words::FROM, words::DURING, words::SINCE]);
        let alone = !self.is_word(at + 1) || self.has(at + 1, role::FUNCTION | role::BREAK);
        if !(self.has(at, role::ORDINAL) && clue && alone) {
            return None;
        }
        let nth = i8::try_from(self.entry(at).value).ok().filter(|nth| (1..=4).contains(nth))?;
        let named = items.iter().rev().take(4).find_map(|item| match item.content {
            Content::Time(when) if item.first >= self.start => Some(when),
            _ => None,
        })?;
        let when = match named {
            When::Quarter(year, _) => When::Quarter(year, nth),
            When::AnyQuarter(_) => When::AnyQuarter(nth),
            When::Half(year, _) if nth < 3 => When::Half(year, nth),
            When::AnyHalf(_) if nth < 3 => When::AnyHalf(nth),
            _ => return None,
        };
        Some(self.date_item(the, at + 1, when, "quarter"))
    }

    /// Whether a weekend given early in the week is the one before.
    pub(crate) fn looks_back(&self, at: usize) -> bool {
        let early = self.today.is_some_and(|today| {
            matches!(today.weekday(), Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday)
        });
        let past = |at: usize| self.is_past_verb(at) || self.listed(at, list::PAST);
        early && !self.is_future(at) && (1..24).any(|back| past(at.wrapping_sub(back)) || past(at + back))
    }
}
