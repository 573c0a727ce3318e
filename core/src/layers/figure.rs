//! Figures: numbers and dates with their values and what they mean.

use super::fields::{Fields, IdOf, Record};
use super::{EntityId, EntityRef, Layers, LayersView, NONE, QuoteId, StrRef, some_id, tag};
use crate::absorb::{renumber, reorder};
use crate::{Decimal, DocumentView, Emitter, RuleId, Span};

tag! {
    /// The kind of a figure.
    FigureKind {
        /// An amount of a currency.
        Money = 0 "money",
        /// A percentage, or percentage and basis points.
        Percent = 1 "percent",
        /// A number with a physical or other unit.
        Quantity = 2 "quantity",
        /// A number of things, or a bare number.
        Count = 3 "count",
        /// A rank or position in a sequence.
        Ordinal = 4 "ordinal",
        /// A part of a whole, or the relation of two numbers.
        Ratio = 5 "ratio",
        /// A length of time.
        Duration = 6 "duration",
        /// A day, month or year.
        Date = 7 "date",
        /// A range of dates.
        Period = 8 "period",
        /// A time of day.
        Time = 9 "time",
        /// A figure of none of these kinds.
        Other = 10 "other",
    }
}

tag! {
    /// How the text bounds a value.
    Bound {
        /// Near the value.
        About = 1 "about",
        /// Above it.
        MoreThan = 2 "more_than",
        /// Below it.
        LessThan = 3 "less_than",
        /// Equal to it or above.
        AtLeast = 4 "at_least",
        /// Equal to it or below.
        AtMost = 5 "at_most",
    }
}

tag! {
    /// The direction in which a measure changed.
    Direction {
        /// It grew.
        Up = 1 "up",
        /// It shrank.
        Down = 2 "down",
        /// It stayed the same.
        Flat = 3 "flat",
    }
}

/// A figure of a document: its index in the sorted figure layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FigureId(pub(crate) u32);

impl FigureId {
    /// The index in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A figure in an [`Emitter`] that is not yet part of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NewFigure(u32);

/// A figure that an annotation refers to: one of the document or, for a stage that fills the figure layer itself, one of the same
/// emitter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FigureRef(pub(crate) u32);

impl From<FigureId> for FigureRef {
    fn from(id: FigureId) -> Self {
        Self(id.0)
    }
}

impl From<NewFigure> for FigureRef {
    fn from(id: NewFigure) -> Self {
        Self(id.0)
    }
}

/// The value of a figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// An exact number.
    Number(Decimal),
    /// A range of numbers; one end may be open, not both.
    Range(Option<Decimal>, Option<Decimal>),
    /// A date, time or duration in ISO 8601; a relative date that cannot be resolved as `XXXX-WXX-2` or `P-1M`.
    Iso(&'a str),
    /// A range of ISO 8601 dates; one end may be open, not both.
    Interval(Option<&'a str>, Option<&'a str>),
}

/// The unit of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Unit<'a> {
    /// ISO 4217 for money, UCUM for other units, `%`, `pp` or `bp`; empty for a counted noun.
    pub code: &'a str,
    /// The unit's name, or the noun that is counted.
    pub name: &'a str,
}

/// How a measure changed. The figures that it refers to are of a document or, while a stage emits it, of the same emitter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Change<Id = FigureId> {
    /// The direction of the change.
    pub direction: Option<Direction>,
    /// The figure whose measure changed.
    pub of: Option<Id>,
    /// The value or period that it is compared with.
    pub baseline: Baseline<Id>,
    /// The size of the change, in the unit of the value: given in the text, or computed from value and baseline.
    pub amount: Option<Decimal>,
    /// Whether `amount` is computed rather than given in the text.
    pub amount_is_derived: bool,
    /// Whether the text gives value, baseline and change, and they are inconsistent.
    pub contradicts: bool,
}

impl<Id> Default for Change<Id> {
    fn default() -> Self {
        Self {
            direction: None,
            of: None,
            baseline: Baseline::default(),
            amount: None,
            amount_is_derived: false,
            contradicts: false,
        }
    }
}

/// The value or period that a changed value is compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Baseline<Id = FigureId> {
    /// The period compared with, which is also a figure.
    pub period: Option<Id>,
    /// The value compared with: given in the text, or computed from value and change.
    pub value: Option<Decimal>,
    /// Whether `value` is computed rather than given in the text.
    pub is_derived: bool,
}

