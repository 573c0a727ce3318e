//! Denominators in words: "two thirds", "five thirty-seconds".

use copydesk_core::{Decimal, hash_lowered};

use crate::lex::{number, spelled};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// Denominators that are too large for the table.
const SMALL_PARTS: [(u64, i64); 6] = [
    (hash_lowered("thousandth"), 1000),
    (hash_lowered("thousandths"), 1000),
    (hash_lowered("millionth"), 1_000_000),
    (hash_lowered("millionths"), 1_000_000),
    (hash_lowered("billionth"), 1_000_000_000),
    (hash_lowered("billionths"), 1_000_000_000),
];

/// "two thirds", "two hundred forty sixths", "1/40" as words; the value and the next token.
pub(crate) fn counted_parts(scope: &Scope<'_>, at: usize) -> Option<(Decimal, usize)> {
    let sum = spelled::words(scope, at, 0, false)?;
    let over = sum.value()?;
    let hyphen =
        |end: usize| end + usize::from(scope.is_dash(end) && scope.glued(end) == scope.glued(end + 1));
    // "three over eleven".
    if scope.is(sum.end, words::OVER)
        && let Some(under) = number::numeral(scope, sum.end + 1)
        && marks::is_end(scope, under.end)
        && at == scope.start
    {
        return Some((Decimal::new(over, 0)?.divided_by(under.value, DIGITS)?, under.end));
    }
    // "thirty fifths" after a hundred: the tens belong to the denominator.
    if let Some((tens_at, tens)) = sum.tens
        && tens_at > at
        && let Some((unit, end)) = divisor(scope, hyphen(sum.end)).filter(|(unit, _)| *unit < 10)
        && let Some(over) = spelled::words(scope, at, 0, false).and_then(|_| words_until(scope, at, tens_at))
        && agrees(scope, over, end)
    {
        return Some((Decimal::new(over, 0)?.divided_by(Decimal::new(tens + unit, 0)?, DIGITS)?, end));
    }
    let start = hyphen(sum.end);
    let (under, end) = divisor(scope, start)?;
    // "one second", "two quarters" are times; "third" and the like without plural a place in a row.
    let time = scope.has(start, role::SPAN)
        && (scope.is_any(start, &[words::SECOND, hash_lowered("seconds")]) || over >= under || over == 2);
    if under < 2 || over == 0 || time || !agrees(scope, over, end) {
        return None;
    }
    Some((Decimal::new(over, 0)?.divided_by(Decimal::new(under, 0)?, DIGITS)?, end))
}

/// "five ninths", "fifty-four hundredths": a number below a hundred and a denominator.
pub(crate) fn parts_of_one_word(scope: &Scope<'_>, at: usize) -> bool {
    let over = i64::from(scope.entry(at).value);
    let direct = scope.has(at + 1, role::FRACTION | role::ORDINAL) && !scope.has(at + 1, role::SPAN);
    let hyphen = usize::from(scope.is_dash(at + 1));
    let tens = over >= 20
        && scope.has(at + 1 + hyphen, role::CARDINAL)
        && scope.has(at + 2 + hyphen, role::FRACTION);
    direct && agrees(scope, over, at + 2) || tens && agrees(scope, 2, at + 3 + hyphen)
}

/// The number that the words from `first` to `stop` form.
pub(crate) fn words_until(scope: &Scope<'_>, first: usize, stop: usize) -> Option<i64> {
    let inner = scope.until(stop);
    spelled::words(&inner, first, 0, false)?.value()
}

/// One part is in the singular, several in the plural.
pub(crate) fn agrees(scope: &Scope<'_>, over: i64, end: usize) -> bool {
    let text = scope.text(end - 1);
    let plural = text.ends_with('s') && !text.ends_with("ss") || text == "halves";
    (over != 1) == plural
}

