//! Times of day.

use copydesk_core::layers::FigureKind;
use copydesk_core::{TokenKind, hash_lower, hash_lowered};

use crate::item::{Content, Item};
use crate::lex::digit_text::read_digits;
use crate::origin;
use crate::parse::dates::{dated, spoken_time};
use crate::sentence::keys::phrase_hash;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::When;

/// Words before a time that is told from the hour: "around ten past six".
const BEFORE_TIME: [u64; 4] = [words::AT, words::AROUND, words::UNTIL, words::SINCE];

/// Words before an hour with its part of the day: "by six in the morning".
const BEFORE_HOUR_OF_PART: [u64; 7] =
    [words::AT, words::AROUND, words::UNTIL, words::SINCE, words::BY, words::BEFORE, words::FROM];

/// "5 p.m.", "9.30pm", "06:40 GMT", "1500 GMT", "noon".
pub(crate) fn clock(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let token = scope.token(at)?;
    let (next, after) = (scope.hash(at + 1), scope.hash(at + 2));
    if (matches!(next, words::PAST | words::TO) || matches!(after, words::PAST | words::TO))
        && let Some(item) = around_the_hour(scope, at)
    {
        return Some(item);
    }
    if next == words::IN
        && after == words::THE
        && let Some(item) = part_of_day(scope, at)
    {
        return Some(item);
    }
    match token.kind() {
        TokenKind::Word => hour_in_words(scope, at),
        TokenKind::Mixed => with_half(scope, at),
        TokenKind::Number => hour_in_digits(scope, at),
        _ => None,
    }
}

/// "noon", "nine thirty", "six oh five", "five o'clock".
fn hour_in_words(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.has(at, role::CLOCK) {
        let hour = scope.entry(at).calendar as i8;
        return Some(dated::date_item(scope, at, at + 1, When::Clock(hour, None, None), origin::TIME));
    }
    if !scope.has(at, role::CARDINAL) {
        return None;
    }
    if scope.has(at + 1, role::CARDINAL) || scope.is(at + 1, hash_lowered("oh")) {
        return spoken_time::spoken_time(scope, at);
    }
    if scope.is(at + 1, words::O_CLOCK) {
        return dated::time(scope, at, at + 2, u32::from(scope.entry(at).value).min(24), None, None);
    }
    None
}

/// "9.30pm", "5am": digits and the half of the day in one word.
fn with_half(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let text = scope.text(at);
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let suffix = text.get(digits..)?;
    let (afternoon, end) = half_glued(scope, suffix, at + 1)?;
    let (hour, minute) = hour_and_minute(text.get(..digits)?)?;
    dated::time(scope, at, end, hour, minute, Some(afternoon))
}

/// "10 to 11 a.m.", "06:40", "5 p.m.", "7 o'clock", "1500 GMT".
fn hour_in_digits(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if let Some(item) = first_of_hours(scope, at) {
        return Some(item);
    }
    let colon = scope.is(at + 1, words::COLON) && scope.glued(at + 1) && scope.glued(at + 2);
    if colon
        && scope
            .text(at + 2)
            .get(..2)
            .is_some_and(|minutes| minutes.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return with_colon(scope, at);
    }
    if let Some(afternoon) = dated::half_of_day(scope.hash(at + 1)) {
        // "5 am" but not "5 AM radio stations".
        let (hour, minute) = hour_and_minute(scope.text(at))?;
        return dated::time(scope, at, at + 2, hour, minute, Some(afternoon));
    }
    if scope.is(at + 1, words::O_CLOCK) {
        return dated::time(scope, at, at + 2, scope.small(at)?, None, None);
    }
    if scope.text(at).len() == 4 && scope.is_any(at + 1, &[words::GMT, words::UTC]) {
        let digits = scope.small(at)?;
        return dated::time(scope, at, at + 1, digits / 100, Some(digits % 100), None);
    }
    None
}

/// "06:40", "9:30pm", "9:30 p.m.", "14:05:30", and the running time "2:03:14"; a colon and two digits follow the hour.
fn with_colon(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let hour = scope.small(at)?;
    let text = scope.text(at + 2);
    let minute: u32 = text.get(..2)?.parse().ok()?;
    let suffix = text.get(2..)?;
    let end = at + 3;
    if !suffix.is_empty() {
        let (afternoon, end) = half_glued(scope, suffix, end)?;
        return dated::time(scope, at, end, hour, Some(minute), Some(afternoon));
    }
    let seconds = scope.is(end, words::COLON) && scope.glued(end) && scope.small(end + 1).is_some();
    let after = if seconds { end + 2 } else { end };
    if let Some(afternoon) = dated::half_of_day(scope.hash(after)) {
        return dated::time(scope, at, after + 1, hour, Some(minute), Some(afternoon));
    }
    if seconds && scope.is_any(at.wrapping_sub(1), &[words::IN, words::OF]) {
        return run_time(scope, at, after, [hour, minute, scope.small(end + 1)?]);
    }
    dated::time(scope, at, after, hour, Some(minute), None)
}

