//! Months by name, with their days and years.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use jiff::civil::Date;

use crate::item::{Content, Item};
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{calendar_units, dated, day, deictic};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, tense, words};
use crate::when::{Step, When};

/// A month's name; if it is also a word, or is abbreviated, only next to a number or after a preposition.
pub(crate) fn month_at(scope: &Scope<'_>, at: usize) -> Option<i8> {
    let token = scope.token(at)?;
    let entry = scope.entry(at);
    if !entry.is(role::MONTH) {
        return None;
    }
    if !token.is_capitalized() {
        // "in april 2022", "14 nov": careless writing, but unambiguous.
        let doubtful = scope.is_any(at, &[words::MAY, words::MARCH])
            || matches!(scope.text(at), "mar" | "sun" | "dec" | "sep" | "jan" | "jun");
        let beside = day::day_words(scope, at + 1, false).is_some()
            || calendar_number::day_at(scope, at.wrapping_sub(1)).is_some()
            || scope.is(at.wrapping_sub(1), words::OF)
                && calendar_number::day_at(scope, at.wrapping_sub(2)).is_some();
        let year = calendar_number::year_at(scope, at + 1).is_some();
        let alone = token.span().len() > 4
            && scope.is_any(
                at.wrapping_sub(1),
                &[words::IN, words::SINCE, words::UNTIL, words::LAST, words::NEXT],
            )
            || scope.is(at, words::MAY)
                && scope.is(at.wrapping_sub(1), words::IN)
                && marks::is_end(scope, at + 1);
        let sure = year && !scope.is(at, words::MAY)
            || beside
                && (!doubtful
                    || day::year_after(scope, at + 2).is_some()
                    || marks::is_end(scope, at + 1)
                    || token.span().len() <= 4
                    || scope.is(at.wrapping_sub(1), words::OF))
            || alone && !scope.is(at, words::MARCH);
        return sure.then_some(entry.calendar as i8);
    }
    let alone = scope.start == at && scope.end == at + 1;
    let doubtful = !alone && is_doubtful_month(scope, at);
    month_beside(scope, at, doubtful).then_some(entry.calendar as i8)
}

pub(crate) fn is_doubtful_month(scope: &Scope<'_>, at: usize) -> bool {
    let Some(token) = scope.token(at) else { return false };
    scope.is_any(at, &[words::MAY, words::MARCH])
        || token.span().len() <= 4
            && !token.has(token_flag::ABBREVIATION)
            && !matches!(scope.text(at), "June" | "July")
}

pub(crate) fn month_beside(scope: &Scope<'_>, at: usize, doubtful: bool) -> bool {
    let previous = at.wrapping_sub(1);
    let beside = calendar_number::day_at(scope, at + 1).is_some()
        || scope.has(at + 1, role::CARDINAL | role::ORDINAL)
            && day::day_words(scope, at + 1, true)
                .is_some_and(|(_, end)| marks::is_end(scope, end) || day::year_after(scope, end).is_some())
        || calendar_number::year_at(scope, at + 1).is_some()
        || day::short_year(scope, at + 1).is_some()
        || calendar_number::day_at(scope, previous).is_some()
        || (scope.is_dash(at + 1) || scope.is_any(at + 1, &[words::TO, words::THROUGH]))
            && scope.has(at + 2, role::MONTH)
        || scope.is_dash(previous) && scope.has(previous.wrapping_sub(1), role::MONTH)
        || scope.is(at + 1, words::DOT) && calendar_number::day_at(scope, at + 2).is_some();
    let clue = scope.has(previous, role::MONTH_CLUE)
        || scope.is_dash(previous)
            && scope.is_any(previous.wrapping_sub(1), &[words::MID, words::EARLY, words::LATE])
        || scope.is(at + 1, words::THE) && day::day_words(scope, at + 1, false).is_some()
        || scope.is(previous, words::TO) && scope.has(previous.wrapping_sub(1), role::MONTH | role::SPAN);
    !doubtful || beside || clue
}

/// A month of the year that the text or the day of publication implies.
pub(crate) fn month_of(scope: &Scope<'_>, at: usize, year: Option<i16>, month: i8) -> When {
    match (year, scope.today) {
        (Some(year), _) => When::Month(year, month),
        (None, None) => When::AnyMonth(month),
        (None, Some(today)) => {
            // "expects to open by December"
            let past = |at: usize| tense::is_past_verb(scope, at) || scope.listed(at, list::PAST);
            let due =
                scope.is(at.wrapping_sub(1), words::BY) && !(2..24).any(|back| past(at.wrapping_sub(back)));
            let future = due || tense::is_future(scope, at) || is_planned(scope, at, month, today);
            let by = match month.cmp(&today.month()) {
                std::cmp::Ordering::Less if future => 1,
                std::cmp::Ordering::Greater if !future => -1,
                _ => 0,
            };
            When::Month(today.year() + by, month)
        }
    }
}

