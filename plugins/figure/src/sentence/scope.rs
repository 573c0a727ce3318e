//! One sentence as the rules see it: its tokens, and what they can mean.

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, DocumentView, Span, Token, TokenKind, hash_lower};
use jiff::civil::Date;

use crate::sentence::keys::{hash_exact, join, phrase_hash};
use crate::sentence::units::Unit;
use crate::sentence::vocabulary::{Entry, Vocabulary};
use crate::sentence::words;

/// A sentence of a document. Token indices are the document's; outside the sentence there is no token.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) vocabulary: &'a Vocabulary,
    /// The document's day of publication.
    pub(crate) today: Option<Date>,
    /// Whether 5/6 is the fifth of June.
    pub(crate) day_first: bool,
    /// The sentence's tokens: their indices, and the tokens themselves.
    pub(crate) start: usize,
    pub(crate) end: usize,
    tokens: &'a [Token],
}

/// The maximum number of words of a unit or a bound.
const LONGEST_PHRASE: usize = 5;

/// The maximum number of bytes of a symbol whose capitals matter.
const LONGEST_SYMBOL: u32 = 8;

impl<'a> Scope<'a> {
    /// A sentence of a document, by the range of its tokens.
    pub(crate) fn new(
        doc: &'a DocumentView<'a>,
        vocabulary: &'a Vocabulary,
        today: Option<Date>,
        day_first: bool,
        sentence: Range<usize>,
    ) -> Self {
        let tokens = doc.tokens().get(sentence.clone()).unwrap_or_default();
        Self {
            doc,
            vocabulary,
            today,
            day_first,
            start: sentence.start,
            end: sentence.start + tokens.len(),
            tokens,
        }
    }

    /// The part of the sentence before a token.
    pub(crate) fn until(&self, end: usize) -> Self {
        let tokens = self.tokens.get(..end.saturating_sub(self.start)).unwrap_or(self.tokens);
        Self { end: self.start + tokens.len(), tokens, ..*self }
    }

