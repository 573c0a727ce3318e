//! Finds the entity of a later name among those of earlier names.

mod given;
mod organisations;
mod people;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use copydesk_core::Case;
use copydesk_core::layers::EntityKind;
use copydesk_learn::feature::Identity;

use crate::recognize::names::Name;
use crate::resolve::clusters::Cluster;
use crate::tables::{NOWHERE, cue};
use crate::words::Reader;
use crate::words::keys::{ANY, PLACES_BY_CITY, PLACES_BY_CORE, city_of, family, form_of, place_core, plain};
use crate::words::letters::{acronym, all_initials, initials, spells};

/// Keys are hashes, or few and small.
type Map<K> = HashMap<K, usize, BuildHasherDefault<Identity>>;

/// The maximum number of people with one surname that are distinguished.
const NAMESAKES: usize = 4;

/// The number of most recent entities that are searched for another name with the same capitals.
const LAST: usize = 64;

/// In names with more words the inner ones are not indexed.
const LONGEST: usize = 8;

#[derive(Default)]
pub(crate) struct Index {
    forms: Map<(u64, u8)>,
    /// The last words of people's names: the newest of a chain of namesakes.
    people: Map<u64>,
    /// The other words of people's names.
    given: Map<u64>,
    /// People named by one word alone so far, likewise organisations, and acronyms without an expansion yet.
    lone: Map<(u64, u8)>,
    /// The first words of organisations.
    organisations: Map<u64>,
    /// The words that say what an organisation is: "the Commission".
    heads: Map<u64>,
    pub(crate) initials: Map<u64>,
    countries: Map<(u16, u8)>,
    /// The people whom the text calls by their surname and "Jr.", by the hash of the surname.
    juniors: Map<u64>,
    /// The person named last.
    last_person: Option<usize>,
    /// Rows of the user's lists.
    pub(crate) listings: Map<u32>,
}

/// Families of single words, in addition to those of `family`.
const LONE_ACRONYM: u8 = 110;

impl Index {
    /// An index with space for this many names, so that the maps rarely grow.
    pub(crate) fn with_capacity(names: usize) -> Self {
        let mut index = Self::default();
        index.forms.reserve(names);
        for map in [&mut index.people, &mut index.given, &mut index.organisations, &mut index.initials] {
            map.reserve(names / 8);
        }
        index.lone.reserve(names / 8);
        index
    }

    pub(crate) fn find(&self, reader: &Reader<'_>, clusters: &[Cluster], name: &Name) -> Option<usize> {
        if name.is_country && name.country != NOWHERE {
            return self.countries.get(&(name.country, name.kind as u8)).copied();
        }
        let form = form_of(reader, &name.tokens);
        let exact = self.forms.get(&(form, family(name.kind))).copied();
        let found = match name.kind {
            EntityKind::Person => self.person(reader, clusters, name, exact),
            EntityKind::Organization => self.organisation(reader, clusters, name, exact, form),
            _ => exact
                .or_else(|| self.acronym(reader, clusters, name))
                .or_else(|| self.place(reader, name, form)),
        };
        // A name to which the model gave another kind, unless places share it: a city, and its club.
        found.or_else(|| {
            let other = self.forms.get(&(form, ANY)).copied()?;
            let kinds = (name.kind, clusters[other].kind);
            match kinds {
                (EntityKind::Person, EntityKind::Location) => None,
                // "Richmond" alone was not a surname.
                (EntityKind::Location, EntityKind::Person) if clusters[other].name.len() == 1 => Some(other),
                _ => reader.listed(name.tokens.clone()).is_none().then_some(other),
            }
        })
    }

