//! From what the model found to names: their exact kind, their country, the role beside a person.

use std::ops::Range;

use copydesk_core::Case;
use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::segment::token_flag as flag;

use crate::reader::Reader;
use crate::recognize::{Found, kinds};
use crate::roles;
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
    roles::leave_names(reader, &mut names);
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
        name.role = roles::beside(reader, &name.tokens);
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
