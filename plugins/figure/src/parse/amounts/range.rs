//! Two numbers that bound a value: "between 3 and 5 million", "10-12%", "two or three days".

use copydesk_core::Decimal;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Counted, Item};
use crate::lex::{calendar_number, entity_sign, number};
use crate::origin;
use crate::parse::amounts::age::YEARS_OF_AGE;
use crate::parse::amounts::amount::Amount;
use crate::parse::amounts::reading;
use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, noun, words};

/// The words that join the two numbers of a range.
struct Joint {
    /// Their token.
    at: usize,
    /// The token where the second number begins.
    next: usize,
    /// "10-12": a dash without blanks.
    glued: bool,
    /// A dash, with or without blanks.
    dash: bool,
    /// "8- to 16-metre"
    hung: bool,
}

/// "between 3 and 5 million", "10-12%", "$1.2 million to $23.5 million", "two or three days".
pub(crate) fn range(scope: &Scope<'_>, low: Amount) -> Option<Item> {
    let joint = joint(scope, &low)?;
    // "fell by half to $2 billion"
    if low.numeral.fraction && scope.is(joint.at, words::TO) {
        return None;
    }
    let mut high = upper(scope, &low, &joint)?;
    if let Some(score) = decided(scope, &low, &high, joint.at) {
        return Some(score);
    }
    if are_two(scope, &low, &high, joint.at) {
        return None;
    }
    match (low.unit, high.unit) {
        (Some(a), Some(b)) if a != b => return None,
        (Some(_), Some(_)) | (None, _) => {}
        // "5% to 7": the unit is not shared with a later number, but in "$3-5" the currency is.
        (Some(unit), None) if low.prefixed => high.unit = Some(unit),
        _ => return None,
    }
    let (from, to) = ends(scope, &low, &high, &joint)?;
    if !is_range(scope, &low, &high, &joint, (from, to)) {
        return None;
    }
    let content = if from <= to { Content::Range(from, to) } else { Content::Range(to, from) };
    let span = scope.span(low.first, high.end);
    let mut item = Item::new(low.first, high.end, span, FigureKind::Count, content, origin::RANGE);
    item.scale = high.numeral.scale;
    item.per = high.per;
    let before = low.first.wrapping_sub(1);
    match high.unit {
        Some(unit) => item.set_unit(unit),
        None if scope.is_any(before, &[words::AGED, words::AGES, words::AGE])
            || scope.is_any(before, &[words::BETWEEN, words::FROM])
                && scope.is(before.wrapping_sub(1), words::AGED)
            || between_ages(scope, before) =>
        {
            item.set_unit(YEARS_OF_AGE);
        }
        None => count(scope, &mut item, &low, &high, &joint, from < to)?,
    }
    Some(item)
}

/// The words that join an amount to the next number, if any.
fn joint(scope: &Scope<'_>, low: &Amount) -> Option<Joint> {
    let at = low.end;
    let before = low.first.wrapping_sub(1);
    let dash = scope.is_dash(at)
        || scope.is(at, words::MINUS_SIGN)
        || scope.is(at, words::TILDE) && scope.glued(at) == scope.glued(at + 1);
    let glued = dash && scope.glued(at) && scope.glued(at + 1);
    // "2-to-1", "5-to-7".
    let hyphenated = glued && scope.is(at + 1, words::TO) && scope.is_dash(at + 2);
    let hung = dash && scope.glued(at) && !scope.glued(at + 1) && scope.is(at + 1, words::TO);
    // "from 5 mm up to 10 mm"
    let upto = scope.is(at, words::UP)
        && scope.is(at + 1, words::TO)
        && scope.is(before, words::FROM)
        && !bounded::moved_from(scope, before);
    let to_hyphen = scope.is(at, words::TO)
        && scope.is(at + 1, words::HYPHEN)
        && scope.glued(at + 1)
        && scope.glued(at + 2);
    let entity = entity_sign::entity_dash(scope, at).filter(|high| scope.glued(*high) && scope.glued(at));
    let next = if let Some(high) = entity {
        high
    } else if hyphenated {
        at + 3
    } else if upto || hung || to_hyphen {
        at + 2
    } else if dash
        || scope.is(at, words::TO)
        || scope.is(at, words::AND) && (scope.is(before, words::BETWEEN) || between_ages(scope, before))
        || scope.is(at, words::OR)
        || scope.is(at, words::THROUGH) && counts_through(scope, low)
    {
        at + 1
    } else {
        return None;
    };
    if dash && !hyphenated && !hung && scope.glued(at) != scope.glued(at + 1) {
        return None;
    }
    Some(Joint { at, next, glued: glued || entity.is_some(), dash, hung })
}

