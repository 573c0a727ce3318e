//! Whether a pattern matches the text at a byte, and what its classes captured.

use std::ops::RangeInclusive;

use copydesk_core::hash_lower;

use crate::patterns::classes::WordsAt;
use crate::patterns::reading;
use crate::patterns::syntax;
use crate::patterns::syntax::{Class, Frame, Node, Rest, Words};
use crate::sentence::vocabulary::role;

/// What the classes of a pattern captured.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Captures {
    pub(crate) year: Option<i16>,
    pub(crate) year2: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) month2: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) day2: Option<i8>,
    /// A day and a month, in the usual order of the text.
    pub(crate) first: Option<i8>,
    pub(crate) second: Option<i8>,
    pub(crate) first2: Option<i8>,
    pub(crate) second2: Option<i8>,
    pub(crate) quarter: Option<i8>,
    pub(crate) half: Option<i8>,
    pub(crate) week: Option<i8>,
    pub(crate) hour: Option<i8>,
    pub(crate) hour2: Option<i8>,
    pub(crate) minute: Option<i8>,
    pub(crate) afternoon: Option<bool>,
    /// The byte of the text where the figure ends, if that is before the end of the match.
    pub(crate) stop: Option<usize>,
    pub(crate) weekday: Option<i8>,
    /// A number of units, and whether the text gives it: not in "a few".
    pub(crate) count: Option<(i32, bool)>,
    pub(crate) nth: Option<u8>,
    pub(crate) nth2: Option<u8>,
    /// The index of a unit of time in `data/numbers.tsv`.
    pub(crate) unit: Option<u8>,
    /// The token of a length of time.
    pub(crate) length: Option<usize>,
    /// The token of units in the plural.
    pub(crate) units: Option<usize>,
    /// The class and the token of a date inside the pattern.
    pub(crate) inner: Option<(Words, usize)>,
}

/// The maximum number of bytes of a match.
const LONGEST: usize = 96;

/// Parts of the day, and whether they are after noon.
const PARTS_OF_DAY: [(&str, bool); 3] =
    [("in the morning", false), ("in the afternoon", true), ("in the evening", true)];

/// The letters of the shortest name of a weekday; abbreviations such as "sun" and "sat" are also words.
const SHORTEST_WEEKDAY: usize = 6;

/// A text, starting where a pattern is tried.
pub(crate) struct Input<'a> {
    words: WordsAt<'a>,
    /// At most `LONGEST` bytes.
    text: &'a str,
    start: usize,
    /// The token at its start.
    first: usize,
}

impl<'a> Input<'a> {
    pub(crate) fn new(words: WordsAt<'a>, first: usize, start: usize) -> Self {
        let text = words.scope.doc.text().get(start..).unwrap_or_default();
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self { words, text: text.get(..end).unwrap_or_default(), start, first }
    }

    /// The byte of the document after the match, and what was captured.
    pub(crate) fn matches(&self, nodes: &[Node]) -> Option<(usize, Captures)> {
        let mut captures = Captures::default();
        let end = self.sequence(nodes, None, 0, &mut captures)?;
        Some((self.start + end, captures))
    }

