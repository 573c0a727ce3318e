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
    /// Of a headline, the article.
    pub(super) article: Option<&'l Article<'l>>,
}

/// The article that a headline stands above.
pub(super) struct Article<'l> {
    pub(super) doc: &'l DocumentView<'l>,
    /// For each entity of the headline, the article's entity that it is.
    pub(super) same: &'l [Option<EntityId>],
}

/// What ids of annotations of a headline begin with, so that they are none of the article's.
const HEADLINE: &str = "h";

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

    /// The annotation's own id: a letter for the layer and the place in it.
    pub(super) fn own_id(&mut self, letter: u8, index: usize) {
        self.json.key("id");
        self.json.id(if self.article.is_some() { HEADLINE } else { "" }, letter, index);
    }

    /// A reference to an annotation.
    pub(super) fn id(&mut self, key: &str, letter: u8, index: usize) {
        self.json.key(key);
        self.reference(letter, index);
    }

    /// An id as a value. An entity of a headline that is one of the article's has that one's id.
    pub(super) fn reference(&mut self, letter: u8, index: usize) {
        let same = if letter == b'e' { self.same(index) } else { None };
        match same {
            Some(same) => self.json.id("", letter, same.index()),
            None => self.json.id(if self.article.is_some() { HEADLINE } else { "" }, letter, index),
        }
    }

    /// The entity of the article that an entity of a headline is.
    pub(super) fn same(&self, index: usize) -> Option<EntityId> {
        self.article?.same.get(index).copied().flatten()
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
            self.reference(letter, id);
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
        if self.detail == Detail::Full {
            self.name(key, entity);
        }
    }

    /// The name of an entity that an id refers to; the article's where the id is.
    pub(super) fn name(&mut self, key: &str, entity: EntityId) {
        let entity = match (self.article, self.same(entity.index())) {
            (Some(article), Some(same)) => article.doc.entity(same),
            _ => self.doc.entity(entity),
        };
        if let Some(entity) = entity {
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
