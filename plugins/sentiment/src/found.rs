//! What the lexicon and the rules found in a sentence.

use std::ops::Range;

use crate::hits::{Edge, Hit};

/// A sentence's words with valence, edges of clauses, quotation marks and words of attitude, in text order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found<'a> {
    pub(crate) hits: &'a [Hit],
    pub(crate) edges: &'a [Edge],
    /// The number of edges of the document before them.
    pub(crate) edges_before: usize,
    /// The tokens that are quotation marks.
    pub(crate) marks: &'a [usize],
    /// The tokens that may express an attitude.
    pub(crate) attitudes: &'a [usize],
}

impl<'a> Found<'a> {
    /// The hits within a range of tokens.
    pub(crate) fn within(&self, tokens: Range<usize>) -> &'a [Hit] {
        between(self.hits, |hit| hit.token, tokens)
    }

    /// The edges within a range of tokens, except at its first token.
    pub(crate) fn edges_within(&self, tokens: Range<usize>) -> &'a [Edge] {
        between(self.edges, |edge| edge.token, tokens.start.saturating_add(1)..tokens.end)
    }

    /// The number of quotation marks within a range of tokens.
    pub(crate) fn marks_within(&self, tokens: Range<usize>) -> usize {
        between(self.marks, |mark| *mark, tokens).len()
    }

    /// The words of attitude within a range of tokens.
    pub(crate) fn attitudes_within(&self, tokens: Range<usize>) -> &'a [usize] {
        between(self.attitudes, |at| *at, tokens)
    }

    /// The part of a range of tokens that lies in the clause of one of them.
    pub(crate) fn clause_of(&self, token: usize, within: Range<usize>) -> Range<usize> {
        let next = self.edges.partition_point(|edge| edge.token <= token);
        let start = next.checked_sub(1).and_then(|last| self.edges.get(last)).map_or(0, |edge| edge.token);
        let end = self.edges.get(next).map_or(usize::MAX, |edge| edge.token);
        start.max(within.start)..end.min(within.end)
    }

    /// The clause that contains a token, numbered as in [`Hit::clause`].
    pub(crate) fn clause_at(&self, token: usize) -> u32 {
        (self.edges_before + self.edges.partition_point(|edge| edge.token <= token)) as u32
    }
}

/// The items (in text order) that lie within a range of tokens.
pub(crate) fn between<T>(items: &[T], token: impl Fn(&T) -> usize, tokens: Range<usize>) -> &[T] {
    let first = items.partition_point(|item| token(item) < tokens.start);
    let rest = items.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|item| token(item) < tokens.end).count();
    rest.get(..count).unwrap_or_default()
}
