//! The words around a match that a row requires or excludes.

use copydesk_core::Token;
use copydesk_core::hash_lower;
use copydesk_core::segment::token_flag;
use serde::Deserialize;

use crate::patterns::reading;
use crate::patterns::row::Row;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, tense, words};

/// What must follow a match.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Before {
    /// The end of the sentence.
    Stop,
    /// The end of the sentence, a comma, a semicolon or a closing bracket.
    Clause,
    /// Anything but a word in small letters.
    Break,
    /// Anything but a word, except one that begins another phrase.
    Phrase,
    /// Anything but a word, except one that begins another phrase or a date relative to today.
    Edge,
}

/// How the words must relate to the token before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Touch {
    Any,
    Apart,
    Glued,
}

/// The requirements of a row, with hashes of the words.
#[derive(Debug)]
pub(crate) struct Context {
    touch: Touch,
    alone: bool,
    with: Vec<u64>,
    needs: Vec<u64>,
    after: Vec<u64>,
    not_before: Vec<u64>,
    before: Option<Before>,
    future: bool,
    common: bool,
}

impl Context {
    pub(crate) fn new(row: &Row) -> Self {
        let hashes = |words: &str| words.split('|').filter(|word| !word.is_empty()).map(hash_lower).collect();
        Self {
            touch: match (row.apart, row.glued) {
                (true, _) => Touch::Apart,
                (false, true) => Touch::Glued,
                (false, false) => Touch::Any,
            },
            alone: row.alone,
            with: hashes(&row.with),
            needs: hashes(&row.needs),
            after: hashes(&row.after),
            not_before: hashes(&row.not_before),
            before: row.before,
            future: row.future,
            common: row.common,
        }
    }

    /// The first token of a figure whose words begin at a token; `None` if the words before it do not fit.
    pub(crate) fn first(&self, scope: &Scope<'_>, at: usize, token: &Token) -> Option<usize> {
        let touches = match self.touch {
            Touch::Any => true,
            Touch::Apart => !token.has(token_flag::GLUED) || reading::opens(scope, at),
            Touch::Glued => token.has(token_flag::GLUED),
        };
        if !touches || self.alone && token.has(token_flag::GLUED) && is_joint(scope, at.wrapping_sub(1)) {
            return None;
        }
        let mut first = at;
        if !self.needs.is_empty() {
            first = at.checked_sub(1).filter(|before| scope.is_any(*before, &self.needs))?;
        } else if !self.with.is_empty() && scope.is_any(at.wrapping_sub(1), &self.with) {
            first = at - 1;
        }
        let after = self.after.is_empty() || scope.is_any(first.wrapping_sub(1), &self.after);
        (after && !(self.common && is_name(scope, at))).then_some(first)
    }

    /// Whether what follows a match that ends before a token fits, and the time of the sentence.
    pub(crate) fn fits(&self, scope: &Scope<'_>, at: usize, end: usize) -> bool {
        let before = match self.before {
            None => true,
            Some(Before::Stop) => marks::is_end(scope, end),
            Some(Before::Clause) => {
                marks::is_end(scope, end)
                    || scope.is_any(end, &[words::COMMA, words::SEMICOLON, words::CLOSE])
            }
            Some(Before::Break) => !scope.is_lower_word(end),
            Some(Before::Edge) => {
                !scope.is_word(end) || scope.has(end, role::FUNCTION | role::BREAK | role::RELATIVE)
            }
            Some(Before::Phrase) => !scope.is_lower_word(end) || scope.has(end, role::FUNCTION | role::BREAK),
        };
        let again = || scope.hash(end) == scope.hash(end.wrapping_sub(2));
        let joined =
            self.alone && is_joint(scope, end) && again() && scope.glued(end) && scope.glued(end + 1);
        before
            && !joined
            && (self.not_before.is_empty() || !scope.is_any(end, &self.not_before))
            && (!self.future || tense::is_future(scope, at))
    }
}

fn is_joint(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_any(at, &[words::HYPHEN, words::SLASH])
}

/// "USA TODAY", "the Tomorrow Group", "TODAY NORLAND (Agency)": whether a word is part of a name.
fn is_name(scope: &Scope<'_>, at: usize) -> bool {
    let capitals = scope.text(at).bytes().all(|byte| byte.is_ascii_uppercase());
    let next = scope.is_word(at + 1) && scope.is_capitalized(at + 1);
    let names = next && !scope.has(at + 1, role::MONTH | role::WEEKDAY) && (capitals || at > scope.start);
    capitals && scope.is_capitalized(at.wrapping_sub(1)) || scope.is_capitalized(at) && names
}
