//! Where a stage puts what it finds.

use crate::layers::{
    Bound, Change, CueClass, CustomRecord, EntityId, EntityKind, EntityRecord, FigureId, FigureKind,
    FigureRecord, Layers, MentionForm, MentionRecord, NONE, PairRecord, PartOfSpeech, Polarity,
    PolarityRecord, QuoteId, QuoteKind, QuoteRecord, Run, SentencePolarityRecord, Stance, StanceRecord,
    StrRef, SummaryRecord, TargetRecord, Value, figure_flag, quote_flag, value_kind,
};
use crate::{Decimal, Span};

/// Collects the annotations of one stage for one document.
///
/// Each method adds an annotation and returns a builder for its details. Relations *within* a layer (a figure's period) take
/// ids that this emitter gave; relations to *another* layer (a quote's speaker) take ids of the [`DocumentView`]. The host
/// checks everything when the stage is done, sorts it, and turns the ids into those of the document.
///
/// [`DocumentView`]: crate::DocumentView
#[derive(Clone, Debug, Default)]
pub struct Emitter {
    layers: Layers,
    /// The last rule name and where it stands: neighbours mostly share one.
    last_rule: Option<(&'static str, StrRef)>,
}

impl Emitter {
    /// An empty emitter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Drops all annotations and keeps the memory.
    pub fn clear(&mut self) {
        self.layers.clear();
        self.last_rule = None;
    }

    pub(crate) fn layers(&self) -> &Layers {
        &self.layers
    }

    pub(crate) fn layers_mut(&mut self) -> &mut Layers {
        // What is appended from outside does not know where the last rule stands, and need not.
        &mut self.layers
    }

    fn intern(&mut self, rule: &'static str) -> StrRef {
        match self.last_rule {
            Some((last, at)) if std::ptr::eq(last, rule) => at,
            _ => {
                let at = self.layers.push_str(rule);
                self.last_rule = Some((rule, at));
                at
            }
        }
    }

    /// Adds an entity under its fullest name. It needs at least one mention.
    pub fn entity(&mut self, kind: EntityKind, name: &str) -> EntityBuilder<'_> {
        let name = self.layers.push_str(name);
        let mentions = Run { start: self.layers.mentions.len() as u32, len: 0 };
        self.layers.entities.push(EntityRecord {
            name,
            rule: StrRef::EMPTY,
            mentions,
            links: Run::EMPTY,
            attributes: Run::EMPTY,
            confidence: 1.0,
            salience: -1.0,
            kind: kind as u8,
            reserved: [0; 3],
        });
        EntityBuilder { index: self.layers.entities.len() - 1, emitter: self }
    }

