//! By what a later name finds the entity that an earlier one made.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use copydesk_core::Case;
use copydesk_core::layers::EntityKind;
use copydesk_learn::feature::Identity;

use crate::clusters::Cluster;
use crate::gender::{self, Gender};
use crate::keys::{
    ANY, ORGANISATIONS_BY_CORE, PEOPLE_BY_ENDS, PEOPLE_BY_TAIL, PLACES_BY_CITY, PLACES_BY_CORE, acronym,
    all_initials, city_of, core_of, ends_of, family, form_of, initials, place_core, plain, surnames, tails,
};
use crate::names::Name;
use crate::reader::Reader;
use crate::tables::{NOWHERE, cue};

/// Keys are hashes, or few and small.
type Map<K> = HashMap<K, usize, BuildHasherDefault<Identity>>;

/// So many people of one surname are told apart.
const NAMESAKES: usize = 4;

/// The inner words of longer names are not looked at.
const LONGEST: usize = 8;

#[derive(Default)]
pub(crate) struct Index {
    forms: Map<(u64, u8)>,
    /// The last words of people's names: the newest of a chain of namesakes.
    people: Map<u64>,
    /// The other words of people's names.
    given: Map<u64>,
    /// People so far named by one word alone, organisations likewise, acronyms that nothing explains yet.
    lone: Map<(u64, u8)>,
    /// The first words of organisations.
    organisations: Map<u64>,
    /// The words that say what an organisation is: "the Commission".
    heads: Map<u64>,
    pub(crate) initials: Map<u64>,
    countries: Map<(u16, u8)>,
    /// Rows of the user's lists.
    pub(crate) listings: Map<u32>,
}

/// The families of what stands alone, beside those of `family`.
const LONE_ACRONYM: u8 = 110;

impl Index {
    pub(crate) fn find(&self, reader: &Reader<'_>, clusters: &[Cluster], name: &Name) -> Option<usize> {
        if name.is_country && name.country != NOWHERE {
            return self.countries.get(&(name.country, name.kind as u8)).copied();
        }
        let form = form_of(reader, &name.tokens);
        let exact = self.forms.get(&(form, family(name.kind))).copied();
        let found = match name.kind {
            EntityKind::Person if name.tokens.len() == 1 => self
                .surname(reader, clusters, name, form)
                .or(exact)
                .or_else(|| self.given.get(&form).copied())
                .or_else(|| self.mistaken(reader, name, form)),
            EntityKind::Person => exact.or_else(|| self.full_person(reader, clusters, name, form)),
            EntityKind::Organization => exact.or_else(|| self.organisation(reader, clusters, name, form)),
            _ => exact.or_else(|| self.acronym(reader, name)).or_else(|| self.place(reader, name, form)),
        };
        // What the model gave another kind, unless places are called so: a city, and its club.
        found.or_else(|| {
            let other = self.forms.get(&(form, ANY)).copied()?;
            let known = name.kind == EntityKind::Person && clusters[other].kind == EntityKind::Location;
            (!known && reader.listed(name.tokens.clone()).is_none()).then_some(other)
        })
    }

    /// The person of this surname: the one most often named, and rather one of the last sentences.
    fn surname(&self, reader: &Reader<'_>, clusters: &[Cluster], name: &Name, word: u64) -> Option<usize> {
        let sentence = reader.token(name.tokens.start).sentence();
        let wanted = gender::of(reader, name);
        let mut next = self.people.get(&word).copied();
        let mut best: Option<usize> = None;
        for _ in 0..NAMESAKES {
            let Some(at) = next else { break };
            next = clusters[at].namesake;
            if Gender::differ(wanted, clusters[at].gender) {
                continue;
            }
            if best.is_none_or(|best| clusters[at].prominence(sentence) > clusters[best].prominence(sentence))
            {
                best = Some(at);
            }
        }
        best
    }

    /// What is no person though it looks so: "Odette" is the storm, "Orkla" the river, "Hartwell" the firm.
    fn mistaken(&self, reader: &Reader<'_>, name: &Name, word: u64) -> Option<usize> {
        let titled =
            name.tokens.start.checked_sub(1).is_some_and(|at| reader.has(at, cue::HONORIFIC | cue::ROLE));
        let other = self.forms.get(&(word, PLACES_BY_CORE)).or_else(|| self.organisations.get(&word));
        other.filter(|_| !titled).copied()
    }

    fn full_person(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        form: u64,
    ) -> Option<usize> {
        // "George Bush" for "George W. Bush", "Ruiz Soto" for "Ana Ruiz Soto", and the other way round.
        let known = [(ends_of(reader, &name.tokens), PEOPLE_BY_ENDS), (form, PEOPLE_BY_TAIL)];
        let known = known.iter().find_map(|key| self.forms.get(key)).copied();
        let fits = |cluster: &usize| !Gender::differ(gender::of(reader, name), clusters[*cluster].gender);
        known.or_else(|| {
            let tail = surnames(reader, &name.tokens)
                .find_map(|tail| self.forms.get(&(form_of(reader, &tail), 0)).copied());
            // A headline's "Bush" before the first "George Bush"; "Kim" before "Kim Il-sung".
            let last = self.lone.get(&(plain(reader, name.tokens.end - 1), 0)).copied();
            let first = || {
                let given = reader.has(name.tokens.start, cue::GIVEN);
                let first = self.lone.get(&(plain(reader, name.tokens.start), 0)).copied();
                first.filter(|_| !given)
            };
            tail.or_else(|| last.or_else(first).filter(fits))
        })
    }

