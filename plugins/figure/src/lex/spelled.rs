//! Numbers in words: tens and units below a hundred, hundreds, descending scales, "and a half".

use copydesk_core::{Decimal, hash_lowered};

use crate::lex::numeral::{Numeral, bare};
use crate::lex::{divisor, loose, number, point};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// Number words read so far.
#[derive(Clone, Copy)]
pub(crate) struct Sum {
    total: i64,
    current: i64,
    /// The smallest scale so far.
    smallest: i64,
    /// The bound of what may still be added below the current hundred.
    room: i64,
    seen: bool,
    /// The power of ten of the largest scale.
    pub(crate) top: i32,
    /// The token after.
    pub(crate) end: usize,
    /// The last word, if it was twenty, thirty …: it may belong to a fraction ("two hundred forty sixths").
    pub(crate) tens: Option<(usize, i64)>,
}

impl Sum {
    /// The start: nothing read, or "a", or digits before a scale word.
    fn begin(current: i64, seen: bool, end: usize) -> Self {
        Self { total: 0, current, smallest: i64::MAX, room: 100, seen, top: 0, end, tens: None }
    }

    pub(crate) fn value(self) -> Option<i64> {
        self.total.checked_add(self.current)
    }
}

const POINT: u64 = hash_lowered("point");
const AMPERSAND: u64 = hash_lowered("&");

pub(crate) fn spelled(scope: &Scope<'_>, at: usize) -> Option<Numeral> {
    let entry = scope.entry(at);
    if entry.is(role::MANY) {
        return loose::many(scope, at, i32::from(entry.value));
    }
    let article = scope.is_any(at, &[words::A, words::AN]);
    if scope.is(at, words::HALF) {
        return loose::half_scale(scope, at);
    }
    if scope.is(at, POINT) {
        return point::leading_point(scope, at);
    }
    let first = at + usize::from(article);
    let begins = scope.entry(first);
    let scale = begins.is(role::SCALE) && begins.value <= 12 && scope.text(first).len() > 3;
    if article && !(scale || scope.is_any(first, &[words::DOZEN, hash_lowered("gross")])) {
        return loose::pair(scope, first, at);
    }
    // "thousand gallons", "hundred thousand kroner": a scale without its number, before a unit or another scale.
    // "a few hundred yuan", "several thousand people": the same as "hundreds".
    if scale
        && !article
        && (scope.is(at.wrapping_sub(1), words::FEW) || scope.is(at.wrapping_sub(1), hash_lowered("several")))
    {
        let power = i32::from(begins.value);
        let (low, high) = (Decimal::new(1, power)?, Decimal::new(1, power + 1)?);
        return Some(Numeral {
            upper: Some(high),
            spelled: true,
            plain: false,
            scale: power,
            ..bare(low, at + 1)
        });
    }
    let alone = !article
        && scale
        && (at == scope.start && marks::is_end(scope, first + 1)
            || scope.has(first + 1, role::SCALE)
            || scope.has(first + 1, role::UNIT) && scope.text(first + 1).len() > 2);
    if !article && !begins.is(role::CARDINAL) && !alone {
        return loose::pair(scope, at, at);
    }
    finish_words(scope, words(scope, first, i64::from(article || alone), article || alone)?)
}

/// Reads number words from `first`; `current` is the value of an article or digits before it.
pub(crate) fn words(scope: &Scope<'_>, first: usize, current: i64, seen: bool) -> Option<Sum> {
    let mut sum = Sum::begin(current, seen, first);
    while let Some(next) = next_word(scope, sum, first) {
        sum = next;
    }
    (sum.end > first).then_some(sum)
}

/// Reads one more word, joined by a hyphen, "and" or a comma if the number can continue.
fn next_word(scope: &Scope<'_>, sum: Sum, first: usize) -> Option<Sum> {
    let (next, joined) = joint(scope, &sum, first)?;
    let entry = scope.entry(next);
    let word = scope.is_word(next);
    let dozen = scope.is_any(next, &[words::DOZENS, words::DOZEN]);
    let mut sum = if entry.is(role::CARDINAL) && word || sum.seen && dozen {
        with_cardinal(sum, next, i64::from(entry.value), dozen)?
    } else if (entry.is(role::SCALE) || entry.is(role::MANY) && entry.value >= 2) && sum.seen && word {
        with_scale(sum, entry.value)?
    } else {
        with_digits(scope, sum, first, next, joined)?
    };
    sum.end = next + 1;
    Some(sum)
}

/// The index of the next word of a number, and whether "and" joins it; `None` if the number cannot continue.
fn joint(scope: &Scope<'_>, sum: &Sum, first: usize) -> Option<(usize, bool)> {
    let next = sum.end;
    if next <= first {
        return Some((next, false));
    }
    if scope.is_dash(next) && scope.glued(next) == scope.glued(next + 1) {
        // "sixty - three" with blanks only within the tens.
        return (scope.glued(next + 1) || sum.room == 10).then_some((next + 1, false));
    }
    if scope.is(next, words::COMMA) && sum.smallest != i64::MAX && sum.current == 0 {
        // "three million, two hundred": the rest must be a number of hundreds or thousands again.
        let scaled = scope.has(next + 1, role::CARDINAL)
            && scope.is_word(next + 1)
            && scope.has(next + 2, role::SCALE);
        return scaled.then_some((next + 1, false));
    }
    if !scope.is_any(next, &[words::AND, AMPERSAND]) {
        return Some((next, false));
    }
    let open = sum.room == 99 || sum.current == 0 && sum.smallest > 100 && sum.smallest != i64::MAX;
    let next = next + 1;
    let digits = scope.small(next).is_some_and(|value| value > 0 && value < 100)
        && smaller_digits(scope, first)
        && !scope.has(next + 1, role::SCALE);
    // "nine million and five ninths": the fraction is read later.
    let quarters = sum.smallest >= 1_000_000
        && sum.smallest != i64::MAX
        && scope.entry(next).value < 4
        && scope.is_any(next + 1, &[words::QUARTER, hash_lowered("quarters")]);
    let cardinal = scope.has(next, role::CARDINAL);
    let goes_on = || {
        let part = cardinal && (quarters || divisor::parts_of_one_word(scope, next));
        !part && (cardinal && scope.is_word(next) || digits)
    };
    (open && goes_on()).then_some((next, true))
}

