//! Quotes whose speaker the layout names: lines of a transcript ("SMITH: Well, look …"), headlines
//! ("Minister: taxes will fall") and signed quotes ("“…” — Ada Smith").

use std::ops::Range;

use copydesk_core::layers::{EntityKind, PartOfSpeech};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, RuleId, Token, ZoneKind};

use crate::frames::noun_phrase;
use crate::marks::Marked;
use crate::registry;
use crate::speaker::is_person;
use crate::word_lists::WordLists;

/// A quote with its speaker, as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scripted {
    pub(crate) content: Range<usize>,
    pub(crate) speaker: Range<usize>,
    /// The colon or dash.
    pub(crate) cue: usize,
    pub(crate) rule: RuleId,
}

/// The maximum number of words of a name before a colon, or after a dash.
const LONGEST_NAME: usize = 6;
/// The same for a signature with a description of the person.
const LONGEST_SIGNATURE: usize = 20;
/// The same for a name in capitals with a description of the person.
const LONGEST_TITLE: usize = 24;
/// Names in small letters make a transcript if this many paragraphs begin with one.
const LINES_OF_A_TRANSCRIPT: usize = 4;

/// All quotes of these kinds, in text order.
pub(crate) fn find(doc: &DocumentView<'_>, marked: &[Marked], lists: &WordLists) -> Vec<Scripted> {
    let mut found = transcript(doc, lists);
    if found.is_empty() {
        found.extend(headline(doc, marked));
    }
    found.extend(marked.iter().filter_map(|stretch| signed(doc, stretch)));
    found.sort_by_key(|quote| quote.content.start);
    found
}

fn transcript(doc: &DocumentView<'_>, lists: &WordLists) -> Vec<Scripted> {
    let mut lines = Vec::new();
    let mut shouted = Vec::new();
    let mut all = 0;
    let mut asked = false;
    for own in parts(doc, lists) {
        all += 1;
        if let Some((line, capitals)) = line(doc, lists, own) {
            let content = doc.slice(doc.token_span(line.content.start, line.content.end));
            asked |= content.ends_with('?');
            shouted.push(capitals);
            lines.push(line);
        }
    }
    // A few lines with a question among them, and nothing else, are an interview.
    let interview = asked && lines.len() > 1 && lines.len() == all;
    if lines.len() < LINES_OF_A_TRANSCRIPT && !interview {
        let mut shouted = shouted.into_iter();
        lines.retain(|_| shouted.next().unwrap_or(false));
    }
    lines
}

/// The paragraphs of a text, divided where a line inside one begins with a name and a colon.
fn parts(doc: &DocumentView<'_>, lists: &WordLists) -> Vec<Range<usize>> {
    let all = doc.sentences();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for paragraph in doc.paragraphs() {
        let sentences = paragraph.sentences();
        let (Some(first), Some(last)) = (all.get(sentences.start), all.get(sentences.end.saturating_sub(1)))
        else {
            continue;
        };
        let own = first.tokens().start..last.tokens().end;
        let mut start = own.start;
        let later = doc.tokens()[own.clone()].iter().zip(own.clone()).skip(1);
        for at in later.filter(|(token, _)| token.has(flag::LINE_START)).map(|(_, at)| at) {
            if line(doc, lists, at..own.end).is_some() {
                parts.push(start..at);
                start = at;
            }
        }
        parts.push(start..own.end);
    }
    parts
}