impl<Id> Default for Baseline<Id> {
    fn default() -> Self {
        Self { period: None, value: None, is_derived: false }
    }
}

/// A value in SI units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SiValue<'a> {
    /// The value, or the lower end of a range.
    pub low: Decimal,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// The UCUM code of the SI unit.
    pub unit: &'a str,
}

pub(crate) mod value_kind {
    pub(crate) const NONE: u8 = 0;
    pub(crate) const NUMBER: u8 = 1;
    pub(crate) const RANGE: u8 = 2;
    pub(crate) const ISO: u8 = 3;
    pub(crate) const INTERVAL: u8 = 4;
}

pub(crate) mod flag {
    /// `low` (or `text_from`) is given.
    pub(crate) const FROM: u32 = 1;
    /// `high` (or `text_to`) is given.
    pub(crate) const TO: u32 = 2;
    pub(crate) const MEASURE: u32 = 4;
    pub(crate) const BASELINE_VALUE: u32 = 8;
    pub(crate) const CHANGE: u32 = 16;
    /// The date is relative and could not be resolved.
    pub(crate) const RELATIVE: u32 = 32;
    pub(crate) const AMOUNT: u32 = 64;
    /// Value, baseline and change are inconsistent.
    pub(crate) const CONTRADICTS: u32 = 128;
    /// The baseline's value is computed.
    pub(crate) const BASELINE_DERIVED: u32 = 256;
    /// The amount of the change is computed.
    pub(crate) const AMOUNT_DERIVED: u32 = 512;
    pub(crate) const ALL: u32 = 1023;
}

/// A figure as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FigureRecord {
    /// The number, or the lower end of a range.
    pub(crate) low: Decimal,
    /// The upper end of a range.
    pub(crate) high: Decimal,
    pub(crate) baseline_value: Decimal,
    pub(crate) change_amount: Decimal,
    /// The value, or the lower end of a range, in SI units; meaningless without `si_unit`.
    pub(crate) si_low: Decimal,
    pub(crate) si_high: Decimal,
    /// "12 of 27": the numbers of a ratio; both zero if they are not given.
    pub(crate) part: Decimal,
    pub(crate) whole: Decimal,
    pub(crate) span: Span,
    /// The ISO 8601 text, or the start of an interval.
    pub(crate) text_from: StrRef,
    /// The end of an interval.
    pub(crate) text_to: StrRef,
    pub(crate) unit_code: StrRef,
    pub(crate) unit_name: StrRef,
    /// The unit of a rate: the share of "per share". The code is empty if it has none.
    pub(crate) per_code: StrRef,
    pub(crate) per_name: StrRef,
    pub(crate) si_unit: StrRef,
    pub(crate) measure: Span,
    pub(crate) measure_entity: u32,
    pub(crate) period: u32,
    pub(crate) change_of: u32,
    pub(crate) baseline_period: u32,
    /// The quote that contains it; set by the host.
    pub(crate) quote: u32,
    pub(crate) confidence: f32,
    pub(crate) rule: StrRef,
    pub(crate) flags: u32,
    pub(crate) kind: u8,
    pub(crate) value_kind: u8,
    /// 0 if the text gives no bound.
    pub(crate) bound: u8,
    /// 0 if the direction is unknown.
    pub(crate) direction: u8,
}

