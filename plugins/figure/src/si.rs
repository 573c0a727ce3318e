//! Values in SI units.

use copydesk_core::Decimal;

use crate::item::{Content, Counted, Item, Per};
use crate::table::Si;
use crate::vocabulary::Unit;

/// A value, the upper end of its range, and the SI unit, the second one for what it is counted by.
pub(crate) struct InSi {
    pub(crate) low: Decimal,
    pub(crate) high: Option<Decimal>,
    pub(crate) unit: &'static str,
    pub(crate) per: Option<&'static str>,
}

/// Digits to which a conversion that has no end is carried.
const DIGITS: u32 = 12;

/// The value of an item in SI units, where its unit has one.
pub(crate) fn in_si(item: &Item) -> Option<InSi> {
    let Counted::Unit(unit) = item.counted else { return None };
    let (low, high) = match item.content {
        Content::Number(value) | Content::Length(value) => (value, None),
        Content::Range(low, high) => (low, Some(high)),
        _ => return None,
    };
    if matches!(unit.code, "Cel" | "degF") {
        let kelvin = |value: Decimal| kelvin(value, unit);
        return Some(InSi { low: kelvin(low)?, high: high.and_then(kelvin), unit: "K", per: None });
    }
    let si = unit.si?;
    let (factor, per) = match item.per {
        None => (si.factor, None),
        Some(Per::Unit(Unit { si: Some(Si { factor, unit }), .. })) => {
            (si.factor.divided_by(factor, DIGITS)?, Some(unit))
        }
        Some(_) => return None,
    };
    let scaled = |value: Decimal| product(value, factor);
    Some(InSi { low: scaled(low)?, high: high.and_then(scaled), unit: si.unit, per })
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
