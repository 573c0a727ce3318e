//! Segmentation of news text into paragraphs, sentences and tokens, done once per document, before any stage.

mod abbreviation;
mod lines;
mod sentences;
mod tokens;
mod types;
mod zones;

pub use types::{Case, Paragraph, Sentence, Token, TokenKind, Zone, ZoneKind, token_flag};

use crate::Span;

/// The segmentation of one document, as flat arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segmentation {
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) zones: Vec<Zone>,
    /// Scratch buffer, kept for its memory.
    spans: Vec<Span>,
}

/// Segments `text` into `into`, whose memory is reused.
pub(crate) fn segment(text: &str, title: Option<&str>, into: &mut Segmentation) {
    into.tokens.clear();
    into.sentences.clear();
    into.paragraphs.clear();
    into.zones.clear();
    // English has about five bytes per token; growing the array would copy it.
    into.tokens.reserve(text.len() / 5);
    lines::paragraph_spans(text, &mut into.spans);
    for &span in &into.spans {
        let first_token = into.tokens.len();
        tokens::tokenize(text, span, &mut into.tokens);
        if into.tokens.len() == first_token {
            continue;
        }
        let first_sentence = into.sentences.len();
        let paragraph = into.paragraphs.len() as u32;
        sentences::split(text, &mut into.tokens, first_token, paragraph, &mut into.sentences);
        into.paragraphs.push(Paragraph::new(
            into.tokens[first_token].span().cover(into.tokens[into.tokens.len() - 1].span()),
            first_sentence as u32,
            into.sentences.len() as u32,
        ));
    }
    zones::mark(text, title, &into.tokens, &into.sentences, &into.paragraphs, &mut into.zones);
}

#[cfg(test)]
mod tests;
