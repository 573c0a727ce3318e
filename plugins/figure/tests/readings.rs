//! How figures are read, class by class: `readings.tsv` has a line for each sentence and what is found in it.

mod common;

use copydesk_core::build;
use copydesk_figure::FigureStage;

use common::{document, value};

/// A figure as the table tells it: value, unit, bound.
fn described(figure: copydesk_core::layers::Figure<'_>) -> String {
    let unit = if figure.unit_code().is_empty() { figure.unit_name() } else { figure.unit_code() };
    let bound = figure.bound().map_or("", |bound| bound.as_str());
    let parts = [value(figure), unit.to_owned(), bound.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_are_read_in_all_their_forms() {
    let stage = build::<FigureStage>("").expect("the defaults are valid");
    let (mut cases, mut wrong) = (0, Vec::new());
    let mut date = "2022-08-30";
    for line in include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#')) {
        if let Some(day) = line.strip_prefix('@') {
            date = day;
            continue;
        }
        let mut cells = line.split('\t');
        let (Some(text), Some(expect), Some(forms)) = (cells.next(), cells.next(), cells.next()) else {
            panic!("three columns: {line}");
        };
        for form in forms.split('|') {
            let text = text.replace("{}", form);
            let document = document(&stage, &text, date);
            let found: Vec<String> = document.view().figures().map(described).collect();
            // What is told may go on with a unit's or a bound's name.
            let has =
                |want: &str| found.iter().any(|got| got == want || got.starts_with(&format!("{want} ")));
            let right = if expect == "-" { found.is_empty() } else { expect.split(" | ").all(has) };
            if !right {
                wrong.push(format!("{text}\n    want {expect}, got {}", found.join(" | ")));
            }
            cases += 1;
        }
    }
    assert!(cases >= 2_000, "{cases} cases");
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
