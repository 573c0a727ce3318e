//! Units: a suite's names against copydesk's codes, and what converts one into another.

use std::collections::HashMap;
use std::sync::LazyLock;

use copydesk_core::layers::Figure;

/// A code, and how many of its base it is.
#[derive(Clone, Copy)]
struct Known {
    code: &'static str,
    base: &'static str,
    factor: f64,
}

static NAMES: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("../../data/suite_units.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(code), Some(base), Some(factor), Some(forms)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let known = Known { code, base, factor: factor.parse().unwrap_or(1.0) };
        names.insert(code, known);
        for form in forms.split(';').filter(|form| !form.is_empty()) {
            names.insert(form, known);
        }
    }
    names
});

fn known(name: &str) -> Option<Known> {
    NAMES.get(name).or_else(|| NAMES.get(name.to_lowercase().as_str())).copied()
}

/// A unit's name without what spelling and capitals add: "Kilometer", "kilometre".
fn plain_name(name: &str) -> String {
    name.to_lowercase().replace("meter", "metre").replace("liter", "litre").replace('-', " ")
}

/// By what a found figure's value is multiplied to be in the wanted unit; `None` if it is of another sort.
pub(super) fn factor(wanted: &str, figure: Figure<'_>) -> Option<f64> {
    let code = if figure.unit_code().is_empty() { figure.unit_name() } else { figure.unit_code() };
    if wanted == "Unnamed" {
        return Some(1.0);
    }
    if wanted == "dimensionless" {
        // A noun that is counted is no unit.
        return figure.unit_code().is_empty().then_some(1.0);
    }
    let Some(unit) = known(wanted) else {
        let named = code.eq_ignore_ascii_case(wanted) || plain_name(wanted) == plain_name(figure.unit_name());
        return named.then_some(1.0);
    };
    let is = |code: &str| unit.code.split('|').any(|known| known == code);
    // A suite that knows no rates has their numerator.
    let numerator = code.split_once(" per ").or_else(|| code.split_once('/')).map_or("", |(over, _)| over);
    let over = known(numerator).map_or(numerator, |over| over.code);
    if is(code) || is(figure.unit_name()) || !over.is_empty() && is(over) {
        return Some(1.0);
    }
    if unit.base == "1" {
        // "a dozen" is twelve of what is counted.
        return figure.unit_code().is_empty().then_some(1.0 / unit.factor);
    }
    let other = known(code)?;
    if other.base == "coin" && unit.base == "dollar" {
        return Some(other.factor);
    }
    (!unit.base.is_empty() && unit.base == other.base).then_some(other.factor / unit.factor)
}

/// Whether an ISO 8601 duration is so many of a unit of time.
pub(super) fn length_in(iso: &str, unit: Option<&str>, wanted: f64) -> bool {
    let Some(rest) = iso.strip_prefix('P') else { return false };
    let (mut seconds, mut number, mut time, mut first) = (0.0, String::new(), false, None);
    for letter in rest.chars() {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        if letter == 'T' {
            time = true;
            continue;
        }
        let Ok(count) = number.parse::<f64>() else { return false };
        number.clear();
        first.get_or_insert(count);
        // One of the parts, for suites that keep them apart.
        let code = match (letter, time) {
            ('Y', _) => "a",
            ('M', false) => "mo",
            ('W', _) => "wk",
            ('D', _) => "d",
            ('H', _) => "h",
            ('M', true) => "min",
            _ => "s",
        };
        if count == wanted && unit.and_then(known).is_some_and(|unit| unit.code == code) {
            return true;
        }
        // A year has 365 days and a month 30, as the suites that add them up have it.
        seconds += count
            * match (letter, time) {
                ('Y', _) => 365.0 * 86_400.0,
                ('M', false) => 30.0 * 86_400.0,
                ('W', _) => 7.0 * 86_400.0,
                ('D', _) => 86_400.0,
                ('H', _) => 3_600.0,
                ('M', true) => 60.0,
                _ => 1.0,
            };
    }
    let Some(unit) = unit.and_then(known) else { return first.is_some_and(|first| first == wanted) };
    let given = wanted * unit.factor;
    unit.base == "s" && (given - seconds).abs() <= 1e-3 * given.max(1.0)
        // 27 months and two years and three months: by the calendar.
        || unit.code == "mo" && (seconds / (365.0 * 86_400.0 / 12.0) - wanted).abs() < 0.05
}
