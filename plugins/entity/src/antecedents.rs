//! What a noun behind "the" means: "the ministry", "the minister", "the city".

use std::collections::BTreeMap;
use std::ops::Range;

use copydesk_core::hash_lowered;
use copydesk_core::layers::EntityKind;

use crate::clusters::{Cluster, Clusters};
use crate::places;
use crate::reader::Reader;
use crate::tables::{City, cue, extend};

/// An antecedent is looked for among this many names before.
const LOOK_BACK: usize = 24;

/// The cluster of each country named.
pub(crate) fn countries(clusters: &Clusters) -> BTreeMap<u16, usize> {
    let is_country = |cluster: &Cluster| cluster.is_country && cluster.kind == EntityKind::Location;
    let named = clusters.all.iter().enumerate().filter(|(_, cluster)| is_country(cluster));
    named.map(|(place, cluster)| (cluster.country, place)).collect()
}

/// The end of the noun phrase whose head begins at `at`, behind "the", and its antecedent among the names before.
pub(crate) fn antecedent(
    reader: &Reader<'_>,
    clusters: &Clusters,
    countries: &BTreeMap<u16, usize>,
    names: usize,
    at: usize,
) -> Option<(usize, usize)> {
    let role = reader.has(at, cue::ROLE_NOUN | cue::ROLE | cue::MODIFIER);
    let nominal = reader.has(at, cue::NOMINAL);
    if !(role || nominal) || reader.is_capitalized(at) {
        return None;
    }
    // "the prime minister": all words of the role.
    let mut end = at + 1;
    while role && reader.has(at, cue::MODIFIER) && reader.has(end, cue::ROLE | cue::ROLE_NOUN) && end < at + 3
    {
        end += 1;
    }
    // "the bank accounts", "the party leader", "the ministry of …": the noun is not the head, or names something else.
    let heads_more = reader.has(end, cue::ROLE_NOUN | cue::NOMINAL) || matches!(reader.text(end), "of" | "-");
    if heads_more || reader.is_capitalized(end) {
        return None;
    }
    // "the presidential candidates"
    if role && !nominal && !reader.has(end - 1, cue::ROLE | cue::ROLE_NOUN) {
        return None;
    }
    // "Ana Leal, the mayor," and "the mayor, Ana Leal,": no mention of its own.
    let is_person = |place: usize| clusters.all[clusters.order[place].2].kind == EntityKind::Person;
    let behind = names.checked_sub(1).is_some_and(|last| {
        let end = clusters.order[last].1;
        end + 2 == at && reader.text(end) == "," && is_person(last)
    });
    let ahead = reader.text(end) == ","
        && clusters.order.get(names).is_some_and(|next| next.0 == end + 1)
        && is_person(names);
    if role && !nominal && (ahead || behind && !reader.has(end, cue::SPEECH)) {
        return None;
    }
    // "The chief engineer", "the general election"
    let unfinished = reader.has(end - 1, cue::MODIFIER)
        && reader.has(end, cue::COMMON)
        && !reader.has(end, cue::STOP | cue::SPEECH);
    if role && !nominal && unfinished {
        return None;
    }
    let head = reader.token(end - 1).hash();
    let before = clusters.order[names.saturating_sub(LOOK_BACK)..names].iter().rev();
    let mut candidates = before.map(|(.., cluster)| *cluster);
    let holds = |tokens: &Range<usize>| tokens.clone().any(|word| reader.token(word).hash() == head);
    let found = if nominal {
        let own = |cluster: &usize| {
            clusters.all[*cluster].kind != EntityKind::Person && holds(&clusters.all[*cluster].name)
        };
        let noun = reader.text(end - 1);
        candidates.find_map(|cluster| {
            let own = own(&cluster).then_some(cluster);
            own.or_else(|| fits(reader, clusters, countries, noun, cluster))
        })
    } else {
        // "The prime minister" is no other minister; who is "former" may have been told so or not.
        let telling =
            |word: usize| reader.has(word, cue::MODIFIER) && !matches!(reader.text(word), "former" | "then-");
        let modifiers = (at..end - 1).filter(|&word| telling(word));
        candidates.find(|&cluster| {
            clusters.all[cluster].role.as_ref().is_some_and(|role| {
                let has = |hash: u64| role.clone().any(|word| reader.token(word).hash() == hash);
                has(head) && modifiers.clone().all(|word| has(reader.token(word).hash()))
            })
        })
    };
    found.map(|cluster| (end, cluster))
}

