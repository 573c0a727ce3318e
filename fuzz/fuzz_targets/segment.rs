//! Any text: segmentation does not panic, and its result is consistent with the text.
#![no_main]

use copydesk_core::{Document, Source};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (title, body) = text.split_once('\u{1}').unwrap_or(("", text));
    let source = Source { text: body, title: Some(title), ..Source::default() };
    let document = Document::new(source).expect("short enough");
    let view = document.view();
    let mut last = 0;
    for token in view.tokens() {
        assert!(token.span().is_valid_in(body) && !token.span().is_empty() && token.span().start() >= last);
        last = token.span().end();
        assert!(view.sentences()[token.sentence()].span().contains(token.span()));
    }
    for zone in view.zones() {
        assert!(zone.span().is_valid_in(body));
    }
    let in_sentences: usize = view.sentences().iter().map(|sentence| sentence.tokens().len()).sum();
    assert_eq!(in_sentences, view.tokens().len());
});