/// A paragraph that begins with a name and a colon, and whether the name is in capitals.
fn line(doc: &DocumentView<'_>, lists: &WordLists, own: Range<usize>) -> Option<(Scripted, bool)> {
    let tokens = doc.tokens();
    let start = own.start + usize::from(tokens.get(own.start)?.has(flag::QUOTE_MARK));
    let in_name = |at: usize| {
        let token = &tokens[at];
        if token.is_word() {
            token.is_capitalized()
        } else {
            matches!(doc.slice(token.span()), "." | "-" | "(" | ")" | ",")
        }
    };
    let mut colon = start;
    while colon < own.end.min(start + LONGEST_TITLE) && in_name(colon) {
        colon += 1;
    }
    let name = &tokens[start..colon];
    let words = || name.iter().filter(|token| token.is_word());
    // "CORRECTION: …" is not a speaker.
    let label = words().all(|token| lists.labels.contains(token.hash()) || token.has(flag::CLITIC));
    if colon == own.end || !is_colon(doc, colon) || words().count() == 0 || label {
        return None;
    }
    let capitals =
        words().all(|token| token.case() == Case::Upper) && words().any(|token| token.span().len() > 2);
    let short = name.len() <= LONGEST_NAME || capitals;
    // A time, a headline's label or a web address is not speech.
    let speech = colon + 2 < own.end && !tokens[colon + 1].has(flag::GLUED);
    (short && speech).then(|| {
        let last = own.end - usize::from(tokens[own.end - 1].has(flag::QUOTE_MARK));
        // "JOAN PELL, HOST: …"
        let title = (start + 1..colon).find(|&at| capitals && doc.slice(tokens[at].span()) == ",");
        let speaker = start..title.unwrap_or(colon);
        (Scripted { content: colon + 1..last, speaker, cue: colon, rule: registry::TRANSCRIPT }, capitals)
    })
}

/// A headline that names its speaker: "Minister: taxes will fall", "Police: no one hurt in fire", "“Never again”: judge warns".
fn headline(doc: &DocumentView<'_>, marked: &[Marked]) -> Option<Scripted> {
    let tokens = doc.tokens();
    let sentence = doc.sentences().first()?.tokens();
    let zone = doc.zone_at(tokens.get(sentence.start)?.span().start());
    // A text of a single line without a full stop is a headline too.
    let line = sentence.end == tokens.len() && !is_stop(doc, sentence.end - 1);
    if zone != ZoneKind::Headline && !line {
        return None;
    }
    let is_colon = |at: &usize| is_colon(doc, *at);
    let first = marked.first().filter(|stretch| stretch.closed && stretch.tokens.start == sentence.start);
    if let Some(stretch) = first {
        return Some(stretch.tokens.end)
            .filter(is_colon)
            .and_then(|colon| marked_headline(doc, stretch, colon));
    }
    let colon = (sentence.start + 1..sentence.end.min(sentence.start + 1 + LONGEST_NAME)).find(is_colon)?;
    if let Some(stretch) = marked.iter().find(|stretch| stretch.tokens.start == colon + 1 && stretch.closed) {
        return verb_headline(doc, sentence.start, stretch, colon);
    }
    let clause = (colon + 1..sentence.end)
        .any(|at| doc.parts_of_speech().get(at).is_some_and(PartOfSpeech::is_finite));
    let content = colon + 1..sentence.end - usize::from(is_stop(doc, sentence.end - 1));
    let speaker = sentence.start..colon;
    (speaks(doc, &speaker) && clause && content.len() > 2).then_some(Scripted {
        content,
        speaker,
        cue: colon,
        rule: registry::HEADLINE,
    })
}

/// "“Never again”: judge warns ministry": the subject of the verb after the colon speaks.
fn marked_headline(doc: &DocumentView<'_>, stretch: &Marked, colon: usize) -> Option<Scripted> {
    let speaker = noun_phrase(doc, colon + 1, doc.tokens().len().min(colon + 1 + LONGEST_NAME))?;
    let verb = doc
        .parts_of_speech()
        .get(speaker.end)
        .is_some_and(|tag| tag.is_finite() || matches!(tag, PartOfSpeech::Verb | PartOfSpeech::NounPlural));
    let speaker = if verb { speaker } else { without_verb(doc, speaker)? };
    let somebody = speaks(doc, &speaker);
    (somebody && stretch.content().len() > 2).then(|| Scripted {
        content: stretch.content(),
        speaker,
        cue: colon,
        rule: registry::HEADLINE,
    })
}

