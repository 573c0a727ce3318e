//! How figures are read, class by class: `readings.tsv` has a line for each sentence and what is found in it.

mod common;

use std::process::ExitCode;

use copydesk_tests::table::{self, Case, KnownFailures};

use common::{document, value};

const KNOWN: KnownFailures = KnownFailures {
    path: "plugins/figure/tests/readings.known.tsv",
    text: include_str!("readings.known.tsv"),
};

/// A figure as the table tells it: value, unit, bound.
fn described(figure: copydesk_core::layers::Figure<'_>) -> String {
    let unit = figure.unit_label();
    let bound = figure.bound().map_or("", |bound| bound.as_str());
    let parts = [value(figure), unit, bound.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether these are the figures that the table wants, in any order, and no others. What is told may go on with the name of a
/// unit or a bound.
fn right(found: &[String], wanted: &[&str]) -> bool {
    let is = |got: &str, want: &str| got == want || got.starts_with(&format!("{want} "));
    let mut left: Vec<&str> = found.iter().map(String::as_str).collect();
    // What begins with another wanted one is looked for before that.
    let mut wanted = wanted.to_vec();
    wanted.sort_by_key(|want| std::cmp::Reverse(want.len()));
    wanted.iter().all(|want| {
        let place = left.iter().position(|got| is(got, want));
        place.map(|place| left.swap_remove(place)).is_some()
    }) && left.is_empty()
}

fn check(text: &str, date: &str, expect: &str) -> Result<(), String> {
    let document = document(text, date);
    let found: Vec<String> = document.view().figures().map(described).collect();
    let wanted: Vec<&str> = if expect == "-" { Vec::new() } else { expect.split(" | ").collect() };
    if right(&found, &wanted) {
        return Ok(());
    }
    let got = if found.is_empty() { "-".to_owned() } else { found.join(" | ") };
    Err(format!("got {got}\nnot {expect}"))
}

fn main() -> ExitCode {
    let mut cases = Vec::new();
    let mut date = "2022-08-30";
    for line in include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#')) {
        if let Some(day) = line.strip_prefix('@') {
            date = day;
            continue;
        }
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [text, expect, forms] = cells[..] else { panic!("three columns: {line}") };
        for form in forms.split('|') {
            let text = text.replace("{}", form);
            cases.push(Case::new(format!("{text} ({date})"), move || check(&text, date, expect)));
        }
    }
    table::run(cases, KNOWN)
}
