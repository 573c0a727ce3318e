//! Which rule made a figure, and what later passes need to know about its notation.

use copydesk_core::RuleId;

use crate::registry;

/// The notation of a figure, as far as later passes need it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Nothing that they need.
    Plain,
    /// "over-65s"
    AgedGroup,
    /// "three weeks ago"
    Ago,
    /// "the 15th century"
    Century,
    /// An amount after the sign or code of its currency.
    Currency,
    /// "5 June 2031", "June 5"
    Date,
    /// "14-16 May"
    Days,
    /// "the 1950s"
    Decade,
    /// "two thirds"
    Fraction,
    /// "May 2021"
    Month,
    /// "tripled"
    Multiple,
    /// "12 of 27"
    Ratio,
    /// "last year"
    Relative,
    /// "yesterday"
    RelativeDay,
    /// A number whose unit is that of a neighbour.
    SharedUnit,
    /// "at least 5, at most 10"
    TwoBounds,
    /// "Tuesday"
    Weekday,
}

/// The origin of a figure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    pub(crate) rule: RuleId,
    pub(crate) form: Form,
}

macro_rules! origins {
    ($($name:ident: $form:ident),+ $(,)?) => {
        $(pub(crate) const $name: Origin = Origin { rule: registry::$name, form: Form::$form };)+

        /// The origin by the code of its rule.
        pub(crate) fn of(code: &str) -> Option<Origin> {
            [$($name),+].into_iter().find(|origin| origin.rule.code() == code)
        }
    };
}

origins! {
    ABSOLUTE_ZERO: Plain,
    AFTER_NEXT: Plain,
    AGE: Plain,
    AGE_IN_TENS: Plain,
    AGED_GROUP: AgedGroup,
    AGO: Ago,
    BEFORE_LAST: Plain,
    CENTURY: Century,
    COIN: Plain,
    COUNTED_NOUN: Plain,
    CURRENCY: Currency,
    DATE: Date,
    DAY_OF_MONTH: Plain,
    DAYS: Days,
    DECADE: Decade,
    EARLIER: Plain,
    ELIDED_UNIT: Plain,
    FACTOR: Plain,
    FISCAL_YEAR: Plain,
    FORTNIGHT: Plain,
    FRACTION: Fraction,
    FROM_NOW: Plain,
    FROM_TO: Plain,
    HALF_MONTH: Plain,
    HOLIDAY: Plain,
    IN: Plain,
    INTERVAL: Plain,
    LATER: Plain,
    MONTH: Month,
    MONTHS: Plain,
    MULTIPLE: Multiple,
    NTH: Plain,
    NUMBER: Plain,
    ORDINAL: Plain,
    ORDINAL_RANGE: Plain,
    PART_OF_POINT: Plain,
    PATTERN: Plain,
    PERCENTAGE_OF: Plain,
    QUARTER: Plain,
    RANGE: Plain,
    RANK: Plain,
    RATIO: Ratio,
    RELATIVE: Relative,
    RELATIVE_DAY: RelativeDay,
    REST: Plain,
    RUN_TIME: Plain,
    RUNNING: Plain,
    SAME_PERIOD: Plain,
    SCORE: Plain,
    SEASON: Plain,
    SET: Plain,
    SHARED_UNIT: SharedUnit,
    SHIFTED: Plain,
    STARTING: Plain,
    STRETCH: Plain,
    STRETCH_TO: Plain,
    TILL_NOW: Plain,
    TIME: Plain,
    TIMES_A: Plain,
    TO_DATE: Plain,
    TWO_BOUNDS: TwoBounds,
    UNIT: Plain,
    WEEK: Plain,
    WEEKDAY: Weekday,
    WEEKEND: Plain,
    WITHIN: Plain,
    WORKWEEK: Plain,
    YEAR: Plain,
    YEARS: Plain,
    YUAN_SIGN: Plain,
}
