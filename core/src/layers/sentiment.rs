//! Sentiment: polarity of document, narrator and sentences, polarity towards targets, and stances of one entity towards another.

use super::fields::{Fields, IdOf, List, Record};
use super::{EntityId, EntityRef, Layers, LayersView, NONE, QuoteId, QuoteRef, Run, StrRef, some_id, tag};
use crate::absorb::{Checked, Violation};
use crate::{DocumentView, Emitter, RuleId, Span};

tag! {
    /// A polarity as one word.
    Label {
        /// Below the stage's threshold.
        Negative = 0 "negative",
        /// Between negative and positive.
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
    /// A score labelled by a threshold: positive if the score is at least `threshold`, negative if it is at most `-threshold`.
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

impl PolarityRecord {
    const ABSENT: Self = Self { score: 0.0, confidence: 1.0, label: Label::Neutral as u8, reserved: [0; 3] };

    fn fields<F: Fields>(&self, fields: &mut F) {
        fields.signed_unit("polarity", self.score);
        fields.unit("confidence", self.confidence);
        fields.tag("label", self.label.into(), Label::from_byte(self.label).is_some());
        fields.reserved(&self.reserved);
    }
}

/// Polarity of the whole document, as stored; a document has at most one.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SummaryRecord {
    pub(crate) document: PolarityRecord,
    pub(crate) narrator: PolarityRecord,
    pub(crate) rule: StrRef,
}

impl Record for SummaryRecord {
    const NAME: &'static str = "summary";
    const FIRST_SIZE: usize = 32;
    const ABSENT: Self =
        Self { document: PolarityRecord::ABSENT, narrator: PolarityRecord::ABSENT, rule: StrRef::EMPTY };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.document.fields(fields);
        self.narrator.fields(fields);
        fields.string("rule", &mut self.rule);
        fields.required("rule", self.rule.len > 0);
    }
}

/// Polarity of a sentence, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SentencePolarityRecord {
    pub(crate) span: Span,
    pub(crate) polarity: PolarityRecord,
}

impl Record for SentencePolarityRecord {
    const NAME: &'static str = "sentence polarity";
    const FIRST_SIZE: usize = 20;
    const ABSENT: Self = Self { span: Span::ABSENT, polarity: PolarityRecord::ABSENT };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        self.polarity.fields(fields);
    }
}

/// Polarity towards a target, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TargetRecord {
    pub(crate) span: Span,
    /// Indices into the spans.
    pub(crate) evidence: Run,
    pub(crate) polarity: PolarityRecord,
    pub(crate) entity: u32,
    pub(crate) rule: StrRef,
}

impl Record for TargetRecord {
    const NAME: &'static str = "target";
    const FIRST_SIZE: usize = 40;
    const ABSENT: Self = Self {
        span: Span::ABSENT,
        evidence: Run::EMPTY,
        polarity: PolarityRecord::ABSENT,
        entity: NONE,
        rule: StrRef::EMPTY,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        self.polarity.fields(fields);
        fields.list("evidence", &mut self.evidence, List::Spans);
        fields.string("rule", &mut self.rule);
        fields.id("entity", &mut self.entity, IdOf::Entities);
        fields.required("rule", self.rule.len > 0);
    }
}

/// Polarity of the whole document towards an entity, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EntityPolarityRecord {
    pub(crate) entity: u32,
    pub(crate) polarity: PolarityRecord,
    /// The numbers of its negative, positive and scored mentions.
    pub(crate) negative: u32,
    pub(crate) positive: u32,
    pub(crate) mentions: u32,
    pub(crate) rule: StrRef,
}

impl Record for EntityPolarityRecord {
    const NAME: &'static str = "entity polarity";
    const FIRST_SIZE: usize = 36;
    const ABSENT: Self = Self {
        entity: NONE,
        polarity: PolarityRecord::ABSENT,
        negative: 0,
        positive: 0,
        mentions: 0,
        rule: StrRef::EMPTY,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.id("entity", &mut self.entity, IdOf::Entities);
        self.polarity.fields(fields);
        fields.string("rule", &mut self.rule);
        fields.required("entity", self.entity != NONE);
        fields.required("rule", self.rule.len > 0);
    }
}

