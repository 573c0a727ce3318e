//! Lengths of time in ISO 8601.

use std::fmt::Write;

use copydesk_core::Decimal;

use crate::item::Lengths;

/// Writes a length of time as ISO 8601.
pub(crate) fn iso_duration(number: Decimal, code: &str, into: &mut String) -> Option<()> {
    let (factor, unit) = match code.split_once('.') {
        Some((factor, unit)) => (Decimal::parse(factor)?, unit),
        None => (Decimal::from(1), code),
    };
    let number = if unit == "ms" { number.scale(-3)? } else { number.times(factor)? };
    let (time, letter) = match unit {
        "a" => ("", 'Y'),
        "mo" => ("", 'M'),
        "wk" => ("", 'W'),
        "d" => ("", 'D'),
        "h" => ("T", 'H'),
        "min" => ("T", 'M'),
        "s" | "ms" => ("T", 'S'),
        _ => return None,
    };
    write!(into, "P{time}{number}{letter}").ok()
}

/// Writes a length of time in several units as ISO 8601.
pub(crate) fn iso_lengths(lengths: Lengths, into: &mut String) {
    into.push('P');
    for (at, (count, letter)) in lengths.iter().zip(['Y', 'M', 'W', 'D', 'H', 'M', 'S']).enumerate() {
        if at == 4 && lengths.iter().skip(4).any(|count| *count > 0) {
            into.push('T');
        }
        if *count > 0 {
            let _ = write!(into, "{count}{letter}");
        }
    }
}