/// A denominator: "third", "twenty-fifths", "hundred fifth", "hundredths"; its value and the next token.
pub(crate) fn divisor(scope: &Scope<'_>, at: usize) -> Option<(i64, usize)> {
    const ODD: [(u64, i64); 4] = [
        (hash_lowered("firsts"), 1),
        (hash_lowered("seconds"), 2),
        (words::FIRST, 1),
        (hash_lowered("first"), 1),
    ];
    let entry = scope.entry(at);
    if !scope.is_word(at) {
        return None;
    }
    if let Some((_, value)) = SMALL_PARTS.iter().find(|(word, _)| scope.is(at, *word)) {
        return Some((*value, at + 1));
    }
    if entry.is(role::FRACTION | role::ORDINAL) {
        return Some((i64::from(entry.value), at + 1));
    }
    let joint = |end: usize| end + usize::from(scope.is_dash(end) && scope.glued(end));
    let one = usize::from(scope.is(at, words::ONE) && scope.is(at + 1, words::HUNDRED));
    if scope.is(at + one, words::HUNDRED) {
        let next = joint(at + one + 1);
        let next = next + usize::from(scope.is(next, words::AND));
        // Only once, so that a row of hundreds causes no deep recursion.
        if scope.is_any(next, &[words::HUNDRED, words::ONE]) {
            return None;
        }
        let (rest, end) = divisor(scope, next).filter(|(rest, _)| *rest < 100)?;
        return Some((100 + rest, end));
    }
    if entry.is(role::CARDINAL) && entry.value >= 20 {
        let next = joint(at + 1);
        let rest = scope.entry(next);
        let odd = ODD.iter().find(|(word, _)| scope.is(next, *word)).map(|(_, value)| *value);
        let unit = odd.or_else(|| rest.is(role::FRACTION | role::ORDINAL).then(|| i64::from(rest.value)))?;
        return (unit < 10).then(|| (i64::from(entry.value) + unit, next + 1));
    }
    None
}

/// "three-quarter miles": an attribute has no plural.
fn joined_quarters(scope: &Scope<'_>, at: usize) -> Option<(Decimal, usize)> {
    let joined = scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1) && scope.glued(at + 2);
    let parts = i64::from(scope.entry(at).value);
    (joined && scope.is(at + 2, words::QUARTER) && parts == 3 && scope.longest_unit(at + 3).is_some())
        .then(|| Some((Decimal::new(75, -2)?, at + 3)))?
}

/// The fraction after "and": "a half", "one quarter", "four ninths", "half", "two quarter".
pub(crate) fn part_of_one(scope: &Scope<'_>, at: usize) -> Option<(Decimal, usize)> {
    let entry = scope.entry(at);
    if entry.is(role::CARDINAL) && scope.is_word(at) {
        return counted_parts(scope, at).or_else(|| joined_quarters(scope, at)).or_else(|| {
            // "six and two quarter of year": a slip that is understood.
            let quarter = scope.is(at + 1, words::QUARTER) && scope.is(at + 2, words::OF) && entry.value < 4;
            quarter.then(|| Some((Decimal::new(25 * i64::from(entry.value), -2)?, at + 2)))?
        });
    }
    let next = at + usize::from(scope.is_any(at, &[words::A, words::AN]));
    let under = scope.entry(next);
    if !under.is(role::FRACTION)
        || scope.is(next, words::SECOND)
        || next == at && !matches!(under.value, 2 | 4)
    {
        return None;
    }
    // "one and a third": an ordinal in the singular counts only if the phrase ends there.
    let sure = matches!(under.value, 2 | 4)
        || marks::is_end(scope, next + 1)
        || scope.has(next + 1, role::SCALE)
        || scope.longest_unit(next + 1).is_some();
    // "two and a half-hearted": part of a word.
    let torn =
        scope.is(next + 1, words::HYPHEN) && scope.glued(next + 1) && scope.longest_unit(next + 2).is_none();
    let value = Decimal::from(1).divided_by(Decimal::from(i32::from(under.value)), DIGITS)?;
    (sure && !torn).then_some((value, next + 1))
}

/// Digits of a quotient that does not terminate.
pub(crate) const DIGITS: u32 = 15;