/// Polarity of one party towards another, as stored.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct StanceRecord {
    /// `NONE` for the narrator.
    pub(crate) holder: u32,
    /// `NONE` for the narrator.
    pub(crate) target: u32,
    pub(crate) quote: u32,
    /// Indices into the spans.
    pub(crate) evidence: Run,
    pub(crate) polarity: PolarityRecord,
    pub(crate) rule: StrRef,
}

impl Record for StanceRecord {
    const NAME: &'static str = "stance";
    const FIRST_SIZE: usize = 40;
    const ABSENT: Self = Self {
        holder: NONE,
        target: NONE,
        quote: NONE,
        evidence: Run::EMPTY,
        polarity: PolarityRecord::ABSENT,
        rule: StrRef::EMPTY,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.polarity.fields(fields);
        fields.list("evidence", &mut self.evidence, List::Spans);
        fields.string("rule", &mut self.rule);
        fields.id("quote", &mut self.quote, IdOf::Quotes);
        fields.id("holder", &mut self.holder, IdOf::Entities);
        fields.id("target", &mut self.target, IdOf::Entities);
        fields.required("holder or target", self.holder != NONE || self.target != NONE);
        fields.required("rule", self.rule.len > 0);
    }
}

/// A document has at most one summary.
pub(crate) fn check_whole(batch: &Layers) -> Checked {
    if batch.summaries.len() > 1 { Err(Violation::TooMany) } else { Ok(()) }
}

/// Sorts sentences and targets into text order; nothing refers to them.
pub(crate) fn sort(layers: &mut Layers) {
    layers.sentence_polarities.sort_by_key(|sentence| sentence.span);
    layers.targets.sort_by_key(|target| target.span);
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

/// The polarity of the whole document towards an entity, over all its mentions.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct EntityPolarity<'a> {
    /// The entity.
    pub entity: EntityId,
    /// The polarity towards it.
    pub polarity: Polarity,
    /// The number of its mentions that are negative.
    pub negative: u32,
    /// The number that are positive.
    pub positive: u32,
    /// The number that were scored.
    pub mentions: u32,
    /// The rule that made it.
    pub rule: &'a str,
}

/// The attitude of one party towards another. A party is an entity or the narrator.
#[derive(Clone, Copy)]
pub struct EntityStance<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) record: &'a StanceRecord,
}

impl<'a> EntityStance<'a> {
    /// The party whose attitude it is; `None` is the narrator.
    pub fn holder(self) -> Option<EntityId> {
        some_id(self.record.holder).map(EntityId)
    }
    /// The party that it is directed at; `None` is the narrator.
    pub fn target(self) -> Option<EntityId> {
        some_id(self.record.target).map(EntityId)
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

/// The sentiment layer of a document.
#[derive(Clone, Copy)]
pub struct Sentiment<'a> {
    pub(crate) layers: &'a LayersView<'a>,
}

impl<'a> Sentiment<'a> {
    /// Polarity of the whole document.
    pub fn document(self) -> Option<Polarity> {
        self.layers.summaries.first().map(|summary| summary.document.polarity())
    }
    /// Polarity of the article's own voice, without quotes.
    pub fn narrator(self) -> Option<Polarity> {
        self.layers.summaries.first().map(|summary| summary.narrator.polarity())
    }
    /// The rule that determined the document's polarity.
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
    /// Polarity of the whole document towards its entities.
    pub fn entities(self) -> impl ExactSizeIterator<Item = EntityPolarity<'a>> + use<'a> {
        let layers = self.layers;
        layers.entity_polarities.iter().map(move |record| EntityPolarity {
            entity: EntityId(record.entity),
            polarity: record.polarity.polarity(),
            negative: record.negative,
            positive: record.positive,
            mentions: record.mentions,
            rule: layers.str(record.rule),
        })
    }
    /// Attitudes of one party towards another.
    pub fn stances(self) -> impl ExactSizeIterator<Item = EntityStance<'a>> + use<'a> {
        let layers = self.layers;
        layers.stances.iter().map(move |record| EntityStance { layers, record })
    }
}

impl DocumentView<'_> {
    /// The sentiment layer.
    pub fn sentiment(&self) -> Sentiment<'_> {
        Sentiment { layers: &self.layers }
    }
}

