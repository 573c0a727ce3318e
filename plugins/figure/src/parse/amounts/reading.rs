//! Reads a number with its sign, currency and unit.

use copydesk_core::Decimal;
use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;

use crate::item::{Content, Counted, Item};
use crate::lex::number;
use crate::origin;
use crate::parse::amounts::amount::{Amount, GRAND, PERCENT_SIGN, ZERO};
use crate::parse::amounts::{age, amount_forms, count, fraction, per, prefix, ratio, unit};
use crate::sentence::keys::join;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, forms, noun, words};

/// The sign of powers.
const CARET: u64 = hash_lowered("^");

/// Sign, currency, number, unit.
pub(crate) fn amount(scope: &Scope<'_>, at: usize) -> Option<Amount> {
    let (start, negative) = after_sign(scope, at)?;
    if let Some(amount) = bracketed_loss(scope, at).or_else(|| prefixed(scope, at, start, negative)) {
        return Some(amount);
    }
    if let Some(amount) = amount_forms::feet_and_inches(scope, at, start) {
        return Some(amount);
    }
    let mut numeral = fraction::fraction(scope, start).or_else(|| number::numeral(scope, start))?;
    amount_forms::uncertainty(scope, &mut numeral);
    amount_forms::mixed_words(scope, &mut numeral);
    unit::decide_letter(scope, &mut numeral);
    let mut amount = Amount {
        first: at,
        end: numeral.end,
        numeral,
        unit: numeral.unit,
        prefixed: false,
        negative,
        hyphen: false,
        per: None,
        lengths: None,
    };
    // "14.7C/ per security" is some kind of money.
    if scope.is(numeral.end, words::SLASH)
        && !scope.glued(numeral.end + 1)
        && amount.unit.is_some_and(|unit| unit.code == "Cel")
    {
        amount.unit = None;
    }
    // "120 MEUR"
    if amount.unit.is_none()
        && let Some((unit, power)) = prefix::scaled_code(scope, numeral.end)
    {
        amount.numeral.value = numeral.value.scale(power)?;
        (amount.numeral.scale, amount.numeral.plain) = (power, false);
        (amount.unit, amount.end) = (Some(unit), numeral.end + 1);
        return Some(amount);
    }
    if amount.unit.is_some() {
        go_on(scope, start, &mut amount);
    } else {
        look_after(scope, &mut amount)?;
    }
    below_zero(scope, &mut amount);
    // "20 grand"
    if let Some(unit) = amount.unit.filter(|unit| unit.name == "grand") {
        amount.numeral.value = amount.numeral.value.scale(3)?;
        amount.unit = Some(Unit { name: GRAND, ..unit });
    }
    Some(amount)
}

/// The token after the sign of an amount, and whether it is negative: "minus 5", "-5", "+3". `None` if a sign is there but no amount
/// follows it, as in "75 -300mm" and "+/-3".
fn after_sign(scope: &Scope<'_>, at: usize) -> Option<(usize, bool)> {
    let previous = at.wrapping_sub(1);
    // "plus or minus 3"
    if scope.is(at, words::MINUS)
        && scope.is(previous, words::OR)
        && scope.is(at.wrapping_sub(2), words::PLUS)
    {
        return None;
    }
    let (start, negative) = if scope.is_any(at, &[words::MINUS, words::NEGATIVE]) {
        (at + 1 + usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1)), true)
    } else if scope.is_any(at, &[words::HYPHEN, words::MINUS_SIGN, words::EN_DASH]) {
        if !is_minus_sign(scope, at) {
            return None;
        }
        (at + 1, true)
    } else if scope.is(at, words::PLUS_SIGN) && !scope.glued(at) && scope.glued(at + 1) {
        (at + 1, false)
    } else {
        return Some((at, false));
    };
    let number =
        scope.token(start)?.has(token_flag::DIGIT) || scope.has(start, role::PREFIX | role::CARDINAL);
    number.then_some((start, negative))
}

/// Whether a dash makes the number after it negative, rather than joining it to what is before.
fn is_minus_sign(scope: &Scope<'_>, at: usize) -> bool {
    let previous = at.wrapping_sub(1);
    // "- 5" with a blank only if nothing else is in the text.
    let lone =
        at == scope.start && scope.start == 0 && scope.end <= at + 5 && scope.end == scope.doc.tokens().len();
    // "+/-3 percentage points"
    let plus_or_minus = scope.is(previous, words::SLASH) && scope.is(at.wrapping_sub(2), words::PLUS_SIGN);
    // "75 -300mm" is a careless range.
    let careless = !scope.glued(at) && scope.is_number(previous) && !scope.is(at + 2, PERCENT_SIGN);
    // "(-5)", but not "3-5"
    let apart = !scope.glued(at) || scope.is_any(previous, &[words::OPEN, words::SLASH]);
    !plus_or_minus && (scope.glued(at + 1) || lone) && !careless && apart
}

