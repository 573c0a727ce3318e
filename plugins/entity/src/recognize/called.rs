//! People recognised by a pronoun: in "Steber sang in Graz. After her retirement …" Steber is a woman, even if the recogniser found no
//! person there. News articles give full names first, but excerpts and short reports may not.

use std::collections::BTreeSet;

use copydesk_core::Case;
use copydesk_core::layers::{EntityKind, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag as flag;

use crate::recognize::exact_kind::Basis;
use crate::recognize::gender;
use crate::recognize::names::{Name, insert, outside};
use crate::registry;
use crate::tables::cue;
use crate::words::Reader;

/// The maximum number of tokens between a name and its pronoun.
const REACH: usize = 40;

/// The maximum number of tokens from the start of a sentence to the pronoun, and from there to its subject.
const OPENING: usize = 16;

/// If the recogniser's confidence is higher, it is believed.
const SURE: f32 = 0.85;

/// The maximum number of words of a document that are examined: each needs a pass over all of it.
const MAX: usize = 16;

/// The confidence of such a person.
const CONFIDENCE: f32 = 0.6;

/// Makes people of single words that are the subject before "he" or "she", if no other person is near. `names` is in text
/// order and remains so.
pub(crate) fn add(reader: &Reader<'_>, names: &mut Vec<Name>) {
    let tokens = reader.doc.tokens();
    let mut called: BTreeSet<u64> = BTreeSet::new();
    let mut judged: BTreeSet<u64> = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        if !gender::may_be_pronoun(token.hash()) || gender::of_pronoun(token.hash()).is_none() {
            continue;
        }
        let Some(word) = subject_before(reader, names, at).or_else(|| subject_after(reader, names, at))
        else {
            continue;
        };
        let hash = tokens[word].hash();
        if judged.len() == MAX {
            break;
        }
        if judged.insert(hash) && may_be_called(reader, names, hash) {
            called.insert(hash);
        }
    }
    if called.is_empty() {
        return;
    }
    for name in names.iter_mut() {
        if name.tokens.len() == 1
            && called.contains(&tokens[name.tokens.start].hash())
            && is_open(reader, name)
        {
            *name = Name {
                confidence: CONFIDENCE,
                role: name.role.take(),
                ..Name::by_rule(name.tokens.clone(), EntityKind::Person, registry::CALLED)
            };
        }
    }
    let missed = outside(names, 0..tokens.len())
        .filter(|&at| called.contains(&tokens[at].hash()) && is_alone(reader, at))
        .map(|at| Name {
            confidence: CONFIDENCE,
            ..Name::by_rule(at..at + 1, EntityKind::Person, registry::CALLED)
        })
        .collect();
    insert(names, missed);
}

/// The word that may be a person's name and is the subject nearest before a pronoun; `None` if a person is nearer.
fn subject_before(reader: &Reader<'_>, names: &[Name], pronoun: usize) -> Option<usize> {
    let tokens = reader.doc.tokens();
    let own = tokens[pronoun].sentence();
    let mut next = names.partition_point(|name| name.tokens.end <= pronoun);
    let mut found = None;
    for at in (pronoun.saturating_sub(REACH)..pronoun).rev() {
        if tokens[at].sentence() + 1 < own {
            break;
        }
        while next > 0 && names[next - 1].tokens.start > at {
            next -= 1;
        }
        let name = next.checked_sub(1).map(|place| &names[place]).filter(|name| name.tokens.end > at);
        let person = name.filter(|name| name.kind == EntityKind::Person);
        if person.is_some_and(|person| is_subject(reader, person.tokens.end - 1)) {
            return None;
        }
        let open = name.is_none_or(|name| name.tokens.len() == 1 && is_open(reader, name));
        let may_be_name = found.is_none() && open && tokens[at].is_capitalized();
        if may_be_name && is_alone(reader, at) && is_subject(reader, at) {
            found = Some(at);
        }
    }
    found
}