impl Emitter {
    /// Sets the polarity of the whole document and of its narrator. A second call replaces the first.
    pub fn summary(&mut self, document: Polarity, narrator: Polarity, rule: RuleId) {
        let rule = self.intern(rule);
        self.layers.summaries.clear();
        self.layers.summaries.push(SummaryRecord {
            document: PolarityRecord::of(document),
            narrator: PolarityRecord::of(narrator),
            rule,
        });
    }

    /// Adds a sentence's polarity.
    pub fn sentence_polarity(&mut self, span: Span, polarity: Polarity) {
        self.layers
            .sentence_polarities
            .push(SentencePolarityRecord { span, polarity: PolarityRecord::of(polarity) });
    }

    /// Adds the polarity towards a target.
    pub fn target(&mut self, span: Span, polarity: Polarity, rule: RuleId) -> TargetBuilder<'_> {
        let rule = self.intern(rule);
        let evidence = Run { start: self.layers.spans.len() as u32, len: 0 };
        let polarity = PolarityRecord::of(polarity);
        self.layers.targets.push(TargetRecord { span, evidence, polarity, entity: NONE, rule });
        TargetBuilder { index: self.layers.targets.len() - 1, emitter: self }
    }

    /// Adds the polarity of the whole document towards an entity: of `mentions` scored mentions, `negative` were negative and
    /// `positive` positive.
    pub fn entity_polarity(
        &mut self,
        entity: impl Into<EntityRef>,
        polarity: Polarity,
        [negative, positive, mentions]: [u32; 3],
        rule: RuleId,
    ) {
        let rule = self.intern(rule);
        self.layers.entity_polarities.push(EntityPolarityRecord {
            entity: entity.into().0,
            polarity: PolarityRecord::of(polarity),
            negative,
            positive,
            mentions,
            rule,
        });
    }

    /// Adds the attitude of one party towards another. `None` is the narrator, who cannot be both holder and target.
    pub fn stance(
        &mut self,
        holder: Option<EntityRef>,
        target: Option<EntityRef>,
        polarity: Polarity,
        rule: RuleId,
    ) -> StanceBuilder<'_> {
        let rule = self.intern(rule);
        let evidence = Run { start: self.layers.spans.len() as u32, len: 0 };
        self.layers.stances.push(StanceRecord {
            holder: holder.map_or(NONE, |id| id.0),
            target: target.map_or(NONE, |id| id.0),
            quote: NONE,
            evidence,
            polarity: PolarityRecord::of(polarity),
            rule,
        });
        StanceBuilder { index: self.layers.stances.len() - 1, emitter: self }
    }
}

/// Adds details to a target.
pub struct TargetBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl TargetBuilder<'_> {
    /// Sets the entity, if it is not the one mentioned at the target's span.
    pub fn entity(self, entity: impl Into<EntityRef>) -> Self {
        self.emitter.layers.targets[self.index].entity = entity.into().0;
        self
    }

    /// Adds words that caused the polarity.
    pub fn evidence(self, span: Span) -> Self {
        self.emitter.layers.spans.push(span);
        self.emitter.layers.targets[self.index].evidence.len += 1;
        self
    }
}

/// Adds details to a stance.
pub struct StanceBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl StanceBuilder<'_> {
    /// Sets the quote that shows it.
    pub fn quote(self, quote: impl Into<QuoteRef>) -> Self {
        self.emitter.layers.stances[self.index].quote = quote.into().0;
        self
    }

    /// Adds words that caused the polarity.
    pub fn evidence(self, span: Span) -> Self {
        self.emitter.layers.spans.push(span);
        self.emitter.layers.stances[self.index].evidence.len += 1;
        self
    }
}
