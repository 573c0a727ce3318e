//! The rows of the table, held against their own examples.

use super::row::Row;
use super::{BUILT_IN, File, Patterns};
use crate::tests::analyzed;

/// The day of publication of the examples.
const DATE: Option<&str> = Some("2022-08-30");

/// The rows of all files.
fn built_in() -> Vec<Row> {
    BUILT_IN.iter().flat_map(|text| toml::from_str::<File>(text).expect("a table").pattern).collect()
}

fn value(figure: copydesk_core::layers::Figure<'_>) -> String {
    use copydesk_core::layers::Value;
    match figure.value() {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Iso(iso)) => iso.to_owned(),
        Some(Value::Interval(from, to)) => format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")),
        _ => String::new(),
    }
}

#[test]
fn each_row_reads_its_examples() {
    let rows = built_in();
    let mut wrong = Vec::new();
    for row in &rows {
        for [sentence, words, wanted] in &row.examples {
            let document = analyzed(sentence, DATE, "");
            let doc = document.view();
            let start = sentence.find(words.as_str()).expect("the words are in the sentence");
            let found: Vec<String> = doc
                .figures()
                .filter(|figure| {
                    (figure.span().start() as usize) < start + words.len()
                        && figure.span().end() as usize > start
                })
                .map(|figure| format!("{} = {}", doc.slice(figure.span()), value(figure)))
                .collect();
            let expected =
                if row.gives == "nothing" { Vec::new() } else { vec![format!("{words} = {wanted}")] };
            if found != expected {
                wrong.push(format!("{}: {sentence:?}: {found:?}, not {expected:?}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A row is tried alone, so that no other row hides what it matches.
#[test]
fn no_row_matches_its_counterexamples() {
    for row in &built_in() {
        let mut alone = Patterns::empty();
        let name = row.name.clone();
        alone.insert(row).unwrap_or_else(|error| panic!("{name}: {error}"));
        for sentence in &row.not {
            let document = analyzed(sentence, DATE, "");
            let doc = document.view();
            let mut vocabulary = crate::Vocabulary::new(None);
            alone.mark(&mut vocabulary);
            let tokens = doc.sentences().first().expect("a sentence").tokens();
            let scope = crate::Scope::new(&doc, &vocabulary, None, false, tokens.start..doc.tokens().len());
            let matched = (0..doc.tokens().len()).find(|at| {
                let token = &doc.tokens()[*at];
                alone.find(&scope, *at, token, vocabulary.entry(token.hash())).is_some()
            });
            assert_eq!(matched, None, "{name} matches in {sentence:?}");
        }
    }
}

#[test]
fn rows_of_ones_own_come_first_and_errors_name_file_and_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.toml");
    let options = format!("{{\"patterns\": [{:?}]}}", path.to_str().expect("UTF-8"));
    std::fs::write(
        &path,
        "[[pattern]]\nname = \"bus\"\nwhat = \"A bus.\"\nreads = [\"bus {digits}\"]\ngives = \"nothing\"\nexamples = [[\"Take bus 12.\", \"12\", \"\"]]\n",
    )
    .expect("a file");
    let document = analyzed("Take bus 12 to the 3 ports.", DATE, &options);
    let doc = document.view();
    let words: Vec<&str> = doc.figures().map(|figure| doc.slice(figure.span())).collect();
    assert_eq!(words, ["3"]);
    std::fs::write(&path, "[[pattern]]\nname = \"bus\"\nwhat = \"A bus.\"\nreads = [\"bus {digit}\"]\ngives = \"nothing\"\nexamples = [[\"a\", \"a\", \"\"]]\n").expect("a file");
    let error = copydesk_core::build::<crate::FigureStage>(&options).err().expect("an error").to_string();
    assert!(error.contains("own.toml") && error.contains("bus") && error.contains("{digit}"), "{error}");
}
