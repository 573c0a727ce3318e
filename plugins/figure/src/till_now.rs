//! Stretches whose one end is the day of publication: "between now and March 9", "from 2015 until now", "from June 4 to date".

use copydesk_core::hash_lowered;

use crate::item::{Content, Item};
use crate::scope::Scope;
use crate::when::When;
use crate::words;

/// What leads from one end to the other.
const TILL: [u64; 5] = [words::TO, words::UNTIL, words::TILL, words::THROUGH, hash_lowered("til")];

impl Scope<'_> {
    /// A date with "now" before or behind it, as the stretch that the two make.
    pub(crate) fn till_now(&self, item: &Item) -> Option<Item> {
        let today = self.today?;
        let Content::Time(when) = item.content else { return None };
        if matches!(when, When::Clock(..)) || when.is_relative() {
            return None;
        }
        // "between now and the end of May", "from now until June 3"
        let joint = item.first.wrapping_sub(1);
        let joint = joint.wrapping_sub(usize::from(self.is(joint, words::THE)));
        let now = joint.wrapping_sub(1);
        let between = self.is(joint, words::AND) && self.is(now.wrapping_sub(1), words::BETWEEN);
        let from = self.is_any(joint, &TILL);
        if (between || from) && self.is(now, words::NOW) {
            // "between now and March 9": the next one.
            let over = match when {
                When::Day(day) => day < today,
                When::Month(year, month) => (year, month) < (today.year(), today.month()),
                _ => false,
            };
            let when = if over { when.shift_years(1)? } else { when };
            let mut stretch = self.period_item(now, item.end, When::Day(today), when, "till-now");
            stretch.ends = Some([self.span(now, now + 1), item.span]);
            return Some(stretch);
        }
        // "from June 4 to date", "since 2015 until now", "from March 2019 to the present day"
        let before = item.first.wrapping_sub(1);
        if !self.is_any(item.end, &TILL) || !self.is_any(before, &[words::FROM, words::SINCE]) {
            return None;
        }
        let the = usize::from(self.is(item.end + 1, words::THE));
        let word = item.end + 1 + the;
        let day = usize::from(self.is(word + 1, hash_lowered("day")));
        let end = match self.text(word) {
            "now" | "date" if the == 0 => word + 1,
            "present" => word + 1 + day,
            _ => return None,
        };
        let mut stretch = self.period_item(item.first, end, when, When::Day(today), "till-now");
        stretch.ends = Some([item.span, self.span(item.end + 1, end)]);
        Some(stretch)
    }
}
