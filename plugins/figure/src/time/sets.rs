//! What comes again: "every day", "each quarter", "every two weeks", "every other month", "every Monday".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item, Per};
use crate::lists::list;
use crate::numbers::{numeral, per};
use crate::scope::Scope;
use crate::time::calendar;
use crate::time::when::When;
use crate::vocabulary::{Measures, Unit, phrase_hash, role};
use crate::words;

/// Adverbs of frequency with their units of time.
pub(crate) const FREQUENCIES: [(&str, &str); 8] = [
    ("hourly", "hour"),
    ("daily", "day"),
    ("nightly", "day"),
    ("weekly", "week"),
    ("monthly", "month"),
    ("quarterly", "quarters"),
    ("yearly", "year"),
    ("annually", "year"),
];

/// The unit of time of an adverb of frequency: "daily".
pub(crate) fn frequency(scope: &Scope<'_>, at: usize) -> Option<Unit> {
    let (_, unit) = FREQUENCIES.iter().find(|(word, _)| scope.text(at) == *word)?;
    scope.vocabulary.unit(phrase_hash(unit), 0, false)
}

/// An adverb of frequency that ends its phrase, so that it is not an adjective: "paid monthly", "4,000 tonnes daily".
pub(crate) fn frequency_behind(scope: &Scope<'_>, at: usize) -> Option<Unit> {
    if !scope.has(at, role::STARTS_ALONE) || scope.is(at + 1, words::HYPHEN) {
        return None;
    }
    let closed = !scope.is_word(at + 1)
        || scope.has(at + 1, role::FUNCTION | role::BREAK) && scope.is_lower_word(at + 1);
    closed.then(|| frequency(scope, at)).flatten()
}

/// "The fee is paid monthly", "They meet weekly": what comes again, given by an adverb.
pub(crate) fn adverb_set(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let unit = frequency_behind(scope, at)?;
    // "a leading German daily in Bonn" is a newspaper, "the two weeklies" came never as far as this.
    let verb = at.wrapping_sub(1);
    let adjective = |at: usize| {
        let text = scope.text(at);
        scope.is_word(at) && !scope.has(at, role::VERB) && !text.ends_with("ed") && !text.ends_with('s')
    };
    let paper = (1..=3)
        .map(|back| at.wrapping_sub(back))
        .find(|at| !adjective(*at) || scope.listed(*at, list::DETERMINER));
    let noun = scope.text(at) != "annually"
        && paper.is_some_and(|at| scope.listed(at, list::DETERMINER) || scope.is(at, words::OF));
    if noun || !scope.is_lower_word(verb) || scope.is_any(at + 1, &[words::AND, words::OR]) {
        return None;
    }
    let content = Content::Repeat(Decimal::from(1));
    let mut item = Item::new(at, at + 1, scope.span(at, at + 1), FigureKind::Duration, content, "set");
    item.set_unit(unit);
    Some(item)
}

/// "once a week", "twice a year": so many times, given by an adverb.
pub(crate) fn times_a(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let count = match scope.text(at) {
        "once" | "Once" => 1,
        "twice" | "Twice" => 2,
        "thrice" => 3,
        _ => return None,
    };
    let joint = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    let (unit, end) = per::per_time(scope, at + 1 + joint)?;
    // "once a year has passed"
    if scope.has(end, role::VERB) || scope.is(end, words::OF) {
        return None;
    }
    let content = Content::Number(Decimal::from(count));
    let mut item = Item::new(at, end, scope.span(at, end), FigureKind::Quantity, content, "times-a");
    item.counted = Counted::Unit(scope.vocabulary.unit(phrase_hash("times"), 0, false)?);
    item.per = Some(Per::Unit(unit));
    Some(item)
}

/// A repeating interval that begins with "every" or "each".
pub(crate) fn set(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !scope.is_any(at, &[words::EVERY, words::EACH]) {
        return None;
    }
    let next = at + 1;
    if scope.has(next, role::WEEKDAY) && scope.is_capitalized(next) {
        let when = When::AnyWeekday(scope.entry(next).calendar as i8);
        return Some(calendar::date_item(scope, at, next + 1, when, "set"));
    }
    if scope.is(next, hash_lowered("weekend")) {
        let span = scope.span(at, next + 1);
        let mut item =
            Item::new(at, next + 1, span, FigureKind::Duration, Content::Repeat(Decimal::from(1)), "set");
        item.set_unit(scope.vocabulary.unit(phrase_hash("week"), 0, false)?);
        return Some(item);
    }
    const TIMES: [u64; 4] =
        [hash_lowered("morning"), hash_lowered("afternoon"), hash_lowered("evening"), hash_lowered("night")];
    if TIMES.contains(&scope.hash(next)) {
        let span = scope.span(at, next + 1);
        let mut item =
            Item::new(at, next + 1, span, FigureKind::Duration, Content::Repeat(Decimal::from(1)), "set");
        item.set_unit(scope.vocabulary.unit(phrase_hash("day"), 0, false)?);
        return Some(item);
    }
    let (count, noun) = if scope.is_any(next, &[words::OTHER, words::SECOND]) {
        (Decimal::from(2), next + 1)
    } else if let Some(numeral) = numeral::numeral(scope, next)
        .filter(|numeral| numeral.unit.is_none() && numeral.upper.is_none() && !numeral.fraction)
    {
        (numeral.value, numeral.end)
    } else {
        (Decimal::from(1), next)
    };
    // The singular is no unit after a number: "a quarter" is a part more often than a time.
    let (unit, end) = if scope.is(noun, words::QUARTER) {
        (scope.vocabulary.unit(phrase_hash("quarters"), 0, false)?, noun + 1)
    } else {
        scope.longest_unit(noun)?
    };
    // "every second counts"
    let plain = scope.has(noun, role::SPAN) && !scope.is(noun, words::SECOND);
    let named = scope.is(end, words::HYPHEN) && scope.glued(end)
        || scope.is_any(end, &[words::OLD, hash_lowered("of")]);
    if unit.measures != Measures::Time || !plain || named {
        return None;
    }
    let span = scope.span(at, end);
    let mut item = Item::new(at, end, span, FigureKind::Duration, Content::Repeat(count), "set");
    item.set_unit(unit);
    Some(item)
}
