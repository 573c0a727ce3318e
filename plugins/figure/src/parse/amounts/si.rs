//! Values in SI units.

use copydesk_core::Decimal;

use crate::item::{Content, Counted, Item, Per};
use crate::sentence::units::{Measures, Si, Unit};

/// A value, the upper end of its range, and the SI unit; the second unit is the denominator.
pub(crate) struct InSi {
    pub(crate) low: Decimal,
    pub(crate) high: Option<Decimal>,
    pub(crate) unit: &'static str,
    pub(crate) per: Option<&'static str>,
}

/// Digits of a conversion that does not terminate.
const DIGITS: u32 = 12;

/// The value of an item in SI units, if its unit has one.
pub(crate) fn in_si(item: &Item) -> Option<InSi> {
    let Counted::Unit(unit) = item.counted else { return None };
    let (low, high) = match item.content {
        Content::Number(value) | Content::Length(value) => (value, None),
        Content::Range(low, high) => (low, Some(high)),
        _ => return None,
    };
    // "rose 1.1 degrees": a difference, which does not depend on the zero of the scale.
    if unit.code == "Cel" && item.direction.is_some() && item.amount.is_none() {
        return Some(InSi { low, high, unit: "K", per: None });
    }
    if unit.code == "degF" && item.direction.is_some() && item.amount.is_none() {
        let kelvin = |value: Decimal| value.times(Decimal::from(5))?.divided_by(Decimal::from(9), DIGITS);
        return Some(InSi { low: kelvin(low)?, high: high.and_then(kelvin), unit: "K", per: None });
    }
    if matches!(unit.code, "Cel" | "degF") {
        let kelvin = |value: Decimal| kelvin(value, unit);
        return Some(InSi { low: kelvin(low)?, high: high.and_then(kelvin), unit: "K", per: None });
    }
    // "$58 a barrel" and "$1.40 a gallon" are both prices of a cubic metre.
    let money =
        unit.measures == Measures::Money && !unit.code.is_empty() && matches!(item.per, Some(Per::Unit(_)));
    if money && matches!(item.per, Some(Per::Unit(by)) if by.measures == Measures::Time) {
        return None;
    }
    let si = if money { Si { factor: Decimal::from(1), unit: unit.code } } else { unit.si? };
    let by = match item.per {
        None => None,
        Some(Per::Unit(Unit { si: Some(by), .. })) => Some(by),
        Some(_) => return None,
    };
    let scaled = |value: Decimal| {
        let product = product(value, si.factor)?;
        let quotient = by.map_or(Some(product), |by: Si| product.divided_by(by.factor, 14))?;
        let exact = si.factor.mantissa() == 1 && by.is_none();
        Some(if exact { quotient } else { rounded(quotient) })
    };
    Some(InSi { low: scaled(low)?, high: high.and_then(scaled), unit: si.unit, per: by.map(|by| by.unit) })
}

/// Rounded to eleven digits: conversion factors that do not terminate have little more.
fn rounded(value: Decimal) -> Decimal {
    let (mut mantissa, mut exponent) = (value.mantissa(), value.exponent());
    while mantissa.abs() >= 100_000_000_000 {
        mantissa = (mantissa + 5 * mantissa.signum()) / 10;
        exponent += 1;
    }
    Decimal::new(mantissa, exponent).unwrap_or(value)
}

/// A product, rounded where it has more digits than a decimal holds.
fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.times(b).or_else(|| Decimal::parse(&format!("{:.9}", a.to_f64() * b.to_f64())))
}

fn kelvin(value: Decimal, unit: Unit) -> Option<Decimal> {
    if unit.code == "Cel" {
        return value.plus(Decimal::new(27_315, -2)?);
    }
    value.plus(Decimal::new(45_967, -2)?)?.times(Decimal::from(5))?.divided_by(Decimal::from(9), DIGITS)
}
