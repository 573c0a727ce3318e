//! Dates that name their day, month, quarter or year, resolved against the day of publication where parts are left out.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::when::When;
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

    /// A month's name; one that is also a word, or is cut short, only beside a number or behind a preposition.
    pub(crate) fn month_at(&self, at: usize) -> Option<i8> {
        let token = self.token(at)?;
        let entry = self.entry(at);
        if !entry.is(role::MONTH) {
            return None;
        }
        if !token.is_capitalized() {
            // "in april 2022", "14 nov": careless writing, but nothing else.
            let doubtful = self.is_any(at, &[words::MAY, words::MARCH])
                || matches!(self.text(at), "mar" | "sun" | "dec" | "sep" | "jan" | "jun");
            let beside = self.day_words(at + 1, false).is_some()
                || self.day_at(at.wrapping_sub(1)).is_some()
                || self.is(at.wrapping_sub(1), words::OF) && self.day_at(at.wrapping_sub(2)).is_some();
            let year = self.year_at(at + 1).is_some();
            let alone = token.span().len() > 4
                && self.is_any(
                    at.wrapping_sub(1),
                    &[words::IN, words::SINCE, words::UNTIL, words::LAST, words::NEXT],
                )
                || self.is(at, words::MAY) && self.is(at.wrapping_sub(1), words::IN) && self.is_end(at + 1);
            let sure = year && !self.is(at, words::MAY)
                || beside
                    && (!doubtful
                        || self.year_behind(at + 2).is_some()
                        || self.is_end(at + 1)
                        || token.span().len() <= 4
                        || self.is(at.wrapping_sub(1), words::OF))
                || alone && !self.is(at, words::MARCH);
            return sure.then_some(entry.calendar as i8);
        }
        let alone = self.start == at && self.end == at + 1;
        let doubtful = !alone && self.is_doubtful_month(at);
        self.month_beside(at, doubtful).then_some(entry.calendar as i8)
    }

    pub(crate) fn is_doubtful_month(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        self.is_any(at, &[words::MAY, words::MARCH])
            || token.span().len() <= 4
                && !token.has(token_flag::ABBREVIATION)
                && !matches!(self.text(at), "June" | "July")
    }

    pub(crate) fn month_beside(&self, at: usize, doubtful: bool) -> bool {
        let previous = at.wrapping_sub(1);
        let beside = self.day_at(at + 1).is_some()
            || self.has(at + 1, role::CARDINAL | role::ORDINAL)
                && self
                    .day_words(at + 1, true)
                    .is_some_and(|(_, end)| self.is_end(end) || self.year_behind(end).is_some())
            || self.year_at(at + 1).is_some()
            || self.day_at(previous).is_some()
            || (self.is_dash(at + 1) || self.is_any(at + 1, &[words::TO, words::THROUGH]))
                && self.has(at + 2, role::MONTH)
            || self.is_dash(previous) && self.has(previous.wrapping_sub(1), role::MONTH)
            || self.is(at + 1, words::DOT) && self.day_at(at + 2).is_some();
        let clue = self.has(previous, role::MONTH_CLUE)
            || self.is_dash(previous)
                && self.is_any(previous.wrapping_sub(1), &[words::MID, words::EARLY, words::LATE])
            || self.is(at + 1, words::THE) && self.day_words(at + 1, false).is_some()
            || self.is(previous, words::TO) && self.has(previous.wrapping_sub(1), role::MONTH | role::SPAN);
        !doubtful || beside || clue
    }

    /// A date that begins at a token.
    pub(crate) fn calendar(&self, at: usize) -> Option<Item> {
        let token = self.token(at)?;
        if token.has(token_flag::DIGIT) {
            return self
                .numeric(at)
                .or_else(|| self.joined_date(at))
                .or_else(|| self.day_month(at))
                .or_else(|| self.decade(at))
                .or_else(|| self.century(at))
                .or_else(|| self.year(at))
                .or_else(|| self.quarter(at))
                .or_else(|| self.nth_span(at).filter(|_| !self.is_number(at)))
                .or_else(|| self.on_the_day(at));
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
            && let Some(item) = self.joined_date(at).or_else(|| self.month_first(at))
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
        if entry.is(role::SEASON)
            && let Some(item) = self.season(at)
        {
            return Some(item);
        }
        if entry.is(role::ORDINAL | role::RELATIVE) {
            return self.quarter(at).or_else(|| self.century(at)).or_else(|| self.nth_span(at));
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
        let told = self.is(the, words::THE) && BEFORE.contains(&self.hash(the.wrapping_sub(1)));
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

    /// A day of a month, of the year that the text or the day of publication tells.
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
        candidates
            .min_by_key(|date| {
                let days = (*date - today).get_days();
                // What the sentence does not put into the future is more likely past.
                if (days > 0) == future || days == 0 { days.abs() } else { days.abs() * 3 }
            })
            .map(When::Day)
    }

    /// A month of the year that the text or the day of publication tells.
    pub(crate) fn month(&self, at: usize, year: Option<i16>, month: i8) -> When {
        match (year, self.today) {
            (Some(year), _) => When::Month(year, month),
            (None, None) => When::AnyMonth(month),
            (None, Some(today)) => {
                let future = self.is_future(at) || self.is_planned(at, month, today);
                let by = match month.cmp(&today.month()) {
                    std::cmp::Ordering::Less if future => 1,
                    std::cmp::Ordering::Greater if !future => -1,
                    _ => 0,
                };
                When::Month(today.year() + by, month)
            }
        }
    }

    /// "a December cut", "a possible June election": the next month of that name, if it is near and nothing tells it as past.
    fn is_planned(&self, at: usize, month: i8, today: Date) -> bool {
        const ARTICLES: [u64; 7] = [
            words::A,
            words::AN,
            hash_lowered("any"),
            hash_lowered("possible"),
            hash_lowered("potential"),
            hash_lowered("likely"),
            hash_lowered("another"),
        ];
        const AFTER: [u64; 6] = [
            hash_lowered("after"),
            words::SINCE,
            words::FOLLOWING,
            words::IN,
            hash_lowered("despite"),
            hash_lowered("following"),
        ];
        let article = at.wrapping_sub(1);
        let told = (2..6).any(|back| {
            self.is_past_verb(at.wrapping_sub(back)) || self.is_any(at.wrapping_sub(back), &AFTER)
        });
        self.is_any(article, &ARTICLES)
            && self.is_lower_word(at + 1)
            && !self.has(at + 1, role::FUNCTION)
            && !told
            && (month - today.month()).rem_euclid(12) <= 4
    }

    /// "August 30, 2022", "Aug. 5-7", "August 2022", "January-July 2022", "July".
    pub(crate) fn month_first(&self, at: usize) -> Option<Item> {
        let month = self.month_at(at)?;
        let mut next = at + 1;
        if self.is(next, words::DOT) && self.glued(next) && self.day_at(next + 1).is_some() {
            next += 1;
        }
        // "January nineteen ninety-seven"
        if let Some((year, end)) = self.year_words(next) {
            return Some(self.date_item(at, end, When::Month(year, month), "month"));
        }
        if let Some((day, day_end)) = self.day_words(next, true)
            && !(self.is(day_end, words::SLASH))
            && !(self.is(day_end, words::COLON) && self.glued(day_end))
        {
            // "July 2 million": the number is no day.
            if self.has(day_end, role::SCALE) || self.hash(day_end) == hash_lowered("%") {
                return Some(self.date_item(at, at + 1, self.month(at, None, month), "month"));
            }
            let to = (self.is_dash(day_end)
                || self.is_any(day_end, &[words::TO, words::THROUGH, words::TILL, words::UNTIL]))
            .then(|| self.day_words(day_end + 1, false))
            .flatten()
            .filter(|(last, end)| {
                *last > day
                    && !self.has(*end, role::MONTH)
                    && !self.is(*end, words::SLASH)
                    && !self.is(*end, words::OF)
            });
            let behind = to.map_or(day_end, |(_, end)| end);
            let to = to.map(|(last, _)| last);
            let (year, end) =
                self.year_behind(behind).map_or((None, behind), |(year, end)| (Some(year), end));
            let from = self.day(at, year, month, day)?;
            return match to.and_then(|to| self.day(at, year, month, to)) {
                Some(to) => Some(self.period_item(at, end, from, to, "days")),
                None => Some(self.date_item(at, if to.is_some() { day_end } else { end }, from, "date")),
            };
        }
        // Ranges of months.
        let previous = at.wrapping_sub(1);
        let range = self.is_dash(at + 1)
            || self.is_any(at + 1, &[words::TO, words::THROUGH, words::UNTIL])
            || self.is(at + 1, words::AND) && self.is(previous, words::BETWEEN);
        if range
            && self.has(at + 2, role::MONTH)
            && let Some(last) = self.month_at(at + 2)
        {
            let (year, end) =
                self.year_behind(at + 3).map_or((None, at + 3), |(year, end)| (Some(year), end));
            let to = self.month(at, year, last);
            let from = match to {
                When::Month(year, _) => When::Month(if month > last { year - 1 } else { year }, month),
                _ => When::AnyMonth(month),
            };
            return Some(self.period_item(at, end, from, to, "months"));
        }
        let of = usize::from(self.is(at + 1, words::OF));
        let (year, end) = match self.year_behind(at + 1 + of) {
            Some((year, end)) => (Some(year), end),
            None => (None, at + 1),
        };
        Some(self.date_item(at, end, self.month(at, year, month), "month"))
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
        let next = next + named + of;
        // "fifteen August"; but "one may" is no date.
        if spelled && !self.has(next, role::MONTH) || spelled && of == 0 && !self.is_capitalized(next) {
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

    /// "Friday, June 3, 2022", "Tuesday 30 August", "Tuesday".
    pub(crate) fn weekday_date(&self, at: usize) -> Option<Item> {
        let token = self.token(at)?;
        if let Some(item) = self.weekday_of_week(at) {
            return Some(item);
        }
        // "on Mondays": every one.
        if self.text(at).ends_with("days") && self.is(at.wrapping_sub(1), words::ON) {
            let when = When::AnyWeekday(self.entry(at).calendar as i8);
            return Some(self.date_item(at, at + 1, when, "set"));
        }
        let comma = usize::from(self.is(at + 1, words::COMMA));
        let next = at + 1 + comma;
        let date = self
            .day_month(next)
            .or_else(|| self.has(next, role::MONTH).then(|| self.month_first(next)).flatten());
        if let Some(date) =
            date.filter(|date| matches!(date.content, Content::Time(When::Day(_) | When::AnyDay(..))))
        {
            return Some(Item { first: at, span: self.span(at, date.end), ..date });
        }
        // "Mon 13th", "Sunday the 31st": the next one that is such a day.
        if let Some((day, end)) = self.day_words(next, false)
            && (!self.is_number(end - 1) || comma == 0 && self.is_end(end))
            && comma == 0
            && let Some(today) = self.today
        {
            let weekday = self.entry(at).calendar as i8;
            let fits = |date: &Date| date.day() == day && date.weekday().to_monday_one_offset() == weekday;
            let month = today.first_of_month();
            let near = |by: i64| {
                month
                    .checked_add(by.months())
                    .ok()
                    .and_then(|month| Date::new(month.year(), month.month(), day).ok())
            };
            let ahead = (0..28).filter_map(near).find(|date| fits(date) && *date >= today);
            let back = (0..28).filter_map(|by| near(-by)).find(|date| fits(date) && *date <= today);
            let chosen = match (ahead, back, self.is_future(at)) {
                (Some(ahead), Some(back), false)
                    if (today - back).get_days() < (ahead - today).get_days() =>
                {
                    Some(back)
                }
                (ahead, back, _) => ahead.or(back),
            };
            if let Some(date) = chosen {
                return Some(self.date_item(at, end, When::Day(date), "date"));
            }
        }
        let short = token.span().len() <= 4 && !token.has(token_flag::ABBREVIATION);
        if short {
            return None;
        }
        Some(self.date_item(at, at + 1, self.weekday(at, self.entry(at).calendar as i8), "weekday"))
    }

    /// The weekday before or behind the day of publication, as the sentence's tense tells.
    pub(crate) fn weekday(&self, at: usize, weekday: i8) -> When {
        let Some(today) = self.today else { return When::AnyWeekday(weekday) };
        let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let count = if self.is_future(at) { (7 - back) % 7 } else { -back };
        When::offset(Some(today), count, crate::when::Step::Day)
    }
}