/// The words of a phrase before one that may be a verb: taggers take "rebukes" for a noun.
fn without_verb(doc: &DocumentView<'_>, phrase: Range<usize>) -> Option<Range<usize>> {
    let plural = |at: &usize| doc.parts_of_speech().get(*at) == Some(PartOfSpeech::NounPlural);
    let verb = (phrase.start + 1..phrase.end).find(plural)?;
    Some(phrase.start..verb)
}

/// "Harbour master concedes: “We were too late”": the verb stands between speaker and colon.
fn verb_headline(doc: &DocumentView<'_>, start: usize, stretch: &Marked, colon: usize) -> Option<Scripted> {
    let verb = colon - 1;
    let speaker = start..verb;
    let has_verb = !speaker.is_empty()
        && (doc.parts_of_speech().get(verb).is_some_and(PartOfSpeech::is_finite)
            || doc.slice(doc.tokens()[verb].span()).ends_with('s'));
    (has_verb && speaks(doc, &speaker) && stretch.content().len() > 2).then(|| Scripted {
        content: stretch.content(),
        speaker,
        cue: verb,
        rule: registry::HEADLINE,
    })
}

/// Whether words name a speaker: a person or organisation, with or without a title before it, or a noun for people whom
/// headlines quote.
fn speaks(doc: &DocumentView<'_>, words: &Range<usize>) -> bool {
    let tokens = doc.tokens();
    let span = doc.token_span(words.start, words.end);
    let speaks = |kind: EntityKind| matches!(kind, EntityKind::Person | EntityKind::Organization);
    let noun = |at: usize| {
        let word = doc.slice(tokens[at].span()).to_ascii_lowercase();
        SPEAKERS.split_whitespace().any(|noun| noun == word)
    };
    let entity = doc.mentions_in(span).any(|mention| {
        let title = doc.tokens_in(mention.span).start;
        mention.span.end() == span.end()
            && (words.start..title).all(noun)
            && doc.entity(mention.entity).is_some_and(|entity| speaks(entity.kind()))
    });
    // "Ada Smith Attacks Bank Chief: …" names the person who is attacked.
    let person_first =
        doc.mentions_in(span).any(|mention| mention.span.end() < span.end() && is_person(doc, &mention));
    let only_words = words.clone().all(|at| tokens[at].is_word() || doc.slice(tokens[at].span()) == "-");
    only_words && (entity || !person_first && words.end.checked_sub(1).is_some_and(noun))
}

/// Nouns for people whom headlines quote.
const SPEAKERS: &str = "minister president chancellor premier governor mayor senator lawmaker lawmakers official officials \
    police army court judge prosecutor prosecutors lawyer union unions leader ministry government company bank expert experts \
    analyst analysts scientists researchers study report poll survey source sources coach captain chief boss ceo spokesman \
    spokeswoman watchdog regulator commission activists campaigners witnesses doctors family pope king queen";

/// A stretch in marks with a dash and a name after it, at the end of its line.
fn signed(doc: &DocumentView<'_>, stretch: &Marked) -> Option<Scripted> {
    let tokens = doc.tokens();
    let dash = stretch.tokens.end;
    if !matches!(doc.slice(tokens.get(dash)?.span()), "-" | "--" | "–" | "—" | "―") {
        return None;
    }
    let line_ends = |at: usize| tokens.get(at).is_none_or(|token| token.has(flag::LINE_START));
    let end =
        (dash + 1..=dash + LONGEST_SIGNATURE).find(|&at| line_ends(at + usize::from(is_stop(doc, at))))?;
    // "— Marit Solheim, nurse": the words after the name describe the person.
    let name_end = (dash + 1..end).find(|&at| doc.slice(tokens[at].span()) == ",").unwrap_or(end);
    if name_end - dash > LONGEST_NAME + 1 {
        return None;
    }
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

/// A colon right after a word.
fn is_colon(doc: &DocumentView<'_>, at: usize) -> bool {
    doc.tokens().get(at).is_some_and(|token| doc.slice(token.span()) == ":" && token.has(flag::GLUED))
}
