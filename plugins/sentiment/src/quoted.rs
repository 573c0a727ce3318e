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

    /// The runs of tokens of a sentence that are the narrator's.
    pub(crate) fn outside(&self, doc: &DocumentView<'_>, tokens: Range<usize>, runs: &mut Vec<Range<usize>>) {
        runs.clear();
        let words = doc.tokens().get(tokens.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let at = self.spans.partition_point(|span| span.end() <= first.span().start());
        let spans = self.spans.get(at..).unwrap_or_default();
        let mut start = tokens.start;
        for span in spans.iter().take_while(|span| span.start() < last.span().end()) {
            let before = |offset: u32| words.partition_point(|token| token.span().start() < offset);
            let held = [span.start(), span.end()].map(|offset| tokens.start + before(offset));
            if start < held[0] {
                runs.push(start..held[0]);
            }
            start = held[1];
        }
        if start < tokens.end {
            runs.push(start..tokens.end);
        }
    }
}