    /// Adds a quote; `span` is its whole extent, quotation marks included.
    pub fn quote(&mut self, kind: QuoteKind, span: Span) -> QuoteBuilder<'_> {
        self.layers.quotes.push(QuoteRecord {
            span,
            content: Run { start: self.layers.spans.len() as u32, len: 0 },
            cue: Span::default(),
            cue_lemma: StrRef::EMPTY,
            speaker: Span::default(),
            speaker_entity: NONE,
            parent: NONE,
            entities: Run::EMPTY,
            figures: Run::EMPTY,
            rule: StrRef::EMPTY,
            confidence: 1.0,
            kind: kind as u8,
            cue_class: 0,
            cue_stance: 0,
            flags: 0,
        });
        QuoteBuilder { index: self.layers.quotes.len() - 1, emitter: self }
    }

    /// Adds a figure; `span` holds number and unit.
    pub fn figure(&mut self, kind: FigureKind, span: Span) -> FigureBuilder<'_> {
        self.layers.figures.push(FigureRecord {
            low: Decimal::ZERO,
            high: Decimal::ZERO,
            baseline_value: Decimal::ZERO,
            change_amount: Decimal::ZERO,
            si_low: Decimal::ZERO,
            si_high: Decimal::ZERO,
            part: Decimal::ZERO,
            whole: Decimal::ZERO,
            span,
            text_from: StrRef::EMPTY,
            text_to: StrRef::EMPTY,
            unit_code: StrRef::EMPTY,
            unit_name: StrRef::EMPTY,
            si_unit: StrRef::EMPTY,
            measure: Span::default(),
            measure_entity: NONE,
            period: NONE,
            change_of: NONE,
            baseline_period: NONE,
            quote: NONE,
            confidence: 1.0,
            rule: StrRef::EMPTY,
            kind: kind as u8,
            value_kind: value_kind::NONE,
            bound: 0,
            direction: 0,
            flags: 0,
            reserved: [0; 3],
        });
        FigureBuilder { index: self.layers.figures.len() - 1, emitter: self }
    }

    /// Goes back to a figure that this emitter holds, to add what a later one told.
    pub fn figure_again(&mut self, id: FigureId) -> Option<FigureBuilder<'_>> {
        (id.index() < self.layers.figures.len()).then_some(FigureBuilder { index: id.index(), emitter: self })
    }

    /// Sets the polarity of the whole document and of its narrator. Called once; a second call replaces the first.
    pub fn summary(&mut self, document: Polarity, narrator: Polarity, rule: &'static str) {
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
    pub fn target(&mut self, span: Span, polarity: Polarity) -> TargetBuilder<'_> {
        let evidence = Run { start: self.layers.spans.len() as u32, len: 0 };
        self.layers.targets.push(TargetRecord {
            span,
            evidence,
            polarity: PolarityRecord::of(polarity),
            entity: NONE,
            rule: StrRef::EMPTY,
        });
        TargetBuilder { index: self.layers.targets.len() - 1, emitter: self }
    }

    /// Adds one entity's attitude towards another.
    pub fn stance(&mut self, holder: EntityId, target: EntityId, polarity: Polarity) -> StanceBuilder<'_> {
        let evidence = Run { start: self.layers.spans.len() as u32, len: 0 };
        self.layers.stances.push(StanceRecord {
            holder: holder.0,
            target: target.0,
            quote: NONE,
            evidence,
            polarity: PolarityRecord::of(polarity),
            rule: StrRef::EMPTY,
        });
        StanceBuilder { index: self.layers.stances.len() - 1, emitter: self }
    }

    /// Sets the parts of speech: one for each token of the document, in text order.
    pub fn parts_of_speech(&mut self, tags: impl IntoIterator<Item = PartOfSpeech>) {
        self.layers.tags.clear();
        self.layers.tags.extend(tags.into_iter().map(|tag| tag as u8));
    }

    /// Adds an annotation of a custom layer. `payload` is JSON; the host refuses what is not.
    pub fn custom(&mut self, layer: &str, span: Span, payload: &str, confidence: f32, rule: &'static str) {
        let (layer, payload) = (self.layers.push_str(layer), self.layers.push_str(payload));
        let rule = self.intern(rule);
        self.layers.customs.push(CustomRecord { layer, span, payload, rule, confidence });
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
    pub fn id(self) -> EntityId {
        EntityId(self.index as u32)
    }

    /// How sure the stage is, 0..1. 1 unless set.
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }

    /// How central the entity is to the document, 0..1.
    pub fn salience(mut self, salience: f32) -> Self {
        self.record().salience = salience;
        self
    }

    /// The rule or feature group that found it.
    pub fn rule(mut self, rule: &'static str) -> Self {
        self.record().rule = self.emitter.intern(rule);
        self
    }

    /// Adds a mention.
    pub fn mention(mut self, span: Span, form: MentionForm) -> Self {
        let entity = self.index as u32;
        self.emitter.layers.mentions.push(MentionRecord { span, entity, form: form as u8, reserved: [0; 3] });
        self.record().mentions.len += 1;
        self
    }

    /// Sets the identifiers elsewhere: (scheme, id).
    pub fn links<'s>(mut self, links: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        self.record().links = self.pairs(links.into_iter().map(|(key, value)| (key, value, None)));
        self
    }

    /// Sets the attributes: (name, value, the entity that the value names).
    pub fn attributes<'s>(
        mut self,
        attributes: impl IntoIterator<Item = (&'s str, &'s str, Option<EntityId>)>,
    ) -> Self {
        self.record().attributes = self.pairs(attributes);
        self
    }

    fn pairs<'s>(&mut self, pairs: impl IntoIterator<Item = (&'s str, &'s str, Option<EntityId>)>) -> Run {
        let start = self.emitter.layers.pairs.len() as u32;
        for (key, value, entity) in pairs {
            let (key, value) = (self.emitter.layers.push_str(key), self.emitter.layers.push_str(value));
            self.emitter.layers.pairs.push(PairRecord { key, value, entity: entity.map_or(NONE, |id| id.0) });
        }
        Run { start, len: self.emitter.layers.pairs.len() as u32 - start }
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

    /// The id, for relations within this emitter.
    pub fn id(self) -> QuoteId {
        QuoteId(self.index as u32)
    }

    /// Adds a stretch of content, quotation marks left out. A quote needs at least one.
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
        record.flags |= quote_flag::CUE;
        self
    }

    /// Marks the cue as negated: "did not say".
    pub fn negated(mut self, negated: bool) -> Self {
        self.record().flags |= if negated { quote_flag::NEGATED } else { 0 };
        self
    }

    /// Marks the cue as modal: "may announce".
    pub fn modal(mut self, modal: bool) -> Self {
        self.record().flags |= if modal { quote_flag::MODAL } else { 0 };
        self
    }

    /// Sets where the text names the speaker. Where that is a mention, the host finds the entity.
    pub fn speaker(mut self, span: Span) -> Self {
        let record = self.record();
        record.speaker = span;
        record.flags |= quote_flag::SPEAKER;
        self
    }

    /// Sets the speaker's entity, where it is not the one mentioned in the speaker's span.
    pub fn speaker_entity(mut self, entity: EntityId) -> Self {
        self.record().speaker_entity = entity.0;
        self
    }

    /// Marks the speaker as someone whom the text does not name.
    pub fn anonymous(mut self, anonymous: bool) -> Self {
        self.record().flags |= if anonymous { quote_flag::ANONYMOUS } else { 0 };
        self
    }

    /// Sets the quote, of this emitter, that holds this one.
    pub fn parent(mut self, parent: QuoteId) -> Self {
        self.record().parent = parent.0;
        self
    }

    /// How sure the stage is, 0..1. 1 unless set.
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }

    /// The rule or feature group that found it.
    pub fn rule(mut self, rule: &'static str) -> Self {
        self.record().rule = self.emitter.intern(rule);
        self
    }
}

