//! Years and seasons: "in 2019", "2015-2019", "2019/20", "the spring of 2021".

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::{dated, day, month};
use crate::sentence::forms::plural;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, words};
use crate::when::When;

/// A year after "of", named or given relative to the day of publication, and the next token.
pub(crate) fn year_of(scope: &Scope<'_>, at: usize) -> Option<(Option<i16>, usize)> {
    if let Some(year) = calendar_number::year_at(scope, at) {
        return Some((Some(year), at + 1));
    }
    if let Some((year, end)) = day::short_year(scope, at) {
        return Some((Some(year), end));
    }
    if scope.is_any(at, &[words::LAST, words::THIS, words::NEXT, words::THE]) && scope.is(at + 1, words::YEAR)
    {
        let by = i16::from(scope.is(at, words::NEXT)) - i16::from(scope.is(at, words::LAST));
        return Some((scope.today.map(|today| today.year() + by), at + 2));
    }
    None
}

/// What days, weeks, months or quarters are counted in: "1974", "next year", "nineteen eighty", "May 2021", after "of" or "of the".
pub(crate) fn whole(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let the = at.wrapping_sub(1);
    // "the opening day of the 2014 regatta"
    let attribute = scope.is(the, words::THE)
        && calendar_number::year_at(scope, at).is_some()
        && scope.is_word(at + 1)
        && !scope.has(at + 1, role::FUNCTION);
    if attribute {
        return None;
    }
    let year = year_of(scope, at)
        .map_or_else(|| day::year_words_or_thousands(scope, at).map(|(year, end)| (Some(year), end)), Some);
    if let Some((year, end)) = year {
        return Some(dated::date_item(scope, at, end, When::Year(year?), origin::YEAR));
    }
    // "the last day of the month"; its weeks are not counted.
    if scope.is(at, words::THE) && !scope.is(the.wrapping_sub(1), hash_lowered("day")) {
        return None;
    }
    month::in_month(scope, at)
}

/// "in 2019", "2015-2019", "2019/20", "between 1700 and 1850".
pub(crate) fn year(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.text(at).len() != 4 {
        return short_year(scope, at);
    }
    let year = calendar_number::year_at(scope, at)?;
    if let Some(item) = with_part(scope, at, year) {
        return Some(item);
    }
    let previous = at.wrapping_sub(1);
    // "MD-2000"
    let model = scope.glued(at)
        && scope.is(previous, words::HYPHEN)
        && scope.is_capitalized(previous.wrapping_sub(1));
    if model || is_level(scope, at) {
        return None;
    }
    if let Some(item) = years(scope, at, year) {
        return Some(item);
    }
    if has_unit(scope, at + 1) {
        return None;
    }
    alone(scope, at, year)
}

/// "in '84"
fn short_year(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let mark = at.wrapping_sub(1);
    if scope.text(at).len() != 2 || !scope.has(mark.wrapping_sub(1), role::MONTH_CLUE) {
        return None;
    }
    let (year, end) = day::short_year(scope, mark)?;
    (!scope.is_word(end) || scope.has(end, role::FUNCTION | role::BREAK))
        .then(|| dated::date_item(scope, mark, end, When::Year(year), origin::YEAR))
}

/// A year with its month after it: "2017 april".
fn with_part(scope: &Scope<'_>, at: usize, year: i16) -> Option<Item> {
    let after = scope.has(at + 1, role::MONTH)
        && scope.is_word(at + 1)
        && (!scope.is(at + 1, words::MAY) || scope.is_capitalized(at + 1) && !scope.is_word(at + 2))
        && calendar_number::day_at(scope, at + 2).is_none()
        && calendar_number::year_at(scope, at + 2).is_none();
    after.then(|| {
        dated::date_item(
            scope,
            at,
            at + 2,
            When::Month(year, scope.entry(at + 1).calendar as i8),
            origin::MONTH,
        )
    })
}

/// "grow from 1000 to 2000 by 2030": levels, if the first is not a year in which anything was measured.
fn is_level(scope: &Scope<'_>, at: usize) -> bool {
    let start = if scope.is(at + 1, words::TO) { at } else { at.saturating_sub(2) };
    scope.is(start + 1, words::TO)
        && scope.is(start.wrapping_sub(1), words::FROM)
        && calendar_number::year_at(scope, start).is_some_and(|year| year < 1800)
        && scope.is_number(start + 2)
        && bounded::moved_from(scope, start.wrapping_sub(1))
}

/// "2015-2019", "2019/20", "between 1700 and 1850"
fn years(scope: &Scope<'_>, at: usize, year: i16) -> Option<Item> {
    let next = at + 1;
    let from = scope.is_any(at.wrapping_sub(1), &[words::FROM, words::BETWEEN]);
    let dash =
        (scope.is_dash(next) || scope.is(next, words::SLASH)) && scope.glued(next) == scope.glued(next + 1);
    let joined = dash
        || scope.is_any(next, &[words::TO, words::UNTIL, words::THROUGH, words::TILL, words::TILDE])
        || from && scope.is(next, words::AND);
    if !joined {
        return None;
    }
    let short = dash && scope.glued(next) && scope.text(next + 1).len() == 2;
    let last = if short {
        scope.small(next + 1).map(|n| year / 100 * 100 + n as i16)?
    } else {
        calendar_number::year_at(scope, next + 1).filter(|_| scope.text(next + 1).len() == 4)?
    };
    let season = scope.is(next, words::SLASH) && scope.has(next + 2, role::SPAN);
    let counted = scope.has(next + 2, role::UNIT | role::SCALE | role::COLLECTIVE)
        && !season
        && !scope.is(next + 2, words::IN)
        || scope.is_lower_word(next + 2) && plural(scope.text(next + 2)) && !from;
    if last <= year || counted || !(from || year >= 1500) {
        return None;
    }
    let mut item = dated::period_item(scope, at, next + 2, When::Year(year), When::Year(last), origin::YEARS);
    if from && !dash {
        item.ends = Some([scope.span(at, at + 1), scope.span(next + 1, next + 2)]);
    }
    Some(item)
}

