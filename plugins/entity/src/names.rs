//! From what the model found to names: their exact kind, their country, the role in front of a person.

use std::ops::Range;

use copydesk_core::Case;
use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::segment::token_flag as flag;

use crate::reader::Reader;
use crate::recognize::{Found, kinds};
use crate::tables::{Listed, NOWHERE, cue};

/// A name found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: EntityKind,
    pub(crate) form: MentionForm,
    /// The country that it is, or lies in, or [`NOWHERE`].
    pub(crate) country: u16,
    /// It is the country, or its people.
    pub(crate) is_country: bool,
    /// The words of the role beside a person.
    pub(crate) role: Option<Range<usize>>,
    /// What a user's list says of it, by number.
    pub(crate) listing: Option<u32>,
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
}

impl Name {
    /// A name that the user told of.
    pub(crate) fn told(tokens: Range<usize>, kind: EntityKind, rule: &'static str) -> Self {
        Self {
            tokens,
            kind,
            form: MentionForm::Name,
            country: NOWHERE,
            is_country: false,
            role: None,
            listing: None,
            confidence: 1.0,
            rule,
        }
    }
}

/// The names that the model found, with what lists and neighbours tell. They are in text order.
pub(crate) fn names(reader: &Reader<'_>, found: &[Found]) -> Vec<Name> {
    let mut end = 0;
    let mut named = |found: &Found| name(reader, found, std::mem::replace(&mut end, found.tokens.end));
    let parts: Vec<Found>;
    let has_comma = |found: &Found| {
        kinds::output(found.kind) == EntityKind::Location
            && found.tokens.clone().any(|at| reader.text(at) == ",")
    };
    let found = if found.iter().any(has_comma) {
        parts = found.iter().flat_map(|found| split(reader, found)).collect();
        &parts
    } else {
        found
    };
    let mut names: Vec<Name> = found
        .iter()
        .filter(|found| !is_day(reader, found) && !is_seat(reader, found))
        .map(&mut named)
        .collect();
    // "President of the Norland Club": the club is a name of its own, and no part of the role.
    for place in 1..names.len() {
        let before = names[place - 1].tokens.clone();
        let Some(role) = names[place].role.as_mut() else { continue };
        if role.start < before.end && before.end < role.end && before.start <= role.start {
            // "White House press secretary": the house is no part of it either.
            role.start = before.end;
        } else if role.contains(&before.start) {
            let article = usize::from(reader.text(before.start - 1) == "the");
            role.end = (before.start - 1 - article).max(role.start + 1);
        }
    }
    names
}

/// The places of a name like "Flint, Michigan", which are two.
fn split<'f>(reader: &'f Reader<'_>, found: &'f Found) -> impl Iterator<Item = Found> + 'f {
    let location = kinds::output(found.kind) == EntityKind::Location;
    let listed = |at: usize| reader.listed(at + 1..found.tokens.end).is_some();
    let comma = found.tokens.clone().find(|&at| location && reader.text(at) == "," && listed(at));
    let tokens = found.tokens.clone();
    let parts = match comma {
        Some(at) => [tokens.start..at, at + 1..tokens.end],
        None => [tokens.clone(), tokens.end..tokens.end],
    };
    parts.into_iter().filter(|tokens| !tokens.is_empty()).map(|tokens| Found { tokens, ..found.clone() })
}

/// Whether all of it is of the calendar: "Tuesday" is no name of a thing.
fn is_day(reader: &Reader<'_>, found: &Found) -> bool {
    kinds::output(found.kind) == EntityKind::Other
        && found.tokens.clone().all(|at| reader.has(at, cue::CALENDAR))
}

/// Whether it tells the party and state of a lawmaker: "R-Ohio".
fn is_seat(reader: &Reader<'_>, found: &Found) -> bool {
    found.tokens.len() > 2
        && matches!(reader.text(found.tokens.start), "R" | "D")
        && reader.text(found.tokens.start + 1) == "-"
}

