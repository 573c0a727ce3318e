//! Entities and their mentions.

use super::{LayersView, Run, StrRef, tag};
use crate::Span;

tag! {
    /// What sort of thing an entity is.
    EntityKind {
        /// A human being, or a character treated as one.
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
        /// A thing made or sold under a name.
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
    /// In which form a mention refers to its entity.
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

/// An entity of one document, by its place in the sorted entity layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub(crate) u32);

impl EntityId {
    /// The place in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entity as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EntityRecord {
    pub(crate) name: StrRef,
    pub(crate) rule: StrRef,
    /// Into the mentions.
    pub(crate) mentions: Run,
    /// Identifiers elsewhere (scheme, id), into the pairs.
    pub(crate) links: Run,
    /// Attributes (name, value), into the pairs.
    pub(crate) attributes: Run,
    pub(crate) confidence: f32,
    /// 0..1, or negative where no stage judged it.
    pub(crate) salience: f32,
    pub(crate) kind: u8,
    pub(crate) reserved: [u8; 3],
}

/// A mention as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MentionRecord {
    pub(crate) span: Span,
    /// The entity that owns it; set by the host.
    pub(crate) entity: u32,
    pub(crate) form: u8,
    pub(crate) reserved: [u8; 3],
}

/// A named value of an entity: a link (scheme, id) or an attribute, which may name another entity.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PairRecord {
    pub(crate) key: StrRef,
    pub(crate) value: StrRef,
    pub(crate) entity: u32,
}

/// An entity of a document, read.
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

    /// What sort of thing it is.
    pub fn kind(self) -> EntityKind {
        EntityKind::from_byte(self.record().kind).unwrap_or(EntityKind::Other)
    }

    /// Its fullest name in the document.
    pub fn name(self) -> &'a str {
        self.layers.str(self.record().name)
    }

    /// How sure the stage is of it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// How central it is to the document, 0..1, where a stage judged that.
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

    /// Identifiers elsewhere: (scheme, id), for example ("iso3166", "RU").
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
        layers.run(layers.pairs, self.record().attributes).iter().map(|pair| {
            (layers.str(pair.key), layers.str(pair.value), super::some_id(pair.entity).map(EntityId))
        })
    }
}

/// One place where the text refers to an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// To which entity.
    pub entity: EntityId,
    /// In which form.
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
