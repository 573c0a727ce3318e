//! Corrects kinds and boundaries by neighbouring words: the town before a state, people among people, a place and its party.

use std::collections::HashSet;
use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, RuleId};

use crate::recognize::exact_kind::Basis;
use crate::recognize::mend::{Correction, Mended, is_particle};
use crate::recognize::model::{FoundName, kinds};
use crate::recognize::roles;
use crate::registry;
use crate::tables::{Listed, cue, thing};
use crate::words::Reader;

/// A given name may correct a kind that the recogniser gave with less confidence than this.
const UNSURE: f32 = 0.75;

/// Corrects the names of a document, which are in text order and remain so.
pub(crate) fn correct(reader: &Reader<'_>, mended: &mut Mended) {
    leave_weekdays(reader, mended);
    join_peoples(reader, mended);
    part_from_party(reader, mended);
    part_from_state(reader, mended);
    leave_titles(reader, &mut mended.found);
    join_today(reader, &mut mended.found);
    let surnames = surnames(reader, &mended.found);
    for place in 0..mended.found.len() {
        let Some((kind, rule)) = corrected(reader, &mended.found, place, &surnames) else { continue };
        let found = &mut mended.found[place];
        found.kind = kind;
        let at = found.tokens.start;
        mended.rules.retain(|correction| correction.at != at);
        mended.rules.push(Correction { at, rule, basis: Basis::Words });
    }
    mended.rules.sort_by_key(|correction| correction.at);
}

/// The last words of the names of people with several words.
fn surnames(reader: &Reader<'_>, found: &[FoundName]) -> HashSet<u64> {
    let people = found.iter().filter(|found| found.kind == kinds::PERSON && found.tokens.len() > 1);
    people.map(|found| reader.token(found.tokens.end - 1).hash()).collect()
}

/// The kind that the words around a name show, and the rule.
fn corrected(
    reader: &Reader<'_>,
    all: &[FoundName],
    place: usize,
    surnames: &HashSet<u64>,
) -> Option<(usize, RuleId)> {
    let found = &all[place];
    if found.kind != kinds::LOCATION && is_town_of_state(reader, found) {
        return Some((kinds::LOCATION, registry::TOWN_OF_STATE));
    }
    if matches!(found.kind, kinds::LOCATION | kinds::ORGANIZATION) && has_role_in_apposition(reader, found) {
        return Some((kinds::PERSON, registry::ROLE_IN_APPOSITION));
    }
    if matches!(found.kind, kinds::ORGANIZATION | kinds::MISCELLANEOUS | kinds::PRODUCT)
        && has_particle(reader, found)
    {
        return Some((kinds::PERSON, registry::GIVEN_NAME));
    }
    if found.kind != kinds::ORGANIZATION {
        return None;
    }
    if is_among_people(reader, all, place, surnames) {
        return Some((kinds::PERSON, registry::AMONG_PEOPLE));
    }
    has_given_name(reader, found, surnames).then_some((kinds::PERSON, registry::GIVEN_NAME))
}

/// "a resident of Salem, N.H.": a name before an abbreviated state.
fn is_town_of_state(reader: &Reader<'_>, found: &FoundName) -> bool {
    let state = found.tokens.end + 1;
    let given = found.kind == kinds::PERSON && found.tokens.len() > 1;
    !given
        && reader.text(found.tokens.end) == ","
        && reader.text(state).ends_with('.')
        && reader.is_capitalized(state)
        && reader.tables.state(reader.name_hash(state..state + 1)).is_some()
}

/// "between Holm, Lind and Berg": a surname of somebody in the text, in a list of people.
fn is_among_people(reader: &Reader<'_>, all: &[FoundName], place: usize, surnames: &HashSet<u64>) -> bool {
    let found = &all[place];
    let single = found.tokens.len() == 1
        && surnames.contains(&reader.token(found.tokens.start).hash())
        && reader.token(found.tokens.start).case() == Case::Title;
    let joined = |one: &FoundName, two: &FoundName| {
        one.tokens.end + 1 == two.tokens.start
            && matches!(reader.text(one.tokens.end), "," | "and" | "or" | "&")
    };
    let person = |other: &FoundName| other.kind == kinds::PERSON;
    single
        && (place.checked_sub(1).is_some_and(|before| person(&all[before]) && joined(&all[before], found))
            || all.get(place + 1).is_some_and(|next| person(next) && joined(found, next)))
}

