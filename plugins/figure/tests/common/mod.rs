//! What the tests over tables share: a document that the stage has read, and values as text.

use std::sync::LazyLock;

use copydesk_core::layers::{Figure, Value};
use copydesk_core::{Document, Emitter, Source, Stage, StageType, build};
use copydesk_figure::FigureStage;
use copydesk_syntax::SyntaxStage;

/// The stage with its defaults.
static STAGE: LazyLock<FigureStage> =
    LazyLock::new(|| build::<FigureStage>("").expect("the defaults are valid"));

/// What gives a document its parts of speech, as a pipeline does before the stage.
static TAGGER: LazyLock<SyntaxStage> =
    LazyLock::new(|| build::<SyntaxStage>("").expect("the defaults are valid"));

/// A text that the stage has read, published on a day.
pub(crate) fn document(text: &str, date: &str) -> Document {
    let source = Source { id: "test", text, date: Some(date), ..Source::default() };
    let mut document = Document::new(source).expect("a short text");
    let mut tags = Emitter::new();
    TAGGER.analyze(&document.view(), &mut tags).expect("the tagger never fails");
    document.absorb(&tags, SyntaxStage::PROVIDES).expect("one tag a token");
    let mut found = Emitter::new();
    STAGE.analyze(&document.view(), &mut found).expect("the stage never fails");
    document.absorb(&found, &["figures"]).expect("what the stage emits is valid");
    document
}

/// A figure's value as the tables write it.
pub(crate) fn value(figure: Figure<'_>) -> String {
    match figure.value() {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Range(low, high)) => {
            format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default())
        }
        Some(Value::Iso(iso)) => iso.to_owned(),
        Some(Value::Interval(from, to)) => format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")),
        None => String::new(),
    }
}
