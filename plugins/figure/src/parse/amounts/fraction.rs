//! Fractions in words and digits: "two thirds", "five thirty-seconds", "half a mile", "3/4", "1 over 3".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item};
use crate::lex::divisor::DIGITS;
use crate::lex::numeral::{Numeral, bare};
use crate::lex::{divisor, number};
use crate::origin;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, marks, words};

/// A fraction that begins at a token, without its whole.
pub(crate) fn fraction(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    if scope.is_word(at) && scope.has(at, role::CARDINAL) {
        return parts_counted(scope, at);
    }
    if scope.is_any(at, &[words::A, words::AN]) && scope.has(at + 1, role::FRACTION) {
        return one_part(scope, at);
    }
    if scope.is(at, words::HALF) {
        let scale = at + 1 + usize::from(scope.is_any(at + 1, &[words::A, words::AN]));
        if scope.has(scale, role::SCALE) || scope.is(scale, words::DOZEN) {
            return None;
        }
        return half(scope, at).map(|end| spelled(Decimal::new(5, -1).unwrap_or_default(), end));
    }
    if is_quarter_of(scope, at) {
        let scale = scope.entry(at + 3);
        let power = if scale.is(role::SCALE) { i32::from(scale.value) } else { 0 };
        let value = Decimal::new(25, -2)?.scale(power)?;
        return Some(if power > 0 { scaled(value, power, at + 4) } else { spelled(value, at + 1) });
    }
    let entry = scope.entry(at);
    if scope.is_word(at) && entry.is(role::FRACTION) && entry.value > 2 && at == scope.start {
        return bare_part(scope, at, entry.value);
    }
    if scope.is(at + 1, words::OVER) && at == scope.start && scope.is_number(at) {
        let under = number::numeral(scope, at + 2)
            .filter(|under| marks::is_end(scope, under.end) && under.unit.is_none())?;
        let value = Decimal::from(scope.small(at)? as i32).divided_by(under.value, DIGITS)?;
        return Some(Numeral { plain: false, fraction: true, ..bare(value, under.end) });
    }
    if scope.has(at + 1, role::FRACTION)
        && scope.small(at).is_some()
        && let Some(numeral) = parts_in_digits(scope, at)
    {
        return Some(numeral);
    }
    slashed(scope, at)
}

fn spelled(value: Decimal, end: usize) -> Numeral {
    Numeral { spelled: true, plain: false, fraction: true, ..bare(value, end) }
}

/// A part of a million and the like, which is a number, not a fraction.
fn scaled(value: Decimal, power: i32, end: usize) -> Numeral {
    Numeral { spelled: true, plain: false, scale: power, ..bare(value, end) }
}

/// "two thirds", "two ninths of a million", "three quarters billion"
fn parts_counted(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let (value, end) = divisor::counted_parts(scope, at)?;
    let of = scope.is(end, words::OF) && scope.is_any(end + 1, &[words::A, words::AN, words::ONE]);
    let end_of = end + if of { 2 } else { 0 };
    let scale = scope.entry(end_of);
    if scale.is(role::SCALE) && scope.is_word(end_of) {
        let power = i32::from(scale.value);
        return Some(scaled(value.scale(power)?, power, end_of + 1));
    }
    Some(spelled(value, end))
}

