//! Numbers, ranges and amounts of a suite against found figures.

use copydesk_core::layers::{Bound, Figure, FigureKind, Value as Amount};
use serde_json::Value;

use super::unit;

/// A wanted value.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Wanted {
    Number(f64),
    /// Open ends are infinite.
    Range(f64, f64),
}

pub(super) fn is_range(figure: Figure<'_>) -> bool {
    matches!(figure.value(), Some(Amount::Range(..)))
}

/// A figure's value as text.
pub(super) fn value_text(figure: Figure<'_>) -> String {
    match figure.value() {
        Some(Amount::Number(number)) => number.to_string(),
        Some(Amount::Range(low, high)) => {
            let end =
                |end: Option<copydesk_core::Decimal>| end.map_or_else(String::new, |end| end.to_string());
            format!("{}..{}", end(low), end(high))
        }
        Some(Amount::Iso(iso)) => iso.to_owned(),
        Some(Amount::Interval(from, to)) => format!("{}/{}", from.unwrap_or(""), to.unwrap_or("")),
        None => "-".to_owned(),
    }
}

/// Whether one of the figures, or two that bound the same range, say what the gold says.
pub(super) fn matches(item: &Value, figures: &[Figure<'_>], with_unit: bool) -> bool {
    let Some(value) = item.get("value").filter(|value| !value.is_null()) else {
        // A unit without a number ("celsius"): nothing that copydesk gives.
        return true;
    };
    let Some(wanted) = wanted(value) else { return false };
    let unit = item.get("unit").and_then(Value::as_str).filter(|_| with_unit);
    let one = figures.iter().any(|figure| same(wanted, *figure, unit));
    one || match wanted {
        Wanted::Range(low, high) if low.is_finite() && high.is_finite() => {
            let side = |wanted: Wanted| figures.iter().any(|figure| same(wanted, *figure, unit));
            side(Wanted::Range(low, f64::INFINITY)) && side(Wanted::Range(f64::NEG_INFINITY, high))
        }
        _ => false,
    }
}

fn wanted(value: &Value) -> Option<Wanted> {
    match value {
        Value::Number(number) => number.as_f64().map(Wanted::Number),
        Value::String(text) => {
            let text = text.trim().trim_end_matches('%');
            if let Some(inner) = text.strip_prefix(['[', '(']) {
                let (low, high) = inner.trim_end_matches([']', ')']).split_once(',')?;
                return range(low, high);
            }
            text.replace(',', "").parse().ok().map(Wanted::Number)
        }
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            if let Some(between) = text("between") {
                let (low, high) = between.trim_matches(['(', ')']).split_once(',')?;
                range(low, high)
            } else if let Some(under) = text("under") {
                range("", under)
            } else {
                range(text("above")?, "")
            }
        }
        _ => None,
    }
}

fn range(low: &str, high: &str) -> Option<Wanted> {
    let end =
        |text: &str, open: f64| if text.trim().is_empty() { Some(open) } else { text.trim().parse().ok() };
    Some(Wanted::Range(end(low, f64::NEG_INFINITY)?, end(high, f64::INFINITY)?))
}

/// Five significant digits agree; suites round.
fn near(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 2e-5 * a.abs().max(b.abs())
}

fn same(wanted: Wanted, figure: Figure<'_>, unit: Option<&str>) -> bool {
    let kind = figure.kind();
    if matches!(kind, FigureKind::Date | FigureKind::Period) {
        // Suites without dates read years as numbers.
        return match (wanted, figure.value()) {
            (Wanted::Number(number), Some(Amount::Iso(iso))) => {
                unit.is_none_or(|unit| unit == "dimensionless")
                    && iso.parse::<f64>().is_ok_and(|year| near(year, number))
            }
            (Wanted::Number(number), Some(Amount::Interval(Some(from), _))) => {
                unit.is_none_or(|unit| unit == "dimensionless")
                    && from.trim_end_matches("-01-01").parse::<f64>().is_ok_and(|year| near(year, number))
            }
            _ => false,
        };
    }
    let Some(factor) = unit.map_or(Some(1.0), |unit| unit::factor(unit, figure)) else { return false };
    let scaled = |number: f64| number * factor;
    match (figure.value(), wanted) {
        (Some(Amount::Number(number)), Wanted::Number(wanted)) => near(scaled(number.to_f64()), wanted),
        (Some(Amount::Number(number)), Wanted::Range(low, high)) => {
            let number = scaled(number.to_f64());
            match figure.bound() {
                Some(Bound::MoreThan | Bound::AtLeast) => near(number, low) && high.is_infinite(),
                Some(Bound::LessThan | Bound::AtMost) => near(number, high) && low.is_infinite(),
                _ => near(number, low) && near(number, high),
            }
        }
        (Some(Amount::Range(low, high)), wanted) => {
            let low = low.map_or(f64::NEG_INFINITY, |low| scaled(low.to_f64()));
            let high = high.map_or(f64::INFINITY, |high| scaled(high.to_f64()));
            match wanted {
                Wanted::Range(from, to) => near(low, from) && near(high, to),
                Wanted::Number(mean) => near((low + high) / 2.0, mean),
            }
        }
        (Some(Amount::Iso(iso)), Wanted::Number(wanted)) if kind == FigureKind::Duration => {
            unit::length_in(iso, unit, wanted)
        }
        _ => false,
    }
}
