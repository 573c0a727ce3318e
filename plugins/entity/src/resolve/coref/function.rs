//! The grammatical function of a mention in its clause, by the words beside it and their parts of speech.

use std::ops::Range;

use copydesk_core::hash_lowered;
use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::segment::token_flag as flag;

use crate::recognize::gender;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// The grammatical function of a mention in its clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Function {
    /// "Berg said", "he said"
    Subject,
    /// "accused Berg", "accused him"
    Object,
    /// "with Berg"
    Oblique,
    /// "Berg's lawyer", "his lawyer"
    Possessor,
    /// Anything else: a headline, a list, an apposition.
    Other,
}

impl Function {
    pub(crate) const COUNT: usize = 5;
}

/// The maximum number of tokens that are searched for a verb.
const REACH: usize = 14;

/// The function of a name or noun phrase.
pub(crate) fn of_phrase(reader: &Reader<'_>, tokens: &Range<usize>) -> Function {
    if reader.tag(tokens.end) == Some(Pos::Possessive)
        || matches!(reader.text(tokens.end), "'s" | "’s" | "’" | "'")
    {
        return Function::Possessor;
    }
    let before = before_phrase(reader, tokens.start);
    let governed = before.and_then(|at| reader.tag(at));
    let verb = has_verb_after(reader, tokens.end);
    let clause = before.map_or(Clause::No, |at| clause_at(reader, at));
    match governed {
        Some(Pos::Preposition | Pos::To) if clause == Clause::No || clause == Clause::Perhaps && !verb => {
            Function::Oblique
        }
        _ if verb => Function::Subject,
        Some(Pos::Preposition) => Function::Subject,
        Some(tag) if tag.is_verb() => {
            if before.is_some_and(|verb| is_inverted(reader, verb)) {
                Function::Subject
            } else {
                Function::Object
            }
        }
        _ => Function::Other,
    }
}

/// "“…,” said Berg", "the talks failed, noted Berg": a verb of saying after a comma or marks has its subject after it.
fn is_inverted(reader: &Reader<'_>, verb: usize) -> bool {
    let says = reader.has_flag(verb, thing::SAY) || reader.has(verb, cue::SPEECH);
    let before = verb.checked_sub(1).filter(|_| !reader.token(verb).has(flag::SENTENCE_START));
    says && before.is_some_and(|at| reader.text(at) == "," || reader.token(at).has(flag::QUOTE_MARK))
}

/// Whether a word opens a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    No,
    /// "after Berg left", "after Berg"
    Perhaps,
    Yes,
}

/// Conjunctions among the words tagged as prepositions: "that Berg left", "because Berg left".
pub(super) fn clause_at(reader: &Reader<'_>, at: usize) -> Clause {
    const OPENING: [u64; 8] = [
        hash_lowered("that"),
        hash_lowered("because"),
        hash_lowered("if"),
        hash_lowered("while"),
        hash_lowered("although"),
        hash_lowered("though"),
        hash_lowered("unless"),
        hash_lowered("whether"),
    ];
    const EITHER: [u64; 5] = [
        hash_lowered("since"),
        hash_lowered("after"),
        hash_lowered("before"),
        hash_lowered("until"),
        hash_lowered("as"),
    ];
    let hash = reader.token(at).hash();
    if OPENING.contains(&hash) {
        Clause::Yes
    } else if EITHER.contains(&hash) {
        Clause::Perhaps
    } else {
        Clause::No
    }
}

/// The last token before a phrase's article, titles and adjectives; none at the start of a sentence.
pub(super) fn before_phrase(reader: &Reader<'_>, first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..REACH {
        if at == 0 || reader.token(at).has(flag::SENTENCE_START) {
            return None;
        }
        let inside = reader.tag(at - 1).is_some_and(|tag| {
            tag.is_noun()
                || matches!(
                    tag,
                    Pos::Determiner
                        | Pos::Adjective
                        | Pos::AdjectiveSuperlative
                        | Pos::AdjectiveComparative
                        | Pos::PronounPossessive
                        | Pos::Number
                        | Pos::Possessive
                        | Pos::Predeterminer
                )
        });
        if !inside {
            return Some(at - 1);
        }
        at -= 1;
    }
    None
}

/// Whether a finite verb follows, after adverbs, an apposition or a relative clause between commas.
fn has_verb_after(reader: &Reader<'_>, end: usize) -> bool {
    let mut at = end;
    if reader.text(at) == "," {
        // "Berg, 64, said", "Berg, who left, said"
        let Some(comma) = (at + 1..at + REACH).find(|&at| reader.text(at) == ",") else { return false };
        at = comma + 1;
    } else if reader.text(at) == "(" {
        let Some(close) = (at + 1..at + REACH).find(|&at| reader.text(at) == ")") else { return false };
        at = close + 1;
    }
    for at in at..at + 4 {
        match reader.tag(at) {
            Some(tag) if tag.is_finite() => return true,
            Some(Pos::Adverb | Pos::WhPronoun) => {}
            _ => return false,
        }
    }
    false
}

/// The function of a pronoun; "her" before a noun is a possessive.
pub(crate) fn of_pronoun(reader: &Reader<'_>, at: usize) -> Function {
    const SUBJECTS: [u64; 2] = [hash_lowered("i"), hash_lowered("they")];
    let hash = reader.token(at).hash();
    if gender::is_subject(hash) || SUBJECTS.contains(&hash) {
        return Function::Subject;
    }
    if gender::is_possessive(hash) || reader.tag(at) == Some(Pos::PronounPossessive) {
        return Function::Possessor;
    }
    let before = at
        .checked_sub(1)
        .filter(|_| !reader.token(at).has(flag::SENTENCE_START))
        .and_then(|at| reader.tag(at));
    if gender::is_object(hash) || !has_verb_after(reader, at + 1) {
        return match before {
            Some(Pos::Preposition | Pos::To) => Function::Oblique,
            _ => Function::Object,
        };
    }
    Function::Subject
}
