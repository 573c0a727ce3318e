//! The denominator of a rate: "per barrel", "a month", "/h".

use copydesk_core::hash_lowered;

use crate::item::{Per, TimeUnit};
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, words};

/// "120 grams of carbon dioxide per kilometre": the denominator after a unit of something.
pub(crate) fn per_after_stuff(scope: &Scope<'_>, unit: Unit, at: usize) -> Option<Per> {
    if !scope.is(at, words::OF) || unit.measures != Measures::Quantity {
        return None;
    }
    let per = (at + 2..at + 4).find(|at| {
        scope.is(*at, hash_lowered("per")) || scope.is(*at, words::A) && per_time(scope, *at).is_some()
    })?;
    let stuff = (at + 1..per).all(|at| scope.is_word(at) && !scope.has(at, role::FUNCTION));
    stuff.then(|| self::per(scope, unit, per)).flatten().map(|(per, _)| per)
}

/// The denominator of a unit, with the time: "per barrel", "a month", "/h", "-a-day", "per hectare per year".
pub(crate) fn per(scope: &Scope<'_>, unit: Unit, at: usize) -> Option<(Per, usize)> {
    let (per, end) = per_one(scope, unit, at)?;
    let timed = matches!(per, Per::Unit(by) if by.measures == Measures::Time);
    let then = if timed { None } else { per_time(scope, end) };
    let Some((time, stop)) = then.and_then(|(unit, stop)| Some((TimeUnit::of(unit)?, stop))) else {
        return Some((per, end));
    };
    let per = match per {
        Per::Unit(by) => Per::Units(by, time),
        Per::Noun(noun) => Per::Words(noun, stop),
        other => other,
    };
    Some((per, stop))
}

/// "per year", "a day" after the denominator of a rate.
pub(crate) fn per_time(scope: &Scope<'_>, at: usize) -> Option<(Unit, usize)> {
    if let Some(time) = frequency::frequency_after(scope, at) {
        return Some((time, at + 1));
    }
    if !scope.is_any(at, &[hash_lowered("per"), words::A, words::AN, words::EACH, words::EVERY]) {
        return None;
    }
    let (unit, end) = scope.longest_unit(at + 1)?;
    // "a year earlier"
    let now = scope.is(end, words::FROM) && scope.is_any(end + 1, &[words::NOW, hash_lowered("today")]);
    let is_date = now
        || scope.is_any(
            end,
            &[
                words::EARLIER,
                words::AGO,
                words::LATER,
                words::BEFORE,
                words::OLD,
                hash_lowered("after"),
                words::HYPHEN,
            ],
        );
    let one = scope.has(at + 1, role::SPAN) && !scope.text(at + 1).ends_with('s');
    (unit.measures == Measures::Time && one && !is_date).then_some((unit, end))
}

/// The denominator of a unit: "per barrel", "a month", "/h", "-a-day".
fn per_one(scope: &Scope<'_>, unit: Unit, at: usize) -> Option<(Per, usize)> {
    const EACH: [u64; 3] = [words::EACH, words::EVERY, hash_lowered("per")];
    // "$80,000 annually", "4,000 tonnes daily"
    if let Some(time) = frequency::frequency_after(scope, at)
        && !matches!(unit.measures, Measures::Time | Measures::Age | Measures::Percent)
    {
        return Some((Per::Unit(time), at + 1));
    }
    let slash = scope.is(at, words::SLASH) && scope.glued(at) && scope.glued(at + 1);
    let hyphen = usize::from(scope.is(at, words::HYPHEN) && scope.glued(at) && scope.glued(at + 1));
    let per = at + hyphen;
    let article = scope.is_any(per, &[words::A, words::AN]);
    if !(slash || article || EACH.contains(&scope.hash(per))) || unit.measures == Measures::Age {
        return None;
    }
    let mut next = per + 1;
    if hyphen > 0 {
        if !(scope.is(next, words::HYPHEN) && scope.glued(next)) {
            return None;
        }
        next += 1;
    }
    if let Some((by, end)) = scope.longest_unit(next) {
        let text = scope.text(next);
        let time = by.measures == Measures::Time;
        let plural = text.ends_with('s') && text.len() > 2;
        let fits = !plural
            && (time
                || by.measures == Measures::Quantity
                || by.code == "GBP" && unit.measures == Measures::Money)
            && (unit.measures != Measures::Time || time || slash);
        // "5% a year earlier", "$5 a second later".
        let is_date = scope.is_any(
            end,
            &[
                words::EARLIER,
                words::AGO,
                words::LATER,
                words::BEFORE,
                hash_lowered("after"),
                words::FROM,
                words::OLD,
            ],
        ) || article && scope.is(end, words::HYPHEN) && scope.glued(end);
        let symbol = text.len() <= 2 && !slash && hash_lowered("per") != scope.hash(per);
        if fits && !is_date && !symbol {
            let pound = by.code == "GBP";
            return Some((Per::Unit(if pound { scope.vocabulary.pound_of_weight() } else { by }), end));
        }
        return None;
    }
    let each = scope.has(next, role::EACH);
    let any =
        scope.is(per, hash_lowered("per")) && scope.is_lower_word(next) && !scope.has(next, role::FUNCTION);
    let money = matches!(unit.measures, Measures::Money);
    (each && (money || !article) || any && !slash && scope.text(next) != "cent")
        .then_some((Per::Noun(next), next + 1))
}