/// "a third of", "a quarter litre", "a quarter of a million"; "a third man" is an ordinal.
fn one_part(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let after = at + 2;
    let year = scope.small(at + 3).is_some_and(|year| year > 1000);
    let of = scope.is(after, words::OF) && !year;
    // "a quarter of a million", "a quarter million"
    let million = of && scope.is_any(after + 1, &[words::A, words::ONE]);
    let scale_at = after + if million { 2 } else { 0 };
    let scale = scope.entry(scale_at);
    let under = Decimal::from(i32::from(scope.entry(at + 1).value));
    let halves = scope.is_any(at + 1, &[words::HALF, words::QUARTER]);
    if scale.is(role::SCALE) && scope.is_word(scale_at) && (million || halves) {
        let power = i32::from(scale.value);
        let value = Decimal::from(1).scale(power)?.divided_by(under, DIGITS)?;
        return Some(scaled(value, power, scale_at + 1));
    }
    // "a quarter-mile"
    let joined = usize::from(scope.is(after, words::HYPHEN) && scope.glued(after));
    let unit = is_moved_by(scope, at) && (!scope.is_word(after) || scope.has(after, role::FUNCTION))
        || halves
            && unit_of(scope, after + joined)
            && !(joined > 0 && scope.has(after + 1, role::SPAN) && !scope.is(after + 1, words::CENTURY));
    let is_part = of || unit || is_compared(scope, after) || marks::is_end(scope, after);
    is_part.then(|| Decimal::from(1).divided_by(under, DIGITS)).flatten().map(|value| spelled(value, after))
}

/// "fell by a third to 80", "down a fifth on 2019"
fn is_moved_by(scope: &Scope<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    scope.is(before, words::BY)
        || scope.has(before, role::UP | role::DOWN) && scope.is_any(at + 2, &[words::ON, words::FROM])
        || scope.is_any(before, &[hash_lowered("nearly"), hash_lowered("almost"), hash_lowered("about")])
            && scope.is(at.wrapping_sub(2), words::BY)
}

/// "quarter of an hour", "quarter of a million"
fn is_quarter_of(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at, words::QUARTER)
        && scope.is(at + 1, words::OF)
        && scope.is_any(at + 2, &[words::A, words::AN])
        && scope.has(at + 3, role::UNIT | role::SCALE)
        && !scope.has(at.wrapping_sub(1), role::ORDINAL | role::RELATIVE)
        && !scope.is_any(at.wrapping_sub(1), &[words::THE, words::A])
}

/// "quarter-litre", "third of gallon", at the start of a text.
fn bare_part(scope: &Scope<'_>, at: usize, under: u8) -> Option<Numeral> {
    let joint = usize::from(scope.is(at + 1, words::OF) || scope.is(at + 1, words::HYPHEN));
    let fits = joint > 0 && unit_of(scope, at + 1 + joint)
        || under == 4 && marks::is_end(scope, at + 1) && scope.is(at, words::QUARTER);
    let value = Decimal::from(1).divided_by(Decimal::from(i32::from(under)), DIGITS)?;
    fits.then(|| spelled(value, at + 1))
}

/// "3 quarters of an hour"
fn parts_in_digits(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let over = i64::from(scope.small(at)?);
    let under = i64::from(scope.entry(at + 1).value);
    let parts = scope.is_word(at + 1)
        && scope.is(at + 2, words::OF)
        && (!scope.has(at + 1, role::SPAN) || scope.is_any(at + 3, &[words::A, words::AN]))
        && under >= 2
        && over < under
        && divisor::agrees(scope, over, at + 2);
    if !parts {
        return None;
    }
    let value = Decimal::new(over, 0)?.divided_by(Decimal::new(under, 0)?, DIGITS)?;
    Some(spelled(value, at + 2))
}

/// "3/4"
fn slashed(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let (over, under) = (scope.small(at)?, scope.small(at + 2)?);
    let slash = scope.is(at + 1, words::SLASH) && scope.glued(at + 1) && scope.glued(at + 2);
    let more = scope.is(at + 3, words::SLASH) && scope.glued(at + 3);
    let whole = marks::is_end(scope, at + 3) && at == scope.start;
    if !slash || more || scope.is(at.wrapping_sub(1), words::SLASH) || under == 0 {
        return None;
    }
    if !whole && (over >= under || under > 100) {
        return None;
    }
    let value = Decimal::from(over as i32).divided_by(Decimal::from(under as i32), DIGITS)?;
    Some(Numeral { plain: false, fraction: true, ..bare(value, at + 3) })
}

/// "a fifth lower than", "a third more than": the fraction by which something differs.
fn is_compared(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at + 1, words::THAN)
        && (scope.has(at, role::UP | role::DOWN)
            || scope.is_any(at, &[words::MORE, words::LESS, hash_lowered("fewer")]))
}

