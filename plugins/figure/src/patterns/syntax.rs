//! The syntax of patterns: letters and signs that stand for themselves, classes in braces, brackets for optional parts or
//! alternatives.
//!
//! `mid(-| ){month}( {year})?`: a small letter matches itself in either case, a capital only itself; a blank matches one or more of
//! any kind; a part before `?` is optional; `\` makes the next sign an ordinary one.

use std::iter::Peekable;
use std::str::Chars;

/// What a class matches, and where the match is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// A month by name or abbreviation; the full stop of one is written `.?`.
    Month,
    /// The second month of a pattern.
    Month2,
    /// 1 to 31, with or without a zero before it.
    Day,
    Day2,
    /// Four digits, 1000 to 2100.
    Year,
    Year2,
    /// Two digits of a year.
    Yy,
    Yy2,
    /// 1 to 4.
    Quarter,
    /// 1 or 2.
    Half,
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
}

const CLASSES: [(&str, Class); 15] = [
    ("month", Class::Month),
    ("month2", Class::Month2),
    ("day", Class::Day),
    ("day2", Class::Day2),
    ("year", Class::Year),
    ("year2", Class::Year2),
    ("yy", Class::Yy),
    ("yy2", Class::Yy2),
    ("quarter", Class::Quarter),
    ("half", Class::Half),
    ("weekday", Class::Weekday),
    ("digits", Class::Digits),
    ("letters", Class::Letters),
    ("capitals", Class::Capitals),
    ("name", Class::Name),
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

/// The maximum nesting of brackets.
const MAX_DEPTH: usize = 4;

/// Reads a pattern; the error says what is wrong with it.
pub(crate) fn read(pattern: &str) -> Result<Vec<Node>, String> {
    let mut signs = pattern.chars().peekable();
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

fn sequence(signs: &mut Peekable<Chars<'_>>, depth: usize) -> Result<Vec<Node>, String> {
    if depth > MAX_DEPTH {
        return Err(format!("more than {MAX_DEPTH} brackets inside one another"));
    }
    let mut nodes = Vec::new();
    while let Some(&sign) = signs.peek() {
        match sign {
            ')' | '|' => break,
            '(' => {
                signs.next();
                nodes.push(choice(signs, depth)?);
            }
            '{' => {
                signs.next();
                nodes.push(Node::Class(class(signs)?));
            }
            '\\' => {
                signs.next();
                nodes.push(Node::Literal(signs.next().ok_or("a \\ with nothing after it")?));
            }
            '?' => {
                signs.next();
                let last = nodes.pop().ok_or("a ? with nothing before it")?;
                let branches = match last {
                    Node::Choice(branches) => branches,
                    single => vec![vec![single]],
                };
                nodes.push(Node::Choice(branches.into_iter().chain([Vec::new()]).collect()));
            }
            ' ' => {
                signs.next();
                nodes.push(Node::Blank);
            }
            _ => {
                signs.next();
                nodes.push(Node::Literal(sign));
            }
        }
    }
    Ok(nodes)
}

fn choice(signs: &mut Peekable<Chars<'_>>, depth: usize) -> Result<Node, String> {
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

fn class(signs: &mut Peekable<Chars<'_>>) -> Result<Class, String> {
    let name: String = signs.by_ref().take_while(|sign| *sign != '}').collect();
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class).ok_or_else(|| {
        let known: Vec<&str> = CLASSES.iter().map(|(known, _)| *known).collect();
        format!("there is no class {{{name}}}; the classes are {}", known.join(", "))
    })
}

/// The possible first tokens of a match: patterns are looked up by them, so that most tokens are compared with none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Start {
    /// A word or number, in small letters.
    Word(String),
    /// Letters and digits in one token, by its first letter: "Q3".
    Mixed(u8),
    /// Digits, by the byte after them.
    Digits(u8),
    Month,
    Weekday,
    /// A sign.
    Sign(char),
}

/// Everything that a match of a pattern can begin with, in order; the error says why a pattern has no such beginning.
pub(crate) fn starts(nodes: &[Node]) -> Result<Vec<Start>, String> {
    let mut found = Vec::new();
    collect_starts(nodes.to_vec(), String::new(), &mut found)?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// Follows each path through a pattern until its first token is known; `word` is what was read of it.
fn collect_starts(nodes: Vec<Node>, mut word: String, found: &mut Vec<Start>) -> Result<(), String> {
    let mut rest = nodes.into_iter();
    while let Some(node) = rest.next() {
        match node {
            Node::Literal(sign) if sign.is_alphanumeric() => word.extend(sign.to_lowercase()),
            Node::Literal(sign) if word.is_empty() => {
                found.push(Start::Sign(sign));
                return Ok(());
            }
            Node::Literal(_) | Node::Blank => break,
            Node::Choice(branches) => {
                let rest: Vec<Node> = rest.collect();
                for branch in branches {
                    collect_starts(
                        branch.into_iter().chain(rest.iter().cloned()).collect(),
                        word.clone(),
                        found,
                    )?;
                }
                return Ok(());
            }
            Node::Class(class) => return start_of_class(class, &word, rest.collect(), found),
        }
    }
    if word.is_empty() {
        return Err("it may match an empty text".to_owned());
    }
    found.push(Start::Word(word));
    Ok(())
}

fn start_of_class(class: Class, word: &str, rest: Vec<Node>, found: &mut Vec<Start>) -> Result<(), String> {
    let digits = !matches!(
        class,
        Class::Month | Class::Month2 | Class::Weekday | Class::Letters | Class::Capitals | Class::Name
    );
    match (class, word.bytes().next()) {
        (Class::Month | Class::Month2, None) => found.push(Start::Month),
        (Class::Weekday, None) => found.push(Start::Weekday),
        // "0{digits}" is digits as well.
        (_, first) if digits && first.is_none_or(|first| first.is_ascii_digit()) => after_digits(rest, found),
        (_, Some(first)) if digits => {
            found.push(Start::Mixed(first));
            found.push(Start::Mixed(first.to_ascii_uppercase()));
        }
        _ => {
            return Err(
                "it begins with any letters, so every word would have to be compared with it".to_owned()
            );
        }
    }
    Ok(())
}

/// Adds digits with each byte that the rest of a pattern can begin with.
fn after_digits(nodes: Vec<Node>, found: &mut Vec<Start>) {
    let mut rest = nodes.into_iter();
    match rest.next() {
        // A sign that ends the digits, and a blank of any kind.
        None | Some(Node::Blank | Node::Class(_)) => found.push(Start::Digits(b' ')),
        Some(Node::Literal(sign)) => {
            let mut buffer = [0; 4];
            found.extend(sign.encode_utf8(&mut buffer).bytes().next().map(Start::Digits));
            found.push(Start::Digits(sign.to_ascii_uppercase() as u8));
        }
        Some(Node::Choice(branches)) => {
            let rest: Vec<Node> = rest.collect();
            for branch in branches {
                after_digits(branch.into_iter().chain(rest.iter().cloned()).collect(), found);
            }
        }
    }
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

    #[test]
    fn optional_parts_are_skipped_for_first_tokens() {
        let of = |pattern: &str| starts(&read(pattern).expect("a pattern"));
        assert_eq!(
            of("(the )?Q{quarter}"),
            Ok(vec![Start::Word("the".to_owned()), Start::Mixed(b'Q'), Start::Mixed(b'q')])
        );
        assert_eq!(of("{digits}(-|:){digits}"), Ok(vec![Start::Digits(b'-'), Start::Digits(b':')]));
        assert_eq!(of("\\[{digits}\\]"), Ok(vec![Start::Sign('[')]));
        assert!(of("{name} {digits}").is_err());
        assert!(of("(mid )?").is_err());
    }
}
