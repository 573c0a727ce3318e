//! The sense of a country's name that is ambiguous: the state of Georgia, a town in Pennsylvania, a man named Chad,
//! an acronym of an agency.

use std::collections::BTreeMap;

use copydesk_core::layers::{EntityKind, MentionForm};

use crate::recognize::beside;
use crate::recognize::exact_kind::Basis;
use crate::recognize::names::Name;
use crate::registry;
use crate::tables::{Listed, NOWHERE, cue};
use crate::words::Reader;
use crate::words::letters::{acronym, initials};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sense {
    /// The country that is listed.
    Country(u16),
    /// A state or town in a country.
    PlaceIn(u16),
    Person,
    Organization,
    /// The kind that the model gave.
    Unknown,
}

/// If the model's confidence is higher, it is a person.
const SURE: f32 = 0.8;

/// Gives names of countries the sense that the words next to them show, else the one that the document suggests. `names` is in text
/// order and remains so.
pub(crate) fn settle(reader: &Reader<'_>, names: &mut [Name]) {
    // For each string, and whether the model takes it for a person.
    let mut decided: BTreeMap<(u64, bool), Sense> = BTreeMap::new();
    let mut senses: Vec<(usize, Sense)> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        if !may_differ(name) || name.basis == Basis::Visit {
            continue;
        }
        let Some(Listed::Country(country)) = reader.listed(name.tokens.clone()) else { continue };
        let hash = reader.name_hash(name.tokens.clone());
        let sense = beside(reader, names, place, country).unwrap_or_else(|| {
            let person = name.kind == EntityKind::Person;
            *decided.entry((hash, person)).or_insert_with(|| spoken_for(reader, names, place, country))
        });
        // "He flew to Jordan": not a man of that name.
        let before = name.tokens.start.checked_sub(1).filter(|&at| reader.text(at) != "from");
        let inside = before.is_some_and(|at| reader.has(at, cue::PLACE_PREPOSITION))
            || beside::is_visited(reader, &name.tokens);
        if sense != Sense::Unknown && !(sense == Sense::Person && inside) {
            senses.push((place, sense));
        }
    }
    for (place, sense) in senses {
        names[place].mean(sense);
    }
}

/// Whether a name may be a country although it was not taken for one, or the reverse.
fn may_differ(name: &Name) -> bool {
    let acronym = name.form == MentionForm::Alias
        && matches!(name.kind, EntityKind::Organization | EntityKind::Other | EntityKind::Product);
    let person = name.kind == EntityKind::Person && name.tokens.len() == 1 && name.confidence < SURE;
    acronym || person || name.is_country && name.kind == EntityKind::Location
}

impl Name {
    fn mean(&mut self, sense: Sense) {
        (self.kind, self.country, self.is_country) = match sense {
            Sense::Country(country) => (EntityKind::Location, country, true),
            Sense::PlaceIn(country) => (EntityKind::Location, country, false),
            Sense::Person => (EntityKind::Person, NOWHERE, false),
            Sense::Organization => (EntityKind::Organization, NOWHERE, false),
            Sense::Unknown => return,
        };
        self.rule = registry::SHARED_NAME;
    }
}

/// The sense that the words next to the name show: "Atlanta, Georgia", "Georgia and Alabama", "Lebanon, Pennsylvania".
fn beside(reader: &Reader<'_>, names: &[Name], place: usize, country: u16) -> Option<Sense> {
    let name = &names[place];
    if name.kind != EntityKind::Location {
        return None;
    }
    let joined = |from: usize, to: usize| from + 1 == to && matches!(reader.text(from), "," | "and" | "or");
    let before = place.checked_sub(1).map(|at| &names[at]);
    let before = before.filter(|other| joined(other.tokens.end, name.tokens.start));
    let after = names.get(place + 1).filter(|other| joined(name.tokens.end, other.tokens.start));
    let region = |other: &Name| {
        let region = reader.tables.region(reader.name_hash(other.tokens.clone()));
        region.filter(|(_, is_state)| *is_state && !other.is_country).map(|(country, _)| country)
    };
    let shared = reader.tables.shared(reader.name_hash(name.tokens.clone()));
    if let Some((other, false)) = shared {
        let of_state = |name: &Name| region(name) == Some(other);
        // A city that is there, and none with the name in the country.
        let has_city = |name: &Name| {
            let cities = reader.tables.cities(reader.name_hash(name.tokens.clone()));
            name.kind != EntityKind::Group
                && cities.iter().any(|city| city.country == other)
                && cities.iter().all(|city| city.country != country)
        };
        let inside = |name: &&Name| reader.text(name.tokens.end) == "," && has_city(name);
        if before.is_some_and(of_state) || after.is_some_and(of_state) || before.filter(inside).is_some() {
            return Some(Sense::PlaceIn(other));
        }
        let at = name.tokens.end;
        let officer = [
            "Gov",
            "Gov.",
            "Sen",
            "Sen.",
            "Rep",
            "Rep.",
            "Republican",
            "Republicans",
            "Democrat",
            "Democrats",
        ];
        let own = officer.contains(&reader.text(at))
            || name.tokens.start > 1
                && reader.text(name.tokens.start - 1) == "of"
                && matches!(reader.text(name.tokens.start - 2), "state" | "State");
        return own.then_some(Sense::PlaceIn(other));
    }
    // A town with the name in a state of another country: "Lebanon, Pennsylvania," but not "Mexico, Texas and Nevada".
    let state = after.filter(|other| reader.text(other.tokens.start - 1) == ",")?;
    let home = region(state).filter(|home| *home != country)?;
    let end = state.tokens.end;
    let listed = matches!(reader.text(end), "and" | "or" | "&")
        || reader.text(end) == "," && names.get(place + 2).is_some_and(|next| next.tokens.start == end + 1);
    (!listed).then_some(Sense::PlaceIn(home))
}

