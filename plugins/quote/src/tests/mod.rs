//! The stage by example: a text, and each quote as `speaker (lemma) kind: content`.

mod attributes;
mod direct;
mod indirect;
mod layout;
mod marks;
mod mixed;

use copydesk_core::layers::Quote;
use copydesk_core::{Document, DocumentView, Emitter, Source, Stage, StageType, layer};
use copydesk_syntax::{SyntaxStage, Tagger};

use super::{Options, QuoteStage};

/// Runs the stage, and hands its quotes to `look`.
fn with_quotes<T>(text: &str, options: Options, look: impl FnOnce(&DocumentView<'_>) -> T) -> T {
    let mut document = Document::new(Source { text, ..Source::default() }).expect("short enough");
    let mut emitter = Emitter::new();
    let tagger = Tagger::new(copydesk_syntax::Model::load(None).expect("the model is part of the program"));
    tagger.tag(&document.view(), |tags| emitter.parts_of_speech(tags.iter().copied()));
    document.absorb(&emitter, SyntaxStage::PROVIDES).expect("one tag a token");
    emitter.reset(&document.view());
    let stage = QuoteStage::new(options).expect("right options");
    stage.analyze(&document.view(), &mut emitter).expect("no error");
    document.absorb(&emitter, &[layer::QUOTES]).expect("right annotations");
    look(&document.view())
}

fn shown(text: &str) -> Vec<String> {
    with_quotes(text, Options::default(), |view| view.quotes().map(|quote| show(view, quote)).collect())
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

/// One test a case: a name, a text, and its quotes.
macro_rules! cases {
    ($($name:ident: $text:expr => [$($quote:expr),* $(,)?];)+) => {
        $(#[test] fn $name() { super::check($text, &[$($quote),*]); })+
    };
}
use cases;
