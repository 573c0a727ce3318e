//! Units and what they measure.

use copydesk_core::Decimal;

/// What a unit measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Measures {
    Money,
    Percent,
    Quantity,
    /// A length of time; the code is a UCUM one, perhaps with a factor before it ("10.a").
    Time,
    /// Years of a life.
    Age,
    /// "four times".
    Times,
}

impl Measures {
    /// All, each at its number.
    pub(crate) const ALL: [Self; 6] =
        [Self::Money, Self::Percent, Self::Quantity, Self::Time, Self::Age, Self::Times];
}

/// A unit or a currency, as the tables list it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    pub(crate) measures: Measures,
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// Its value in SI units.
    pub(crate) si: Option<Si>,
}

/// The factor and the SI unit of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Si {
    pub(crate) factor: Decimal,
    pub(crate) unit: &'static str,
}

/// The number of parts of the tables that `unit_forms` lays out.
pub(crate) const PARTS: usize = 9;
/// The bytes of the place of a text: where it begins and ends.
pub(crate) const TEXT: usize = 8;
/// The bytes of a unit: the places of its code, its name and its SI unit, the mantissa and the exponent of its factor, and what it measures.
pub(crate) const UNIT: usize = 3 * TEXT + 8 + 1 + 1;
