//! People by parts of their names.

use std::ops::Range;

use copydesk_core::Case;
use copydesk_core::layers::EntityKind;

use super::given::{holds, same_given};
use super::{Index, LONGEST, NAMESAKES};
use crate::recognize::gender::{self, Gender};
use crate::recognize::names::Name;
use crate::recognize::roles;
use crate::resolve::clusters::Cluster;
use crate::tables::{cue, thing};
use crate::words::Reader;
use crate::words::keys::{
    PEOPLE_BY_TAIL, PLACES_BY_CORE, family, form_of, generation, person_core, plain, surnames,
};

/// If the model's confidence in another kind is higher, it is not a person.
const SURE: f32 = 0.8;

impl Index {
    /// The person whom a name refers to.
    pub(super) fn person(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        exact: Option<usize>,
    ) -> Option<usize> {
        let core = person_core(reader, &name.tokens);
        let form = form_of(reader, &core);
        let exact = exact.filter(|&cluster| !self.is_kin_of(reader, name, cluster));
        if core.len() > 1 {
            return exact.or_else(|| self.full_person(reader, clusters, name, &core, form));
        }
        let nicknamed =
            || reader.tables.things.nicknames(form).find_map(|other| self.given.get(&other).copied());
        self.surname(reader, clusters, name, form)
            .or(exact)
            .or_else(|| self.given.get(&form).copied())
            .or_else(nicknamed)
            .or_else(|| self.mistaken(reader, name, form))
    }

    /// Whether it is the son of the one just named: "Olaf Berg and his son, Olaf Berg".
    fn is_kin_of(&self, reader: &Reader<'_>, name: &Name, cluster: usize) -> bool {
        let kin = name.role.as_ref().filter(|role| role.end <= name.tokens.start);
        self.last_person == Some(cluster)
            && kin.is_some_and(|role| {
                let whose = role.start.checked_sub(1).map_or("", |at| reader.text(at));
                roles::is_kin(reader, role) && matches!(whose, "his" | "her" | "His" | "Her" | "'s" | "’s")
            })
    }

    /// The people with a surname, the newest first.
    fn namesakes<'i>(&'i self, clusters: &'i [Cluster], surname: u64) -> impl Iterator<Item = usize> + 'i {
        let first = self.people.get(&surname).copied();
        std::iter::successors(first, |&at| clusters[at].namesake).take(NAMESAKES)
    }

    /// The person with this surname: the one most often named, preferably in one of the last sentences.
    fn surname(&self, reader: &Reader<'_>, clusters: &[Cluster], name: &Name, word: u64) -> Option<usize> {
        let sentence = reader.token(name.tokens.start).sentence();
        let wanted = gender::of(reader, name);
        let generation_of_name = generation(reader, &name.tokens);
        let before = name.tokens.start.checked_sub(1).map_or("", |at| reader.text(at));
        let fits = |cluster: &Cluster| {
            let own = generation(reader, &cluster.name);
            let junior = own == Some(u64::from(thing::JUNIOR));
            !Gender::differ(wanted, cluster.gender)
                && generation_of_name
                    .is_none_or(|generation_of_name| own.is_none_or(|own| generation_of_name == own))
                && match before {
                    "younger" => junior,
                    "elder" | "older" => !junior,
                    _ => true,
                }
        };
        let junior = self.juniors.get(&word).copied().filter(|_| generation_of_name.is_none());
        let mut best: Option<usize> = None;
        for at in self.namesakes(clusters, word).filter(|&at| fits(&clusters[at]) && Some(at) != junior) {
            if best.is_none_or(|best| clusters[at].prominence(sentence) > clusters[best].prominence(sentence))
            {
                best = Some(at);
            }
        }
        // Nobody is known to be the younger one, or only he is named.
        best.or_else(|| {
            self.namesakes(clusters, word).find(|&at| !Gender::differ(wanted, clusters[at].gender))
        })
    }

    /// A name that looks like a person's but is not: "Odette" is the storm, "Orkla" the river, "Hartwell" the firm.
    fn mistaken(&self, reader: &Reader<'_>, name: &Name, word: u64) -> Option<usize> {
        let before = name.tokens.start.checked_sub(1);
        let titled = before.is_some_and(|at| reader.has(at, cue::HONORIFIC | cue::ROLE));
        let other = self.forms.get(&(word, PLACES_BY_CORE)).or_else(|| self.organisations.get(&word));
        // "In Richmond": the town of that name.
        let place = || {
            let inside = before.is_some_and(|at| matches!(reader.text(at), "in" | "In"));
            self.forms.get(&(word, family(EntityKind::Location))).filter(|_| inside)
        };
        other.or_else(place).filter(|_| !titled).copied()
    }

