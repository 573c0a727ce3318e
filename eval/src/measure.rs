//! Precision, recall and their kin.

use std::fmt;

/// Counts of right, found and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold.
    pub gold: usize,
}

impl Score {
    /// Share of what was found that is right, in percent.
    pub fn precision(self) -> f64 {
        percent(self.right, self.found)
    }

    /// Share of the gold that was found, in percent.
    pub fn recall(self) -> f64 {
        percent(self.right, self.gold)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.found + self.gold)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Precision, recall and F1.
    Prf(String, Score),
    /// A share in percent, of how many.
    Share(String, f64, usize),
    /// How often something was met.
    Count(String, usize),
    /// A correlation in -1..1, over how many.
    Correlation(String, f64, usize),
}

impl Row {
    pub(crate) fn prf(name: impl Into<String>, right: usize, found: usize, gold: usize) -> Self {
        Self::Prf(name.into(), Score { right, found, gold })
    }

    pub(crate) fn share(name: impl Into<String>, part: usize, whole: usize) -> Self {
        Self::Share(name.into(), percent(part, whole), whole)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prf(name, score) => write!(
                f,
                "{name:34} P {:5.1}  R {:5.1}  F1 {:5.1}  gold {}",
                score.precision(),
                score.recall(),
                score.f1(),
                score.gold
            ),
            Self::Share(name, percent, whole) => write!(f, "{name:34} {percent:5.1} % of {whole}"),
            Self::Count(name, count) => write!(f, "{name:44} {count:5}"),
            Self::Correlation(name, r, count) => write!(f, "{name:34} r {r:6.3}  texts {count}"),
        }
    }
}

/// What an evaluation yields.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many documents were compared.
    pub documents: usize,
    /// The measures.
    pub rows: Vec<Row>,
    /// Errors in their context, as many as were asked for.
    pub errors: Vec<String>,
    /// Documents that could not be analysed, and why.
    pub failed: Vec<String>,
}
