//! The built-in rows and those of users, held against their own examples.

use copydesk_core::build;

use super::row::Row;
use super::{BUILT_IN, File};
use crate::tests::analyzed;
use crate::{FigureStage, proof};

/// The page of the guide about rows of one's own.
const PAGE: &str = include_str!("../../../../docs/patterns.md");

/// The files of the built-in rows.
const FILES: [&str; 2] = [include_str!("../../data/patterns.toml"), include_str!("../../data/dates.toml")];

/// The rows of all files.
fn built_in() -> Vec<Row> {
    FILES.iter().flat_map(|text| toml::from_str::<File>(text).expect("a table").pattern).collect()
}

#[test]
fn each_row_reads_its_examples_and_nothing_in_its_counterexamples() {
    let stage = build::<FigureStage>("").expect("the defaults are valid");
    let wrong: Vec<String> = built_in()
        .iter()
        .filter_map(|row| proof::check(&stage, row).err().map(|reason| format!("{}: {reason}", row.name)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn built_in_rows_are_whole_without_their_examples() {
    let laid_out: Vec<Row> = BUILT_IN.iter().flat_map(|rows| rows.lines()).map(Row::built_in).collect();
    assert_eq!(built_in().len(), laid_out.len());
    for (whole, mut cut) in built_in().into_iter().zip(laid_out) {
        assert!(!whole.examples.is_empty() && !whole.what.is_empty(), "{}", whole.name);
        (cut.examples, cut.not, cut.what) = (whole.examples.clone(), whole.not.clone(), whole.what.clone());
        assert_eq!(format!("{whole:?}"), format!("{cut:?}"));
    }
}

/// Writes a file of rows and gives it to the stage: the file's options, and the error.
fn with_rows(rows: &str) -> (tempfile::TempDir, String, Option<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.toml");
    std::fs::write(&path, rows).expect("a file");
    let options = format!("{{\"patterns\": [{:?}]}}", path.to_str().expect("UTF-8"));
    let error = build::<FigureStage>(&options).err().map(|error| error.to_string());
    (folder, options, error)
}

fn bus(reads: &str, example: &str, not: &str) -> String {
    format!(
        "[[pattern]]\nname = \"bus\"\nwhat = \"A bus.\"\nreads = [{reads:?}]\ngives = \"nothing\"\n\
         examples = [[{example:?}, \"12\", \"\"]]\nnot = [{not:?}]\n"
    )
}

#[test]
fn rows_of_ones_own_come_first() {
    let (_folder, options, error) = with_rows(&bus("bus {digits}", "Take bus 12.", "A bus left."));
    assert_eq!(error, None);
    let document = analyzed("Take bus 12 to the 3 ports.", Some("2022-08-30"), &options);
    let doc = document.view();
    let words: Vec<&str> = doc.figures().map(|figure| doc.slice(figure.span())).collect();
    assert_eq!(words, ["3"]);
}

#[test]
fn errors_name_file_and_row_and_what_is_wrong() {
    for (rows, reason) in [
        (bus("bus {digit}", "Take bus 12.", ""), "{digit}"),
        (bus("bus {digits}", "Take tram 12.", ""), "gives 12 = 12, not nothing"),
        (bus("bus {digits}", "Take bus 13.", ""), "is not in"),
        (bus("bus {digits}", "Take bus 12.", "Take bus 9."), "which `not` excludes"),
        (bus("bus", "Take bus 12.", "").replace("nothing", "dates"), "the values are nothing, time, date"),
        (bus("bus", "Take bus 12.", "").replace("nothing", "offset two"), "neither a number"),
        (bus("bus", "Take bus 12.", "").replace("what", "rule = \"bus\"\nwhat"), "no rule has the code"),
        (bus("bus", "Take bus 12.", "").replace("what", "wat"), "wat"),
        (bus("bus", "Take bus 12.", "").replace("examples", "# examples"), "at least one of `examples`"),
    ] {
        let (_folder, _, error) = with_rows(&rows);
        let error = error.expect(reason);
        assert!(error.contains("own.toml") && error.contains(reason), "{error}");
    }
}

/// The rows on the page are valid, and it names each class, value and key.
#[test]
fn the_guide_is_complete_and_its_rows_hold() {
    let rows: String = PAGE.split("```toml\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    let (_folder, _, error) = with_rows(&rows);
    assert_eq!(error, None);
    let classes = super::syntax::CLASSES.iter().map(|(name, _)| format!("`{{{name}}}`"));
    let values = super::values::FUNCTIONS.iter().map(|(name, _)| format!("`{name}"));
    let keys =
        ["with", "needs", "after", "before", "not_before", "apart", "glued", "alone", "future", "common"];
    let keys = keys.into_iter().map(|key| format!("`{key}`"));
    let missing: Vec<String> =
        classes.chain(values).chain(keys).filter(|name| !PAGE.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "docs/patterns.md does not explain {missing:?}");
}
