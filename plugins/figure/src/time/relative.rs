//! Dates that are given relative to the day of publication or from another date of the text, and times of day.

use copydesk_core::hash_lowered;

use crate::item::{Item, RelativeTo};
use crate::scope::Scope;
use crate::time::when::{Step, When};
use crate::vocabulary::role;
use crate::words;

const CORRESPONDING: u64 = hash_lowered("corresponding");

const COMPARABLE: u64 = hash_lowered("comparable");

impl Scope<'_> {
    /// A date, period or time that begins at a token.
    pub(crate) fn temporal(&self, at: usize) -> Option<Item> {
        first_of!(self.clock(at), self.calendar(at), self.relative(at), self.ago(at))
    }

    pub(crate) fn step(&self, at: usize) -> Option<Step> {
        let entry = self.entry(at);
        if !entry.is(role::SPAN) {
            return None;
        }
        Some(match entry.calendar {
            0 => Step::Day,
            1 | 2 => Step::Week,
            3 => Step::Month,
            4 => Step::Quarter,
            5 => Step::Year,
            _ => return None,
        })
    }

    pub(crate) fn relative(&self, at: usize) -> Option<Item> {
        if let Some(item) = self.stretch(at) {
            return Some(item);
        }
        if let Some(item) = self.nth_span(at) {
            return Some(item);
        }
        if !self.has(at, role::RELATIVE) {
            return self.text(at).starts_with("FY").then(|| self.edge(at)).flatten();
        }
        if self.is_any(at, &[words::LAST, words::PAST])
            && let Some(item) = self.last_stretch(at)
        {
            return Some(item);
        }
        if let Some(item) = self
            .set(at)
            .or_else(|| self.numbered_week(at))
            .or_else(|| self.weekend(at))
            .or_else(|| self.edge(at))
            .or_else(|| self.named_decade(at))
        {
            return Some(item);
        }
        const DAYS: [(u64, i32); 6] = [
            (hash_lowered("tmrw"), 1),
            (hash_lowered("tmr"), 1),
            (hash_lowered("yesterday"), -1),
            (hash_lowered("today"), 0),
            (hash_lowered("tonight"), 0),
            (hash_lowered("tomorrow"), 1),
        ];
        if let Some((_, count)) = DAYS.iter().find(|(word, _)| self.is(at, *word)) {
            // "USA TODAY": a name.
            let capitals = self.text(at).bytes().all(|byte| byte.is_ascii_uppercase());
            let next = self.token(at + 1).is_some_and(|token| token.is_word() && token.is_capitalized());
            // "the Tomorrow Group", "TODAY NORLAND (Agency)"
            let names =
                next && !self.has(at + 1, role::MONTH | role::WEEKDAY) && (capitals || at > self.start);
            let name =
                capitals && self.is_capitalized(at.wrapping_sub(1)) || self.is_capitalized(at) && names;
            if name {
                return None;
            }
            // "today's", "today" in the sense of nowadays are not distinguished.
            return Some(self.date_item(
                at,
                at + 1,
                When::offset(self.today, *count, Step::Day),
                "relative-day",
            ));
        }
        if self.is_any(at, &[words::EARLIER, words::LATER, words::EARLY, words::LATE]) {
            if self.is(at, words::EARLIER) && self.is(at + 1, hash_lowered("today")) {
                return Some(self.date_item(
                    at,
                    at + 2,
                    When::offset(self.today, 0, Step::Day),
                    "relative-day",
                ));
            }
            let inner = self.deictic(at + 1).or_else(|| {
                self.calendar(at + 1).filter(|_| self.is_any(at, &[words::EARLY, words::LATE]))
            })?;
            return Some(Item { first: at, span: self.span(at, inner.end), ..inner });
        }
        if self.is(at, words::YEAR)
            && let Some(item) = self.year_before(at)
        {
            return Some(item);
        }
        if let Some(item) = self.year_to_date(at) {
            return Some(item);
        }
        if self.is_any(at, &[words::SAME, CORRESPONDING, COMPARABLE]) {
            return self.same(at);
        }
        self.deictic(at)
    }

    /// "last year", "this week", "next Tuesday", "last July", "this morning".
    pub(crate) fn deictic(&self, at: usize) -> Option<Item> {
        let count = if self.is_any(at, &[words::LAST, words::PREVIOUS])
            || self.is(at, hash_lowered("latest"))
                && (self.is(at + 1, words::QUARTER)
                    || self.is_any(at + 1, &[hash_lowered("fiscal"), hash_lowered("financial")]))
            || self.is(at, words::PAST)
                && (self.has(at + 1, role::SPAN) && !self.text(at + 1).ends_with('s')
                    || self.is(at + 1, hash_lowered("fortnight")))
        {
            -1
        } else if self.is_any(at, &[words::NEXT, words::COMING])
            || self.is(at, words::FOLLOWING)
                && self.has(at + 1, role::SPAN)
                && !self.text(at + 1).ends_with('s')
        {
            1
        } else if self.is_any(at, &[words::THIS, words::CURRENT]) {
            0
        } else {
            return None;
        };
        let past = usize::from(count == 0 && self.is_any(at + 1, &[words::PAST, words::COMING]));
        let count = if past == 0 {
            count
        } else if self.is(at + 1, words::PAST) {
            -1
        } else {
            1
        };
        let noun = at + 1 + past;
        let entry = self.entry(noun);
        // "last fiscal year": the calendar year of its name.
        let noun = if self.is_any(
            noun,
            &[
                hash_lowered("fiscal"),
                hash_lowered("financial"),
                hash_lowered("school"),
                hash_lowered("academic"),
            ],
        ) && self.is(noun + 1, words::YEAR)
        {
            noun + 1
        } else {
            noun
        };
        let entry = if noun > at + 1 + past { self.entry(noun) } else { entry };
        // "the next quarter-century"
        if self.is(noun + 1, words::HYPHEN) && self.glued(noun + 1) && self.is(noun + 2, words::CENTURY) {
            return None;
        }
        if let Some(item) = self.one_span(at, noun, count) {
            return Some(item);
        }
        // "next 6th of April", "this 5/12": the date itself, moved to the year that fits.
        if self.token(noun).is_some_and(|token| token.has(copydesk_core::segment::token_flag::DIGIT)) {
            return self.dated_deictic(at, noun, count);
        }
        let when = if entry.is(role::WEEKDAY) && past > 0 {
            self.nearest_weekday(entry.calendar as i8, count)
        } else if entry.is(role::WEEKDAY) {
            self.weekday_from(entry.calendar as i8, count)
        } else if entry.is(role::MONTH)
            && (self.is_capitalized(noun) || self.text(noun).len() > 3 && !self.is(noun, words::MARCH))
        {
            self.month_from(entry.calendar as i8, count)
        } else if entry.is(role::SEASON) {
            self.season_from(entry.calendar as i8, count)
        } else if entry.is(role::SPAN) && entry.calendar == 2 {
            match When::offset(self.today, count, Step::Week) {
                When::Week(year, week) => When::Weekend(year, week),
                other => other,
            }
        } else if self.is_any(
            noun,
            &[
                hash_lowered("morning"),
                hash_lowered("afternoon"),
                hash_lowered("evening"),
                hash_lowered("night"),
            ],
        ) {
            if count > 0 {
                return None;
            }
            When::offset(self.today, count, Step::Day)
        } else {
            let step = self.step(noun)?;
            // "this day", "last day" and plurals are something else.
            if step == Step::Day || self.text(noun).ends_with('s') {
                return None;
            }
            // "the last week of May", "last month of the year"
            if self.is(noun + 1, words::OF) && self.is(at.wrapping_sub(1), words::THE) {
                return None;
            }
            When::offset(self.today, count, step)
        };
        let when = match when {
            // "this weekend" early in a week that looks back.
            When::Weekend(year, week) if count == 0 && self.looks_back(noun) => {
                match When::offset(self.today, -1, Step::Week) {
                    When::Week(year, week) => When::Weekend(year, week),
                    _ => When::Weekend(year, week),
                }
            }
            when => when,
        };
        let first = if self.is(at.wrapping_sub(1), words::THE)
            && self.is_any(at, &[words::PREVIOUS, words::CURRENT, words::COMING])
        {
            at - 1
        } else {
            at
        };
        let mut item = self.date_item(first, noun + 1, when, "relative");
        // "compared with £5.3m the previous year": the one before the year that the text names.
        if self.is(at, words::PREVIOUS) && first < at && self.is(noun, words::YEAR) && noun == at + 1 {
            item.relative_to = Some(RelativeTo::Shift(-1));
        }
        Some(self.weekday_in(item).unwrap_or(item))
    }
}