impl Record for FigureRecord {
    const NAME: &'static str = "figure";
    const FIRST_SIZE: usize = 240;
    const ABSENT: Self = Self {
        low: Decimal::ZERO,
        high: Decimal::ZERO,
        baseline_value: Decimal::ZERO,
        change_amount: Decimal::ZERO,
        si_low: Decimal::ZERO,
        si_high: Decimal::ZERO,
        part: Decimal::ZERO,
        whole: Decimal::ZERO,
        span: Span::ABSENT,
        text_from: StrRef::EMPTY,
        text_to: StrRef::EMPTY,
        unit_code: StrRef::EMPTY,
        unit_name: StrRef::EMPTY,
        per_code: StrRef::EMPTY,
        per_name: StrRef::EMPTY,
        si_unit: StrRef::EMPTY,
        measure: Span::ABSENT,
        measure_entity: NONE,
        period: NONE,
        change_of: NONE,
        baseline_period: NONE,
        quote: NONE,
        confidence: 1.0,
        rule: StrRef::EMPTY,
        flags: 0,
        kind: 0,
        value_kind: value_kind::NONE,
        bound: 0,
        direction: 0,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        fields.span("measure", self.measure);
        fields.tag("kind", self.kind.into(), FigureKind::from_byte(self.kind).is_some());
        fields.tag("value kind", self.value_kind.into(), self.value_kind <= value_kind::INTERVAL);
        fields.tag("bound", self.bound.into(), self.bound == 0 || Bound::from_byte(self.bound).is_some());
        let known = self.direction == 0 || Direction::from_byte(self.direction).is_some();
        fields.tag("direction", self.direction.into(), known);
        fields.tag("flags", self.flags, self.flags & !flag::ALL == 0);
        fields.string("text from", &mut self.text_from);
        fields.string("text to", &mut self.text_to);
        fields.string("unit code", &mut self.unit_code);
        fields.string("unit name", &mut self.unit_name);
        fields.string("per code", &mut self.per_code);
        fields.string("per name", &mut self.per_name);
        fields.string("si unit", &mut self.si_unit);
        fields.string("rule", &mut self.rule);
        fields.decimal("low", self.low);
        fields.decimal("high", self.high);
        fields.decimal("baseline value", self.baseline_value);
        fields.decimal("change amount", self.change_amount);
        fields.decimal("si low", self.si_low);
        fields.decimal("si high", self.si_high);
        fields.decimal("part", self.part);
        fields.decimal("whole", self.whole);
        fields.id("measure entity", &mut self.measure_entity, IdOf::Entities);
        fields.id("period", &mut self.period, IdOf::Figures);
        fields.id("change of", &mut self.change_of, IdOf::Figures);
        fields.id("baseline period", &mut self.baseline_period, IdOf::Figures);
        fields.host_id(&mut self.quote);
        fields.unit("confidence", self.confidence);
        let has_end = self.flags & (flag::FROM | flag::TO) != 0;
        let needs_end = matches!(self.value_kind, value_kind::RANGE | value_kind::INTERVAL);
        fields.required("an end of its range", has_end || !needs_end);
        fields.required("rule", self.rule.len > 0);
    }
}

/// Sorts figures into text order and updates the ids that refer to them.
pub(crate) fn sort(layers: &mut Layers) {
    if let Some(places) = reorder(&mut layers.figures, |figure| figure.span) {
        renumber(layers, IdOf::Figures, &places);
    }
}

/// A figure of a document.
#[derive(Clone, Copy)]
pub struct Figure<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) index: u32,
}

