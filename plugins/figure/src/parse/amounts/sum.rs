//! Amounts given in two or more units: "5 feet 2 inches", "20 dollars and 43 cents", "two years, three months".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, TokenKind};

use crate::item::{Content, Item, Lengths};
use crate::origin;
use crate::parse::amounts::amount::Amount;
use crate::parse::amounts::reading;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// Hundredths of a currency that have names of their own.
pub(crate) const HUNDREDTHS: [&str; 36] = [
    "cent", "penny", "sen", "kopeck", "kopiyka", "paisa", "grosz", "øre", "rappen", "agora", "fen", "kuruş",
    "satang", "stotinka", "haléř", "fillér", "ban", "lipa", "tiyin", "tetri", "qəpik", "halala", "piastre",
    "céntimo", "centime", "tambala", "ngwee", "thebe", "pesewa", "kobo", "poisha", "laari", "pya", "diram",
    "santim", "pfennig",
];

/// The unit of body weight in Britain.
const STONE: &str = "[stone_av]";

/// The index of a unit of time in [`Lengths`].
fn place(code: &str) -> Option<usize> {
    ["a", "mo", "wk", "d", "h", "min", "s"].iter().position(|known| *known == code)
}

pub(crate) fn whole(value: Decimal) -> Option<i32> {
    let power = u32::try_from(value.exponent()).ok()?;
    i32::try_from(value.mantissa().checked_mul(10i64.checked_pow(power)?)?).ok()
}

/// "1h30m", "2d4h": a length of time in one word.
pub(crate) fn glued_lengths(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.kind(at) != Some(TokenKind::Mixed) {
        return None;
    }
    let mut rest = scope.text(at);
    let mut lengths: Lengths = [0; 7];
    let (mut parts, mut next) = (0, 0);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest.bytes().skip(digits).take_while(u8::is_ascii_alphabetic).count();
        let count: i32 = rest.get(..digits).filter(|_| (1..=4).contains(&digits))?.parse().ok()?;
        let place = match rest.get(digits..digits + letters)? {
            "y" | "yr" | "yrs" => 0,
            "mo" => 1,
            "w" | "wk" => 2,
            "d" => 3,
            "h" | "hr" | "hrs" => 4,
            "m" | "min" | "mins" => 5,
            "s" | "sec" | "secs" => 6,
            _ => return None,
        };
        if place < next {
            return None;
        }
        *lengths.get_mut(place)? = count;
        (parts, next) = (parts + 1, place + 1);
        rest = rest.get(digits + letters..)?;
    }
    if parts < 2 {
        return None;
    }
    let span = scope.span(at, at + 1);
    Some(Item::new(at, at + 1, span, FigureKind::Duration, Content::Lengths(lengths), origin::UNIT))
}

/// Adds the amounts in smaller units that follow one.
pub(crate) fn summed(scope: &Scope<'_>, first: Amount) -> Amount {
    let mut sum = first;
    let Some(unit) = first.unit.filter(|_| first.per.is_none() && !first.hyphen && !first.negative) else {
        return sum;
    };
    let mut last = unit;
    // "one hour and a half"
    if unit.measures == Measures::Time
        && first.numeral.value.exponent() >= 0
        && scope.is(sum.end, words::AND)
        && let half = sum.end + 1 + usize::from(scope.is_any(sum.end + 1, &[words::A, words::AN]))
        && scope.is(half, words::HALF)
        && !scope.is_any(half + 1, &[words::OF, words::THE, words::A, words::HYPHEN])
        && let Some(value) = Decimal::new(5, -1).and_then(|half| sum.numeral.value.plus(half))
    {
        (sum.numeral.value, sum.end) = (value, half + 1);
        return sum;
    }
    for _ in 0..6 {
        let Some((next, joined)) = following(scope, sum.end) else { break };
        let next = if last.code == STONE { pounds_after(scope, next, joined) } else { next };
        let added = match unit.measures {
            // "£4.20, 30p more" are two amounts; "5 feet, 3 inches" is one.
            Measures::Money if scope.is(sum.end, words::COMMA) && sum.numeral.value.exponent() < 0 => None,
            Measures::Money => hundredths(scope, &sum, &next, unit),
            Measures::Quantity => smaller(&sum, &next, last, joined),
            Measures::Time => longer(&sum, &next, last, joined),
            _ => None,
        };
        let Some(added) = added else { break };
        last = next.unit.unwrap_or(last);
        sum = added;
    }
    sum
}

