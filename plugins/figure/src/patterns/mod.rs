//! Dates, and words that are not a figure, as rows of tables: `data/dates.toml`, `data/patterns.toml`, and the files of
//! `options.patterns`.
//!
//! `syntax` reads a row's pattern, `starts` finds what it can begin with and `followers` what can come next, `matcher` matches it against
//! a text, `classes` reads its numbers, lengths of time and dates token by token, `context` checks the words around it, and `values`
//! makes a figure of what it captured. A row has its own examples, which the tests run.

mod classes;
mod context;
mod followers;
mod matcher;
mod reading;
pub(crate) mod row;
mod row_cells;
mod starts;
mod syntax;
mod values;

use copydesk_core::segment::token_flag;
use copydesk_core::{StageError, Token, TokenKind, hash_lower};
use serde::Deserialize;

use crate::item::Item;
use crate::origin::Origin;
use crate::parse::dates::dated;
use crate::patterns::classes::WordsAt;
use crate::patterns::context::Context;
use crate::patterns::followers::{Followers, Next};
use crate::patterns::matcher::Input;
use crate::patterns::row::{Gives, Row};
use crate::patterns::starts::Start;
use crate::patterns::syntax::{Class, Node, Words};
use crate::patterns::values::Match;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Entry, Vocabulary, role};
use crate::when::When;

/// The built-in rows, as the build script laid them out.
const BUILT_IN: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/patterns.tsv")),
    include_str!(concat!(env!("OUT_DIR"), "/dates.tsv")),
];

/// The number of values of a byte.
const BYTES: usize = 256;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    pattern: Vec<Row>,
}

/// A row ready to match.
#[derive(Debug)]
struct Pattern {
    nodes: Vec<Node>,
    gives: Gives,
    origin: Origin,
    context: Context,
}

/// A pattern in a list of those with the same first token, with what rules it out before it is matched.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Its index in the list of patterns.
    place: u16,
    /// The class of words that it begins with: if the words are none, neither do other patterns match that begin with it.
    opening: Option<Words>,
    /// The numbers of digits that it can begin with, as bits.
    digits: u32,
    /// What can follow its first token, or its opening.
    followers: Followers,
}

