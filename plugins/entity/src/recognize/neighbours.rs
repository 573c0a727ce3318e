//! Names that neighbouring words confirm.

use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, ZoneKind, hash_lowered};

use crate::recognize::names::{Name, insert, outside};
use crate::registry;
use crate::tables::{cue, thing};
use crate::words::Reader;
use crate::words::keys::person_core;

/// Adds names that the model rarely finds and neighbouring words confirm: products by the noun after ("the Tonka app"), and
/// the West. `names` is in text order and remains so; `capitals` are the tokens with a capital.
pub(crate) fn add(reader: &Reader<'_>, names: &mut Vec<Name>, capitals: &[usize]) {
    let tokens = reader.doc.tokens();
    let mut added = Vec::new();
    let inner = capitals.iter().copied().filter(|at| (1..tokens.len() - 1).contains(at));
    for at in outside(names, inner) {
        let small = |at: usize| tokens.get(at).is_some_and(|token| token.case() == Case::Lower);
        if !tokens[at].is_capitalized() || tokens[at].has(flag::SENTENCE_START) || !small(at + 1) {
            continue;
        }
        if is_the_west(reader, at) {
            added.push(Name {
                confidence: 0.7,
                ..Name::by_rule(at..at + 1, EntityKind::Location, registry::THE_WEST)
            });
        } else if (reader.has(at + 1, cue::PRODUCT_CONTEXT)
            || small(at + 2) && reader.has(at + 2, cue::PRODUCT_CONTEXT))
            && !reader.has(at, cue::COMMON | cue::STOP | cue::CALENDAR | cue::ROLE | cue::GAZETTEER)
            && tokens[at].span().len() > 1
        {
            let name = Name::by_rule(at..at + 1, EntityKind::Product, registry::PRODUCT_CONTEXT);
            added.push(Name { confidence: 0.6, ..name });
        }
    }
    insert(names, std::mem::take(&mut added));
    let people = people(reader, names, capitals);
    insert(names, people);
    added.extend(parties(reader, names, capitals));
    added.extend(surnames(reader, names, capitals));
    added.extend(names.windows(2).filter_map(|pair| named_again(reader, &pair[0], pair[1].tokens.start)));
    added.extend(names.last().and_then(|last| named_again(reader, last, tokens.len())));
    insert(names, added);
}

/// Parties named by one word: "Labour said", "the Greens".
fn parties<'n>(
    reader: &'n Reader<'_>,
    names: &'n [Name],
    capitals: &'n [usize],
) -> impl Iterator<Item = Name> + 'n {
    let tokens = reader.doc.tokens();
    let party = |&at: &usize| {
        if !tokens[at].is_capitalized()
            || !reader.has_flag(at, thing::PARTY)
            || tokens[at].case() == Case::Upper
        {
            return false;
        }
        // "Labour Day", "the Conservatives"
        let alone = (!reader.is_capitalized(at + 1) || tokens[at + 1].has(flag::SENTENCE_START))
            && !matches!(reader.text(at + 1), "of" | "for" | "-")
            && !tokens.get(at + 1).is_some_and(|next| next.has(flag::DIGIT));
        let before = at.checked_sub(1).filter(|_| !tokens[at].has(flag::SENTENCE_START));
        let single =
            before.is_none_or(|before| !reader.is_capitalized(before) || reader.text(before) == "The");
        let opens = before.is_none();
        alone && single && (!opens || acts(reader, at + 1))
    };
    let party_at = |at: usize| Name {
        confidence: 0.7,
        ..Name::by_rule(at..at + 1, EntityKind::Organization, registry::PARTY)
    };
    outside(names, capitals.iter().copied()).filter(party).map(party_at)
}

/// Whether a verb of saying or doing is at a token.
fn acts(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.text(at);
    reader.has(at, cue::SPEECH)
        || text.len() > 4 && text.ends_with("ed") && !text.ends_with("eed")
        || matches!(
            text,
            "has"
                | "had"
                | "was"
                | "is"
                | "will"
                | "would"
                | "could"
                | "did"
                | "left"
                | "gave"
                | "took"
                | "made"
                | "won"
                | "lost"
                | "came"
                | "went"
                | "met"
                | "got"
                | "began"
                | "held"
                | "led"
                | "spoke"
                | "became"
                | "ran"
                | "kept"
                | "sat"
                | "stood"
                | "saw"
                | "knew"
                | "'s"
                | "’s"
                | "who"
                | "also"
                | "says"
                | "wants"
                | "denies"
        )
}