/// "columnist Ruth Holm", "Chelsea Berg" if Berg is somebody's name: organisations have no such names.
fn has_given_name(reader: &Reader<'_>, found: &FoundName, surnames: &HashSet<u64>) -> bool {
    let (first, last) = (found.tokens.start, found.tokens.end - 1);
    let given = reader.has_flag(first, thing::HE_NAME | thing::SHE_NAME);
    let body = found.tokens.clone().any(|at| reader.has(at, cue::NAME_END | cue::ORG | cue::LEGAL_FORM))
        || reader.is_capitalized(found.tokens.end);
    // "columnist Ruth Marsh", not "the club Ruth Marsh".
    let titled = first.checked_sub(1).is_some_and(|at| {
        !reader.is_capitalized(at)
            && reader.tag(at).is_some_and(PartOfSpeech::is_noun)
            && !reader.has(at, cue::ORG_NOUN | cue::COMPANY_CONTEXT)
    });
    (2..=3).contains(&found.tokens.len())
        && found.confidence < UNSURE
        && !body
        && given
        && (titled || surnames.contains(&reader.token(last).hash()))
}

/// "Pieter van der Berg": a given name, particles and one more word.
fn has_particle(reader: &Reader<'_>, found: &FoundName) -> bool {
    let (first, last) = (found.tokens.start, found.tokens.end - 1);
    (3..=5).contains(&found.tokens.len())
        && reader.has_flag(first, thing::HE_NAME | thing::SHE_NAME)
        && (first + 1..last).all(|at| is_particle(reader, at) || reader.text(at) == "la")
        && reader.token(first + 1).case() == Case::Lower
        && reader.is_capitalized(last)
        && !reader.has(last, cue::NAME_END | cue::ORG | cue::LEGAL_FORM)
        && reader.listed(found.tokens.clone()).is_none()
}

/// "Its architect, Mira Sand, has …", "Charlotte Brook, the mayor of Salem": a given name and another that are nothing else, with a
/// role beside them.
fn has_role_in_apposition(reader: &Reader<'_>, found: &FoundName) -> bool {
    let (start, end) = (found.tokens.start, found.tokens.end);
    (2..=3).contains(&found.tokens.len())
        && reader.has_flag(start, thing::HE_NAME | thing::SHE_NAME)
        && found.tokens.clone().all(|at| reader.token(at).case() == Case::Title)
        && !found.tokens.clone().any(|at| reader.has(at, cue::ORG | cue::LEGAL_FORM | cue::ORG_END))
        && reader.listed(found.tokens.clone()).is_none()
        && (has_role_before(reader, start) && matches!(reader.text(end), "," | "." | ";" | ")")
            || roles::role_after(reader, end).is_some())
}

/// "Its architect," before a name.
fn has_role_before(reader: &Reader<'_>, start: usize) -> bool {
    let noun = start.checked_sub(2).filter(|noun| {
        reader.text(noun + 1) == ","
            && reader.has_flag(*noun, thing::PROFESSION)
            && reader.token(*noun).sentence() == reader.token(start).sentence()
    });
    noun.is_some() || roles::role_of_apposition(reader, start).is_some()
}

/// "He told CNN Tuesday": the day is not part of the name, if the rest is a name of the text or an acronym.
fn leave_weekdays(reader: &Reader<'_>, mended: &mut Mended) {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let hash = |tokens: &Range<usize>| reader.name_hash(tokens.clone());
    let day = |found: &FoundName| found.tokens.len() > 1 && DAYS.contains(&reader.text(found.tokens.end - 1));
    if !mended.found.iter().any(day) {
        return;
    }
    let names: HashSet<u64> = mended.found.iter().map(|found| hash(&found.tokens)).collect();
    for found in mended.found.iter_mut().filter(|found| day(found)) {
        let rest = found.tokens.start..found.tokens.end - 1;
        let acronym = rest.len() == 1 && reader.token(rest.start).case() == Case::Upper;
        if acronym || names.contains(&hash(&rest)) {
            found.tokens = rest;
        }
    }
}

