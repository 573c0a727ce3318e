//! Quotes: who said what.

use super::fields::{Fields, IdOf, List, Record, index_record};
use super::{EntityId, EntityRef, FigureId, Layers, LayersView, NONE, Run, StrRef, some_id, tag};
use crate::absorb::{Checked, Violation, renumber, reorder};
use crate::{DocumentView, Emitter, RuleId, Span};

tag! {
    /// How a quote is rendered.
    QuoteKind {
        /// Entirely within quotation marks.
        Direct = 0 "direct",
        /// Reported without quotation marks.
        Indirect = 1 "indirect",
        /// Reported, with some words in quotation marks.
        Mixed = 2 "mixed",
    }
}

tag! {
    /// The kind of act that the cue names.
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
    /// The narrator's stance towards the content, as the cue shows.
    Stance {
        /// None: "said".
        Neutral = 0 "neutral",
        /// The content is true: "pointed out".
        Endorse = 1 "endorse",
        /// The content may be untrue: "claimed".
        Distance = 2 "distance",
        /// The speaker rejects the content: "denied".
        Deny = 3 "deny",
    }
}

/// A quote of a document: its index in the sorted quote layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QuoteId(pub(crate) u32);

impl QuoteId {
    /// The index in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A quote in an [`Emitter`] that is not yet part of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NewQuote(u32);

/// A quote that an annotation refers to: one of the document or, for a stage that fills the quote layer itself, one of the same
/// emitter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuoteRef(pub(crate) u32);

impl From<QuoteId> for QuoteRef {
    fn from(id: QuoteId) -> Self {
        Self(id.0)
    }
}

impl From<NewQuote> for QuoteRef {
    fn from(id: NewQuote) -> Self {
        Self(id.0)
    }
}

pub(crate) mod flag {
    pub(crate) const CUE: u32 = 1;
    pub(crate) const SPEAKER: u32 = 2;
    pub(crate) const ANONYMOUS: u32 = 4;
    pub(crate) const NEGATED: u32 = 8;
    pub(crate) const MODAL: u32 = 16;
    pub(crate) const ALL: u32 = 31;
}

/// A quote as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct QuoteRecord {
    pub(crate) span: Span,
    /// Indices into the spans.
    pub(crate) content: Run,
    pub(crate) cue: Span,
    pub(crate) cue_lemma: StrRef,
    pub(crate) speaker: Span,
    pub(crate) speaker_entity: u32,
    /// The entity that an unnamed speaker belongs to.
    pub(crate) speaker_of: u32,
    /// The quote that contains this one.
    pub(crate) parent: u32,
    /// Indices into the content index; set by the host.
    pub(crate) entities: Run,
    /// Indices into the content index; set by the host.
    pub(crate) figures: Run,
    pub(crate) rule: StrRef,
    pub(crate) confidence: f32,
    pub(crate) flags: u32,
    pub(crate) kind: u8,
    pub(crate) cue_class: u8,
    pub(crate) cue_stance: u8,
    pub(crate) reserved: u8,
}

impl Record for QuoteRecord {
    const NAME: &'static str = "quote";
    const FIRST_SIZE: usize = 88;
    const ABSENT: Self = Self {
        span: Span::ABSENT,
        content: Run::EMPTY,
        cue: Span::ABSENT,
        cue_lemma: StrRef::EMPTY,
        speaker: Span::ABSENT,
        speaker_entity: NONE,
        speaker_of: NONE,
        parent: NONE,
        entities: Run::EMPTY,
        figures: Run::EMPTY,
        rule: StrRef::EMPTY,
        confidence: 1.0,
        flags: 0,
        kind: 0,
        cue_class: 0,
        cue_stance: 0,
        reserved: 0,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        fields.span("cue", self.cue);
        fields.span("speaker", self.speaker);
        fields.tag("kind", self.kind.into(), QuoteKind::from_byte(self.kind).is_some());
        fields.tag("cue class", self.cue_class.into(), CueClass::from_byte(self.cue_class).is_some());
        fields.tag("cue stance", self.cue_stance.into(), Stance::from_byte(self.cue_stance).is_some());
        fields.tag("flags", self.flags, self.flags & !flag::ALL == 0);
        fields.list("content", &mut self.content, List::Spans);
        fields.string("cue lemma", &mut self.cue_lemma);
        fields.string("rule", &mut self.rule);
        fields.id("speaker entity", &mut self.speaker_entity, IdOf::Entities);
        fields.id("entity of the speaker", &mut self.speaker_of, IdOf::Entities);
        fields.id("parent", &mut self.parent, IdOf::Quotes);
        fields.host_list(&mut self.entities);
        fields.host_list(&mut self.figures);
        fields.unit("confidence", self.confidence);
        fields.required("content", self.content.len > 0);
        fields.required("rule", self.rule.len > 0);
        fields.reserved(&[self.reserved]);
    }
}

index_record! {
    /// The id of an entity or figure inside a quote; each quote has two runs of an array of them.
    ContentIndex "content index"
}

/// No quote contains itself.
pub(crate) fn check_whole(batch: &Layers) -> Checked {
    match batch.quotes.iter().enumerate().find(|(index, quote)| quote.parent as usize == *index) {
        Some((index, _)) => Err(Violation::Dangling { layer: QuoteRecord::NAME, index, field: "parent" }),
        None => Ok(()),
    }
}

/// Sorts quotes into text order and updates the ids that refer to them.
pub(crate) fn sort(layers: &mut Layers) {
    if let Some(places) = reorder(&mut layers.quotes, |quote| quote.span) {
        renumber(layers, IdOf::Quotes, &places);
    }
}