/// "11 stone 4 pounds", "12 stone 5": pounds of weight.
fn pounds_after(scope: &Scope<'_>, next: Amount, joined: bool) -> Amount {
    let pounds = next.unit.is_some_and(|unit| unit.code == "GBP");
    let bare = next.unit.is_none() && !joined && !scope.is_word(next.end) && next.numeral.scale == 0;
    if !pounds && !bare {
        return next;
    }
    Amount { unit: Some(scope.vocabulary.pound_of_weight()), ..next }
}

/// The amount after, and whether a comma or "and" joins it.
pub(crate) fn following(scope: &Scope<'_>, at: usize) -> Option<(Amount, bool)> {
    let comma = usize::from(scope.is(at, words::COMMA));
    let and = usize::from(scope.is(at + comma, words::AND));
    let next = at + comma + and;
    if !(scope.is_number(next)
        || scope.token(next)?.has(copydesk_core::segment::token_flag::DIGIT)
        || scope.has(next, role::CARDINAL))
    {
        return None;
    }
    let amount = reading::amount(scope, next)?;
    let fits = !amount.negative && !amount.prefixed && amount.numeral.upper.is_none() && amount.per.is_none();
    fits.then_some((amount, comma + and > 0))
}

fn hundredths(scope: &Scope<'_>, sum: &Amount, next: &Amount, unit: Unit) -> Option<Amount> {
    let value = whole(next.numeral.value).filter(|value| (0..100).contains(value))?;
    let part = next.unit.is_some_and(|part| HUNDREDTHS.contains(&part.name))
        // "15 dollars 50", "6 EUR and two": only if nothing else follows.
        || next.unit.is_none() && marks::is_end(scope, next.end) && !sum.prefixed && next.numeral.scale == 0;
    if !part || HUNDREDTHS.contains(&unit.name) || sum.numeral.scale > if sum.numeral.spelled { 3 } else { 2 }
    {
        return None;
    }
    let mut added = *sum;
    added.numeral.value = sum.numeral.value.plus(Decimal::new(i64::from(value), -2)?)?;
    added.end = next.end;
    Some(added)
}

/// "4 years and 7 months": kept part by part.
fn longer(sum: &Amount, next: &Amount, last: Unit, joined: bool) -> Option<Amount> {
    // "six years, four months old"
    let old = next.unit.is_some_and(|unit| unit.measures == Measures::Age);
    let unit = next.unit.filter(|unit| unit.measures == Measures::Time || old)?;
    let (from, to) = (place(last.code)?, place(unit.code)?);
    let less = match (last.si, unit.si) {
        (Some(a), Some(b)) => next.numeral.value.times(b.factor)?.to_f64() < a.factor.to_f64(),
        _ => old,
    };
    if to <= from || joined && !less {
        return None;
    }
    let mut lengths = match sum.lengths {
        Some(lengths) => lengths,
        None => {
            let mut lengths = [0; 7];
            *lengths.get_mut(from)? = whole(sum.numeral.value)?;
            lengths
        }
    };
    *lengths.get_mut(to)? = whole(next.numeral.value)?;
    Some(Amount { lengths: Some(lengths), end: next.end, ..*sum })
}

/// "2 km and 1 metre": in the smaller unit, so that it stays exact.
fn smaller(sum: &Amount, next: &Amount, last: Unit, joined: bool) -> Option<Amount> {
    let unit = next.unit.filter(|unit| unit.measures == Measures::Quantity)?;
    let (a, b) = (last.si?, unit.si.filter(|si| Some(si.unit) == last.si.map(|si| si.unit))?);
    let ratio = a.factor.divided_by(b.factor, 12)?;
    // Yards and feet are given loosely: "5 yards, 8 feet".
    let loose = last.code == "yd" && unit.code == "ft" && next.numeral.value.to_f64() < 12.0;
    let below = next.numeral.value.to_f64() < ratio.to_f64() || loose;
    if ratio.to_f64() <= 1.0 || sum.numeral.value.exponent() < 0 || joined && !below {
        return None;
    }
    let mut added = *sum;
    added.numeral.value = sum.numeral.value.times(ratio)?.plus(next.numeral.value)?;
    (added.unit, added.end) = (Some(unit), next.end);
    Some(added)
}