/// A name as the model found it; the one before ends at `free`.
fn name(reader: &Reader<'_>, found: &Found, free: usize) -> Name {
    let mut tokens = found.tokens.clone();
    let (mut kind, mut rule) = kind(reader, found);
    // "Storm Odette", of which the model took "Odette" alone.
    let before = tokens.start.checked_sub(1).filter(|&at| {
        kind == EntityKind::Person && at >= free && reader.is_capitalized(at) && names_storm(reader, at)
    });
    if let Some(at) = before {
        (tokens.start, kind, rule) = (at, EntityKind::Event, "model-and-event-cue");
    }
    // "Tropical storm Odette"
    let storm = kind == EntityKind::Person
        && tokens.len() == 1
        && tokens.start > 0
        && matches!(reader.text(tokens.start - 1), "storm" | "hurricane" | "typhoon" | "cyclone");
    if storm {
        (kind, rule) = (EntityKind::Event, "model-and-event-cue");
    }
    let mut name = Name {
        kind,
        form: MentionForm::Name,
        country: NOWHERE,
        is_country: false,
        role: None,
        listing: None,
        confidence: found.confidence,
        rule,
        tokens,
    };
    match (reader.listed(name.tokens.clone()), kind) {
        (Some(Listed::Country(country)), EntityKind::Location) => {
            (name.country, name.is_country) = (country, true);
        }
        (Some(Listed::Demonym(country)), EntityKind::Group) => {
            (name.country, name.is_country, name.form) = (country, true, MentionForm::Demonym);
        }
        (Some(Listed::Place(country)), EntityKind::Location) => name.country = country,
        // "Qatar Charity", "Russian Foreign Ministry"
        (None, EntityKind::Organization | EntityKind::Facility) if name.tokens.len() > 1 => {
            let first = name.tokens.start..name.tokens.start + 1;
            if let Some(Listed::Country(country) | Listed::Demonym(country)) = reader.listed(first) {
                name.country = country;
            }
        }
        _ => {}
    }
    let word = reader.token(name.tokens.start);
    let acronym = name.tokens.len() == 1 && word.case() == Case::Upper && word.span().len() > 1;
    if acronym && name.form == MentionForm::Name {
        name.form = MentionForm::Alias;
    }
    if kind == EntityKind::Person {
        let titled = || titled_before(reader, name.tokens.start);
        name.role = role_before(reader, name.tokens.start)
            .or_else(titled)
            .or_else(|| role_after(reader, name.tokens.end))
            .or_else(|| role_of_apposition(reader, name.tokens.start));
    }
    name
}

/// The kind of the output. The model puts events, works and laws under one label; their words tell them apart.
fn kind(reader: &Reader<'_>, found: &Found) -> (EntityKind, &'static str) {
    let kind = kinds::output(found.kind);
    let first = found.tokens.start;
    // "Hurricane Odette" looks like a person.
    let storm = found.tokens.len() > 1 && names_storm(reader, first);
    if kind == EntityKind::Person && storm {
        return (EntityKind::Event, "model-and-event-cue");
    }
    if !matches!(kind, EntityKind::Other | EntityKind::Product) {
        return (kind, "model");
    }
    let last = found.tokens.end - 1;
    let connected =
        found.tokens.clone().skip(1).find(|&at| matches!(reader.text(at), "of" | "on" | "for" | "against"));
    let head = connected.map_or(last, |at| at - 1);
    let is = |cue: u64| reader.has(head, cue) || reader.has(last, cue);
    let marked = |at: Option<usize>| {
        at.and_then(|at| reader.doc.tokens().get(at)).is_some_and(|token| token.has(flag::QUOTE_MARK))
    };
    if is(cue::LAW_END) {
        (EntityKind::Law, "model-and-law-cue")
    } else if is(cue::EVENT_END) || reader.has(first, cue::EVENT_HEAD) {
        (EntityKind::Event, "model-and-event-cue")
    } else if is(cue::PRODUCT_END) {
        (EntityKind::Product, "model-and-product-cue")
    } else if marked(first.checked_sub(1)) && marked(Some(last + 1)) {
        (EntityKind::Work, "model-and-quotation-marks")
    } else {
        (kind, "model")
    }
}

/// Whether a word makes an event of the name of a person behind it.
fn names_storm(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::EVENT_HEAD) && !reader.has(at, cue::GIVEN)
}

/// Adds what the model rarely finds and neighbouring words make sure: products by the noun behind ("the Tonka app"), and
/// the West. `names` is in text order and stays so.
pub(crate) fn add_by_neighbours(reader: &Reader<'_>, names: &mut Vec<Name>) {
    const WEST: u64 = hash_lowered("west");
    const THE: u64 = hash_lowered("the");
    let tokens = reader.doc.tokens();
    let mut added = Vec::new();
    for at in outside(names, 1..tokens.len().saturating_sub(1)) {
        let small = |at: usize| tokens.get(at).is_some_and(|token| token.case() == Case::Lower);
        if !tokens[at].is_capitalized() || tokens[at].has(flag::SENTENCE_START) || !small(at + 1) {
            continue;
        }
        if tokens[at].hash() == WEST && tokens[at - 1].hash() == THE && reader.text(at + 1) != "of" {
            added.push(Name { confidence: 0.7, ..Name::told(at..at + 1, EntityKind::Location, "the-west") });
        } else if (reader.has(at + 1, cue::PRODUCT_CONTEXT)
            || small(at + 2) && reader.has(at + 2, cue::PRODUCT_CONTEXT))
            && !reader.has(at, cue::COMMON | cue::STOP | cue::CALENDAR | cue::ROLE | cue::GAZETTEER)
            && tokens[at].span().len() > 1
        {
            let name = Name::told(at..at + 1, EntityKind::Product, "product-context");
            added.push(Name { confidence: 0.6, ..name });
        }
    }
    insert(names, added);
}

/// Those of some tokens that are in no name; both are in text order.
pub(crate) fn outside(names: &[Name], tokens: Range<usize>) -> impl Iterator<Item = usize> {
    let mut next = 0;
    tokens.filter(move |&at| {
        while names.get(next).is_some_and(|name| name.tokens.end <= at) {
            next += 1;
        }
        names.get(next).is_none_or(|name| name.tokens.start > at)
    })
}