/// "African Americans", which the recogniser splits into two peoples.
fn join_peoples(reader: &Reader<'_>, mended: &mut Mended) {
    mended.found.dedup_by(|next, before| {
        let one = before.kind == kinds::GROUP
            && next.kind == kinds::GROUP
            && before.tokens.end == next.tokens.start
            && matches!(reader.text(next.tokens.start), "American" | "Americans");
        if one {
            before.tokens.end = next.tokens.end;
        }
        one
    });
}

/// "the former Vermont Democratic governor": the place and the party are two names.
fn part_from_party(reader: &Reader<'_>, mended: &mut Mended) {
    let party = |found: &FoundName| {
        let last = found.tokens.end - 1;
        found.kind == kinds::ORGANIZATION
            && found.tokens.len() > 1
            && matches!(reader.text(last), "Democratic" | "Republican" | "Democrat")
            && reader.doc.tokens().get(last + 1).is_some_and(|next| next.case() == Case::Lower)
            && reader.tables.state(reader.name_hash(found.tokens.start..last)).is_some()
    };
    for place in (0..mended.found.len()).rev() {
        let found = &mut mended.found[place];
        if !party(found) {
            continue;
        }
        let last = found.tokens.end - 1;
        let own = FoundName { tokens: last..last + 1, kind: kinds::GROUP, ..found.clone() };
        (found.tokens.end, found.kind) = (last, kinds::LOCATION);
        mended.found.insert(place + 1, own);
    }
}

/// "the Holm Iowa campaign": the surname of somebody in the text and the state of what follows, not a full name.
fn part_from_state(reader: &Reader<'_>, mended: &mut Mended) {
    let joined = |found: &FoundName| {
        let end = found.tokens.end;
        matches!(found.kind, kinds::PERSON | kinds::LOCATION | kinds::ORGANIZATION)
            && found.tokens.len() == 2
            && reader.tables.state(reader.name_hash(end - 1..end)).is_some()
            && reader.doc.tokens().get(end).is_some_and(|next| next.case() == Case::Lower)
            && reader.tag(end).is_some_and(PartOfSpeech::is_noun)
    };
    if !mended.found.iter().any(joined) {
        return;
    }
    let hash = |at: usize| reader.token(at).hash();
    let people = mended.found.iter().filter(|found| found.kind == kinds::PERSON);
    let surnames: HashSet<u64> = people.map(|found| hash(found.tokens.end - 1)).collect();
    for place in (0..mended.found.len()).rev() {
        let found = &mut mended.found[place];
        if !joined(found) || !surnames.contains(&hash(found.tokens.start)) {
            continue;
        }
        found.tokens.end -= 1;
        found.kind = kinds::PERSON;
        let end = found.tokens.end;
        let state = FoundName { tokens: end..end + 1, kind: kinds::LOCATION, ..found.clone() };
        mended.found.insert(place + 1, state);
    }
}

/// "USA TODAY", "India Today": the newspaper or broadcaster, of which the recogniser found the country alone.
fn join_today(reader: &Reader<'_>, all: &mut [FoundName]) {
    for found in all.iter_mut().filter(|found| found.kind == kinds::LOCATION) {
        let end = found.tokens.end;
        let country = matches!(reader.listed(found.tokens.clone()), Some(Listed::Country(_)));
        if country && matches!(reader.text(end), "Today" | "TODAY") {
            (found.tokens.end, found.kind) = (end + 1, kinds::ORGANIZATION);
        }
    }
}

/// "Montana Sen. Ann Holm": the title is not part of the name before it.
fn leave_titles(reader: &Reader<'_>, all: &mut [FoundName]) {
    for place in 1..all.len() {
        let next = all[place].tokens.start;
        let found = &mut all[place - 1];
        let last = found.tokens.end - 1;
        let title = found.tokens.len() > 1
            && last + 1 == next
            && reader.token(last).has(flag::ABBREVIATION)
            && reader.has(last, cue::HONORIFIC | cue::ROLE);
        if !title {
            continue;
        }
        found.tokens.end = last;
        if reader.tables.state(reader.name_hash(found.tokens.clone())).is_some() {
            found.kind = kinds::LOCATION;
        }
    }
}
