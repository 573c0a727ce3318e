//! The stage by example: a text, and each quote as `speaker (lemma) kind: content`.

mod asides;
mod attributes;
mod direct;
mod indirect;
mod layout;
mod marks;
mod mixed;
mod newsroom;
mod scores;
mod speakers;

use copydesk_core::layers::{EntityKind, MentionForm, Quote};
use copydesk_core::{Document, DocumentView, Emitter, Source, Span, Stage, StageType, layer};
use copydesk_syntax::{SyntaxStage, Tagger};

use super::{Options, QuoteStage};

copydesk_core::rules! {
    /// The rule of the annotations that the tests set up.
    TEST = Finds "test" { what: "Sets up.", why: "A test.", example: "[a]", counterexample: "[b]" }
}

/// Runs the stage and passes its quotes to `look`.
fn with_quotes<T>(text: &str, options: Options, look: impl FnOnce(&DocumentView<'_>) -> T) -> T {
    with_entities(text, &[], options, look)
}

/// The same with an entity for each name, wherever it occurs.
fn with_entities<T>(
    text: &str,
    names: &[(EntityKind, &str)],
    options: Options,
    look: impl FnOnce(&DocumentView<'_>) -> T,
) -> T {
    let mut document = Document::new(Source { text, ..Source::default() }).expect("short enough");
    document.explain(true);
    let mut emitter = Emitter::new();
    for (kind, name) in names {
        let mut entity = emitter.entity(*kind, name, TEST);
        for (start, _) in text.match_indices(name) {
            let span = Span::checked(text, start, start + name.len()).expect("a stretch of the text");
            entity = entity.mention(span, MentionForm::Name);
        }
    }
    document.absorb(&emitter, &[layer::ENTITIES]).expect("right annotations");
    tag(&mut document);
    emitter.reset(&document.view());
    let stage = QuoteStage::new(options).expect("right options");
    stage.analyze(&document.view(), &mut emitter).expect("no error");
    document.absorb(&emitter, &[layer::QUOTES]).expect("right annotations");
    look(&document.view())
}

/// Determines the parts of speech.
fn tag(document: &mut Document) {
    let mut emitter = Emitter::new();
    emitter.reset(&document.view());
    let tagger = Tagger::new(copydesk_syntax::Model::load(None).expect("the model is part of the program"));
    tagger.tag(&document.view(), |tags| emitter.parts_of_speech(tags.iter().copied()));
    document.absorb(&emitter, SyntaxStage::PROVIDES).expect("one tag a token");
}

/// The quotes of a text, including attitudes.
fn shown(text: &str) -> Vec<String> {
    let options = Options { attitudes: true, ..Options::default() };
    with_quotes(text, options, |view| view.quotes().map(|quote| show(view, quote)).collect())
}

fn show(view: &DocumentView<'_>, quote: Quote<'_>) -> String {
    let speaker = quote.speaker().map_or("?", |span| view.slice(span));
    let cue = quote.cue().map_or("?", |cue| cue.lemma);
    let content: Vec<_> = quote.content().iter().map(|span| view.slice(*span)).collect();
    format!("{speaker} ({cue}) {}: {}", quote.kind(), content.join(" | "))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text}");
}

/// One test per case: a name, a text, and its quotes.
macro_rules! cases {
    ($($name:ident: $text:expr => [$($quote:expr),* $(,)?];)+) => {
        $(#[test] fn $name() { super::check($text, &[$($quote),*]); })+
    };
}
use cases;
