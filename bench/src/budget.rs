//! The instruction budget: the maximum cost of each part of a run, in instructions per byte of text.

use std::fmt::Write as _;

use anyhow::{Context, bail};

use crate::callgrind::Costs;

/// The relative deviation from the budget above which the check fails, or below which it recommends recording the budget again.
pub const TOLERANCE: f64 = 0.03;

/// The parts of a run, each with the function of the engine or of core that does exactly this part.
pub const PARTS: [(&str, &str); 10] = [
    ("read", "copydesk_engine::input::record::Record::parse"),
    ("segment", "copydesk_core::document::Document::load"),
    ("entity", "<copydesk_entity::EntityStage as copydesk_core::stage::Stage>::analyze"),
    ("figure", "<copydesk_figure::FigureStage as copydesk_core::stage::Stage>::analyze"),
    ("syntax", "<copydesk_syntax::SyntaxStage as copydesk_core::stage::Stage>::analyze"),
    ("quote", "<copydesk_quote::QuoteStage as copydesk_core::stage::Stage>::analyze"),
    ("sentiment", "<copydesk_sentiment::SentimentStage as copydesk_core::stage::Stage>::analyze"),
    ("claim", "<copydesk_claim::ClaimStage as copydesk_core::stage::Stage>::analyze"),
    ("absorb and link", "copydesk_core::document::Document::absorb"),
    ("write", "copydesk_engine::output::document::DocumentWriter::write"),
];

/// The cost of each part in instructions per byte of text, in the order of [`PARTS`].
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    rows: Vec<(String, f64)>,
}

impl Budget {
    /// Computes a budget from the costs of functions over a corpus with `bytes` bytes of text.
    ///
    /// An error means that the profile lacks a function because it was renamed or inlined; the message names it.
    pub fn measured(costs: &Costs, bytes: usize) -> anyhow::Result<Self> {
        let rows = PARTS.iter().map(|(part, function)| {
            let cost = costs.get(*function).with_context(|| {
                format!(
                    "no call of {function} in the profile: if it was renamed, change PARTS in bench/src/budget.rs; \
                     where it was inlined, mark it #[inline(never)]"
                )
            })?;
            Ok(((*part).to_owned(), *cost as f64 / bytes as f64))
        });
        Ok(Self { rows: rows.collect::<anyhow::Result<_>>()? })
    }

    /// Reads a budget file: one line per part, with its name, a tab, and its instructions per byte.
    pub fn read(file: &str) -> anyhow::Result<Self> {
        let lines = file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let rows = lines.map(|(at, line)| {
            let cells = line.split_once('\t');
            let row = cells.and_then(|(part, cost)| Some((part.to_owned(), cost.parse::<f64>().ok()?)));
            row.with_context(|| {
                format!("line {}: expected a part, a tab and a number, found {line:?}", at + 1)
            })
        });
        let budget = Self { rows: rows.collect::<anyhow::Result<_>>()? };
        if let Some((part, _)) =
            budget.rows.iter().find(|(part, _)| !PARTS.iter().any(|(name, _)| name == part))
        {
            bail!(
                "{part:?} is not a part of a run; the parts are {}",
                PARTS.map(|(name, _)| name).join(", ")
            );
        }
        Ok(budget)
    }

    /// The text of a budget file that begins with `head` as comment lines.
    pub fn file(&self, head: &str) -> String {
        let mut file = head.lines().map(|line| format!("# {line}\n")).collect::<String>();
        for (part, cost) in &self.rows {
            let _ = writeln!(file, "{part}\t{cost:.1}");
        }
        file
    }

    fn cost(&self, part: &str) -> Option<f64> {
        self.rows.iter().find(|(name, _)| name == part).map(|(_, cost)| *cost)
    }

    /// Compares a measurement with this budget.
    pub fn compare(&self, measured: &Self) -> Verdict {
        let mut verdict = Verdict::default();
        let _ = writeln!(verdict.table, "{:<16} {:>8} {:>9} {:>8}", "part", "budget", "measured", "");
        for (part, now) in &measured.rows {
            let Some(budget) = self.cost(part) else {
                verdict.over.push(format!("{part} has no budget"));
                continue;
            };
            let change = now / budget - 1.0;
            let _ = writeln!(verdict.table, "{part:<16} {budget:>8.1} {now:>9.1} {:>+7.1} %", 100.0 * change);
            let message = format!(
                "{part} takes {now:.1} instructions per byte, its budget is {budget:.1} ({:+.1} %)",
                100.0 * change
            );
            if change > TOLERANCE {
                verdict.over.push(message);
            } else if change < -TOLERANCE {
                verdict.under.push(message);
            }
        }
        verdict
    }
}

/// The result of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// A table of all parts.
    pub table: String,
    /// A sentence for each part over budget.
    pub over: Vec<String>,
    /// The parts so far below budget that it should be recorded again.
    pub under: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(change: f64) -> Budget {
        let rows = PARTS.iter().map(|(part, _)| ((*part).to_owned(), 100.0));
        let mut budget = Budget { rows: rows.collect() };
        budget.rows[5].1 *= 1.0 + change;
        budget
    }

    #[test]
    fn parts_above_the_tolerance_are_over_budget() {
        let recorded = budget(0.0);
        let verdict = recorded.compare(&budget(0.031));
        assert_eq!(verdict.over, ["quote takes 103.1 instructions per byte, its budget is 100.0 (+3.1 %)"]);
        assert_eq!(recorded.compare(&budget(0.029)).over, Vec::<String>::new());
        let verdict = recorded.compare(&budget(-0.04));
        assert_eq!((verdict.over.len(), verdict.under.len()), (0, 1));
    }

    #[test]
    fn files_are_read_back_and_errors_have_the_line() {
        let recorded = budget(0.5);
        assert_eq!(Budget::read(&recorded.file("Costs of parts.\nTwo lines.")).expect("a budget"), recorded);
        let error = Budget::read("# head\nquote\tmany\n").expect_err("no number").to_string();
        assert!(error.contains("line 2") && error.contains("many"), "{error}");
        assert!(Budget::read("quotes\t3.0\n").expect_err("no part").to_string().contains("quotes"));
    }

    #[test]
    fn a_part_without_a_budget_or_a_function_is_an_error() {
        let empty = Budget { rows: Vec::new() };
        assert_eq!(empty.compare(&budget(0.0)).over.len(), PARTS.len());
        let error = Budget::measured(&Costs::new(), 1).expect_err("no functions").to_string();
        assert!(error.contains("Record::parse") && error.contains("PARTS"), "{error}");
    }
}
