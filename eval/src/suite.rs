//! Cases of other tools' own test suites: a phrase or sentence and the figures that the tool reads in it.
//!
//! A case is right if every figure of its gold has a found one on the same words with the same value and unit (for dates: the same
//! stretch of the calendar), and, where the gold is empty, if nothing of the suite's kind is found. Conventions:
//!
//! - A range is also right as two bounded numbers ("above 1000 and below 1500"), and a mean (quantulum3) as the range it is of.
//! - Units are compared by code; a sum that a suite gives in another unit of the same sort is converted (2 km 1 m as 2001 m).
//! - A duration in several units is one figure here; a suite that separates the parts has each of them right.
//! - A rate ("$98 a share") is right as its numerator in suites that know no rates.
//! - A fiscal year is right as the year it is named for; "mid May" as May; "two months ago" as the month of the suite's day.
//! - "Dollar" is USD. A number without unit may have a counted noun.
//! - Ends of periods may be inclusive or exclusive, as the suites differ. "before 2010" is right as 2010.
//! - A relative date in a suite without a day of reference is right if it does not contradict the gold ("Tuesday": the gold is one).
//! - What a suite marks as not supported by its own reference implementation is left out.

mod duration;
mod number;
mod time;
mod unit;

use copydesk_core::layers::{Figure, FigureKind};
use copydesk_core::{DocumentView, Span};
use copydesk_gold::GoldDocument;
use serde_json::Value;

use crate::measure::Row;

/// What a suite's cases are about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    /// Numbers, units left aside.
    Number,
    /// Numbers with units.
    Amount,
    /// Dates, periods, times.
    Time,
}

/// Verdicts over the cases of one file.
#[derive(Default)]
pub(crate) struct Suite {
    name: String,
    right: usize,
    cases: usize,
    unsupported: usize,
    /// Cases about times of day, sets and the like, scored apart.
    others_right: usize,
    others: usize,
}

/// The suite's name and sort, if a document is a case of one that is read here.
fn suite_of(gold: &GoldDocument) -> Option<(&str, Sort)> {
    let name = gold.field("suite").and_then(Value::as_str)?;
    let sort = if name.starts_with("recognizers_DateTime")
        || name.starts_with("timenorm")
        || name.starts_with("chrono")
        || name == "duckling_Time"
    {
        Sort::Time
    } else if name.starts_with("recognizers_NumberWithUnit")
        || name.starts_with("duckling_") && !matches!(name, "duckling_Numeral" | "duckling_Ordinal")
        || name.starts_with("quantulum3")
    {
        Sort::Amount
    } else if name.starts_with("recognizers_Number")
        || name.starts_with("duckling_")
        || matches!(name, "numerizer" | "word2number")
    {
        Sort::Number
    } else {
        return None;
    };
    Some((name, sort))
}

/// Whether a found figure overlaps the gold's words; a gold without offsets is the whole text.
fn covers(figure: Figure<'_>, span: Option<Span>) -> bool {
    span.is_none_or(|span| figure.span().overlaps(span))
}

impl Suite {
    /// Judges a case; `None` if the document is none. The text of an error otherwise, empty where it is right.
    pub(crate) fn judge(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Option<Option<String>> {
        let (name, sort) = suite_of(gold)?;
        if self.name.is_empty() {
            name.clone_into(&mut self.name);
        }
        if unsupported(gold) {
            self.unsupported += 1;
            return Some(None);
        }
        let wanted = gold.list("figures");
        let right = if wanted.is_empty() {
            if name == "numerizer" {
                // Rewritten text without spans.
                return Some(None);
            }
            !found.figures().any(|figure| self.is_of_kind(figure, sort))
        } else {
            wanted.iter().all(|item| {
                let span = gold.span(item);
                let near: Vec<Figure<'_>> = found.figures().filter(|figure| covers(*figure, span)).collect();
                match sort {
                    Sort::Time => time::matches(item, near.into_iter(), gold),
                    Sort::Number => number::matches(item, &near, false),
                    Sort::Amount => number::matches(item, &near, true),
                }
            })
        };
        let (hits, cases) = if sort == Sort::Time && time::needs_more_than_days(wanted) {
            (&mut self.others_right, &mut self.others)
        } else {
            (&mut self.right, &mut self.cases)
        };
        *hits += usize::from(right);
        *cases += 1;
        if right {
            return Some(None);
        }
        let got: Vec<String> = found.figures().map(|figure| shown(figure, found)).collect();
        let want: Vec<String> = wanted
            .iter()
            .map(|item| {
                let field = |name: &str| item.get(name).map_or_else(String::new, ToString::to_string);
                format!("{}={} {}", field("surface"), field("value"), field("unit"))
            })
            .collect();
        Some(Some(format!(
            "{}: {:?}\n      want {}\n      got  {}",
            gold.id,
            gold.text,
            want.join("; "),
            got.join("; ")
        )))
    }

    /// Whether a figure is one that the suite is about.
    fn is_of_kind(&self, figure: Figure<'_>, sort: Sort) -> bool {
        let kind = figure.kind();
        let timed = matches!(kind, FigureKind::Date | FigureKind::Period | FigureKind::Time);
        let name = self.name.as_str();
        match sort {
            Sort::Time => timed,
            _ if timed => false,
            _ if name.contains("Percent") => kind == FigureKind::Percent,
            _ if name.contains("Ordinal") => kind == FigureKind::Ordinal,
            _ if name.contains("Currency") || name.contains("AmountOfMoney") => kind == FigureKind::Money,
            _ if name.contains("Age") => figure.unit_name().contains("of age"),
            _ if name.contains("Temperature") => {
                matches!(figure.unit_code(), "Cel" | "degF" | "K")
                    || figure.unit_name() == "degree" && figure.unit_code().is_empty()
            }
            _ if name.contains("Dimension") => kind == FigureKind::Quantity,
            _ if name.contains("NumberRange") => figure.bound().is_some() || number::is_range(figure),
            _ if name.contains("Duration") => kind == FigureKind::Duration,
            _ if name.contains("Number") => {
                figure.unit_code().is_empty() && matches!(kind, FigureKind::Count | FigureKind::Ratio)
            }
            _ => true,
        }
    }

    /// The suite's rows; none if no document was a case.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.cases + self.others + self.unsupported > 0 {
            rows.push(Row::share(
                format!("{} cases", self.name.replace("recognizers_", "")),
                self.right,
                self.cases,
            ));
        }
        if self.others > 0 {
            rows.push(Row::share("  with times of day, sets, durations", self.others_right, self.others));
        }
        rows
    }
}

/// Whether the suite's own reference implementation skips the case.
fn unsupported(gold: &GoldDocument) -> bool {
    gold.field("not_supported").and_then(Value::as_str).is_some_and(|list| list.contains("dotnet"))
}

fn shown(figure: Figure<'_>, doc: &DocumentView<'_>) -> String {
    let unit = figure.unit_label();
    let value = number::value_text(figure);
    let bound = figure.bound().map_or("", |bound| bound.as_str());
    format!("{:?}={} {value} {unit} {bound}", doc.slice(figure.span()), figure.kind())
}
