//! The syntax of patterns: letters and signs that stand for themselves, classes in braces, brackets for optional parts or
//! alternatives.
//!
//! `mid(-| ){month}( {year})?`: a small letter matches itself in either case, a capital only itself; a blank matches one or more of
//! any kind; a part before `?` is optional; `\` makes the next sign an ordinary one.

use std::str::Chars;

/// What a class matches, and where the match is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// A month by name or abbreviation; the full stop of one is written `.?`.
    Month,
    /// The second month of a pattern.
    Month2,
    /// The number of a month, with or without a zero before it.
    MonthNumber,
    /// 1 to 31, with or without a zero before it.
    Day,
    Day2,
    /// Two numbers of which one is a day and the other a month, in the usual order of the text.
    First,
    Second,
    First2,
    Second2,
    /// Four digits, 1000 to 2100.
    Year,
    Year2,
    /// One to four digits of a year.
    YearNumber,
    /// Two digits of a year: of this century up to 40, of the last from 41 on.
    Yy,
    Yy2,
    /// Exactly four digits of a year, two of a month, two of a day; other digits may follow.
    FourDigits,
    MonthDigits,
    DayDigits,
    /// 1 to 4.
    Quarter,
    /// 1 or 2.
    Half,
    /// 1 to 53.
    WeekNumber,
    /// 0 to 24, with or without a zero before it.
    Hour,
    Hour2,
    /// One or two digits of an hour before the two of its minutes.
    HourDigits,
    /// Two digits up to 59.
    Minute,
    /// "a.m.", "PM".
    HalfDay,
    /// "in the morning", "in the afternoon", "in the evening".
    PartOfDay,
    /// Nothing: the figure ends here, and the rest of the pattern must follow it.
    End,
    /// A weekday by name or abbreviation, without its full stop.
    Weekday,
    /// One or more digits.
    Digits,
    /// One or more small letters.
    Letters,
    /// One or more capitals.
    Capitals,
    /// A word with a capital.
    Name,
    /// Words that are read as a whole.
    Words(Words),
}

/// A class of words that is read token by token, in digits or in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Words {
    /// "three", "12", "a couple of", "a few": a number of units of time, which follow.
    Count,
    /// "third", "3rd", "twenty-third".
    Nth,
    Nth2,
    /// Week, weekend, month, quarter or year.
    Unit,
    /// Units of time in the plural, from seconds to centuries; a fortnight.
    Units,
    /// "three weeks", "a year", "2 years and 3 months": a number of days or longer units.
    Length,
    /// A length of time that begins with a number.
    NumberLength,
    /// "a week", "half a year", "a couple of days".
    ALength,
    /// A date or period that is named: "3 May", "1974", "the 1990s", "Easter".
    Named,
    /// A date that is named, "today" or "tomorrow".
    Date,
    /// "last week", "next May", "this morning".
    Pointed,
    /// "the year", "the month", or what [`Words::Pointed`] matches.
    This,
    /// "2021", "'21", "last year", "the year".
    InYear,
    /// "May", "May 2021", "next month", "the month".
    InMonth,
    /// "six", "18": the number of an hour.
    Hour,
    /// "ten", "20": a number of minutes below thirty.
    Few,
    /// "thirty", "forty-five", "oh five" after an hour.
    Minutes,
    /// What days, weeks, months or quarters are counted in: a year or a month.
    Whole,
}

impl Class {
    /// Whether it matches digits.
    pub(crate) const fn is_numeric(self) -> bool {
        !matches!(
            self,
            Self::Month
                | Self::Month2
                | Self::Weekday
                | Self::HalfDay
                | Self::PartOfDay
                | Self::End
                | Self::Letters
                | Self::Capitals
                | Self::Name
                | Self::Words(_)
        )
    }
}

impl Words {
    /// Whether it matches exactly one token.
    pub(crate) const fn is_one_token(self) -> bool {
        matches!(self, Self::Hour | Self::Few | Self::Unit)
    }

    /// A bit for the class, and for those that match only what it matches.
    pub(crate) const fn bits(self) -> u32 {
        let narrower = match self {
            Self::Length => 1 << Self::NumberLength as u32 | 1 << Self::ALength as u32,
            _ => 0,
        };
        1 << self as u32 | narrower
    }
}

