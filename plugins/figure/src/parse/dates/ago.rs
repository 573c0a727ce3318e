//! Dates given by their distance from something: "three years ago", "in two weeks", "2 weeks and 2 days later".

use copydesk_core::{Decimal, hash_lowered};
use jiff::civil::Date;

use crate::item::{Content, Item, Lengths, RelativeTo};
use crate::lex::number;
use crate::origin;
use crate::parse::amounts::{reading, sum};
use crate::parse::dates::{away, calendar, calendar_units, dated, relative};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, tense, words};
use crate::when::{Step, When};

/// Years, months, weeks and days, and the largest unit among them.
#[derive(Clone, Copy)]
struct Length {
    parts: [i32; 4],
    /// Given in one unit.
    single: Option<(i32, Step)>,
    end: usize,
}

impl Length {
    /// `None` if it is longer than the calendar.
    fn span(self) -> Option<jiff::Span> {
        calendar_units::span_of_parts(self.parts)
    }

    /// The day, month or year at this distance before (`sign` -1) or after a day.
    fn from(self, today: Option<Date>, sign: i32) -> Option<When> {
        let Some(today) = today else {
            let (count, step) = self.single?;
            return Some(When::Offset(sign * count, step));
        };
        if let Some((count, step @ (Step::Month | Step::Quarter | Step::Year))) = self.single {
            return Some(When::offset(Some(today), sign * count, step));
        }
        let span = self.span()?;
        let moved = if sign < 0 { today.checked_sub(span) } else { today.checked_add(span) };
        moved.ok().map(When::Day)
    }
}

/// "three years ago", "a week ago", "a year earlier", "10 days from now", "in two weeks".
pub(crate) fn ago(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !may_begin_length(scope, at) {
        return None;
    }
    if let Some(item) = away::weekdays_away(scope, at).or_else(|| away::hours_ago(scope, at)) {
        return Some(item);
    }
    let length = length(scope, at)?;
    first_of!(
        shifted(scope, at, &length),
        and_a_half(scope, at, &length),
        ago_or_from_now(scope, at, &length),
        earlier_or_later(scope, at, &length),
        ahead(scope, at, &length),
    )
}

/// Most numbers have no unit of time after them, and most other words do not begin a length of time.
fn may_begin_length(scope: &Scope<'_>, at: usize) -> bool {
    let short = scope.is_number(at) || scope.is_any(at, &[words::A, words::AN]);
    let begins = short || scope.has(at, role::CARDINAL) || scope.is_any(at, &[words::COUPLE, words::HALF]);
    let timed = |at: usize| {
        scope.has(at, role::SPAN | role::WEEKDAY)
            || scope.is_any(at, &[hash_lowered("fortnight"), hash_lowered("fortnights")])
    };
    begins && (1..if short { 4 } else { 8 }).any(|ahead| timed(at + ahead))
}

/// "a month after May 3"; others are joined with the length before it.
fn shifted(scope: &Scope<'_>, at: usize, length: &Length) -> Option<Item> {
    let end = length.end;
    let before = scope.is(end, words::BEFORE);
    let from = scope.is(end, words::FROM);
    let joined = before
        || scope.is_any(end, &[hash_lowered("after"), words::FOLLOWING])
        || from && scope.has(end + 1, role::WEEKDAY);
    if !joined || !scope.is_any(at, &[words::A, words::AN]) {
        return None;
    }
    let date = calendar::calendar(scope, end + 1)
        .or_else(|| relative_day(scope, end + 1))
        .filter(|item| item.relative_to.is_none())?;
    let Content::Time(When::Day(day)) = date.content else { return None };
    let day = if from { away::weekday_ahead(scope, day, end + 1) } else { day };
    let span = length.span()?;
    let moved = if before { day.checked_sub(span) } else { day.checked_add(span) };
    Some(dated::date_item(scope, at, date.end, When::Day(moved.ok()?), origin::SHIFTED))
}

/// "two years and a half ago", "a year and a half from now"
fn and_a_half(scope: &Scope<'_>, at: usize, length: &Length) -> Option<Item> {
    let (months, end) = half_more(scope, at, length)?;
    let today = scope.today?;
    let back = scope.is(end, words::AGO);
    let on = scope.is(end, words::FROM) && scope.is(end + 1, words::NOW);
    if !(back || on) {
        return None;
    }
    let when = When::offset(Some(today), if back { -months } else { months }, Step::Month);
    let origin = if back { origin::AGO } else { origin::FROM_NOW };
    let mut item = dated::date_item(scope, at, end + 1 + usize::from(on), when, origin);
    item.confidence = 0.8;
    Some(item)
}

