//! What figures mean, over sentences in the style of news: `meaning.tsv` has a line a figure.

#![expect(clippy::print_stdout, reason = "the test prints the accuracy that it holds")]

mod common;

use copydesk_core::layers::Figure;
use copydesk_core::{Decimal, DocumentView, build};
use copydesk_figure::FigureStage;

use common::{document, value};

/// Share of the lines that must be right in everything they tell.
const FLOOR: f64 = 0.85;

/// What the stage says of a figure, by the name of the table; empty where it says nothing.
fn told(doc: &DocumentView<'_>, figure: Figure<'_>, name: &str) -> String {
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

#[test]
fn figures_mean_what_a_reader_takes_them_for() {
    let stage = build::<FigureStage>("").expect("the defaults are valid");
    let (mut right, mut cases) = (0, 0);
    for line in include_str!("meaning.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(text), Some(words), Some(meaning)) = (cells.next(), cells.next(), cells.next()) else {
            panic!("three columns: {line}");
        };
        let document = document(&stage, text, "2022-08-30");
        let doc = document.view();
        cases += 1;
        let Some(figure) = doc.figures().find(|figure| doc.slice(figure.span()) == words) else {
            println!("not found: {words} in: {text}");
            continue;
        };
        let wrong: Vec<String> = meaning
            .split(';')
            .map(str::trim)
            .filter(|pair| !pair.is_empty())
            .filter_map(|pair| {
                let (name, wanted) = pair.split_once('=').expect("name=value");
                let got = told(&doc, figure, name);
                (got != wanted).then(|| format!("{name}: {got:?}, not {wanted:?}"))
            })
            .collect();
        if wrong.is_empty() {
            right += 1;
        } else {
            println!("{words} in: {text}\n    {}", wrong.join("; "));
        }
    }
    let share = f64::from(right) / f64::from(cases);
    println!("{right} of {cases} figures right in all that is told of them: {:.1} %", 100.0 * share);
    assert!(cases >= 150, "{cases} cases");
    assert!(share >= FLOOR, "{right} of {cases}");
}
