//! Separates the words of speakers from those of the narrator.

use std::ops::Range;

use copydesk_core::{DocumentView, Span};

/// The content of all quotes.
#[derive(Debug)]
pub(crate) struct Quoted {
    /// In text order, disjoint.
    spans: Vec<Span>,
}

impl Quoted {
    /// The quotes of a document.
    pub(crate) fn of(doc: &DocumentView<'_>) -> Self {
        Self { spans: crate::merged(doc.quotes().flat_map(|quote| quote.content()).copied().collect()) }
    }

    /// Whether a word is inside a quote.
    pub(crate) fn holds(&self, word: Span) -> bool {
        let at = self.spans.partition_point(|span| span.end() <= word.start());
        self.spans.get(at).is_some_and(|span| span.start() <= word.start())
    }

    /// Whether no change is inside a quote.
    pub(crate) fn holds_none(&self, doc: &DocumentView<'_>, turns: &[crate::turns::Turn]) -> bool {
        !crate::turns::spans(doc, turns).into_iter().any(|span| self.holds(span))
    }

    /// The number of tokens that are the narrator's.
    pub(crate) fn outside(&self, doc: &DocumentView<'_>, tokens: Range<usize>) -> usize {
        let words = doc.tokens().get(tokens).unwrap_or_default();
        if self.spans.is_empty() {
            return words.len();
        }
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return 0 };
        let at = self.spans.partition_point(|span| span.end() <= first.span().start());
        if self.spans.get(at).is_none_or(|span| span.start() >= last.span().end()) {
            return words.len();
        }
        words.iter().filter(|token| !self.holds(token.span())).count()
    }
}
