//! Claims: statements that can be checked, each with the party that makes it, the entities it is about, and its figures.

use super::fields::{Fields, IdOf, List, Record};
use super::{
    EntityId, EntityRef, FigureId, FigureRef, Layers, LayersView, NONE, QuoteId, QuoteRef, Run, Stance,
    StrRef, some_id, tag,
};
use crate::absorb::{Checked, Violation, renumber, reorder};
use crate::{DocumentView, Emitter, RuleId, Span};

tag! {
    /// The kind of statement.
    ClaimKind {
        /// That a measure has a value.
        Figure = 0 "figure",
        /// That a measure changed, or stayed the same.
        Change = 1 "change",
        /// That something happened, or was the case, at a date.
        Event = 2 "event",
    }
}

/// A claim of a document: its index in the sorted claim layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub(crate) u32);

impl ClaimId {
    /// The index in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A claim in an [`Emitter`] that is not yet part of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NewClaim(u32);

/// The party that makes a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claimant {
    /// The article, in its own voice.
    Narrator,
    /// An entity, in a quote.
    Entity(EntityId),
    /// The speaker of the claim's quote, who is not an entity: "officials", "a survey".
    Other,
}

pub(crate) mod flag {
    pub(crate) const MEASURE: u32 = 1;
    pub(crate) const NEGATED: u32 = 2;
    pub(crate) const MODAL: u32 = 4;
    pub(crate) const FORECAST: u32 = 8;
    pub(crate) const ALL: u32 = 15;
}

/// A claim as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ClaimRecord {
    pub(crate) span: Span,
    pub(crate) measure: Span,
    /// Indices into the entities of claims.
    pub(crate) about: Run,
    /// Indices into the figures of claims.
    pub(crate) figures: Run,
    pub(crate) speaker: u32,
    pub(crate) quote: u32,
    /// The figure of the change.
    pub(crate) change: u32,
    /// The figure of the period compared with.
    pub(crate) baseline: u32,
    /// The figure of the date or period.
    pub(crate) period: u32,
    /// An earlier claim of the document that cannot be true together with this one.
    pub(crate) contradicts: u32,
    pub(crate) rule: StrRef,
    pub(crate) worth: f32,
    pub(crate) confidence: f32,
    pub(crate) flags: u32,
    pub(crate) kind: u8,
    pub(crate) stance: u8,
    pub(crate) reserved: [u8; 2],
}

impl Record for ClaimRecord {
    const NAME: &'static str = "claim";
    const FIRST_SIZE: usize = 80;
    const ABSENT: Self = Self {
        span: Span::ABSENT,
        measure: Span::ABSENT,
        about: Run::EMPTY,
        figures: Run::EMPTY,
        speaker: NONE,
        quote: NONE,
        change: NONE,
        baseline: NONE,
        period: NONE,
        contradicts: NONE,
        rule: StrRef::EMPTY,
        worth: 0.0,
        confidence: 1.0,
        flags: 0,
        kind: 0,
        stance: 0,
        reserved: [0; 2],
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        fields.span("measure", self.measure);
        fields.tag("kind", self.kind.into(), ClaimKind::from_byte(self.kind).is_some());
        fields.tag("stance", self.stance.into(), Stance::from_byte(self.stance).is_some());
        fields.tag("flags", self.flags, self.flags & !flag::ALL == 0);
        fields.list("about", &mut self.about, List::ClaimEntities);
        fields.list("figures", &mut self.figures, List::ClaimFigures);
        fields.string("rule", &mut self.rule);
        fields.id("speaker", &mut self.speaker, IdOf::Entities);
        fields.id("quote", &mut self.quote, IdOf::Quotes);
        fields.id("change", &mut self.change, IdOf::Figures);
        fields.id("baseline", &mut self.baseline, IdOf::Figures);
        fields.id("period", &mut self.period, IdOf::Figures);
        fields.id("contradicted claim", &mut self.contradicts, IdOf::Claims);
        fields.unit("worth", self.worth);
        fields.unit("confidence", self.confidence);
        fields.required("rule", self.rule.len > 0);
        fields.reserved(&self.reserved);
    }
}

/// An entity that a claim is about; each claim owns a run of an array of them.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimEntity(pub(crate) u32);

impl Record for ClaimEntity {
    const NAME: &'static str = "entity of a claim";
    const FIRST_SIZE: usize = 4;
    const ABSENT: Self = Self(NONE);

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.id("entity", &mut self.0, IdOf::Entities);
        fields.required("entity", self.0 != NONE);
    }
}

