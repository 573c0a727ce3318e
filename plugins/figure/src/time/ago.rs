//! Dates given by how long before or after something they are: "three years ago", "in two weeks", "2 weeks and 2 days later".

use copydesk_core::{Decimal, hash_lowered};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item, RelativeTo};
use crate::lists::list;
use crate::numbers::sum::Lengths;
use crate::scope::Scope;
use crate::time::when::{Step, When};
use crate::vocabulary::role;
use crate::words;

/// Years, months, weeks and days, and the largest of them that is given.
#[derive(Clone, Copy)]
struct Length {
    parts: [i32; 4],
    /// Told in one unit.
    single: Option<(i32, Step)>,
    end: usize,
}

impl Length {
    fn span(self) -> jiff::Span {
        let [years, months, weeks, days] = self.parts;
        years.years().months(months).weeks(weeks).days(days)
    }

    /// The day, month or year so long before (`sign` -1) or after a day.
    fn from(self, today: Option<Date>, sign: i32) -> Option<When> {
        let Some(today) = today else {
            let (count, step) = self.single?;
            return Some(When::Offset(sign * count, step));
        };
        if let Some((count, step @ (Step::Month | Step::Quarter | Step::Year))) = self.single {
            return Some(When::offset(Some(today), sign * count, step));
        }
        let moved = if sign < 0 { today.checked_sub(self.span()) } else { today.checked_add(self.span()) };
        moved.ok().map(When::Day)
    }
}