/// The classes by the names that rows use.
pub(super) const CLASSES: [(&str, Class); 50] = [
    ("month", Class::Month),
    ("month2", Class::Month2),
    ("month-number", Class::MonthNumber),
    ("day", Class::Day),
    ("day2", Class::Day2),
    ("first", Class::First),
    ("second", Class::Second),
    ("first2", Class::First2),
    ("second2", Class::Second2),
    ("year", Class::Year),
    ("year2", Class::Year2),
    ("year-number", Class::YearNumber),
    ("yy", Class::Yy),
    ("yy2", Class::Yy2),
    ("yyyy", Class::FourDigits),
    ("mm", Class::MonthDigits),
    ("dd", Class::DayDigits),
    ("quarter", Class::Quarter),
    ("half", Class::Half),
    ("week-number", Class::WeekNumber),
    ("hour", Class::Hour),
    ("hour2", Class::Hour2),
    ("hh", Class::HourDigits),
    ("minute", Class::Minute),
    ("am-pm", Class::HalfDay),
    ("part-of-day", Class::PartOfDay),
    ("end", Class::End),
    ("weekday", Class::Weekday),
    ("digits", Class::Digits),
    ("letters", Class::Letters),
    ("capitals", Class::Capitals),
    ("name", Class::Name),
    ("count", Class::Words(Words::Count)),
    ("nth", Class::Words(Words::Nth)),
    ("nth2", Class::Words(Words::Nth2)),
    ("unit", Class::Words(Words::Unit)),
    ("units", Class::Words(Words::Units)),
    ("length", Class::Words(Words::Length)),
    ("number-length", Class::Words(Words::NumberLength)),
    ("a-length", Class::Words(Words::ALength)),
    ("named", Class::Words(Words::Named)),
    ("date", Class::Words(Words::Date)),
    ("pointed", Class::Words(Words::Pointed)),
    ("this", Class::Words(Words::This)),
    ("in-year", Class::Words(Words::InYear)),
    ("in-month", Class::Words(Words::InMonth)),
    ("hour-number", Class::Words(Words::Hour)),
    ("few", Class::Words(Words::Few)),
    ("minute-words", Class::Words(Words::Minutes)),
    ("whole", Class::Words(Words::Whole)),
];

/// A part of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Node {
    /// A small letter matches itself in either case.
    Literal(char),
    Blank,
    Class(Class),
    /// One of these; an empty one if the part is optional.
    Choice(Vec<Vec<Node>>),
}

/// The rest of a pattern: what is left of each bracket that was entered.
pub(crate) type Rest<'n> = Option<&'n Frame<'n>>;

pub(crate) struct Frame<'n> {
    pub(crate) nodes: &'n [Node],
    pub(crate) rest: Rest<'n>,
}

/// The next node of a pattern, with the nodes after it and the rest; `None` at its end.
#[inline]
pub(crate) fn next<'n>(
    mut nodes: &'n [Node],
    mut rest: Rest<'n>,
) -> Option<(&'n Node, &'n [Node], Rest<'n>)> {
    loop {
        if let Some((node, after)) = nodes.split_first() {
            return Some((node, after, rest));
        }
        let frame = rest?;
        (nodes, rest) = (frame.nodes, frame.rest);
    }
}

/// The maximum nesting of brackets.
const MAX_DEPTH: usize = 4;
/// Most parts of patterns have at most this many nodes.
const ROOM: usize = 8;

/// Reads a pattern; the error says what is wrong with it.
pub(crate) fn read(pattern: &str) -> Result<Vec<Node>, String> {
    let mut signs = pattern.chars();
    let nodes = sequence(&mut signs, 0)?;
    match signs.next() {
        Some(sign) => Err(format!("{sign:?} has no opening counterpart; write \\{sign} for the sign itself")),
        None if nodes.is_empty() => Err("it is empty".to_owned()),
        None if !matches!(nodes.first(), Some(Node::Literal(_) | Node::Class(_) | Node::Choice(_))) => {
            Err("it begins with a blank".to_owned())
        }
        None => Ok(nodes),
    }
}

fn sequence(signs: &mut Chars<'_>, depth: usize) -> Result<Vec<Node>, String> {
    if depth > MAX_DEPTH {
        return Err(format!("more than {MAX_DEPTH} brackets inside one another"));
    }
    let mut nodes = Vec::with_capacity(ROOM);
    loop {
        let before = signs.clone();
        let Some(sign) = signs.next() else { break };
        let node = match sign {
            ')' | '|' => {
                *signs = before;
                break;
            }
            '(' => choice(signs, depth)?,
            '{' => Node::Class(class(signs)?),
            '\\' => Node::Literal(signs.next().ok_or("a \\ with nothing after it")?),
            '?' => optional(nodes.pop().ok_or("a ? with nothing before it")?),
            ' ' => Node::Blank,
            _ => Node::Literal(sign),
        };
        nodes.push(node);
    }
    Ok(nodes)
}

/// A part that may be missing.
fn optional(part: Node) -> Node {
    match part {
        Node::Choice(mut branches) => {
            branches.push(Vec::new());
            Node::Choice(branches)
        }
        single => Node::Choice(vec![vec![single], Vec::new()]),
    }
}

fn choice(signs: &mut Chars<'_>, depth: usize) -> Result<Node, String> {
    let mut branches = Vec::new();
    loop {
        branches.push(sequence(signs, depth + 1)?);
        match signs.next() {
            Some('|') => {}
            Some(_) => break,
            None => return Err("a ( is not closed".to_owned()),
        }
    }
    Ok(Node::Choice(branches))
}

fn class(signs: &mut Chars<'_>) -> Result<Class, String> {
    let (name, after) = signs.as_str().split_once('}').unwrap_or((signs.as_str(), ""));
    *signs = after.chars();
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class).ok_or_else(|| {
        let known: Vec<&str> = CLASSES.iter().map(|(known, _)| *known).collect();
        format!("there is no class {{{name}}}; the classes are {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_is_wrong() {
        for (pattern, reason) in [
            ("", "empty"),
            (" mid", "blank"),
            ("mid)", "no opening counterpart"),
            ("(mid", "not closed"),
            ("{mont}", "the classes are month"),
            ("?mid", "nothing before"),
            ("mid\\", "nothing after"),
            ("((((((a))))))", "more than"),
        ] {
            let error = read(pattern).expect_err(pattern);
            assert!(error.contains(reason), "{pattern}: {error}");
        }
    }
}
