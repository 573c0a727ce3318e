//! Figures: values matched inside each text, dates by span and value.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use copydesk_core::layers::{Bound, Direction, Figure, FigureKind, Value as Amount};
use copydesk_core::{Decimal, DocumentView, Span};
use copydesk_gold::GoldDocument;
use serde_json::Value;

use crate::Scorer;
use crate::measure::Row;
use crate::suite::Suite;

/// A value to six significant digits, so that 0.1 + 0.2 and 0.3 agree; a range has two.
type Key = Vec<String>;

#[derive(Default)]
pub(crate) struct Figures {
    value: usize,
    unit: usize,
    change: usize,
    found: usize,
    gold: usize,
    dates: [usize; 4],
    dates_found: usize,
    suite: Suite,
}

/// What is compared of a figure.
struct Item {
    key: Key,
    unit: String,
    change: String,
    shown: String,
}

const TIMED: [&str; 9] =
    ["date", "daterange", "period", "time", "duration", "set", "datetime", "timerange", "datetimerange"];

impl Scorer for Figures {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        if let Some(error) = self.suite.judge(gold, found) {
            return error.into_iter().collect();
        }
        // NewsQuant counts durations as quantities of time; the other sets keep them apart.
        let suite = gold.field("suite").and_then(Value::as_str).unwrap_or("");
        let with_durations = suite.starts_with("cqe");
        let kind_of = |figure: &Value| figure.get("kind").and_then(Value::as_str).unwrap_or("").to_owned();
        let wanted = gold.list("figures").iter();
        let wanted = wanted.filter(|figure| with_durations || !TIMED.contains(&kind_of(figure).as_str()));
        let wanted: Vec<Item> = wanted.filter_map(gold_item).collect();
        let mut left: Vec<Item> = found
            .figures()
            .filter(|figure| match figure.kind() {
                FigureKind::Date | FigureKind::Period | FigureKind::Time => false,
                FigureKind::Duration => with_durations,
                _ => true,
            })
            .filter_map(|figure| found_item(figure, found))
            .collect();
        self.gold += wanted.len();
        self.found += left.len();
        let missed = self.pair(wanted, &mut left);
        self.score_dates(gold, found);
        let errors =
            missed.iter().map(|item| ("missed", item)).chain(left.iter().map(|item| ("extra", item)));
        errors.map(|(label, item)| format!("{}: {label} {} in: {}", gold.id, item.shown, gold.text)).collect()
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = self.suite.rows();
        if self.gold > 0 {
            rows.push(Row::prf("figure value", self.value, self.found, self.gold));
            rows.push(Row::prf("figure value+unit", self.unit, self.found, self.gold));
            rows.push(Row::prf("figure value+change", self.change, self.found, self.gold));
        }
        let [gold, span, value, overlap] = self.dates;
        if gold > 0 {
            rows.push(Row::prf("date span", span, self.dates_found, gold));
            rows.push(Row::prf("date span+value", value, self.dates_found, gold));
            rows.push(Row::share("date found at all", overlap, gold));
        }
        rows
    }
}

impl Figures {
    /// Pairs gold with found, the best agreement first; gives the gold that found no partner.
    fn pair(&mut self, mut wanted: Vec<Item>, left: &mut Vec<Item>) -> Vec<Item> {
        for (unit, change) in [(true, true), (true, false), (false, true), (false, false)] {
            let mut rest = Vec::new();
            for item in wanted {
                let same_change = |other: &Item| item.change.is_empty() || other.change == item.change;
                let hit = left.iter().position(|other| {
                    other.key == item.key
                        && (!unit || other.unit == item.unit)
                        && (!change || same_change(other))
                });
                match hit {
                    None => rest.push(item),
                    Some(place) => {
                        let other = left.remove(place);
                        self.value += 1;
                        self.unit += usize::from(other.unit == item.unit);
                        self.change += usize::from(same_change(&other));
                    }
                }
            }
            wanted = rest;
        }
        wanted
    }

    fn score_dates(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) {
        let dated = |figure: &&Value| {
            let kind = figure.get("kind").and_then(Value::as_str).unwrap_or("");
            TIMED.contains(&kind) && kind != "duration"
        };
        let wanted: HashMap<Span, &Value> = gold
            .list("figures")
            .iter()
            .filter(dated)
            .filter_map(|figure| Some((gold.span(figure)?, figure.get("value")?)))
            .collect();
        let dates = [FigureKind::Date, FigureKind::Period, FigureKind::Time];
        let got: HashMap<Span, BTreeSet<String>> = found
            .figures()
            .filter(|figure| dates.contains(&figure.kind()))
            .map(|figure| (figure.span(), found_dates(figure)))
            .collect();
        self.dates[0] += wanted.len();
        self.dates_found += got.len();
        for (span, value) in &wanted {
            self.dates[3] += usize::from(got.keys().any(|other| other.overlaps(*span)));
            if let Some(dates) = got.get(span) {
                self.dates[1] += 1;
                self.dates[2] += usize::from(!gold_dates(value).is_disjoint(dates));
            }
        }
    }
}