impl Scope<'_> {
    /// "three years ago", "a week ago", "a year earlier", "10 days from now", "in two weeks".
    pub(crate) fn ago(&self, at: usize) -> Option<Item> {
        // Most numbers have no unit of time after them, and most other words begin no length.
        let short = self.is_number(at) || self.is_any(at, &[words::A, words::AN]);
        if !(short || self.has(at, role::CARDINAL) || self.is_any(at, &[words::COUPLE, words::HALF])) {
            return None;
        }
        let reach = if short { 4 } else { 8 };
        let timed = |at: usize| {
            self.has(at, role::SPAN | role::WEEKDAY)
                || self.is_any(at, &[hash_lowered("fortnight"), hash_lowered("fortnights")])
        };
        if !(1..reach).any(|ahead| timed(at + ahead)) {
            return None;
        }
        if let Some(item) = self.weekdays_away(at) {
            return Some(item);
        }
        if let Some(item) = self.hours_ago(at) {
            return Some(item);
        }
        let length = self.length(at)?;
        let end = length.end;
        // "a month after May 3"; others are joined with the length before it.
        let before = self.is(end, words::BEFORE);
        if self.is_any(at, &[words::A, words::AN])
            && (before
                || self.is_any(end, &[hash_lowered("after"), words::FOLLOWING])
                || self.is(end, words::FROM) && self.has(end + 1, role::WEEKDAY))
            && let Some(Item { content: Content::Time(When::Day(day)), end, .. }) = self
                .calendar(end + 1)
                .or_else(|| self.relative_day(end + 1))
                .filter(|item| item.relative_to.is_none())
        {
            let day =
                if self.is(length.end, words::FROM) { self.weekday_ahead(day, length.end + 1) } else { day };
            let moved = if before { day.checked_sub(length.span()) } else { day.checked_add(length.span()) };
            return Some(self.date_item(at, end, When::Day(moved.ok()?), "shifted"));
        }
        // "two years and a half ago", "a year and a half from now"
        if let Some((months, end)) = self.half_more(at, &length)
            && let Some(today) = self.today
        {
            let back = self.is(end, words::AGO);
            let on = self.is(end, words::FROM) && self.is(end + 1, words::NOW);
            if back || on {
                let when = When::offset(Some(today), if back { -months } else { months }, Step::Month);
                let mut item = self.date_item(
                    at,
                    end + 1 + usize::from(on),
                    when,
                    if back { "ago" } else { "from-now" },
                );
                item.confidence = 0.8;
                return Some(item);
            }
        }
        if self.is(end, words::AGO) {
            let mut item = self.date_item(at, end + 1, length.from(self.today, -1)?, "ago");
            item.confidence = 0.85;
            return Some(item);
        }
        let now = self.is(end, words::FROM) && self.is_any(end + 1, &[words::NOW, hash_lowered("today")]);
        if now || self.is(end, hash_lowered("hence")) {
            return Some(self.date_item(
                at,
                end + 1 + usize::from(now),
                length.from(self.today, 1)?,
                "from-now",
            ));
        }
        let earlier = self.is(end, words::EARLIER)
            || self.is_any(end, &[words::BEFORE, hash_lowered("previously")]) && self.ends_clause(end + 1);
        if earlier || self.is(end, words::LATER) {
            let sign = if earlier { -1 } else { 1 };
            let [years, months, weeks, days] = length.parts;
            if let Some((count, Step::Year)) = length.single {
                let by = i16::try_from(sign * count).ok()?;
                let mut item = self.date_item(
                    at,
                    end + 1,
                    When::offset(self.today, i32::from(by), Step::Year),
                    "earlier",
                );
                item.relative_to = Some(RelativeTo::Shift(by));
                return Some(item);
            }
            let mut item = self.date_item(at, end + 1, length.from(self.today, sign)?, "later");
            item.relative_to = Some(RelativeTo::Moved {
                months: sign * (years * 12 + months),
                days: sign * (weeks * 7 + days),
            });
            return Some(item);
        }
        // "in two weeks": only where the sentence looks ahead, for it is also how long something took.
        // "its first summit in three years" looks back.
        let record = (2..9).any(|back| {
            let word = at.wrapping_sub(back);
            self.has(word, role::ORDINAL)
                || self.is_lower_word(word) && self.text(word).ends_with("est") && self.text(word).len() > 5
        });
        // "in two years' time" is always to come.
        let owner = self.is_any(end, &[words::S, hash_lowered("'"), hash_lowered("’")]);
        let time = usize::from(owner && self.is(end + 1, words::TIME)) * 2;
        if self.is(at.wrapping_sub(1), words::IN)
            && !self.is(end, words::OF)
            // "in a week or two"
            && !self.is(end, words::OR)
            && (time > 0 || !record && (self.is_future(at) || self.is_appointed(at - 1)))
        {
            return Some(self.date_item(at - 1, end + time, length.from(self.today, 1)?, "in"));
        }
        None
    }

    /// "tomorrow" after a length: "two weeks after tomorrow".
    fn relative_day(&self, at: usize) -> Option<Item> {
        const DAYS: [u64; 3] = [hash_lowered("today"), hash_lowered("tomorrow"), hash_lowered("yesterday")];
        DAYS.contains(&self.hash(at)).then(|| self.relative(at)).flatten()
    }

    /// Half a year after a number of years: the months of both, and the next token.
    fn half_more(&self, at: usize, length: &Length) -> Option<(i32, usize)> {
        let (years, Step::Year) = length.single? else { return None };
        let half = self.is(length.end, words::AND)
            && self.is_any(length.end + 1, &[words::A, words::AN])
            && self.is(length.end + 2, words::HALF);
        (half && years < 1000 && at < length.end).then_some((12 * years + 6, length.end + 3))
    }

    /// "She sails in four days", "Talks resume in two weeks", "The vote is in three weeks": the present tense of an event that is
    /// fixed. `at` is the "in".
    fn is_appointed(&self, at: usize) -> bool {
        let verb = at.wrapping_sub(1);
        let told = |verb: usize| {
            self.is_lower_word(verb)
                && self.listed(verb, list::APPOINTED)
                && !self.listed(verb.wrapping_sub(1), list::DETERMINER)
                && !self.is_any(verb.wrapping_sub(1), &[words::TO, hash_lowered("not")])
        };
        if self.is_any(verb, &[words::IS, words::ARE]) {
            return !self.is_any(verb.wrapping_sub(1), &[words::WHICH, words::THAT]);
        }
        // "leaves for Oslo in four days", "go to the polls in three weeks".
        for back in 1..=6 {
            let word = at.wrapping_sub(back);
            if !self.is_word(word) || self.has(word, role::BREAK) || self.is_past_verb(word) {
                return false;
            }
            if told(word) {
                return true;
            }
        }
        false
    }

    /// Whether a clause ends at a token.
    fn ends_clause(&self, at: usize) -> bool {
        self.is_end(at) || self.is_any(at, &[words::COMMA, words::SEMICOLON, words::CLOSE])
    }

    /// A length of time in days or more.
    fn length(&self, at: usize) -> Option<Length> {
        let couple = at + usize::from(self.is(at, words::A));
        let (count, noun) = if self.is(couple, words::COUPLE) {
            (2, couple + 1 + usize::from(self.is(couple + 1, words::OF)))
        } else if self.is(at, words::HALF)
            && self.is_any(at + 1, &[words::A, words::AN])
            && self.is(at + 2, words::YEAR)
            && self.is_any(at + 3, &[words::AGO, words::EARLIER, words::LATER])
        {
            return Some(Length { parts: [0, 6, 0, 0], single: Some((6, Step::Month)), end: at + 3 });
        } else if self.is_any(at, &[words::A, words::AN]) {
            (1, at + 1)
        } else if self.has(at, role::CARDINAL) || self.is_number(at) {
            let numeral = self.numeral(at)?;
            // "four and a half years ago"
            if numeral.value.exponent() < 0
                && self.has(numeral.end, role::SPAN)
                && self.entry(numeral.end).calendar == 5
            {
                let months =
                    numeral.value.times(Decimal::from(12)).filter(|months| months.exponent() >= 0)?;
                let months = (months.to_f64() as i32).clamp(0, 12_000);
                let single = Some((months, Step::Month));
                return Some(Length { parts: [0, months, 0, 0], single, end: numeral.end + 1 });
            }
            let power = u32::try_from(numeral.value.exponent()).ok()?;
            (
                i32::try_from(numeral.value.mantissa().checked_mul(10i64.checked_pow(power)?)?).ok()?,
                numeral.end,
            )
        } else {
            return None;
        };
        let entry = self.entry(noun);
        let fortnight = self.is_any(noun, &[hash_lowered("fortnight"), hash_lowered("fortnights")]);
        if !(entry.is(role::SPAN) || fortnight) || count > 40_000 {
            return None;
        }
        let end = noun + 1;
        // Decades and centuries are counted in years.
        let (parts, single) = match entry.calendar {
            _ if fortnight => ([0, 0, 2 * count, 0], (2 * count, Step::Week)),
            0 => ([0, 0, 0, count], (count, Step::Day)),
            1 => ([0, 0, count, 0], (count, Step::Week)),
            3 => ([0, count, 0, 0], (count, Step::Month)),
            4 => ([0, 3 * count, 0, 0], (count, Step::Quarter)),
            5 => ([count, 0, 0, 0], (count, Step::Year)),
            6 => ([10 * count, 0, 0, 0], (10 * count, Step::Year)),
            7 => ([100 * count, 0, 0, 0], (100 * count, Step::Year)),
            _ => return None,
        };
        // "3 years 5 months 9 days later"
        let more = self.is(end, words::AND) || self.is_number(end) || self.is(end, words::COMMA);
        if more
            && let Some(amount) = self.amount(at).map(|amount| self.summed(amount))
            && let Some([years, months, weeks, days, 0, 0, 0]) = amount.lengths as Option<Lengths>
        {
            return Some(Length { parts: [years, months, weeks, days], single: None, end: amount.end });
        }
        Some(Length { parts, single: Some(single), end })
    }
}