    /// The end of a match of nodes and of what is left of the brackets around them. Captures are stored on the way back, by what has
    /// matched.
    fn sequence<'n>(
        &self,
        mut nodes: &'n [Node],
        mut rest: Rest<'n>,
        mut at: usize,
        captures: &mut Captures,
    ) -> Option<usize> {
        loop {
            let Some((node, after, left)) = syntax::next(nodes, rest) else {
                return self.ends(at).then_some(at);
            };
            (nodes, rest) = (after, left);
            let text = self.text.get(at..)?;
            match node {
                Node::Literal(sign) => {
                    let next = text.chars().next()?;
                    if next != *sign && !(sign.is_ascii_lowercase() && next.eq_ignore_ascii_case(sign)) {
                        return None;
                    }
                    at += next.len_utf8();
                }
                Node::Blank => {
                    at += length(text, |next| next.is_whitespace() && next != '\n')?;
                }
                Node::Class(Class::Words(words)) => {
                    let token = self.token_at(at)?;
                    let (end, seen) = self.words.read(*words, token)?;
                    let stop = self.words.scope.token(end.checked_sub(1)?)?.span().end() as usize;
                    let matched = self.sequence(nodes, rest, stop.checked_sub(self.start)?, captures)?;
                    seen.store(*words, token, captures);
                    return Some(matched);
                }
                Node::Class(Class::End) => {
                    let matched = self.sequence(nodes, rest, at, captures)?;
                    captures.stop = Some(self.start + at);
                    return Some(matched);
                }
                Node::Class(class) => {
                    let (length, value) = self.class(*class, at)?;
                    let matched = self.sequence(nodes, rest, at + length, captures)?;
                    captures.store(*class, value);
                    return Some(matched);
                }
                Node::Choice(branches) => {
                    let frame = Frame { nodes, rest };
                    return branches
                        .iter()
                        .find_map(|branch| self.sequence(branch, Some(&frame), at, captures));
                }
            }
        }
    }

    /// Whether a token ends at a byte of the text.
    fn ends(&self, at: usize) -> bool {
        reading::token_ending(self.words.scope, self.first, self.start + at).is_some()
    }

    /// The token that begins at a byte of the text.
    fn token_at(&self, at: usize) -> Option<usize> {
        let start = |token: usize| {
            self.words.scope.token(token).map(|token| token.span().start() as usize - self.start)
        };
        (self.first..self.words.scope.end)
            .find(|token| start(*token).is_none_or(|start| start >= at))
            .filter(|token| start(*token) == Some(at))
    }

    /// The bytes that a class matches at a byte of the text, and its value, if it has one.
    fn class(&self, class: Class, at: usize) -> Option<(usize, i16)> {
        let text = self.text.get(at..)?;
        match class {
            Class::Month | Class::Month2 => self.named(at, role::MONTH),
            Class::Weekday => self.named(at, role::WEEKDAY),
            Class::MonthNumber => number(text, 1..=2, 1..=12),
            Class::WeekNumber => number(text, 1..=2, 1..=53),
            Class::Day | Class::Day2 | Class::First | Class::Second | Class::First2 | Class::Second2 => {
                number(text, 1..=2, 1..=31)
            }
            Class::FourDigits => number(text.get(..4)?, 4..=4, 1000..=2100),
            Class::MonthDigits => number(text.get(..2)?, 2..=2, 1..=12),
            Class::DayDigits => number(text.get(..2)?, 2..=2, 1..=31),
            Class::Hour | Class::Hour2 => number(text, 1..=2, 0..=24),
            Class::HourDigits => {
                let minutes = length(text, |sign| sign.is_ascii_digit())?.checked_sub(2)?;
                number(text.get(..minutes)?, 1..=2, 0..=24)
            }
            Class::Minute => number(text, 2..=2, 0..=59),
            Class::HalfDay => self.half_of_day(at),
            Class::PartOfDay => PARTS_OF_DAY
                .iter()
                .find(|(part, _)| text.starts_with(part))
                .map(|(part, afternoon)| (part.len(), i16::from(*afternoon))),
            Class::Quarter => number(text, 1..=1, 1..=4),
            Class::Half => number(text, 1..=1, 1..=2),
            Class::YearNumber => number(text, 1..=4, 1..=9999),
            Class::Year | Class::Year2 => number(text, 4..=4, 1000..=2100),
            Class::Yy | Class::Yy2 => {
                let (length, year) = number(text, 2..=2, 0..=99)?;
                Some((length, if year > 40 { 1900 + year } else { 2000 + year }))
            }
            Class::Digits => Some((length(text, |sign| sign.is_ascii_digit())?, 0)),
            Class::Letters => Some((length(text, |sign| sign.is_ascii_lowercase())?, 0)),
            Class::Capitals => Some((length(text, |sign| sign.is_ascii_uppercase())?, 0)),
            Class::Name => {
                let capital = text.chars().next().filter(|sign| sign.is_uppercase())?;
                let more = length(text.get(capital.len_utf8()..)?, char::is_alphanumeric).unwrap_or(0);
                Some((capital.len_utf8() + more, 0))
            }
            // They are read from tokens, or match nothing.
            Class::Words(_) | Class::End => None,
        }
    }

    /// "a.m.", "PM" with its full stop, unless that ends the sentence.
    fn half_of_day(&self, at: usize) -> Option<(usize, i16)> {
        let bytes = self.text.as_bytes().get(at..)?;
        let afternoon = match bytes.first()?.to_ascii_lowercase() {
            b'a' => false,
            b'p' => true,
            _ => return None,
        };
        let dotted = bytes.get(1) == Some(&b'.');
        let length = 2 + usize::from(dotted);
        let m = bytes.get(length - 1)?.eq_ignore_ascii_case(&b'm');
        if !m || bytes.get(length).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let scope = self.words.scope;
        let end = self.start + at + length;
        let token = (self.first..scope.end)
            .find(|token| scope.token(*token).is_none_or(|token| token.span().end() as usize >= end))?;
        // In "8p.m." the full stops are tokens.
        let whole = scope.token(token)?.span().end() as usize == end + 1;
        let torn = dotted && !whole && scope.token(token + 2).is_some();
        let stop = bytes.get(length) == Some(&b'.') && (whole || torn);
        Some((length + usize::from(stop), i16::from(afternoon)))
    }

    /// A month or weekday that has a capital, is joined to digits ("28-nov-83", "2016, nov"), or is long enough to be nothing else.
    fn named(&self, at: usize, roles: u32) -> Option<(usize, i16)> {
        let text = self.text.get(at..)?;
        let letters = length(text, |sign| sign.is_ascii_alphabetic())?;
        let capital = text.starts_with(|first: char| first.is_ascii_uppercase());
        let joined = || {
            let before = self.text.get(..at).unwrap_or_default().trim_end();
            before.ends_with([',', '-', '/'])
                || text.get(letters..).unwrap_or_default().starts_with(['-', '/'])
        };
        let long = roles == role::WEEKDAY && letters >= SHORTEST_WEEKDAY;
        if !(capital || long || joined()) {
            return None;
        }
        let entry = self.words.scope.vocabulary.entry(hash_lower(text.get(..letters)?));
        entry.is(roles).then_some((letters, i16::from(entry.calendar)))
    }
}

