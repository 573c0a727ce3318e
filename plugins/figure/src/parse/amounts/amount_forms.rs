//! Less frequent forms of an amount: heights, tolerances, powers, mixed numbers.

use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, hash_lowered};

use crate::lex::numeral::Numeral;
use crate::lex::{divisor, number, point};
use crate::parse::amounts::amount::Amount;
use crate::parse::amounts::{fraction, unit};
use crate::sentence::keys::{hash_exact, join};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// "fifteen more minutes", "five consecutive years": a length of time after an adjective.
pub(crate) fn time_after_word(
    scope: &Scope<'_>,
    numeral: &Numeral,
) -> Option<crate::parse::amounts::unit::After> {
    let word = numeral.end;
    if !scope.listed(word, list::LASTING) || !scope.has(word + 1, role::SPAN) {
        return None;
    }
    unit::unit_after(scope, word + 1, numeral).filter(|after| after.unit.measures == Measures::Time)
}

/// "-foot-2", "foot 2", "-foot-2-inch" after the feet of a height: the inches, and the next token.
fn inches_after(scope: &Scope<'_>, at: usize) -> Option<(u32, usize)> {
    let hyphen = |at: usize| scope.is(at, words::HYPHEN) && scope.glued(at) && scope.glued(at + 1);
    let joined = hyphen(at);
    let foot = at + usize::from(joined);
    let number = foot + 1 + usize::from(hyphen(foot + 1));
    if !matches!(scope.text(foot), "foot" | "ft" | "feet") || joined != hyphen(foot + 1) {
        return None;
    }
    let inches = few(scope, number).filter(|inches| *inches < 12)?;
    let unit = number + 1 + usize::from(hyphen(number + 1));
    if matches!(scope.text(unit), "inch" | "inches" | "in") && (unit > number + 1) == joined {
        return Some((inches, unit + 1));
    }
    // "a 6 foot 2 metre" is not a height.
    let closed = joined
        || !scope.is_word(number + 1)
        || scope.is_number(number)
            && scope.has(number + 1, role::FUNCTION | role::BREAK)
            && !scope.is(number + 1, words::OF);
    closed.then_some((inches, number + 1))
}

/// A whole number of one token, in digits or as a word.
fn few(scope: &Scope<'_>, at: usize) -> Option<u32> {
    let spelled = scope.has(at, role::CARDINAL) && scope.is_word(at);
    scope.small(at).or_else(|| spelled.then(|| u32::from(scope.entry(at).value)))
}

/// 6'3", "6-foot-3", "five foot seven": a height, in inches.
pub(crate) fn feet_and_inches(scope: &Scope<'_>, first: usize, at: usize) -> Option<Amount> {
    const FEET: [&str; 3] = ["'", "’", "′"];
    const INCHES: [&str; 4] = ["\"", "”", "″", "''"];
    let glued = (at + 1..at + 4).all(|at| scope.glued(at));
    let marks = glued && FEET.contains(&scope.text(at + 1)) && INCHES.contains(&scope.text(at + 3));
    let (inches, end) = if marks {
        (scope.small(at + 2)?, at + 4)
    } else if scope.is(at + 1, words::HYPHEN) || matches!(scope.text(at + 1), "foot" | "ft" | "feet") {
        inches_after(scope, at + 1)?
    } else {
        return None;
    };
    let feet = few(scope, at).filter(|feet| (1..=9).contains(feet) && inches < 12)?;
    let value = Decimal::from((feet * 12 + inches) as i32);
    let numeral = Numeral { plain: false, ..crate::lex::numeral::bare(value, end) };
    Some(Amount {
        first,
        end,
        numeral,
        unit: scope.vocabulary.inch(),
        prefixed: false,
        negative: false,
        hyphen: false,
        per: None,
        lengths: None,
    })
}

/// Whether brackets mean a negative number in accounts: alone after a verb, where they cannot contain a conversion.
pub(crate) fn is_loss(scope: &Scope<'_>, at: usize, end: usize) -> bool {
    let open = at.wrapping_sub(1);
    scope.is(open, words::OPEN)
        && scope.is(end, words::CLOSE)
        && scope.has(open.wrapping_sub(1), role::VERB)
        && !scope.is_word(end + 1)
}

/// "9.8 ± 0.1", "+/- 0.1": the tolerance is left out of the value.
pub(crate) fn uncertainty(scope: &Scope<'_>, numeral: &mut Numeral) {
    let at = numeral.end;
    let sign = if scope.is(at, hash_lowered("±")) {
        1
    } else if scope.is(at, words::PLUS_SIGN)
        && scope.is(at + 1, words::SLASH)
        && scope.is(at + 2, words::HYPHEN)
    {
        3
    } else {
        return;
    };
    if scope.token(at + sign).is_some_and(|token| token.has(token_flag::DIGIT))
        && let Some(more) = number::numeral(scope, at + sign)
    {
        (numeral.end, numeral.plain) = (more.end, false);
    }
}

/// The square or cube of a unit glued to a number: "4km^2".
pub(crate) fn raised(scope: &Scope<'_>, at: usize, caret: usize) -> Option<(Unit, usize)> {
    let power = scope.text(caret + 1).chars().next().filter(|power| matches!(power, '2' | '3'))?;
    let text = scope.text(at);
    let digits = text.bytes().take_while(|byte| !byte.is_ascii_alphabetic()).count();
    let symbol = format!("{}{power}", text.get(digits..)?);
    let unit = scope.vocabulary.unit(0, join(0, hash_exact(&symbol)), false)?;
    Some((unit, caret + 2))
}

/// "20 and three fifths", "5 and a half", "1 point 5" after digits.
pub(crate) fn mixed_words(scope: &Scope<'_>, numeral: &mut Numeral) {
    // "3 million and a quarter", "5.2 billion and a half" with nothing but a unit after.
    if numeral.scale >= 3 && !numeral.fraction && scope.is(numeral.end, words::AND) {
        if let Some((part, end)) = divisor::part_of_one(scope, numeral.end + 1)
            && (marks::is_end(scope, end) || scope.has(end, role::UNIT))
            && let Some(value) = part.scale(numeral.scale).and_then(|part| numeral.value.plus(part))
        {
            (numeral.value, numeral.end) = (value, end);
        }
        return;
    }
    if numeral.fraction || numeral.spelled || !numeral.plain {
        return;
    }
    let part = if scope.is(numeral.end, hash_lowered("point")) {
        point::point(scope, numeral.end + 1)
    } else if scope.is(numeral.end, words::AND) && scope.is_number(numeral.end + 1) {
        // "2 and 1/2 cups"
        fraction::fraction(scope, numeral.end + 1).map(|part| (part.value, part.end))
    } else if scope.is(numeral.end, words::AND) {
        divisor::part_of_one(scope, numeral.end + 1)
    } else {
        None
    };
    if let Some((part, end)) = part
        && let Some(value) = numeral.value.plus(part)
    {
        (numeral.value, numeral.end, numeral.plain) = (value, end, false);
        let _ = number::scales(scope, numeral);
    }
}
