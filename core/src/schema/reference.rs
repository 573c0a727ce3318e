//! Ids of annotations inside values: "e3" is the third entity of the document.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::layers::{ClaimId, EntityId, FigureId, QuoteId};
use crate::{DocumentView, layer};

/// The kind of annotation that an id refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// An entity: e1.
    Entity,
    /// A quote: q1.
    Quote,
    /// A figure: f1.
    Figure,
    /// A claim: c1.
    Claim,
}

impl Reference {
    const ALL: [Self; 4] = [Self::Entity, Self::Quote, Self::Figure, Self::Claim];

    /// The `format` of such strings in a JSON Schema.
    pub const fn format(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Quote => "quote",
            Self::Figure => "figure",
            Self::Claim => "claim",
        }
    }

    /// The kind that a `format` stands for.
    pub fn of_format(format: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reference| reference.format() == format)
    }

    /// The first letter of its ids.
    pub const fn letter(self) -> char {
        match self {
            Self::Entity => 'e',
            Self::Quote => 'q',
            Self::Figure => 'f',
            Self::Claim => 'c',
        }
    }

    /// The layer, which is also the name of its table.
    pub const fn layer(self) -> &'static str {
        match self {
            Self::Entity => layer::ENTITIES,
            Self::Quote => layer::QUOTES,
            Self::Figure => layer::FIGURES,
            Self::Claim => layer::CLAIMS,
        }
    }

    /// The index in the layer that an id stands for, from 0.
    pub fn place(self, id: &str) -> Option<usize> {
        let number = id.strip_prefix(self.letter())?;
        let plain = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
        number.parse::<usize>().ok().filter(|_| plain)?.checked_sub(1)
    }
}

/// The numbers of annotations of a document that values can refer to.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnnotationCounts {
    /// Entities.
    pub entities: usize,
    /// Quotes.
    pub quotes: usize,
    /// Figures.
    pub figures: usize,
    /// Claims.
    pub claims: usize,
}

impl AnnotationCounts {
    /// The numbers for a document.
    pub fn in_document(doc: &DocumentView<'_>) -> Self {
        Self {
            entities: doc.entities().len(),
            quotes: doc.quotes().len(),
            figures: doc.figures().len(),
            claims: doc.claims().len(),
        }
    }

    pub(super) const fn count(&self, reference: Reference) -> usize {
        match reference {
            Reference::Entity => self.entities,
            Reference::Quote => self.quotes,
            Reference::Figure => self.figures,
            Reference::Claim => self.claims,
        }
    }
}

/// Ids are serialised, deserialised and declared as in output lines.
macro_rules! ids {
    ($($id:ident: $reference:ident,)+) => {$(
        impl fmt::Display for $id {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}{}", Reference::$reference.letter(), self.index() + 1)
            }
        }

        impl Serialize for $id {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $id {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                let place = Reference::$reference.place(&id).and_then(|place| u32::try_from(place).ok());
                let wrong = || de::Error::custom(format_args!("`{id}` is not an id of this kind"));
                place.map(Self).ok_or_else(wrong)
            }
        }

        impl JsonSchema for $id {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($id).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": Reference::$reference.format() })
            }
        }
    )+};
}
ids! { EntityId: Entity, QuoteId: Quote, FigureId: Figure, ClaimId: Claim, }