impl Captures {
    fn store(&mut self, class: Class, value: i16) {
        let small = Some(value as i8);
        match class {
            Class::Year | Class::YearNumber | Class::Yy | Class::FourDigits => self.year = Some(value),
            Class::Year2 | Class::Yy2 => self.year2 = Some(value),
            Class::Month | Class::MonthNumber | Class::MonthDigits => self.month = small,
            Class::Month2 => self.month2 = small,
            Class::Day | Class::DayDigits => self.day = small,
            Class::Day2 => self.day2 = small,
            Class::First => self.first = small,
            Class::Second => self.second = small,
            Class::First2 => self.first2 = small,
            Class::Second2 => self.second2 = small,
            Class::Quarter => self.quarter = small,
            Class::Half => self.half = small,
            Class::WeekNumber => self.week = small,
            Class::Weekday => self.weekday = small,
            Class::Hour | Class::HourDigits => self.hour = small,
            Class::Hour2 => self.hour2 = small,
            Class::Minute => self.minute = small,
            Class::HalfDay | Class::PartOfDay => self.afternoon = Some(value > 0),
            Class::Digits | Class::Letters | Class::Capitals | Class::Name | Class::End | Class::Words(_) => {
            }
        }
    }
}

/// The bytes of the matching characters at the beginning of a text; at least one must match.
fn length(text: &str, fits: impl Fn(char) -> bool) -> Option<usize> {
    let length = text.chars().take_while(|sign| fits(*sign)).map(char::len_utf8).sum();
    if length > 0 { Some(length) } else { None }
}

/// Exactly this many digits, with a value in range: their number, and the value.
fn number(text: &str, digits: RangeInclusive<usize>, values: RangeInclusive<i16>) -> Option<(usize, i16)> {
    let length = length(text, |sign| sign.is_ascii_digit()).filter(|length| digits.contains(length))?;
    let value = text.get(..length)?.parse().ok().filter(|value| values.contains(value))?;
    Some((length, value))
}
