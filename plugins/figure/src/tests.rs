//! What the stage finds in sentences written for the project.

mod amounts;
mod changes;
mod hostile;
mod time;
mod units;

use std::sync::LazyLock;

use copydesk_core::layers::{Figure, Value};
use copydesk_core::{Document, DocumentView, Emitter, Source, Stage, StageType, build};
use copydesk_syntax::SyntaxStage;

use crate::FigureStage;

/// `text=kind value unit [bound] [direction]` of a figure.
fn describe(doc: &DocumentView<'_>, figure: Figure<'_>) -> String {
    let value = match figure.value() {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Range(low, high)) => {
            format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default())
        }
        Some(Value::Iso(iso)) => iso.to_owned(),
        Some(Value::Interval(from, to)) => format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")),
        None => "-".to_owned(),
    };
    let unit = figure.unit_label();
    let mut line = format!("{}={} {value}", doc.slice(figure.span()), figure.kind());
    for part in [unit.as_str(), figure.bound().map_or("", |bound| bound.as_str())] {
        if !part.is_empty() {
            line = format!("{line} {part}");
        }
    }
    if let Some(direction) = figure.change().and_then(|change| change.direction) {
        line = format!("{line} {direction}");
    }
    line
}

pub(crate) fn analyzed(text: &str, date: Option<&str>, options: &str) -> Document {
    let source = Source { id: "test", text, date, ..Source::default() };
    let mut document = Document::new(source).expect("a text that fits");
    tag(&mut document);
    let mut found = Emitter::new();
    let stage = build::<FigureStage>(options).expect("valid options");
    assert_eq!(stage.analyze(&document.view(), &mut found), Ok(()));
    assert_eq!(
        document.absorb(&found, &["figures"]).map_err(|violation| violation.to_string()),
        Ok(()),
        "{text}"
    );
    document
}

/// Gives a document its parts of speech, as a pipeline does before the stage.
fn tag(document: &mut Document) {
    static TAGGER: LazyLock<SyntaxStage> =
        LazyLock::new(|| build::<SyntaxStage>("").expect("the defaults are valid"));
    let mut tags = Emitter::new();
    TAGGER.analyze(&document.view(), &mut tags).expect("the tagger never fails");
    document.absorb(&tags, SyntaxStage::PROVIDES).expect("one tag a token");
}

/// A Tuesday.
const DATE: Option<&str> = Some("2022-08-30");

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    let document = analyzed(text, DATE, "");
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, expect, "{text}");
}
