//! The annotation layers: flat arrays of plain records, the same in memory and across the plugin boundary.
//!
//! A record refers to text by [`Span`](crate::Span), to strings and lists by a run into a shared array, and to other annotations by `u32`
//! id. [`Layers`] owns the arrays, [`LayersView`] borrows them; a stage reads through the types of this module ([`Entity`],
//! [`Quote`], …) and writes through the [`Emitter`](crate::Emitter), so it never sees a record.

pub(crate) mod claim;
pub(crate) mod custom;
pub(crate) mod entity;
pub(crate) mod fields;
pub(crate) mod figure;
mod held_back;
pub(crate) mod quote;
pub(crate) mod sentiment;
pub(crate) mod syntax;
mod tag;

pub use claim::{
    Claim, ClaimBuilder, ClaimEntity, ClaimFigure, ClaimId, ClaimKind, ClaimRecord, Claimant, NewClaim,
};
pub use custom::{Custom, CustomRecord};
pub use entity::{
    Entity, EntityBuilder, EntityId, EntityKind, EntityRecord, EntityRef, Mention, MentionForm, MentionIndex,
    MentionRecord, NewEntity, PairRecord,
};
pub use figure::{
    Baseline, Bound, Change, Direction, Figure, FigureBuilder, FigureId, FigureKind, FigureRecord, FigureRef,
    NewFigure, SiValue, Unit, Value,
};
pub use held_back::{HeldBack, HeldBackRecord};
pub use quote::{
    ContentIndex, Cue, CueClass, NewQuote, Quote, QuoteBuilder, QuoteId, QuoteKind, QuoteRecord, QuoteRef,
    Stance,
};
pub use sentiment::{
    EntityPolarity, EntityPolarityRecord, EntityStance, Label, Polarity, PolarityRecord, SentencePolarity,
    SentencePolarityRecord, Sentiment, StanceBuilder, StanceRecord, SummaryRecord, Target, TargetBuilder,
    TargetRecord,
};
pub use syntax::{PartOfSpeech, PartsOfSpeech, TagRecord};

pub(crate) use tag::tag;

/// The id that means "no annotation".
pub(crate) const NONE: u32 = u32::MAX;

pub(crate) fn some_id(id: u32) -> Option<u32> {
    (id != NONE).then_some(id)
}

/// A range of a shared array.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Run {
    pub(crate) const EMPTY: Self = Self { start: 0, len: 0 };

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// A string in the shared pool of strings.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StrRef {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl StrRef {
    pub(crate) const EMPTY: Self = Self { start: 0, len: 0 };
}

/// Declares the arrays once, for the owned, the borrowed and the raw form alike, in the order in which they cross the plugin
/// boundary. New ones are appended at the end. A line that begins with `[condition]` is compiled under that `cfg` condition.
macro_rules! layer_arrays {
    ($callback:ident) => {
        $callback! {
            /// Links and attributes of entities.
            pairs: $crate::layers::PairRecord,
            /// Parts of quotes and evidence of sentiment.
            spans: $crate::Span,
            /// Entities and figures inside quotes.
            contents: $crate::layers::ContentIndex,
            /// Entities, in the order of their first mentions.
            entities: $crate::layers::EntityRecord,
            /// Mentions, grouped by entity.
            mentions: $crate::layers::MentionRecord,
            /// Indices of the mentions, in text order.
            mention_order: $crate::layers::MentionIndex,
            /// Quotes, in text order.
            quotes: $crate::layers::QuoteRecord,
            /// Figures, in text order.
            figures: $crate::layers::FigureRecord,
            /// Polarity of document and narrator: at most one.
            summaries: $crate::layers::SummaryRecord,
            /// Polarity of sentences, in text order.
            sentence_polarities: $crate::layers::SentencePolarityRecord,
            /// Polarity towards targets, in text order.
            targets: $crate::layers::TargetRecord,
            /// Polarity of the document towards entities.
            entity_polarities: $crate::layers::EntityPolarityRecord,
            /// Attitudes of one party towards another.
            stances: $crate::layers::StanceRecord,
            /// Annotations of custom layers.
            customs: $crate::layers::CustomRecord,
            /// Parts of speech, one per token: none or all.
            tags: $crate::layers::TagRecord,
            /// Suppressed annotations, if the document is explained.
            held_back: $crate::layers::HeldBackRecord,
            /// Claims, in text order.
            claims: $crate::layers::ClaimRecord,
            /// Entities that claims are about.
            claim_entities: $crate::layers::ClaimEntity,
            /// Figures of claims.
            claim_figures: $crate::layers::ClaimFigure,
            /// A layer that a later version might add, for tests of ABI compatibility.
            [feature = "abi-next"] next: $crate::layers::next::NextRecord,
        }
    };
}
pub(crate) use layer_arrays;