impl<'a> Figure<'a> {
    fn record(self) -> &'a FigureRecord {
        &self.layers.figures[self.index as usize]
    }

    /// Its id in this document.
    pub const fn id(self) -> FigureId {
        FigureId(self.index)
    }

    /// Its kind.
    pub fn kind(self) -> FigureKind {
        FigureKind::from_byte(self.record().kind).unwrap_or(FigureKind::Other)
    }

    /// Its span, including the unit.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// Its value.
    pub fn value(self) -> Option<Value<'a>> {
        let record = self.record();
        let given = |bit| record.flags & bit != 0;
        match record.value_kind {
            value_kind::NUMBER => Some(Value::Number(record.low)),
            value_kind::RANGE => Some(Value::Range(
                given(flag::FROM).then_some(record.low),
                given(flag::TO).then_some(record.high),
            )),
            value_kind::ISO => Some(Value::Iso(self.layers.str(record.text_from))),
            value_kind::INTERVAL => Some(Value::Interval(
                given(flag::FROM).then(|| self.layers.str(record.text_from)),
                given(flag::TO).then(|| self.layers.str(record.text_to)),
            )),
            _ => None,
        }
    }

    /// The unit, or the noun that is counted.
    pub fn unit(self) -> Option<Unit<'a>> {
        let record = self.record();
        self.unit_of(record.unit_code, record.unit_name)
    }

    /// The unit of a rate: the share of "4 euros per share".
    pub fn per(self) -> Option<Unit<'a>> {
        let record = self.record();
        self.unit_of(record.per_code, record.per_name)
    }

    fn unit_of(self, code: StrRef, name: StrRef) -> Option<Unit<'a>> {
        let unit = Unit { code: self.layers.str(code), name: self.layers.str(name) };
        (unit != Unit::default()).then_some(unit)
    }

    /// Unit and rate for display: "EUR", "euro per share", "ship"; empty if there is no unit.
    pub fn unit_label(self) -> String {
        let unit = self.unit().unwrap_or_default();
        match self.per() {
            Some(per) => {
                format!("{} per {}", unit.name, if per.name.is_empty() { per.code } else { per.name })
                    .trim_start()
                    .to_owned()
            }
            None => if unit.code.is_empty() { unit.name } else { unit.code }.to_owned(),
        }
    }

    /// The unit's code; empty if it has none.
    pub fn unit_code(self) -> &'a str {
        self.layers.str(self.record().unit_code)
    }

    /// The unit's name, or the noun that is counted; empty if it has none.
    pub fn unit_name(self) -> &'a str {
        self.layers.str(self.record().unit_name)
    }

    /// How the text bounds the value.
    pub fn bound(self) -> Option<Bound> {
        Bound::from_byte(self.record().bound)
    }

    /// The words that name what is measured.
    pub fn measure(self) -> Option<Span> {
        let record = self.record();
        (record.flags & flag::MEASURE != 0).then_some(record.measure)
    }

    /// The entity that is measured.
    pub fn measure_entity(self) -> Option<EntityId> {
        some_id(self.record().measure_entity).map(EntityId)
    }

    /// The date or period of the value, which is also a figure.
    pub fn period(self) -> Option<FigureId> {
        some_id(self.record().period).map(FigureId)
    }

    /// How the measure changed, if the figure belongs to a change.
    pub fn change(self) -> Option<Change> {
        let record = self.record();
        let given = |bit| record.flags & bit != 0;
        given(flag::CHANGE).then(|| Change {
            direction: Direction::from_byte(record.direction),
            of: some_id(record.change_of).map(FigureId),
            baseline: Baseline {
                period: some_id(record.baseline_period).map(FigureId),
                value: given(flag::BASELINE_VALUE).then_some(record.baseline_value),
                is_derived: given(flag::BASELINE_DERIVED),
            },
            amount: given(flag::AMOUNT).then_some(record.change_amount),
            amount_is_derived: given(flag::AMOUNT_DERIVED),
            contradicts: given(flag::CONTRADICTS),
        })
    }

    /// The value in SI units, if the unit can be converted.
    pub fn si(self) -> Option<SiValue<'a>> {
        let record = self.record();
        let unit = self.layers.str(record.si_unit);
        let high = (record.value_kind == value_kind::RANGE).then_some(record.si_high);
        (!unit.is_empty()).then_some(SiValue { low: record.si_low, high, unit })
    }

    /// Part and whole of a ratio that gives both: (12, 27) of "12 of 27".
    pub fn part_of_whole(self) -> Option<(Decimal, Decimal)> {
        let record = self.record();
        (record.whole != Decimal::ZERO).then_some((record.part, record.whole))
    }

    /// The quote that contains it.
    pub fn quote(self) -> Option<QuoteId> {
        some_id(self.record().quote).map(QuoteId)
    }

    /// Whether it is a relative date that neither the text nor the input resolves.
    pub fn is_relative(self) -> bool {
        self.record().flags & flag::RELATIVE != 0
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
    /// The figures, in text order.
    pub fn figures(&self) -> impl ExactSizeIterator<Item = Figure<'_>> {
        let layers = &self.layers;
        (0..layers.figures.len() as u32).map(move |index| Figure { layers, index })
    }

    /// One figure.
    pub fn figure(&self, id: FigureId) -> Option<Figure<'_>> {
        (id.index() < self.layers.figures.len()).then_some(Figure { layers: &self.layers, index: id.0 })
    }
}