    #[inline]
    pub(crate) fn token(&self, at: usize) -> Option<&'a Token> {
        // An index before the sentence wraps around, and is beyond its end.
        self.tokens.get(at.wrapping_sub(self.start))
    }

    /// The first token from an index on for which `fits` holds, with its index.
    #[inline]
    pub(crate) fn first_from(&self, at: usize, fits: impl Fn(&Token) -> bool) -> Option<(usize, &'a Token)> {
        let rest = self.tokens.get(at.checked_sub(self.start)?..)?;
        let skipped = rest.iter().position(fits)?;
        Some((at + skipped, &rest[skipped]))
    }

    /// What the token can mean; nothing outside the sentence.
    pub(crate) fn entry(&self, at: usize) -> Entry {
        self.token(at).map_or(Entry::default(), |token| self.vocabulary.entry(token.hash()))
    }

    pub(crate) fn hash(&self, at: usize) -> u64 {
        self.token(at).map_or(0, Token::hash)
    }

    pub(crate) fn is(&self, at: usize, word: u64) -> bool {
        self.token(at).is_some_and(|token| token.hash() == word)
    }

    pub(crate) fn is_any(&self, at: usize, words: &[u64]) -> bool {
        self.token(at).is_some_and(|token| words.contains(&token.hash()))
    }

    pub(crate) fn has(&self, at: usize, role: u32) -> bool {
        self.entry(at).is(role)
    }

    /// Whether the token's word is in one of some lists.
    pub(crate) fn listed(&self, at: usize, lists: u64) -> bool {
        self.token(at).is_some_and(|token| self.vocabulary.listed(token.hash(), lists))
    }

    pub(crate) fn text(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| self.doc.slice(token.span()))
    }

    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(Token::kind)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_word)
    }

    pub(crate) fn is_capitalized(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_capitalized)
    }

    pub(crate) fn is_lower_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_word() && token.case() == Case::Lower)
    }

    /// Whether the token touches the one before.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.has(token_flag::GLUED))
    }

    /// The part of speech of a token, if the pipeline has the syntax stage.
    pub(crate) fn tag(&self, at: usize) -> Option<PartOfSpeech> {
        self.token(at).and_then(|_| self.doc.parts_of_speech().get(at))
    }

    pub(crate) fn is_dash(&self, at: usize) -> bool {
        self.is_any(at, &[words::HYPHEN, words::EN_DASH, words::EM_DASH, words::MINUS_SIGN])
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
    }

    /// The number of a token of at most four digits and nothing else.
    pub(crate) fn small(&self, at: usize) -> Option<u32> {
        let token =
            self.token(at).filter(|token| token.kind() == TokenKind::Number && token.span().len() <= 4)?;
        let digits = self.doc.slice(token.span());
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    }

    /// The longest phrase from `at` that `find` finds, and the token after it.
    pub(crate) fn longest<T>(&self, at: usize, find: impl Fn(u64) -> Option<T>) -> Option<(T, usize)> {
        let (mut hash, mut best) = (0, None);
        for next in at..at + LONGEST_PHRASE {
            let Some(token) = self.token(next) else { break };
            hash = join(hash, token.hash());
            if let Some(found) = find(hash) {
                best = Some((found, next + 1));
            }
        }
        best
    }

    /// The longest phrase that ends before `end` and that `find` finds, and its first token.
    pub(crate) fn longest_before<T>(
        &self,
        end: usize,
        find: impl Fn(u64) -> Option<T>,
    ) -> Option<(T, usize)> {
        let first = end.saturating_sub(LONGEST_PHRASE).max(self.start);
        (first..end).find_map(|from| {
            let hash = (from..end).fold(0, |hash, at| join(hash, self.hash(at)));
            find(hash).map(|found| (found, from))
        })
    }

    /// The longest unit from `at`, and the token after it.
    pub(crate) fn longest_unit(&self, at: usize) -> Option<(Unit, usize)> {
        let (mut hash, mut best) = (0, None);
        // "5,125-square-foot": hyphens between the words of a power.
        if self.is(at + 1, words::HYPHEN)
            && self.glued(at + 1)
            && matches!(self.text(at), "square" | "cubic" | "metric" | "nautical")
        {
            let phrase = join(join(0, self.hash(at)), self.hash(at + 2));
            if let Some(unit) = self.vocabulary.unit(phrase, 0, false) {
                return Some((unit, at + 3));
            }
        }
        for next in at..at + LONGEST_PHRASE {
            let Some(token) = self.token(next) else { break };
            // "sq. ft."
            if next > at && token.hash() == words::DOT && token.has(token_flag::GLUED) {
                continue;
            }
            let exact = if token.span().len() <= LONGEST_SYMBOL {
                join(hash, hash_exact(self.doc.slice(token.span()).trim_end_matches('.')))
            } else {
                0
            };
            hash = join(hash, token.hash());
            let text = self.doc.slice(token.span());
            let careless = text.bytes().all(|byte| !byte.is_ascii_uppercase())
                || text.bytes().all(|byte| !byte.is_ascii_lowercase());
            if let Some(found) = self.vocabulary.unit(hash, exact, careless) {
                best = Some((found, next + 1));
            }
        }
        best
    }

    /// The unit whose name is glued to digits as `suffix` ("5kW").
    pub(crate) fn unit_of_suffix(&self, suffix: &str, exact: bool) -> Option<Unit> {
        if matches!(suffix, "am" | "pm" | "AM" | "PM") && !exact {
            return None;
        }
        // "98.6F": farads are distinguished by a space.
        if suffix == "F" {
            return self.vocabulary.unit(phrase_hash("fahrenheit"), 0, false);
        }
        let unit = self.vocabulary.unit(join(0, hash_lower(suffix)), join(0, hash_exact(suffix)), true)?;
        // "90s", "iPhone 5s", "Gate 5A": only some letters are units where they touch the number.
        let mut characters = suffix.chars();
        let only = characters.next().filter(|_| characters.next().is_none());
        let letter = only.is_none_or(|only| {
            !only.is_alphabetic()
                || !only.is_ascii()
                || "mgltLhCFVWpcx".contains(only)
                || only == 'K' && exact
        });
        letter.then_some(unit)
    }

    /// The span of tokens.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        self.doc.token_span(first, end)
    }
}
