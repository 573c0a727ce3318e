//! A row of a table of patterns.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

use crate::origin;
use crate::origin::Origin;
use crate::patterns::context::Before;
use crate::patterns::row_cells::{BETWEEN, FLAGS, TEXTS};
use crate::patterns::values::Value;

/// What a pattern makes of the words that it matches.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Gives {
    /// Not a figure: the words are skipped.
    Nothing,
    /// A time of day.
    Time(i8, i8),
    /// What a function makes of the captures.
    Value(Value),
}

/// A row as in the file.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// What the words are, and why a row is needed.
    pub(crate) what: String,
    /// The pattern, or several with the same meaning.
    pub(crate) reads: Vec<String>,
    /// "nothing", "time", or a value: its name, and where it needs them a number and a unit.
    pub(crate) gives: String,
    /// The time of day of `time`: "12:00".
    value: Option<String>,
    /// The code of the rule that makes the figure; `pattern` without one.
    rule: Option<String>,
    /// Whether a blank or the start of a line must precede the words; by default they may be glued to a token before.
    #[serde(default)]
    pub(crate) apart: bool,
    /// Whether the words must touch the token before.
    #[serde(default)]
    pub(crate) glued: bool,
    /// Whether no hyphen or slash may join the words to what is before, nor the same sign again to what is after.
    #[serde(default)]
    pub(crate) alone: bool,
    /// Words, separated by `|`, that belong to the match if one of them stands before it: "the".
    #[serde(default)]
    pub(crate) with: String,
    /// Words one of which must stand before the match, and belongs to it.
    #[serde(default)]
    pub(crate) needs: String,
    /// Words one of which must stand before all that.
    #[serde(default)]
    pub(crate) after: String,
    /// Words none of which may follow.
    #[serde(default)]
    pub(crate) not_before: String,
    /// What must follow.
    pub(crate) before: Option<Before>,
    /// Whether the sentence must be about the future.
    #[serde(default)]
    pub(crate) future: bool,
    /// Whether the first word must not be part of a name.
    #[serde(default)]
    pub(crate) common: bool,
    /// Sentences with the words that the row matches, and the resulting value; an empty one if there is none.
    #[serde(default)]
    pub(crate) examples: Vec<[String; 3]>,
    /// Sentences in which it must match nothing.
    #[serde(default)]
    pub(crate) not: Vec<String>,
}

impl Row {
    /// A built-in row, from a line that the build script wrote: without what it is for and its examples.
    pub(crate) fn built_in(line: &str) -> Self {
        let mut cells = line.split('\t');
        let [name, gives, value, rule, with, needs, after, not_before, before] =
            TEXTS.map(|_| cells.next().unwrap_or_default());
        let set = cells.next().unwrap_or_default();
        let [apart, glued, alone, future, common] = FLAGS.map(|flag| set.split(' ').any(|own| own == flag));
        let reads = cells.next().unwrap_or_default().split(BETWEEN);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let before: Result<Before, Error> = Before::deserialize(before.into_deserializer());
        Self {
            name: name.to_owned(),
            what: String::new(),
            reads: reads.map(str::to_owned).collect(),
            gives: gives.to_owned(),
            value: some(value),
            rule: some(rule),
            apart,
            glued,
            alone,
            with: with.to_owned(),
            needs: needs.to_owned(),
            after: after.to_owned(),
            not_before: not_before.to_owned(),
            before: before.ok(),
            future,
            common,
            examples: Vec::new(),
            not: Vec::new(),
        }
    }

    /// What the row gives, and by which rule.
    pub(crate) fn gives(&self) -> Result<(Gives, Origin), String> {
        let clock = self.value.as_deref().map(|value| {
            let clock = value
                .split_once(':')
                .and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
            clock.ok_or_else(|| format!("{value:?} is no time such as \"12:00\""))
        });
        let gives = match (self.gives.as_str(), clock.transpose()?) {
            ("nothing", None) => Gives::Nothing,
            ("time", Some((hour, minute))) => Gives::Time(hour, minute),
            ("time", None) | (_, Some(_)) => {
                return Err("`value` goes with `gives = \"time\"`, and with nothing else".to_owned());
            }
            (value, None) => Gives::Value(Value::read(value)?),
        };
        let origin = match &self.rule {
            None => origin::PATTERN,
            Some(code) => origin::of(code).ok_or_else(|| format!("no rule has the code {code:?}"))?,
        };
        Ok((gives, origin))
    }
}