/// "three weeks ago", "two years from now", "a month hence"
fn ago_or_from_now(scope: &Scope<'_>, at: usize, length: &Length) -> Option<Item> {
    let end = length.end;
    if scope.is(end, words::AGO) {
        let mut item = dated::date_item(scope, at, end + 1, length.from(scope.today, -1)?, origin::AGO);
        item.confidence = 0.85;
        return Some(item);
    }
    let now = scope.is(end, words::FROM) && scope.is_any(end + 1, &[words::NOW, hash_lowered("today")]);
    if !now && !scope.is(end, hash_lowered("hence")) {
        return None;
    }
    let stop = end + 1 + usize::from(now);
    Some(dated::date_item(scope, at, stop, length.from(scope.today, 1)?, origin::FROM_NOW))
}

/// "a year earlier", "two weeks later"
fn earlier_or_later(scope: &Scope<'_>, at: usize, length: &Length) -> Option<Item> {
    let end = length.end;
    let earlier = scope.is(end, words::EARLIER)
        || scope.is_any(end, &[words::BEFORE, hash_lowered("previously")]) && ends_clause(scope, end + 1);
    if !earlier && !scope.is(end, words::LATER) {
        return None;
    }
    let sign = if earlier { -1 } else { 1 };
    if let Some((count, Step::Year)) = length.single {
        let by = i16::try_from(sign * count).ok()?;
        let when = When::offset(scope.today, i32::from(by), Step::Year);
        let mut item = dated::date_item(scope, at, end + 1, when, origin::EARLIER);
        item.relative_to = Some(RelativeTo::Shift(by));
        return Some(item);
    }
    let [years, months, weeks, days] = length.parts;
    let mut item = dated::date_item(scope, at, end + 1, length.from(scope.today, sign)?, origin::LATER);
    item.relative_to =
        Some(RelativeTo::Moved { months: sign * (years * 12 + months), days: sign * (weeks * 7 + days) });
    Some(item)
}

/// "in two weeks": only where the sentence looks ahead, for it is also how long something took.
fn ahead(scope: &Scope<'_>, at: usize, length: &Length) -> Option<Item> {
    let end = length.end;
    // "in a week or two"
    if !scope.is(at.wrapping_sub(1), words::IN) || scope.is_any(end, &[words::OF, words::OR]) {
        return None;
    }
    // "its first summit in three years" looks back.
    let record = (2..9).any(|back| {
        let word = at.wrapping_sub(back);
        scope.has(word, role::ORDINAL)
            || scope.is_lower_word(word) && scope.text(word).ends_with("est") && scope.text(word).len() > 5
    });
    // "in two years' time" is always to come.
    let owner = scope.is_any(end, &[words::S, hash_lowered("'"), hash_lowered("’")]);
    let time = usize::from(owner && scope.is(end + 1, words::TIME)) * 2;
    let comes = time > 0 || !record && (tense::is_future(scope, at) || is_appointed(scope, at - 1));
    let when = comes.then(|| length.from(scope.today, 1))??;
    Some(dated::date_item(scope, at - 1, end + time, when, origin::IN))
}

/// "tomorrow" after a length: "two weeks after tomorrow".
fn relative_day(scope: &Scope<'_>, at: usize) -> Option<Item> {
    const DAYS: [u64; 3] = [hash_lowered("today"), hash_lowered("tomorrow"), hash_lowered("yesterday")];
    DAYS.contains(&scope.hash(at)).then(|| relative::relative(scope, at)).flatten()
}

/// Half a year after a number of years: the months of both, and the next token.
fn half_more(scope: &Scope<'_>, at: usize, length: &Length) -> Option<(i32, usize)> {
    let (years, Step::Year) = length.single? else { return None };
    let half = scope.is(length.end, words::AND)
        && scope.is_any(length.end + 1, &[words::A, words::AN])
        && scope.is(length.end + 2, words::HALF);
    (half && years < 1000 && at < length.end).then_some((12 * years + 6, length.end + 3))
}