/// The words that announce a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cue<'a> {
    /// Its position.
    pub span: Span,
    /// The dictionary form: "say".
    pub lemma: &'a str,
    /// The kind of act.
    pub class: CueClass,
    /// The narrator's stance towards the content.
    pub stance: Stance,
    /// Whether it is negated: "did not say".
    pub negated: bool,
    /// Whether it is modal: "may announce".
    pub modal: bool,
}

/// A quote of a document.
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

    /// Its whole extent, including quotation marks.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// The quoted words, without quotation marks: one span, or several if the cue divides them.
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

    /// The words that name the speaker.
    pub fn speaker(self) -> Option<Span> {
        let record = self.record();
        (record.flags & flag::SPEAKER != 0).then_some(record.speaker)
    }

    /// The speaker as an entity.
    pub fn speaker_entity(self) -> Option<EntityId> {
        some_id(self.record().speaker_entity).map(EntityId)
    }

    /// The entity that a speaker whom the text does not name belongs to: Lund of "a lawyer for Lund".
    pub fn speaker_of(self) -> Option<EntityId> {
        some_id(self.record().speaker_of).map(EntityId)
    }

    /// Whether the text does not name the speaker: "officials", "a source".
    pub fn is_anonymous(self) -> bool {
        self.record().flags & flag::ANONYMOUS != 0
    }

    /// The quote that contains this one.
    pub fn parent(self) -> Option<QuoteId> {
        some_id(self.record().parent).map(QuoteId)
    }

    /// The entities mentioned in the content.
    pub fn entities(self) -> impl ExactSizeIterator<Item = EntityId> + use<'a> {
        self.layers.run(self.layers.contents, self.record().entities).iter().map(|id| EntityId(id.0))
    }

    /// The figures in the content.
    pub fn figures(self) -> impl ExactSizeIterator<Item = FigureId> + use<'a> {
        self.layers.run(self.layers.contents, self.record().figures).iter().map(|id| FigureId(id.0))
    }

    /// The stage's confidence in it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// The rule or feature group that found it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record().rule)
    }
}

impl DocumentView<'_> {
    /// The quotes, in text order.
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = Quote<'_>> {
        let layers = &self.layers;
        (0..layers.quotes.len() as u32).map(move |index| Quote { layers, index })
    }

    /// One quote.
    pub fn quote(&self, id: QuoteId) -> Option<Quote<'_>> {
        (id.index() < self.layers.quotes.len()).then_some(Quote { layers: &self.layers, index: id.0 })
    }
}

impl Emitter {
    /// Adds a quote, found by `rule`; `span` is its whole extent, including quotation marks.
    pub fn quote(&mut self, kind: QuoteKind, span: Span, rule: RuleId) -> QuoteBuilder<'_> {
        let rule = self.intern(rule);
        let content = Run { start: self.layers.spans.len() as u32, len: 0 };
        self.layers.quotes.push(QuoteRecord { span, content, rule, kind: kind as u8, ..QuoteRecord::ABSENT });
        QuoteBuilder { index: self.layers.quotes.len() - 1, emitter: self }
    }
}

/// Adds details to a quote.
pub struct QuoteBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl QuoteBuilder<'_> {
    fn record(&mut self) -> &mut QuoteRecord {
        &mut self.emitter.layers.quotes[self.index]
    }

    fn flag(mut self, flag: u32, set: bool) -> Self {
        let flags = &mut self.record().flags;
        *flags = if set { *flags | flag } else { *flags & !flag };
        self
    }

    /// The id, for relations within this emitter.
    pub fn id(self) -> NewQuote {
        NewQuote(self.index as u32)
    }

    /// Adds a span of content, without quotation marks. A quote needs at least one.
    pub fn content(mut self, span: Span) -> Self {
        self.emitter.layers.spans.push(span);
        self.record().content.len += 1;
        self
    }

    /// Sets the words that announce the quote and their dictionary form.
    pub fn cue(mut self, span: Span, lemma: &str, class: CueClass, stance: Stance) -> Self {
        let lemma = self.emitter.layers.push_str(lemma);
        let record = self.record();
        record.cue = span;
        record.cue_lemma = lemma;
        record.cue_class = class as u8;
        record.cue_stance = stance as u8;
        self.flag(flag::CUE, true)
    }

    /// Sets whether the cue is negated: "did not say".
    pub fn negated(self, negated: bool) -> Self {
        self.flag(flag::NEGATED, negated)
    }

    /// Sets whether the cue is modal: "may announce".
    pub fn modal(self, modal: bool) -> Self {
        self.flag(flag::MODAL, modal)
    }

    /// Sets the words that name the speaker. If they are a mention, the host sets the entity.
    pub fn speaker(mut self, span: Span) -> Self {
        self.record().speaker = span;
        self.flag(flag::SPEAKER, true)
    }

    /// Sets the speaker's entity, if it is not the one mentioned in the speaker's span.
    pub fn speaker_entity(mut self, entity: impl Into<EntityRef>) -> Self {
        self.record().speaker_entity = entity.into().0;
        self
    }

    /// Sets the entity that an unnamed speaker belongs to: Lund of "a lawyer for Lund".
    pub fn speaker_of(mut self, entity: impl Into<EntityRef>) -> Self {
        self.record().speaker_of = entity.into().0;
        self
    }

    /// Sets whether the text does not name the speaker.
    pub fn anonymous(self, anonymous: bool) -> Self {
        self.flag(flag::ANONYMOUS, anonymous)
    }

    /// Sets the quote of this emitter that contains this one.
    pub fn parent(mut self, parent: NewQuote) -> Self {
        self.record().parent = parent.0;
        self
    }

    /// Sets the confidence, 0..1 (default 1).
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }
}
