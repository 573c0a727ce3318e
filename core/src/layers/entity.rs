//! Entities and their mentions.

use super::fields::{Fields, IdOf, List, Record, index_record};
use super::{Layers, LayersView, NONE, Run, StrRef, some_id, tag};
use crate::absorb::{Checked, Violation, renumber, reorder};
use crate::{DocumentView, Emitter, RuleId, Span};

tag! {
    /// The kind of an entity.
    EntityKind {
        /// A human being, or a character treated like one.
        Person = 0 "person",
        /// A company, institution, party, agency, team.
        Organization = 1 "organization",
        /// A country, city, region, sea or other place.
        Location = 2 "location",
        /// A building, airport, bridge, base.
        Facility = 3 "facility",
        /// A nationality, religion, ethnic or political group.
        Group = 4 "group",
        /// A named war, election, tournament, storm.
        Event = 5 "event",
        /// A named thing that is made or sold.
        Product = 6 "product",
        /// A book, film, newspaper article, song.
        Work = 7 "work",
        /// A treaty, act, bill or agreement.
        Law = 8 "law",
        /// A name of none of these kinds.
        Other = 9 "other",
    }
}

tag! {
    /// The form in which a mention refers to its entity.
    MentionForm {
        /// The name, whole or in part.
        Name = 0 "name",
        /// A short form or acronym.
        Alias = 1 "alias",
        /// The adjective or noun of a place: "Russian" for Russia.
        Demonym = 2 "demonym",
        /// A common noun: "the ministry".
        Nominal = 3 "nominal",
        /// A pronoun.
        Pronoun = 4 "pronoun",
    }
}

/// An entity of a document: its index in the sorted entity layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub(crate) u32);

impl EntityId {
    /// The index in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entity in an [`Emitter`] that is not yet part of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NewEntity(u32);

/// An entity that an annotation refers to: one of the document or, for a stage that fills the entity layer itself, one of the
/// same emitter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntityRef(pub(crate) u32);

impl From<EntityId> for EntityRef {
    fn from(id: EntityId) -> Self {
        Self(id.0)
    }
}

impl From<NewEntity> for EntityRef {
    fn from(id: NewEntity) -> Self {
        Self(id.0)
    }
}

/// An entity as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EntityRecord {
    pub(crate) name: StrRef,
    pub(crate) rule: StrRef,
    /// Indices into the mentions.
    pub(crate) mentions: Run,
    /// Identifiers in other databases (scheme, id): indices into the pairs.
    pub(crate) links: Run,
    /// Attributes (name, value): indices into the pairs.
    pub(crate) attributes: Run,
    pub(crate) confidence: f32,
    /// 0..1, or negative if no stage has set it.
    pub(crate) salience: f32,
    pub(crate) kind: u8,
    pub(crate) reserved: [u8; 3],
    /// A field that a later version might add, for tests of ABI compatibility.
    #[cfg(feature = "abi-next")]
    pub(crate) next: u32,
}

impl Record for EntityRecord {
    const NAME: &'static str = "entity";
    const FIRST_SIZE: usize = 52;
    const ABSENT: Self = Self {
        name: StrRef::EMPTY,
        rule: StrRef::EMPTY,
        mentions: Run::EMPTY,
        links: Run::EMPTY,
        attributes: Run::EMPTY,
        confidence: 1.0,
        salience: -1.0,
        kind: 0,
        reserved: [0; 3],
        #[cfg(feature = "abi-next")]
        next: NONE,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.tag("kind", self.kind.into(), EntityKind::from_byte(self.kind).is_some());
        fields.string("name", &mut self.name);
        fields.string("rule", &mut self.rule);
        fields.list("mentions", &mut self.mentions, List::Mentions);
        fields.list("links", &mut self.links, List::Pairs);
        fields.list("attributes", &mut self.attributes, List::Pairs);
        fields.unit("confidence", self.confidence);
        if self.salience >= 0.0 || self.salience.is_nan() {
            fields.unit("salience", self.salience);
        }
        fields.required("a mention", self.mentions.len > 0);
        fields.required("rule", self.rule.len > 0);
        fields.reserved(&self.reserved);
    }
}

/// A mention as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MentionRecord {
    pub(crate) span: Span,
    /// The entity that it belongs to; set by the host.
    pub(crate) entity: u32,
    pub(crate) form: u8,
    pub(crate) reserved: [u8; 3],
}

