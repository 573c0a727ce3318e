//! Quarters and halves of a year: "the second quarter of 2021", "1Q16", "the first half of the year".

use copydesk_core::hash_lowered;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// "the second quarter of 2021", "Q2 2021", "the first half of the year".
    pub(crate) fn quarter(&self, at: usize) -> Option<Item> {
        if let Some(item) = self.part_of_time(at) {
            return Some(item);
        }
        let text = self.text(at);
        let (number, half, behind) = match text.as_bytes() {
            [b'Q', digit @ b'1'..=b'4'] => ((digit - b'0') as i8, false, at + 1),
            [b'H', digit @ b'1'..=b'2'] => ((digit - b'0') as i8, true, at + 1),
            // "1Q 2016", "2H16"
            [digit @ b'1'..=b'4', b'Q', year @ ..] => {
                return self.quarter_of_digits(at, (digit - b'0') as i8, false, year);
            }
            [digit @ b'1'..=b'2', b'H', year @ ..] => {
                return self.quarter_of_digits(at, (digit - b'0') as i8, true, year);
            }
            _ if self.is_any(at, &[hash_lowered("final"), hash_lowered("opening")]) => {
                return self.quarter_at_edge(at);
            }
            _ => {
                let entry = self.entry(at);
                let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
                let noun = at + 1 + hyphen;
                let number = if self.is_number(at) { 0 } else { self.ordinal_value(at)? };
                let half = self.is(noun, words::HALF);
                if !(1..=4).contains(&number)
                    || !(self.is(noun, words::QUARTER) || half && number <= 2)
                    || entry.is(role::RELATIVE)
                {
                    return None;
                }
                (number as i8, half, noun + 1)
            }
        };
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let of = usize::from(self.is(behind, words::OF));
        // "the third quarter of fiscal 2023": of the year that it is named for
        let fiscal = usize::from(of > 0 && matches!(self.text(behind + of), "fiscal" | "financial"));
        let (year, end) = if let Some(told) = self.year_told(behind + of + fiscal) {
            told
        } else if half && of > 0 {
            return self.half_of_month(first, number, behind + of);
        } else if half {
            // Halves of games are more frequent.
            return None;
        } else {
            (None, behind)
        };
        let year = year.or_else(|| {
            let today = self.today?;
            let begun = (today.month() - 1) / 3 + 1 >= number;
            Some(today.year() - i16::from(!begun && !self.is_future(at)))
        });
        let when = match (year, half) {
            (Some(year), false) => When::Quarter(year, number),
            (Some(year), true) => When::Half(year, number),
            (None, false) => When::AnyQuarter(number),
            (None, true) => When::AnyHalf(number),
        };
        Some(self.date_item(first, end, when, "quarter"))
    }

    /// "the first half of June", "the second half of next month": up to its fifteenth day, or from the sixteenth on.
    fn half_of_month(&self, first: usize, number: i8, at: usize) -> Option<Item> {
        let item = self.month_first(at).or_else(|| self.deictic(at))?;
        let Content::Time(When::Month(year, month)) = item.content else { return None };
        let start = Date::new(year, month, 1).ok()?;
        let (from, to) = if number == 1 { (1, 15) } else { (16, start.days_in_month()) };
        let day = |day: i8| Date::new(year, month, day).ok().map(When::Day);
        Some(self.period_item(first, item.end, day(from)?, day(to)?, "half-month"))
    }

    /// "the September quarter", "the June 2021 quarter": the three months that end with it.
    pub(crate) fn quarter_of_month(&self, at: usize) -> Option<Item> {
        if !self.is_capitalized(at) || !(1..=2).any(|ahead| self.is(at + ahead, words::QUARTER)) {
            return None;
        }
        let month = self.entry(at).calendar as i8;
        let (year, noun) = match self.year_at(at + 1) {
            Some(year) => (Some(year), at + 2),
            None => (None, at + 1),
        };
        if month % 3 != 0 || !self.is(noun, words::QUARTER) {
            return None;
        }
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let when = match self.month(at, year, month) {
            When::Month(year, month) => When::Quarter(year, month / 3),
            _ => When::AnyQuarter(month / 3),
        };
        Some(self.date_item(first, noun + 1, when, "quarter"))
    }

    /// "the final quarter of 2017", "the opening half of last year".
    pub(crate) fn quarter_at_edge(&self, at: usize) -> Option<Item> {
        let half = self.is(at + 1, words::HALF);
        if !(half || self.is(at + 1, words::QUARTER)) || !self.is(at + 2, words::OF) {
            return None;
        }
        let (year, end) = self.year_told(at + 3)?;
        let last = self.is(at, hash_lowered("final"));
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let when = match (half, last) {
            (true, last) => When::Half(year?, if last { 2 } else { 1 }),
            (false, last) => When::Quarter(year?, if last { 4 } else { 1 }),
        };
        Some(self.date_item(first, end, when, "quarter"))
    }

    /// "1Q 2016", "1Q16", "2H 2016": the year glued to the letter or after it.
    pub(crate) fn quarter_of_digits(&self, at: usize, number: i8, half: bool, year: &[u8]) -> Option<Item> {
        let (year, end) = if year.is_empty() {
            let (year, end) = self.year_told(at + 1 + usize::from(self.is(at + 1, words::OF)))?;
            (year?, end)
        } else {
            let digits: i16 = std::str::from_utf8(year).ok()?.parse().ok()?;
            let year = match year.len() {
                2 => 2000 + digits,
                4 => digits,
                _ => return None,
            };
            (year, at + 1)
        };
        let when = if half { When::Half(year, number) } else { When::Quarter(year, number) };
        Some(self.date_item(at, end, when, "quarter"))
    }
}
