//! Headline, byline and dateline: given by the input, or recognised in the first paragraphs.

use super::types::{Case, Paragraph, Sentence, Token, Zone, ZoneKind};
use crate::Span;
use crate::hash::hash_lowered;

/// The maximum length, in tokens, of a headline that the input does not give.
const MAX_HEADLINE_LENGTH: usize = 25;
/// Bylines and datelines are in the first paragraphs, up to this number.
const OPENING_PARAGRAPHS: usize = 5;
/// The maximum number of tokens before the dash of a dateline.
const MAX_DATELINE_LENGTH: usize = 16;

pub(crate) fn mark(
    text: &str,
    title: Option<&str>,
    tokens: &[Token],
    sentences: &[Sentence],
    paragraphs: &[Paragraph],
    into: &mut Vec<Zone>,
) {
    let titled = title.map(str::trim).filter(|title| !title.is_empty());
    for (place, paragraph) in paragraphs.iter().take(OPENING_PARAGRAPHS).enumerate() {
        let words = sentences[paragraph.first_sentence as usize].first_token as usize
            ..sentences[paragraph.end_sentence as usize - 1].end_token as usize;
        let own = &tokens[words];
        let form = &text[paragraph.span().range()];
        // A text that is only the title is all headline.
        let headline = place == 0
            && match titled {
                Some(title) => title == form,
                None => paragraphs.len() > 1 && looks_like_headline(text, paragraph, own),
            };
        if headline {
            into.push(Zone::new(paragraph.span(), ZoneKind::Headline));
        } else if is_byline(own) {
            into.push(Zone::new(paragraph.span(), ZoneKind::Byline));
        } else if let Some(span) = dateline(text, own) {
            into.push(Zone::new(span, ZoneKind::Dateline));
        }
    }
}

fn looks_like_headline(text: &str, paragraph: &Paragraph, tokens: &[Token]) -> bool {
    let form = &text[paragraph.span().range()];
    tokens.len() <= MAX_HEADLINE_LENGTH
        && paragraph.end_sentence - paragraph.first_sentence == 1
        && !form.ends_with(['.', ':', '”', '"'])
        && tokens.iter().any(Token::is_word)
        && dateline(text, tokens).is_none()
}

/// "By Jane Smith", "By Jane Smith and John Doe, Political Editor"
fn is_byline(tokens: &[Token]) -> bool {
    const BY: u64 = hash_lowered("by");
    const FULL_STOP: u64 = hash_lowered(".");
    tokens.len() >= 3
        && tokens.len() <= 16
        && tokens[0].hash() == BY
        && tokens[1].is_capitalized()
        && tokens[2].is_capitalized()
        && tokens[tokens.len() - 1].hash() != FULL_STOP
}

/// "MOSCOW, Aug 30 (Reuters) -", "LONDON (AP) —", "NEW YORK –": a place in capitals, or an agency in brackets, and a dash.
fn dateline(text: &str, tokens: &[Token]) -> Option<Span> {
    const BRACKET: u64 = hash_lowered("(");
    let dash = tokens.iter().take(MAX_DATELINE_LENGTH).position(|token| {
        if token.is_word() {
            return false;
        }
        let form = &text[token.span().range()];
        // "OSLO—The mayor", "WORLD-CLASS"
        form == "—" || !token.has(super::token_flag::GLUED) && matches!(form, "-" | "--" | "–" | "_")
    })?;
    let head = &tokens[..dash];
    let first = head.first()?;
    let place = first.is_word() && first.case() == Case::Upper && first.span().len() > 2;
    let agency = first.is_capitalized() && head.iter().any(|token| token.hash() == BRACKET);
    let lower = head.iter().filter(|token| token.is_word() && token.case() == Case::Lower).count();
    let short = place && head.len() <= 8 || agency;
    (short && lower <= 1).then(|| first.span().cover(tokens[dash].span()))
}