/// All patterns, by the kind of the first token of a match.
#[derive(Debug)]
pub(crate) struct Patterns {
    patterns: Vec<Pattern>,
    /// Indices in `patterns`, in the order in which they are tried, for each first word or sign; the vocabulary has their places.
    words: Vec<(u64, Vec<Candidate>)>,
    /// Bits of the signs of ASCII among them.
    signs: u128,
    /// By the first letter of a token of letters and digits.
    mixed: Vec<Vec<Candidate>>,
    /// By the byte after the digits.
    digits: Vec<Vec<Candidate>>,
    months: Vec<Candidate>,
    weekdays: Vec<Candidate>,
    numbers: Vec<Candidate>,
    ordinals: Vec<Candidate>,
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
            words: Vec::new(),
            signs: 0,
            mixed: table(),
            digits: table(),
            months: Vec::new(),
            weekdays: Vec::new(),
            numbers: Vec::new(),
            ordinals: Vec::new(),
        }
    }

    /// The built-in patterns and those of files, which come first, and the rows of the files with their paths.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or that has an invalid pattern; the message names file and row.
    pub(crate) fn with_files(paths: &[String]) -> Result<(Self, Vec<(String, Row)>), StageError> {
        let mut patterns = Self::empty();
        let mut own = Vec::new();
        for path in paths {
            let wrong = |reason: String| wrong_file(path, reason);
            let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
            let rows = patterns.add(&text).map_err(wrong)?;
            if let Some(row) = rows.iter().find(|row| row.examples.is_empty() || row.what.is_empty()) {
                return Err(wrong(format!(
                    "the pattern {} needs `what` and at least one of `examples`",
                    row.name
                )));
            }
            own.extend(rows.into_iter().map(|row| (path.clone(), row)));
        }
        let rows = BUILT_IN.iter().flat_map(|rows| rows.lines()).map(Row::built_in);
        rows.into_iter()
            .try_for_each(|row| patterns.named(&row))
            .map_err(|reason| StageError::option("patterns", reason))?;
        Ok((patterns, own))
    }

    /// One row.
    ///
    /// # Errors
    ///
    /// An invalid pattern.
    pub(crate) fn only(row: &Row) -> Result<Self, String> {
        let mut patterns = Self::empty();
        patterns.insert(row)?;
        Ok(patterns)
    }

    fn add(&mut self, text: &str) -> Result<Vec<Row>, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        file.pattern.iter().try_for_each(|row| self.named(row))?;
        Ok(file.pattern)
    }

    /// Adds a row; an error says which it is.
    fn named(&mut self, row: &Row) -> Result<(), String> {
        self.insert(row).map_err(|reason| format!("the pattern {}: {reason}", row.name))
    }

    fn insert(&mut self, row: &Row) -> Result<(), String> {
        let (gives, origin) = row.gives()?;
        for reads in &row.reads {
            let wrong = |reason: String| format!("{reads:?}: {reason}");
            let nodes = syntax::read(reads).map_err(wrong)?;
            let place = u16::try_from(self.patterns.len()).map_err(|_| "too many patterns".to_owned())?;
            let opening = match nodes.first() {
                // A class of one token is read when the next token fits.
                Some(Node::Class(Class::Words(words))) if !words.is_one_token() => Some(*words),
                _ => None,
            };
            let digits = starts::digits_at_start(&nodes);
            let candidate = Candidate { place, opening, digits, followers: Followers::of(&nodes) };
            for start in starts::starts(&nodes).map_err(wrong)? {
                let places = match start {
                    Start::Word(word) => self.by_first_token(&word),
                    Start::Sign(sign) => self.by_first_token(sign.encode_utf8(&mut [0; 4])),
                    Start::Mixed(byte) => &mut self.mixed[usize::from(byte)],
                    Start::Digits(byte) => &mut self.digits[usize::from(byte)],
                    Start::Month => &mut self.months,
                    Start::Weekday => &mut self.weekdays,
                    Start::Number => &mut self.numbers,
                    Start::Ordinal => &mut self.ordinals,
                };
                if places.last().is_none_or(|last| last.place != place) {
                    places.push(candidate);
                }
            }
            let context = Context::new(row);
            self.patterns.push(Pattern { nodes, gives, origin, context });
        }
        Ok(())
    }

    /// The patterns whose first token is a word or sign.
    fn by_first_token(&mut self, token: &str) -> &mut Vec<Candidate> {
        if let [sign @ 0..128] = token.as_bytes() {
            self.signs |= 1 << sign;
        }
        let hash = hash_lower(token);
        let place = self.words.iter().position(|(known, _)| *known == hash).unwrap_or_else(|| {
            self.words.push((hash, Vec::new()));
            self.words.len() - 1
        });
        &mut self.words[place].1
    }

    /// Tells the vocabulary which words begin patterns, so that no other word is looked up.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        for (rows, (hash, _)) in (1u16..).zip(&self.words) {
            vocabulary.begins_rows(*hash, rows);
        }
    }

    /// What the first matching pattern makes of the words at a token; `entry` is what the token's word can mean.
    #[inline]
    pub(crate) fn find(&self, scope: &Scope<'_>, at: usize, token: &Token, entry: Entry) -> Option<Matched> {
        let sign = matches!(token.kind(), TokenKind::Punctuation | TokenKind::Symbol);
        if sign && !self.is_first_sign(scope, token) {
            return None;
        }
        self.look_up(scope, at, token, entry, Some(self))
    }

    /// The date of the first pattern that matches at a token inside another pattern's match; its own pattern has no such date.
    pub(crate) fn date_inside(&self, scope: &Scope<'_>, at: usize) -> Option<Item> {
        let token = scope.token(at)?;
        match self.look_up(scope, at, token, scope.entry(at), None)? {
            Matched::Item(item) => Some(item).filter(|item| item.first == at),
            Matched::Nothing(_) => None,
        }
    }

    /// `inside` are the patterns of dates inside a match.
    fn look_up(
        &self,
        scope: &Scope<'_>,
        at: usize,
        token: &Token,
        entry: Entry,
        inside: Option<&Self>,
    ) -> Option<Matched> {
        let rows = match token.kind() {
            TokenKind::Word => entry.rows,
            _ => scope.vocabulary.entry(token.hash()).rows,
        };
        let shaped = token.has(token_flag::DIGIT)
            || entry.is(role::MONTH | role::WEEKDAY | role::ORDINAL | role::CARDINAL);
        if rows == 0 && !shaped {
            return None;
        }
        let words = WordsAt { scope, inside };
        if let Some((_, places)) = self.words.get(usize::from(rows).wrapping_sub(1))
            && let Some(matched) = self.first_of(words, at, token, (places, 0))
        {
            return Some(matched);
        }
        if shaped { self.first_of(words, at, token, self.by_shape(scope, token, entry)) } else { None }
    }

    /// Whether a pattern may begin with a sign.
    fn is_first_sign(&self, scope: &Scope<'_>, token: &Token) -> bool {
        let byte = scope.doc.text().as_bytes().get(token.span().start() as usize).copied().unwrap_or(0);
        byte >= 128 || self.signs >> byte & 1 != 0
    }

    /// The patterns for the shape of a token, and the number of digits that it begins with.
    fn by_shape(&self, scope: &Scope<'_>, token: &Token, entry: Entry) -> (&[Candidate], usize) {
        let start = token.span().start() as usize;
        let byte = |at: usize| scope.doc.text().as_bytes().get(at).copied().unwrap_or(b' ');
        let places = match token.kind() {
            TokenKind::Word if entry.is(role::MONTH) => &self.months,
            TokenKind::Word if entry.is(role::WEEKDAY) => &self.weekdays,
            TokenKind::Word if entry.is(role::ORDINAL) => &self.ordinals,
            TokenKind::Word if entry.is(role::CARDINAL) => &self.numbers,
            _ if byte(start).is_ascii_digit() => {
                let length = (start..).take(20).take_while(|at| byte(*at).is_ascii_digit()).count();
                let after = byte(start + length);
                // Blanks of all kinds, including thin and non-breaking ones, and the characters that end a sentence.
                let known = after.is_ascii_graphic();
                return (&self.digits[usize::from(if known { after } else { b' ' })], length);
            }
            _ => &self.mixed[usize::from(byte(start))],
        };
        (places, 0)
    }

    /// The first match of some patterns at a token that begins with a number of digits.
    fn first_of(
        &self,
        words: WordsAt<'_>,
        at: usize,
        token: &Token,
        (places, digits): (&[Candidate], usize),
    ) -> Option<Matched> {
        let scope = words.scope;
        let (mut input, mut absent) = (None, 0);
        let follower = Next::at(scope, at + 1);
        // The opening that was read last, and the token after it.
        let mut opened = None;
        for candidate in places {
            if digits > 0 && candidate.digits >> digits & 1 == 0 {
                continue;
            }
            let mut next = follower;
            if let Some(class) = candidate.opening {
                if absent & class.bits() != 0 {
                    continue;
                }
                if opened.is_none_or(|(open, _)| open != class) {
                    let Some((end, _)) = words.read(class, at) else {
                        absent |= class.bits();
                        continue;
                    };
                    opened = Some((class, Next::at(scope, end)));
                }
                next = opened.map_or(follower, |(_, next)| next);
            }
            if !candidate.followers.have(next) {
                continue;
            }
            let pattern = self.patterns.get(usize::from(candidate.place))?;
            let Some(first) = pattern.context.first(scope, at, token) else { continue };
            let input = input.get_or_insert_with(|| Input::new(words, at, token.span().start() as usize));
            let Some((stop, captures)) = input.matches(&pattern.nodes) else { continue };
            let Some(end) = reading::token_ending(scope, at, stop) else { continue };
            if !pattern.context.fits(scope, at, end) {
                continue;
            }
            let stop = captures.stop.map_or(Some(end), |stop| reading::token_ending(scope, at, stop));
            let Some(end) = stop else { continue };
            let found = Match {
                words,
                scope,
                first,
                at,
                end,
                captures: &captures,
                origin: pattern.origin,
                value: None,
            };
            let item = match &pattern.gives {
                Gives::Nothing => return Some(Matched::Nothing(end)),
                Gives::Time(hour, minute) => {
                    let when = When::Clock(*hour, Some(*minute), None);
                    Some(dated::date_item(scope, first, end, when, pattern.origin))
                }
                Gives::Value(value) => value.item(&found),
            };
            if let Some(item) = item {
                return Some(Matched::Item(item));
            }
        }
        None
    }
}

/// The error for a file of `options.patterns`.
pub(crate) fn wrong_file(path: &str, reason: String) -> StageError {
    StageError::option("patterns", format_args!("{path}: {reason}"))
}

#[cfg(test)]
mod tests;