/// "May", "May 2021", "next month", "the month": a month in which something is counted.
pub(crate) fn in_month(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.is(at, words::THE) && calendar_units::step(scope, at + 1) == Some(Step::Month) {
        let when = When::offset(scope.today, 0, Step::Month);
        return Some(dated::date_item(scope, at, at + 2, when, origin::RUNNING));
    }
    if !scope.has(at, role::MONTH) {
        return deictic::deictic(scope, at)
            .filter(|item| matches!(item.content, Content::Time(When::Month(..))));
    }
    let (year, end) = day::year_after(scope, at + 1).map_or((None, at + 1), |(year, end)| (Some(year), end));
    let when = month_of(scope, at, year, scope.entry(at).calendar as i8);
    Some(dated::date_item(scope, at, end, when, origin::MONTH))
}

/// "a December cut", "a possible June election": the next month of that name, if it is near and nothing puts it into the past.
pub(crate) fn is_planned(scope: &Scope<'_>, at: usize, month: i8, today: Date) -> bool {
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
    let past = (2..6).any(|back| {
        tense::is_past_verb(scope, at.wrapping_sub(back)) || scope.is_any(at.wrapping_sub(back), &AFTER)
    });
    scope.is_any(article, &ARTICLES)
        && scope.is_lower_word(at + 1)
        && !scope.has(at + 1, role::FUNCTION)
        && !past
        && (month - today.month()).rem_euclid(12) <= 4
}

/// "August 30, 2022", "Aug. 5-7", "August 2022", "January-July 2022", "July".
pub(crate) fn month_first(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let month = month_at(scope, at)?;
    let mut next = at + 1;
    if scope.is(next, words::DOT) && scope.glued(next) && calendar_number::day_at(scope, next + 1).is_some() {
        next += 1;
    }
    // "August nineteen eighty-three"
    if let Some((year, end)) = day::year_words(scope, next) {
        return Some(dated::date_item(scope, at, end, When::Month(year, month), origin::MONTH));
    }
    if let Some((day, day_end)) = day::day_words(scope, next, true)
        && !(scope.is(day_end, words::SLASH))
        && !(scope.is(day_end, words::COLON) && scope.glued(day_end))
    {
        // "July 2 million": the number is not a day.
        if scope.has(day_end, role::SCALE) || scope.hash(day_end) == hash_lowered("%") {
            return Some(dated::date_item(
                scope,
                at,
                at + 1,
                month_of(scope, at, None, month),
                origin::MONTH,
            ));
        }
        let to = (scope.is_dash(day_end)
            || scope.is_any(day_end, &[words::TO, words::THROUGH, words::TILL, words::UNTIL]))
        .then(|| day::day_words(scope, day_end + 1, false))
        .flatten()
        .filter(|(last, end)| {
            *last > day
                && !scope.has(*end, role::MONTH)
                && !scope.is(*end, words::SLASH)
                && !scope.is(*end, words::OF)
        });
        let after = to.map_or(day_end, |(_, end)| end);
        let to = to.map(|(last, _)| last);
        let (year, end) =
            day::year_after(scope, after).map_or((None, after), |(year, end)| (Some(year), end));
        let from = dated::day_of(scope, at, year, month, day)?;
        return match to.and_then(|to| dated::day_of(scope, at, year, month, to)) {
            Some(to) => Some(dated::period_item(scope, at, end, from, to, origin::DAYS)),
            None => Some(dated::date_item(
                scope,
                at,
                if to.is_some() { day_end } else { end },
                from,
                origin::DATE,
            )),
        };
    }
    // Ranges of months.
    let previous = at.wrapping_sub(1);
    let range = scope.is_dash(at + 1)
        || scope.is_any(at + 1, &[words::TO, words::THROUGH, words::UNTIL])
        || scope.is(at + 1, words::AND) && scope.is(previous, words::BETWEEN);
    if range
        && scope.has(at + 2, role::MONTH)
        && let Some(last) = month_at(scope, at + 2)
    {
        let (year, end) =
            day::year_after(scope, at + 3).map_or((None, at + 3), |(year, end)| (Some(year), end));
        let to = month_of(scope, at, year, last);
        let from = match to {
            When::Month(year, _) => When::Month(if month > last { year - 1 } else { year }, month),
            _ => When::AnyMonth(month),
        };
        return Some(dated::period_item(scope, at, end, from, to, origin::MONTHS));
    }
    let of = usize::from(scope.is(at + 1, words::OF));
    let (year, end) = match day::year_after(scope, at + 1 + of) {
        Some((year, end)) => (Some(year), end),
        None => (None, at + 1),
    };
    Some(dated::date_item(scope, at, end, month_of(scope, at, year, month), origin::MONTH))
}