/// The sense that the rest of the document suggests.
fn spoken_for(reader: &Reader<'_>, names: &[Name], place: usize, country: u16) -> Sense {
    let name = &names[place];
    let hash = reader.name_hash(name.tokens.clone());
    let own = |other: &Name| reader.name_hash(other.tokens.clone()) == hash;
    // A condition is tested before the words are compared, which costs more.
    let is_other = |other: &Name, fits: bool| fits && !own(other);
    let named = || names.iter().any(|other| is_other(other, other.is_country && other.country == country));
    let single = name.tokens.len() == 1;
    if name.form == MentionForm::Alias && single {
        let letters = acronym(reader, &name.tokens);
        let stands_for = |other: &Name| {
            let first = reader.listed(other.tokens.start..other.tokens.start + 1);
            other.kind == EntityKind::Organization
                && other.tokens.len() > 1
                && initials(reader, &other.tokens) == letters
                // "U.S. Senators"
                && first != Some(Listed::Country(country))
        };
        let stood_for = names.iter().any(|other| is_other(other, stands_for(other)));
        return match (name.kind, stood_for, named()) {
            (EntityKind::Location, true, false) => Sense::Organization,
            (EntityKind::Location, ..) | (_, true, _) | (_, _, false) => Sense::Unknown,
            (_, false, true) => Sense::Country(country),
        };
    }
    let in_country = |wanted: u16| {
        let there = |other: &Name| other.country == wanted && other.kind != EntityKind::Organization;
        let others = names.iter().filter(|other| is_other(other, there(other)));
        others.map(|other| if other.is_country { 2 } else { 1 }).sum::<usize>()
    };
    // "Chad", if the text has a Chad Berg.
    let bears = |other: &Name| {
        other.kind == EntityKind::Person
            && other.tokens.len() > 1
            && reader.token(other.tokens.start).hash() == reader.token(name.tokens.start).hash()
    };
    let borne = || names.iter().any(|other| is_other(other, bears(other)));
    if name.kind == EntityKind::Person {
        // "Jordan asked Egypt for help."
        let abroad = |other: &Name| other.kind == EntityKind::Location && other.country != NOWHERE;
        let abroad = names.iter().any(|other| is_other(other, abroad(other)));
        return if abroad && !borne() { Sense::Country(country) } else { Sense::Unknown };
    }
    let elsewhere = reader.tables.shared(hash).map_or(0, |(other, _)| in_country(other));
    let spoken = in_country(country) + elsewhere > 0;
    if single && !spoken && reader.has(name.tokens.start, cue::GIVEN) && borne() {
        return Sense::Person;
    }
    if let Some((other, is_country)) = reader.tables.shared(hash) {
        let here = in_country(country);
        // A text about countries names other countries.
        let abroad = |name: &Name| {
            name.is_country && name.kind == EntityKind::Location && ![country, other].contains(&name.country)
        };
        return match is_country {
            true if !named() && in_country(other) > here => Sense::Country(other),
            false => {
                // Ministers fly to Washington from everywhere.
                let capital = |name: &Name| matches!(reader.text(name.tokens.start), "Washington" | "New");
                let inside = |name: &Name| name.country == other && !name.is_country && !capital(name);
                let there = names.iter().filter(|name| is_other(name, inside(name))).count();
                let foreign = names.iter().filter(|name| is_other(name, abroad(name))).count();
                let has_state = names.iter().enumerate().filter(|(_, name)| own(name));
                let has_state =
                    has_state.filter_map(|(at, _)| beside(reader, names, at, country)).next().is_some();
                let state = there > 2 * here + 4 * foreign || has_state && here == 0;
                if state { Sense::PlaceIn(other) } else { Sense::Unknown }
            }
            true => Sense::Unknown,
        };
    }
    if in_country(country) > 0 || !single {
        return Sense::Unknown;
    }
    // The town that another mention shows.
    let mentions =
        names.iter().enumerate().filter(|(_, other)| own(other) && other.kind == EntityKind::Location);
    mentions.filter_map(|(at, _)| beside(reader, names, at, country)).next().unwrap_or(Sense::Unknown)
}
