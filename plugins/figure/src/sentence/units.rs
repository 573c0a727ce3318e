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
