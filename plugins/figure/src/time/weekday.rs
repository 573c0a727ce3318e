//! Weekdays, with the dates after them.

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

    /// The weekday before or after the day of publication, according to the tense of the sentence.
    pub(crate) fn weekday(&self, at: usize, weekday: i8) -> When {
        let Some(today) = self.today else { return When::AnyWeekday(weekday) };
        let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        // "until Friday", "by Friday" are to come; "was shared by Friday" is not.
        let before = at.wrapping_sub(1);
        let told = |at: usize| self.is_past_verb(at) || self.listed(at, list::PAST);
        // "Until Thursday, he refused": what opens a sentence indicates nothing of what is to come.
        let opens = !self.is_end(at + 1) && before == self.start
            || before == self.start + 1 && self.is_any(self.start, &[words::AND, words::BUT]);
        let due = self.is_any(before, &[words::UNTIL, words::TILL]) && !opens
            || self.is(before, words::BY) && !(1..24).any(|back| told(before.wrapping_sub(back)));
        let count = if due || self.is_future(at) { (7 - back) % 7 } else { -back };
        When::offset(Some(today), count, crate::time::when::Step::Day)
    }
}