/// Whether a scale word or a unit makes an amount of the number before it.
fn has_unit(scope: &Scope<'_>, next: usize) -> bool {
    let hyphen = usize::from(scope.is(next, words::HYPHEN) && scope.glued(next));
    let unit = next + hyphen;
    scope.hash(next) == hash_lowered("%")
        || (scope.has(unit, role::SCALE) || scope.has(unit, role::UNIT) && scope.longest_unit(unit).is_some())
            && !scope.is_any(next, &[words::A, words::S, words::IN])
            && scope.text(unit).len() > 1
            && !(hyphen == 0 && scope.has(next, role::SPAN) && !scope.text(next).ends_with('s'))
}

/// A year by itself, if the words around it or its size show that it is one.
fn alone(scope: &Scope<'_>, at: usize, year: i16) -> Option<Item> {
    let (previous, next) = (at.wrapping_sub(1), at + 1);
    let noun = scope.is_lower_word(next)
        && (plural(scope.text(next))
            || scope.has(next, role::COLLECTIVE)
            || scope.text(next).ends_with("children"))
        && !scope.has(next, role::FUNCTION | role::VERB | role::REPORT);
    let clue = has_clue(scope, at);
    // "20% below 2019"
    let held = scope.is_any(previous, &[hash_lowered("below"), hash_lowered("above")])
        && (scope.is_any(
            previous.wrapping_sub(1),
            &[hash_lowered("%"), hash_lowered("percent"), hash_lowered("cent")],
        ));
    let bound = scope.has(previous, role::BOUND) && !clue && !held;
    let modern = (1900..=2035).contains(&year);
    let sure = if noun {
        modern
            && year % 100 != 0
            && year >= 1990
            && !scope.is_any(previous, &[words::TO, words::BY])
            && !bound
    } else {
        clue && year >= 1000
            || modern
                && !bound
                && !scope.is_dash(previous)
                && !scope.is_any(previous, &[words::COLON, words::NUMBER_SIGN])
    };
    // "mid-2016", "late-2016"
    if scope.is_dash(previous)
        && scope.glued(previous)
        && scope.glued(at)
        && modern
        && !noun
        && scope.is_any(
            previous.wrapping_sub(1),
            &[words::MID, words::EARLY, words::LATE, hash_lowered("pre"), hash_lowered("post")],
        )
    {
        return Some(dated::date_item(scope, previous - 1, at + 1, When::Year(year), origin::YEAR));
    }
    let at_place = scope.is(previous, words::AT) || scope.has(previous, role::LABEL | role::MAKER) && !clue;
    (sure && !at_place).then(|| dated::date_item(scope, at, at + 1, When::Year(year), origin::YEAR))
}

/// Whether the words before a number show that it is a year: "in", "compared to", "a 4% rise on", "until at least".
fn has_clue(scope: &Scope<'_>, at: usize) -> bool {
    let previous = at.wrapping_sub(1);
    let before = previous.wrapping_sub(1);
    scope.has(previous, role::MONTH_CLUE)
        || scope.is(previous, words::OPEN)
        || scope.is(previous, words::TO) && scope.is_any(before, &[words::COMPARED, hash_lowered("prior")])
        || scope.is(previous, words::ON) && scope.has(before, role::UP | role::DOWN)
        || scope.is(previous, hash_lowered("least"))
            && scope.is_any(
                previous.wrapping_sub(2),
                &[words::UNTIL, words::TILL, words::THROUGH, words::BY, words::BEFORE, words::SINCE],
            )
}

/// "summer 2022", "the spring of 2021"; others need "last", "this" or "next".
pub(crate) fn season(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let season = scope.entry(at).calendar as i8;
    let of = usize::from(scope.is(at + 1, words::OF));
    let year = calendar_number::year_at(scope, at + 1 + of)
        .map(|year| (year, at + 2 + of))
        .or_else(|| day::short_year(scope, at + 1 + of))
        .or_else(|| day::year_words(scope, at + 1 + of));
    if let Some((year, end)) = year {
        return Some(dated::date_item(scope, at, end, When::Season(year, season), origin::SEASON));
    }
    // "the spring of last year", "in summer next year"
    if !scope.is(at + 1 + of, words::THE)
        && let Some((Some(year), end)) = year_of(scope, at + 1 + of)
    {
        return Some(dated::date_item(scope, at, end, When::Season(year, season), origin::SEASON));
    }
    // "during the summer": the text does not say of which year.
    let the = at.wrapping_sub(1);
    let introduced = scope.is(the, words::THE)
        && scope.is_any(
            the.wrapping_sub(1),
            &[words::IN, words::DURING, words::OVER, words::SINCE, words::UNTIL, words::THROUGH, words::BY],
        );
    let attribute = scope.is_word(at + 1) && !scope.has(at + 1, role::FUNCTION | role::BREAK);
    (introduced && !attribute)
        .then(|| dated::date_item(scope, the, at + 1, When::AnySeason(season), origin::SEASON))
}