/// "a quarter-point cut", "a half-point hike": parts of a percentage point, as central banks move rates.
pub(crate) fn part_of_point(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let value = match scope.hash(at) {
        words::HALF => Decimal::new(5, -1)?,
        words::QUARTER => Decimal::new(25, -2)?,
        _ => return None,
    };
    let joined = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    // "by half a point", "a quarter of a point"
    let of = usize::from(scope.is(at, words::QUARTER) && scope.is(at + 1, words::OF));
    if joined == 0 && scope.is(at + 1 + of, words::A) && scope.is(at + 2 + of, hash_lowered("point")) {
        return part_of_rate(scope, at, at + 3 + of, value);
    }
    let point = at + 1 + joined;
    const MOVES: [&str; 6] = ["move", "moves", "adjustment", "change", "tightening", "easing"];
    let moved = scope.has(point + 1, role::UP | role::DOWN) || MOVES.contains(&scope.text(point + 1));
    if !scope.is(point, hash_lowered("point")) || !moved {
        return None;
    }
    let span = scope.span(at, point + 1);
    let mut item =
        Item::new(at, point + 1, span, FigureKind::Percent, Content::Number(value), origin::PART_OF_POINT);
    item.counted = Counted::Unit(scope.vocabulary.point()?);
    Some(item)
}

/// A part of a percentage point, where the sentence is about rates or percentages: points of games are whole.
fn part_of_rate(scope: &Scope<'_>, at: usize, end: usize, value: Decimal) -> Option<Item> {
    let rate = |at: usize| {
        matches!(scope.text(at), "rate" | "rates" | "percent" | "%" | "cent" | "pct" | "yield" | "inflation")
    };
    if !(1..14).any(|near| rate(at.wrapping_sub(near)) || rate(end + near)) {
        return None;
    }
    let span = scope.span(at, end);
    let mut item =
        Item::new(at, end, span, FigureKind::Percent, Content::Number(value), origin::PART_OF_POINT);
    item.counted = Counted::Unit(scope.vocabulary.point()?);
    Some(item)
}

/// Whether a unit's name, long enough to be unambiguous, is at a token.
fn unit_of(scope: &Scope<'_>, at: usize) -> bool {
    scope.has(at, role::UNIT)
        && (scope.text(at).len() > 2 || scope.is_any(at, &[hash_lowered("kg"), hash_lowered("km")]))
}

/// "half", if it is a fraction of something: "half the", "half of", "half a mile", "half litre", "half-hour".
fn half(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let previous = at.wrapping_sub(1);
    let second = scope.has(previous, role::ORDINAL)
        || scope.is_any(
            previous,
            &[words::THE, words::AND, words::LAST, words::HYPHEN, words::TOP, words::BOTTOM, words::OTHER],
        );
    let article = scope.is_any(at + 1, &[words::A, words::AN]) && unit_of(scope, at + 2);
    let hyphen = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    let unit = unit_of(scope, at + 1 + hyphen)
        && !(hyphen > 0 && scope.has(at + 2, role::SPAN) && scope.entry(at + 2).calendar > 9);
    if article {
        return Some(at + 2);
    }
    if unit {
        return Some(at + 1);
    }
    let people = scope.is(previous, hash_lowered("than")) && scope.has(at + 1, role::COLLECTIVE);
    // "by half", "by almost half", "by more than half"
    let lead = (0..3)
        .map(|back| previous.wrapping_sub(back))
        .find(|at| scope.is(*at, words::BY) || !scope.has(*at, role::ADVERB | role::BOUND));
    let by = lead.is_some_and(|at| scope.is(at, words::BY))
        && (!scope.is_word(at + 1) || scope.has(at + 1, role::FUNCTION));
    // "roughly half", "less than half"
    let bounded = !scope.is_word(at + 1) && bounded::is_bounded(scope, at);
    (!second && (scope.listed(at + 1, list::HALF_OF) || people || by || bounded)).then_some(at + 1)
}
