//! Years, decades, centuries, quarters and seasons.

use crate::count::plural;
use crate::item::Item;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::when::When;
use crate::words;
use copydesk_core::{Decimal, hash_lowered};
use jiff::civil::Date;

impl Scope<'_> {
    /// "the first nine months of 2021", "the last two months of the year".
    fn months_of_year(&self, at: usize) -> Option<Item> {
        let last = self.is(at, words::LAST);
        if !(last || self.is(at, words::FIRST))
            || !(self.has(at + 1, role::CARDINAL) || self.is_number(at + 1))
        {
            return None;
        }
        let numeral = self.numeral(at + 1)?;
        let months = (2..=11).find(|months| numeral.value == Decimal::from(*months))? as i8;
        if !self.is(numeral.end, words::MONTHS) || !self.is(numeral.end + 1, words::OF) {
            return None;
        }
        let (year, end) = self.year_told(numeral.end + 2)?;
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let (from, to) = if last { (13 - months, 12) } else { (1, months) };
        let when = |month: i8| year.map_or(When::AnyMonth(month), |year| When::Month(year, month));
        Some(self.period_item(first, end, when(from), when(to), "months"))
    }

    /// A year behind "of", named or told from the day of publication, and the token behind.
    pub(crate) fn year_told(&self, at: usize) -> Option<(Option<i16>, usize)> {
        if let Some(year) = self.year_at(at) {
            return Some((Some(year), at + 1));
        }
        if let Some((year, end)) = self.short_year(at) {
            return Some((Some(year), end));
        }
        if self.is_any(at, &[words::LAST, words::THIS, words::NEXT, words::THE])
            && self.is(at + 1, words::YEAR)
        {
            let by = i16::from(self.is(at, words::NEXT)) - i16::from(self.is(at, words::LAST));
            return Some((self.today.map(|today| today.year() + by), at + 2));
        }
        None
    }

    /// "the second quarter of 2021", "Q2 2021", "the first half of the year".
    pub(crate) fn quarter(&self, at: usize) -> Option<Item> {
        if let Some(item) = self.months_of_year(at) {
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
        let (year, end) = if let Some(told) = self.year_told(behind + of) {
            told
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

    /// "the final quarter of 2017", "the opening half of last year".
    fn quarter_at_edge(&self, at: usize) -> Option<Item> {
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

    /// "1Q 2016", "1Q16", "2H 2016": the year glued to the letter or behind it.
    fn quarter_of_digits(&self, at: usize, number: i8, half: bool, year: &[u8]) -> Option<Item> {
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

    /// The value of an ordinal that is one token.
    pub(crate) fn ordinal_value(&self, at: usize) -> Option<u8> {
        if self.has(at, role::ORDINAL) {
            return Some(self.entry(at).value);
        }
        self.day_at(at).filter(|_| !self.is_number(at)).map(|day| day as u8)
    }

    /// "the 20th century".
    pub(crate) fn century(&self, at: usize) -> Option<Item> {
        let number = i16::from(self.ordinal_value(at)?);
        // "the 18th and 19th centuries"
        if self.is_any(at + 1, &[words::AND, words::TO, words::OR])
            && self.is(at + 3, hash_lowered("centuries"))
            && let Some(last) = self.ordinal_value(at + 2).map(i16::from)
            && (1..=21).contains(&number)
            && (number + 1..=21).contains(&last)
        {
            let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
            let (from, to) = ((number - 1) * 100, last * 100 - 1);
            return Some(self.period_item(first, at + 4, When::Year(from), When::Year(to), "century"));
        }
        let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        if !self.is(at + 1 + hyphen, words::CENTURY) || !(1..=21).contains(&number) {
            return None;
        }
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let from = (number - 1) * 100;
        Some(self.period_item(first, at + 2 + hyphen, When::Year(from), When::Year(from + 99), "century"))
    }

    /// "1990s", "the 90s".
    pub(crate) fn decade(&self, at: usize) -> Option<Item> {
        let text = self.text(at);
        // "the 70's", "the 1970's"
        let marked = self.is(at + 1, words::S)
            && self.glued(at + 1)
            && self.is(at.wrapping_sub(1), words::THE)
            && !self.is_lower_word(at + 2);
        let digits = if marked { Some(text) } else { text.strip_suffix('s') };
        let digits = digits.filter(|digits| digits.ends_with('0'))?;
        if let Some(from) = digits.parse::<i16>().ok().filter(|from| *from < 100)
            && let Some(item) = self.age_in_tens(at, from)
        {
            return Some(item);
        }
        let from = match digits.len() {
            4 => digits.parse::<i16>().ok()?,
            2 if self.is(at.wrapping_sub(1), words::THE)
                || self.text(at.wrapping_sub(1)).starts_with(['\'', '’']) =>
            {
                1900 + digits.parse::<i16>().ok()?
            }
            _ => return None,
        };
        let end = at + 1 + usize::from(marked);
        Some(self.period_item(at, end, When::Year(from), When::Year(from + 9), "decade"))
    }

    /// "44 BC", "300 B.C.": ISO 8601 counts the year before the first as 0.
    fn before_christ(&self, at: usize) -> Option<Item> {
        if !self.is_capitalized(at + 1)
            || !matches!(self.text(at + 1).trim_end_matches('.'), "BC" | "BCE" | "B.C" | "B.C.E")
        {
            return None;
        }
        let year = i16::try_from(self.small(at)?).ok().filter(|year| *year > 0)?;
        Some(self.date_item(at, at + 2, When::Year(1 - year), "year"))
    }

    /// "in 2019", "2015-2019", "2019/20", "between 1700 and 1850".
    pub(crate) fn year(&self, at: usize) -> Option<Item> {
        // "2016H2", "2016Q3"
        if let [year @ .., letter @ (b'Q' | b'H'), digit @ b'1'..=b'4'] = self.text(at).as_bytes()
            && year.len() == 4
        {
            let year: i16 = std::str::from_utf8(year).ok()?.parse().ok()?;
            let number = (digit - b'0') as i8;
            let when = if *letter == b'H' { When::Half(year, number) } else { When::Quarter(year, number) };
            return (*letter == b'Q' || number < 3).then(|| self.date_item(at, at + 1, when, "quarter"));
        }
        if let Some(item) = self.before_christ(at) {
            return Some(item);
        }
        if self.text(at).len() != 4 {
            return None;
        }
        let year = self.year_at(at)?;
        // "2017 q1", "2019 H2"
        if let Some(when) = self.quarter_sign(at + 1, Some(year)) {
            return Some(self.date_item(at, at + 2, when, "quarter"));
        }
        // "2017 May 18"
        if self.has(at + 1, role::MONTH)
            && self.is_capitalized(at + 1)
            && let Some(day) = self.day_at(at + 2)
            && let Ok(date) = Date::new(year, self.entry(at + 1).calendar as i8, day)
        {
            return Some(self.date_item(at, at + 3, When::Day(date), "date"));
        }
        // "2017 april"
        if self.has(at + 1, role::MONTH)
            && self.is_word(at + 1)
            && !self.is(at + 1, words::MAY)
            && self.day_at(at + 2).is_none()
            && self.year_at(at + 2).is_none()
        {
            let month = self.entry(at + 1).calendar as i8;
            return Some(self.date_item(at, at + 2, When::Month(year, month), "month"));
        }
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
            || self.is_any(next, &[words::TO, words::UNTIL, words::THROUGH, words::TILL, words::TILDE])
            || from && self.is(next, words::AND);
        if joined {
            let short = dash && self.glued(next) && self.text(next + 1).len() == 2;
            let last = if short {
                self.small(next + 1).map(|n| year / 100 * 100 + n as i16)
            } else {
                self.year_at(next + 1).filter(|_| self.text(next + 1).len() == 4)
            };
            let counted = self.has(next + 2, role::UNIT | role::SCALE | role::COLLECTIVE)
                && !self.is(next + 2, words::IN)
                || self.is_lower_word(next + 2) && plural(self.text(next + 2)) && !from;
            if let Some(last) = last.filter(|last| *last > year && !counted && (from || year >= 1500)) {
                let mut item = self.period_item(at, next + 2, When::Year(year), When::Year(last), "years");
                if from && !dash {
                    item.ends = Some([self.span(at, at + 1), self.span(next + 1, next + 2)]);
                }
                return Some(item);
            }
        }
        let hyphen = usize::from(self.is(next, words::HYPHEN) && self.glued(next));
        let unit = self.has(next + hyphen, role::UNIT | role::SCALE)
            && !self.is_any(next, &[words::A, words::S, words::IN])
            && self.text(next + hyphen).len() > 1
            && !(hyphen == 0 && self.has(next, role::SPAN) && !self.text(next).ends_with('s'))
            || self.hash(next) == hash_lowered("%");
        if unit {
            return None;
        }
        let noun = self.is_lower_word(next)
            && (plural(self.text(next))
                || self.has(next, role::COLLECTIVE)
                || self.text(next).ends_with("children"))
            && !self.has(next, role::FUNCTION | role::VERB | role::REPORT);
        let compared = self.is(previous, words::TO)
            && self.is_any(previous.wrapping_sub(1), &[words::COMPARED, hash_lowered("prior")]);
        let clue = self.has(previous, role::MONTH_CLUE) || compared || self.is(previous, words::OPEN);
        // "20% below 2019"
        let held = self.is_any(previous, &[hash_lowered("below"), hash_lowered("above")])
            && (self.is_any(
                previous.wrapping_sub(1),
                &[hash_lowered("%"), hash_lowered("percent"), hash_lowered("cent")],
            ));
        let bound = self.has(previous, role::BOUND) && !clue && !held;
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
        // "mid-2016", "late-2016"
        if self.is_dash(previous)
            && self.glued(previous)
            && self.glued(at)
            && modern
            && !noun
            && self.is_any(
                previous.wrapping_sub(1),
                &[words::MID, words::EARLY, words::LATE, hash_lowered("pre"), hash_lowered("post")],
            )
        {
            return Some(self.date_item(previous - 1, at + 1, When::Year(year), "year"));
        }
        let at_place = self.is(previous, words::AT) || self.has(previous, role::LABEL | role::MAKER) && !clue;
        (sure && !at_place).then(|| self.date_item(at, at + 1, When::Year(year), "year"))
    }

    /// "summer 2022", "the spring of 2021"; others need "last", "this" or "next".
    pub(crate) fn season(&self, at: usize) -> Option<Item> {
        let season = self.entry(at).calendar as i8;
        let of = usize::from(self.is(at + 1, words::OF));
        let year = self
            .year_at(at + 1 + of)
            .map(|year| (year, at + 2 + of))
            .or_else(|| self.short_year(at + 1 + of))
            .or_else(|| self.year_words(at + 1 + of));
        if let Some((year, end)) = year {
            return Some(self.date_item(at, end, When::Season(year, season), "season"));
        }
        // "during the summer": the text does not tell of which year.
        let the = at.wrapping_sub(1);
        let told = self.is(the, words::THE)
            && self.is_any(
                the.wrapping_sub(1),
                &[
                    words::IN,
                    words::DURING,
                    words::OVER,
                    words::SINCE,
                    words::UNTIL,
                    words::THROUGH,
                    words::BY,
                ],
            );
        let attribute = self.is_word(at + 1) && !self.has(at + 1, role::FUNCTION | role::BREAK);
        (told && !attribute).then(|| self.date_item(the, at + 1, When::AnySeason(season), "season"))
    }
}
