//! Whether a pattern matches the text at a byte, and what its classes captured.

use copydesk_core::hash_lower;

use crate::patterns::syntax::{Class, Node};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Vocabulary, role};

/// What the classes of a pattern captured.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Captures {
    pub(crate) year: Option<i16>,
    pub(crate) year2: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) month2: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) day2: Option<i8>,
    pub(crate) quarter: Option<i8>,
    pub(crate) half: Option<i8>,
    pub(crate) weekday: Option<i8>,
}

/// The maximum number of bytes of a match.
const LONGEST: usize = 64;

/// A text, starting where a pattern is tried.
pub(crate) struct Input<'a> {
    vocabulary: &'a Vocabulary,
    /// At most `LONGEST` bytes.
    text: &'a str,
    start: usize,
}

/// The rest of a pattern: what is left of each bracket that was entered.
type Rest<'n> = Option<&'n Frame<'n>>;

struct Frame<'n> {
    nodes: &'n [Node],
    rest: Rest<'n>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(scope: &Scope<'a>, start: usize) -> Self {
        let text = scope.doc.text().get(start..).unwrap_or_default();
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self { vocabulary: scope.vocabulary, text: text.get(..end).unwrap_or_default(), start }
    }

    /// The byte of the document after the match, and what was captured.
    pub(crate) fn matches(&self, nodes: &[Node]) -> Option<(usize, Captures)> {
        let (end, captures) = self.sequence(nodes, None, 0, Captures::default())?;
        Some((self.start + end, captures))
    }

    fn sequence(
        &self,
        nodes: &[Node],
        rest: Rest<'_>,
        at: usize,
        mut captures: Captures,
    ) -> Option<(usize, Captures)> {
        let Some((node, after)) = nodes.split_first() else {
            return match rest {
                Some(frame) => self.sequence(frame.nodes, frame.rest, at, captures),
                None => Some((at, captures)),
            };
        };
        let text = self.text.get(at..)?;
        match node {
            Node::Literal(sign) => {
                let next = text.chars().next()?;
                let same = next == *sign || sign.is_ascii_lowercase() && next.eq_ignore_ascii_case(sign);
                if same { self.sequence(after, rest, at + next.len_utf8(), captures) } else { None }
            }
            Node::Blank => {
                let blanks: usize = text
                    .chars()
                    .take_while(|next| next.is_whitespace() && *next != '\n')
                    .map(char::len_utf8)
                    .sum();
                if blanks > 0 { self.sequence(after, rest, at + blanks, captures) } else { None }
            }
            Node::Class(class) => {
                let length = self.class(*class, text, &mut captures)?;
                self.sequence(after, rest, at + length, captures)
            }
            Node::Choice(branches) => {
                let frame = Frame { nodes: after, rest };
                branches.iter().find_map(|branch| self.sequence(branch, Some(&frame), at, captures))
            }
        }
    }

    /// The bytes that a class matches at the beginning of a text; its value goes into the captures.
    fn class(&self, class: Class, text: &str, captures: &mut Captures) -> Option<usize> {
        match class {
            Class::Month => self.named(text, role::MONTH, &mut captures.month),
            Class::Month2 => self.named(text, role::MONTH, &mut captures.month2),
            Class::Weekday => self.named(text, role::WEEKDAY, &mut captures.weekday),
            Class::Day => number(text, 1..=2, 1..=31, &mut captures.day),
            Class::Day2 => number(text, 1..=2, 1..=31, &mut captures.day2),
            Class::Quarter => number(text, 1..=1, 1..=4, &mut captures.quarter),
            Class::Half => number(text, 1..=1, 1..=2, &mut captures.half),
            Class::Year => number(text, 4..=4, 1000..=2100, &mut captures.year),
            Class::Year2 => number(text, 4..=4, 1000..=2100, &mut captures.year2),
            Class::Yy => short_year(text, &mut captures.year),
            Class::Yy2 => short_year(text, &mut captures.year2),
            Class::Digits => length(text, |sign| sign.is_ascii_digit()),
            Class::Letters => length(text, |sign| sign.is_ascii_lowercase()),
            Class::Capitals => length(text, |sign| sign.is_ascii_uppercase()),
            Class::Name => {
                let capital = text.chars().next().filter(|sign| sign.is_uppercase())?;
                let more = length(text.get(capital.len_utf8()..)?, char::is_alphanumeric).unwrap_or(0);
                Some(capital.len_utf8() + more)
            }
        }
    }

    /// A month or weekday that has a capital.
    fn named(&self, text: &str, role: u32, slot: &mut Option<i8>) -> Option<usize> {
        if !text.starts_with(|first: char| first.is_ascii_uppercase()) {
            return None;
        }
        let letters = length(text, |sign| sign.is_ascii_alphabetic())?;
        let entry = self.vocabulary.entry(hash_lower(text.get(..letters)?));
        if !entry.is(role) {
            return None;
        }
        *slot = i8::try_from(entry.calendar).ok();
        Some(letters)
    }
}

/// The bytes of the matching characters at the beginning of a text; at least one must match.
fn length(text: &str, fits: impl Fn(char) -> bool) -> Option<usize> {
    let length = text.chars().take_while(|sign| fits(*sign)).map(char::len_utf8).sum();
    if length > 0 { Some(length) } else { None }
}

/// Exactly this many digits, with a value in range.
fn number<N>(
    text: &str,
    digits: std::ops::RangeInclusive<usize>,
    values: std::ops::RangeInclusive<N>,
    slot: &mut Option<N>,
) -> Option<usize>
where
    N: PartialOrd + std::str::FromStr,
{
    let length = length(text, |sign| sign.is_ascii_digit()).filter(|length| digits.contains(length))?;
    let value = text.get(..length)?.parse().ok().filter(|value| values.contains(value))?;
    *slot = Some(value);
    Some(length)
}

/// Two digits: of this century up to 68, of the last from 69 on, as POSIX has it.
fn short_year(text: &str, slot: &mut Option<i16>) -> Option<usize> {
    let mut year = None;
    let length = number(text, 2..=2, 0..=99, &mut year)?;
    *slot = year.map(|year| if year > 68 { 1900 + year } else { 2000 + year });
    Some(length)
}
