//! Pairs of double quotation marks inside each paragraph. An unbalanced mark costs its own quote only.

use std::ops::Range;

use copydesk_core::DocumentView;
use copydesk_core::segment::token_flag as flag;

/// The tokens between each pair of marks.
pub(crate) fn pairs(doc: &DocumentView<'_>) -> Vec<Range<usize>> {
    let tokens = doc.tokens();
    let mut pairs = Vec::new();
    for paragraph in doc.paragraphs() {
        let mut open: Option<usize> = None;
        let own = doc.tokens_in(paragraph.span());
        for at in own.clone() {
            // Single marks are mostly apostrophes.
            let single =
                matches!(doc.slice(tokens[at].span()), "'" | "’" | "‘" | "‚" | "‛" | "`" | "‹" | "›");
            if !tokens[at].has(flag::QUOTE_MARK) || single {
                continue;
            }
            match open {
                Some(first) if !tokens[at].has(flag::OPENING) => {
                    if first + 1 < at {
                        pairs.push(first + 1..at);
                    }
                    open = None;
                }
                _ if tokens[at].has(flag::CLOSING) => {}
                _ => open = Some(at),
            }
        }
        // A quote that runs on into the next paragraph is closed there, and here by the paragraph's end.
        if let Some(first) = open.filter(|first| first + 4 < own.end) {
            pairs.push(first + 1..own.end);
        }
    }
    pairs
}
