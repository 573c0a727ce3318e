//! The user's patterns over tokens.
//!
//! A pattern is words separated by spaces: `storm <Cap>`, `[<Cap>+] Act of <num>`. A word matches itself in any
//! case, `a|b` either, `<Cap>` a word with a capital, `<num>` a number, `<any>` any token; `+` after one
//! matches as many in a row as there are, up to eight. Square brackets mark the name; without them it is the whole match. A
//! pattern is matched from left to right without backtracking, so it costs the same on every text.

use std::ops::Range;

use copydesk_core::layers::EntityKind;
use copydesk_core::{Case, Token, TokenKind, hash_lower};

/// The maximum number of tokens that `+` matches.
const MAX: usize = 8;

/// The longest pattern, in words.
const LONGEST: usize = 12;

#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Words(Vec<u64>),
    Capital,
    Number,
    Any,
}

#[derive(Clone, Debug, PartialEq)]
struct Step {
    wanted: Wanted,
    many: bool,
    named: bool,
}

/// A pattern ready to match.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) kind: EntityKind,
    steps: Vec<Step>,
}

impl Pattern {
    /// Parses a pattern; the error says what is wrong with it.
    pub(crate) fn read(kind: EntityKind, pattern: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        let (mut inside, mut bracketed) = (false, false);
        for word in pattern.split_whitespace() {
            let mut word = word;
            if let Some(rest) = word.strip_prefix('[') {
                if inside || bracketed {
                    return Err("a second `[`".to_owned());
                }
                (word, inside, bracketed) = (rest, true, true);
            }
            let closes = word.strip_suffix(']').inspect(|rest| word = rest).is_some();
            let many = word.len() > 1 && word.strip_suffix('+').inspect(|rest| word = rest).is_some();
            let wanted = match word {
                "<Cap>" => Wanted::Capital,
                "<num>" => Wanted::Number,
                "<any>" => Wanted::Any,
                "" => return Err("an empty word".to_owned()),
                _ if word.starts_with('<') => {
                    return Err(format!("{word:?}: the classes are <Cap>, <num> and <any>"));
                }
                _ => Wanted::Words(word.split('|').map(hash_lower).collect()),
            };
            steps.push(Step { wanted, many, named: inside });
            if closes {
                if !inside {
                    return Err("a `]` without its `[`".to_owned());
                }
                inside = false;
            }
        }
        if inside || steps.is_empty() || steps.len() > LONGEST {
            return Err(format!("a pattern must have one to {LONGEST} words, and a `]` for its `[`"));
        }
        if !bracketed {
            steps.iter_mut().for_each(|step| step.named = true);
        }
        Ok(Self { kind, steps })
    }

    /// The name that the pattern finds at the start of these tokens, if any; never across the end of a sentence.
    pub(crate) fn matches(&self, tokens: &[Token]) -> Option<Range<usize>> {
        let sentence = tokens.first()?.sentence();
        let (mut at, mut name) = (0, None::<Range<usize>>);
        for step in &self.steps {
            let start = at;
            let most = if step.many { MAX } else { 1 };
            while at < start + most
                && tokens.get(at).is_some_and(|token| token.sentence() == sentence && step.wanted.is(token))
            {
                at += 1;
            }
            if at == start {
                return None;
            }
            if step.named {
                name = Some(name.map_or(start, |name| name.start)..at);
            }
        }
        name
    }
}

impl Wanted {
    fn is(&self, token: &Token) -> bool {
        match self {
            Self::Words(words) => words.contains(&token.hash()),
            Self::Capital => token.is_word() && !matches!(token.case(), Case::Lower | Case::None),
            Self::Number => matches!(token.kind(), TokenKind::Number | TokenKind::Mixed),
            Self::Any => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Document, Source};

    use super::*;

    #[test]
    fn patterns_match_and_errors_say_what_is_wrong() {
        let find = |pattern: &str, text: &str| {
            let rule = Pattern::read(EntityKind::Event, pattern).expect("a pattern");
            let document = Document::new(Source { text, ..Source::default() }).expect("short enough");
            let view = document.view();
            (0..view.tokens().len()).find_map(|at| {
                let name = rule.matches(&view.tokens()[at..])?;
                Some(view.slice(view.token_span(at + name.start, at + name.end)).to_owned())
            })
        };
        assert_eq!(find("storm|cyclone <Cap>", "Then Cyclone Edda came.").as_deref(), Some("Cyclone Edda"));
        assert_eq!(
            find("the [<Cap>+ act] of <num>", "By the Clean Rivers Act of 1999 it fell.").as_deref(),
            None
        );
        assert_eq!(
            find("the [<Cap>+] of <num>", "By the Clean Rivers Act of 1999 it fell.").as_deref(),
            Some("Clean Rivers Act")
        );
        assert_eq!(find("storm <Cap>", "A storm. Edda came."), None);
        for wrong in ["", "[a", "a]", "<caps>", "[a] [b]"] {
            assert!(Pattern::read(EntityKind::Event, wrong).is_err(), "{wrong}");
        }
    }
}
