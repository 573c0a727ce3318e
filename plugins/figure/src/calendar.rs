//! Dates that name their day, month, quarter or year, resolved against the day of publication where parts are left out.

use copydesk_core::TokenKind;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use jiff::civil::Date;

use crate::amount::plural;
use crate::item::{Content, Item};
use crate::numeral::read_digits;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::when::When;
use crate::words;

/// Years that news writes as four digits.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;

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

    /// A four-digit year.
    pub(crate) fn year_at(&self, at: usize) -> Option<i16> {
        let year = self.small(at).filter(|year| YEARS.contains(year))?;
        i16::try_from(year).ok()
    }

    /// A day of a month: "5", "05", "5th".
    fn day_at(&self, at: usize) -> Option<i8> {
        let token = self.token(at)?;
        let day = match token.kind() {
            TokenKind::Number if token.span().len() <= 2 => self.small(at)?,
            TokenKind::Mixed => {
                let text = self.text(at);
                let (day, end, _) = read_digits(text, 0)?;
                let ordinal = ["st", "nd", "rd", "th"].contains(&text.get(end..)?);
                if !ordinal || day.exponent() < 0 || end > 2 {
                    return None;
                }
                text.get(..end)?.parse().ok()?
            }
            _ => return None,
        };
        (1..=31).contains(&day).then_some(day as i8)
    }

    /// A month's name; one that is also a word, or is cut short, only beside a number or behind a preposition.
    pub(crate) fn month_at(&self, at: usize) -> Option<i8> {
        let token = self.token(at)?;
        let entry = self.entry(at);
        if !entry.is(role::MONTH) || !token.is_capitalized() {
            return None;
        }
        let doubtful = self.is_any(at, &[words::MAY, words::MARCH])
            || token.span().len() <= 4
                && !token.has(token_flag::ABBREVIATION)
                && !matches!(self.text(at), "June" | "July");
        let previous = at.wrapping_sub(1);
        let beside = self.day_at(at + 1).is_some()
            || self.year_at(at + 1).is_some()
            || self.day_at(previous).is_some()
            || self.is_dash(at + 1) && self.has(at + 2, role::MONTH)
            || self.is_dash(previous) && self.has(previous.wrapping_sub(1), role::MONTH)
            || self.is(at + 1, words::DOT) && self.day_at(at + 2).is_some();
        let clue = self.has(previous, role::MONTH_CLUE)
            || self.is(previous, words::TO) && self.has(previous.wrapping_sub(1), role::MONTH);
        (!doubtful || beside || clue).then_some(entry.calendar as i8)
    }

    /// A date that begins at a token.
    pub(crate) fn calendar(&self, at: usize) -> Option<Item> {
        let token = self.token(at)?;
        if token.has(token_flag::DIGIT) {
            return self
                .numeric(at)
                .or_else(|| self.day_month(at))
                .or_else(|| self.decade(at))
                .or_else(|| self.century(at))
                .or_else(|| self.year(at))
                .or_else(|| self.quarter(at));
        }
        let entry = self.entry(at);
        if entry.is(role::WEEKDAY) {
            return self.weekday_date(at);
        }
        if entry.is(role::MONTH)
            && let Some(item) = self.month_first(at)
        {
            return Some(item);
        }
        if entry.is(role::SEASON)
            && let Some(item) = self.season(at)
        {
            return Some(item);
        }
        if entry.is(role::ORDINAL | role::RELATIVE) {
            return self.quarter(at).or_else(|| self.century(at));
        }
        None
    }

    /// "2022-08-30", "8/30/2022", "30.8.2022".
    fn numeric(&self, at: usize) -> Option<Item> {
        let apart = |at: usize| self.glued(at) && self.glued(at + 1);
        let dots = || {
            let mut parts = self.text(at).splitn(3, '.');
            let mut part = || parts.next()?.parse::<i16>().ok();
            Some((part()?, part()?, part()?))
        };
        if let Some((day, month, year)) = dots().filter(|(_, _, year)| (1900..=2100).contains(year)) {
            let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            return Some(self.date_item(at, at + 1, When::Day(date), "date"));
        }
        let separator = self.hash(at + 1);
        let dashes = separator == words::HYPHEN;
        if !(dashes || separator == words::SLASH)
            || !apart(at + 1)
            || self.hash(at + 3) != separator
            || !apart(at + 3)
        {
            return None;
        }
        let (a, b, c) = (self.small(at)?, self.small(at + 2)?, self.small(at + 4)?);
        let date = if YEARS.contains(&a) && self.text(at).len() == 4 {
            Date::new(a as i16, i8::try_from(b).ok()?, i8::try_from(c).ok()?).ok()?
        } else {
            let year = match self.text(at + 4).len() {
                4 => c,
                2 if !dashes => 2000 + c - if c > 68 { 100 } else { 0 },
                _ => return None,
            };
            // The month is the one that can be one; where both can, the option tells.
            let (month, day) = if a > 12 || self.day_first && b <= 12 { (b, a) } else { (a, b) };
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?
        };
        Some(self.date_item(at, at + 5, When::Day(date), "date"))
    }

    /// A year behind a date, with or without a comma, and the token behind.
    fn year_behind(&self, at: usize) -> Option<(i16, usize)> {
        let comma = usize::from(self.is(at, words::COMMA));
        self.year_at(at + comma).map(|year| (year, at + comma + 1))
    }

    /// A day of a month, of the year that the text or the day of publication tells.
    fn day(&self, at: usize, year: Option<i16>, month: i8, day: i8) -> Option<When> {
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
                let future = self.is_future(at);
                let by = match month.cmp(&today.month()) {
                    std::cmp::Ordering::Less if future => 1,
                    std::cmp::Ordering::Greater if !future => -1,
                    _ => 0,
                };
                When::Month(today.year() + by, month)
            }
        }
    }

    /// "August 30, 2022", "Aug. 5-7", "August 2022", "January-July 2022", "July".
    fn month_first(&self, at: usize) -> Option<Item> {
        let month = self.month_at(at)?;
        let mut next = at + 1;
        if self.is(next, words::DOT) && self.glued(next) && self.day_at(next + 1).is_some() {
            next += 1;
        }
        if let Some(day) = self.day_at(next)
            && !(self.is(next + 1, words::COLON) && self.glued(next + 1))
        {
            // "July 2 million": the number is no day.
            if self.has(next + 1, role::SCALE) || self.hash(next + 1) == copydesk_core::hash_lowered("%") {
                return Some(self.date_item(at, at + 1, self.month(at, None, month), "month"));
            }
            let to = (self.is_dash(next + 1) || self.is(next + 1, words::TO))
                .then(|| self.day_at(next + 2))
                .flatten();
            let behind = next + if to.is_some() { 3 } else { 1 };
            let (year, end) =
                self.year_behind(behind).map_or((None, behind), |(year, end)| (Some(year), end));
            let from = self.day(at, year, month, day)?;
            return match to.and_then(|to| self.day(at, year, month, to)) {
                Some(to) => Some(self.period_item(at, end, from, to, "days")),
                None => Some(self.date_item(at, if to.is_some() { next + 1 } else { end }, from, "date")),
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

    /// "30 August 2022", "the 30th of August", "5-7 August".
    fn day_month(&self, at: usize) -> Option<Item> {
        let day = self.day_at(at)?;
        let to = (self.is_dash(at + 1) || self.is_any(at + 1, &[words::TO, words::AND]))
            .then(|| self.day_at(at + 2))
            .flatten();
        let next = at + if to.is_some() { 3 } else { 1 };
        let next = next + usize::from(self.is(next, words::OF));
        let month = self.month_at(next)?;
        let (year, end) =
            self.year_behind(next + 1).map_or((None, next + 1), |(year, end)| (Some(year), end));
        let from = self.day(at, year, month, day)?;
        match to {
            Some(to) => Some(self.period_item(at, end, from, self.day(at, year, month, to)?, "days")),
            None => Some(self.date_item(at, end, from, "date")),
        }
    }

    /// "Monday, May 18, 2015", "Tuesday 30 August", "Tuesday".
    fn weekday_date(&self, at: usize) -> Option<Item> {
        let token = self.token(at)?;
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
        let short = token.span().len() <= 4 && !token.has(token_flag::ABBREVIATION);
        if !token.is_capitalized() || short {
            return None;
        }
        Some(self.date_item(at, at + 1, self.weekday(at, self.entry(at).calendar as i8), "weekday"))
    }

    /// The weekday before or behind the day of publication, as the sentence's tense tells.
    fn weekday(&self, at: usize, weekday: i8) -> When {
        let Some(today) = self.today else { return When::AnyWeekday(weekday) };
        let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let count = if self.is_future(at) { (7 - back) % 7 } else { -back };
        When::offset(Some(today), count, crate::when::Step::Day)
    }

    /// "the second quarter of 2021", "Q2 2021", "the first half of the year".
    fn quarter(&self, at: usize) -> Option<Item> {
        let text = self.text(at);
        let (number, half, behind) = match text.as_bytes() {
            [b'Q', digit @ b'1'..=b'4'] => ((digit - b'0') as i8, false, at + 1),
            [b'H', digit @ b'1'..=b'2'] => ((digit - b'0') as i8, true, at + 1),
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
        let (year, end) = if let Some(year) = self.year_at(behind + of) {
            (Some(year), behind + of + 1)
        } else if self.is_any(behind + of, &[words::LAST, words::THIS, words::NEXT, words::THE])
            && self.is(behind + of + 1, words::YEAR)
        {
            let by =
                i16::from(self.is(behind + of, words::NEXT)) - i16::from(self.is(behind + of, words::LAST));
            (self.today.map(|today| today.year() + by), behind + of + 2)
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

    /// The value of an ordinal that is one token.
    fn ordinal_value(&self, at: usize) -> Option<u8> {
        if self.has(at, role::ORDINAL) {
            return Some(self.entry(at).value);
        }
        self.day_at(at).filter(|_| !self.is_number(at)).map(|day| day as u8)
    }

    /// "the 20th century".
    fn century(&self, at: usize) -> Option<Item> {
        let number = i16::from(self.ordinal_value(at)?);
        let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        if !self.is(at + 1 + hyphen, words::CENTURY) || !(1..=21).contains(&number) {
            return None;
        }
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let from = (number - 1) * 100;
        Some(self.period_item(first, at + 2 + hyphen, When::Year(from), When::Year(from + 99), "century"))
    }

    /// "1990s", "the 90s".
    fn decade(&self, at: usize) -> Option<Item> {
        let text = self.text(at);
        let digits = text.strip_suffix('s').filter(|digits| digits.ends_with('0'))?;
        let from = match digits.len() {
            4 => digits.parse::<i16>().ok()?,
            2 if self.is(at.wrapping_sub(1), words::THE)
                || self.text(at.wrapping_sub(1)).starts_with(['\'', '’']) =>
            {
                1900 + digits.parse::<i16>().ok()?
            }
            _ => return None,
        };
        Some(self.period_item(at, at + 1, When::Year(from), When::Year(from + 9), "decade"))
    }

    /// "in 2019", "2015-2019", "2019/20", "between 1600 and 1900".
    fn year(&self, at: usize) -> Option<Item> {
        if self.text(at).len() != 4 {
            return None;
        }
        let year = self.year_at(at)?;
        let previous = at.wrapping_sub(1);
        let next = at + 1;
        if self.glued(at) && self.is(previous, words::HYPHEN) && self.is_capitalized(previous.wrapping_sub(1))
        {
            return None;
        }
        let from = self.is_any(previous, &[words::FROM, words::BETWEEN]);
        let dash =
            (self.is_dash(next) || self.is(next, words::SLASH)) && self.glued(next) == self.glued(next + 1);
        let joined = dash
            || self.is_any(next, &[words::TO, words::UNTIL, words::THROUGH])
            || from && self.is(next, words::AND);
        if joined {
            let short = dash && self.glued(next) && self.text(next + 1).len() == 2;
            let last = if short {
                self.small(next + 1).map(|n| year / 100 * 100 + n as i16)
            } else {
                self.year_at(next + 1).filter(|_| self.text(next + 1).len() == 4)
            };
            let counted = self.has(next + 2, role::UNIT | role::SCALE | role::COLLECTIVE)
                || self.is_lower_word(next + 2) && plural(self.text(next + 2)) && !from;
            if let Some(last) = last.filter(|last| *last > year && !counted && (from || year >= 1500)) {
                return Some(self.period_item(at, next + 2, When::Year(year), When::Year(last), "years"));
            }
        }
        let hyphen = usize::from(self.is(next, words::HYPHEN) && self.glued(next));
        let unit = self.has(next + hyphen, role::UNIT | role::SCALE)
            && !self.is_any(next, &[words::A, words::S])
            && self.text(next + hyphen).len() > 1
            && !(hyphen == 0 && self.has(next, role::SPAN) && !self.text(next).ends_with('s'))
            || self.hash(next) == copydesk_core::hash_lowered("%");
        if unit {
            return None;
        }
        let noun = self.is_lower_word(next)
            && (plural(self.text(next))
                || self.has(next, role::COLLECTIVE)
                || self.text(next).ends_with("children"))
            && !self.has(next, role::FUNCTION | role::VERB | role::REPORT);
        let clue = self.has(previous, role::MONTH_CLUE) || self.is(previous, words::OPEN);
        let bound = self.has(previous, role::BOUND) && !clue;
        let modern = (1900..=2035).contains(&year);
        let sure = if noun {
            modern
                && year % 100 != 0
                && year >= 1990
                && !self.is_any(previous, &[words::TO, words::BY])
                && !bound
        } else {
            clue && year >= 1000
                || modern
                    && !bound
                    && !self.is_dash(previous)
                    && !self.is_any(previous, &[words::COLON, words::NUMBER_SIGN])
        };
        let at_place = self.is(previous, words::AT) || self.has(previous, role::LABEL | role::MAKER) && !clue;
        (sure && !at_place).then(|| self.date_item(at, at + 1, When::Year(year), "year"))
    }

    /// "summer 2022", "the spring of 2021"; others need "last", "this" or "next".
    fn season(&self, at: usize) -> Option<Item> {
        let of = usize::from(self.is(at + 1, words::OF));
        let year = self.year_at(at + 1 + of)?;
        Some(self.date_item(at, at + 2 + of, When::Season(year, self.entry(at).calendar as i8), "season"))
    }

    /// Whether the words around a date put it into the future; news tells the past unless it says otherwise.
    pub(crate) fn is_future(&self, at: usize) -> bool {
        const REACH: usize = 40;
        // "said Tuesday that it will": the verb that is nearer in front decides.
        for back in 1..=REACH {
            let before = at.wrapping_sub(back);
            if self.token(before).is_none() {
                break;
            }
            let infinitive =
                self.is(before, words::TO) && self.is_any(before.wrapping_sub(1), &[words::IS, words::ARE]);
            if self.has(before, role::FUTURE) || infinitive {
                return true;
            }
            if self.is_past_verb(before) {
                return false;
            }
        }
        for ahead in 1..=REACH {
            if self.token(at + ahead).is_none()
                || self.has(at + ahead, role::REPORT)
                || self.is_past_verb(at + ahead)
            {
                return false;
            }
            if self.has(at + ahead, role::FUTURE) {
                return true;
            }
        }
        false
    }

    fn is_past_verb(&self, at: usize) -> bool {
        self.has(at, role::REPORT)
            || self.is_lower_word(at)
                && self.text(at).len() > 4
                && self.text(at).ends_with("ed")
                && !self.has(at.wrapping_sub(1), role::FUTURE)
                && !self.is_any(at.wrapping_sub(1), &[words::THE, words::A, words::AN])
    }
}
