//! Dates that name their day, month, quarter or year, resolved against the day of publication where parts are left out.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::lists::list;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    pub(crate) fn date_item(&self, first: usize, end: usize, when: When, rule: &'static str) -> Item {
        let kind = if matches!(when, When::Clock(..)) { FigureKind::Time } else { FigureKind::Date };
        Item::new(first, end, self.span(first, end), kind, Content::Time(when), rule)
    }

    pub(crate) fn period_item(
        &self,
        first: usize,
        end: usize,
        from: When,
        to: When,
        rule: &'static str,
    ) -> Item {
        Item::new(first, end, self.span(first, end), FigureKind::Period, Content::Between(from, to), rule)
    }

    /// A date that begins at a token.
    pub(crate) fn calendar(&self, at: usize) -> Option<Item> {
        let token = self.token(at)?;
        if token.has(token_flag::DIGIT) {
            return first_of!(
                self.numeric(at),
                self.joined_date(at),
                self.day_month(at),
                self.decade(at),
                self.century(at),
                self.year(at),
                self.quarter(at),
                if self.is_number(at) { None } else { self.nth_span(at) },
                self.on_the_day(at),
            );
        }
        let entry = self.entry(at);
        if entry.is(role::HOLIDAY)
            && let Some(item) = self.holiday(at)
        {
            return Some(item);
        }
        if entry.is(role::WEEKDAY) {
            return self.weekday_date(at);
        }
        if entry.is(role::MONTH)
            && let Some(item) =
                self.quarter_of_month(at).or_else(|| self.joined_date(at)).or_else(|| self.month_first(at))
        {
            return Some(item);
        }
        if entry.is(role::ORDINAL | role::CARDINAL)
            && let Some(item) = self.day_month(at)
        {
            return Some(item);
        }
        if entry.is(role::CARDINAL)
            && let Some((year, end)) = self.year_words(at)
            && (self.is(at.wrapping_sub(1), words::IN) || at == self.start && self.is_end(end))
        {
            return Some(self.date_item(at, end, When::Year(year), "year"));
        }
        if entry.is(role::CARDINAL)
            && let Some(item) = self.spoken_decade(at)
        {
            return Some(item);
        }
        if entry.is(role::SEASON)
            && let Some(item) = self.season(at)
        {
            return Some(item);
        }
        if entry.is(role::ORDINAL | role::RELATIVE) {
            return first_of!(self.quarter(at), self.century(at), self.nth_span(at));
        }
        None
    }

    /// "on the 27th": the nearest day of that number, the future first where the sentence looks there.
    fn on_the_day(&self, at: usize) -> Option<Item> {
        let day = self.day_at(at).filter(|_| !self.is_number(at))?;
        let the = at.wrapping_sub(1);
        const BEFORE: [u64; 8] = [
            words::ON,
            words::SINCE,
            words::UNTIL,
            words::FOR,
            words::BY,
            words::BEFORE,
            words::THROUGH,
            hash_lowered("after"),
        ];
        let told = self.is(the, words::THE) && BEFORE.contains(&self.hash(the.wrapping_sub(1)))
            // "on 24th"
            || self.is(the, words::ON);
        let closed =
            self.is_end(at + 1) || self.is_any(at + 1, &[words::COMMA, words::SEMICOLON, words::AND]);
        let today = self.today.filter(|_| told && closed)?;
        let month = today.first_of_month();
        let near = |by: i64| {
            let month = month.checked_add(by.months()).ok()?;
            Date::new(month.year(), month.month(), day).ok()
        };
        let date = if self.is_future(at) {
            (0..3).filter_map(near).find(|date| *date >= today)
        } else {
            (0..3).filter_map(|by| near(-by)).find(|date| *date <= today)
        };
        Some(self.date_item(at, at + 1, When::Day(date?), "day-of-month"))
    }

    /// A day of a month, of the year that the text or the day of publication indicates.
    pub(crate) fn day(&self, at: usize, year: Option<i16>, month: i8, day: i8) -> Option<When> {
        if let Some(year) = year {
            return Date::new(year, month, day).ok().map(When::Day);
        }
        let Some(today) = self.today else {
            return Date::new(2000, month, day).ok().map(|_| When::AnyDay(month, day));
        };
        let candidates =
            [-1i16, 0, 1].into_iter().filter_map(|by| Date::new(today.year() + by, month, day).ok());
        let future = self.is_future(at);
        // "On December 3, nine sailors were injured": given as past, however far back that is.
        let past = !future
            && self.is(at.wrapping_sub(1), words::ON)
            && (1..14).any(|near| {
                let past = |at: usize| self.is_past_verb(at) || self.listed(at, list::PAST);
                past(at + near) || past(at.wrapping_sub(near))
            });
        let unlikely = if past { 20 } else { 3 };
        candidates
            .min_by_key(|date| {
                let days = (*date - today).get_days();
                // What the sentence does not put into the future is more likely past.
                if (days > 0) == future || days == 0 { days.abs() } else { days.abs() * unlikely }
            })
            .map(When::Day)
    }

    /// "30 August 2022", "the 30th of August", "5-7 August", "fourth of July", "the ninth and seventeenth of April".
    pub(crate) fn day_month(&self, at: usize) -> Option<Item> {
        let (day, day_end) = self.day_words(at, true)?;
        let spelled = self.is_word(at);
        let to = (self.is_dash(day_end)
            || self.is_any(day_end, &[words::TO, words::AND, words::TILL, words::UNTIL, words::THROUGH]))
        .then(|| self.day_words(day_end + 1, false))
        .flatten();
        let next = to.map_or(day_end, |(_, end)| end);
        let named = usize::from(spelled && self.is(next, hash_lowered("day")));
        let of = usize::from(self.is(next + named, words::OF));
        // "9. Nov. 2019"
        let dot = usize::from(
            self.is(next, words::DOT)
                && self.glued(next)
                && self.has(next + 1, role::MONTH)
                && self.is_capitalized(next + 1)
                && self.is_number(at),
        );
        let next = next + named + of + dot;
        // "fifteen August"; but "one may" is no date.
        if spelled && !self.has(next, role::MONTH) || spelled && of == 0 && !self.is_capitalized(next) {
            return None;
        }
        // "12 of June's 30 days"
        if of > 0 && self.is(next + 1, words::S) && self.glued(next + 1) {
            return None;
        }
        let month = match self.month_at(next) {
            Some(month) => month,
            // "4th of july"
            None if of > 0 && self.has(next, role::MONTH) => self.entry(next).calendar as i8,
            None => return None,
        };
        let (year, end) =
            self.year_behind(next + 1).map_or((None, next + 1), |(year, end)| (Some(year), end));
        let from = self.day(at, year, month, day)?;
        match to {
            Some((to, _)) => Some(self.period_item(at, end, from, self.day(at, year, month, to)?, "days")),
            None => Some(self.date_item(at, end, from, "date")),
        }
    }
}
