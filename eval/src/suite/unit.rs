//! Units: a suite's names against copydesk's codes, and what converts one into another.

use std::collections::HashMap;
use std::sync::LazyLock;

use copydesk_core::layers::Figure;

use super::duration;

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
    let label = figure.unit_label();
    let code = label.as_str();
    let (name, has_code) = match figure.per() {
        Some(_) => (code, false),
        None => (figure.unit_name(), !figure.unit_code().is_empty()),
    };
    if wanted == "Unnamed" {
        return Some(1.0);
    }
    if wanted == "dimensionless" {
        // A counted noun is not a unit.
        return (!has_code).then_some(1.0);
    }
    let Some(unit) = known(wanted) else {
        let named = code.eq_ignore_ascii_case(wanted) || plain_name(wanted) == plain_name(name);
        return named.then_some(1.0);
    };
    let is = |code: &str| unit.code.split('|').any(|known| known == code);
    // A suite that knows no rates has their numerator.
    let numerator = code.split_once(" per ").or_else(|| code.split_once('/')).map_or("", |(over, _)| over);
    let over = known(numerator).map_or(numerator, |over| over.code);
    if is(code) || is(name) || !over.is_empty() && is(over) {
        return Some(1.0);
    }
    if unit.base == "1" {
        // "a dozen" is twelve of what is counted.
        return (!has_code).then_some(1.0 / unit.factor);
    }
    let other = known(code)?;
    if other.base == "coin" && unit.base == "dollar" {
        return Some(other.factor);
    }
    (!unit.base.is_empty() && unit.base == other.base).then_some(other.factor / unit.factor)
}

/// Whether an ISO 8601 duration is this many of a unit of time.
pub(super) fn length_in(iso: &str, unit: Option<&str>, wanted: f64) -> bool {
    let Some(parts) = duration::parts(iso) else { return false };
    // One of the parts, for suites that keep them apart.
    let has = |unit: Known| parts.iter().any(|(count, code)| *count == wanted && unit.code == *code);
    if unit.and_then(known).is_some_and(has) {
        return true;
    }
    // A year has 365 days and a month 30, as the suites that add them up have it.
    let seconds: f64 = parts.iter().map(|(count, code)| count * duration::seconds(code, 365.0, 30.0)).sum();
    let Some(unit) = unit.and_then(known) else {
        return parts.first().is_some_and(|(first, _)| *first == wanted);
    };
    let given = wanted * unit.factor;
    unit.base == "s" && (given - seconds).abs() <= 1e-3 * given.max(1.0)
        // 27 months and two years and three months: by the calendar.
        || unit.code == "mo" && (seconds / (365.0 * 86_400.0 / 12.0) - wanted).abs() < 0.05
}
