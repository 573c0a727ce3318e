//! What can follow the first token of a match: most patterns are ruled out by the next token, before they are matched.

use copydesk_core::hash_lower;
use copydesk_core::segment::token_flag;

use crate::patterns::syntax::{Class, Frame, Node, Rest, Words, next};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Entry, role};

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
            Some(Node::Class(Class::Words(_))) => after_first(nodes.get(1..).unwrap_or_default(), None),
            _ => after_first(nodes, None),
        }
    }

    #[inline]
    pub(crate) const fn have(&self, next: Next) -> bool {
        self.words & next.word != 0 || next.entry.is(self.roles) || self.digits && next.digits
    }

    const fn word(hash: u64) -> Self {
        Self { words: bit_of(hash), ..NONE }
    }

    fn words(words: &[&str]) -> Self {
        Self { words: words.iter().fold(0, |bits, word| bits | bit_of(hash_lower(word))), ..NONE }
    }

    fn sign(sign: char) -> Self {
        Self::word(hash_lower(sign.encode_utf8(&mut [0; 4])))
    }

    /// What follows in any of the branches of a pattern.
    fn any_of(branches: impl Iterator<Item = Self>) -> Self {
        branches.fold(NONE, |all, one| Self {
            words: all.words | one.words,
            roles: all.roles | one.roles,
            digits: all.digits || one.digits,
        })
    }
}

/// Signs that are never inside a token.
const APART: [char; 9] = ['-', '–', '—', '/', ':', '(', ')', '[', ']'];

/// The bit of a token.
const fn bit_of(hash: u64) -> u128 {
    1 << (hash >> 20 & 127)
}

/// What can follow the first token, of which the nodes before were read.
fn after_first<'n>(mut nodes: &'n [Node], mut rest: Rest<'n>) -> Followers {
    while let Some((node, after, left)) = next(nodes, rest) {
        (nodes, rest) = (after, left);
        match node {
            Node::Literal(sign) if sign.is_alphanumeric() => {}
            Node::Literal(sign) if APART.contains(sign) => return Followers::sign(*sign),
            // A comma before a blank is a token of its own.
            Node::Literal(',') if nodes.first() == Some(&Node::Blank) => return Followers::sign(','),
            Node::Literal(_) | Node::Class(Class::Words(_)) => return ANY,
            Node::Class(_) => {}
            Node::Blank => return second(nodes, rest, String::new()),
            Node::Choice(branches) => {
                let frame = Frame { nodes, rest };
                return Followers::any_of(branches.iter().map(|branch| after_first(branch, Some(&frame))));
            }
        }
    }
    ANY
}

/// The second token; `word` is what was read of it.
fn second<'n>(mut nodes: &'n [Node], mut rest: Rest<'n>, mut word: String) -> Followers {
    while let Some((node, after, left)) = next(nodes, rest) {
        (nodes, rest) = (after, left);
        match node {
            Node::Literal(sign) if sign.is_alphanumeric() => word.extend(sign.to_lowercase()),
            Node::Literal(sign) if APART.contains(sign) && word.is_empty() => return Followers::sign(*sign),
            Node::Literal(sign) if APART.contains(sign) => break,
            Node::Literal(',') if word.is_empty() => return Followers::sign(','),
            // "o'clock" is one token, "week's" two.
            Node::Literal(sign @ ('\'' | '’')) if !word.is_empty() => {
                let first = Followers::words(&[&word]);
                word.push(*sign);
                return Followers::any_of([first, second(nodes, rest, word)].into_iter());
            }
            Node::Class(class) if word.is_empty() => return of_class(*class),
            // "Q3" is one token.
            Node::Class(class) if class.is_numeric() => return of_class(*class),
            Node::Literal(_) | Node::Class(_) => return ANY,
            Node::Blank => break,
            Node::Choice(branches) => {
                let frame = Frame { nodes, rest };
                let each = branches.iter().map(|branch| second(branch, Some(&frame), word.clone()));
                return Followers::any_of(each);
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
        Class::HalfDay => Followers::words(&["am", "a.m", "pm", "p.m"]),
        Class::PartOfDay => Followers::words(&["in"]),
        class if class.is_numeric() => Followers { digits: true, ..NONE },
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
        Words::Hour | Words::Few | Words::Minutes => (NUMBER, true, &["oh"]),
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
    Followers { roles, digits, ..Followers::words(words) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::syntax::read;

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
