//! Quotes whose speaker the layout names: lines of a transcript ("SMITH: Well, look …"), headlines
//! ("Minister: taxes will fall") and signed quotes ("“…” — Ada Smith").

use std::ops::Range;

use copydesk_core::layers::{EntityKind, PartOfSpeech};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, RuleId, Token, ZoneKind};

use crate::marks::Marked;
use crate::registry;

/// A quote with its speaker, as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scripted {
    pub(crate) content: Range<usize>,
    pub(crate) speaker: Range<usize>,
    /// The colon or dash.
    pub(crate) cue: usize,
    pub(crate) rule: RuleId,
}

/// A name in front of a colon, or behind a dash, has at most so many words.
const LONGEST_NAME: usize = 6;
/// Names in small letters make a transcript where so many paragraphs begin with one.
const LINES_OF_A_TRANSCRIPT: usize = 4;

/// All quotes of these sorts, in text order.
pub(crate) fn find(doc: &DocumentView<'_>, marked: &[Marked]) -> Vec<Scripted> {
    let mut found = transcript(doc);
    if found.is_empty() {
        found.extend(headline(doc));
    }
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
        (Scripted { content, speaker: start..colon, cue: colon, rule: registry::TRANSCRIPT }, capitals)
    })
}

/// A headline that names its speaker: "Minister: taxes will fall", "Police: no one hurt in fire".
fn headline(doc: &DocumentView<'_>) -> Option<Scripted> {
    let tokens = doc.tokens();
    let sentence = doc.sentences().first()?.tokens();
    let zone = doc.zone_at(tokens.get(sentence.start)?.span().start());
    let colon = (sentence.start + 1..sentence.end.min(sentence.start + 1 + LONGEST_NAME))
        .find(|&at| doc.slice(tokens[at].span()) == ":" && tokens[at].has(flag::GLUED))?;
    let name = sentence.start..colon;
    let span = doc.token_span(name.start, name.end);
    let speaks = |kind: EntityKind| matches!(kind, EntityKind::Person | EntityKind::Organization);
    let entity = doc.mentions_in(span).any(|mention| {
        mention.span == span && doc.entity(mention.entity).is_some_and(|entity| speaks(entity.kind()))
    });
    let last = doc.slice(tokens[colon - 1].span()).to_ascii_lowercase();
    let words = name.clone().all(|at| tokens[at].is_word() || doc.slice(tokens[at].span()) == "-");
    let clause = (colon + 1..sentence.end)
        .any(|at| doc.parts_of_speech().get(at).is_some_and(PartOfSpeech::is_finite));
    let content = colon + 1..sentence.end - usize::from(is_stop(doc, sentence.end - 1));
    let speaker = words && (entity || SPEAKERS.split_whitespace().any(|noun| noun == last));
    (zone == ZoneKind::Headline && speaker && clause && content.len() > 2).then_some(Scripted {
        content,
        speaker: name,
        cue: colon,
        rule: registry::HEADLINE,
    })
}

/// Nouns for those whom headlines let speak.
const SPEAKERS: &str = "minister president chancellor premier governor mayor senator lawmaker lawmakers official officials \
    police army court judge prosecutor prosecutors lawyer union unions ministry government company bank expert experts \
    analyst analysts scientists researchers study report poll survey source sources coach captain chief boss ceo spokesman \
    spokeswoman watchdog regulator commission activists campaigners witnesses doctors family pope king queen";

/// A stretch in marks with a dash and a name behind it, at the end of its line.
fn signed(doc: &DocumentView<'_>, stretch: &Marked) -> Option<Scripted> {
    let tokens = doc.tokens();
    let dash = stretch.tokens.end;
    if !matches!(doc.slice(tokens.get(dash)?.span()), "-" | "--" | "–" | "—" | "―") {
        return None;
    }
    let line_ends = |at: usize| tokens.get(at).is_none_or(|token| token.has(flag::LINE_START));
    let end = (dash + 1..=dash + LONGEST_NAME).find(|&at| line_ends(at + usize::from(is_stop(doc, at))))?;
    // "— Marit Solheim, nurse": what stands behind the name tells who that is.
    let name_end = (dash + 1..end).find(|&at| doc.slice(tokens[at].span()) == ",").unwrap_or(end);
    let name = tokens.get(dash + 1..name_end)?;
    let named = name.iter().any(Token::is_capitalized)
        && name.iter().all(|token| {
            token.is_capitalized() || matches!(token.case(), Case::Mixed | Case::Lower) && token.is_word()
        });
    (named && name.first()?.is_capitalized() && stretch.content().len() > 2).then(|| Scripted {
        content: stretch.content(),
        speaker: dash + 1..name_end,
        cue: dash,
        rule: registry::SIGNED,
    })
}

fn is_stop(doc: &DocumentView<'_>, at: usize) -> bool {
    doc.tokens().get(at).is_some_and(|token| doc.slice(token.span()) == ".")
}