impl Emitter {
    /// Adds a figure, found by `rule`; `span` covers number and unit.
    pub fn figure(&mut self, kind: FigureKind, span: Span, rule: RuleId) -> FigureBuilder<'_> {
        let rule = self.intern(rule);
        self.layers.figures.push(FigureRecord { span, rule, kind: kind as u8, ..FigureRecord::ABSENT });
        FigureBuilder { index: self.layers.figures.len() - 1, emitter: self }
    }

    /// Returns to a figure of this emitter, to add details that a later figure provides.
    ///
    /// # Panics
    /// If the id is of another emitter and this one has fewer figures.
    pub fn figure_again(&mut self, id: NewFigure) -> FigureBuilder<'_> {
        assert!((id.0 as usize) < self.layers.figures.len(), "a figure of another emitter");
        FigureBuilder { index: id.0 as usize, emitter: self }
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

    fn flag(mut self, flag: u32, set: bool) -> Self {
        let flags = &mut self.record().flags;
        *flags = if set { *flags | flag } else { *flags & !flag };
        self
    }

    /// The id, for relations within this emitter.
    pub fn id(self) -> NewFigure {
        NewFigure(self.index as u32)
    }

    /// Sets the value.
    pub fn value(mut self, value: Value<'_>) -> Self {
        let layers = &mut self.emitter.layers;
        let mut text = |text: Option<&str>| text.map_or(StrRef::EMPTY, |text| layers.push_str(text));
        let mut set = FigureRecord::ABSENT;
        let (from, to) = match value {
            Value::Number(number) => {
                (set.value_kind, set.low) = (value_kind::NUMBER, number);
                (false, false)
            }
            Value::Range(low, high) => {
                set.value_kind = value_kind::RANGE;
                (set.low, set.high) = (low.unwrap_or_default(), high.unwrap_or_default());
                (low.is_some(), high.is_some())
            }
            Value::Iso(iso) => {
                (set.value_kind, set.text_from) = (value_kind::ISO, text(Some(iso)));
                (false, false)
            }
            Value::Interval(from, to) => {
                set.value_kind = value_kind::INTERVAL;
                (set.text_from, set.text_to) = (text(from), text(to));
                (from.is_some(), to.is_some())
            }
        };
        let record = self.record();
        record.value_kind = set.value_kind;
        (record.low, record.high) = (set.low, set.high);
        (record.text_from, record.text_to) = (set.text_from, set.text_to);
        self.flag(flag::FROM, from).flag(flag::TO, to)
    }

    /// Sets the unit: its code (ISO 4217, UCUM, `%`, `pp`, `bp`; empty for a counted noun) and its name.
    pub fn unit(mut self, code: &str, name: &str) -> Self {
        let (code, name) = (self.emitter.layers.push_str(code), self.emitter.layers.push_str(name));
        let record = self.record();
        (record.unit_code, record.unit_name) = (code, name);
        self
    }

    /// Sets the unit of a rate: its code, if it has one, and its name ("share").
    pub fn per(mut self, code: &str, name: &str) -> Self {
        let (code, name) = (self.emitter.layers.push_str(code), self.emitter.layers.push_str(name));
        let record = self.record();
        (record.per_code, record.per_name) = (code, name);
        self
    }

    /// Sets how the text bounds the value.
    pub fn bound(mut self, bound: Bound) -> Self {
        self.record().bound = bound as u8;
        self
    }

    /// Sets the words that name what is measured. If they are a mention, the host sets the entity.
    pub fn measure(mut self, span: Span) -> Self {
        self.record().measure = span;
        self.flag(flag::MEASURE, true)
    }

    /// Sets the entity that is measured, if it is not the one that the measure's words mention.
    pub fn measure_entity(mut self, entity: impl Into<EntityRef>) -> Self {
        self.record().measure_entity = entity.into().0;
        self
    }

    /// Sets the date or period of the value, a figure of this emitter.
    pub fn period(mut self, period: NewFigure) -> Self {
        self.record().period = period.0;
        self
    }

    /// Sets how the measure changed.
    pub fn change(mut self, change: Change<NewFigure>) -> Self {
        let record = self.record();
        record.direction = change.direction.map_or(0, |direction| direction as u8);
        record.change_of = change.of.map_or(NONE, |id| id.0);
        record.baseline_period = change.baseline.period.map_or(NONE, |id| id.0);
        record.baseline_value = change.baseline.value.unwrap_or_default();
        record.change_amount = change.amount.unwrap_or_default();
        self.flag(flag::CHANGE, true)
            .flag(flag::BASELINE_VALUE, change.baseline.value.is_some())
            .flag(flag::BASELINE_DERIVED, change.baseline.is_derived)
            .flag(flag::AMOUNT, change.amount.is_some())
            .flag(flag::AMOUNT_DERIVED, change.amount_is_derived)
            .flag(flag::CONTRADICTS, change.contradicts)
    }

    /// Sets the value in SI units; `high` is the upper end of a range.
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

    /// Sets whether the date is relative and unresolved.
    pub fn relative(self, relative: bool) -> Self {
        self.flag(flag::RELATIVE, relative)
    }

    /// Sets the confidence, 0..1 (default 1).
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.record().confidence = confidence;
        self
    }
}