    /// The person to whom the model gave another kind with low confidence: "Bae" is not a firm if the text mentions a
    /// Bae Soon-il.
    pub(crate) fn person_after_all(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
    ) -> Option<usize> {
        let taken = matches!(name.kind, EntityKind::Organization | EntityKind::Other | EntityKind::Product);
        let Range { start, end } = name.tokens;
        let before = start.checked_sub(1).map_or("", |at| reader.text(at));
        if !taken
            || name.confidence > SURE
            || self.last_person.is_none()
            || matches!(before, "the" | "The" | "\"" | "“")
            || reader.has(end - 1, cue::ORG | cue::NAME_END | cue::PLAIN)
            || reader.has(end, cue::COMPANY_CONTEXT | cue::PRODUCT_CONTEXT)
            || reader.token(start).case() == Case::Upper
            || reader.listed(name.tokens.clone()).is_some()
        {
            return None;
        }
        let word = plain(reader, end - 1);
        if name.tokens.len() > 1 {
            let called = |cluster: &usize| {
                same_given(reader, &name.tokens, &person_core(reader, &clusters[*cluster].name))
            };
            return self.namesakes(clusters, word).find(called);
        }
        // A surname, first or last, in the same spelling.
        let alike =
            |at: usize| plain(reader, at) == word && reader.token(at).case() == reader.token(start).case();
        let core = |cluster: usize| person_core(reader, &clusters[cluster].name);
        let last = self.people.get(&word).copied().filter(|&cluster| alike(core(cluster).end - 1));
        let first = |cluster: &usize| {
            let at = core(*cluster).start;
            alike(at) && !reader.has(at, cue::GIVEN)
        };
        last.or_else(|| self.given.get(&word).copied().filter(first))
    }

    fn full_person(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        core: &Range<usize>,
        form: u64,
    ) -> Option<usize> {
        // The first word may be part of the surname, and a given name elsewhere.
        let gender = gender::by_title_or_role(reader, name);
        let generation_of_name = generation(reader, &name.tokens);
        let fits = |cluster: &usize| {
            let other = generation(reader, &clusters[*cluster].name);
            !Gender::differ(gender, clusters[*cluster].gender)
                && (generation_of_name == other || generation_of_name.is_none() || other.is_none())
                && !self.is_kin_of(reader, name, *cluster)
        };
        let last = plain(reader, core.end - 1);
        let other = |cluster: usize| person_core(reader, &clusters[cluster].name);
        // "George Bush" for "George W. Bush", "Bill" for "William", and the other way round.
        let called = |cluster: &usize| same_given(reader, core, &other(*cluster));
        let known = self.namesakes(clusters, last).filter(fits).find(called);
        // "Ruiz Soto" for "Ana Ruiz Soto", "Elena Ruiz" for "Ana Elena Ruiz Soto", and the other way round.
        let part = || {
            let whole = self.given.get(&last).copied().filter(fits);
            let whole = whole.filter(|&cluster| holds(reader, &other(cluster), core));
            let parts = |at: usize| {
                let mut parts = self.namesakes(clusters, plain(reader, at)).filter(fits);
                parts.find(|&cluster| other(cluster).len() > 1 && holds(reader, core, &other(cluster)))
            };
            whole.or_else(|| inner(core).find_map(parts))
        };
        let tail = || {
            let tails = surnames(reader, core).map(|tail| form_of(reader, &tail));
            let longer = self.forms.get(&(form, PEOPLE_BY_TAIL)).copied();
            longer
                .or_else(|| tails.filter_map(|tail| self.forms.get(&(tail, 0)).copied()).next())
                .filter(fits)
        };
        // A headline's "Bush" before the first "George Bush"; "Kim" before "Kim Il-sung".
        let lone = || {
            let gender = gender::of(reader, name);
            let fits = |lone: &usize| fits(lone) && !Gender::differ(gender, clusters[*lone].gender);
            let alone = |at: usize| self.lone.get(&(plain(reader, at), 0)).copied().filter(fits);
            let given = |&at: &usize| reader.has(at, cue::GIVEN);
            let first = || Some(core.start).filter(|at| !given(at)).and_then(alone);
            let inside = || inner(core).filter(|at| !given(at)).find_map(alone);
            alone(core.end - 1).or_else(first).or_else(inside)
        };
        known.or_else(tail).or_else(part).or_else(lone)
    }

    pub(super) fn add_person(
        &mut self,
        reader: &Reader<'_>,
        clusters: &mut [Cluster],
        name: &Name,
        cluster: usize,
    ) {
        let core = person_core(reader, &name.tokens);
        let last = plain(reader, core.end - 1);
        if core.len() == 1 && generation(reader, &name.tokens) == Some(u64::from(thing::JUNIOR)) {
            // "Berg Jr." in a text with both: "Berg" alone is the father.
            self.juniors.insert(last, cluster);
        }
        let newest = self.people.get(&last).copied();
        if newest.is_none_or(|newest| newest < cluster) {
            // A chain of namesakes goes from the newest to the oldest.
            self.people.insert(last, cluster);
            if clusters[cluster].namesake.is_none() {
                clusters[cluster].namesake = newest;
            }
        }
        for at in core.clone().take(LONGEST).filter(|&at| at + 1 < core.end) {
            if reader.is_capitalized(at) {
                self.given.entry(plain(reader, at)).or_insert(cluster);
            }
        }
        for tail in surnames(reader, &core) {
            self.forms.insert((form_of(reader, &tail), PEOPLE_BY_TAIL), cluster);
        }
        // It was the full name of the person named by one word.
        self.lone.remove(&(last, 0));
    }
}

/// The words between the first and the last of a name; the longest names have too many.
fn inner(core: &Range<usize>) -> Range<usize> {
    core.start + 1..(core.end - 1).min(core.start + LONGEST)
}