/// Adds details to a figure.
pub struct FigureBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl FigureBuilder<'_> {
    fn record(&mut self) -> &mut FigureRecord {
        &mut self.emitter.layers.figures[self.index]
    }

    /// The id, for relations within this emitter.
    pub fn id(self) -> FigureId {
        FigureId(self.index as u32)
    }

    /// Sets what the figure says.
    pub fn value(mut self, value: Value<'_>) -> Self {
        let layers = &mut self.emitter.layers;
        let mut text = |text: Option<&str>| text.map_or(StrRef::EMPTY, |text| layers.push_str(text));
        let ends = |from: bool, to: bool| {
            (if from { figure_flag::FROM } else { 0 }) | (if to { figure_flag::TO } else { 0 })
        };
        let (kind, flags, low, high, text_from, text_to) = match value {
            Value::Number(number) => {
                (value_kind::NUMBER, 0, number, Decimal::ZERO, StrRef::EMPTY, StrRef::EMPTY)
            }
            Value::Range(low, high) => (
                value_kind::RANGE,
                ends(low.is_some(), high.is_some()),
                low.unwrap_or_default(),
                high.unwrap_or_default(),
                StrRef::EMPTY,
                StrRef::EMPTY,
            ),
            Value::Iso(iso) => {
                (value_kind::ISO, 0, Decimal::ZERO, Decimal::ZERO, text(Some(iso)), StrRef::EMPTY)
            }
            Value::Interval(from, to) => (
                value_kind::INTERVAL,
                ends(from.is_some(), to.is_some()),
                Decimal::ZERO,
                Decimal::ZERO,
                text(from),
                text(to),
            ),
        };
        let record = self.record();
        record.value_kind = kind;
        record.flags = record.flags & !(figure_flag::FROM | figure_flag::TO) | flags;
        (record.low, record.high) = (low, high);
        (record.text_from, record.text_to) = (text_from, text_to);
        self
    }

    /// Sets the unit: its code (ISO 4217, UCUM, `%`, `pp`, `bp`; empty for a counted noun) and its name.
    pub fn unit(mut self, code: &str, name: &str) -> Self {
        let (code, name) = (self.emitter.layers.push_str(code), self.emitter.layers.push_str(name));
        let record = self.record();
        (record.unit_code, record.unit_name) = (code, name);
        self
    }

    /// Sets how the text bounds the value.
    pub fn bound(mut self, bound: Bound) -> Self {
        self.record().bound = bound as u8;
        self
    }

    /// Sets the words that name what is measured. Where they hold a mention, the host finds the entity.
    pub fn measure(mut self, span: Span) -> Self {
        let record = self.record();
        record.measure = span;
        record.flags |= figure_flag::MEASURE;
        self
    }

    /// Sets the date or period, of this emitter, that the value belongs to.
    pub fn period(mut self, period: FigureId) -> Self {
        self.record().period = period.0;
        self
    }

    /// Sets how the measure changed. Its ids are of this emitter.
    pub fn change(mut self, change: Change) -> Self {
        let record = self.record();
        record.flags |= figure_flag::CHANGE;
        record.direction = change.direction.map_or(0, |direction| direction as u8);
        record.change_of = change.of.map_or(NONE, |id| id.0);
        record.baseline_period = change.baseline_period.map_or(NONE, |id| id.0);
        if let Some(value) = change.baseline_value {
            record.baseline_value = value;
            record.flags |= figure_flag::BASELINE_VALUE;
        }
        if let Some(amount) = change.amount {
            record.change_amount = amount;
            record.flags |= figure_flag::AMOUNT;
        }
        record.flags |= if change.contradicts { figure_flag::CONTRADICTS } else { 0 };
        self
    }

    /// Sets the value in SI units; `high` for the upper end of a range.
    pub fn si(mut self, low: Decimal, high: Option<Decimal>, unit: &str) -> Self {
        let unit = self.emitter.layers.push_str(unit);
        let record = self.record();
        (record.si_low, record.si_high, record.si_unit) = (low, high.unwrap_or_default(), unit);
        self
    }

    /// Sets part and whole of a ratio.
    pub fn part_of_whole(mut self, part: Decimal, whole: Decimal) -> Self {
        let record = self.record();
        (record.part, record.whole) = (part, whole);
        self
    }

    /// Marks a date as relative to something that nothing tells.
    pub fn relative(mut self, relative: bool) -> Self {
        self.record().flags |= if relative { figure_flag::RELATIVE } else { 0 };
        self
    }

    /// How sure the stage is, 0..1. 1 unless set.
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }

    /// The rule that found it.
    pub fn rule(mut self, rule: &'static str) -> Self {
        self.record().rule = self.emitter.intern(rule);
        self
    }
}

