//! The state shared by the writers of all layers while a document's line is written.
//!
//! The first field of an object is always present, and its literal includes the brace (`first_key`); the literal of every other field
//! includes a comma (`key`). So no writer has to check what precedes.

use copydesk_core::layers::EntityId;
use copydesk_core::schema::Reference;
use copydesk_core::{DocumentView, Span};

use super::json::{JsonWriter, Rules, first_key, key};
use super::offsets::OffsetMap;
use super::style::Detail;

/// A line of output that is being written.
pub(super) struct Line<'l, 'b> {
    pub(super) json: JsonWriter<'b>,
    pub(super) offsets: &'l OffsetMap,
    pub(super) doc: &'l DocumentView<'l>,
    /// The prefix of the rule of an annotation: its key, and the stage that provides the layer.
    pub(super) rule: &'l str,
    pub(super) rules: Rules<'l>,
    pub(super) detail: Detail,
    /// For a headline, its article.
    pub(super) article: Option<&'l Article<'l>>,
}

/// The article of a headline.
pub(super) struct Article<'l> {
    pub(super) doc: &'l DocumentView<'l>,
    /// For each entity of the headline, the same entity in the article, if any.
    pub(super) same: &'l [Option<EntityId>],
}

/// The prefix of ids of annotations in a headline, which distinguishes them from the article's.
const HEADLINE: u8 = b'h';

/// The id of an annotation of a headline; for an entity that is also in the article, the id there.
pub(crate) fn headline_id(reference: Reference, index: usize, same: Option<EntityId>) -> String {
    match same {
        Some(same) => same.to_string(),
        None => format!("{}{}{}", char::from(HEADLINE), reference.letter(), index + 1),
    }
}

/// The letter of ids of entities, after that prefix.
const ENTITY: u8 = b'e';

impl<'l> Line<'l, '_> {
    /// Whether defaults are omitted.
    pub(super) fn is_compact(&self) -> bool {
        self.detail == Detail::Compact
    }

    /// A layer, or another list that may be the first field of its object, with an object for each item.
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

    /// A list with an object for each item, after `opening`: a key and a bracket.
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

    /// Start and end, after other fields.
    #[inline]
    pub(super) fn span(&mut self, span: Span) {
        self.json.literal_and_number(key!("start"), self.offsets.of(span.start()));
        self.json.literal_and_number(key!("end"), self.offsets.of(span.end()));
    }

    /// Start and end as the first fields, and the text if all spans have theirs.
    #[inline]
    pub(super) fn minor_span(&mut self, span: Span) {
        self.first_span(span);
        if self.detail == Detail::Full {
            self.words(span);
        }
    }

    /// The text of a span.
    pub(super) fn words(&mut self, span: Span) {
        self.text(key!("text"), self.doc.slice(span));
    }

    /// A list of spans, after `opening`: a key and a bracket.
    #[inline]
    pub(super) fn spans<const N: usize>(&mut self, opening: &[u8; N], spans: &[Span]) {
        if !(spans.is_empty() && self.is_compact()) {
            self.objects(opening, spans, |line, span| line.minor_span(*span));
        }
    }

    /// The annotation's own id, as the first field of its object: the letter of the layer and the index.
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

    /// The same, if there is one.
    #[inline]
    pub(super) fn id_if<const N: usize>(&mut self, key: &[u8; N], letter: u8, index: Option<usize>) {
        if let Some(index) = index {
            self.id(key, letter, index);
        }
    }

    /// An id as a value. An entity of a headline that is also in the article has the id it has there.
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

    /// The entity of the article that is the same as an entity of a headline.
    #[inline]
    pub(super) fn same(&self, index: usize) -> Option<EntityId> {
        self.article?.same.get(index).copied().flatten()
    }

    /// The entity of the article, as a value.
    pub(super) fn article_entity(&mut self, entity: EntityId) {
        self.json.id([ENTITY], entity.index());
    }

    /// A list of ids, after `opening`: a key and a bracket.
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

    /// A string after a key.
    #[inline]
    pub(super) fn text<const N: usize>(&mut self, key: &[u8; N], text: &str) {
        self.json.literal(key);
        self.json.string(text);
    }

    /// A field that is `true` if present.
    #[inline]
    pub(super) fn flag<const N: usize>(&mut self, field: &[u8; N], set: bool) {
        if set {
            self.json.literal(field);
        }
    }

    /// The name of an entity that an id refers to, if all ids have theirs.
    #[inline]
    pub(super) fn minor_name<const N: usize>(&mut self, key: &[u8; N], entity: EntityId) {
        if self.detail == Detail::Full {
            self.name(key, entity);
        }
    }

    /// The name of an entity that an id refers to; from the article if the id is.
    pub(super) fn name<const N: usize>(&mut self, key: &[u8; N], entity: EntityId) {
        let entity = match (self.article, self.same(entity.index())) {
            (Some(article), Some(same)) => article.doc.entity(same),
            _ => self.doc.entity(entity),
        };
        if let Some(entity) = entity {
            self.text(key, entity.name());
        }
    }

    /// The confidence of the stage.
    #[inline]
    pub(super) fn confidence(&mut self, confidence: f32) {
        if !(confidence == 1.0 && self.is_compact()) {
            self.json.literal_and_score(key!("confidence"), confidence);
        }
    }

    /// The rule that made an annotation, after the name of its stage.
    #[inline]
    pub(super) fn rule(&mut self, rule: &'l str) {
        if !self.is_compact() {
            self.json.rule(self.rule, rule, &mut self.rules);
        }
    }
}
