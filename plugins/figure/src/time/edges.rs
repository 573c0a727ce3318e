//! Parts and neighbours of the running week, month or year: "the end of the year", "earlier in the week", "the week after next",
//! "the year before", "within five days".

use copydesk_core::hash_lowered;
use jiff::ToSpan;

use crate::item::{Content, Item, RelativeTo};
use crate::scope::Scope;
use crate::time::joined::length;
use crate::time::when::{Step, When};
use crate::vocabulary::role;
use crate::words;

const EDGES: [u64; 7] = [
    hash_lowered("end"),
    hash_lowered("beginning"),
    hash_lowered("start"),
    hash_lowered("middle"),
    hash_lowered("close"),
    hash_lowered("rest"),
    hash_lowered("remainder"),
];

const FISCAL: [u64; 4] =
    [hash_lowered("fiscal"), hash_lowered("financial"), hash_lowered("school"), hash_lowered("academic")];

impl Scope<'_> {
    /// A date of this module that begins at a token.
    pub(crate) fn edge(&self, at: usize) -> Option<Item> {
        if EDGES.contains(&self.hash(at)) {
            return self.end_of(at);
        }
        if self.is_any(at, &[words::EARLIER, words::LATER, words::EARLY, words::LATE])
            && self.is(at + 1, words::IN)
        {
            let item = self.running(at + 2)?;
            return Some(Item { first: at, span: self.span(at, item.end), ..item });
        }
        if FISCAL.contains(&self.hash(at)) || self.text(at).starts_with("FY") {
            return self.fiscal(at);
        }
        if self.is(at, hash_lowered("within")) {
            return self.within(at);
        }
        if self.has(at, role::SPAN) {
            return self
                .day_but_one(at)
                .or_else(|| self.end_joined(at))
                .or_else(|| self.is(at.wrapping_sub(1), words::THE).then(|| self.neighbour(at)).flatten());
        }
        None
    }

    /// "the year", "the month", "this week": the running one.
    fn running(&self, at: usize) -> Option<Item> {
        if self.is_any(at, &[words::THE, hash_lowered("my"), hash_lowered("our")]) {
            let step = self.step(at + 1).filter(|step| *step != Step::Day)?;
            if self.text(at + 1).ends_with('s') || self.is(at + 2, words::OF) {
                return None;
            }
            return Some(self.date_item(at, at + 2, When::offset(self.today, 0, step), "running"));
        }
        self.deictic(at)
    }

    /// "the end of the year", "end of month", "the beginning of next week", "the end of 1974", "rest of the week".
    fn end_of(&self, at: usize) -> Option<Item> {
        let of = usize::from(self.is(at + 1, words::OF));
        let next = at + 1 + of;
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let rest = self.is_any(at, &[hash_lowered("rest"), hash_lowered("remainder")]);
        let inner = self.running(next).or_else(|| {
            // "end of month"
            let step = self.step(next).filter(|step| of > 0 && *step != Step::Day)?;
            let plain = !self.text(next).ends_with('s') && !self.is_lower_word(next + 1);
            plain.then(|| self.date_item(next, next + 1, When::offset(self.today, 0, step), "running"))
        });
        if rest {
            let inner = inner?;
            let (Some(today), Content::Time(when)) = (self.today, inner.content) else { return None };
            let last = match when {
                When::Week(..) => when.days()?.1,
                When::Month(year, month) => jiff::civil::Date::new(year, month, 1).ok()?.last_of_month(),
                When::Year(year) => jiff::civil::Date::new(year, 12, 31).ok()?,
                _ => return None,
            };
            return Some(self.period_item(first, inner.end, When::Day(today), When::Day(last), "rest"));
        }
        let inner = inner.or_else(|| {
            (of > 0)
                .then(|| self.calendar(next))
                .flatten()
                .filter(|item| matches!(item.content, Content::Time(_)))
        })?;
        Some(Item { first, span: self.span(first, inner.end), ..inner })
    }

    /// "year-end", "year's end", "month-end".
    fn end_joined(&self, at: usize) -> Option<Item> {
        let hyphen = self.is(at + 1, words::HYPHEN) && self.glued(at + 1) && self.glued(at + 2);
        let joined = (hyphen || self.is(at + 1, words::S)) && self.is(at + 2, hash_lowered("end"));
        let step = self.step(at).filter(|step| joined && !matches!(step, Step::Day | Step::Week))?;
        // "the year-end results"
        let attribute = self.is_lower_word(at + 3) && !self.has(at + 3, role::FUNCTION | role::BREAK);
        if attribute || self.text(at).ends_with('s') {
            return None;
        }
        Some(self.date_item(at, at + 3, When::offset(self.today, 0, step), "running"))
    }

    /// "the week after next", "the year before", "the month after".
    fn neighbour(&self, at: usize) -> Option<Item> {
        let step = self.step(at)?;
        if self.text(at).ends_with('s') {
            return None;
        }
        let weekend = self.entry(at).calendar == 2;
        if self.is(at + 1, hash_lowered("after")) {
            let the = usize::from(self.is(at + 2, words::THE));
            if self.is(at + 2 + the, words::NEXT) && step != Step::Day {
                let when = match (When::offset(self.today, 2, step), weekend) {
                    (When::Week(year, week), true) => When::Weekend(year, week),
                    (when, _) => when,
                };
                return Some(self.date_item(at - 1, at + 3 + the, when, "after-next"));
            }
        }
        // "the year before last"
        if self.is(at + 1, words::BEFORE) && self.is(at + 2, words::LAST) && step != Step::Day {
            let when = match (When::offset(self.today, -2, step), weekend) {
                (When::Week(year, week), true) => When::Weekend(year, week),
                (when, _) => when,
            };
            return Some(self.date_item(at - 1, at + 3, when, "before-last"));
        }
        let before = self.is_any(at + 1, &[words::BEFORE, hash_lowered("earlier")]);
        let closed =
            self.is_end(at + 2) || self.is_any(at + 2, &[words::COMMA, words::SEMICOLON, words::CLOSE]);
        // "the day before": of the day that the text named last.
        let after = self.is(at + 1, hash_lowered("after"));
        if (before || after) && closed && step == Step::Day {
            let days = if before { -1 } else { 1 };
            let when = When::offset(self.today, days, step);
            let mut item = self.date_item(at - 1, at + 2, when, if before { "earlier" } else { "later" });
            item.relative_to = Some(RelativeTo::Moved { months: 0, days });
            return Some(item);
        }
        if before && closed && step == Step::Year {
            let mut item = self.date_item(at - 1, at + 2, When::offset(self.today, -1, step), "earlier");
            item.relative_to = Some(RelativeTo::Shift(-1));
            return Some(item);
        }
        None
    }

    /// "the day before yesterday", "the day after tomorrow".
    fn day_but_one(&self, at: usize) -> Option<Item> {
        let before = self.is(at + 1, words::BEFORE) && self.is(at + 2, hash_lowered("yesterday"));
        let after = self.is(at + 1, hash_lowered("after"))
            && self.is_any(at + 2, &[hash_lowered("tomorrow"), hash_lowered("tmrw")]);
        if self.step(at) != Some(Step::Day) || self.text(at).ends_with('s') {
            return None;
        }
        // "the day before Christmas", "the day after May 3"
        let (back, on) = (self.is(at + 1, words::BEFORE), self.is(at + 1, hash_lowered("after")));
        if !(before || after)
            && (back || on)
            && self.is(at.wrapping_sub(1), words::THE)
            && let Some(Item { content: Content::Time(When::Day(day)), end, .. }) = self.calendar(at + 2)
        {
            let moved = if back { day.yesterday() } else { day.tomorrow() };
            return Some(self.date_item(at - 1, end, When::Day(moved.ok()?), "shifted"));
        }
        if !(before || after) {
            return None;
        }
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let when = When::offset(self.today, if before { -2 } else { 2 }, Step::Day);
        Some(self.date_item(first, at + 3, when, "relative-day"))
    }

    /// "within five days": from the day of publication on, where the sentence looks ahead.
    fn within(&self, at: usize) -> Option<Item> {
        let the = usize::from(self.is(at + 1, words::THE));
        let upcoming =
            usize::from(self.is_any(at + 1 + the, &[hash_lowered("upcoming"), words::NEXT, words::COMING]));
        let next = at + 1 + the + upcoming;
        if !(self.is_number(next) || self.has(next, role::CARDINAL)) || !self.is_future(at) {
            return None;
        }
        let amount = self.summed(self.amount(next)?);
        if self.is(amount.end, words::OF) {
            return None;
        }
        let item = self.single(amount)?;
        let span = length(&item)?;
        let today = self.today?;
        let last = today.checked_add(span).ok()?;
        (span.get_days() + span.get_weeks() + span.get_months() + i32::from(span.get_years()) > 0)
            .then(|| self.period_item(at, amount.end, When::Day(today), When::Day(last), "within"))
    }

    /// "next week Wednesday", "next week on Tuesday"; `week` is the item of the week.
    pub(crate) fn weekday_in(&self, week: Item) -> Option<Item> {
        let Content::Time(when @ When::Week(..)) = week.content else { return None };
        let next = week.end + usize::from(self.is(week.end, words::ON));
        let entry = self.entry(next);
        if !entry.is(role::WEEKDAY) {
            return None;
        }
        let day = when.days()?.0.checked_add((i64::from(entry.calendar) - 1).days()).ok()?;
        Some(self.date_item(week.first, next + 1, When::Day(day), "weekday"))
    }

    /// "Tuesday of last week"
    pub(crate) fn weekday_of_week(&self, at: usize) -> Option<Item> {
        let of = usize::from(self.is(at + 1, words::OF));
        if !self.is_any(at + 1 + of, &[words::LAST, words::NEXT, words::THIS]) {
            return None;
        }
        let week = self.deictic(at + 1 + of)?;
        let Content::Time(when @ When::Week(..)) = week.content else { return None };
        let day = when.days()?.0.checked_add((i64::from(self.entry(at).calendar) - 1).days()).ok()?;
        Some(self.date_item(at, week.end, When::Day(day), "weekday"))
    }
}