/// "€3.5bn", "US$ 40 a barrel": an amount after the sign or code of its currency, which is at `start`.
fn prefixed(scope: &Scope<'_>, at: usize, start: usize, negative: bool) -> Option<Amount> {
    let (unit, mut numeral) = prefix::with_prefix(scope, start)?;
    numeral.letter_as_scale();
    let unit = match prefix::country_after(scope, unit, numeral.end) {
        Some(national) => {
            numeral.end += 1;
            national
        }
        None => unit,
    };
    let (per, end) =
        per::per(scope, unit, numeral.end).map_or((None, numeral.end), |(per, end)| (Some(per), end));
    // "Net income was ($99.99)."
    let negative = negative || amount_forms::is_loss(scope, at, end);
    Some(Amount {
        first: at,
        end,
        numeral,
        unit: Some(unit),
        prefixed: true,
        negative,
        hyphen: false,
        per,
        lengths: None,
    })
}

/// A unit in the number's token may continue after it: "4km^2", "100km/h", "$4/kg".
fn go_on(scope: &Scope<'_>, start: usize, amount: &mut Amount) {
    let end = amount.numeral.end;
    if scope.is(end, CARET)
        && let Some((unit, end)) = amount_forms::raised(scope, start, end)
    {
        (amount.unit, amount.end) = (Some(unit), end);
    }
    if let Some(unit) = amount.numeral.unit.filter(|_| amount.unit.is_some())
        && let Some((per, end)) = per::per(scope, unit, end)
    {
        (amount.per, amount.end) = (Some(per), end);
    }
}

/// Finds the unit after the number. `None` if the number is too large.
fn look_after(scope: &Scope<'_>, amount: &mut Amount) -> Option<()> {
    let numeral = amount.numeral;
    let of = of_unit(scope, amount);
    // "40 or more kilograms", "5+ years"
    let bounded = bounded::after_bound(scope, numeral.end);
    // "one full percentage point"
    let whole = (forms::is_whole(scope, numeral.end) && scope.has(numeral.end + 1, role::UNIT))
        .then(|| unit::unit_after(scope, numeral.end + 1, &numeral))
        .flatten()
        .filter(|after| after.unit.measures == Measures::Percent);
    let after = if whole.is_some() {
        whole
    } else if of == 0 && bounded > numeral.end {
        unit::unit_after(scope, bounded, &numeral)
    } else {
        unit::unit_after(scope, numeral.end + of, &numeral)
            .or_else(|| amount_forms::time_after_word(scope, &numeral))
    };
    let Some(after) = after.filter(|after| {
        of == 0 || matches!(after.unit.measures, Measures::Quantity | Measures::Time | Measures::Percent)
    }) else {
        return Some(());
    };
    (amount.unit, amount.end, amount.hyphen) = (Some(after.unit), after.end, after.hyphen);
    amount.per = after.per;
    // "75 USD million"
    let scale = scope.entry(amount.end);
    if after.unit.measures == Measures::Money
        && scale.is(role::SCALE)
        && numeral.scale == 0
        && scope.is_word(amount.end)
    {
        amount.numeral.value = numeral.value.scale(i32::from(scale.value))?;
        amount.numeral.scale = i32::from(scale.value);
        amount.end += 1;
    }
    Some(())
}

/// The number of tokens between a fraction and its unit: "third of gallon", "six and a quarter of days", "half of one percent".
fn of_unit(scope: &Scope<'_>, amount: &Amount) -> usize {
    let numeral = amount.numeral;
    if !scope.is(numeral.end, words::OF) {
        return 0;
    }
    // "three-quarters of a percentage point"
    let part = numeral.fraction || numeral.value < Decimal::from(1) && numeral.value.exponent() < 0;
    let one = scope.is_any(numeral.end + 1, &[words::A, words::AN, words::ONE])
        || scope.text(numeral.end + 1) == "1";
    if part && one && scope.has(numeral.end + 2, role::UNIT) {
        return 2;
    }
    usize::from(numeral.spelled && numeral.value.exponent() < 0 && scope.has(numeral.end + 1, role::UNIT))
}

