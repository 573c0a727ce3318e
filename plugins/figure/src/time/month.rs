//! Months by name, with their days and years.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use jiff::civil::Date;

use crate::item::Item;
use crate::lists::list;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// A month's name; one that is also a word, or is cut short, only beside a number or after a preposition.
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
            || self.short_year(at + 1).is_some()
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

    /// A month of the year that the text or the day of publication indicates.
    pub(crate) fn month(&self, at: usize, year: Option<i16>, month: i8) -> When {
        match (year, self.today) {
            (Some(year), _) => When::Month(year, month),
            (None, None) => When::AnyMonth(month),
            (None, Some(today)) => {
                // "expects to open by December"
                let told = |at: usize| self.is_past_verb(at) || self.listed(at, list::PAST);
                let due = self.is(at.wrapping_sub(1), words::BY)
                    && !(2..24).any(|back| told(at.wrapping_sub(back)));
                let future = due || self.is_future(at) || self.is_planned(at, month, today);
                let by = match month.cmp(&today.month()) {
                    std::cmp::Ordering::Less if future => 1,
                    std::cmp::Ordering::Greater if !future => -1,
                    _ => 0,
                };
                When::Month(today.year() + by, month)
            }
        }
    }

    /// "a December cut", "a possible June election": the next month of that name, if it is near and nothing indicates it as past.
    pub(crate) fn is_planned(&self, at: usize, month: i8, today: Date) -> bool {
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
        // "August nineteen eighty-three"
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
}
