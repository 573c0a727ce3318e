//! Holds rows of patterns against their own examples.

use copydesk_core::layers::{Figure, Value};
use copydesk_core::{Document, Emitter, Source, Stage, StageType};

use crate::FigureStage;
use crate::patterns::Patterns;
use crate::patterns::row::Row;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::Vocabulary;

/// The day of publication of the examples, a Tuesday.
const DATE: &str = "2022-08-30";

/// Why the examples of a row do not hold, if they do not.
///
/// # Errors
///
/// A sentence in which the stage finds something else, or in which the row matches although it must not.
pub(crate) fn check(stage: &FigureStage, row: &Row) -> Result<(), String> {
    for [sentence, words, wanted] in &row.examples {
        let found = figures_at(stage, sentence, words)?;
        let nothing = row.gives == "nothing";
        let expected = if nothing { Vec::new() } else { vec![format!("{words} = {wanted}")] };
        if found != expected {
            let shown = |figures: &[String]| match figures {
                [] => "nothing".to_owned(),
                figures => figures.join(", "),
            };
            return Err(format!("{sentence:?} gives {}, not {}", shown(&found), shown(&expected)));
        }
    }
    // A row is tried alone, so that no other row hides what it matches.
    let alone = Patterns::only(row)?;
    let mut vocabulary = Vocabulary::new(None);
    alone.mark(&mut vocabulary);
    for sentence in &row.not {
        let document = document(sentence)?;
        let doc = document.view();
        let tokens = 0..doc.tokens().len();
        let scope = Scope::new(&doc, &vocabulary, None, false, tokens.clone());
        let matched = tokens.into_iter().any(|at| {
            let entry = scope.entry(at);
            scope.token(at).is_some_and(|token| alone.find(&scope, at, token, entry).is_some())
        });
        if matched {
            return Err(format!("it matches in {sentence:?}, which `not` excludes"));
        }
    }
    Ok(())
}

fn document(sentence: &str) -> Result<Document, String> {
    let source = Source { id: "example", text: sentence, date: Some(DATE), ..Source::default() };
    Document::new(source).map_err(|error| error.to_string())
}

/// The figures that overlap the words of an example, each with its value.
fn figures_at(stage: &FigureStage, sentence: &str, words: &str) -> Result<Vec<String>, String> {
    let start = sentence.find(words).ok_or_else(|| format!("{words:?} is not in {sentence:?}"))?;
    let mut document = document(sentence)?;
    let mut found = Emitter::new();
    stage.analyze(&document.view(), &mut found).map_err(|error| error.to_string())?;
    document.absorb(&found, FigureStage::PROVIDES).map_err(|violation| violation.to_string())?;
    let doc = document.view();
    let overlaps = |figure: &Figure<'_>| {
        (figure.span().start() as usize) < start + words.len() && figure.span().end() as usize > start
    };
    Ok(doc
        .figures()
        .filter(overlaps)
        .map(|figure| format!("{} = {}", doc.slice(figure.span()), value(figure)))
        .collect())
}

fn value(figure: Figure<'_>) -> String {
    match figure.value() {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Iso(iso)) => iso.to_owned(),
        Some(Value::Interval(from, to)) => format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")),
        _ => String::new(),
    }
}
