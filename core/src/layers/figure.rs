//! Figures: numbers and dates with their values and what they mean.

use super::{EntityId, LayersView, QuoteId, StrRef, some_id, tag};
use crate::{Decimal, Span};

tag! {
    /// What a figure counts or marks.
    FigureKind {
        /// An amount of a currency.
        Money = 0 "money",
        /// A percentage, or percentage and basis points.
        Percent = 1 "percent",
        /// A number of a physical or other unit.
        Quantity = 2 "quantity",
        /// A number of things, or a bare number.
        Count = 3 "count",
        /// A place in a row.
        Ordinal = 4 "ordinal",
        /// A part of a whole, or one number to another.
        Ratio = 5 "ratio",
        /// A length of time.
        Duration = 6 "duration",
        /// A day, month or year.
        Date = 7 "date",
        /// From one date to another.
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
        /// Near it.
        About = 1 "about",
        /// Above it.
        MoreThan = 2 "more_than",
        /// Below it.
        LessThan = 3 "less_than",
        /// It or above.
        AtLeast = 4 "at_least",
        /// It or below.
        AtMost = 5 "at_most",
    }
}

tag! {
    /// Which way a measure went.
    Direction {
        /// It grew.
        Up = 1 "up",
        /// It shrank.
        Down = 2 "down",
        /// It stayed.
        Flat = 3 "flat",
    }
}

/// A figure of one document, by its place in the sorted figure layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FigureId(pub(crate) u32);

impl FigureId {
    /// The place in the layer, from zero.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a figure says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// An exact number.
    Number(Decimal),
    /// A range of numbers; one end may be open, not both.
    Range(Option<Decimal>, Option<Decimal>),
    /// A date, time or duration in ISO 8601; a relative date without a reference as `XXXX-WXX-2` or `P-1M`.
    Iso(&'a str),
    /// From one ISO 8601 date to another; one end may be open, not both.
    Interval(Option<&'a str>, Option<&'a str>),
}

/// How a measure changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// Which way it went.
    pub direction: Option<Direction>,
    /// The figure whose measure changed.
    pub of: Option<FigureId>,
    /// The period compared with, a figure too.
    pub baseline_period: Option<FigureId>,
    /// The value compared with: given by the text, or computed from value and change.
    pub baseline_value: Option<Decimal>,
    /// By how much it changed, in the unit of the value: given by the text, or computed from value and baseline.
    pub amount: Option<Decimal>,
    /// Whether the text gives value, baseline and change, and they do not fit one another.
    pub contradicts: bool,
}

/// A value in SI units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SiValue<'a> {
    /// The value, or the lower end of a range.
    pub low: Decimal,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// The SI unit, as UCUM writes it.
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
    pub(crate) const FROM: u8 = 1;
    /// `high` (or `text_to`) is given.
    pub(crate) const TO: u8 = 2;
    pub(crate) const MEASURE: u8 = 4;
    pub(crate) const BASELINE_VALUE: u8 = 8;
    pub(crate) const CHANGE: u8 = 16;
    /// The date is relative and nothing told to what.
    pub(crate) const RELATIVE: u8 = 32;
    pub(crate) const AMOUNT: u8 = 64;
    /// Value, baseline and change do not fit one another.
    pub(crate) const CONTRADICTS: u8 = 128;
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
    /// The value, or the lower end of a range, in SI units; no meaning without `si_unit`.
    pub(crate) si_low: Decimal,
    pub(crate) si_high: Decimal,
    /// "12 of 27": the numbers of a ratio; both zero where they are not given.
    pub(crate) part: Decimal,
    pub(crate) whole: Decimal,
    pub(crate) span: Span,
    /// The ISO 8601 text, or the start of an interval.
    pub(crate) text_from: StrRef,
    /// The end of an interval.
    pub(crate) text_to: StrRef,
    pub(crate) unit_code: StrRef,
    pub(crate) unit_name: StrRef,
    pub(crate) si_unit: StrRef,
    pub(crate) measure: Span,
    pub(crate) measure_entity: u32,
    pub(crate) period: u32,
    pub(crate) change_of: u32,
    pub(crate) baseline_period: u32,
    /// The quote in which it stands; set by the host.
    pub(crate) quote: u32,
    pub(crate) confidence: f32,
    pub(crate) rule: StrRef,
    pub(crate) kind: u8,
    pub(crate) value_kind: u8,
    /// 0 where the text gives no bound.
    pub(crate) bound: u8,
    /// 0 where the direction is not known.
    pub(crate) direction: u8,
    pub(crate) flags: u8,
    pub(crate) reserved: [u8; 3],
}

/// A figure of a document, read.
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

    /// What it counts or marks.
    pub fn kind(self) -> FigureKind {
        FigureKind::from_byte(self.record().kind).unwrap_or(FigureKind::Other)
    }

    /// Where it stands, unit included.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// What it says.
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

    /// The unit's code: ISO 4217 for money, UCUM for other units, `%`, `pp` or `bp`; empty where it has none.
    pub fn unit_code(self) -> &'a str {
        self.layers.str(self.record().unit_code)
    }

    /// The unit's name, or the noun that is counted; empty where it has none.
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

    /// What is measured, as an entity.
    pub fn measure_entity(self) -> Option<EntityId> {
        some_id(self.record().measure_entity).map(EntityId)
    }

    /// The date or period that the value belongs to, a figure too.
    pub fn period(self) -> Option<FigureId> {
        some_id(self.record().period).map(FigureId)
    }

    /// How the measure changed, where the figure tells a change.
    pub fn change(self) -> Option<Change> {
        let record = self.record();
        (record.flags & flag::CHANGE != 0).then(|| Change {
            direction: Direction::from_byte(record.direction),
            of: some_id(record.change_of).map(FigureId),
            baseline_period: some_id(record.baseline_period).map(FigureId),
            baseline_value: (record.flags & flag::BASELINE_VALUE != 0).then_some(record.baseline_value),
            amount: (record.flags & flag::AMOUNT != 0).then_some(record.change_amount),
            contradicts: record.flags & flag::CONTRADICTS != 0,
        })
    }

    /// The value in SI units, where the unit has one.
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

    /// The quote in which it stands.
    pub fn quote(self) -> Option<QuoteId> {
        some_id(self.record().quote).map(QuoteId)
    }

    /// Whether it is a relative date that nothing in document or input resolves.
    pub fn is_relative(self) -> bool {
        self.record().flags & flag::RELATIVE != 0
    }

    /// How sure the stage is of it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// The rule that found it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record().rule)
    }
}
