//! Stretches whose one end is the day of publication: "between now and March 9", "from 2015 until now", "from June 4 to date".

use copydesk_core::hash_lowered;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::scope::Scope;
use crate::time::when::When;
use crate::words;

/// What leads from one end to the other.
const TILL: [u64; 5] = [words::TO, words::UNTIL, words::TILL, words::THROUGH, hash_lowered("til")];

impl Scope<'_> {
    /// "year to date", "YTD", "month-to-date": from the year's, quarter's or month's first day to that of publication.
    pub(crate) fn year_to_date(&self, at: usize) -> Option<Item> {
        // Most words that begin relative dates are followed by others.
        let joint = |at: usize| self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1);
        if !(self.is(at + 1, words::TO) || joint(at + 1) || self.text(at).len() == 3) {
            return None;
        }
        let (letter, end) = match self.text(at) {
            "YTD" | "ytd" => ('y', at + 1),
            "QTD" | "qtd" => ('q', at + 1),
            "MTD" | "mtd" => ('m', at + 1),
            _ => {
                let to = at + 1 + usize::from(joint(at + 1));
                let date = to + 1 + usize::from(joint(to + 1));
                let told = self.is(to, words::TO) && self.is(date, hash_lowered("date"));
                let letter = match self.hash(at) {
                    words::YEAR => 'y',
                    words::QUARTER => 'q',
                    hash if hash == hash_lowered("month") => 'm',
                    _ => return None,
                };
                (Some(letter).filter(|_| told)?, date + 1)
            }
        };
        let today = self.today?;
        let first = match letter {
            'y' => today.first_of_year(),
            'q' => Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1).ok()?,
            _ => today.first_of_month(),
        };
        let start = if self.is_any(at.wrapping_sub(1), &[words::THE, words::THIS]) { at - 1 } else { at };
        Some(self.period_item(start, end, When::Day(first), When::Day(today), "to-date"))
    }

    /// A date with "now" before or after it, as the stretch that the two make.
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
        // "between June 2019 and now"
        let before = item.first.wrapping_sub(1);
        let present = item.end + 1;
        if self.is(before, words::BETWEEN)
            && self.is(item.end, words::AND)
            && (self.is(present, words::NOW) || self.is(present, hash_lowered("today")))
        {
            let mut stretch = self.period_item(item.first, present + 1, when, When::Day(today), "till-now");
            stretch.ends = Some([item.span, self.span(present, present + 1)]);
            return Some(stretch);
        }
        // "from June 4 to date", "since 2015 until now", "from March 2019 to the present day"
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