/// The word that may be a person's name and is the subject after an introductory phrase with a pronoun: "After his career, Steber
/// taught".
fn subject_after(reader: &Reader<'_>, names: &[Name], pronoun: usize) -> Option<usize> {
    let tokens = reader.doc.tokens();
    let sentence = tokens[pronoun].sentence();
    let first = reader.doc.sentences().get(sentence)?.tokens().start;
    let opens = matches!(
        reader.tag(first),
        Some(Pos::Preposition | Pos::VerbGerund | Pos::VerbParticiple | Pos::WhAdverb | Pos::Adverb)
    );
    if !opens || pronoun - first > OPENING {
        return None;
    }
    let mut next = names.partition_point(|name| name.tokens.end <= pronoun);
    for at in (pronoun + 1..tokens.len()).take(OPENING) {
        if tokens[at].sentence() != sentence {
            return None;
        }
        while names.get(next).is_some_and(|name| name.tokens.end <= at) {
            next += 1;
        }
        let name = names.get(next).filter(|name| name.tokens.start <= at);
        if name.is_some_and(|name| name.kind == EntityKind::Person) {
            return None;
        }
        let open = name.is_none_or(|name| name.tokens.len() == 1 && is_open(reader, name));
        if reader.text(at - 1) == "," && open && is_alone(reader, at) && is_subject(reader, at) {
            return Some(at);
        }
    }
    None
}

/// Whether a name may be a person's after all: it is not listed, and the recogniser is not confident.
fn is_open(reader: &Reader<'_>, name: &Name) -> bool {
    let kind = matches!(
        name.kind,
        EntityKind::Organization | EntityKind::Location | EntityKind::Other | EntityKind::Product
    );
    kind && name.confidence < SURE
        && name.basis != Basis::Words
        && name.listing.is_none()
        && reader.listed(name.tokens.clone()).is_none()
}

/// Whether a capitalised word stands alone and is not a word that begins sentences.
fn is_alone(reader: &Reader<'_>, at: usize) -> bool {
    const NEVER: u64 = cue::STOP
        | cue::CALENDAR
        | cue::HONORIFIC
        | cue::ROLE
        | cue::ORG
        | cue::GROUP
        | cue::NAME_END
        | cue::ORG_HEAD
        | cue::NOMINAL;
    let tokens = reader.doc.tokens();
    let token = &tokens[at];
    let free = |at: usize| {
        !tokens.get(at).is_some_and(|token| token.is_capitalized() && !token.has(flag::SENTENCE_START))
    };
    let before = at.checked_sub(1).filter(|_| !token.has(flag::SENTENCE_START));
    token.is_capitalized()
        && token.case() != Case::Upper
        && token.span().len() > 2
        && !reader.has(at, NEVER)
        && matches!(reader.tag(at), Some(Pos::ProperNoun))
        && free(at + 1)
        && !matches!(reader.text(at + 1), "-" | "/" | "&" | "of")
        && before.is_none_or(|before| {
            (!tokens[before].is_capitalized() || tokens[before].has(flag::SENTENCE_START))
                && !matches!(reader.text(before), "the" | "The" | "a" | "an" | "-" | "/" | "&")
        })
}

/// Whether a verb with people as its subject follows.
fn is_subject(reader: &Reader<'_>, at: usize) -> bool {
    let adverb = usize::from(reader.tag(at + 1) == Some(Pos::Adverb));
    reader.tag(at + 1 + adverb).is_some_and(Pos::is_finite)
}

/// Whether a word may be a person's name, by all its occurrences in the document.
fn may_be_called(reader: &Reader<'_>, names: &[Name], hash: u64) -> bool {
    let tokens = reader.doc.tokens();
    let mut inside = false;
    for at in 0..tokens.len() {
        if tokens[at].hash() != hash {
            continue;
        }
        // A common word, or "the Steber".
        if !tokens[at].is_capitalized() {
            return false;
        }
        let before = at.checked_sub(1).filter(|_| !tokens[at].has(flag::SENTENCE_START));
        let before = before.map_or("", |before| reader.text(before));
        if matches!(before, "the" | "The" | "in" | "at" | "near" | "into") {
            return false;
        }
        inside |= !before.is_empty() && tokens[at - 1].is_word();
    }
    // "Steber Records": the word may be short for the firm.
    let longer = || {
        names.iter().any(|name| {
            name.kind != EntityKind::Person
                && name.tokens.len() > 1
                && name.tokens.clone().any(|at| tokens[at].hash() == hash)
        })
    };
    (inside || reader.tables.word(hash) & cue::COMMON == 0) && !longer()
}
