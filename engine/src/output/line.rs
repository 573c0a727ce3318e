//! What the writers of all layers share: a document's line while it is written.

use copydesk_core::{DocumentView, Span};

use super::json::JsonWriter;
use super::offsets::OffsetMap;

/// A line of output that is being written.
pub(super) struct Line<'l, 'b> {
    pub(super) json: JsonWriter<'b>,
    pub(super) text: &'l str,
    pub(super) offsets: &'l OffsetMap,
    pub(super) doc: &'l DocumentView<'l>,
    /// The stage that provides the layer.
    pub(super) stage: &'l str,
}

impl Line<'_, '_> {
    pub(super) fn span(&mut self, span: Span) {
        self.json.key("start");
        self.json.number(u64::from(self.offsets.of(self.text, span.start())));
        self.json.key("end");
        self.json.number(u64::from(self.offsets.of(self.text, span.end())));
    }

    pub(super) fn spans(&mut self, key: &str, spans: &[Span]) {
        self.json.key(key);
        self.json.open_array();
        for span in spans {
            self.json.next();
            self.json.open();
            self.span(*span);
            self.json.close();
        }
        self.json.close_array();
    }

    pub(super) fn id(&mut self, key: &str, letter: u8, index: usize) {
        self.json.key(key);
        self.json.id(letter, index);
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.json.key(key);
        self.json.string(text);
    }

    pub(super) fn confidence(&mut self, confidence: f32) {
        self.json.key("confidence");
        self.json.score(confidence);
    }

    pub(super) fn provenance(&mut self, rule: &str) {
        self.json.key("provenance");
        self.json.open();
        self.json.key("stage");
        self.json.string(self.stage);
        if !rule.is_empty() {
            self.text("rule", rule);
        }
        self.json.close();
    }

    pub(super) fn ids(&mut self, key: &str, letter: u8, ids: impl Iterator<Item = usize>) {
        self.json.key(key);
        self.json.open_array();
        for id in ids {
            self.json.next();
            self.json.id(letter, id);
        }
        self.json.close_array();
    }
}
