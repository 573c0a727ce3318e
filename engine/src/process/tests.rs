//! Whatever a program says, and whatever a function answers: an error, or annotations that can be read.

use std::sync::Arc;

use copydesk_core::schema::LayerSchemas;
use copydesk_core::{Document, Emitter, Source, StageFactory};
use proptest::collection::vec;
use proptest::prelude::*;

use super::CalledFactory;

const HELLO: &str = r##"{"copydesk": 1, "name": "own", "version": "1", "summary": "Marks.", "provides": ["own", "other"], "requires": ["entities"],
"uses": [], "options": {"type": "object", "properties": {"a": {"default": 1}}}, "rules": [{"code": "word", "what": "Marks."}],
"schemas": {"own": {"anyOf": [{"type": "object", "required": ["who"], "properties": {"who": {"type": "string", "format": "entity"}, "more":
{"$ref": "#/$defs/More"}}, "additionalProperties": false}, {"enum": [1, "a"]}], "$defs": {"More": {"type": ["array", "null"], "items":
{"$ref": "#"}, "maxItems": 2, "uniqueItems": true}}}}}"##;

const ANSWER: &str = r#"{"number": 1, "layers": {"own": [{"start": 0, "end": 5, "value": {"who": "e1", "more": [1, "a"]}, "confidence": 0.9,
"rule": "word", "text": "Clara"}, {"start": 10, "end": 14, "value": "a"}], "other": [{"start": 15, "end": 15, "value": [null, -1e400, "\ud83d\ude00"]}]}}"#;

const TEXT: &str = "Clara met Béla. 😀";

/// A text with bytes changed, put in or left out.
fn changed(sound: &str, edits: &[(u16, u8, u8)]) -> Vec<u8> {
    let mut bytes = sound.as_bytes().to_vec();
    for (place, how, byte) in edits {
        let at = usize::from(*place) % bytes.len().max(1);
        match how % 4 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            // A digit or a bracket somewhere does more than any byte.
            _ if at < bytes.len() => bytes[at] = b"0123456789[]{}\",:-e"[usize::from(*byte) % 19],
            _ => {}
        }
    }
    bytes
}

/// Goes all the way that a document goes; nothing may panic, and what is taken over can be read.
fn go_through(hello: &[u8], answer: Vec<u8>) {
    let Ok(factory) = CalledFactory::new(hello, Arc::new(move |_: &[u8], _: &_| Ok(answer.clone()))) else {
        return;
    };
    let Ok(schemas) = LayerSchemas::of(factory.info()) else { return };
    let stage = factory.build("{}").expect("a function takes any options");
    let mut document = Document::new(Source { id: "a", text: TEXT, ..Source::default() }).expect("short");
    let mut emitter = Emitter::new();
    emitter.reset(&document.view());
    if stage.analyze(&document.view(), &mut emitter).is_ok()
        && document.absorb(&emitter, &factory.info().provides).is_ok()
        && schemas.check(&document.view()).is_ok()
    {
        for custom in document.view().customs() {
            assert!(document.view().text().get(custom.span().range()).is_some());
            serde_json::from_str::<serde::de::IgnoredAny>(custom.payload()).expect("JSON");
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_an_error_or_annotations(hello in vec(any::<u8>(), 0..200), answer in vec(any::<u8>(), 0..200)) {
        go_through(&hello, answer.clone());
        go_through(HELLO.as_bytes(), answer);
    }

    #[test]
    fn a_greeting_and_an_answer_with_faults_are_an_error_or_annotations(
        hello in vec(any::<(u16, u8, u8)>(), 0..4),
        answer in vec(any::<(u16, u8, u8)>(), 0..4),
    ) {
        go_through(&changed(HELLO, &hello), changed(ANSWER, &answer));
    }
}

#[test]
fn what_these_are_made_from_is_right() {
    let factory = CalledFactory::new(HELLO.as_bytes(), Arc::new(|_: &[u8], _: &_| Err(String::new())))
        .expect("a greeting");
    assert!(LayerSchemas::of(factory.info()).is_ok_and(|schemas| schemas.refer()));
}
