//! Quotes: who said what.

use super::{EntityId, FigureId, LayersView, Run, StrRef, some_id, tag};
use crate::Span;

tag! {
    /// How a quote is rendered.
    QuoteKind {
        /// Wholly within quotation marks.
        Direct = 0 "direct",
        /// Reported without quotation marks.
        Indirect = 1 "indirect",
        /// Reported, with some words in quotation marks.
        Mixed = 2 "mixed",
    }
}

tag! {
    /// What sort of act the cue names.
    CueClass {
        /// Saying.
        Speech = 0 "speech",
        /// Writing or publishing.
        Writing = 1 "writing",
        /// Believing or knowing.
        Belief = 2 "belief",
        /// Planning or wanting.
        Intention = 3 "intention",
        /// Seeing, hearing or finding.
        Perception = 4 "perception",
    }
}

tag! {
    /// What the narrator's choice of cue says of the content.
    Stance {
        /// Nothing: "said".
        Neutral = 0 "neutral",
        /// That it is so: "pointed out".
        Endorse = 1 "endorse",
        /// That it may not be so: "claimed".
        Distance = 2 "distance",
        /// That the speaker rejects it: "denied".
        Deny = 3 "deny",
    }
}

/// A quote of one document, by its place in the sorted quote layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QuoteId(pub(crate) u32);

impl QuoteId {
    /// The place in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

pub(crate) mod flag {
    pub(crate) const CUE: u8 = 1;
    pub(crate) const SPEAKER: u8 = 2;
    pub(crate) const ANONYMOUS: u8 = 4;
    pub(crate) const NEGATED: u8 = 8;
    pub(crate) const MODAL: u8 = 16;
    pub(crate) const ALL: u8 = 31;
}

/// A quote as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct QuoteRecord {
    pub(crate) span: Span,
    /// Into the spans.
    pub(crate) content: Run,
    pub(crate) cue: Span,
    pub(crate) cue_lemma: StrRef,
    pub(crate) speaker: Span,
    pub(crate) speaker_entity: u32,
    /// The quote that holds this one.
    pub(crate) parent: u32,
    /// Into the refs; set by the host.
    pub(crate) entities: Run,
    /// Into the refs; set by the host.
    pub(crate) figures: Run,
    pub(crate) rule: StrRef,
    pub(crate) confidence: f32,
    pub(crate) kind: u8,
    pub(crate) cue_class: u8,
    pub(crate) cue_stance: u8,
    pub(crate) flags: u8,
}

/// The words that announce a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cue<'a> {
    /// Where.
    pub span: Span,
    /// The dictionary form: "say".
    pub lemma: &'a str,
    /// What sort of act.
    pub class: CueClass,
    /// What it says of the content.
    pub stance: Stance,
    /// "did not say".
    pub negated: bool,
    /// "may announce".
    pub modal: bool,
}

/// A quote of a document, read.
#[derive(Clone, Copy)]
pub struct Quote<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) index: u32,
}

impl<'a> Quote<'a> {
    fn record(self) -> &'a QuoteRecord {
        &self.layers.quotes[self.index as usize]
    }

    /// Its id in this document.
    pub const fn id(self) -> QuoteId {
        QuoteId(self.index)
    }

    /// How it is rendered.
    pub fn kind(self) -> QuoteKind {
        QuoteKind::from_byte(self.record().kind).unwrap_or(QuoteKind::Direct)
    }

    /// Its whole extent, quotation marks included.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// The words quoted, quotation marks left out: one span, or several where the cue stands between them.
    pub fn content(self) -> &'a [Span] {
        self.layers.run(self.layers.spans, self.record().content)
    }

    /// The words that announce it.
    pub fn cue(self) -> Option<Cue<'a>> {
        let record = self.record();
        (record.flags & flag::CUE != 0).then(|| Cue {
            span: record.cue,
            lemma: self.layers.str(record.cue_lemma),
            class: CueClass::from_byte(record.cue_class).unwrap_or(CueClass::Speech),
            stance: Stance::from_byte(record.cue_stance).unwrap_or(Stance::Neutral),
            negated: record.flags & flag::NEGATED != 0,
            modal: record.flags & flag::MODAL != 0,
        })
    }

    /// Where the text names the speaker.
    pub fn speaker(self) -> Option<Span> {
        let record = self.record();
        (record.flags & flag::SPEAKER != 0).then_some(record.speaker)
    }

    /// The speaker as an entity.
    pub fn speaker_entity(self) -> Option<EntityId> {
        some_id(self.record().speaker_entity).map(EntityId)
    }

    /// Whether the speaker is someone whom the text does not name: "officials", "a source".
    pub fn is_anonymous(self) -> bool {
        self.record().flags & flag::ANONYMOUS != 0
    }

    /// The quote that holds this one.
    pub fn parent(self) -> Option<QuoteId> {
        some_id(self.record().parent).map(QuoteId)
    }

    /// The entities mentioned in the content.
    pub fn entities(self) -> impl ExactSizeIterator<Item = EntityId> + use<'a> {
        self.layers.run(self.layers.refs, self.record().entities).iter().map(|&id| EntityId(id))
    }

    /// The figures that stand in the content.
    pub fn figures(self) -> impl ExactSizeIterator<Item = FigureId> + use<'a> {
        self.layers.run(self.layers.refs, self.record().figures).iter().map(|&id| FigureId(id))
    }

    /// How sure the stage is of it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// The rule or feature group that found it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record().rule)
    }
}