    fn organisation(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        form: u64,
    ) -> Option<usize> {
        let found = self.acronym(reader, name).or_else(|| {
            if name.tokens.len() == 1 {
                self.organisations.get(&form).or_else(|| self.heads.get(&form)).copied()
            } else {
                let core = form_of(reader, &core_of(reader, &name.tokens));
                let lone = || {
                    let first = plain(reader, name.tokens.start);
                    let last = plain(reader, name.tokens.end - 1);
                    let family = family(EntityKind::Organization);
                    let last = self
                        .lone
                        .get(&(last, family))
                        .filter(|_| !reader.has(name.tokens.end - 1, cue::NOMINAL));
                    let telling = tells(reader, name.tokens.start);
                    self.lone.get(&(first, family)).filter(|_| telling).or(last).copied()
                };
                self.forms.get(&(core, ORGANISATIONS_BY_CORE)).copied().or_else(lone)
            }
        });
        // Two countries have two ministries of a name.
        found.filter(|&cluster| {
            let (one, other) = (name.country, clusters[cluster].country);
            one == NOWHERE || other == NOWHERE || one == other
        })
    }

    /// Letters alone say little of their kind ("the JCPOA"); and a full name may come after its letters.
    fn acronym(&self, reader: &Reader<'_>, name: &Name) -> Option<usize> {
        if name.tokens.len() == 1 {
            let letters = is_acronym(reader, name).then(|| acronym(reader, &name.tokens))?;
            return self.initials.get(&letters).copied();
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
        let form = form_of(reader, &name.tokens);
        let own = family(name.kind);
        let before = self.forms.insert((form, own), cluster);
        if name.is_country && name.country != NOWHERE {
            self.countries.insert((name.country, name.kind as u8), cluster);
            return;
        }
        if before == Some(cluster) {
            // Nothing new is to be learnt of a name seen before.
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
            EntityKind::Organization => self.add_organisation(reader, name, cluster),
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

    fn add_person(&mut self, reader: &Reader<'_>, clusters: &mut [Cluster], name: &Name, cluster: usize) {
        let last = plain(reader, name.tokens.end - 1);
        let newest = self.people.get(&last).copied();
        if newest.is_none_or(|newest| newest < cluster) {
            // A chain of namesakes goes from the newest to the oldest.
            self.people.insert(last, cluster);
            if clusters[cluster].namesake.is_none() {
                clusters[cluster].namesake = newest;
            }
        }
        self.forms.entry((ends_of(reader, &name.tokens), PEOPLE_BY_ENDS)).or_insert(cluster);
        for at in name.tokens.clone().take(LONGEST).filter(|&at| at + 1 < name.tokens.end) {
            if reader.is_capitalized(at) {
                self.given.entry(plain(reader, at)).or_insert(cluster);
            }
        }
        for tail in surnames(reader, &name.tokens) {
            self.forms.insert((form_of(reader, &tail), PEOPLE_BY_TAIL), cluster);
        }
        // It was the full name of the one named by a word.
        self.lone.remove(&(last, 0));
    }

    fn add_organisation(&mut self, reader: &Reader<'_>, name: &Name, cluster: usize) {
        let Name { tokens, .. } = name;
        // "Hartwell & Sons" is "Hartwell" later; "Dutch Bank" is not "Dutch".
        if tells(reader, tokens.start) {
            self.organisations.entry(plain(reader, tokens.start)).or_insert(cluster);
        }
        // "The Commission" of the European Commission, "the Ministry" of the Ministry of Works.
        if reader.has(tokens.start, cue::ORG_HEAD) {
            self.heads.insert(plain(reader, tokens.start), cluster);
        }
        self.heads.insert(plain(reader, tokens.end - 1), cluster);
        let core = core_of(reader, tokens);
        self.forms.insert((form_of(reader, &core), ORGANISATIONS_BY_CORE), cluster);
        for tail in tails(reader, &core) {
            self.forms.insert((form_of(reader, &tail), ORGANISATIONS_BY_CORE), cluster);
        }
    }
}

/// Whether the first word of an organisation's name may stand for it.
fn tells(reader: &Reader<'_>, at: usize) -> bool {
    !reader.has(at, cue::STOP | cue::CALENDAR | cue::ORG_HEAD) && reader.listed(at..at + 1).is_none()
}

/// Capitals alone or most of them: "IMF", "DoJ", not "Nordvik".
fn is_acronym(reader: &Reader<'_>, name: &Name) -> bool {
    let token = reader.token(name.tokens.start);
    matches!(token.case(), Case::Upper | Case::Mixed) && token.span().len() > 1
}
