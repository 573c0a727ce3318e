//! Computes the missing one of three: level before, level after, change.

use copydesk_core::Decimal;
use copydesk_core::layers::{Bound, Direction, FigureKind};

use crate::item::{Content, Counted, Item};
use crate::origin::Form;
use crate::parse::amounts::sum::HUNDREDTHS;

/// Digits of a quotient: more than any text gives.
const DIGITS: u32 = 10;

pub(crate) fn is_percent(item: &Item) -> bool {
    matches!(item.counted, Counted::Unit(unit) if unit.code == "%")
}

/// A change given as a fraction of the level before: "3%", "a fifth".
pub(crate) fn is_share(item: &Item) -> bool {
    is_percent(item)
        || item.kind == FigureKind::Ratio && matches!(item.origin.form, Form::Fraction | Form::Ratio)
}

/// The fraction, in percent.
pub(crate) fn share(item: &Item) -> Option<Decimal> {
    number(item)?.scale(if is_percent(item) { 0 } else { 2 })
}

pub(crate) fn number(item: &Item) -> Option<Decimal> {
    let Content::Number(number) = item.content else { return None };
    Some(if number < Decimal::ZERO { number.negate() } else { number })
}

/// An absolute change in the unit of the level: the 18 sen of RM23.50 are 0.18.
pub(crate) fn amount_in(change: &Item, level: &Item) -> Option<Decimal> {
    if change.origin.form == Form::Multiple {
        return None;
    }
    let amount = number(change)?;
    match (change.counted, level.counted) {
        (Counted::Unit(part), Counted::Unit(whole))
            if HUNDREDTHS.contains(&part.name) && !HUNDREDTHS.contains(&whole.name) =>
        {
            amount.scale(-2)
        }
        (Counted::Unit(points), Counted::Unit(level))
            if matches!(points.code, "pp" | "bp") && level.code == "%" =>
        {
            amount.scale(if points.code == "bp" { -2 } else { 0 })
        }
        // "gained 25.3 points to 4,155", "rose by 20,000 jobs to 1.2 million"
        (Counted::Noun(_), Counted::Nothing) if change.kind == FigureKind::Count => Some(amount),
        // "rose 40 centimetres to 6.3 metres"
        (Counted::Unit(part), Counted::Unit(whole)) if part != whole => {
            let (part, whole) = (part.si?, whole.si?);
            let same = part.unit == whole.unit;
            same.then(|| amount.times(part.factor)?.divided_by(whole.factor, DIGITS)).flatten()
        }
        (a, b) => (a == b).then_some(amount),
    }
}

/// The level from which a change led to this one.
pub(crate) fn before(change: &Item, level: &Item, direction: Direction) -> Option<Decimal> {
    let value = number(level)?;
    let down = direction == Direction::Down;
    if change.origin.form == Form::Multiple {
        return value.divided_by(number(change)?, DIGITS);
    }
    if is_share(change) && (!is_percent(level) || !is_percent(change)) {
        let share = share(change)?.scale(-2)?;
        let factor = Decimal::from(1).plus(if down { share.negate() } else { share })?;
        return if factor <= Decimal::ZERO { None } else { value.divided_by(factor, DIGITS) };
    }
    let amount = amount_in(change, level)?;
    value.plus(if down { amount } else { amount.negate() })
}

/// Whether before, after and change agree within the precision of their digits.
pub(crate) fn fits(change: &Item, level: &Item, old: &Item, direction: Direction) -> bool {
    let (Some(given), Some(new), Some(before)) = (number(change), number(level), number(old)) else {
        return true;
    };
    // Half of the last digit that the text writes: of "5 billion" half a billion, of "1,050" a half.
    let slack = |item: &Item, value: Decimal| 0.5 * 10f64.powi(value.exponent().min(item.scale));
    let (new_f, old_f) = (new.to_f64(), before.to_f64());
    if old_f == 0.0 || (direction == Direction::Up) != (new_f >= old_f) {
        return old_f == new_f;
    }
    if change.origin.form == Form::Multiple {
        let times = new_f / old_f / given.to_f64();
        // "more than halved" leaves less than a half.
        let halved = given < Decimal::from(1);
        return match change.bound {
            Some(Bound::MoreThan | Bound::AtLeast) if halved => times < 1.02,
            Some(Bound::LessThan | Bound::AtMost) if halved => times > 0.98,
            Some(Bound::MoreThan | Bound::AtLeast) => times > 0.98,
            Some(Bound::LessThan | Bound::AtMost) => times < 1.02,
            Some(Bound::About) => (0.75..1.34).contains(&times),
            None => (0.85..1.18).contains(&times),
        };
    }
    let (slack_new, slack_old) = (slack(level, new), slack(old, before));
    if is_share(change) && (!is_percent(level) || !is_percent(change)) {
        let given = share(change).unwrap_or(given);
        // "by a third" is no more precise than words are.
        let rounding = if is_percent(change) { slack(change, given) } else { 2.0 };
        let computed = ((new_f - old_f) / old_f * 100.0).abs();
        let room = rounding + (slack_new / new_f.abs() + slack_old / old_f.abs()) * (100.0 + computed);
        return (computed - given.to_f64()).abs() <= room + 1e-9;
    }
    let Some(amount) = amount_in(change, level) else { return true };
    let room = 0.5 * 10f64.powi(amount.exponent().min(0)) + slack_new + slack_old;
    ((new_f - old_f).abs() - amount.to_f64()).abs() <= room + 1e-9
}