/// The second number.
fn upper(scope: &Scope<'_>, low: &Amount, joint: &Joint) -> Option<Amount> {
    let mut high = reading::amount(scope, joint.next)?;
    // "$3m-5m": millions, as those before.
    if low.prefixed
        && !high.prefixed
        && let Some(mut numeral) =
            number::numeral(scope, joint.next).filter(|numeral| numeral.letter.is_some())
    {
        numeral.letter_as_scale();
        high = Amount { numeral, unit: None, end: numeral.end, per: None, ..high };
    }
    let none = high.negative && joint.dash && !joint.hung || scope.is_any(joint.next, &[words::A, words::AN]);
    (!none).then_some(high)
}

/// "split 6 to 2", "by a vote of five to four", "a 5 to 2 margin": the order says who has more.
fn decided(scope: &Scope<'_>, low: &Amount, high: &Amount, at: usize) -> Option<Item> {
    let before = low.first.wrapping_sub(1);
    let decided = scope.listed(before, list::DECIDED)
        || scope.is(before, words::OF) && scope.listed(before.wrapping_sub(1), list::DECIDED);
    let votes = |amount: &Amount| {
        amount.unit.is_none() && amount.numeral.scale == 0 && amount.numeral.value.exponent() >= 0
    };
    let margin = scope.is_any(before, &[words::A, words::AN, words::THE])
        && low.value() > high.value()
        && scope.is_lower_word(high.end)
        && !plural(scope.text(high.end));
    let score = (decided || margin) && scope.is(at, words::TO) && votes(low) && votes(high) && !high.negative;
    score.then(|| {
        let content = Content::Score(low.value(), high.value());
        let span = scope.span(low.first, high.end);
        Item::new(low.first, high.end, span, FigureKind::Other, content, origin::SCORE)
    })
}

/// Whether two numbers are separate values: "25k or 40k", "rose from 5% to 7%", "rose by 2% to 9%".
fn are_two(scope: &Scope<'_>, low: &Amount, high: &Amount, at: usize) -> bool {
    let before = low.first.wrapping_sub(1);
    // "two or three" is an approximate number.
    scope.is(at, words::OR) && !(low.numeral.spelled && high.numeral.spelled)
        || scope.is(at, words::TO)
            && (bounded::moved_from(scope, before)
                || moved_by(scope, before) && (low.unit.is_some() || high.unit.is_none())
                || scope.is(before, words::BY) && (low.unit.is_some() || far_apart(low, high)))
}

/// The values of the two ends, the first with the scale of the second if they share it.
fn ends(scope: &Scope<'_>, low: &Amount, high: &Amount, joint: &Joint) -> Option<(Decimal, Decimal)> {
    let mut from = low.value();
    // "5-4 million": numbers joined by a dash without blanks have one scale, whichever is named first.
    let plain_high = high.numeral.value.scale(-high.numeral.scale)?;
    let falling =
        joint.glued && !low.numeral.spelled && low.numeral.value <= plain_high.times(Decimal::from(10))?;
    if low.numeral.scale == 0
        && high.numeral.scale > 0
        && low.numeral.value < Decimal::from(1000)
        && (low.numeral.value <= plain_high || falling)
    {
        from = from.scale(high.numeral.scale)?;
    }
    // "three or four hundred people"
    let hundreds = high.numeral.spelled && scope.is(high.numeral.end.wrapping_sub(1), words::HUNDRED);
    if scope.is(joint.at, words::OR) && hundreds && from < Decimal::from(10) && low.numeral.spelled {
        from = from.scale(2)?;
    }
    Some((from, high.value()))
}

