//! Which marks and digits stand at a token, and where a sentence ends.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;

use crate::sentence::scope::Scope;
use crate::sentence::words;

/// Whether nothing but punctuation follows in the sentence.
pub(crate) fn is_end(scope: &Scope<'_>, at: usize) -> bool {
    const STOPS: [u64; 3] = [words::DOT, hash_lowered("!"), hash_lowered("?")];
    scope.token(at).is_none() || scope.is_any(at, &STOPS) && scope.token(at + 1).is_none()
}

pub(crate) fn is_digits(scope: &Scope<'_>, at: usize) -> bool {
    scope.token(at).is_some_and(|token| token.has(token_flag::DIGIT))
}

/// Whether a quotation mark is at a token.
pub(crate) fn is_quote(scope: &Scope<'_>, at: usize) -> bool {
    scope.doc.tokens().get(at).is_some_and(|token| token.has(token_flag::QUOTE_MARK))
}
