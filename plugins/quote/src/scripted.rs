//! Quotes whose speaker the layout names: lines of a transcript ("SMITH: Well, look …") and signed quotes ("“…” — Ada Smith").

use std::ops::Range;

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, Token};

use crate::marks::Marked;

/// A quote with its speaker, as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scripted {
    pub(crate) content: Range<usize>,
    pub(crate) speaker: Range<usize>,
    /// The colon or dash.
    pub(crate) cue: usize,
    pub(crate) rule: &'static str,
}

/// A name in front of a colon, or behind a dash, has at most so many words.
const LONGEST_NAME: usize = 6;
/// Names in small letters make a transcript where so many paragraphs begin with one.
const LINES_OF_A_TRANSCRIPT: usize = 4;

/// All quotes of the two sorts, in text order.
pub(crate) fn find(doc: &DocumentView<'_>, marked: &[Marked]) -> Vec<Scripted> {
    let mut found = transcript(doc);
    found.extend(marked.iter().filter_map(|stretch| signed(doc, stretch)));
    found.sort_by_key(|quote| quote.content.start);
    found
}

fn transcript(doc: &DocumentView<'_>) -> Vec<Scripted> {
    let mut lines = Vec::new();
    let mut shouted = Vec::new();
    for paragraph in doc.paragraphs() {
        let sentences = paragraph.sentences();
        let all = doc.sentences();
        let (Some(first), Some(last)) = (all.get(sentences.start), all.get(sentences.end.saturating_sub(1)))
        else {
            continue;
        };
        if let Some((line, capitals)) = line(doc, first.tokens().start..last.tokens().end) {
            shouted.push(capitals);
            lines.push(line);
        }
    }
    if lines.len() < LINES_OF_A_TRANSCRIPT {
        let mut shouted = shouted.into_iter();
        lines.retain(|_| shouted.next().unwrap_or(false));
    }
    lines
}

/// A paragraph that begins with a name and a colon, and whether the name is in capitals.
fn line(doc: &DocumentView<'_>, own: Range<usize>) -> Option<(Scripted, bool)> {
    let tokens = doc.tokens();
    let start = own.start + usize::from(tokens.get(own.start)?.has(flag::QUOTE_MARK));
    let colon = (start + 1..own.end.min(start + 1 + LONGEST_NAME))
        .find(|&at| doc.slice(tokens[at].span()) == ":" && tokens[at].has(flag::GLUED))?;
    let name = &tokens[start..colon];
    let words = || name.iter().filter(|token| token.is_word());
    let capitals =
        words().all(|token| token.case() == Case::Upper) && words().any(|token| token.span().len() > 2);
    let named = words().all(Token::is_capitalized) && words().count() > 0;
    let only_names = name
        .iter()
        .all(|token| token.is_word() || matches!(doc.slice(token.span()), "." | "-" | "(" | ")" | ","));
    // A time, a headline's label or a web address is no speech.
    let speech = colon + 3 < own.end && !tokens[colon + 1].has(flag::GLUED);
    (named && only_names && speech).then(|| {
        let last = own.end - usize::from(tokens[own.end - 1].has(flag::QUOTE_MARK));
        let content = colon + 1..last;
        (Scripted { content, speaker: start..colon, cue: colon, rule: "transcript" }, capitals)
    })
}

/// A stretch in marks with a dash and a name behind it, at the end of its line.
fn signed(doc: &DocumentView<'_>, stretch: &Marked) -> Option<Scripted> {
    let tokens = doc.tokens();
    let dash = stretch.tokens.end;
    if !matches!(doc.slice(tokens.get(dash)?.span()), "-" | "--" | "–" | "—" | "―") {
        return None;
    }
    let line_ends = |at: usize| tokens.get(at).is_none_or(|token| token.has(flag::LINE_START));
    let end = (dash + 1..=dash + LONGEST_NAME).find(|&at| line_ends(at + usize::from(is_stop(doc, at))))?;
    let name = tokens.get(dash + 1..end)?;
    let named = name.iter().any(Token::is_capitalized)
        && name.iter().all(|token| {
            token.is_capitalized() || matches!(token.case(), Case::Mixed | Case::Lower) && token.is_word()
        });
    (named && name[0].is_capitalized() && stretch.content().len() > 2).then(|| Scripted {
        content: stretch.content(),
        speaker: dash + 1..end,
        cue: dash,
        rule: "signed",
    })
}

fn is_stop(doc: &DocumentView<'_>, at: usize) -> bool {
    doc.tokens().get(at).is_some_and(|token| doc.slice(token.span()) == ".")
}