/// Adds details to a target.
pub struct TargetBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl TargetBuilder<'_> {
    /// Sets the entity, where it is not the one mentioned at the target's span.
    pub fn entity(self, entity: EntityId) -> Self {
        self.emitter.layers.targets[self.index].entity = entity.0;
        self
    }

    /// Adds words that caused the polarity.
    pub fn evidence(self, span: Span) -> Self {
        self.emitter.layers.spans.push(span);
        self.emitter.layers.targets[self.index].evidence.len += 1;
        self
    }

    /// The rule or feature group that scored it.
    pub fn rule(self, rule: &'static str) -> Self {
        self.emitter.layers.targets[self.index].rule = self.emitter.intern(rule);
        self
    }
}

/// Adds details to a stance.
pub struct StanceBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl StanceBuilder<'_> {
    /// Sets the quote, of the document, that shows it.
    pub fn quote(self, quote: QuoteId) -> Self {
        self.emitter.layers.stances[self.index].quote = quote.0;
        self
    }

    /// Adds words that caused the polarity.
    pub fn evidence(self, span: Span) -> Self {
        self.emitter.layers.spans.push(span);
        self.emitter.layers.stances[self.index].evidence.len += 1;
        self
    }

    /// The rule or feature group that scored it.
    pub fn rule(self, rule: &'static str) -> Self {
        self.emitter.layers.stances[self.index].rule = self.emitter.intern(rule);
        self
    }
}