/// "She sails in four days", "Talks resume in two weeks", "The vote is in three weeks": the present tense of an event that is
/// fixed. `at` is the "in".
fn is_appointed(scope: &Scope<'_>, at: usize) -> bool {
    let verb = at.wrapping_sub(1);
    let scheduled = |verb: usize| {
        scope.is_lower_word(verb)
            && scope.listed(verb, list::APPOINTED)
            && !scope.listed(verb.wrapping_sub(1), list::DETERMINER)
            && !scope.is_any(verb.wrapping_sub(1), &[words::TO, hash_lowered("not")])
    };
    if scope.is_any(verb, &[words::IS, words::ARE]) {
        return !scope.is_any(verb.wrapping_sub(1), &[words::WHICH, words::THAT]);
    }
    // "leaves for Oslo in four days", "go to the polls in three weeks".
    for back in 1..=6 {
        let word = at.wrapping_sub(back);
        if !scope.is_word(word) || scope.has(word, role::BREAK) || tense::is_past_verb(scope, word) {
            return false;
        }
        if scheduled(word) {
            return true;
        }
    }
    false
}

/// Whether a clause ends at a token.
fn ends_clause(scope: &Scope<'_>, at: usize) -> bool {
    marks::is_end(scope, at) || scope.is_any(at, &[words::COMMA, words::SEMICOLON, words::CLOSE])
}

/// A length of time in days or more.
fn length(scope: &Scope<'_>, at: usize) -> Option<Length> {
    let couple = at + usize::from(scope.is(at, words::A));
    let (count, noun) = if scope.is(couple, words::COUPLE) {
        (2, couple + 1 + usize::from(scope.is(couple + 1, words::OF)))
    } else if scope.is(at, words::HALF)
        && scope.is_any(at + 1, &[words::A, words::AN])
        && scope.is(at + 2, words::YEAR)
        && scope.is_any(at + 3, &[words::AGO, words::EARLIER, words::LATER])
    {
        return Some(Length { parts: [0, 6, 0, 0], single: Some((6, Step::Month)), end: at + 3 });
    } else if scope.is_any(at, &[words::A, words::AN]) {
        (1, at + 1)
    } else if scope.has(at, role::CARDINAL) || scope.is_number(at) {
        let numeral = number::numeral(scope, at)?;
        // "four and a half years ago"
        if numeral.value.exponent() < 0
            && scope.has(numeral.end, role::SPAN)
            && scope.entry(numeral.end).calendar == 5
        {
            let months = numeral.value.times(Decimal::from(12)).filter(|months| months.exponent() >= 0)?;
            let months = (months.to_f64() as i32).clamp(0, 12_000);
            let single = Some((months, Step::Month));
            return Some(Length { parts: [0, months, 0, 0], single, end: numeral.end + 1 });
        }
        let power = u32::try_from(numeral.value.exponent()).ok()?;
        (i32::try_from(numeral.value.mantissa().checked_mul(10i64.checked_pow(power)?)?).ok()?, numeral.end)
    } else {
        return None;
    };
    let entry = scope.entry(noun);
    let fortnight = scope.is_any(noun, &[hash_lowered("fortnight"), hash_lowered("fortnights")]);
    if !(entry.is(role::SPAN) || fortnight) || count > 40_000 {
        return None;
    }
    let end = noun + 1;
    // Decades and centuries are counted in years.
    let (parts, single) = match entry.calendar {
        _ if fortnight => ([0, 0, 2 * count, 0], (2 * count, Step::Week)),
        0 => ([0, 0, 0, count], (count, Step::Day)),
        1 => ([0, 0, count, 0], (count, Step::Week)),
        3 => ([0, count, 0, 0], (count, Step::Month)),
        4 => ([0, 3 * count, 0, 0], (count, Step::Quarter)),
        5 => ([count, 0, 0, 0], (count, Step::Year)),
        6 => ([10 * count, 0, 0, 0], (10 * count, Step::Year)),
        7 => ([100 * count, 0, 0, 0], (100 * count, Step::Year)),
        _ => return None,
    };
    // "3 years 5 months 9 days later"
    let more = scope.is(end, words::AND) || scope.is_number(end) || scope.is(end, words::COMMA);
    if more
        && let Some(amount) = reading::amount(scope, at).map(|amount| sum::summed(scope, amount))
        && let Some([years, months, weeks, days, 0, 0, 0]) = amount.lengths as Option<Lengths>
    {
        return Some(Length { parts: [years, months, weeks, days], single: None, end: amount.end });
    }
    Some(Length { parts, single: Some(single), end })
}
