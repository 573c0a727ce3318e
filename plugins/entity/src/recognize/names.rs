//! Turns the model's results into names: their exact kind, their country, the role of a person.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Case, RuleId};

use crate::recognize::exact_kind::{self, Basis, Reading};
use crate::recognize::mend;
use crate::recognize::model::{FoundName, kinds};
use crate::recognize::roles;
use crate::registry;
use crate::tables::{Listed, NOWHERE, cue, thing};
use crate::words::Reader;
use crate::words::keys::country_after;

/// A name found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: EntityKind,
    pub(crate) form: MentionForm,
    /// The country that it is or lies in, or [`NOWHERE`].
    pub(crate) country: u16,
    /// It is the country, or its people.
    pub(crate) is_country: bool,
    /// The words of a person's role.
    pub(crate) role: Option<Range<usize>>,
    /// The index of its entry in the user's lists.
    pub(crate) listing: Option<u32>,
    pub(crate) confidence: f32,
    pub(crate) rule: RuleId,
    /// What shows its kind.
    pub(crate) basis: Basis,
}

impl Name {
    /// A name found by a rule, with full confidence and no attributes.
    pub(crate) fn by_rule(tokens: Range<usize>, kind: EntityKind, rule: RuleId) -> Self {
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
            basis: Basis::Model,
        }
    }
}

/// The names that the model found, with the results of lists and neighbouring words. They are in text order; `capitals` are the tokens
/// with a capital.
pub(crate) fn names(reader: &Reader<'_>, found: &[FoundName], capitals: &[usize]) -> Vec<Name> {
    let mended = mend::mend(reader, found, capitals);
    let found = &mended.found[..];
    let mut end = 0;
    let mut named = |found: &FoundName| name(reader, found, std::mem::replace(&mut end, found.tokens.end));
    let parts: Vec<FoundName>;
    let has_comma = |found: &FoundName| {
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
    let mut rules = mended.rules.iter().peekable();
    for name in &mut names {
        while rules.next_if(|correction| correction.at < name.tokens.start).is_some() {}
        if let Some(correction) = rules.next_if(|correction| correction.at == name.tokens.start) {
            name.rule = correction.rule;
            name.basis = match name.basis {
                Basis::Visit => correction.basis,
                basis if correction.basis == Basis::Model => basis,
                _ => correction.basis,
            };
        }
    }
    for place in 0..names.len() {
        let next = names.get(place + 1).map_or(usize::MAX, |next| next.tokens.start);
        let name = &mut names[place];
        let end = name.tokens.end;
        // "Velden Foods plc" and "Olaf Velden Sr.", without whose last word the model found them.
        let left_out = match name.kind {
            EntityKind::Organization => is_legal_form(reader, end),
            EntityKind::Person => {
                name.tokens.len() > 1 && reader.is_capitalized(end) && reader.has_flag(end, thing::GENERATION)
            }
            _ => false,
        };
        if left_out && next > end {
            name.tokens.end += 1;
        }
    }
    roles::leave_names(reader, &mut names);
    names
}

/// Whether a word after a company's name belongs to it wherever it stands.
fn is_legal_form(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::LEGAL_FORM)
        && matches!(
            reader.text(at),
            "plc"
                | "PLC"
                | "Plc"
                | "Inc"
                | "Inc."
                | "Ltd"
                | "Ltd."
                | "LLC"
                | "Corp"
                | "Corp."
                | "AG"
                | "GmbH"
        )
}

/// The places of a name like "Flint, Michigan", which are two.
fn split<'f>(reader: &'f Reader<'_>, found: &'f FoundName) -> impl Iterator<Item = FoundName> + 'f {
    let location = kinds::output(found.kind) == EntityKind::Location;
    let listed = |at: usize| reader.listed(at + 1..found.tokens.end).is_some();
    let comma = found.tokens.clone().find(|&at| location && reader.text(at) == "," && listed(at));
    let tokens = found.tokens.clone();
    let parts = match comma {
        Some(at) => [tokens.start..at, at + 1..tokens.end],
        None => [tokens.clone(), tokens.end..tokens.end],
    };
    parts.into_iter().filter(|tokens| !tokens.is_empty()).map(|tokens| FoundName { tokens, ..found.clone() })
}