impl Record for MentionRecord {
    const NAME: &'static str = "mention";
    const FIRST_SIZE: usize = 16;
    const ABSENT: Self = Self { span: Span::ABSENT, entity: NONE, form: 0, reserved: [0; 3] };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        fields.tag("form", self.form.into(), MentionForm::from_byte(self.form).is_some());
        fields.host_id(&mut self.entity);
        fields.reserved(&self.reserved);
    }
}

/// A named value of an entity: a link (scheme, id) or an attribute, which may name another entity.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PairRecord {
    pub(crate) key: StrRef,
    pub(crate) value: StrRef,
    pub(crate) entity: u32,
}

impl Record for PairRecord {
    const NAME: &'static str = "pair";
    const FIRST_SIZE: usize = 20;
    const ABSENT: Self = Self { key: StrRef::EMPTY, value: StrRef::EMPTY, entity: NONE };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.string("key", &mut self.key);
        fields.string("value", &mut self.value);
        fields.id("entity", &mut self.entity, IdOf::Entities);
    }
}

index_record! {
    /// The index of a mention; an array of them lists the mentions of all entities in text order.
    MentionIndex "mention index"
}

/// Each mention belongs to one entity: the runs of the entities are consecutive and cover all mentions.
pub(crate) fn check_whole(batch: &Layers) -> Checked {
    let mut next = 0;
    for (index, entity) in batch.entities.iter().enumerate() {
        if entity.mentions.start as usize != next {
            return Err(Violation::Dangling { layer: EntityRecord::NAME, index, field: "mentions" });
        }
        next += entity.mentions.len as usize;
    }
    if batch.mentions.len() > next {
        return Err(Violation::Dangling { layer: MentionRecord::NAME, index: next, field: "entity" });
    }
    Ok(())
}

/// Sorts entities, and the mentions of each, into text order and updates the ids that refer to them.
pub(crate) fn sort(layers: &mut Layers) {
    for entity in &layers.entities {
        layers.mentions[entity.mentions.range()].sort_by_key(|mention| mention.span);
    }
    let mentions = &layers.mentions;
    let places = reorder(&mut layers.entities, |entity| mentions[entity.mentions.start as usize].span);
    for (index, entity) in layers.entities.iter().enumerate() {
        for mention in &mut layers.mentions[entity.mentions.range()] {
            mention.entity = index as u32;
        }
    }
    layers.mention_order.clear();
    layers.mention_order.extend((0..layers.mentions.len() as u32).map(MentionIndex));
    let mentions = &layers.mentions;
    layers.mention_order.sort_by_key(|at| mentions[at.0 as usize].span);
    if let Some(places) = places {
        renumber(layers, IdOf::Entities, &places);
    }
}

/// An entity of a document.
#[derive(Clone, Copy)]
pub struct Entity<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) index: u32,
}

impl<'a> Entity<'a> {
    fn record(self) -> &'a EntityRecord {
        &self.layers.entities[self.index as usize]
    }

    /// Its id in this document.
    pub const fn id(self) -> EntityId {
        EntityId(self.index)
    }

    /// Its kind.
    pub fn kind(self) -> EntityKind {
        EntityKind::from_byte(self.record().kind).unwrap_or(EntityKind::Other)
    }

    /// Its fullest name in the document.
    pub fn name(self) -> &'a str {
        self.layers.str(self.record().name)
    }

    /// The stage's confidence in it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// How central it is to the document, 0..1, if a stage has set it.
    pub fn salience(self) -> Option<f32> {
        Some(self.record().salience).filter(|salience| *salience >= 0.0)
    }

    /// The rule or feature group that found it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record().rule)
    }

    /// Its mentions, in text order.
    pub fn mentions(self) -> impl ExactSizeIterator<Item = Mention> + use<'a> {
        self.layers.run(self.layers.mentions, self.record().mentions).iter().map(Mention::of)
    }

    /// Identifiers in other databases: (scheme, id), for example ("iso3166", "RU").
    pub fn links(self) -> impl ExactSizeIterator<Item = (&'a str, &'a str)> + use<'a> {
        let layers = self.layers;
        layers
            .run(layers.pairs, self.record().links)
            .iter()
            .map(|pair| (layers.str(pair.key), layers.str(pair.value)))
    }

    /// Attributes: (name, value, the entity that the value names).
    pub fn attributes(self) -> impl ExactSizeIterator<Item = (&'a str, &'a str, Option<EntityId>)> + use<'a> {
        let layers = self.layers;
        layers
            .run(layers.pairs, self.record().attributes)
            .iter()
            .map(|pair| (layers.str(pair.key), layers.str(pair.value), some_id(pair.entity).map(EntityId)))
    }
}

