//! The stage by example: a text, and each quote as `speaker (lemma) kind: content`.

use copydesk_core::{Document, Emitter, Source, Stage, StageType, layer};

use super::{Options, QuoteStage};

fn shown(text: &str) -> Vec<String> {
    let mut document = Document::new(Source { text, ..Source::default() }).expect("short enough");
    let mut emitter = Emitter::new();
    let stage = QuoteStage::new(Options::default()).expect("right options");
    stage.analyze(&document.view(), &mut emitter).expect("no error");
    document.absorb(&emitter, &[layer::QUOTES]).expect("right annotations");
    let view = document.view();
    let quote = |quote: copydesk_core::layers::Quote<'_>| {
        let speaker = quote.speaker().map_or("?", |span| view.slice(span));
        let cue = quote.cue().map_or("?", |cue| cue.lemma);
        let content: Vec<_> = quote.content().iter().map(|span| view.slice(*span)).collect();
        format!("{speaker} ({cue}) {}: {}", quote.kind(), content.join(" | "))
    };
    view.quotes().map(quote).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text}");
}

#[test]
fn direct_quotes_and_their_speakers() {
    check("\"We lost a lot,\" said Marit Hoekstra.", &["Marit Hoekstra (say) direct: We lost a lot,"]);
    check("“We lost a lot,” the ministry said.", &["the ministry (say) direct: We lost a lot,"]);
    check("Hoekstra said: “We lost a lot.”", &["Hoekstra (say) direct: We lost a lot."]);
    check(
        "“This was foretold,” she said, “and nobody listened.”",
        &["she (say) direct: This was foretold, | and nobody listened."],
    );
}

#[test]
fn words_in_marks() {
    check(
        "Union leader Pieter de Graaf called it a \"fair end\".",
        &["Union leader Pieter de Graaf (call) mixed: fair end"],
    );
    check("He lives in the \"Old Town\" now.", &[]);
}

#[test]
fn unbalanced_marks_cost_their_own_quote() {
    let found = shown("\"This one never ends, he said.\n\n\"This one does,\" said Anna.");
    assert_eq!(found.last().map(String::as_str), Some("Anna (say) direct: This one does,"));
}

#[test]
fn hostile_text_ends() {
    for piece in ["\"", "“", "“a”", "said ", "\"A said\" "] {
        shown(&piece.repeat(10_000));
    }
}
