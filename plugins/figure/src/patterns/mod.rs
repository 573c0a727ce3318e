//! Dates, and what is no figure, as rows of a table: `data/patterns.toml`, and the files of `options.patterns`.
//!
//! `syntax` reads a row's pattern, `matcher` holds it against a text, `reading` makes a figure of what it captured. A row has its own
//! examples, which the tests run.

mod matcher;
mod reading;
mod syntax;

use copydesk_core::StageError;
use copydesk_core::segment::token_flag;
use serde::Deserialize;

use crate::item::Item;
use crate::patterns::matcher::Input;
use crate::patterns::syntax::Node;
use crate::scope::Scope;
use crate::time::when::When;

/// The rows that come with the stage.
const BUILT_IN: &str = include_str!("../../data/patterns.toml");

/// Values of the byte that a pattern begins with.
const BYTES: usize = 256;

/// What a pattern makes of the words that it matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Gives {
    /// A date, from the year, month, day, quarter or half that was captured.
    Date,
    /// A period, from the first and the second of something that was captured.
    Period,
    /// The seven days from a date on.
    Week,
    /// A time of day, which `value` gives.
    Time,
    /// No figure: the words are passed over.
    Nothing,
}

/// A row as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// What the words are, and why a row is needed.
    what: String,
    /// The pattern, or several of one meaning.
    reads: Vec<String>,
    gives: Gives,
    /// The time of day that `time` gives: "12:00".
    value: Option<String>,
    /// Whether a blank or the begin of a line must precede the words; by default they may be glued to what precedes.
    #[serde(default)]
    apart: bool,
    /// Whether the words must touch what precedes.
    #[serde(default)]
    glued: bool,
    /// Sentences with the words that the row matches, and the value that it gives; an empty one where it gives nothing.
    examples: Vec<[String; 3]>,
    /// Sentences in which it must match nothing; the tests read them.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code))]
    not: Vec<String>,
}

impl Row {
    const fn touch(&self) -> Touch {
        match (self.apart, self.glued) {
            (true, _) => Touch::Apart,
            (false, true) => Touch::Glued,
            (false, false) => Touch::Any,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    pattern: Vec<Row>,
}

/// How the words must stand to what precedes them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Touch {
    Any,
    Apart,
    Glued,
}

/// A row ready to match.
#[derive(Debug)]
struct Pattern {
    nodes: Vec<Node>,
    gives: Gives,
    touch: Touch,
    /// Hour and minute, for a time of day.
    clock: Option<(i8, i8)>,
}

/// All patterns, by the byte that the words begin with.
#[derive(Debug)]
pub(crate) struct Patterns {
    patterns: Vec<Pattern>,
    /// Places in `patterns`, for each first byte.
    by_byte: Vec<Vec<u16>>,
}

/// What a pattern found.
#[expect(clippy::large_enum_variant, reason = "it lives for a moment on the stack")]
pub(crate) enum Matched {
    Item(Item),
    /// No figure; go on at this token.
    Nothing(usize),
}

impl Patterns {
    fn empty() -> Self {
        Self { patterns: Vec::new(), by_byte: vec![Vec::new(); BYTES] }
    }

    /// The built-in patterns and those of files, which come first.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or that holds a pattern which is not one; the message names file and row.
    pub(crate) fn with_files(paths: &[String]) -> Result<Self, StageError> {
        let mut patterns = Self::empty();
        for path in paths {
            let wrong = |reason: String| StageError::option("patterns", format_args!("{path}: {reason}"));
            let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
            patterns.add(&text).map_err(wrong)?;
        }
        patterns.add(BUILT_IN).map_err(|reason| StageError::option("patterns", reason))?;
        Ok(patterns)
    }

    fn add(&mut self, text: &str) -> Result<(), String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        for row in file.pattern {
            if row.examples.is_empty() || row.what.is_empty() {
                return Err(format!("the pattern {} has no example, or does not say what it is", row.name));
            }
            let clock = row.value.as_deref().map(|value| {
                let clock = value
                    .split_once(':')
                    .and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
                clock.ok_or_else(|| {
                    format!("the pattern {}: {value:?} is no time such as \"12:00\"", row.name)
                })
            });
            let clock = clock.transpose()?;
            if (row.gives == Gives::Time) != clock.is_some() {
                return Err(format!(
                    "the pattern {}: `value` goes with `gives = \"time\"`, and with nothing else",
                    row.name
                ));
            }
            for reads in &row.reads {
                self.insert(reads, row.gives, row.touch(), clock)
                    .map_err(|reason| format!("the pattern {}: {reads:?}: {reason}", row.name))?;
            }
        }
        Ok(())
    }

    fn insert(
        &mut self,
        reads: &str,
        gives: Gives,
        touch: Touch,
        clock: Option<(i8, i8)>,
    ) -> Result<(), String> {
        let nodes = syntax::read(reads)?;
        let place = u16::try_from(self.patterns.len()).map_err(|_| "too many patterns".to_owned())?;
        for byte in syntax::first_bytes(&nodes) {
            if let Some(places) = self.by_byte.get_mut(usize::from(byte)) {
                places.push(place);
            }
        }
        self.patterns.push(Pattern { nodes, gives, touch, clock });
        Ok(())
    }

    /// What the first pattern that matches at a token makes of it.
    pub(crate) fn find(&self, scope: &Scope<'_>, at: usize) -> Option<Matched> {
        let token = scope.token(at)?;
        let start = token.span().start() as usize;
        let text = scope.doc.text();
        let places = self.by_byte.get(usize::from(*text.as_bytes().get(start)?))?;
        let mut input = None;
        for place in places {
            let pattern = self.patterns.get(usize::from(*place))?;
            let stands = match pattern.touch {
                Touch::Any => true,
                Touch::Apart => !token.has(token_flag::GLUED) || scope.opens(at),
                Touch::Glued => token.has(token_flag::GLUED),
            };
            if !stands {
                continue;
            }
            let input = input.get_or_insert_with(|| Input::new(scope, start));
            let Some((stop, captures)) = input.matches(&pattern.nodes) else { continue };
            let Some(end) = scope.token_ending(at, stop) else { continue };
            let item = match pattern.gives {
                Gives::Nothing => return Some(Matched::Nothing(end)),
                Gives::Date | Gives::Period => scope.captured(at, end, &captures),
                Gives::Week => scope.week_from(at, end, &captures),
                Gives::Time => pattern.clock.map(|(hour, minute)| {
                    scope.date_item(at, end, When::Clock(hour, Some(minute), None), "pattern")
                }),
            };
            if let Some(item) = item {
                return Some(Matched::Item(item));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
