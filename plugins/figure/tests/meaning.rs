//! What figures mean, over sentences in the style of news: `meaning.tsv` has a line a figure.

mod common;

use std::process::ExitCode;

use copydesk_core::layers::Figure;
use copydesk_core::{Decimal, DocumentView};
use copydesk_tests::table::{self, Case, KnownFailures};

use common::{document, value};

const KNOWN: KnownFailures =
    KnownFailures { path: "plugins/figure/tests/meaning.known.tsv", text: include_str!("meaning.known.tsv") };

/// An attribute of a figure, by its name in the table; empty if the figure has none.
fn attribute(doc: &DocumentView<'_>, figure: Figure<'_>, name: &str) -> String {
    let change = figure.change().unwrap_or_default();
    let number = |number: Option<Decimal>| number.map_or_else(String::new, |number| number.to_string());
    let by_id = |id| doc.figures().find(|other| Some(other.id()) == id);
    match name {
        "measure" => figure.measure().map_or_else(String::new, |span| doc.slice(span).to_owned()),
        "period" => by_id(figure.period()).map_or_else(String::new, value),
        "direction" => change.direction.map_or("", |direction| direction.as_str()).to_owned(),
        "of" => by_id(change.of).map_or_else(String::new, |of| doc.slice(of.span()).to_owned()),
        "against" => by_id(change.baseline.period).map_or_else(String::new, value),
        "before" => number(change.baseline.value),
        "amount" => number(change.amount),
        "part" => number(figure.part_of_whole().map(|(part, _)| part)),
        "whole" => number(figure.part_of_whole().map(|(_, whole)| whole)),
        "contradicts" => if change.contradicts { "yes" } else { "" }.to_owned(),
        "bound" => figure.bound().map_or("", |bound| bound.as_str()).to_owned(),
        other => panic!("{other} is no column"),
    }
}

fn check(text: &str, words: &str, meaning: &str) -> Result<(), String> {
    let document = document(text, "2022-08-30");
    let doc = document.view();
    let Some(figure) = doc.figures().find(|figure| doc.slice(figure.span()) == words) else {
        return Err("not found".to_owned());
    };
    let pairs = meaning.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    let wrong: Vec<String> = pairs
        .filter_map(|pair| {
            let (name, wanted) = pair.split_once('=').expect("name=value");
            let got = attribute(&doc, figure, name);
            (got != wanted).then(|| format!("{name}: {got:?}, not {wanted:?}"))
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

fn main() -> ExitCode {
    let lines = include_str!("meaning.tsv").lines().filter(|line| !line.starts_with('#'));
    let cases = lines.map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [text, words, meaning] = cells[..] else { panic!("three columns: {line}") };
        Case::new(format!("{text} [{words}]"), move || check(text, words, meaning))
    });
    table::run(cases.collect(), KNOWN)
}