/// What a noun that is no part of a name means, if it may mean this cluster.
fn fits(
    reader: &Reader<'_>,
    clusters: &Clusters,
    countries: &BTreeMap<u16, usize>,
    noun: &str,
    cluster: usize,
) -> Option<usize> {
    let candidate = &clusters.all[cluster];
    let organization = candidate.kind == EntityKind::Organization;
    let place = candidate.kind == EntityKind::Location && !candidate.is_country;
    let meant = match noun {
        "company" | "firm" | "group" | "club" | "organisation" | "organization" => {
            organization && !is_public(reader, &candidate.name)
        }
        "agency" => organization,
        "newspaper" => organization && candidate.name.clone().any(|at| is_press(reader.token(at).hash())),
        "city" => place && is_town(reader, &candidate.name),
        // The people of a country speak of it too.
        "country" if candidate.is_country => return countries.get(&candidate.country).copied(),
        _ => false,
    };
    meant.then_some(cluster)
}

/// Whether the name is of a body of state or of states, which is no company.
fn is_public(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    const PUBLIC: [u64; 34] = [
        hash_lowered("union"),
        hash_lowered("nations"),
        hash_lowered("council"),
        hash_lowered("committee"),
        hash_lowered("commission"),
        hash_lowered("ministry"),
        hash_lowered("party"),
        hash_lowered("court"),
        hash_lowered("department"),
        hash_lowered("agency"),
        hash_lowered("police"),
        hash_lowered("authority"),
        hash_lowered("army"),
        hash_lowered("navy"),
        hash_lowered("parliament"),
        hash_lowered("senate"),
        hash_lowered("congress"),
        hash_lowered("house"),
        hash_lowered("government"),
        hash_lowered("bureau"),
        hash_lowered("office"),
        hash_lowered("administration"),
        hash_lowered("treasury"),
        hash_lowered("cabinet"),
        hash_lowered("board"),
        hash_lowered("pentagon"),
        hash_lowered("kremlin"),
        hash_lowered("eu"),
        hash_lowered("e.u"),
        hash_lowered("un"),
        hash_lowered("u.n"),
        hash_lowered("nato"),
        hash_lowered("fbi"),
        hash_lowered("imf"),
    ];
    name.clone().any(|at| PUBLIC.contains(&reader.token(at).hash()))
}

fn is_press(hash: u64) -> bool {
    const PRESS: [u64; 14] = [
        hash_lowered("times"),
        hash_lowered("post"),
        hash_lowered("journal"),
        hash_lowered("herald"),
        hash_lowered("news"),
        hash_lowered("daily"),
        hash_lowered("tribune"),
        hash_lowered("guardian"),
        hash_lowered("gazette"),
        hash_lowered("telegraph"),
        hash_lowered("chronicle"),
        hash_lowered("mail"),
        hash_lowered("standard"),
        hash_lowered("globe"),
    ];
    PRESS.contains(&hash)
}

/// Whether a place may be a city: no river, no state.
fn is_town(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let hash = name.clone().fold(0, |name, at| extend(name, reader.token(at).hash()));
    let cities = reader.tables.cities(hash);
    let town = |city: &City| reader.tables.region(hash).is_none_or(|region| places::is_city_of(city, region));
    cities.iter().any(town)
        || cities.is_empty()
            && !reader.has(name.end - 1, cue::PLACE_END)
            && reader.listed(name.clone()).is_none()
}