/// A figure of a claim; each claim owns a run of an array of them.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimFigure(pub(crate) u32);

impl Record for ClaimFigure {
    const NAME: &'static str = "figure of a claim";
    const FIRST_SIZE: usize = 4;
    const ABSENT: Self = Self(NONE);

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.id("figure", &mut self.0, IdOf::Figures);
        fields.required("figure", self.0 != NONE);
    }
}

/// No claim contradicts itself.
pub(crate) fn check_whole(batch: &Layers) -> Checked {
    match batch.claims.iter().enumerate().find(|(index, claim)| claim.contradicts as usize == *index) {
        Some((index, _)) => {
            Err(Violation::Dangling { layer: ClaimRecord::NAME, index, field: "contradicted claim" })
        }
        None => Ok(()),
    }
}

/// Sorts claims into text order and updates the ids that refer to them.
pub(crate) fn sort(layers: &mut Layers) {
    if let Some(places) = reorder(&mut layers.claims, |claim| claim.span) {
        renumber(layers, IdOf::Claims, &places);
    }
}

/// A claim of a document.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) index: u32,
}

impl<'a> Claim<'a> {
    fn record(self) -> &'a ClaimRecord {
        &self.layers.claims[self.index as usize]
    }

    fn has(self, flag: u32) -> bool {
        self.record().flags & flag != 0
    }

    /// Its id in this document.
    pub const fn id(self) -> ClaimId {
        ClaimId(self.index)
    }

    /// The kind of statement.
    pub fn kind(self) -> ClaimKind {
        ClaimKind::from_byte(self.record().kind).unwrap_or(ClaimKind::Figure)
    }

    /// The words that state it.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// The party that makes it.
    pub fn claimant(self) -> Claimant {
        let record = self.record();
        match some_id(record.speaker) {
            Some(entity) => Claimant::Entity(EntityId(entity)),
            None if record.quote == NONE => Claimant::Narrator,
            None => Claimant::Other,
        }
    }

    /// The quote in which it is made.
    pub fn quote(self) -> Option<QuoteId> {
        some_id(self.record().quote).map(QuoteId)
    }

    /// The narrator's stance towards it, as the cue shows; neutral if there is no cue.
    pub fn stance(self) -> Stance {
        Stance::from_byte(self.record().stance).unwrap_or(Stance::Neutral)
    }

    /// The entities that it is about.
    pub fn about(self) -> impl ExactSizeIterator<Item = EntityId> + use<'a> {
        self.layers.run(self.layers.claim_entities, self.record().about).iter().map(|id| EntityId(id.0))
    }

    /// The words that name what is measured.
    pub fn measure(self) -> Option<Span> {
        self.has(flag::MEASURE).then_some(self.record().measure)
    }

    /// The figures that it gives.
    pub fn figures(self) -> impl ExactSizeIterator<Item = FigureId> + use<'a> {
        self.layers.run(self.layers.claim_figures, self.record().figures).iter().map(|id| FigureId(id.0))
    }

    /// The figure that says how the measure changed.
    pub fn change(self) -> Option<FigureId> {
        some_id(self.record().change).map(FigureId)
    }

    /// The period that a change is compared with, which is also a figure.
    pub fn baseline(self) -> Option<FigureId> {
        some_id(self.record().baseline).map(FigureId)
    }

    /// The date or period that it holds for, which is also a figure.
    pub fn period(self) -> Option<FigureId> {
        some_id(self.record().period).map(FigureId)
    }

    /// An earlier claim of the document that gives the same measure another value.
    pub fn contradicts(self) -> Option<ClaimId> {
        some_id(self.record().contradicts).map(ClaimId)
    }

    /// Whether it says that something is not the case.
    pub fn is_negated(self) -> bool {
        self.has(flag::NEGATED)
    }

    /// Whether it says that something may or should be the case.
    pub fn is_modal(self) -> bool {
        self.has(flag::MODAL)
    }

    /// Whether it is about the future.
    pub fn is_forecast(self) -> bool {
        self.has(flag::FORECAST)
    }

    /// How much it is worth checking, 0..1.
    pub fn worth(self) -> f32 {
        self.record().worth
    }

    /// The stage's confidence in it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// The rule that found it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record().rule)
    }
}