#[cfg(feature = "abi-next")]
pub(crate) mod next;

macro_rules! owned_and_borrowed {
    ($($(#[$doc:meta])* $([$cfg:meta])? $field:ident: $record:ty,)+) => {
        /// The annotations of a document, owned.
        #[derive(Clone, Debug, Default)]
        pub struct Layers {
            pub(crate) strings: String,
            $($(#[$doc])* $(#[cfg($cfg)])? pub(crate) $field: Vec<$record>,)+
        }

        /// The annotations of a document, borrowed.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct LayersView<'a> {
            pub(crate) strings: &'a str,
            $($(#[$doc])* $(#[cfg($cfg)])? pub(crate) $field: &'a [$record],)+
        }

        impl Layers {
            /// Empties every layer and keeps the allocated memory.
            pub fn clear(&mut self) {
                self.strings.clear();
                $($(#[cfg($cfg)])? self.$field.clear();)+
            }

            /// Whether there is no annotation at all.
            pub fn is_empty(&self) -> bool {
                $($(#[cfg($cfg)])? if !self.$field.is_empty() { return false; })+
                true
            }

            /// The layers, borrowed.
            pub fn view(&self) -> LayersView<'_> {
                LayersView { strings: &self.strings, $($(#[cfg($cfg)])? $field: &self.$field,)+ }
            }
        }
    };
}
layer_arrays!(owned_and_borrowed);

impl<'a> LayersView<'a> {
    pub(crate) fn str(&self, at: StrRef) -> &'a str {
        self.strings.get(at.start as usize..at.start as usize + at.len as usize).unwrap_or("")
    }

    pub(crate) fn run<T>(&self, array: &'a [T], run: Run) -> &'a [T] {
        array.get(run.range()).unwrap_or(&[])
    }
}

impl Layers {
    pub(crate) fn str(&self, at: StrRef) -> &str {
        self.strings.get(at.start as usize..at.start as usize + at.len as usize).unwrap_or("")
    }

    pub(crate) fn push_str(&mut self, text: &str) -> StrRef {
        let start = self.strings.len() as u32;
        self.strings.push_str(text);
        StrRef { start, len: text.len() as u32 }
    }
}

/// The names of layers, which a stage requires, uses or provides. The built-in layers have types; any other name is a custom
/// layer.
pub mod layer {
    /// Entities with their mentions.
    pub const ENTITIES: &str = "entities";
    /// Quotes.
    pub const QUOTES: &str = "quotes";
    /// Figures.
    pub const FIGURES: &str = "figures";
    /// Sentiment.
    pub const SENTIMENT: &str = "sentiment";
    /// Claims.
    pub const CLAIMS: &str = "claims";
    /// Parts of speech. Stages share it; it is not part of the output.
    pub const SYNTAX: &str = "syntax";
    /// The names that custom layers may not have.
    pub const TYPED: [&str; 6] = [ENTITIES, QUOTES, FIGURES, SENTIMENT, CLAIMS, SYNTAX];

    /// Whether a layer is written to the output. Other layers are only for use by later stages.
    pub fn is_written(name: &str) -> bool {
        name != SYNTAX
    }
}
