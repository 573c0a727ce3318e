//! Years and seasons: "in 2019", "2015-2019", "2019/20", "the spring of 2021".

use copydesk_core::hash_lowered;
use jiff::civil::Date;

use crate::item::Item;
use crate::numbers::noun::plural;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// A year after "of", named or given relative to the day of publication, and the next token.
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

    /// The value of an ordinal that is one token.
    pub(crate) fn ordinal_value(&self, at: usize) -> Option<u8> {
        if self.has(at, role::ORDINAL) {
            return Some(self.entry(at).value);
        }
        self.day_at(at).filter(|_| !self.is_number(at)).map(|day| day as u8)
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
        if let Some(item) = self.before_christ(at).or_else(|| self.after_christ(at)) {
            return Some(item);
        }
        // "in '84"
        let mark = at.wrapping_sub(1);
        if self.text(at).len() == 2
            && self.has(mark.wrapping_sub(1), role::MONTH_CLUE)
            && let Some((year, end)) = self.short_year(mark)
            && (!self.is_word(end) || self.has(end, role::FUNCTION | role::BREAK))
        {
            return Some(self.date_item(mark, end, When::Year(year), "year"));
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
        // "2017, Nov"
        if self.is(at + 1, words::COMMA) && self.has(at + 2, role::MONTH) && self.is_end(at + 3) {
            let month = self.entry(at + 2).calendar as i8;
            return Some(self.date_item(at, at + 3, When::Month(year, month), "month"));
        }
        // "2017 april"
        if self.has(at + 1, role::MONTH)
            && self.is_word(at + 1)
            && (!self.is(at + 1, words::MAY) || self.is_capitalized(at + 1) && !self.is_word(at + 2))
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
        // "grow from 1000 to 2000 by 2030": levels, where the first is no year that anything was measured in.
        let start = if self.is(next, words::TO) { at } else { at.saturating_sub(2) };
        let levels = self.is(start + 1, words::TO)
            && self.is(start.wrapping_sub(1), words::FROM)
            && self.year_at(start).is_some_and(|year| year < 1800)
            && self.is_number(start + 2)
            && self.moved_from(start.wrapping_sub(1));
        if levels {
            return None;
        }
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
            let season = self.is(next, words::SLASH) && self.has(next + 2, role::SPAN);
            let counted = self.has(next + 2, role::UNIT | role::SCALE | role::COLLECTIVE)
                && !season
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
        let unit = (self.has(next + hyphen, role::SCALE)
            || self.has(next + hyphen, role::UNIT) && self.longest_unit(next + hyphen).is_some())
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
        // "a 4% rise on 2021", "4% up on 2021"
        let clue = clue
            || self.is(previous, words::ON)
                && self.has(previous.wrapping_sub(1), role::UP | role::DOWN)
                && self.text(at).len() == 4;
        // "until at least 2025"
        let clue = clue
            || self.is(previous, hash_lowered("least"))
                && self.is_any(
                    previous.wrapping_sub(2),
                    &[words::UNTIL, words::TILL, words::THROUGH, words::BY, words::BEFORE, words::SINCE],
                );
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
        // "the spring of last year", "in summer next year"
        if !self.is(at + 1 + of, words::THE)
            && let Some((Some(year), end)) = self.year_told(at + 1 + of)
        {
            return Some(self.date_item(at, end, When::Season(year, season), "season"));
        }
        // "during the summer": the text does not indicate of which year.
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
