//! What a pattern can begin with: patterns are looked up by their first token.

use crate::patterns::syntax::{Class, Frame, Node, Rest, Words, next};

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
    collect_starts(nodes, None, String::new(), &mut found)?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// Follows each path through a pattern until its first token is known; `word` is what was read of it.
fn collect_starts<'n>(
    mut nodes: &'n [Node],
    mut rest: Rest<'n>,
    mut word: String,
    found: &mut Vec<Start>,
) -> Result<(), String> {
    while let Some((node, after, left)) = next(nodes, rest) {
        (nodes, rest) = (after, left);
        match node {
            Node::Literal(sign) if sign.is_alphanumeric() => word.extend(sign.to_lowercase()),
            Node::Literal(sign) if word.is_empty() => {
                found.push(Start::Sign(*sign));
                return Ok(());
            }
            // "A.D." is one token.
            Node::Literal('.') if matches!(nodes.first(), Some(Node::Literal(sign)) if sign.is_alphabetic()) =>
            {
                word.push('.');
            }
            Node::Literal(_) | Node::Blank => break,
            Node::Choice(branches) => {
                let frame = Frame { nodes, rest };
                return branches
                    .iter()
                    .try_for_each(|branch| collect_starts(branch, Some(&frame), word.clone(), found));
            }
            Node::Class(class) => return start_of_class(*class, &word, (nodes, rest), found),
        }
    }
    if word.is_empty() {
        return Err("it may match an empty text".to_owned());
    }
    found.push(Start::Word(word));
    Ok(())
}

fn start_of_class(
    class: Class,
    word: &str,
    (nodes, rest): (&[Node], Rest<'_>),
    found: &mut Vec<Start>,
) -> Result<(), String> {
    if let (Class::Words(words), "") = (class, word) {
        return start_of_words(words, found);
    }
    let digits = class.is_numeric();
    match (class, word.bytes().next()) {
        (Class::Month | Class::Month2, None) => found.push(Start::Month),
        (Class::Weekday, None) => found.push(Start::Weekday),
        // "0{digits}" is digits as well.
        (_, first) if digits && first.is_none_or(|first| first.is_ascii_digit()) => {
            after_digits(nodes, rest, found);
        }
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
        Words::Hour | Words::Few => {
            found.push(Start::Number);
            found.push(Start::Digits(b' '));
        }
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

/// The numbers of digits that a match of a pattern can begin with, as bits; all of them unless it begins with numbers of its own.
pub(crate) fn digits_at_start(nodes: &[Node]) -> u32 {
    let numbers = nodes.iter().map_while(|node| match node {
        Node::Class(class) if class.is_numeric() => Some(digits_of(*class)),
        _ => None,
    });
    let lengths = numbers.fold(1, |before: u32, own| {
        (1..8).filter(|digits| own >> digits & 1 != 0).fold(0, |all, digits| all | before << digits)
    });
    // A digit of the pattern's own, or any number of them.
    let open = nodes.iter().any(|node| matches!(node, Node::Class(Class::Digits)));
    let own = matches!(nodes.first(), Some(Node::Class(class)) if class.is_numeric());
    if own && !open { lengths } else { u32::MAX }
}

/// The numbers of digits that a class matches, as bits.
const fn digits_of(class: Class) -> u32 {
    match class {
        Class::Year | Class::Year2 | Class::FourDigits => 1 << 4,
        Class::Quarter | Class::Half => 1 << 1,
        Class::YearNumber => 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4,
        Class::Yy | Class::Yy2 | Class::MonthDigits | Class::DayDigits | Class::Minute => 1 << 2,
        _ => 1 << 1 | 1 << 2,
    }
}

/// Adds digits with each byte that the rest of a pattern can begin with.
fn after_digits(nodes: &[Node], rest: Rest<'_>, found: &mut Vec<Start>) {
    let Some((node, nodes, rest)) = next(nodes, rest) else {
        // Anything may end the digits.
        found.extend(b" .,;:!?)]'\"".map(Start::Digits));
        return;
    };
    match node {
        Node::Class(class) if class.is_numeric() => after_digits(nodes, rest, found),
        Node::Class(Class::HalfDay) => found.extend(b"apAP".map(Start::Digits)),
        Node::Class(Class::End) => after_digits(nodes, rest, found),
        Node::Blank | Node::Class(_) => found.push(Start::Digits(b' ')),
        Node::Literal(sign) => {
            let mut buffer = [0; 4];
            found.extend(sign.encode_utf8(&mut buffer).bytes().next().map(Start::Digits));
            found.push(Start::Digits(sign.to_ascii_uppercase() as u8));
        }
        Node::Choice(branches) => {
            let frame = Frame { nodes, rest };
            for branch in branches {
                after_digits(branch, Some(&frame), found);
            }
        }
    }
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
}
