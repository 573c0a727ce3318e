//! Sentiment: polarity of document, narrator and sentences, towards targets, and of one entity towards another.

use super::{EntityId, LayersView, QuoteId, Run, StrRef, some_id, tag};
use crate::Span;

tag! {
    /// A polarity in one word.
    Label {
        /// Below the stage's threshold.
        Negative = 0 "negative",
        /// Neither.
        Neutral = 1 "neutral",
        /// Above it.
        Positive = 2 "positive",
    }
}

/// A polarity in -1..1 with its label and the stage's confidence in it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Polarity {
    /// -1 (most negative) to 1 (most positive).
    pub score: f32,
    /// The same in a word.
    pub label: Label,
    /// 0..1.
    pub confidence: f32,
}

impl Polarity {
    /// A score with the label that a threshold gives it: positive at or above, negative at or below its negative.
    pub fn new(score: f32, threshold: f32, confidence: f32) -> Self {
        let score = if score.is_finite() { score.clamp(-1.0, 1.0) } else { 0.0 };
        let label = if score >= threshold {
            Label::Positive
        } else if score <= -threshold {
            Label::Negative
        } else {
            Label::Neutral
        };
        Self { score, label, confidence }
    }
}

/// A polarity as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PolarityRecord {
    pub(crate) score: f32,
    pub(crate) confidence: f32,
    pub(crate) label: u8,
    pub(crate) reserved: [u8; 3],
}

impl PolarityRecord {
    pub(crate) fn of(polarity: Polarity) -> Self {
        Self {
            score: polarity.score,
            confidence: polarity.confidence,
            label: polarity.label as u8,
            reserved: [0; 3],
        }
    }

    pub(crate) fn polarity(&self) -> Polarity {
        Polarity {
            score: self.score,
            label: Label::from_byte(self.label).unwrap_or(Label::Neutral),
            confidence: self.confidence,
        }
    }
}

/// Polarity of the whole, as stored; there is at most one a document.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SummaryRecord {
    pub(crate) document: PolarityRecord,
    pub(crate) narrator: PolarityRecord,
    pub(crate) rule: StrRef,
}

/// Polarity of a sentence, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SentencePolarityRecord {
    pub(crate) span: Span,
    pub(crate) polarity: PolarityRecord,
}

/// Polarity towards a target, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TargetRecord {
    pub(crate) span: Span,
    /// Into the spans.
    pub(crate) evidence: Run,
    pub(crate) polarity: PolarityRecord,
    pub(crate) entity: u32,
    pub(crate) rule: StrRef,
}

/// One entity's polarity towards another, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct StanceRecord {
    pub(crate) holder: u32,
    pub(crate) target: u32,
    pub(crate) quote: u32,
    /// Into the spans.
    pub(crate) evidence: Run,
    pub(crate) polarity: PolarityRecord,
    pub(crate) rule: StrRef,
}

/// Polarity of a sentence.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SentencePolarity {
    /// The sentence.
    pub span: Span,
    /// Its polarity.
    pub polarity: Polarity,
}

/// Polarity towards one mention of an entity, or towards a span that the input named.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) record: &'a TargetRecord,
}

impl<'a> Target<'a> {
    /// The mention.
    pub fn span(self) -> Span {
        self.record.span
    }
    /// The entity mentioned.
    pub fn entity(self) -> Option<EntityId> {
        some_id(self.record.entity).map(EntityId)
    }
    /// The polarity towards it.
    pub fn polarity(self) -> Polarity {
        self.record.polarity.polarity()
    }
    /// The words that caused it.
    pub fn evidence(self) -> &'a [Span] {
        self.layers.run(self.layers.spans, self.record.evidence)
    }
    /// The rule or feature group that scored it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record.rule)
    }
}

/// One entity's attitude towards another.
#[derive(Clone, Copy)]
pub struct EntityStance<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) record: &'a StanceRecord,
}

impl<'a> EntityStance<'a> {
    /// Whose attitude.
    pub fn holder(self) -> EntityId {
        EntityId(self.record.holder)
    }
    /// Towards whom.
    pub fn target(self) -> EntityId {
        EntityId(self.record.target)
    }
    /// The quote that shows it.
    pub fn quote(self) -> Option<QuoteId> {
        some_id(self.record.quote).map(QuoteId)
    }
    /// The polarity.
    pub fn polarity(self) -> Polarity {
        self.record.polarity.polarity()
    }
    /// The words that caused it.
    pub fn evidence(self) -> &'a [Span] {
        self.layers.run(self.layers.spans, self.record.evidence)
    }
    /// The rule or feature group that scored it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record.rule)
    }
}

/// The sentiment layer of a document, read.
#[derive(Clone, Copy)]
pub struct Sentiment<'a> {
    pub(crate) layers: &'a LayersView<'a>,
}

impl<'a> Sentiment<'a> {
    /// Polarity of the whole document.
    pub fn document(self) -> Option<Polarity> {
        self.layers.summaries.first().map(|summary| summary.document.polarity())
    }
    /// Polarity of the article's own voice, quotes left out.
    pub fn narrator(self) -> Option<Polarity> {
        self.layers.summaries.first().map(|summary| summary.narrator.polarity())
    }
    /// The rule or feature group behind the document's polarity.
    pub fn rule(self) -> &'a str {
        self.layers.summaries.first().map_or("", |summary| self.layers.str(summary.rule))
    }
    /// Polarity of each sentence, in text order.
    pub fn sentences(self) -> impl ExactSizeIterator<Item = SentencePolarity> + use<'a> {
        self.layers
            .sentence_polarities
            .iter()
            .map(|record| SentencePolarity { span: record.span, polarity: record.polarity.polarity() })
    }
    /// Polarity towards each target, in text order.
    pub fn targets(self) -> impl ExactSizeIterator<Item = Target<'a>> + use<'a> {
        let layers = self.layers;
        layers.targets.iter().map(move |record| Target { layers, record })
    }
    /// Attitudes of one entity towards another.
    pub fn stances(self) -> impl ExactSizeIterator<Item = EntityStance<'a>> + use<'a> {
        let layers = self.layers;
        layers.stances.iter().map(move |record| EntityStance { layers, record })
    }
}
