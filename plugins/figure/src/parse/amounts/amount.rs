//! Numbers with sign, currency and unit.

use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Lengths, Per};
use crate::lex::numeral::Numeral;
use crate::sentence::units::{Measures, Unit};

pub(crate) const ZERO: u64 = hash_lowered("zero");

pub(crate) const KELVIN: Unit = Unit { measures: Measures::Quantity, code: "K", name: "kelvin", si: None };

/// The percent sign.
pub(crate) const PERCENT_SIGN: u64 = hash_lowered("%");

/// A number with its unit, before ranges and nouns.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) numeral: Numeral,
    pub(crate) unit: Option<Unit>,
    /// The unit precedes the number.
    pub(crate) prefixed: bool,
    pub(crate) negative: bool,
    /// A hyphen precedes the unit: "20-year".
    pub(crate) hyphen: bool,
    /// "a barrel" of "58 dollars a barrel".
    pub(crate) per: Option<Per>,
    /// A length of time given in several units.
    pub(crate) lengths: Option<Lengths>,
}

impl Amount {
    pub(crate) fn value(&self) -> Decimal {
        if self.negative { self.numeral.value.negate() } else { self.numeral.value }
    }
}

/// The unit of a "grand", whose currency only the text's country shows.
pub(crate) const GRAND: &str = "dollar or pound";
