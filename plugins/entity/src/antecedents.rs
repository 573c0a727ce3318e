//! What a noun behind "the" means: "the ministry", "the minister", "the city".

use std::collections::BTreeMap;
use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm};

use crate::clusters::{Cluster, Clusters};
use crate::places;
use crate::reader::Reader;
use crate::tables::{City, cue, extend, thing};

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
    // "The central bank": the noun stands behind.
    let central = reader.text(at) == "central" && reader.text(at + 1) == "bank";
    let nominal = central || reader.tells(at, thing::NOUN);
    // "The Court" of the Court of Appeal.
    let capital = reader.is_capitalized(at);
    let in_name = || clusters.order.get(names).is_some_and(|next| next.0 <= at);
    if !(role || nominal) || capital && (role || !reader.tells(at, thing::OWN) || in_name()) {
        return None;
    }
    // "the prime minister": all words of the role.
    let mut end = at + 1 + usize::from(central);
    while role && reader.has(at, cue::MODIFIER) && reader.has(end, cue::ROLE | cue::ROLE_NOUN) && end < at + 3
    {
        end += 1;
    }
    // "the bank accounts", "the party leader", "the ministry of …": the noun is not the head, or names something else.
    let heads_more = reader.has(end, cue::ROLE_NOUN)
        || reader.tells(end, thing::NOUN)
        || matches!(reader.text(end), "of" | "-");
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
    let head = spelt(reader, end - 1);
    let before = &clusters.order[names.saturating_sub(LOOK_BACK)..names];
    let mut candidates = before.iter().rev().map(|(.., cluster)| *cluster);
    let holds = |tokens: &Range<usize>| tokens.clone().any(|word| spelt(reader, word) == head);
    let own = |cluster: usize| {
        let candidate = &clusters.all[cluster];
        let own = candidate.kind != EntityKind::Person
            && holds(&candidate.name)
            && (!central || is_central(reader, &candidate.name));
        own.then_some(cluster)
    };
    let meant = |cluster: usize| fits(reader, clusters, countries, end - 1, cluster);
    // "The prime minister" is no other minister; who is "former" may have been told so or not.
    let telling =
        |word: usize| reader.has(word, cue::MODIFIER) && !matches!(reader.text(word), "former" | "then-");
    let modifiers = || (at..end - 1).filter(|&word| telling(word));
    let is_role = |role: &Range<usize>| {
        let has = |hash: u64| role.clone().any(|word| spelt(reader, word) == hash);
        has(head) && modifiers().all(|word| has(spelt(reader, word)))
    };
    // "Judge Nora Lind"
    let is_titled = |cluster: usize| {
        let name = clusters.all[cluster].name.start;
        clusters.all[cluster].kind == EntityKind::Person
            && end == at + 1
            && name > 0
            && spelt(reader, name - 1) == head
    };
    let found = if nominal {
        let body = reader.tells(end - 1, thing::COMPANY | thing::BODY | thing::PAPER | thing::TRADE);
        match latest(reader, before, own) {
            Latest::One(cluster) => Some(cluster),
            // "The Foreign Ministry and the Finance Ministry": either may be the ministry.
            Latest::Several => None,
            Latest::None if capital => None,
            Latest::None if body => subject(reader, before, meant),
            Latest::None => candidates.find_map(meant),
        }
    } else {
        candidates
            .find(|&cluster| clusters.all[cluster].role.as_ref().is_some_and(is_role) || is_titled(cluster))
    };
    found.map(|cluster| (end, cluster))
}

/// The hash of a word in the spelling that stands for its others: "airline" for "Airways".
fn spelt(reader: &Reader<'_>, at: usize) -> u64 {
    reader.tables.things.spelling(reader.token(at).hash())
}

/// What the last sentence that names anything fitting names.
enum Latest {
    None,
    One(usize),
    Several,
}

type Mention = (usize, usize, usize);

/// The mentions of the last sentence that has any that fits, and what they mean, in text order.
fn of_last_sentence(
    reader: &Reader<'_>,
    before: &[Mention],
    fits: impl Fn(usize) -> Option<usize>,
) -> Vec<(Mention, usize)> {
    let mut fitting = before.iter().rev().filter_map(|mention| Some((*mention, fits(mention.2)?))).peekable();
    let sentence = fitting.peek().map(|(mention, _)| reader.token(mention.0).sentence());
    let mut last: Vec<_> =
        fitting.take_while(|(mention, _)| Some(reader.token(mention.0).sentence()) == sentence).collect();
    last.reverse();
    last
}

fn latest(reader: &Reader<'_>, before: &[Mention], fits: impl Fn(usize) -> Option<usize>) -> Latest {
    let last = of_last_sentence(reader, before, fits);
    match last.first() {
        None => Latest::None,
        Some((_, first)) if last.iter().all(|(_, other)| other == first) => Latest::One(*first),
        Some(_) => Latest::Several,
    }
}

