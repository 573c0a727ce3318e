//! What a pattern can begin with: patterns are looked up by their first token.

use copydesk_core::hash_lower;
use copydesk_core::segment::token_flag;

use crate::patterns::syntax::{Class, Node, Words};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Entry, role};

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
    /// A number in words.
    Number,
    /// "third"
    Ordinal,
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
    if let (Class::Words(words), "") = (class, word) {
        return start_of_words(words, found);
    }
    let digits = is_numeric(class);
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

fn start_of_words(words: Words, found: &mut Vec<Start>) -> Result<(), String> {
    let listed =
        |words: &[&str]| words.iter().map(|word| Start::Word((*word).to_owned())).collect::<Vec<_>>();
    match words {
        Words::Nth | Words::Nth2 => {
            found.extend([Start::Ordinal, Start::Number]);
            found.extend(b"snrt".map(Start::Digits));
        }
        Words::Count | Words::Length | Words::NumberLength | Words::ALength => {
            if words != Words::ALength {
                found.push(Start::Number);
                found.extend(b" .,-".map(Start::Digits));
            }
            if matches!(words, Words::Length | Words::ALength) {
                found.extend(listed(&["a", "an", "half", "couple"]));
            }
        }
        Words::Unit => found.extend(listed(&["week", "weekend", "month", "quarter", "year"])),
        _ => return Err("it begins with a class that only stands after other words".to_owned()),
    }
    Ok(())
}

/// The numbers of digits that a match of a pattern can begin with, as bits; all of them unless it begins with a number of its own.
pub(crate) fn digits_at_start(nodes: &[Node]) -> u32 {
    let first = match nodes {
        // "2017" and other digits without a sign between them.
        [Node::Class(_), Node::Class(_), ..] => None,
        [Node::Class(class), ..] => Some(*class),
        _ => None,
    };
    match first {
        Some(Class::Year | Class::Year2 | Class::FourDigits) => 1 << 4,
        Some(Class::Quarter | Class::Half) => 1 << 1,
        Some(Class::Yy | Class::Yy2 | Class::MonthDigits | Class::DayDigits) => 1 << 2,
        Some(class) if is_numeric(class) && class != Class::Digits => 1 << 1 | 1 << 2,
        _ => u32::MAX,
    }
}