    /// Letters alone say little about their kind ("the JCPOA"); and a full name may come after its letters.
    fn acronym(&self, reader: &Reader<'_>, clusters: &[Cluster], name: &Name) -> Option<usize> {
        if name.tokens.len() == 1 {
            let letters = is_acronym(reader, name).then(|| acronym(reader, &name.tokens))?;
            let found = *self.initials.get(&letters)?;
            let at = name.tokens.start;
            if reader.token(at).case() == Case::Upper || spells(reader, at, &clusters[found].name) {
                return Some(found);
            }
            // Other names of the same capitals; those are few.
            let before =
                clusters.iter().enumerate().rev().take(LAST).skip_while(|(place, _)| *place == found);
            let spelt = |cluster: &Cluster| {
                let organisation = cluster.kind == EntityKind::Organization && cluster.name.len() > 1;
                organisation && spells(reader, at, &cluster.name)
            };
            let other = before.filter(|(_, cluster)| spelt(cluster)).map(|(place, _)| place).next();
            return other.or(Some(found));
        }
        let short = |letters| self.lone.get(&(letters, LONE_ACRONYM)).copied();
        short(initials(reader, &name.tokens)).or_else(|| short(all_initials(reader, &name.tokens)))
    }

    fn place(&self, reader: &Reader<'_>, name: &Name, form: u64) -> Option<usize> {
        if name.kind != EntityKind::Location {
            return None;
        }
        let city = city_of(reader, &name.tokens).map(|city| (city, PLACES_BY_CITY));
        let core = place_core(reader, &name.tokens)
            .map(|core| (form_of(reader, &core), family(EntityKind::Location)));
        city.and_then(|city| self.forms.get(&city))
            .or_else(|| self.forms.get(&(form, PLACES_BY_CORE)))
            .or_else(|| core.and_then(|core| self.forms.get(&core)))
            .copied()
    }

    pub(crate) fn add(&mut self, reader: &Reader<'_>, clusters: &mut [Cluster], name: &Name, cluster: usize) {
        if name.kind == EntityKind::Person {
            self.last_person = Some(cluster);
        }
        let form = form_of(reader, &name.tokens);
        let own = family(name.kind);
        let before = self.forms.insert((form, own), cluster);
        if name.is_country && name.country != NOWHERE {
            self.countries.insert((name.country, name.kind as u8), cluster);
            return;
        }
        if before == Some(cluster) {
            // A name seen before adds nothing.
            return;
        }
        self.forms.entry((form, ANY)).or_insert(cluster);
        if name.kind == EntityKind::Location {
            if let Some(city) = city_of(reader, &name.tokens) {
                self.forms.entry((city, PLACES_BY_CITY)).or_insert(cluster);
            }
            if let Some(core) = place_core(reader, &name.tokens) {
                self.forms.entry((form_of(reader, &core), PLACES_BY_CORE)).or_insert(cluster);
            }
        }
        if name.tokens.len() == 1 {
            if clusters[cluster].is_new() {
                if is_acronym(reader, name) && name.kind != EntityKind::Person {
                    self.lone.insert((acronym(reader, &name.tokens), LONE_ACRONYM), cluster);
                }
                self.lone.insert((form, own), cluster);
            }
            return;
        }
        match name.kind {
            EntityKind::Person => self.add_person(reader, clusters, name, cluster),
            EntityKind::Organization => self.add_organisation(reader, clusters, name, cluster),
            EntityKind::Event if name.tokens.len() == 2 && reader.has(name.tokens.start, cue::EVENT_HEAD) => {
                let last = plain(reader, name.tokens.end - 1);
                self.forms.entry((last, PLACES_BY_CORE)).or_insert(cluster);
            }
            _ => {}
        }
        if name.kind != EntityKind::Person {
            for letters in [initials(reader, &name.tokens), all_initials(reader, &name.tokens)] {
                self.initials.entry(letters).or_insert(cluster);
                self.lone.remove(&(letters, LONE_ACRONYM));
            }
        }
    }
}

/// Capitals alone or most of them: "IMF", "DoJ", not "Nordvik".
fn is_acronym(reader: &Reader<'_>, name: &Name) -> bool {
    let token = reader.token(name.tokens.start);
    matches!(token.case(), Case::Upper | Case::Mixed) && token.span().len() > 1
}