/// Whether two ends bound a value.
fn is_range(
    scope: &Scope<'_>,
    low: &Amount,
    high: &Amount,
    joint: &Joint,
    (from, to): (Decimal, Decimal),
) -> bool {
    let so_many = from < to
        && low.numeral.spelled == high.numeral.spelled
        && low.unit.is_none()
        && low.numeral.upper.is_none();
    if scope.is(joint.at, words::OR) && !so_many {
        return false;
    }
    // "in 2 to 3" without unit: only if the words show it clearly.
    if high.unit.is_none() && from >= to && !joint.glued {
        return false;
    }
    if !scope.is(joint.at, words::TO) {
        return true;
    }
    // "won by 41 to 20 percent": the order says who has more.
    let shares = from > to
        && high.unit.is_some_and(|unit| unit.code == "%")
        && (low.unit.is_none() || !scope.is(low.first.wrapping_sub(1), words::FROM));
    let plain = high.unit.is_none() && !(low.numeral.spelled || low.numeral.scale > 0 || from < to);
    !shares && !plain
}

/// Sets what a range without unit counts; a score if it counts nothing. `None` if it names something.
fn count(
    scope: &Scope<'_>,
    item: &mut Item,
    low: &Amount,
    high: &Amount,
    joint: &Joint,
    rises: bool,
) -> Option<()> {
    let before = low.first.wrapping_sub(1);
    let glued = joint.glued;
    if scope.is_capitalized(high.end) && glued && !plural(scope.text(high.end)) {
        return None;
    }
    match noun::plural_noun(scope, high.end) {
        Some(noun) if rises && !(glued && scope.is_capitalized(noun) && unscaled(high)) => {
            item.counted = Counted::Noun(noun);
        }
        // "about 40-45", "5~9" say how many.
        _ if glued
            && rises
            && (scope.is(joint.at, words::TILDE)
                || (bounded::is_bounded(scope, low.first)
                    || scope.is(before, words::OF) && scope.text(before.wrapping_sub(1)) == "range")) => {}
        // A score, a vote: "a 4-1 win".
        _ if glued => {
            item.kind = FigureKind::Other;
            if unscaled(low) && unscaled(high) {
                item.content = Content::Score(low.value(), high.value());
                item.origin = origin::SCORE;
            }
        }
        _ => {}
    }
    Some(())
}

/// "50 through 70": words between numbers that count through a range.
fn counts_through(scope: &Scope<'_>, low: &Amount) -> bool {
    let next = low.end + 1;
    low.unit.is_none()
        && (unscaled(low) && scope.small(next).is_some()
            || low.numeral.spelled && scope.has(next, role::CARDINAL) && scope.is_word(next))
        && calendar_number::year_at(scope, next).is_none()
        && !scope.has(next + 1, role::MONTH | role::UNIT)
        && (!scope.is_word(next + 1) || scope.has(next + 1, role::FUNCTION))
        && !scope.has(low.first.wrapping_sub(1), role::MONTH)
}

/// "between the ages of 5 and 12"
fn between_ages(scope: &Scope<'_>, before: usize) -> bool {
    scope.is(before, words::OF)
        && scope.is(before.wrapping_sub(1), words::AGES)
        && (2..=3).any(|back| scope.is(before.wrapping_sub(back), words::BETWEEN))
}

/// Whether a verb of change is directly before a number, or before its "by": "slid $2 to $78", "rose by 150,000 to 2.1 million".
fn moved_by(scope: &Scope<'_>, before: usize) -> bool {
    let verb = if scope.is(before, words::BY) { before.wrapping_sub(1) } else { before };
    scope.has(verb, role::UP | role::DOWN) && scope.has(verb, role::VERB)
}

/// "by 1,200 to 8,800": too far apart for two bounds.
fn far_apart(low: &Amount, high: &Amount) -> bool {
    low.unit.is_none()
        && low.value().scale(1).is_some_and(|ten| ten <= high.value().plus(high.value()).unwrap_or_default())
}

/// Whole digits, as in a score.
fn unscaled(amount: &Amount) -> bool {
    amount.numeral.plain && !amount.negative
}