/// Adds names where they belong in text order.
pub(crate) fn insert(names: &mut Vec<Name>, added: Vec<Name>) {
    if !added.is_empty() {
        names.extend(added);
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// The longest role, in tokens.
const LONGEST_ROLE: usize = 6;

/// The role that ends before `end`: "Foreign Minister", "vice president", "Secretary of State", "CEO".
fn role_before(reader: &Reader<'_>, end: usize) -> Option<Range<usize>> {
    let sentence = reader.doc.tokens().get(end)?.sentence();
    let within = |at: usize| reader.token(at).sentence() == sentence;
    let mut first = end;
    let mut role = false;
    while first > 0 && end - first < LONGEST_ROLE && within(first - 1) {
        let at = first - 1;
        if reader.has(at, cue::ROLE | cue::ROLE_NOUN) {
            role = true;
        } else if reader.has(at, cue::MODIFIER) && first > 0 {
            // "Secretary of State": the modifier stands behind.
        } else if !(matches!(reader.text(at), "of" | "-" | "and") && first < end) {
            break;
        }
        first = at;
    }
    while first < end && matches!(reader.text(first), "of" | "-" | "and") {
        first += 1;
    }
    (role && first < end).then_some(first..end)
}

/// "The president, Luc Amand" and "the head of the Norland Club, Luc Amand".
fn role_of_apposition(reader: &Reader<'_>, start: usize) -> Option<Range<usize>> {
    let comma = start.checked_sub(1).filter(|&at| reader.text(at) == ",")?;
    let sentence = reader.token(start).sentence();
    let direct = role_before(reader, comma).filter(|role| reader.token(role.start).sentence() == sentence);
    direct.or_else(|| {
        // The name between, and its "of".
        let first = (comma.saturating_sub(LONGEST_TITLE)..comma).rev().find(|&at| reader.text(at) == "of")?;
        let between = first + 1..comma;
        let name = |at: usize| reader.is_capitalized(at) || matches!(reader.text(at), "the" | "and" | "&");
        if between.is_empty() || !between.clone().all(name) {
            return None;
        }
        role_before(reader, first).filter(|role| reader.token(role.start).sentence() == sentence)
    })
}

/// "…, the foreign minister," behind a name, also "…, Norway's minister of fisheries" and "…, a Kenyan economist".
fn role_after(reader: &Reader<'_>, end: usize) -> Option<Range<usize>> {
    if reader.text(end) != "," {
        return None;
    }
    let mut first = end + 1;
    if matches!(reader.text(first), "the" | "a" | "an" | "its" | "their") {
        first += 1;
    }
    let mut at = first;
    let mut last = None;
    while at < end + 2 + LONGEST_ROLE {
        if reader.has(at, cue::ROLE | cue::ROLE_NOUN) && !reader.has(at, cue::GIVEN) {
            last = Some(at + 1);
        } else if reader.has(at, cue::MODIFIER) || reader.text(at) == "-" {
            // "foreign" belongs to the role.
        } else if last.is_some() || reader.has(at, cue::STOP | cue::SPEECH) && !is_possessive(reader, at) {
            break;
        } else if reader.is_capitalized(at) || is_possessive(reader, at) {
            // Whose role it is.
            first = at + 1;
        } else if !reader.has(at, cue::COMMON) {
            break;
        }
        at += 1;
    }
    if let Some(end) = last.as_mut() {
        // "Chief executive", "attorney general"; "minister of energy".
        if matches!(reader.text(*end), "executive" | "general" | "designate" | "elect") {
            *end += 1;
        } else if reader.text(*end) == "of"
            && reader.has(*end + 1, cue::MODIFIER)
            && !reader.is_capitalized(*end + 1)
        {
            *end += 2;
        }
    }
    // "…, president Berg said": it is the other's role.
    last.filter(|&last| !reader.is_capitalized(last)).map(|last| first..last)
}

fn is_possessive(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.text(at), "'s" | "’s")
}

/// "Minister of Foreign Affairs" and "President of the Norland Club" in front of a name: the role, as far as it is no name.
fn titled_before(reader: &Reader<'_>, end: usize) -> Option<Range<usize>> {
    let sentence = reader.doc.tokens().get(end)?.sentence();
    let mut of = None;
    for at in (end.saturating_sub(LONGEST_TITLE)..end).rev() {
        if reader.token(at).sentence() != sentence {
            return None;
        }
        let text = reader.text(at);
        if of == Some(at + 1) && reader.has(at, cue::ROLE) && reader.is_capitalized(at) {
            // "Minister of Defense Sheikh"
            let honorifics = (at..end).rev().take_while(|&at| reader.has(at, cue::HONORIFIC)).count();
            return Some(at..end - honorifics);
        }
        if matches!(text, "of" | "for") {
            of = Some(at);
        } else if !(reader.is_capitalized(at) || matches!(text, "the" | "and" | "&")) {
            return None;
        }
    }
    None
}

/// The longest title in front of a name, in tokens.
const LONGEST_TITLE: usize = 9;