/// One place where the text refers to an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Its position.
    pub span: Span,
    /// The entity that it refers to.
    pub entity: EntityId,
    /// Its form.
    pub form: MentionForm,
}

impl Mention {
    pub(crate) fn of(record: &MentionRecord) -> Self {
        Self {
            span: record.span,
            entity: EntityId(record.entity),
            form: MentionForm::from_byte(record.form).unwrap_or(MentionForm::Name),
        }
    }
}

/// The mentions whose span starts inside `within`, in text order.
pub(crate) fn mentions_in<'a>(
    layers: &'a LayersView<'a>,
    within: Span,
) -> impl Iterator<Item = Mention> + use<'a> {
    let order = layers.mention_order;
    let first = order.partition_point(|at| layers.mentions[at.0 as usize].span.start() < within.start());
    order[first..]
        .iter()
        .map(move |at| Mention::of(&layers.mentions[at.0 as usize]))
        .take_while(move |mention| mention.span.start() < within.end())
}

impl DocumentView<'_> {
    /// The entities, in the order of their first mentions.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> {
        let layers = &self.layers;
        (0..layers.entities.len() as u32).map(move |index| Entity { layers, index })
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> Option<Entity<'_>> {
        (id.index() < self.layers.entities.len()).then_some(Entity { layers: &self.layers, index: id.0 })
    }

    /// The mentions of all entities that start inside a span, in text order.
    pub fn mentions_in(&self, within: Span) -> impl Iterator<Item = Mention> + '_ {
        mentions_in(&self.layers, within)
    }

    /// All mentions, in text order.
    pub fn mentions(&self) -> impl ExactSizeIterator<Item = Mention> + '_ {
        self.layers.mention_order.iter().map(|at| Mention::of(&self.layers.mentions[at.0 as usize]))
    }
}

impl Emitter {
    /// Adds an entity under its fullest name, found by `rule`. It needs at least one mention.
    pub fn entity(&mut self, kind: EntityKind, name: &str, rule: RuleId) -> EntityBuilder<'_> {
        let (name, rule) = (self.layers.push_str(name), self.intern(rule));
        let mentions = Run { start: self.layers.mentions.len() as u32, len: 0 };
        self.layers.entities.push(EntityRecord {
            name,
            rule,
            mentions,
            kind: kind as u8,
            ..EntityRecord::ABSENT
        });
        EntityBuilder { index: self.layers.entities.len() - 1, emitter: self }
    }
}

/// Adds details to an entity.
pub struct EntityBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl EntityBuilder<'_> {
    fn record(&mut self) -> &mut EntityRecord {
        &mut self.emitter.layers.entities[self.index]
    }

    /// The id, for relations within this emitter.
    pub fn id(self) -> NewEntity {
        NewEntity(self.index as u32)
    }

    /// Sets the confidence, 0..1 (default 1).
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }

    /// Sets how central the entity is to the document, 0..1.
    pub fn salience(mut self, salience: f32) -> Self {
        self.record().salience = salience;
        self
    }

    /// Adds a mention.
    pub fn mention(mut self, span: Span, form: MentionForm) -> Self {
        let entity = self.index as u32;
        self.emitter.layers.mentions.push(MentionRecord { span, entity, form: form as u8, reserved: [0; 3] });
        self.record().mentions.len += 1;
        self
    }

    /// Sets the identifiers in other databases: (scheme, id).
    pub fn links<'s>(mut self, links: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        self.record().links = self.pairs(links.into_iter().map(|(key, value)| (key, value, None)));
        self
    }

    /// Sets the attributes: (name, value, the entity that the value names).
    pub fn attributes<'s>(
        mut self,
        attributes: impl IntoIterator<Item = (&'s str, &'s str, Option<NewEntity>)>,
    ) -> Self {
        self.record().attributes = self.pairs(attributes);
        self
    }

    fn pairs<'s>(&mut self, pairs: impl IntoIterator<Item = (&'s str, &'s str, Option<NewEntity>)>) -> Run {
        let start = self.emitter.layers.pairs.len() as u32;
        for (key, value, entity) in pairs {
            let (key, value) = (self.emitter.layers.push_str(key), self.emitter.layers.push_str(value));
            self.emitter.layers.pairs.push(PairRecord { key, value, entity: entity.map_or(NONE, |id| id.0) });
        }
        Run { start, len: self.emitter.layers.pairs.len() as u32 - start }
    }
}
