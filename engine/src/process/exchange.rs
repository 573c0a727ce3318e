//! The requests and answers of stages in other languages about documents, independent of the transport.

use copydesk_core::{DocumentView, Effect, Emitter, Rule, RuleId, StageError, StageInfo, layer};
use serde_json::Value;

use super::protocol::{Answer, FOUND};
use crate::output::{Detail, DocumentWriter, Head, OffsetMap, OffsetUnit, Style};

/// What a stage may read and write: the layers it receives, and the annotations it may make.
#[derive(Clone)]
pub(super) struct Exchange {
    layers: Vec<(String, String)>,
    provides: Vec<String>,
    rules: Vec<RuleId>,
}

/// Writes requests, with the buffers that answers need too.
pub(super) struct RequestWriter {
    writer: DocumentWriter,
    offsets: OffsetMap,
    /// The number of the last document.
    pub(super) number: u64,
}

impl Exchange {
    /// The exchange with the stage described by `info`.
    pub(super) fn new(info: &StageInfo) -> Self {
        // Rules are compared by address, so each is created once and kept.
        let rules = info.rules.iter().map(|rule| {
            let text = |text: &String| -> &'static str { Box::leak(text.clone().into_boxed_str()) };
            RuleId::new(Box::leak(Box::new(Rule {
                code: text(&rule.code),
                effect: Effect::Finds,
                what: text(&rule.what),
                why: text(&rule.why),
                example: text(&rule.example),
                counterexample: text(&rule.counterexample),
            })))
        });
        Self { layers: layers(info), provides: info.provides.clone(), rules: rules.collect() }
    }

    /// A new writer of requests.
    pub(super) fn request_writer(&self) -> RequestWriter {
        let style = Style::new(OffsetUnit::Chars, Detail::Standard);
        let writer = DocumentWriter::new(style, self.layers.clone(), &[]);
        RequestWriter { writer, offsets: OffsetMap::new(OffsetUnit::Chars), number: 0 }
    }

    /// Emits the annotations of an answer.
    pub(super) fn emit(
        &self,
        answer: &Answer<'_>,
        doc: &DocumentView<'_>,
        request_writer: &mut RequestWriter,
        out: &mut Emitter,
    ) -> Result<(), StageError> {
        if let Some(error) = &answer.error {
            return Err(StageError::failed(error));
        }
        let layers = answer
            .layers
            .as_ref()
            .ok_or_else(|| StageError::failed("the answer has neither layers nor an error"))?;
        let offsets = &mut request_writer.offsets;
        offsets.load(doc.text());
        for (name, annotations) in layers {
            if !self.provides.iter().any(|layer| **layer == **name) {
                return Err(StageError::failed(format!(
                    "it fills the layer `{name}`, which it does not provide"
                )));
            }
            for found in annotations {
                let byte = |offset| offsets.to_byte(doc.text(), offset);
                let span =
                    byte(found.start).zip(byte(found.end)).and_then(|(start, end)| doc.span(start, end));
                let Some(span) = span else {
                    let (start, end) = (found.start, found.end);
                    return Err(StageError::failed(format!(
                        "an annotation of `{name}` is at {start} to {end}, which is not a span of the text"
                    )));
                };
                if found.text.as_ref().is_some_and(|text| **text != *doc.slice(span)) {
                    return Err(StageError::failed(format!(
                        "the text of an annotation of `{name}` at {} differs from the document's text",
                        found.start
                    )));
                }
                let code = found.rule.as_deref().unwrap_or(FOUND);
                let rule = self.rules.iter().find(|rule| rule.code() == code);
                let Some(rule) = rule else {
                    return Err(StageError::failed(format!(
                        "an annotation names the rule `{code}`, which the program has not declared"
                    )));
                };
                let custom = out.custom(name, span, &found.value, *rule)?;
                if let Some(confidence) = found.confidence {
                    custom.confidence(confidence);
                }
            }
        }
        Ok(())
    }
}

impl RequestWriter {
    /// The next request, a line.
    pub(super) fn request(&mut self, doc: &DocumentView<'_>) -> Vec<u8> {
        let head =
            Head { id: doc.id(), title: doc.title(), date: doc.date(), text: doc.text(), ..Head::default() };
        self.number += 1;
        let mut request = format!("{{\"number\":{},\"document\":", self.number).into_bytes();
        self.writer.write(&head, doc, None, &mut request);
        // The line of a document ends with a line feed.
        request.pop();
        request.extend_from_slice(b"}\n");
        request
    }
}

/// The options of a stage: its defaults, overridden by those in the pipeline.
pub(super) fn settings(info: &StageInfo, options: &str) -> Value {
    let mut settings = info.options_default.clone();
    let given: Value = serde_json::from_str(options).unwrap_or_default();
    if let (Some(settings), Some(given)) = (settings.as_object_mut(), given.as_object()) {
        settings.extend(given.clone());
    }
    settings
}

/// The layers that a program receives, each with the stage that provides its rules.
fn layers(info: &StageInfo) -> Vec<(String, String)> {
    let stage = |name: &str| match name {
        layer::ENTITIES => "entity".to_owned(),
        layer::QUOTES => "quote".to_owned(),
        layer::FIGURES => "figure".to_owned(),
        name => name.to_owned(),
    };
    info.requires.iter().chain(&info.uses).map(|name| (name.clone(), stage(name))).collect()
}