/// Adds "three", "twenty", or a dozen.
fn with_cardinal(mut sum: Sum, at: usize, value: i64, dozen: bool) -> Option<Sum> {
    if dozen && sum.seen && sum.current > 0 && sum.current < 1000 {
        sum.current *= 12;
        sum.room = 0;
    } else if !sum.seen
        || value > 0 && value < sum.room && !dozen
        || sum.current == 0 && sum.smallest != i64::MAX && value > 0
    {
        sum.current += value;
        // After twenty, one to nine may come; after anything smaller, nothing.
        sum.room = if value >= 20 && value % 10 == 0 { 10 } else { 0 };
    } else {
        return None;
    }
    sum.tens = (sum.room == 10).then_some((at, value));
    sum.seen = true;
    Some(sum)
}

/// Multiplies by "hundred", "thousand", "lakh": "two hundreds" but not "one of hundreds"; "a cr" never.
fn with_scale(mut sum: Sum, exponent: u8) -> Option<Sum> {
    let power = 10i64.checked_pow(u32::from(exponent))?;
    sum.tens = None;
    if exponent == 2 {
        if sum.current == 0 || sum.current >= 100 {
            return None;
        }
        sum.current *= 100;
        sum.room = 99;
    } else if power < sum.smallest {
        sum.total = sum.total.checked_add(sum.current.max(1).checked_mul(power)?)?;
        (sum.current, sum.smallest, sum.room) = (0, power, 100);
        sum.top = sum.top.max(i32::from(exponent));
    } else if sum.current == 0 && power > sum.smallest {
        // "three lakh crore", "five hundred thousand million".
        sum.total = sum.total.checked_mul(power)?;
        sum.top += i32::from(exponent);
    } else {
        return None;
    }
    Some(sum)
}

/// Adds digits after words: "7 thousand 6 hundred and 54".
fn with_digits(scope: &Scope<'_>, mut sum: Sum, first: usize, at: usize, joined: bool) -> Option<Sum> {
    let value = i64::from(scope.small(at).filter(|value| *value < 1000 && sum.end > first)?);
    let fits = sum.room == 99 && value < 100 || sum.current == 0 && sum.smallest != i64::MAX;
    let scaled = scope.has(at + 1, role::SCALE) && scope.is_word(at + 1);
    if !(fits && joined != scaled) || value == 0 || !smaller_digits(scope, first) {
        return None;
    }
    sum.current += value;
    sum.room = 0;
    Some(sum)
}

/// Whether the number before the words is in digits, so that more digits may follow.
fn smaller_digits(scope: &Scope<'_>, first: usize) -> bool {
    scope.is_number(first.wrapping_sub(1))
}

/// Reads what may follow the words: "point two three", "and a half", another scale.
pub(crate) fn finish_words(scope: &Scope<'_>, sum: Sum) -> Option<Numeral> {
    let mut value = Decimal::new(sum.value()?, 0)?;
    let (mut end, mut top) = (sum.end, sum.top);
    let dash = |at: usize| scope.is(at, words::HYPHEN) && scope.glued(at) && scope.glued(at + 1);
    if dash(end)
        && scope.is(end + 1, words::AND)
        && dash(end + 2)
        && scope.is(end + 3, words::A)
        && dash(end + 4)
        && scope.has(end + 5, role::FRACTION)
        && let Some(part) =
            Decimal::from(1).divided_by(Decimal::from(i32::from(scope.entry(end + 5).value)), 15)
    {
        // "two-and-a-half"
        value = value.plus(part)?;
        end += 6;
    } else if scope.is(end, POINT)
        && let Some((point, stop)) = point::point(scope, end + 1)
    {
        value = value.plus(point)?;
        end = stop;
    } else if scope.is(end, words::AND)
        && let Some((part, stop)) = divisor::part_of_one(scope, end + 1)
    {
        let scale = scope.entry(stop);
        if scale.is(role::SCALE) && scope.is_word(stop) {
            // "four and a half million"; "six billion and a half million".
            let power = i32::from(scale.value);
            value = if sum.smallest == i64::MAX {
                value.plus(part)?.scale(power)?
            } else {
                value.plus(part.scale(power)?)?
            };
            top = top.max(power);
            end = stop + 1;
        } else {
            // "one million and a half" is half a million more.
            let of = if sum.current == 0 && sum.smallest != i64::MAX { sum.smallest } else { 1 };
            value = value.plus(part.times(Decimal::new(of, 0)?)?)?;
            end = stop;
        }
    }
    let mut numeral = Numeral { spelled: true, plain: false, scale: top, ..bare(value, end) };
    if end > sum.end && top == sum.top {
        number::scales(scope, &mut numeral)?;
    }
    Some(numeral)
}
