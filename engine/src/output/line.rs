//! What the writers of all layers share: a document's line while it is written.
//!
//! An object begins with a field that it always has, whose literal holds the brace (`first_key`); every other field brings its
//! own comma (`key`). So nothing has to look at what is in front of it.

use copydesk_core::layers::EntityId;
use copydesk_core::{DocumentView, Span};

use super::json::{JsonWriter, Rules, first_key, key};
use super::offsets::OffsetMap;
use super::style::Detail;

/// A line of output that is being written.
pub(super) struct Line<'l, 'b> {
    pub(super) json: JsonWriter<'b>,
    pub(super) offsets: &'l OffsetMap,
    pub(super) doc: &'l DocumentView<'l>,
    /// What the rule of an annotation begins with: its key, and the stage that provides the layer.
    pub(super) rule: &'l str,
    pub(super) rules: Rules<'l>,
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
const HEADLINE: u8 = b'h';

/// What the id of an entity begins with, behind that.
const ENTITY: u8 = b'e';

impl<'l> Line<'l, '_> {
    /// Whether what can be left to defaults is written too.
    pub(super) fn is_compact(&self) -> bool {
        self.detail == Detail::Compact
    }

    /// A layer or another list that may be the first field of its object: an object for each item.
    pub(super) fn layer<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        write: impl FnMut(&mut Self, T),
    ) {
        self.json.key(key);
        self.json.open_array();
        self.list(items, write);
    }

    /// An object for each item, behind `opening`: a key and a bracket.
    #[inline]
    pub(super) fn objects<T, const N: usize>(
        &mut self,
        opening: &[u8; N],
        items: impl IntoIterator<Item = T>,
        write: impl FnMut(&mut Self, T),
    ) {
        self.json.literal(opening);
        self.list(items, write);
    }

    #[inline]
    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        for item in items {
            write(self, item);
            self.json.literal(b"},");
        }
        self.json.close_list();
    }

    /// Start and end, as the first fields of an object.
    #[inline]
    pub(super) fn first_span(&mut self, span: Span) {
        self.json.literal_and_number(first_key!("start"), self.offsets.of(span.start()));
        self.json.literal_and_number(key!("end"), self.offsets.of(span.end()));
    }

    /// Start and end, behind other fields.
    #[inline]
    pub(super) fn span(&mut self, span: Span) {
        self.json.literal_and_number(key!("start"), self.offsets.of(span.start()));
        self.json.literal_and_number(key!("end"), self.offsets.of(span.end()));
    }

    /// Start and end as the first fields, and the words where every span has them.
    #[inline]
    pub(super) fn minor_span(&mut self, span: Span) {
        self.first_span(span);
        if self.detail == Detail::Full {
            self.words(span);
        }
    }

    /// The words of a span.
    pub(super) fn words(&mut self, span: Span) {
        self.text(key!("text"), self.doc.slice(span));
    }

    /// A list of spans, behind `opening`: a key and a bracket.
    #[inline]
    pub(super) fn spans<const N: usize>(&mut self, opening: &[u8; N], spans: &[Span]) {
        if !(spans.is_empty() && self.is_compact()) {
            self.objects(opening, spans, |line, span| line.minor_span(*span));
        }
    }

    /// The annotation's own id, as the first field of its object: a letter for the layer and the place in it.
    #[inline]
    pub(super) fn own_id(&mut self, letter: u8, index: usize) {
        self.json.literal(first_key!("id"));
        self.own(letter, index);
    }

    /// A reference to an annotation; `key` is a key.
    #[inline]
    pub(super) fn id<const N: usize>(&mut self, key: &[u8; N], letter: u8, index: usize) {
        self.json.literal(key);
        self.reference(letter, index);
    }

    /// The same, where there is one.
    #[inline]
    pub(super) fn id_if<const N: usize>(&mut self, key: &[u8; N], letter: u8, index: Option<usize>) {
        if let Some(index) = index {
            self.id(key, letter, index);
        }
    }

    /// An id as a value. An entity of a headline that is one of the article's has that one's id.
    #[inline]
    pub(super) fn reference(&mut self, letter: u8, index: usize) {
        match if letter == ENTITY { self.same(index) } else { None } {
            Some(same) => self.json.id([ENTITY], same.index()),
            None => self.own(letter, index),
        }
    }

    /// An id of an annotation of this text.
    #[inline]
    fn own(&mut self, letter: u8, index: usize) {
        if self.article.is_some() {
            self.json.id([HEADLINE, letter], index);
        } else {
            self.json.id([letter], index);
        }
    }

    /// The entity of the article that an entity of a headline is.
    #[inline]
    pub(super) fn same(&self, index: usize) -> Option<EntityId> {
        self.article?.same.get(index).copied().flatten()
    }

    /// The entity of the article, as a value.
    pub(super) fn article_entity(&mut self, entity: EntityId) {
        self.json.id([ENTITY], entity.index());
    }

    /// A list of ids, behind `opening`: a key and a bracket.
    #[inline]
    pub(super) fn ids<const N: usize>(
        &mut self,
        opening: &[u8; N],
        letter: u8,
        ids: impl ExactSizeIterator<Item = usize>,
    ) {
        if ids.len() == 0 && self.is_compact() {
            return;
        }
        self.json.literal(opening);
        for id in ids {
            self.reference(letter, id);
            self.json.byte(b',');
        }
        self.json.close_list();
    }

    /// A string behind a key.
    #[inline]
    pub(super) fn text<const N: usize>(&mut self, key: &[u8; N], text: &str) {
        self.json.literal(key);
        self.json.string(text);
    }

    /// A field that is `true` where it is there.
    #[inline]
    pub(super) fn flag<const N: usize>(&mut self, field: &[u8; N], set: bool) {
        if set {
            self.json.literal(field);
        }
    }

    /// The name of an entity that an id refers to, where every id has it.
    #[inline]
    pub(super) fn minor_name<const N: usize>(&mut self, key: &[u8; N], entity: EntityId) {
        if self.detail == Detail::Full {
            self.name(key, entity);
        }
    }

    /// The name of an entity that an id refers to; the article's where the id is.
    pub(super) fn name<const N: usize>(&mut self, key: &[u8; N], entity: EntityId) {
        let entity = match (self.article, self.same(entity.index())) {
            (Some(article), Some(same)) => article.doc.entity(same),
            _ => self.doc.entity(entity),
        };
        if let Some(entity) = entity {
            self.text(key, entity.name());
        }
    }

    /// How sure the stage is.
    #[inline]
    pub(super) fn confidence(&mut self, confidence: f32) {
        if !(confidence == 1.0 && self.is_compact()) {
            self.json.literal_and_score(key!("confidence"), confidence);
        }
    }

    /// The rule that made an annotation, behind the name of its stage.
    #[inline]
    pub(super) fn rule(&mut self, rule: &'l str) {
        if !self.is_compact() {
            self.json.rule(self.rule, rule, &mut self.rules);
        }
    }
}