/// The one of several that the last sentence is about: its subject comes first, and behind no preposition.
fn subject(reader: &Reader<'_>, before: &[Mention], fits: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    let last = of_last_sentence(reader, before, fits);
    let (_, only) = *last.first()?;
    if last.iter().all(|(_, other)| *other == only) {
        return Some(only);
    }
    let oblique = |(first, end, _): &Mention| {
        let before =
            first.checked_sub(1).map(|at| if reader.text(at) == "the" && at > 0 { at - 1 } else { at });
        let preposition = before.is_some_and(|at| {
            matches!(
                reader.text(at),
                "of" | "by"
                    | "to"
                    | "with"
                    | "from"
                    | "against"
                    | "for"
                    | "at"
                    | "in"
                    | "on"
                    | "over"
                    | "into"
                    | "than"
                    | "like"
            )
        });
        preposition || matches!(reader.text(*end), "'s" | "’s" | "'" | "’")
    };
    last.iter().find(|(mention, _)| !oblique(mention)).map(|(_, cluster)| *cluster)
}

/// What a noun that is no part of a name means, if it may mean this cluster.
fn fits(
    reader: &Reader<'_>,
    clusters: &Clusters,
    countries: &BTreeMap<u16, usize>,
    noun: usize,
    cluster: usize,
) -> Option<usize> {
    let candidate = &clusters.all[cluster];
    let tells = |things: u32| reader.tells(noun, things);
    if tells(thing::COUNTRY) {
        // The people of a country speak of it too.
        let country = candidate.is_country.then_some(candidate.country)?;
        return countries.get(&country).copied();
    }
    // "Nordvik University" is no company, "Bank of Nordvik" is one.
    let named_otherwise = || {
        let institution = |at: usize| {
            reader.tells(at, thing::OWN)
                && !matches!(
                    reader.text(at),
                    "Bank" | "Group" | "Airport" | "Agency" | "Bridge" | "River" | "Lake" | "League"
                )
        };
        candidate.name.clone().any(institution)
    };
    let named = |things: u32| candidate.name.clone().any(|at| reader.tells(at, things));
    let meant = match candidate.kind {
        EntityKind::Organization => {
            tells(thing::BODY)
                || tells(thing::COMPANY) && !named(thing::PUBLIC) && !named_otherwise()
                || tells(thing::PAPER) && named(thing::PRESS)
                || tells(thing::TRADE) && is_called(reader, candidate, noun)
        }
        EntityKind::Location => {
            tells(thing::TOWN) && !candidate.is_country && is_town(reader, &candidate.name)
        }
        _ => false,
    };
    meant.then_some(cluster)
}

/// Whether a noun stood beside a name of an organisation: "the insurer Velden Life", "Velden Life, a small insurer,".
fn is_called(reader: &Reader<'_>, candidate: &Cluster, noun: usize) -> bool {
    let is_noun = |at: usize| reader.token(at).hash() == reader.token(noun).hash();
    candidate.mentions.iter().take(MENTIONS).any(|(span, form)| {
        let tokens = reader.doc.tokens_in(*span);
        let behind = tokens.end + 1..(tokens.end + 2 + LONGEST_APPOSITION).min(noun);
        let in_front = tokens.start.checked_sub(1).is_some_and(is_noun);
        let apposition =
            reader.text(tokens.end) == "," && matches!(reader.text(behind.start), "a" | "an" | "the");
        let mut words = behind.take_while(|&at| reader.token(at).is_word() || reader.text(at) == "-");
        *form == MentionForm::Name && (in_front || apposition && words.any(is_noun))
    })
}

/// So many mentions of an organisation are looked at, and so many words behind each.
const MENTIONS: usize = 6;
const LONGEST_APPOSITION: usize = 5;

/// Whether a bank is a country's: "Bank of Norland", "Norland National Bank".
fn is_central(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let central = |at: usize| matches!(reader.text(at), "of" | "National" | "Central" | "Reserve" | "State");
    name.clone().any(central)
}

/// Whether a place may be a city: no river, no state.
fn is_town(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let hash = name.clone().fold(0, |name, at| extend(name, reader.token(at).hash()));
    let cities = reader.tables.cities(hash);
    let town = |city: &City| reader.tables.region(hash).is_none_or(|region| places::is_city_of(city, region));
    cities.iter().any(town)
        || cities.is_empty()
            && !reader.has(name.end - 1, cue::PLACE_END)
            && !matches!(reader.text(name.start), "Lake" | "Mount" | "River" | "Gulf" | "Strait" | "Isle")
            && reader.listed(name.clone()).is_none()
}