fn gold_item(figure: &Value) -> Option<Item> {
    let value = figure.get("value")?;
    let key = match value {
        Value::Object(range) => {
            let end = |names: [&str; 2]| names.iter().find_map(|name| number(range.get(*name)?));
            let (a, b) = (end(["min", "from"])?, end(["max", "to"])?);
            range_key(a, b)
        }
        Value::String(text) if number(value).is_none() => {
            let (a, b) = text.split_once('-')?;
            range_key(a.parse().ok()?, b.parse().ok()?)
        }
        value => vec![rounded(number(value)?)],
    };
    let unit = match figure.get("unit") {
        Some(Value::Object(unit)) => unit.get("code").or_else(|| unit.get("name")).and_then(Value::as_str),
        Some(unit) => unit.as_str(),
        None => None,
    };
    let change = figure.get("change").and_then(Value::as_str).unwrap_or("").to_owned();
    let shown = format!("{value} {} {change}", unit.unwrap_or("-"));
    Some(Item { key, unit: unit_code(unit.unwrap_or("")), change, shown })
}

fn found_item(figure: Figure<'_>, doc: &DocumentView<'_>) -> Option<Item> {
    let key = match figure.value()? {
        Amount::Number(number) => vec![rounded(number.to_f64())],
        Amount::Range(Some(low), Some(high)) => range_key(low.to_f64(), high.to_f64()),
        Amount::Iso(iso) if figure.kind() == FigureKind::Duration => vec![rounded(length(iso)?)],
        _ => return None,
    };
    let unit = figure.unit_label();
    let direction = figure.change().and_then(|change| change.direction);
    let change = match (direction, figure.bound()) {
        (Some(Direction::Up), _) => "up",
        (Some(Direction::Down), _) => "down",
        (_, Some(Bound::About)) => "~",
        (_, Some(Bound::MoreThan | Bound::AtLeast)) => ">",
        (_, Some(Bound::LessThan | Bound::AtMost)) => "<",
        _ => "=",
    };
    let shown = format!("{:?} = {key:?} {unit} {change}", doc.slice(figure.span()));
    Some(Item { key, unit: unit_code(&unit), change: change.to_owned(), shown })
}

/// The number of an ISO 8601 duration of one unit; the unit is compared separately.
fn length(iso: &str) -> Option<f64> {
    let digits = iso.strip_prefix('P')?.trim_start_matches('T');
    digits.get(..digits.len().checked_sub(1)?)?.parse().ok()
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => Decimal::parse(&text.replace(',', "")).map(Decimal::to_f64),
        _ => None,
    }
}

fn rounded(number: f64) -> String {
    format!("{number:.5e}")
}

fn range_key(a: f64, b: f64) -> Key {
    vec![rounded(a.min(b)), rounded(a.max(b))]
}

/// Names of units in annotated data, and their codes.
static CODES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/unit_names.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(code, name)| (name, code)).collect()
});

/// The code of a unit, or the last word of its name in the singular.
fn unit_code(name: &str) -> String {
    let name = name.trim();
    let lower = name.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    if let Some(code) = CODES.get(lower.as_str()).or_else(|| CODES.get(singular)) {
        return (*code).to_owned();
    }
    let currency = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    if matches!(name, "-" | "count") {
        String::new()
    } else if currency || CODES.values().any(|code| *code == name) || lower.len() <= 3 || lower.contains('/')
    {
        name.to_owned()
    } else {
        lower.rsplit(' ').next().unwrap_or("").trim_end_matches('s').to_owned()
    }
}

fn gold_dates(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(gold_dates).collect(),
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
            let (from, to) = (text("from").or_else(|| text("start")), text("to").or_else(|| text("end")));
            let interval = interval(from.as_deref(), to.as_deref());
            [Some(interval), text("value"), text("timex")].into_iter().flatten().collect()
        }
        Value::String(text) => [text.clone()].into(),
        other => [other.to_string()].into(),
    }
}

fn found_dates(figure: Figure<'_>) -> BTreeSet<String> {
    match figure.value() {
        Some(Amount::Iso(iso)) => [iso.to_owned()].into(),
        Some(Amount::Interval(from, to)) => [interval(from, to)].into(),
        Some(Amount::Number(number)) => [number.to_string()].into(),
        _ => BTreeSet::new(),
    }
}

fn interval(from: Option<&str>, to: Option<&str>) -> String {
    format!("{}/{}", from.unwrap_or("None"), to.unwrap_or("None"))
}
