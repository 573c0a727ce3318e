//! The result of reading a number in digits or words, without what it counts.

use copydesk_core::Decimal;

use crate::sentence::units::Unit;

/// A number and its notation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numeral {
    /// With its scale.
    pub(crate) value: Decimal,
    /// The upper end, for "dozens", "tens of thousands".
    pub(crate) upper: Option<Decimal>,
    /// The power of ten that a scale word gave; 0 without one.
    pub(crate) scale: i32,
    /// The token after.
    pub(crate) end: usize,
    /// Its end in the text, if inside its last token ("5" of "5kW", which still ends with the token).
    pub(crate) unit: Option<Unit>,
    /// Written as words alone.
    pub(crate) spelled: bool,
    /// Whole digits without separator, point or scale.
    pub(crate) plain: bool,
    /// A form that is a scale only in amounts of money: "m" of "5m".
    pub(crate) letter: Option<i32>,
    /// A fraction of one: "two thirds".
    pub(crate) fraction: bool,
}

impl Numeral {
    pub(crate) fn scale(&mut self, power: u8) -> Option<()> {
        self.value = self.value.scale(i32::from(power))?;
        self.scale += i32::from(power);
        self.plain = false;
        Some(())
    }

    /// Reads a letter such as the m of "5m" as a scale.
    pub(crate) fn letter_as_scale(&mut self) {
        if let Some(power) = self.letter.take()
            && let Some(value) = self.value.scale(power)
        {
            (self.value, self.scale, self.unit) = (value, power, None);
        }
    }
}

pub(crate) fn bare(value: Decimal, end: usize) -> Numeral {
    Numeral {
        value,
        upper: None,
        scale: 0,
        end,
        unit: None,
        spelled: false,
        plain: true,
        letter: None,
        fraction: false,
    }
}
