//! What the writers of all layers share: a document's line while it is written.

use copydesk_core::layers::EntityId;
use copydesk_core::{DocumentView, Span};

use super::json::JsonWriter;
use super::offsets::OffsetMap;
use super::style::Detail;

/// A line of output that is being written.
pub(super) struct Line<'l, 'b> {
    pub(super) json: JsonWriter<'b>,
    pub(super) text: &'l str,
    pub(super) offsets: &'l OffsetMap,
    pub(super) doc: &'l DocumentView<'l>,
    /// The stage that provides the layer.
    pub(super) stage: &'l str,
    pub(super) detail: Detail,
}

impl Line<'_, '_> {
    /// Whether what can be left to defaults is written too.
    pub(super) fn is_compact(&self) -> bool {
        self.detail == Detail::Compact
    }

    /// An object for each item.
    pub(super) fn objects<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.json.key(key);
        self.json.open_array();
        for item in items {
            self.json.next();
            self.json.open();
            write(self, item);
            self.json.close();
        }
        self.json.close_array();
    }

    /// Start and end.
    pub(super) fn span(&mut self, span: Span) {
        self.json.key("start");
        self.json.number(u64::from(self.offsets.of(self.text, span.start())));
        self.json.key("end");
        self.json.number(u64::from(self.offsets.of(self.text, span.end())));
    }

    /// Start and end, and the words where every span has them.
    pub(super) fn minor_span(&mut self, span: Span) {
        self.span(span);
        if self.detail == Detail::Full {
            self.words(span);
        }
    }

    /// The words of a span.
    pub(super) fn words(&mut self, span: Span) {
        self.text("text", self.doc.slice(span));
    }

    /// A list of spans.
    pub(super) fn spans(&mut self, key: &str, spans: &[Span]) {
        if !(spans.is_empty() && self.is_compact()) {
            self.objects(key, spans, |line, span| line.minor_span(*span));
        }
    }

    /// An id: a letter for the layer and the place in it.
    pub(super) fn id(&mut self, key: &str, letter: u8, index: usize) {
        self.json.key(key);
        self.json.id(letter, index);
    }

    /// A list of ids.
    pub(super) fn ids(&mut self, key: &str, letter: u8, ids: impl ExactSizeIterator<Item = usize>) {
        if ids.len() == 0 && self.is_compact() {
            return;
        }
        self.json.key(key);
        self.json.open_array();
        for id in ids {
            self.json.next();
            self.json.id(letter, id);
        }
        self.json.close_array();
    }

    /// A string.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.json.key(key);
        self.json.string(text);
    }

    /// `true`, where it is so.
    pub(super) fn flag(&mut self, key: &str, set: bool) {
        if set {
            self.json.key(key);
            self.json.raw("true");
        }
    }

    /// The name of an entity that an id refers to, where every id has it.
    pub(super) fn minor_name(&mut self, key: &str, entity: EntityId) {
        if self.detail == Detail::Full
            && let Some(entity) = self.doc.entity(entity)
        {
            self.text(key, entity.name());
        }
    }

    /// How sure the stage is.
    pub(super) fn confidence(&mut self, confidence: f32) {
        if !(confidence == 1.0 && self.is_compact()) {
            self.json.key("confidence");
            self.json.score(confidence);
        }
    }

    /// The rule that made an annotation, behind the name of its stage.
    pub(super) fn rule(&mut self, rule: &str) {
        if !self.is_compact() {
            self.json.key("rule");
            self.json.joined(self.stage, b'/', rule);
        }
    }
}
