//! Dates, and words that are not a figure, as rows of a table: `data/patterns.toml`, and the files of `options.patterns`.
//!
//! `syntax` reads a row's pattern, `matcher` matches it against a text, `reading` makes a figure of what it captured. A row has its own
//! examples, which the tests run.

mod matcher;
mod reading;
mod syntax;

use std::collections::HashMap;

use copydesk_core::segment::token_flag;
use copydesk_core::{StageError, Token, TokenKind, hash_lower};
use serde::Deserialize;

use crate::item::Item;
use crate::origin;
use crate::parse::dates::dated;
use crate::patterns::matcher::Input;
use crate::patterns::syntax::{Node, Start};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Entry, role};
use crate::when::When;

/// The built-in rows.
const BUILT_IN: &str = include_str!("../../data/patterns.toml");

/// The number of values of a byte.
const BYTES: usize = 256;

/// What a pattern makes of the words that it matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Gives {
    /// A date, from the year, month, day, quarter or half that was captured.
    Date,
    /// A period, from the first and the second of something that was captured.
    Period,
    /// A time of day, given by `value`.
    Time,
    /// Not a figure: the words are skipped.
    Nothing,
}

/// A row as in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// What the words are, and why a row is needed.
    what: String,
    /// The pattern, or several with the same meaning.
    reads: Vec<String>,
    gives: Gives,
    /// The time of day of `time`: "12:00".
    value: Option<String>,
    /// Whether a blank or the start of a line must precede the words; by default they may be glued to a token before.
    #[serde(default)]
    apart: bool,
    /// Whether the words must touch the token before.
    #[serde(default)]
    glued: bool,
    /// Sentences with the words that the row matches, and the resulting value; an empty one if there is none.
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

/// How the words must relate to the token before.
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

/// All patterns, by the kind of the first token of a match.
#[derive(Debug)]
pub(crate) struct Patterns {
    patterns: Vec<Pattern>,
    /// Indices in `patterns`, in the order in which they are tried, for each hash of a first word.
    words: HashMap<u64, Vec<u16>>,
    /// A bit for the low bits of each such hash, so that few words are looked up.
    seen: [u64; 16],
    /// By the first letter of a token of letters and digits.
    mixed: Vec<Vec<u16>>,
    /// By the byte after the digits.
    digits: Vec<Vec<u16>>,
    months: Vec<u16>,
    weekdays: Vec<u16>,
}

/// What a pattern found.
#[expect(clippy::large_enum_variant, reason = "it lives for a moment on the stack")]
pub(crate) enum Matched {
    Item(Item),
    /// Not a figure; continue at this token.
    Nothing(usize),
}

impl Patterns {
    fn empty() -> Self {
        let table = || vec![Vec::new(); BYTES];
        Self {
            patterns: Vec::new(),
            words: HashMap::new(),
            seen: [0; 16],
            mixed: table(),
            digits: table(),
            months: Vec::new(),
            weekdays: Vec::new(),
        }
    }

    /// The built-in patterns and those of files, which come first.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or that has an invalid pattern; the message names file and row.
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
                return Err(format!("the pattern {} needs `what` and at least one of `examples`", row.name));
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
        for start in syntax::starts(&nodes)? {
            let places = match start {
                Start::Word(word) => self.by_first_token(&word),
                Start::Sign(sign) => self.by_first_token(sign.encode_utf8(&mut [0; 4])),
                Start::Mixed(byte) => &mut self.mixed[usize::from(byte)],
                Start::Digits(byte) => &mut self.digits[usize::from(byte)],
                Start::Month => &mut self.months,
                Start::Weekday => &mut self.weekdays,
            };
            places.push(place);
        }
        self.patterns.push(Pattern { nodes, gives, touch, clock });
        Ok(())
    }

    /// The patterns whose first token is a word or sign.
    fn by_first_token(&mut self, token: &str) -> &mut Vec<u16> {
        let hash = hash_lower(token);
        let (place, bit) = bit_of(hash);
        self.seen[place] |= bit;
        self.words.entry(hash).or_default()
    }

    /// What the first matching pattern makes of the words at a token; `entry` is what the token's word can mean.
    #[inline]
    pub(crate) fn find(&self, scope: &Scope<'_>, at: usize, token: &Token, entry: Entry) -> Option<Matched> {
        let (place, bit) = bit_of(token.hash());
        let known = self.seen[place] & bit != 0;
        let shaped = token.has(token_flag::DIGIT) || entry.is(role::MONTH | role::WEEKDAY);
        if !(known || shaped) {
            return None;
        }
        let by_word = if known { self.words.get(&token.hash()) } else { None };
        let by_shape = if shaped { self.by_shape(scope, token, entry) } else { &[] };
        let by_word = by_word.map_or(&[][..], Vec::as_slice);
        self.first_of(scope, at, token, by_word).or_else(|| self.first_of(scope, at, token, by_shape))
    }

    /// The patterns for the shape of a token.
    fn by_shape(&self, scope: &Scope<'_>, token: &Token, entry: Entry) -> &[u16] {
        let start = token.span().start() as usize;
        let byte = |at: usize| scope.doc.text().as_bytes().get(at).copied().unwrap_or(b' ');
        match token.kind() {
            TokenKind::Word if entry.is(role::MONTH) => &self.months,
            TokenKind::Word if entry.is(role::WEEKDAY) => &self.weekdays,
            _ if byte(start).is_ascii_digit() => {
                let length = (start..).take(20).take_while(|at| byte(*at).is_ascii_digit()).count();
                let after = byte(start + length);
                // Blanks of all kinds, including thin and non-breaking ones, and the characters that end a sentence.
                let known = after.is_ascii_graphic();
                &self.digits[usize::from(if known { after } else { b' ' })]
            }
            _ => &self.mixed[usize::from(byte(start))],
        }
    }

    fn first_of(&self, scope: &Scope<'_>, at: usize, token: &Token, places: &[u16]) -> Option<Matched> {
        let start = token.span().start() as usize;
        let mut input = None;
        for place in places {
            let pattern = self.patterns.get(usize::from(*place))?;
            let stands = match pattern.touch {
                Touch::Any => true,
                Touch::Apart => !token.has(token_flag::GLUED) || reading::opens(scope, at),
                Touch::Glued => token.has(token_flag::GLUED),
            };
            if !stands {
                continue;
            }
            let input = input.get_or_insert_with(|| Input::new(scope, start));
            let Some((stop, captures)) = input.matches(&pattern.nodes) else { continue };
            let Some(end) = reading::token_ending(scope, at, stop) else { continue };
            let item = match pattern.gives {
                Gives::Nothing => return Some(Matched::Nothing(end)),
                Gives::Date | Gives::Period => reading::captured(scope, at, end, &captures),
                Gives::Time => pattern.clock.map(|(hour, minute)| {
                    dated::date_item(scope, at, end, When::Clock(hour, Some(minute), None), origin::PATTERN)
                }),
            };
            if let Some(item) = item {
                return Some(Matched::Item(item));
            }
        }
        None
    }
}

/// The position of the bit of a hash.
const fn bit_of(hash: u64) -> (usize, u64) {
    ((hash >> 6 & 15) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests;
