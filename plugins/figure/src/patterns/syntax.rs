//! What a pattern is written in: letters and marks that stand for themselves, classes in braces, brackets for what may be absent or for
//! alternatives.
//!
//! `mid(-| ){month}( {year})?`: a small letter stands for itself in either case, a capital for itself only; a blank for one or more of
//! any kind; what `?` follows may be absent; `\` takes the meaning from the sign after it.

use std::iter::Peekable;
use std::str::Chars;

/// What a class stands for, and where what it matched is put.
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
    /// A small letter stands for itself in either case.
    Literal(char),
    Blank,
    Class(Class),
    /// One of these; an empty one where the part may be absent.
    Choice(Vec<Vec<Node>>),
}

/// Brackets inside brackets, at most.
const DEEPEST: usize = 4;

/// Reads a pattern; the error says what is wrong with it.
pub(crate) fn read(pattern: &str) -> Result<Vec<Node>, String> {
    let mut signs = pattern.chars().peekable();
    let nodes = sequence(&mut signs, 0)?;
    match signs.next() {
        Some(sign) => Err(format!("a {sign:?} that closes nothing; write \\{sign} for the sign itself")),
        None if nodes.is_empty() => Err("it is empty".to_owned()),
        None if !matches!(nodes.first(), Some(Node::Literal(_) | Node::Class(_) | Node::Choice(_))) => {
            Err("it begins with a blank".to_owned())
        }
        None => Ok(nodes),
    }
}

fn sequence(signs: &mut Peekable<Chars<'_>>, depth: usize) -> Result<Vec<Node>, String> {
    if depth > DEEPEST {
        return Err(format!("more than {DEEPEST} brackets inside one another"));
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
                let last = nodes.pop().ok_or("a ? that follows nothing")?;
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
            None => return Err("a ( that is not closed".to_owned()),
        }
    }
    Ok(Node::Choice(branches))
}

fn class(signs: &mut Peekable<Chars<'_>>) -> Result<Class, String> {
    let name: String = signs.by_ref().take_while(|sign| *sign != '}').collect();
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class).ok_or_else(|| {
        let known: Vec<&str> = CLASSES.iter().map(|(known, _)| *known).collect();
        format!("there is no class {{{name}}}; there are {}", known.join(", "))
    })
}

/// The bytes that a text can begin with where a pattern matches it.
pub(crate) fn first_bytes(nodes: &[Node]) -> Vec<u8> {
    let mut bytes = Vec::new();
    collect_first(nodes, &mut bytes);
    bytes.sort_unstable();
    bytes.dedup();
    bytes
}

/// Adds the first bytes of a sequence; returns whether it can be empty.
fn collect_first(nodes: &[Node], bytes: &mut Vec<u8>) -> bool {
    for node in nodes {
        match node {
            Node::Literal(sign) => {
                let mut buffer = [0; 4];
                bytes.extend(sign.encode_utf8(&mut buffer).bytes().take(1));
                if sign.is_ascii_lowercase() {
                    bytes.push(sign.to_ascii_uppercase() as u8);
                }
                return false;
            }
            Node::Blank => return false,
            Node::Class(class) => {
                bytes.extend(first_of_class(*class));
                return false;
            }
            Node::Choice(branches) => {
                let mut empty = false;
                for branch in branches {
                    empty |= collect_first(branch, bytes);
                }
                if !empty {
                    return false;
                }
            }
        }
    }
    true
}

fn first_of_class(class: Class) -> Vec<u8> {
    match class {
        Class::Month | Class::Month2 => b"jfmasondJFMASOND".to_vec(),
        Class::Weekday => b"mtwfsMTWFS".to_vec(),
        Class::Letters => (b'a'..=b'z').collect(),
        Class::Capitals | Class::Name => (b'A'..=b'Z').collect(),
        Class::Quarter | Class::Half => b"1234".to_vec(),
        _ => (b'0'..=b'9').collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        for (pattern, reason) in [
            ("", "empty"),
            (" mid", "blank"),
            ("mid)", "closes nothing"),
            ("(mid", "not closed"),
            ("{mont}", "there are month"),
            ("?mid", "follows nothing"),
            ("mid\\", "nothing after"),
            ("((((((a))))))", "more than"),
        ] {
            let error = read(pattern).expect_err(pattern);
            assert!(error.contains(reason), "{pattern}: {error}");
        }
    }

    #[test]
    fn first_bytes_pass_over_what_may_be_absent() {
        let nodes = read("(the )?Q{quarter}").expect("a pattern");
        assert_eq!(first_bytes(&nodes), [b'Q', b'T', b't']);
    }
}