/// "7 degrees below zero", "15 below zero"
fn below_zero(scope: &Scope<'_>, amount: &mut Amount) {
    let below = scope.is(amount.end, hash_lowered("below"));
    let bare = amount.unit.is_none() && amount.numeral.scale == 0 && !amount.numeral.fraction;
    if bare && below && scope.is(amount.end + 1, ZERO) {
        amount.unit = scope.vocabulary.degree();
    }
    let degrees = amount.unit.is_some_and(|unit| unit.name.starts_with("degree"));
    if degrees && below && scope.is_any(amount.end + 1, &[ZERO, hash_lowered("freezing")]) {
        amount.negative |= scope.is(amount.end + 1, ZERO);
        amount.end += 2;
    }
}

/// The figure of a single amount, by its unit, its fraction, or what it counts.
pub(crate) fn single(scope: &Scope<'_>, amount: Amount) -> Option<Item> {
    let Amount { first, end, numeral, .. } = amount;
    let content = match numeral.upper {
        Some(upper) => Content::Range(numeral.value, upper),
        None => Content::Number(amount.value()),
    };
    let mut item = Item::new(first, end, scope.span(first, end), FigureKind::Count, content, origin::NUMBER);
    item.scale = numeral.scale;
    if let Some(unit) = amount.unit {
        item.origin = if amount.prefixed { origin::CURRENCY } else { origin::UNIT };
        item.set_unit(
            age::age_of_length(scope, first, unit)
                .or_else(|| age::age_of_bounded(scope, end, unit))
                .unwrap_or(unit),
        );
        if let Some(lengths) = amount.lengths {
            item.content = Content::Lengths(lengths);
        }
        item.per = amount.per.or_else(|| per::per_after_stuff(scope, unit, end));
        // "four times a week"
        if unit.measures == Measures::Times && item.per.is_some() {
            (item.counted, item.kind) = (Counted::Unit(unit), FigureKind::Quantity);
        }
        return Some(item);
    }
    if numeral.fraction {
        return ratio::fraction_item(scope, first, end, amount.value());
    }
    // "thousands of dollars", "dozens of kilometres".
    if numeral.upper.is_some() && scope.is(end, words::OF) {
        // "thousands of $14-an-hour jobs"
        if let Some(after) = unit::unit_after(scope, end + 1, &numeral).filter(|_| scope.is_word(end + 1)) {
            (item.end, item.span) = (after.end, scope.span(first, after.end));
            item.set_unit(after.unit);
            item.per = after.per;
        } else if let Some(noun) = noun::plural_noun(scope, end + 1) {
            item.counted = Counted::Noun(noun);
        }
        return Some(item);
    }
    count::count(scope, item, &numeral, amount.negative)
}

/// "$(3.4) billion", "(12.4)%": a loss in accounts, with sign and unit outside the brackets.
pub(crate) fn bracketed_loss(scope: &Scope<'_>, at: usize) -> Option<Amount> {
    let signed = scope.has(at, role::PREFIX) && scope.is(at + 1, words::OPEN) && scope.glued(at + 1);
    let open = at + usize::from(signed);
    let number = open + 1;
    let bracketed = scope.is(open, words::OPEN)
        && scope.is_number(number)
        && scope.is(number + 1, words::CLOSE)
        && scope.glued(number)
        && scope.glued(number + 1);
    if !bracketed {
        return None;
    }
    let mut numeral = number::numeral(scope, number).filter(|numeral| numeral.end == number + 1)?;
    numeral.end = number + 2;
    number::scales(scope, &mut numeral)?;
    numeral.plain = false;
    let (unit, end) = if signed {
        let unit = scope.vocabulary.prefix(join(0, scope.hash(at))).filter(|_| !scope.is_word(at))?;
        (Some(unit), numeral.end)
    } else if numeral.scale > 0 {
        (None, numeral.end)
    } else {
        // Only the percent sign touches its bracket: "(12.4)%".
        let after = scope.is(numeral.end, PERCENT_SIGN) && scope.glued(numeral.end);
        (Some(scope.vocabulary.percent().filter(|_| after)?), numeral.end + 1)
    };
    Some(Amount {
        first: at,
        end,
        numeral,
        unit,
        prefixed: signed,
        negative: true,
        hyphen: false,
        per: None,
        lengths: None,
    })
}
