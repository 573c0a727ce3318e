//! Numbers in digits and in words, without what they count.

pub(crate) mod calendar_number;
pub(crate) mod digit_text;
pub(crate) mod digits;
pub(crate) mod divisor;
pub(crate) mod entity_sign;
pub(crate) mod loose;
pub(crate) mod number;
pub(crate) mod numeral;
pub(crate) mod point;
pub(crate) mod power;
pub(crate) mod spelled;
