//! Feeds any bytes to the host as the greeting and the answer of a stage in another language: the result is an error or annotations that
//! can be read.
#![no_main]

use std::sync::Arc;

use copydesk_core::schema::LayerSchemas;
use copydesk_core::{Document, Emitter, Source, StageFactory};
use copydesk_engine::CalledFactory;

const HELLO: &str = r##"{"copydesk": 1, "name": "own", "version": "1", "summary": "Marks.", "provides": ["own", "other"], "requires": ["entities"],
"uses": [], "options": {"type": "object", "properties": {"a": {"default": 1}}}, "rules": [{"code": "word", "what": "Marks."}],
"schemas": {"own": {"anyOf": [{"type": "object", "required": ["who"], "properties": {"who": {"type": "string", "format": "entity"}, "more":
{"$ref": "#/$defs/More"}}, "additionalProperties": false}, {"enum": [1, "a"]}], "$defs": {"More": {"type": ["array", "null"], "items":
{"$ref": "#"}, "maxItems": 2, "uniqueItems": true}}}}}"##;

const ANSWER: &str = r#"{"number": 1, "layers": {"own": [{"start": 0, "end": 5, "value": {"who": "e1", "more": [1, "a"]}, "confidence": 0.9,
"rule": "word", "text": "Clara"}, {"start": 10, "end": 14, "value": "a"}], "other": [{"start": 15, "end": 15, "value": [null, 1e4]}]}}"#;

const TEXT: &str = "Clara met Béla. 😀";

/// A valid text with bytes changed, inserted, removed or cut off as `edits` says: two bytes of position, one for how, one of value.
fn changed(sound: &str, edits: &[u8]) -> Vec<u8> {
    let mut bytes = sound.as_bytes().to_vec();
    for edit in edits.as_chunks::<4>().0 {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % bytes.len().max(1);
        match edit[2] % 5 {
            0 if at < bytes.len() => bytes[at] = edit[3],
            1 => bytes.insert(at, edit[3]),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 => bytes.truncate(at),
            _ if at < bytes.len() => bytes[at] = b"0123456789[]{}\",:-e"[usize::from(edit[3]) % 19],
            _ => {}
        }
    }
    bytes
}

/// Takes a document through everything that such a stage's answer goes through.
fn go_through(hello: &[u8], answer: Vec<u8>) {
    let Ok(factory) = CalledFactory::new(hello, Arc::new(move |_: &[u8], _: &_| Ok(answer.clone()))) else {
        return;
    };
    let Ok(schemas) = LayerSchemas::of(factory.info()) else { return };
    let stage = factory.build("{}").expect("a function takes any options");
    let mut document = Document::new(Source { id: "a", text: TEXT, ..Source::default() }).expect("it is short");
    let mut emitter = Emitter::new();
    emitter.reset(&document.view());
    if stage.analyze(&document.view(), &mut emitter).is_ok()
        && document.absorb(&emitter, &factory.info().provides).is_ok()
        && schemas.check(&document.view()).is_ok()
    {
        for custom in document.view().customs() {
            assert!(document.view().text().get(custom.span().range()).is_some());
            serde_json::from_str::<serde::de::IgnoredAny>(custom.payload()).expect("the payload is JSON");
        }
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    // The first half of the rest is for the greeting, the second for the answer; either may be the bytes themselves.
    let (hello, answer) = bytes.split_at(bytes.len() / 2);
    let hello = match first & 3 {
        0 => hello.to_vec(),
        1 => HELLO.as_bytes().to_vec(),
        _ => changed(HELLO, hello),
    };
    let answer = if first & 4 == 0 { changed(ANSWER, answer) } else { answer.to_vec() };
    go_through(&hello, answer);
});
