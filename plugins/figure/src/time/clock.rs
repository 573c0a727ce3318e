//! Times of day.

use copydesk_core::layers::FigureKind;
use copydesk_core::{TokenKind, hash_lower, hash_lowered};

use crate::item::{Content, Item};
use crate::numbers::digits::read_digits;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::{phrase_hash, role};
use crate::words;

impl Scope<'_> {
    /// "5 p.m.", "9.30pm", "06:40 GMT", "1500 GMT", "noon".
    pub(crate) fn clock(&self, at: usize) -> Option<Item> {
        let token = self.token(at)?;
        let (next, after) = (self.hash(at + 1), self.hash(at + 2));
        if (matches!(next, words::PAST | words::TO) || matches!(after, words::PAST | words::TO))
            && let Some(item) = self.around_the_hour(at)
        {
            return Some(item);
        }
        if next == words::IN
            && after == words::THE
            && let Some(item) = self.part_of_day(at)
        {
            return Some(item);
        }
        match token.kind() {
            TokenKind::Word if self.has(at, role::CLOCK) => {
                let hour = self.entry(at).calendar as i8;
                Some(self.date_item(at, at + 1, When::Clock(hour, None, None), "time"))
            }
            TokenKind::Word
                if self.has(at, role::CARDINAL)
                    && (self.has(at + 1, role::CARDINAL) || self.is(at + 1, hash_lowered("oh"))) =>
            {
                self.spoken_time(at)
            }
            TokenKind::Word if self.is(at + 1, words::O_CLOCK) && self.has(at, role::CARDINAL) => {
                self.time(at, at + 2, u32::from(self.entry(at).value).min(24), None, None)
            }
            TokenKind::Mixed => {
                let text = self.text(at);
                let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
                let suffix = text.get(digits..)?;
                let (afternoon, end) = self.half_glued(suffix, at + 1)?;
                let (hour, minute) = hour_and_minute(text.get(..digits)?)?;
                self.time(at, end, hour, minute, Some(afternoon))
            }
            TokenKind::Number => {
                if let Some(item) = self.first_of_hours(at) {
                    return Some(item);
                }
                let colon = self.is(at + 1, words::COLON) && self.glued(at + 1) && self.glued(at + 2);
                if colon
                    && self
                        .text(at + 2)
                        .get(..2)
                        .is_some_and(|minutes| minutes.bytes().all(|byte| byte.is_ascii_digit()))
                {
                    let hour = self.small(at)?;
                    let text = self.text(at + 2);
                    let minute: u32 = text.get(..2)?.parse().ok()?;
                    let suffix = text.get(2..)?;
                    let mut end = at + 3;
                    let mut half = None;
                    if !suffix.is_empty() {
                        let (afternoon, stop) = self.half_glued(suffix, end)?;
                        (half, end) = (Some(afternoon), stop);
                    } else if let Some(afternoon) = self.half_of_day(self.hash(end)) {
                        (half, end) = (Some(afternoon), end + 1);
                    } else if self.is(end, words::COLON) && self.glued(end) && self.small(end + 1).is_some() {
                        let seconds = self.small(end + 1)?;
                        end += 2;
                        if let Some(afternoon) = self.half_of_day(self.hash(end)) {
                            (half, end) = (Some(afternoon), end + 1);
                        } else if self.is_any(at.wrapping_sub(1), &[words::IN, words::OF]) {
                            return self.run_time(at, end, [hour, minute, seconds]);
                        }
                    }
                    return self.time(at, end, hour, Some(minute), half);
                }
                if let Some(afternoon) = self.half_of_day(self.hash(at + 1)) {
                    // "5 am" but not "5 AM radio stations".
                    let (hour, minute) = hour_and_minute(self.text(at))?;
                    return self.time(at, at + 2, hour, minute, Some(afternoon));
                }
                if self.is(at + 1, words::O_CLOCK) {
                    return self.time(at, at + 2, self.small(at)?, None, None);
                }
                if self.text(at).len() == 4 && self.is_any(at + 1, &[words::GMT, words::UTC]) {
                    let digits = self.small(at)?;
                    return self.time(at, at + 1, digits / 100, Some(digits % 100), None);
                }
                None
            }
            _ => None,
        }
    }

    /// "finished in 2:03:14", "a time of 2:03:14": how long a race took.
    fn run_time(&self, first: usize, end: usize, parts: [u32; 3]) -> Option<Item> {
        let [hours, minutes, seconds] = parts.map(|part| part as i32);
        let content = Content::Lengths([0, 0, 0, 0, hours, minutes, seconds]);
        let span = self.span(first, end);
        let mut item = Item::new(first, end, span, FigureKind::Duration, content, "run-time");
        item.set_unit(self.vocabulary.unit(phrase_hash("hour"), 0, false)?);
        Some(item)
    }

    /// "am" glued to digits, or torn: "8p.m."; the next token.
    fn half_glued(&self, suffix: &str, end: usize) -> Option<(bool, usize)> {
        if let Some(afternoon) = self.half_of_day(hash_lower(suffix)) {
            return Some((afternoon, end));
        }
        let torn =
            self.is(end, words::DOT) && self.glued(end) && self.glued(end + 1) && self.text(end + 1) == "m";
        let afternoon = match suffix {
            "a" | "A" => false,
            "p" | "P" => true,
            _ => return None,
        };
        let dot =
            usize::from(self.is(end + 2, words::DOT) && self.glued(end + 2) && self.token(end + 3).is_some());
        torn.then_some((afternoon, end + 2 + dot))
    }

    /// "at 9 in the evening", "around six in the morning".
    fn part_of_day(&self, at: usize) -> Option<Item> {
        let afternoon = match self.text(at + 3) {
            "morning" => false,
            "afternoon" | "evening" => true,
            _ => return None,
        };
        let hour = match self.entry(at) {
            entry if entry.is(role::CARDINAL) && self.is_word(at) => u32::from(entry.value),
            _ => self.small(at)?,
        };
        let told = self.is_any(
            at.wrapping_sub(1),
            &[words::AT, words::AROUND, words::UNTIL, words::SINCE, words::BY, words::BEFORE, words::FROM],
        );
        told.then(|| self.time(at, at + 4, hour, None, Some(afternoon))).flatten()
    }

    /// "10-11 a.m.", "2 to 4pm": the first hour, which has the half of the day from the second.
    fn first_of_hours(&self, at: usize) -> Option<Item> {
        let joint = self.is(at + 1, words::TO)
            || self.is(at + 1, words::AND) && self.is(at.wrapping_sub(1), words::BETWEEN)
            || self.is_dash(at + 1) && self.glued(at + 1) && self.glued(at + 2);
        let hour = self.small(at).filter(|hour| joint && (1..=12).contains(hour))?;
        let last = at + 2;
        let (afternoon, second) = match self.kind(last)? {
            TokenKind::Number => (self.half_of_day(self.hash(last + 1))?, self.small(last)?),
            TokenKind::Mixed => {
                let text = self.text(last);
                let digits = text.bytes().take_while(u8::is_ascii_digit).count();
                let (afternoon, _) = self.half_glued(text.get(digits..)?, last + 1)?;
                (afternoon, text.get(..digits)?.parse().ok()?)
            }
            _ => return None,
        };
        // "11-1 pm" begins before noon.
        let other = hour % 12 > second % 12;
        self.time(at, at + 1, hour, None, Some(afternoon != other))
    }

    /// "half past seven", "a quarter to eight", "ten past six".
    fn around_the_hour(&self, at: usize) -> Option<Item> {
        let (minutes, next) = if self.is(at, words::HALF) {
            (30, at + 1)
        } else if self.is(at, words::QUARTER) {
            (15, at + 1)
        } else {
            let minutes = match self.entry(at) {
                entry if entry.is(role::CARDINAL) && self.is_word(at) => u32::from(entry.value),
                _ => self.small(at)?,
            };
            let told =
                self.is_any(at.wrapping_sub(1), &[words::AT, words::AROUND, words::UNTIL, words::SINCE]);
            let named = usize::from(self.text(at + 1).starts_with("minute"));
            if !(told || named > 0) || !(1..30).contains(&minutes) {
                return None;
            }
            (minutes, at + 1 + named)
        };
        let before = self.is(next, words::TO) && minutes < 30;
        if !(before || self.is(next, words::PAST)) {
            return None;
        }
        let hour = match self.entry(next + 1) {
            entry if entry.is(role::CARDINAL) && self.is_word(next + 1) => u32::from(entry.value),
            _ => self.small(next + 1)?,
        };
        // "a quarter to five people"
        let counted = self.is_lower_word(next + 2)
            && !self.has(next + 2, role::FUNCTION | role::BREAK)
            && self.half_of_day(self.hash(next + 2)).is_none()
            && !self.is(next + 2, words::O_CLOCK);
        if !(1..=12).contains(&hour) || counted {
            return None;
        }
        let (hour, minutes) = if before { ((hour + 11) % 12, 60 - minutes) } else { (hour, minutes) };
        let hour = if hour == 0 { 12 } else { hour };
        let end = next + 2 + usize::from(self.is(next + 2, words::O_CLOCK));
        let half = self.half_of_day(self.hash(end));
        let first = if self.is(at.wrapping_sub(1), words::A) { at - 1 } else { at };
        self.time(first, end + usize::from(half.is_some()), hour, Some(minutes), half)
    }

    pub(crate) fn half_of_day(&self, hash: u64) -> Option<bool> {
        match hash {
            words::AM | words::A_M => Some(false),
            words::PM | words::P_M => Some(true),
            _ => None,
        }
    }

    pub(crate) fn time(
        &self,
        first: usize,
        mut end: usize,
        hour: u32,
        minute: Option<u32>,
        afternoon: Option<bool>,
    ) -> Option<Item> {
        let hour = match afternoon {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
            None if hour > 24 => return None,
            None => hour,
        };
        if minute.is_some_and(|minute| minute > 59) {
            return None;
        }
        let mut zone = None;
        if let Some((minutes, stop)) = self.zone(end) {
            (zone, end) = (minutes, stop);
        }
        let when = When::Clock(hour as i8, minute.map(|minute| minute as i8), zone);
        Some(self.date_item(first, end, when, "time"))
    }
}

/// "10.45" or "10".
fn hour_and_minute(text: &str) -> Option<(u32, Option<u32>)> {
    let (_, end, _) = read_digits(text, 0)?;
    if end != text.len() || text.len() > 5 {
        return None;
    }
    match text.split_once('.') {
        Some((hour, minute)) if minute.len() == 2 => Some((hour.parse().ok()?, Some(minute.parse().ok()?))),
        Some(_) => None,
        // "1140 a.m."
        None if text.len() > 2 => {
            let digits: u32 = text.parse().ok()?;
            Some((digits / 100, Some(digits % 100)))
        }
        None => Some((text.parse().ok()?, None)),
    }
}
