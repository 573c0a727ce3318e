//! Stretches of time told by their number or place: "the past three years", "the last week of July", "week 31", "the next decade".

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::item::{Content, Item};
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::{Measures, role};
use crate::when::{Step, When};
use crate::words;

const WEEK: u64 = hash_lowered("week");
const FORTNIGHT: u64 = hash_lowered("fortnight");
const UPCOMING: u64 = hash_lowered("upcoming");

/// Which way from the day of publication a word looks.
fn way(hash: u64) -> Option<i32> {
    match hash {
        words::LAST | words::PREVIOUS | words::PAST => Some(-1),
        words::NEXT | words::COMING | UPCOMING | words::FOLLOWING => Some(1),
        _ => None,
    }
}

fn monday_of(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

impl Scope<'_> {
    /// "the past three years", "next 5 days", "the 5 past years": so much time up to or from the day of publication.
    pub(crate) fn stretch(&self, at: usize) -> Option<Item> {
        let the = usize::from(self.is(at.wrapping_sub(1), words::THE));
        let (count_at, back) = match way(self.hash(at)) {
            Some(back) => (at + 1, back),
            None => {
                (at, way(self.hash(at + 1)).filter(|_| self.is_number(at) || self.has(at, role::CARDINAL))?)
            }
        };
        let few = self.is_any(count_at, &[words::FEW, hash_lowered("several")]);
        let (count, unit_at) = if few {
            (3, count_at + 1)
        } else if self.is(count_at, FORTNIGHT) {
            (1, count_at)
        } else {
            if !(self.is_number(count_at) || self.has(count_at, role::CARDINAL)) {
                return None;
            }
            let numeral = self.numeral(count_at)?;
            let count =
                i32::try_from(numeral.value.mantissa()).ok().filter(|_| numeral.value.exponent() == 0);
            let tens =
                (numeral.value.exponent() == 1).then(|| i32::try_from(numeral.value.mantissa() * 10).ok());
            let swapped = usize::from(way(self.hash(at)).is_none());
            (count.or(tens.flatten())?, numeral.end + swapped)
        };
        let (unit, end) = self.longest_unit(unit_at).filter(|(unit, _)| unit.measures == Measures::Time)?;
        let plural = self.text(unit_at).ends_with('s') || self.is(unit_at, FORTNIGHT);
        if !(1..=400).contains(&count) || !plural || self.is(unit_at, hash_lowered("s")) {
            return None;
        }
        // "for the last three years of its life": not up to today.
        if self.is(end, words::OF) {
            return None;
        }
        let first = at - the;
        let span = |count: i64| match unit.code {
            "d" => Some(count.days()),
            "wk" => Some(count.weeks()),
            "2.wk" => Some((2 * count).weeks()),
            "mo" => Some(count.months()),
            "3.mo" => Some((3 * count).months()),
            "a" => Some(count.years()),
            _ => None,
        };
        if let Some(today) = self.today
            && let Some(span) = span(i64::from(count))
        {
            let (from, to) = if back < 0 {
                (today.checked_sub(span).ok()?, today)
            } else {
                (today.tomorrow().ok()?, today.checked_add(span).ok()?)
            };
            return Some(self.period_item(first, end, When::Day(from), When::Day(to), "stretch"));
        }
        if let (Some(today), "10.a") = (self.today, unit.code) {
            let decade = today.year() - today.year().rem_euclid(10);
            let count = i16::try_from(count).ok()?;
            let (from, to) = if back < 0 {
                (decade - 10 * count, decade - 1)
            } else {
                (decade + 10, decade + 10 * count + 9)
            };
            return Some(self.period_item(first, end, When::Year(from), When::Year(to), "stretch"));
        }
        if few {
            return None;
        }
        // How long is all that the text tells without a day of publication.
        let mut item = Item::new(
            first,
            end,
            self.span(first, end),
            FigureKind::Duration,
            Content::Number(copydesk_core::Decimal::from(count)),
            "stretch",
        );
        item.set_unit(unit);
        Some(item)
    }

    /// "next decade", "the next workweek", "the past fortnight" and other spans of one.
    pub(crate) fn one_span(&self, at: usize, noun: usize, count: i32) -> Option<Item> {
        let today = self.today?;
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        if self.is(noun, hash_lowered("decade")) {
            // "over the next decade", "the past decade": ten years; else the decade of the calendar.
            const OVER: [u64; 6] = [
                words::OVER,
                words::DURING,
                words::FOR,
                hash_lowered("within"),
                hash_lowered("throughout"),
                hash_lowered("across"),
            ];
            if self.is_any(at, &[words::PAST, words::COMING]) || self.is_any(first.wrapping_sub(1), &OVER) {
                let (from, to) = if count < 0 {
                    (today.checked_sub(10.years()).ok()?, today)
                } else {
                    (today.tomorrow().ok()?, today.checked_add(10.years()).ok()?)
                };
                return Some(self.period_item(first, noun + 1, When::Day(from), When::Day(to), "stretch"));
            }
            let decade = today.year() - today.year().rem_euclid(10) + 10 * i16::try_from(count).ok()?;
            return Some(self.period_item(
                first,
                noun + 1,
                When::Year(decade),
                When::Year(decade + 9),
                "decade",
            ));
        }
        if self.is(noun, words::CENTURY) && count != 0 {
            let century = today.year() - today.year().rem_euclid(100) + 100 * i16::try_from(count).ok()?;
            return Some(self.period_item(
                first,
                noun + 1,
                When::Year(century),
                When::Year(century + 99),
                "century",
            ));
        }
        if self.is_any(noun, &[hash_lowered("workweek"), hash_lowered("work-week")]) {
            let monday = monday_of(today)?.checked_add((7 * i64::from(count)).days()).ok()?;
            let friday = monday.checked_add(4.days()).ok()?;
            return Some(self.period_item(first, noun + 1, When::Day(monday), When::Day(friday), "workweek"));
        }
        if self.is(noun, FORTNIGHT) {
            let days = |by: i64| today.checked_add(by.days()).ok();
            let (from, to) = if count < 0 { (days(-14)?, today) } else { (days(1)?, days(14)?) };
            return Some(self.period_item(first, noun + 1, When::Day(from), When::Day(to), "fortnight"));
        }
        None
    }

    /// "week 31", "week of the 18th", "week beginning February 4".
    pub(crate) fn numbered_week(&self, at: usize) -> Option<Item> {
        if !self.is(at, WEEK) {
            return None;
        }
        const BEGINNING: [u64; 4] =
            [words::OF, hash_lowered("beginning"), hash_lowered("starting"), hash_lowered("commencing")];
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        if let Some(number) = self.small(at + 1).filter(|number| (1..=53).contains(number)) {
            let (year, end) = if self.is(at + 2, words::OF) {
                let (year, end) = self.year_told(at + 3)?;
                (year?, end)
            } else {
                (self.today?.year(), at + 2)
            };
            // "in week 12 of the season" has no year and was refused above.
            let when = When::Week(year, i8::try_from(number).ok()?);
            return Some(self.date_item(first, end, when, "week"));
        }
        if !BEGINNING.contains(&self.hash(at + 1)) {
            return None;
        }
        let next = at + 2 + usize::from(self.is(at + 2, words::ON));
        let the = usize::from(self.is(next, words::THE));
        let date = self.calendar(next + the).or_else(|| self.month_first(next + the));
        if let Some(Item { content: Content::Time(When::Day(day)), end, .. }) = date {
            return Some(self.date_item(first, end, When::week_of(day), "week"));
        }
        // "the week of the 18th"
        let day =
            self.day_at(next + the).filter(|_| the > 0 && date.is_none() && !self.is_number(next + the))?;
        let today = self.today?;
        let month = today.first_of_month();
        let near = |by: i64| {
            let month = month.checked_add(by.months()).ok()?;
            Date::new(month.year(), month.month(), day).ok()
        };
        let day = (0..3).filter_map(near).find(|day| *day >= today)?;
        Some(self.date_item(first, next + the + 1, When::week_of(day), "week"))
    }

    /// "the last week of July", "3rd week of 2018", "the first weekend of May", "the 9th month of next year".
    pub(crate) fn nth_span(&self, at: usize) -> Option<Item> {
        // Most words begin none.
        let begins = self.has(at, role::ORDINAL | role::CARDINAL)
            || self.is(at, words::LAST)
            || self.token(at).is_some_and(|token| token.has(copydesk_core::segment::token_flag::DIGIT));
        if !begins {
            return None;
        }
        let last = self.is(at, words::LAST);
        let (nth, noun) = if last {
            (0, at + 1)
        } else if let Some(value) = self.ordinal_value(at) {
            (i64::from(value), at + 1)
        } else {
            let (day, end) = self.day_words(at, false)?;
            (i64::from(day), end)
        };
        if self.has(noun, role::WEEKDAY) && self.is_any(noun + 1, &[words::OF, words::IN]) {
            return self.nth_weekday(at, nth, noun);
        }
        if self.is(noun, words::OF)
            && self.is_any(noun + 1, &[words::THIS, words::NEXT, words::LAST])
            && !last
        {
            return self.day_of_month(at, nth, noun + 1);
        }
        // "the last half of 1989"
        if last && self.is(noun, words::HALF) && self.is(noun + 1, words::OF) {
            let (year, end) = self.year_told(noun + 2)?;
            let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
            let when = year.map_or(When::AnyHalf(2), |year| When::Half(year, 2));
            return Some(self.date_item(first, end, when, "quarter"));
        }
        if !self.has(noun, role::SPAN) || !self.is(noun + 1, words::OF) || nth > 53 {
            return None;
        }
        let the = usize::from(self.is(noun + 2, words::THE) && !self.is(noun + 3, words::YEAR));
        let inner = noun + 2 + the;
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let (whole, end) = if let Some((year, end)) = self.year_told(inner) {
            (year.map(When::Year)?, end)
        } else if let Some((year, end)) = self.year_words_or_thousands(inner) {
            (When::Year(year), end)
        } else if self.has(inner, role::MONTH) && !self.is_capitalized(inner) {
            let (year, end) =
                self.year_behind(inner + 1).map_or((None, inner + 1), |(year, end)| (Some(year), end));
            (self.month(at, year, self.entry(inner).calendar as i8), end)
        } else if self.is(noun + 2, words::THE)
            && self.step(noun + 3) == Some(Step::Month)
            && self.entry(noun).calendar == 0
        {
            let today = self.today?;
            (When::Month(today.year(), today.month()), noun + 4)
        } else if let Some(item) = self.deictic(inner).or_else(|| self.month_first(inner)) {
            let Content::Time(when) = item.content else { return None };
            (when, item.end)
        } else {
            return None;
        };
        let day = |date: Date, by: i64| date.checked_add(by.days()).ok();
        let when = match (self.entry(noun).calendar, whole) {
            (1, When::Year(year)) => {
                let number = if last { 52 } else { i8::try_from(nth).ok()? };
                When::Week(year, number)
            }
            (1, When::Month(year, month)) => {
                let start = Date::new(year, month, 1).ok()?;
                // The first week of a month is the one that holds its first Thursday.
                let thursday = start.nth_weekday_of_month(1, Weekday::Thursday).ok()?;
                if last {
                    let friday = start.nth_weekday_of_month(-1, Weekday::Thursday).ok()?;
                    When::week_of(friday)
                } else {
                    When::week_of(day(thursday, 7 * (nth - 1))?)
                }
            }
            (3, When::Year(year)) => When::Month(year, if last { 12 } else { i8::try_from(nth).ok()? }),
            (0, When::Month(year, month)) => {
                let start = Date::new(year, month, 1).ok()?;
                When::Day(if last { start.last_of_month() } else { day(start, nth - 1)? })
            }
            (0, When::Year(year)) => When::Day(if last {
                Date::new(year, 12, 31).ok()?
            } else {
                day(Date::new(year, 1, 1).ok()?, nth - 1)?
            }),
            (2, When::Month(year, month)) => {
                let start = Date::new(year, month, 1).ok()?;
                let saturday = start
                    .nth_weekday_of_month(if last { -1 } else { i8::try_from(nth).ok()? }, Weekday::Saturday);
                match When::week_of(saturday.ok()?) {
                    When::Week(year, week) => When::Weekend(year, week),
                    other => other,
                }
            }
            (4, When::Year(year)) => When::Quarter(year, if last { 4 } else { i8::try_from(nth).ok()? }),
            (_, When::Offset(..)) => return None,
            _ => return None,
        };
        if let When::Month(_, month) = when
            && !(1..=12).contains(&month)
        {
            return None;
        }
        Some(self.date_item(first, end, when, "nth"))
    }

    /// "the first Friday of July"
    fn nth_weekday(&self, at: usize, nth: i64, noun: usize) -> Option<Item> {
        let month = noun + 2;
        if !self.has(month, role::MONTH) || nth > 5 {
            return None;
        }
        let (year, end) =
            self.year_behind(month + 1).map_or((None, month + 1), |(year, end)| (Some(year), end));
        let When::Month(year, month) = self.month(at, year, self.entry(month).calendar as i8) else {
            return None;
        };
        let weekday = Weekday::from_monday_one_offset(self.entry(noun).calendar as i8).ok()?;
        let nth = if nth == 0 { -1 } else { i8::try_from(nth).ok()? };
        let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        Some(self.date_item(first, end, When::Day(day), "nth"))
    }

    /// "the 20th of next month"
    fn day_of_month(&self, at: usize, nth: i64, deictic: usize) -> Option<Item> {
        let month = self.deictic(deictic)?;
        let Content::Time(When::Month(year, number)) = month.content else { return None };
        let day = Date::new(year, number, i8::try_from(nth).ok()?).ok()?;
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        Some(self.date_item(first, month.end, When::Day(day), "date"))
    }

    fn year_words_or_thousands(&self, at: usize) -> Option<(i16, usize)> {
        if let Some(found) = self.year_words(at) {
            return Some(found);
        }
        let sum = self.words(at, 0, false)?;
        let year = i16::try_from(sum.value()?).ok().filter(|year| (1900..2100).contains(year))?;
        Some((year, sum.end))
    }

    /// "the weekend", "that weekend": the one of this week, or of the last one early in a week that looks back.
    pub(crate) fn weekend(&self, at: usize) -> Option<Item> {
        const BEFORE: [u64; 5] =
            [words::THE, words::THAT, hash_lowered("my"), hash_lowered("over"), hash_lowered("our")];
        let previous = at.wrapping_sub(1);
        if !self.is(at, hash_lowered("weekend"))
            || !self.is_any(previous, &BEFORE)
            || self.is_lower_word(at + 1) && !self.has(at + 1, role::FUNCTION | role::VERB | role::REPORT)
            || self.is_any(at + 1, &[words::OF, hash_lowered("after")])
        {
            return None;
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

    /// Whether a weekend told early in the week is the one before.
    pub(crate) fn looks_back(&self, at: usize) -> bool {
        let early = self.today.is_some_and(|today| {
            matches!(today.weekday(), Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday)
        });
        let past = |at: usize| self.is_past_verb(at) || self.listed(at, list::PAST);
        early && !self.is_future(at) && (1..24).any(|back| past(at.wrapping_sub(back)) || past(at + back))
    }
}