impl DocumentView<'_> {
    /// The claims, in text order.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = Claim<'_>> {
        let layers = &self.layers;
        (0..layers.claims.len() as u32).map(move |index| Claim { layers, index })
    }

    /// One claim.
    pub fn claim(&self, id: ClaimId) -> Option<Claim<'_>> {
        (id.index() < self.layers.claims.len()).then_some(Claim { layers: &self.layers, index: id.0 })
    }
}

impl Emitter {
    /// Adds a claim, found by `rule`; `span` covers the words that state it. Its lists are arguments, as all claims share two
    /// arrays.
    pub fn claim<E: Into<EntityRef>, F: Into<FigureRef>>(
        &mut self,
        kind: ClaimKind,
        span: Span,
        about: impl IntoIterator<Item = E>,
        figures: impl IntoIterator<Item = F>,
        rule: RuleId,
    ) -> ClaimBuilder<'_> {
        let rule = self.intern(rule);
        let layers = &mut self.layers;
        let (first_entity, first_figure) = (layers.claim_entities.len(), layers.claim_figures.len());
        layers.claim_entities.extend(about.into_iter().map(|id| ClaimEntity(id.into().0)));
        layers.claim_figures.extend(figures.into_iter().map(|id| ClaimFigure(id.into().0)));
        let run = |start: usize, end: usize| Run { start: start as u32, len: (end - start) as u32 };
        let about = run(first_entity, layers.claim_entities.len());
        let figures = run(first_figure, layers.claim_figures.len());
        layers.claims.push(ClaimRecord {
            span,
            about,
            figures,
            rule,
            kind: kind as u8,
            ..ClaimRecord::ABSENT
        });
        ClaimBuilder { index: self.layers.claims.len() - 1, emitter: self }
    }
}

/// Adds details to a claim.
pub struct ClaimBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl ClaimBuilder<'_> {
    fn record(&mut self) -> &mut ClaimRecord {
        &mut self.emitter.layers.claims[self.index]
    }

    fn flag(mut self, flag: u32, set: bool) -> Self {
        let flags = &mut self.record().flags;
        *flags = if set { *flags | flag } else { *flags & !flag };
        self
    }

    /// The id, for relations within this emitter.
    pub fn id(self) -> NewClaim {
        NewClaim(self.index as u32)
    }

    /// Sets the speaker. A claim without a speaker and without a quote is the narrator's.
    pub fn speaker(mut self, entity: impl Into<EntityRef>) -> Self {
        self.record().speaker = entity.into().0;
        self
    }

    /// Sets the quote in which the claim is made, and the stance of its cue.
    pub fn quote(mut self, quote: impl Into<QuoteRef>, stance: Stance) -> Self {
        let record = self.record();
        (record.quote, record.stance) = (quote.into().0, stance as u8);
        self
    }

    /// Sets the words that name what is measured.
    pub fn measure(mut self, span: Span) -> Self {
        self.record().measure = span;
        self.flag(flag::MEASURE, true)
    }

    /// Sets the figure that says how the measure changed.
    pub fn change(mut self, figure: impl Into<FigureRef>) -> Self {
        self.record().change = figure.into().0;
        self
    }

    /// Sets the period that the change is compared with.
    pub fn baseline(mut self, figure: impl Into<FigureRef>) -> Self {
        self.record().baseline = figure.into().0;
        self
    }

    /// Sets the date or period that the claim holds for.
    pub fn period(mut self, figure: impl Into<FigureRef>) -> Self {
        self.record().period = figure.into().0;
        self
    }

    /// Sets an earlier claim, of this emitter, that gives the same measure another value.
    pub fn contradicts(mut self, claim: NewClaim) -> Self {
        self.record().contradicts = claim.0;
        self
    }

    /// Sets whether the claim says that something is not the case.
    pub fn negated(self, negated: bool) -> Self {
        self.flag(flag::NEGATED, negated)
    }

    /// Sets whether the claim says that something may or should be the case.
    pub fn modal(self, modal: bool) -> Self {
        self.flag(flag::MODAL, modal)
    }

    /// Sets whether the claim is about the future.
    pub fn forecast(self, forecast: bool) -> Self {
        self.flag(flag::FORECAST, forecast)
    }

    /// Sets how much the claim is worth checking, 0..1 (default 0).
    pub fn worth(mut self, worth: f32) -> Self {
        self.record().worth = worth;
        self
    }

    /// Sets the confidence, 0..1 (default 1).
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }
}
