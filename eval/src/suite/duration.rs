//! ISO 8601 durations, as figures and suites write them.

/// The number and the UCUM code of a unit; quarters are converted to months. `None` if it is not a duration.
pub(super) fn parts(iso: &str) -> Option<Vec<(f64, &'static str)>> {
    let (mut parts, mut number, mut clock) = (Vec::new(), String::new(), false);
    for letter in iso.strip_prefix('P')?.chars() {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        if letter == 'T' {
            clock = true;
            continue;
        }
        let count: f64 = number.parse().ok()?;
        number.clear();
        parts.push(match (letter, clock) {
            ('Y', _) => (count, "a"),
            ('Q', _) => (count * 3.0, "mo"),
            ('M', false) => (count, "mo"),
            ('W', _) => (count, "wk"),
            ('D', _) => (count, "d"),
            ('H', _) => (count, "h"),
            ('M', true) => (count, "min"),
            ('S', _) => (count, "s"),
            _ => return None,
        });
    }
    number.is_empty().then_some(parts)
}

/// The seconds of a unit; of a year that has `year` days and a month that has `month`.
pub(super) fn seconds(code: &str, year: f64, month: f64) -> f64 {
    match code {
        "a" => year * 86_400.0,
        "mo" => month * 86_400.0,
        "wk" => 604_800.0,
        "d" => 86_400.0,
        "h" => 3_600.0,
        "min" => 60.0,
        _ => 1.0,
    }
}

/// P1Y and P12M, P1W and P7D, P3Q and P9M, P2Y6M and P2.5Y, PT1M30S and PT1.5M.
pub(super) fn same_length(a: &str, b: &str) -> bool {
    // Months and seconds are kept apart: a month has no fixed length.
    let size = |text: &str| -> Option<(f64, f64)> {
        let size = parts(text)?.into_iter().fold((0.0, 0.0), |(months, rest), (count, code)| match code {
            "a" => (months + count * 12.0, rest),
            "mo" => (months + count, rest),
            code => (months, rest + count * seconds(code, 0.0, 0.0)),
        });
        Some(size)
    };
    size(a).is_some_and(|a| size(b) == Some(a))
}