/// People named by a given name and a surname that the model does not find because both are common words: "Faith Stone will sing",
/// "Rose Marsh, 81, sold".
fn people(reader: &Reader<'_>, names: &[Name], capitals: &[usize]) -> Vec<Name> {
    let tokens = reader.doc.tokens();
    let mut added: Vec<Name> = Vec::new();
    let titles = capitals.iter().copied().filter(|&at| tokens[at].case() == Case::Title);
    let free: Vec<usize> = outside(names, titles).collect();
    let person_at = |at: usize| {
        let next = names.partition_point(|name| name.tokens.start < at);
        names.get(next).is_some_and(|name| name.tokens.start == at && name.kind == EntityKind::Person)
    };
    for pair in free.windows(2).rev() {
        let (first, last) = (pair[0], pair[1]);
        let mut end = last + 1;
        let named = reader.has_flag(first, thing::HE_NAME | thing::SHE_NAME);
        let given = named
            || reader.has(first, cue::GIVEN) && !reader.has(first, cue::STOP | cue::ROLE | cue::MODIFIER);
        let word =
            cue::CALENDAR | cue::STOP | cue::ROLE | cue::ROLE_NOUN | cue::ORG | cue::NAME_END | cue::GROUP;
        let plain = reader.has(first, cue::CALENDAR) || reader.has(last, word);
        if first + 1 != last || !given || plain {
            continue;
        }
        // "Rose Marsh-Vale"
        if reader.text(end) == "-"
            && tokens[end].has(flag::GLUED)
            && reader.is_capitalized(end + 1)
            && tokens[end + 1].has(flag::GLUED)
        {
            end += 2;
        }
        let before = first.checked_sub(1).filter(|_| !tokens[first].has(flag::SENTENCE_START));
        let opens = before.is_none_or(|at| {
            tokens[at].case() != Case::Title && !matches!(reader.text(at), "the" | "The" | "-")
        });
        let aged = reader.text(end) == ","
            && tokens.get(end + 1).is_some_and(|age| age.has(flag::DIGIT) && age.span().len() == 2)
            && matches!(reader.text(end + 2), "," | ".");
        let joined =
            reader.text(end) == "and" && added.last().is_some_and(|next| next.tokens.start == end + 1);
        let met = matches!(reader.text(end), "met" | "told" | "and") && person_at(end + 1);
        let hyphen = end > last + 1;
        let titled = reader.doc.zone_at(tokens[first].span().start()) == ZoneKind::Headline;
        let says = reader.has(end, cue::SPEECH) || reader.has(last, cue::SURNAME) && acts(reader, end);
        if opens && !titled && (aged || joined || met || hyphen || says) {
            let name = Name::by_rule(first..end, EntityKind::Person, registry::GIVEN_AND_SURNAME);
            added.push(Name { confidence: 0.6, ..name });
        }
    }
    added.reverse();
    added
}

/// The surnames of people named in full that stand alone: "Law gave no date".
fn surnames(reader: &Reader<'_>, names: &[Name], capitals: &[usize]) -> Vec<Name> {
    let mut known: Vec<(u64, f32)> = names
        .iter()
        .filter(|name| name.kind == EntityKind::Person && name.tokens.len() > 1)
        .map(|name| (name, person_core(reader, &name.tokens)))
        .filter(|(_, core)| core.len() > 1 && reader.token(core.end - 1).span().len() > 2)
        .map(|(name, core)| (reader.token(core.end - 1).hash(), name.confidence))
        .collect();
    known.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    known.dedup_by_key(|(hash, _)| *hash);
    let tokens = reader.doc.tokens();
    let mut added = Vec::new();
    if known.is_empty() {
        return added;
    }
    for at in outside(names, capitals.iter().copied()) {
        let token = &tokens[at];
        if token.case() != Case::Title {
            continue;
        }
        let Ok(place) = known.binary_search_by_key(&token.hash(), |(hash, _)| *hash) else { continue };
        let before = at.checked_sub(1).filter(|_| !token.has(flag::SENTENCE_START));
        let plain = before.is_none_or(|before| {
            tokens[before].is_word()
                && !tokens[before].is_capitalized()
                && !matches!(reader.text(before), "the" | "a" | "an")
                || matches!(reader.text(before), "," | "“" | "\"" | "(" | "”")
        });
        let alone = !reader.is_capitalized(at + 1) && reader.text(at + 1) != "-";
        let in_title = reader.doc.zone_at(token.span().start()) == ZoneKind::Headline;
        if plain && alone && !in_title && acts(reader, at + 1) {
            let name = Name::by_rule(at..at + 1, EntityKind::Person, registry::NAMED_BEFORE);
            added.push(Name { confidence: known[place].1.min(0.7), ..name });
        }
    }
    added
}

/// The firm's short name after the full stop of its long one, which ends the sentence too: "… Velden Foods Ltd. Velden owns".
fn named_again(reader: &Reader<'_>, name: &Name, free: usize) -> Option<Name> {
    let at = name.tokens.end;
    let last = reader.token(at - 1);
    let again = name.kind == EntityKind::Organization
        && name.tokens.len() > 1
        && at < free
        && last.has(flag::ABBREVIATION)
        && reader.is_capitalized(at)
        && reader.token(at).hash() == reader.token(name.tokens.start).hash();
    let repeated = || Name::by_rule(at..at + 1, EntityKind::Organization, registry::NAMED_AGAIN);
    again.then(|| Name { confidence: name.confidence, ..repeated() })
}

/// Whether the word at a token is the West, not the west of something.
pub(crate) fn is_the_west(reader: &Reader<'_>, at: usize) -> bool {
    const WEST: u64 = hash_lowered("west");
    const THE: u64 = hash_lowered("the");
    let token = reader.token(at);
    let article = at.checked_sub(1).is_some_and(|before| reader.token(before).hash() == THE);
    token.hash() == WEST && token.is_capitalized() && article && reader.text(at + 1) != "of"
}