/// "finished in 2:03:14", "a time of 2:03:14": the duration of a race.
fn run_time(scope: &Scope<'_>, first: usize, end: usize, parts: [u32; 3]) -> Option<Item> {
    let [hours, minutes, seconds] = parts.map(|part| part as i32);
    let content = Content::Lengths([0, 0, 0, 0, hours, minutes, seconds]);
    let span = scope.span(first, end);
    let mut item = Item::new(first, end, span, FigureKind::Duration, content, origin::RUN_TIME);
    item.set_unit(scope.vocabulary.unit(phrase_hash("hour"), 0, false)?);
    Some(item)
}

/// "am" glued to digits, or with blanks inside: "8p.m."; the next token.
fn half_glued(scope: &Scope<'_>, suffix: &str, end: usize) -> Option<(bool, usize)> {
    if let Some(afternoon) = dated::half_of_day(hash_lower(suffix)) {
        return Some((afternoon, end));
    }
    let torn =
        scope.is(end, words::DOT) && scope.glued(end) && scope.glued(end + 1) && scope.text(end + 1) == "m";
    let afternoon = match suffix {
        "a" | "A" => false,
        "p" | "P" => true,
        _ => return None,
    };
    let dot =
        usize::from(scope.is(end + 2, words::DOT) && scope.glued(end + 2) && scope.token(end + 3).is_some());
    torn.then_some((afternoon, end + 2 + dot))
}

/// "at 9 in the evening", "around six in the morning".
fn part_of_day(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let afternoon = match scope.text(at + 3) {
        "morning" => false,
        "afternoon" | "evening" => true,
        _ => return None,
    };
    let hour = match scope.entry(at) {
        entry if entry.is(role::CARDINAL) && scope.is_word(at) => u32::from(entry.value),
        _ => scope.small(at)?,
    };
    let introduced = scope.is_any(at.wrapping_sub(1), &BEFORE_HOUR_OF_PART);
    introduced.then(|| dated::time(scope, at, at + 4, hour, None, Some(afternoon))).flatten()
}

/// "10-11 a.m.", "2 to 4pm": the first hour, whose half of the day the second gives.
fn first_of_hours(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let joint = scope.is(at + 1, words::TO)
        || scope.is(at + 1, words::AND) && scope.is(at.wrapping_sub(1), words::BETWEEN)
        || scope.is_dash(at + 1) && scope.glued(at + 1) && scope.glued(at + 2);
    let hour = scope.small(at).filter(|hour| joint && (1..=12).contains(hour))?;
    let last = at + 2;
    let (afternoon, second) = match scope.kind(last)? {
        TokenKind::Number => (dated::half_of_day(scope.hash(last + 1))?, scope.small(last)?),
        TokenKind::Mixed => {
            let text = scope.text(last);
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let (afternoon, _) = half_glued(scope, text.get(digits..)?, last + 1)?;
            (afternoon, text.get(..digits)?.parse().ok()?)
        }
        _ => return None,
    };
    // "11-1 pm" begins before noon.
    let other = hour % 12 > second % 12;
    dated::time(scope, at, at + 1, hour, None, Some(afternoon != other))
}

/// "half past seven", "a quarter to eight", "ten past six".
fn around_the_hour(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let (minutes, next) = if scope.is(at, words::HALF) {
        (30, at + 1)
    } else if scope.is(at, words::QUARTER) {
        (15, at + 1)
    } else {
        let minutes = match scope.entry(at) {
            entry if entry.is(role::CARDINAL) && scope.is_word(at) => u32::from(entry.value),
            _ => scope.small(at)?,
        };
        let introduced = scope.is_any(at.wrapping_sub(1), &BEFORE_TIME);
        let named = usize::from(scope.text(at + 1).starts_with("minute"));
        if !(introduced || named > 0) || !(1..30).contains(&minutes) {
            return None;
        }
        (minutes, at + 1 + named)
    };
    let before = scope.is(next, words::TO) && minutes < 30;
    if !(before || scope.is(next, words::PAST)) {
        return None;
    }
    let hour = match scope.entry(next + 1) {
        entry if entry.is(role::CARDINAL) && scope.is_word(next + 1) => u32::from(entry.value),
        _ => scope.small(next + 1)?,
    };
    // "a quarter to five people"
    let counted = scope.is_lower_word(next + 2)
        && !scope.has(next + 2, role::FUNCTION | role::BREAK)
        && dated::half_of_day(scope.hash(next + 2)).is_none()
        && !scope.is(next + 2, words::O_CLOCK);
    if !(1..=12).contains(&hour) || counted {
        return None;
    }
    let (hour, minutes) = if before { ((hour + 11) % 12, 60 - minutes) } else { (hour, minutes) };
    let hour = if hour == 0 { 12 } else { hour };
    let end = next + 2 + usize::from(scope.is(next + 2, words::O_CLOCK));
    let half = dated::half_of_day(scope.hash(end));
    let first = if scope.is(at.wrapping_sub(1), words::A) { at - 1 } else { at };
    dated::time(scope, first, end + usize::from(half.is_some()), hour, Some(minutes), half)
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
