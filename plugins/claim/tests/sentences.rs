//! Claims in single sentences: `sentences.tsv` has a line for each text with the claims that a fact-checker would check.

mod common;

use std::process::ExitCode;

use copydesk_core::DocumentView;
use copydesk_core::layers::{Claim, Claimant, FigureId, Stance as CueStance};
use copydesk_tests::table::{self, Case, KnownFailures};

use common::document;

const KNOWN: KnownFailures = KnownFailures {
    path: "plugins/claim/tests/sentences.known.tsv",
    text: include_str!("sentences.known.tsv"),
};

/// The minimum worth of claims that are compared.
const WORTH: f32 = 0.5;
/// The minimum percentage of these that must be right, as documented for users.
const LEAST_PRECISION: usize = 85;

/// A claim as written in the table.
#[derive(Debug)]
struct Row {
    speaker: String,
    measure: String,
    figures: String,
    change: String,
    period: String,
    flags: String,
    worth: f32,
}

fn row(doc: &DocumentView<'_>, claim: Claim<'_>) -> Row {
    let words = |id: FigureId| doc.figure(id).map_or("", |figure| doc.slice(figure.span()));
    let said = claim.quote().and_then(|quote| doc.quote(quote)?.speaker());
    let mut flags = Vec::new();
    if matches!(claim.stance(), CueStance::Distance | CueStance::Deny) {
        flags.push(claim.stance().as_str());
    }
    flags.extend(claim.is_negated().then_some("negated"));
    flags.extend(claim.is_modal().then_some("modal"));
    flags.extend(claim.is_forecast().then_some("forecast"));
    let measure = claim.measure().map(|span| doc.slice(span).to_owned());
    Row {
        speaker: match claim.claimant() {
            Claimant::Narrator => "narrator".to_owned(),
            Claimant::Entity(id) => doc.entity(id).map_or("", |entity| entity.name()).to_owned(),
            Claimant::Other => said.map_or("", |span| doc.slice(span)).to_owned(),
        },
        measure: measure.unwrap_or_else(|| if claim.figures().len() == 0 { "event" } else { "" }.to_owned()),
        figures: claim.figures().map(words).collect::<Vec<_>>().join(", "),
        change: claim.change().map_or("", words).to_owned(),
        period: claim.period().map_or("", words).to_owned(),
        flags: flags.join(", "),
        worth: claim.worth(),
    }
}

impl Row {
    fn shown(&self) -> String {
        format!(
            "{} | {} | {} | {} | {} | {} ({:.2})",
            self.speaker, self.measure, self.figures, self.change, self.period, self.flags, self.worth
        )
    }

    /// Whether it matches the table's row. Speaker and measure may have more words; only the first figure counts, and
    /// it may include its bound and its noun.
    fn is(&self, wanted: &str) -> bool {
        let mut cells = wanted.trim_start_matches('~').split('|').map(str::trim);
        let mut cell = || cells.next().unwrap_or("");
        let has = |found: &str, wanted: &str| {
            wanted == "*"
                || (found.to_lowercase().contains(&wanted.to_lowercase())
                    && wanted.is_empty() == found.is_empty())
        };
        let near = |found: &str, wanted: &str| {
            wanted.is_empty() == found.is_empty() && (found.contains(wanted) || wanted.contains(found))
        };
        let first = self.figures.split(", ").next().unwrap_or("");
        has(&self.speaker, cell())
            && has(&self.measure, cell())
            && near(first, cell())
            && near(&self.change, cell())
            && near(&self.period, cell())
            && self.flags == cell()
    }
}

/// The number of worthwhile claims of a text, and of correct ones among these; and the differences.
fn judge(text: &str, expect: &str) -> ([usize; 2], Result<(), String>) {
    let document = document(text, "");
    let view = document.view();
    let found: Vec<Row> = view.claims().map(|claim| row(&view, claim)).collect();
    let wanted: Vec<&str> = if expect == "-" { Vec::new() } else { expect.split(" ; ").collect() };
    let mut left: Vec<&Row> = found.iter().collect();
    let mut missing = Vec::new();
    for want in wanted {
        let low = want.starts_with('~');
        match left.iter().position(|row| row.is(want) && (row.worth < WORTH) == low) {
            Some(place) => drop(left.swap_remove(place)),
            None => missing.push(want),
        }
    }
    let worthy = found.iter().filter(|row| row.worth >= WORTH).count();
    let wrong = left.iter().filter(|row| row.worth >= WORTH).count();
    let outcome = if missing.is_empty() && wrong == 0 {
        Ok(())
    } else {
        let got: Vec<String> = found.iter().map(Row::shown).collect();
        let kind = if missing.is_empty() { "too much" } else { "missing or other" };
        Err(format!(
            "{kind}: {}\nnot {expect}",
            if got.is_empty() { "-".to_owned() } else { got.join(" ; ") }
        ))
    };
    ([worthy, worthy - wrong], outcome)
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines =
        include_str!("sentences.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}")))
}

/// Checks the precision of worthwhile claims over all rows.
fn precision() -> Result<(), String> {
    let counts = rows().map(|(text, expect)| judge(text, expect).0);
    let [worthy, right] = counts.fold([0; 2], |sum, count| [sum[0] + count[0], sum[1] + count[1]]);
    if right * 100 >= worthy * LEAST_PRECISION {
        Ok(())
    } else {
        Err(format!(
            "{right} of {worthy} claims of worth {WORTH} are right, less than {LEAST_PRECISION} in 100"
        ))
    }
}

fn main() -> ExitCode {
    let mut cases: Vec<Case> =
        rows().map(|(text, expect)| Case::new(text.to_owned(), move || judge(text, expect).1)).collect();
    cases.push(Case::new("precision of claims that are worth a look".to_owned(), precision));
    table::run(cases, KNOWN)
}