/// Adds digits with each byte that the rest of a pattern can begin with.
fn after_digits(nodes: Vec<Node>, found: &mut Vec<Start>) {
    let mut rest = nodes.into_iter();
    match rest.next() {
        Some(Node::Class(class)) if is_numeric(class) => after_digits(rest.collect(), found),
        // Anything may end the digits.
        None => found.extend(b" .,;:!?)]'\"".map(Start::Digits)),
        Some(Node::Blank | Node::Class(_)) => found.push(Start::Digits(b' ')),
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

/// What can follow the first token of a match, or its first class of words: most patterns are ruled out by the next token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Followers {
    /// A bit for each word or sign.
    words: u128,
    /// Roles of words.
    roles: u32,
    /// Whether it may be a token with a digit.
    digits: bool,
}

/// Any token.
const ANY: Followers = Followers { words: u128::MAX, roles: 0, digits: true };

const NONE: Followers = Followers { words: 0, roles: 0, digits: false };

/// The token that follows the first one of a text.
#[derive(Clone, Copy)]
pub(crate) struct Next {
    word: u128,
    entry: Entry,
    digits: bool,
}

impl Next {
    pub(crate) fn at(scope: &Scope<'_>, at: usize) -> Self {
        let Some(token) = scope.token(at) else {
            return Self { word: bit_of(0), entry: Entry::default(), digits: false };
        };
        let entry = scope.vocabulary.entry(token.hash());
        Self { word: bit_of(token.hash()), entry, digits: token.has(token_flag::DIGIT) }
    }
}

impl Followers {
    /// What can follow in a match of a pattern.
    pub(crate) fn of(nodes: &[Node]) -> Self {
        match nodes.first() {
            // A sign is a token of its own.
            Some(Node::Literal(sign)) if !sign.is_alphanumeric() => ANY,
            Some(Node::Class(Class::Words(_))) => after_first(nodes.get(1..).unwrap_or_default().to_vec()),
            _ => after_first(nodes.to_vec()),
        }
    }

    #[inline]
    pub(crate) const fn have(&self, next: Next) -> bool {
        self.words & next.word != 0 || next.entry.is(self.roles) || self.digits && next.digits
    }

    const fn word(hash: u64) -> Self {
        Self { words: bit_of(hash), ..NONE }
    }
}

/// Signs that are never inside a token.
const APART: [char; 8] = ['-', '–', '—', '/', '(', ')', '[', ']'];

/// The bit of a token.
const fn bit_of(hash: u64) -> u128 {
    1 << (hash >> 9 & 127)
}

fn after_first(nodes: Vec<Node>) -> Followers {
    let mut rest = nodes.into_iter();
    while let Some(node) = rest.next() {
        match node {
            Node::Literal(sign) if sign.is_alphanumeric() => {}
            Node::Literal(sign) if APART.contains(&sign) => {
                return Followers::word(hash_lower(sign.encode_utf8(&mut [0; 4])));
            }
            // A comma before a blank is a token of its own.
            Node::Literal(',') if rest.as_slice().first() == Some(&Node::Blank) => {
                return Followers::word(hash_lower(","));
            }
            Node::Literal(_) | Node::Class(Class::Words(_)) => return ANY,
            Node::Class(_) => {}
            Node::Blank => return second(rest.collect(), String::new()),
            Node::Choice(branches) => return each(&branches, rest.as_slice(), after_first),
        }
    }
    ANY
}

/// The second token; `word` is what was read of it.
fn second(nodes: Vec<Node>, mut word: String) -> Followers {
    let mut rest = nodes.into_iter();
    while let Some(node) = rest.next() {
        match node {
            Node::Literal(sign) if sign.is_alphanumeric() => word.extend(sign.to_lowercase()),
            Node::Literal(sign) if APART.contains(&sign) && word.is_empty() => {
                return Followers::word(hash_lower(sign.encode_utf8(&mut [0; 4])));
            }
            Node::Literal(sign) if APART.contains(&sign) => break,
            Node::Class(class) if word.is_empty() => return of_class(class),
            // "Q3" is one token.
            Node::Class(class) if is_numeric(class) => return of_class(class),
            Node::Literal(_) | Node::Class(_) => return ANY,
            Node::Blank => break,
            Node::Choice(branches) => {
                return each(&branches, rest.as_slice(), |nodes| second(nodes, word.clone()));
            }
        }
    }
    if word.is_empty() { ANY } else { Followers::word(hash_lower(&word)) }
}

/// The tokens that a class can begin with.
fn of_class(class: Class) -> Followers {
    match class {
        Class::Month | Class::Month2 => Followers { roles: role::MONTH, ..NONE },
        Class::Weekday => Followers { roles: role::WEEKDAY, ..NONE },
        Class::Words(class) => of_words(class),
        class if is_numeric(class) => Followers { digits: true, ..NONE },
        _ => ANY,
    }
}

/// The tokens that a class of words can begin with.
fn of_words(class: Words) -> Followers {
    const NUMBER: u32 = role::CARDINAL;
    const DATED: u32 = role::MONTH
        | role::WEEKDAY
        | role::SEASON
        | role::HOLIDAY
        | role::ORDINAL
        | role::CARDINAL
        | role::RELATIVE;
    let (roles, digits, words): (u32, bool, &[&str]) = match class {
        Words::Count => (NUMBER, true, &["few", "several", "couple"]),
        Words::Nth | Words::Nth2 => (role::ORDINAL | NUMBER, true, &["the"]),
        Words::Unit => (role::SPAN, false, &[]),
        Words::Units => (role::SPAN | role::UNIT, false, &[]),
        Words::NumberLength => (NUMBER, true, &[]),
        Words::ALength => (0, false, &["a", "an", "half", "couple"]),
        Words::Length => (NUMBER, true, &["a", "an", "half", "couple"]),
        Words::Named | Words::Date => (DATED, true, &[]),
        Words::Pointed => (role::RELATIVE, false, &[]),
        Words::This => (role::RELATIVE, false, &["the", "my", "our"]),
        Words::InYear => (role::RELATIVE, true, &["the", "'", "’", "‘"]),
        Words::InMonth => (role::RELATIVE | role::MONTH, false, &["the"]),
        Words::Whole => (role::RELATIVE | role::MONTH | NUMBER, true, &["the", "'", "’", "‘"]),
    };
    let words = words.iter().fold(0, |bits, word| bits | bit_of(hash_lower(word)));
    Followers { words, roles, digits }
}

const fn is_numeric(class: Class) -> bool {
    !matches!(
        class,
        Class::Month
            | Class::Month2
            | Class::Weekday
            | Class::Letters
            | Class::Capitals
            | Class::Name
            | Class::Words(_)
    )
}

/// What follows in any of the branches, each with the rest of the pattern.
fn each(branches: &[Vec<Node>], rest: &[Node], follow: impl Fn(Vec<Node>) -> Followers) -> Followers {
    branches.iter().map(|branch| follow([branch, rest].concat())).fold(NONE, |all, one| Followers {
        words: all.words | one.words,
        roles: all.roles | one.roles,
        digits: all.digits || one.digits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::syntax::read;

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

    #[test]
    fn second_tokens_are_known_where_they_are_words_or_signs() {
        let of = |pattern: &str| Followers::of(&read(pattern).expect("a pattern"));
        let bits = |tokens: &[&str]| {
            let words = tokens.iter().fold(0, |bits, token| bits | bit_of(hash_lower(token)));
            Followers { words, ..NONE }
        };
        assert_eq!(of("week (of|after) next"), bits(&["of", "after"]));
        assert_eq!(of("{month}(-| to ){month2}"), bits(&["-", "to"]));
        assert_eq!(of("{length} (ago|earlier)"), bits(&["ago", "earlier"]));
        assert_eq!(of("{day} {month}"), Followers { roles: role::MONTH, ..NONE });
        // Digits and a full stop may be one token, and nothing says what follows a whole match.
        assert_eq!(of("{day}.{month}"), ANY);
        assert_eq!(of("yesterday"), ANY);
        assert_eq!(of("week( of)?"), ANY);
    }
}