/// Whether all of it is of the calendar: "Tuesday" is not a name of a thing.
fn is_day(reader: &Reader<'_>, found: &FoundName) -> bool {
    kinds::output(found.kind) == EntityKind::Other
        && found.tokens.clone().all(|at| reader.has(at, cue::CALENDAR))
}

/// Whether it is the party and state of a lawmaker: "R-Ohio", "I-Vt.".
fn is_seat(reader: &Reader<'_>, found: &FoundName) -> bool {
    found.tokens.len() > 2
        && matches!(reader.text(found.tokens.start), "R" | "D" | "I")
        && reader.text(found.tokens.start + 1) == "-"
}

/// A name as the model found it; the one before ends at `free`.
fn name(reader: &Reader<'_>, found: &FoundName, free: usize) -> Name {
    let mut tokens = found.tokens.clone();
    let Reading { mut kind, mut rule, mut basis } = exact_kind::of(reader, found);
    // "Storm Odette", of which the model found "Odette" alone.
    let before = tokens.start.checked_sub(1).filter(|&at| {
        kind == EntityKind::Person
            && at >= free
            && reader.is_capitalized(at)
            && exact_kind::names_storm(reader, at)
    });
    if let Some(at) = before {
        (tokens.start, kind, rule, basis) = (at, EntityKind::Event, registry::EVENT_CUE, Basis::Model);
    }
    // "Tropical storm Odette"
    let storm = kind == EntityKind::Person
        && tokens.len() == 1
        && tokens.start > 0
        && matches!(reader.text(tokens.start - 1), "storm" | "hurricane" | "typhoon" | "cyclone");
    if storm {
        (kind, rule, basis) = (EntityKind::Event, registry::EVENT_CUE, Basis::Model);
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
        basis,
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
            } else if kind == EntityKind::Organization {
                name.country = state_of(reader, &name.tokens).unwrap_or(NOWHERE);
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

/// The country whose ministry it is: "Poland's Defence Ministry", "Ministry of Defence of Poland".
fn state_of(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<u16> {
    let is_state = |at: usize| reader.has_flag(at, thing::MINISTRY) && reader.has_flag(at, thing::PUBLIC);
    if !is_state(tokens.start) && !is_state(tokens.end - 1) {
        return None;
    }
    let owner = || {
        let end = tokens.start.checked_sub(1)?;
        let possessive = matches!(reader.text(end), "'s" | "’s");
        let end = if possessive { end } else { end + 1 };
        (1..=3.min(end)).find_map(|length| match reader.listed(end - length..end) {
            Some(Listed::Country(country)) if possessive => Some(country),
            Some(Listed::Demonym(country)) => Some(country),
            _ => None,
        })
    };
    country_after(reader, tokens).map(|(_, country)| country).or_else(owner)
}

/// The tokens with a capital, in text order.
pub(crate) fn capitals(reader: &Reader<'_>) -> Vec<usize> {
    let tokens = reader.doc.tokens();
    let mut capitals = Vec::with_capacity(tokens.len() / 4);
    let own = tokens.iter().enumerate();
    let capital = |case: Case| matches!(case, Case::Title | Case::Upper | Case::Mixed);
    capitals.extend(own.filter(|(_, token)| capital(token.case())).map(|(at, _)| at));
    capitals
}

/// Those of some tokens that are in no name; both are in text order.
pub(crate) fn outside(
    names: &[Name],
    tokens: impl IntoIterator<Item = usize>,
) -> impl Iterator<Item = usize> {
    let (mut next, tokens) = (0, tokens.into_iter());
    tokens.filter(move |&at| {
        while names.get(next).is_some_and(|name| name.tokens.end <= at) {
            next += 1;
        }
        names.get(next).is_none_or(|name| name.tokens.start > at)
    })
}

/// Inserts names in text order.
pub(crate) fn insert(names: &mut Vec<Name>, added: Vec<Name>) {
    if !added.is_empty() {
        names.extend(added);
        names.sort_by_key(|name| name.tokens.start);
    }
}
