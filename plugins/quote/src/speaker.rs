//! The speaker: the noun phrase next to a reporting verb.

use std::ops::Range;

use copydesk_core::{DocumentView, Lexicon, Token};

/// A speaker's words are looked for at most this far from the verb.
const REACH: usize = 12;

/// The phrase behind a verb, before `end`: up to a comma or mark.
pub(crate) fn behind(doc: &DocumentView<'_>, verb: usize, end: usize) -> Option<Range<usize>> {
    let end = end.min(verb + 1 + REACH).min(doc.tokens().len());
    let stop = (verb + 1..end).find(|&at| stops(&doc.tokens()[at], doc.slice(doc.tokens()[at].span())));
    noun_phrase(doc, verb + 1..stop.unwrap_or(end))
}

/// The phrase in front of a verb, from `start`: back to a comma or mark, or past an apposition between commas.
pub(crate) fn before(doc: &DocumentView<'_>, start: usize, verb: usize) -> Option<Range<usize>> {
    let start = start.max(verb.saturating_sub(REACH));
    let is_comma = |at: usize| doc.slice(doc.tokens()[at].span()) == ",";
    let stop = |from: usize, to: usize| {
        let stop = (from..to).rev().find(|&at| stops(&doc.tokens()[at], doc.slice(doc.tokens()[at].span())));
        stop.map_or(from, |at| at + 1)
    };
    // "Hoekstra, who left, said": the words before the apposition.
    if verb > start && is_comma(verb - 1) {
        let apposition = stop(start, verb - 1);
        if apposition > start && is_comma(apposition - 1) {
            return noun_phrase(doc, stop(start, apposition - 1)..apposition - 1);
        }
        return noun_phrase(doc, apposition..verb - 1);
    }
    noun_phrase(doc, stop(start, verb)..verb)
}

fn stops(token: &Token, text: &str) -> bool {
    !token.is_word() && !matches!(text, "-" | "&")
        || matches!(
            text,
            "on" | "in" | "at" | "that" | "who" | "after" | "when" | "as" | "but" | "because" | "while"
        )
}

/// Takes adverbs and joining words off the edges; `None` where nothing is left.
fn noun_phrase(doc: &DocumentView<'_>, words: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = words;
    let text = |at: usize| doc.slice(doc.tokens()[at].span());
    let small = |at: usize| {
        let word = text(at);
        matches!(
            word,
            "and"
                | "also"
                | "has"
                | "have"
                | "had"
                | "to"
                | "not"
                | "did"
                | "was"
                | "And"
                | "But"
                | "later"
                | "then"
                | "reporters"
        ) || word.ends_with("ly") && !doc.tokens()[at].is_capitalized()
            || !doc.tokens()[at].is_word()
    };
    while start < end && small(start) {
        start += 1;
    }
    while start < end && small(end - 1) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// Whether the speaker is someone whom the text does not name.
pub(crate) fn is_anonymous(doc: &DocumentView<'_>, words: &Range<usize>, nobodies: &Lexicon<()>) -> bool {
    let mut words = doc.tokens()[words.clone()].iter();
    !words.clone().any(Token::is_capitalized) && words.any(|token| nobodies.contains(token.hash()))
}
