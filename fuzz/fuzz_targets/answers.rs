//! Feeds any bytes to the host as the answer of a stage in another process, and to the stage as a document: the result is an error, a
//! violation, or annotations that can be read completely.
#![no_main]

use copydesk_core::abi::{pack_document, pack_emitted, unpack_document, unpack_emitted, words_as_bytes};
use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Document, Emitter, Source, Span, layer};

copydesk_core::rules! {
    /// For the annotations that are changed.
    WATCHED = Finds "watched" {
        what: "Marks a word.",
        why: "It is watched.",
        example: "An [elk].",
        counterexample: "A cow.",
    }
}

const LAYERS: [&str; 7] =
    [layer::ENTITIES, layer::SYNTAX, layer::QUOTES, layer::FIGURES, layer::SENTIMENT, layer::CLAIMS, "own"];

const TEXT: &str = "Clara met Béla. \"They spoke,\" she said: 5 % more than in 2023.";

fn span(start: usize, end: usize) -> Span {
    Span::checked(TEXT, start, end).expect("a stretch of the text")
}

fn document() -> Document {
    let targets = [span(0, 5)];
    Document::new(Source {
        id: "é",
        text: TEXT,
        title: Some("A title"),
        date: Some("2024-05-08"),
        targets: &targets,
    })
    .expect("it is short")
}

/// A valid answer, with bytes changed or cut as given by `edits`: two bytes of position, one of value.
fn changed(mut sound: Vec<u8>, edits: &[u8]) -> Vec<u8> {
    for edit in edits.as_chunks::<3>().0 {
        let place = usize::from(u16::from_le_bytes([edit[0], edit[1]]));
        match sound.len() {
            0 => {}
            length if place >= 0xff00 => sound.truncate(length - (place & 0xff) % length),
            length => sound[place % length] = edit[2],
        }
    }
    sound
}

fn emitted(document: &Document) -> Vec<u8> {
    let mut emitter = Emitter::new();
    emitter.reset(&document.view());
    emitter.entity(EntityKind::Person, "Clara", WATCHED).mention(span(0, 5), MentionForm::Name);
    emitter.custom("own", span(6, 9), &[1, 2], WATCHED).expect("JSON");
    let mut packed = Vec::new();
    pack_emitted(&emitter, &mut packed);
    packed
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let mut document = document();
    if first & 1 == 0 {
        let answer = if first & 2 == 0 { bytes.to_vec() } else { changed(emitted(&document), bytes) };
        let mut emitter = Emitter::new();
        emitter.reset(&document.view());
        if unpack_emitted(&mut emitter, &answer).is_ok() && document.absorb(&emitter, &LAYERS).is_ok() {
            let read = format!("{:?}", document.view());
            assert!(!read.is_empty());
        }
    } else {
        let mut packed = Vec::new();
        pack_document(&document.view(), true, &mut packed);
        let packed = if first & 2 == 0 { bytes.to_vec() } else { changed(packed, bytes) };
        let mut words = vec![0u64; packed.len().div_ceil(8)];
        words_as_bytes(&mut words)[..packed.len()].copy_from_slice(&packed);
        // The host is trusted to send valid offsets; truncated bytes and invalid text are refused.
        let _ = unpack_document(&words);
    }
});
