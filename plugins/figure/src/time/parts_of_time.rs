//! The first or last part of a year or month: "the first nine months of 2021", "the last two quarters of 2020", "the first two weeks
//! of May".

use copydesk_core::hash_lowered;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// So many months, quarters, weeks or days from a year's or month's beginning, or up to its end.
    pub(crate) fn part_of_time(&self, at: usize) -> Option<Item> {
        const ENDS: [u64; 2] = [words::LAST, hash_lowered("final")];
        const STARTS: [u64; 2] = [words::FIRST, hash_lowered("opening")];
        let last = self.is_any(at, &ENDS);
        if !(last || self.is_any(at, &STARTS))
            || !(self.has(at + 1, role::CARDINAL) || self.is_number(at + 1))
        {
            return None;
        }
        let numeral = self.numeral(at + 1)?;
        let noun = numeral.end;
        let whole = numeral.value.exponent() >= 0 && numeral.upper.is_none();
        let count = i8::try_from(numeral.value.to_f64() as i64).ok().filter(|_| whole)?;
        if count < 1 || !self.has(noun, role::SPAN) || !self.text(noun).ends_with('s') {
            return None;
        }
        if !self.is(noun + 1, words::OF) {
            return None;
        }
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let months = match self.entry(noun).calendar {
            3 => Some(count),
            4 => Some(count.checked_mul(3)?),
            _ => None,
        };
        if let Some(months) = months {
            if !(2..=11).contains(&months) {
                return None;
            }
            let (year, end) = self.year_told(noun + 2)?;
            let (from, to) = if last { (13 - months, 12) } else { (1, months) };
            let when = |month: i8| year.map_or(When::AnyMonth(month), |year| When::Month(year, month));
            return Some(self.period_item(first, end, when(from), when(to), "months"));
        }
        let days = match self.entry(noun).calendar {
            0 => i64::from(count),
            1 => 7 * i64::from(count),
            _ => return None,
        };
        let (from, to, end) = self.year_or_month(noun + 2)?;
        let (from, to) = if last {
            (to.checked_sub((days - 1).days()).ok()?.max(from), to)
        } else {
            (from, from.checked_add((days - 1).days()).ok()?.min(to))
        };
        (days > 1).then(|| self.period_item(first, end, When::Day(from), When::Day(to), "days"))
    }

    /// The first and last day of a year or month that begins at a token, and the next token.
    fn year_or_month(&self, at: usize) -> Option<(Date, Date, usize)> {
        if let Some((year, end)) = self.year_told(at) {
            let year = year?;
            return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, end));
        }
        let named = || if self.has(at, role::MONTH) { self.month_first(at) } else { None };
        let month = self.deictic(at).or_else(named)?;
        let Content::Time(When::Month(year, number)) = month.content else { return None };
        let from = Date::new(year, number, 1).ok()?;
        Some((from, from.last_of_month(), month.end))
    }
}
