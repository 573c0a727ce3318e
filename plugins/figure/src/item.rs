//! The working form of a figure inside the stage.

use copydesk_core::layers::{Bound, Direction, FigureKind};
use copydesk_core::{Decimal, RuleId, Span};

use crate::origin::{Form, Origin};
use crate::sentence::units::{Measures, Unit};
use crate::when::When;

/// The value of a figure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Content {
    Number(Decimal),
    Range(Decimal, Decimal),
    /// "2-1": two numbers in their own order.
    Score(Decimal, Decimal),
    /// A length of time, in a unit of the tables.
    Length(Decimal),
    /// Something that repeats after such a length.
    Repeat(Decimal),
    /// In several units: years, months, weeks, days, hours, minutes, seconds.
    Lengths(Lengths),
    Time(When),
    Between(When, When),
}

/// The counted thing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Counted {
    Nothing,
    Unit(Unit),
    /// The token of the counted noun.
    Noun(usize),
}

/// The unit of time of a rate of a rate. One byte, as items are copied often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl TimeUnit {
    const ALL: [Self; 8] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    /// UCUM code and name; a quarter has no code of its own.
    pub(crate) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Second => ("s", "second"),
            Self::Minute => ("min", "minute"),
            Self::Hour => ("h", "hour"),
            Self::Day => ("d", "day"),
            Self::Week => ("wk", "week"),
            Self::Month => ("mo", "month"),
            Self::Quarter => ("", "quarter"),
            Self::Year => ("a", "year"),
        }
    }

    /// The time unit that a unit of the tables is.
    pub(crate) fn of(unit: Unit) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.names().1 == unit.name)
    }
}

/// The denominator of a rate.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Per {
    Unit(Unit),
    /// "per hectare per year".
    Units(Unit, TimeUnit),
    /// The token of a noun: "per share".
    Noun(usize),
    /// From one token up to another: "per 100,000 people".
    Words(usize, usize),
}

/// How a period is computed from another one of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RelativeTo {
    /// Shifted by this many years.
    Shift(i16),
    /// The same period of this year.
    Year(i16),
    /// Shifted from the last day that the text names.
    Moved { months: i32, days: i32 },
}

/// A figure and its tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) end: usize,
    /// The first token of the words that bound it ("more than"), or its own first token.
    pub(crate) lead: usize,
    pub(crate) span: Span,
    pub(crate) kind: FigureKind,
    pub(crate) content: Content,
    pub(crate) counted: Counted,
    /// "58 dollars a barrel".
    pub(crate) per: Option<Per>,
    /// The power of ten of its scale word.
    pub(crate) scale: i32,
    pub(crate) bound: Option<Bound>,
    pub(crate) direction: Option<Direction>,
    /// Places in the list of items.
    pub(crate) of: Option<usize>,
    pub(crate) baseline_period: Option<usize>,
    pub(crate) baseline_value: Option<Decimal>,
    /// The baseline's value is computed from the change, not given by the text.
    pub(crate) baseline_derived: bool,
    /// By how much a level changed.
    pub(crate) amount: Option<Decimal>,
    /// The change is the difference of two levels, not given by the text.
    pub(crate) amount_derived: bool,
    pub(crate) contradicts: bool,
    /// The words of a period's two ends, if each is a date.
    pub(crate) ends: Option<[Span; 2]>,
    /// "12 of 27".
    pub(crate) part_whole: Option<(Decimal, Decimal)>,
    pub(crate) period: Option<usize>,
    pub(crate) measure: Option<Span>,
    /// "the same period last year": a date that depends on another one of the text.
    pub(crate) relative_to: Option<RelativeTo>,
    pub(crate) origin: Origin,
    pub(crate) confidence: f32,
}

impl Item {
    pub(crate) fn new(
        first: usize,
        end: usize,
        span: Span,
        kind: FigureKind,
        content: Content,
        origin: Origin,
    ) -> Self {
        Self {
            first,
            end,
            lead: first,
            span,
            kind,
            content,
            counted: Counted::Nothing,
            per: None,
            scale: 0,
            bound: None,
            direction: None,
            of: None,
            baseline_period: None,
            baseline_value: None,
            baseline_derived: false,
            amount: None,
            amount_derived: false,
            contradicts: false,
            ends: None,
            part_whole: None,
            period: None,
            measure: None,
            relative_to: None,
            origin,
            confidence: 0.9,
        }
    }

    /// Whether it is a date, period or time of day.
    pub(crate) fn is_time(&self) -> bool {
        matches!(self.kind, FigureKind::Date | FigureKind::Period | FigureKind::Time)
    }

    /// A number without unit or noun.
    pub(crate) fn is_bare(&self) -> bool {
        self.kind == FigureKind::Count && self.counted == Counted::Nothing
    }

    /// Sets the counted thing; a unit also sets the kind.
    pub(crate) fn set_counted(&mut self, counted: Counted) {
        match counted {
            Counted::Unit(unit) => self.set_unit(unit),
            other => self.counted = other,
        }
    }

    /// Sets a unit and the kind that goes with it.
    pub(crate) fn set_unit(&mut self, unit: Unit) {
        self.counted = Counted::Unit(unit);
        self.kind = match unit.measures {
            Measures::Money => FigureKind::Money,
            Measures::Percent => FigureKind::Percent,
            Measures::Quantity | Measures::Age => FigureKind::Quantity,
            Measures::Times => FigureKind::Ratio,
            Measures::Time => FigureKind::Duration,
        };
        match (unit.measures, self.content) {
            (Measures::Time, Content::Number(number)) => self.content = Content::Length(number),
            (Measures::Times, _) => self.counted = Counted::Nothing,
            _ => {}
        }
    }
}

/// Whole numbers of years, months, weeks, days, hours, minutes and seconds.
pub(crate) type Lengths = [i32; 7];

/// The result of a rule at some token. An item lives only briefly on the stack, so its size does not matter.
#[expect(clippy::large_enum_variant)]
pub(crate) enum Found {
    Item(Item),
    /// By this rule they are not a figure; continue after them.
    Skip(usize, RuleId),
}

/// The token after a figure, its counted noun included.
pub(crate) fn after(item: &Item) -> usize {
    match item.counted {
        // "from 90,000 to 150,000 vehicles": a shared noun follows the other number.
        Counted::Noun(noun) if noun >= item.end && item.origin.form != Form::SharedUnit => noun + 1,
        _ => item.end,
    }
}
