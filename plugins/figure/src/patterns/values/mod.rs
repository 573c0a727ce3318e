//! What a row makes of the words that it matches: `gives` names a function, with a number and a unit of time where it needs them.

mod clock;
mod moved;
mod parts;

use jiff::Span;

use crate::item::{Content, Item};
use crate::origin::Origin;
use crate::parse::dates::{ago, calendar_units, dated};
use crate::patterns::classes::WordsAt;
use crate::patterns::matcher::Captures;
use crate::patterns::reading;
use crate::patterns::syntax::Words;
use crate::sentence::scope::Scope;
use crate::when::{Step, When};

/// The figure of a match. `None` if no such date exists.
pub(super) type Function = fn(&Match<'_>) -> Option<Item>;

/// The functions by the names that rows use.
pub(super) const FUNCTIONS: [(&str, Function); 38] = [
    ("date", reading::captured),
    ("period", reading::captured),
    ("date-no-score", reading::no_score),
    ("split-year", reading::split_year),
    ("before-christ", parts::before_christ),
    ("century", parts::century),
    ("that", that),
    ("offset", moved::offset),
    ("moved", moved::moved),
    ("stretch", moved::stretch),
    ("to-date", moved::to_date),
    ("shift", moved::shift),
    ("beside", moved::beside),
    ("ago", moved::ago),
    ("from-now", moved::from_now),
    ("hours-ago", moved::hours_ago),
    ("earlier", moved::earlier),
    ("later", moved::later),
    ("appointed", moved::appointed),
    ("weekdays", moved::weekdays),
    ("same", moved::same),
    ("repeat", moved::repeat),
    ("each-weekday", moved::each_weekday),
    ("clock", clock::clock),
    ("first-hour", clock::first_hour),
    ("run-time", clock::run_time),
    ("nth", parts::nth),
    ("last", parts::last),
    ("first-part", parts::first_part),
    ("last-part", parts::last_part),
    ("rest", parts::rest),
    ("quarter", parts::quarter),
    ("half", parts::half),
    ("half-month", parts::half_month),
    ("month-quarter", parts::month_quarter),
    ("week", parts::week),
    ("weekend", parts::weekend),
    ("weekday", parts::weekday),
];

/// The names of units of time in rows, by their index in `data/numbers.tsv`; the last one is of rows alone.
const UNITS: [&str; 7] = ["day", "week", "weekend", "month", "quarter", "year", "fortnight"];

/// The index of a weekend among the units.
pub(crate) const WEEKEND: u8 = 2;

/// A number that a row gives, or the sign of the one that its pattern captures.
#[derive(Clone, Copy, Debug)]
enum Steps {
    Fixed(i32),
    /// `count` or `-count`.
    Counted(i32),
}

/// A function with its number and its unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    function: Function,
    steps: Option<Steps>,
    /// The unit that the row names; else the captured one counts.
    unit: Option<u8>,
}

impl Value {
    /// Reads what a row gives: "offset -2 day", "stretch -count units".
    ///
    /// # Errors
    ///
    /// A name that no function has, or a word after it that is neither a number nor a unit.
    pub(crate) fn read(gives: &str) -> Result<Self, String> {
        let mut words = gives.split(' ');
        let name = words.next().unwrap_or_default();
        let (_, function) = FUNCTIONS.iter().find(|(known, _)| *known == name).ok_or_else(|| {
            let known: Vec<&str> = FUNCTIONS.iter().map(|(known, _)| *known).collect();
            format!("`gives` has no value {name:?}; the values are nothing, time, {}", known.join(", "))
        })?;
        let mut value = Self { function: *function, steps: None, unit: None };
        for word in words {
            match (word, word.parse::<i32>(), UNITS.iter().position(|unit| *unit == word)) {
                ("count", ..) => value.steps = Some(Steps::Counted(1)),
                ("-count", ..) => value.steps = Some(Steps::Counted(-1)),
                (_, Ok(number), _) => value.steps = Some(Steps::Fixed(number)),
                (_, _, Some(unit)) => value.unit = u8::try_from(unit).ok(),
                _ => {
                    return Err(format!(
                        "{word:?} in `gives` is neither a number, nor count or -count, nor one of {}",
                        UNITS.join(", ")
                    ));
                }
            }
        }
        Ok(value)
    }

    pub(crate) fn item(&self, found: &Match<'_>) -> Option<Item> {
        (self.function)(&Match { value: Some(*self), ..*found })
    }
}

/// A match of a row's pattern.
#[derive(Clone, Copy)]
pub(crate) struct Match<'m> {
    pub(crate) words: WordsAt<'m>,
    pub(crate) scope: &'m Scope<'m>,
    /// The first token of the figure; words before the pattern may belong to it.
    pub(crate) first: usize,
    /// The first token of the pattern.
    pub(crate) at: usize,
    /// The token after it.
    pub(crate) end: usize,
    pub(crate) captures: &'m Captures,
    pub(crate) origin: Origin,
    pub(crate) value: Option<Value>,
}

impl Match<'_> {
    fn date(&self, when: When) -> Item {
        dated::date_item(self.scope, self.first, self.end, when, self.origin)
    }

    fn period(&self, from: When, to: When) -> Item {
        dated::period_item(self.scope, self.first, self.end, from, to, self.origin)
    }

    /// The number that the row gives, or the captured one with its sign.
    pub(crate) fn steps(&self) -> Option<i32> {
        Some(match self.value?.steps? {
            Steps::Fixed(number) => number,
            Steps::Counted(sign) => sign.checked_mul(self.captures.count?.0)?,
        })
    }

    fn unit(&self) -> Option<u8> {
        self.value?.unit.or(self.captures.unit)
    }

    /// The date inside the pattern.
    fn inner(&self) -> Option<Item> {
        let (class, at) = self.captures.inner?;
        self.words.date(class, at)
    }

    fn inner_when(&self) -> Option<When> {
        match self.inner()?.content {
            Content::Time(when) => Some(when),
            _ => None,
        }
    }

    /// Whether the pattern names a year, even if nothing says which one "last year" is.
    fn names_year(&self) -> bool {
        self.captures.year.is_some() || matches!(self.captures.inner, Some((Words::InYear, _)))
    }

    fn length(&self) -> Option<ago::Length> {
        ago::length(self.scope, self.captures.length?)
    }
}

/// The date inside the pattern, with the words around it: "the end of 1974".
fn that(found: &Match<'_>) -> Option<Item> {
    let inner = found.inner()?;
    Some(Item { first: found.first, span: found.scope.span(found.first, inner.end), ..inner })
}

/// The stretch of a unit's length that is this many units from that of the day of publication.
fn from_today(scope: &Scope<'_>, count: i32, unit: u8) -> Option<When> {
    Some(match (When::offset(scope.today, count, step(unit)?), unit) {
        (When::Week(year, week), WEEKEND) => When::Weekend(year, week),
        (when, _) => when,
    })
}

fn step(unit: u8) -> Option<Step> {
    calendar_units::step_of(unit)
}

/// The time that one unit takes; none for weekends and quarters, which do not go up to today.
fn span_of(unit: u8) -> Option<Span> {
    match unit {
        1 => Span::new().try_weeks(1).ok(),
        3 => Span::new().try_months(1).ok(),
        5 => Span::new().try_years(1).ok(),
        6 => Span::new().try_weeks(2).ok(),
        _ => None,
    }
}
