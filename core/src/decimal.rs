//! Exact decimal numbers, for figures as written in text.

use std::fmt;

/// An exact decimal: `mantissa × 10^exponent`, kept in lowest terms (no trailing zero in the mantissa).
///
/// Eighteen significant digits are enough for every figure in the news; a number that does not fit is rejected, never rounded.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Decimal {
    mantissa: i64,
    exponent: i32,
    reserved: u32,
}

/// Covers physical constants (Planck's has the exponent -42) and the mass of the universe; anything beyond would print as a long
/// row of zeros.
const MAX_EXPONENT: i32 = 60;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, exponent: 0, reserved: 0 };

    /// `mantissa × 10^exponent`, or `None` if the exponent is outside ±60 once trailing zeros are removed.
    pub fn new(mut mantissa: i64, mut exponent: i32) -> Option<Self> {
        if mantissa == 0 {
            return Some(Self::ZERO);
        }
        // The only number that has no negative.
        if mantissa == i64::MIN {
            return None;
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.checked_add(1)?;
        }
        (exponent.abs() <= MAX_EXPONENT).then_some(Self { mantissa, exponent, reserved: 0 })
    }

    /// Parses plain digits with at most one decimal point and an optional leading sign, without thousands separators.
    pub fn parse(digits: &str) -> Option<Self> {
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits.strip_prefix('+').unwrap_or(digits)),
        };
        let (mut mantissa, mut exponent, mut seen_point, mut seen_digit) = (0i64, 0i32, false, false);
        let mut zeros = 0u32;
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    seen_digit = true;
                    exponent -= i32::from(seen_point);
                    // Zeros are counted but not added until another digit shows that they are not trailing.
                    if byte == b'0' {
                        zeros += u32::from(mantissa != 0);
                        continue;
                    }
                    mantissa = mantissa
                        .checked_mul(10i64.checked_pow(zeros + 1)?)?
                        .checked_add(i64::from(byte - b'0'))?;
                    zeros = 0;
                }
                b'.' if !seen_point => seen_point = true,
                _ => return None,
            }
        }
        if !seen_digit {
            return None;
        }
        Self::new(if negative { -mantissa } else { mantissa }, exponent.checked_add(zeros as i32)?)
    }

    /// The digits without their power of ten.
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// The power of ten.
    pub const fn exponent(self) -> i32 {
        self.exponent
    }

    /// Whether mantissa and exponent are in the canonical form that [`Decimal::new`] creates.
    pub(crate) fn is_canonical(self) -> bool {
        Self::new(self.mantissa, self.exponent) == Some(Self { reserved: 0, ..self })
    }

    /// The number times ten to `power`.
    pub fn scale(self, power: i32) -> Option<Self> {
        Self::new(self.mantissa, self.exponent.checked_add(power)?)
    }

    /// The exact product, or `None` if it has more than eighteen digits.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(self.mantissa.checked_mul(other.mantissa)?, self.exponent + other.exponent)
    }

    /// The exact sum, or `None` if it has more than eighteen digits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let at = |number: Self| {
            number.mantissa.checked_mul(10i64.checked_pow((number.exponent - exponent) as u32)?)
        };
        Self::new(at(self)?.checked_add(at(other)?)?, exponent)
    }

    /// The number with the opposite sign.
    pub fn negate(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// The nearest binary floating-point number.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 * 10f64.powi(self.exponent)
    }

    /// The quotient rounded to `digits` significant digits (at most 15), or `None` if `other` is zero.
    pub fn divided_by(self, other: Self, digits: u32) -> Option<Self> {
        if other.mantissa == 0 {
            return None;
        }
        let (numerator, denominator) = (i128::from(self.mantissa), i128::from(other.mantissa));
        // Nineteen digits more than the denominator has are always enough for fifteen.
        let shift = 19;
        let wide = numerator * 10i128.pow(shift) / denominator;
        let mut exponent = self.exponent - other.exponent - shift as i32;
        let mut mantissa = wide;
        let limit = 10i128.pow(digits.clamp(1, 15));
        let mut last = 0;
        while mantissa.abs() >= limit {
            last = mantissa % 10;
            mantissa /= 10;
            exponent += 1;
        }
        if last.abs() >= 5 {
            mantissa += last.signum();
        }
        Self::new(i64::try_from(mantissa).ok()?, exponent)
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self::new(i64::from(number), 0).unwrap_or_default()
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // Exact comparison of numbers that are far apart would need more than 128 bits: compare magnitudes first.
        let sign = self.mantissa.signum().cmp(&other.mantissa.signum());
        if sign != std::cmp::Ordering::Equal || self.mantissa == 0 {
            return sign;
        }
        let magnitude = |number: &Self| number.mantissa.unsigned_abs().ilog10() as i32 + number.exponent;
        let by_size = magnitude(self).cmp(&magnitude(other)).then_with(|| {
            let exponent = self.exponent.min(other.exponent);
            let at = |number: &Self| {
                i128::from(number.mantissa.unsigned_abs()) * 10i128.pow((number.exponent - exponent) as u32)
            };
            at(self).cmp(&at(other))
        });
        if self.mantissa < 0 { by_size.reverse() } else { by_size }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        if self.exponent >= 0 {
            write!(f, "{digits}{:0<zeros$}", "", zeros = self.exponent as usize)
        } else {
            let decimals = self.exponent.unsigned_abs() as usize;
            match digits.len().checked_sub(decimals) {
                Some(whole) if whole > 0 => write!(f, "{}.{}", &digits[..whole], &digits[whole..]),
                _ => write!(f, "0.{digits:0>decimals$}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_read() {
        for text in ["0", "42.7", "2700000000", "-0.05", "1000.001", "999999999999999999", "0.000001"] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Decimal::parse("007.500").map(|d| d.to_string()).as_deref(), Some("7.5"));
        assert_eq!(Decimal::parse("10000000000000000000000").map(|d| d.exponent()), Some(22));
        for exponent in [-60, -42, 42, 60] {
            let number = Decimal::new(7, exponent).unwrap_or_default();
            assert_eq!(Decimal::parse(&number.to_string()), Some(number), "{exponent}");
        }
        assert_eq!(Decimal::new(7, 61).or(Decimal::new(7, -61)), None);
        for text in ["", ".", "1.2.3", "1,000", "12345678901234567890123"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        let d = |text| Decimal::parse(text).unwrap_or_default();
        assert_eq!(d("3.5").scale(9), Some(d("3500000000")));
        assert_eq!(d("6.4").times(d("10000000")), Some(d("64000000")));
        assert_eq!(d("0.1").plus(d("0.2")), Some(d("0.3")));
        assert_eq!(d("2700000000").divided_by(d("1.427"), 10), Some(d("1892081289")));
        assert_eq!(d("1").divided_by(d("3"), 4), Some(d("0.3333")));
        assert_eq!(d("2").divided_by(d("3"), 4), Some(d("0.6667")));
        assert!(d("-2") < d("1") && d("1000000") > d("999999.9") && d("-5") < d("-4.9"));
    }
}
