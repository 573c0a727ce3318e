//! The referents of a noun after "the": "the ministry", "the minister", "the city".

use std::collections::BTreeMap;
use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm, PartOfSpeech as Pos};

use super::history::History;
use crate::resolve::cities;
use crate::resolve::clusters::{Cluster, Clusters};
use crate::tables::{City, cue, extend, thing};
use crate::words::Reader;

/// The number of names before that are searched for an antecedent.
const LOOK_BACK: usize = 24;

/// The maximum number of candidates.
const MAX_CANDIDATES: usize = 8;

/// What an entity has in common with a noun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
    /// The noun is a word of its name.
    Own,
    /// It is the person's role, or the title before the name.
    Role,
    /// Its kind is one that the noun can refer to.
    Kind,
}

impl Relation {
    pub(crate) const COUNT: usize = 3;
}

/// The kind of thing that a noun means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Role,
    Company,
    Body,
    Paper,
    Town,
    Country,
    Trade,
    Own,
}

impl Class {
    /// Whether annotated texts have enough of such nouns for training: they have many towns, and hardly any companies.
    pub(crate) fn is_ranked(self) -> bool {
        matches!(self, Self::Town | Self::Country)
    }

    fn of(reader: &Reader<'_>, noun: usize, role: bool) -> Self {
        let has = |things| reader.has_flag(noun, things);
        if role {
            Self::Role
        } else if has(thing::COMPANY) {
            Self::Company
        } else if has(thing::TOWN) {
            Self::Town
        } else if has(thing::COUNTRY) {
            Self::Country
        } else if has(thing::PAPER) {
            Self::Paper
        } else if has(thing::BODY) {
            Self::Body
        } else if has(thing::TRADE) {
            Self::Trade
        } else {
            Self::Own
        }
    }
}

/// A noun phrase that may refer to an entity.
pub(crate) struct Noun {
    /// Where it ends.
    pub(crate) end: usize,
    pub(crate) class: Class,
    /// The entities that it may refer to, those mentioned last first.
    pub(crate) candidates: Vec<(usize, Relation)>,
    /// The one that the order of the last sentence suggests.
    pub(crate) suggested: Option<usize>,
}

/// The possible referents of nouns in a document.
pub(crate) struct Nouns {
    /// The cluster of each country named.
    countries: BTreeMap<u16, usize>,
}

impl Nouns {
    pub(crate) fn new(clusters: &Clusters) -> Self {
        let is_country = |cluster: &Cluster| cluster.is_country && cluster.kind == EntityKind::Location;
        let named = clusters.all.iter().enumerate().filter(|(_, cluster)| is_country(cluster));
        Self { countries: named.map(|(place, cluster)| (cluster.country, place)).collect() }
    }

    /// The candidates of the noun phrase whose head begins at `at`, after "the"; `None` if it does not refer to an entity.
    pub(crate) fn candidates(
        &self,
        reader: &Reader<'_>,
        clusters: &Clusters,
        history: &History,
        names: usize,
        at: usize,
    ) -> Option<Noun> {
        let phrase = Phrase::at(reader, clusters, names, at)?;
        let head = phrase.end - 1;
        let relation = |cluster: usize| -> Option<(usize, Relation)> {
            if phrase.nominal {
                if phrase.is_own(reader, &clusters.all[cluster]) {
                    return Some((cluster, Relation::Own));
                }
                let meant = (!phrase.capital)
                    .then(|| fits(reader, clusters, &self.countries, head, cluster))
                    .flatten();
                return meant.map(|cluster| (cluster, Relation::Kind));
            }
            phrase.is_role(reader, &clusters.all[cluster]).then_some((cluster, Relation::Role))
        };
        let mut candidates: Vec<(usize, Relation)> = Vec::new();
        for spoken in history.spoken.iter().rev().take(LOOK_BACK) {
            if let Some(candidate) = relation(spoken.cluster)
                && !candidates.iter().any(|(known, _)| *known == candidate.0)
            {
                candidates.push(candidate);
                if candidates.len() == MAX_CANDIDATES {
                    break;
                }
            }
        }
        let before = &clusters.order[names.saturating_sub(LOOK_BACK)..names];
        let suggested = phrase.suggested(reader, clusters, before, &candidates, relation);
        Some(Noun { end: phrase.end, class: Class::of(reader, head, !phrase.nominal), candidates, suggested })
    }
}

/// "the prime minister", "the bank"
struct Phrase {
    start: usize,
    end: usize,
    /// It means an organisation or place, not a person.
    nominal: bool,
    /// "the central bank"
    central: bool,
    /// "the Court"
    capital: bool,
    /// The head in the spelling of the tables.
    head: u64,
}

impl Phrase {
    /// The phrase whose words begin at a token, if it may refer to an entity.
    fn at(reader: &Reader<'_>, clusters: &Clusters, names: usize, at: usize) -> Option<Self> {
        let role = reader.has(at, cue::ROLE_NOUN | cue::ROLE | cue::MODIFIER);
        // "The central bank": the noun comes after.
        let central = reader.text(at) == "central" && reader.text(at + 1) == "bank";
        let nominal = central || reader.has_flag(at, thing::NOUN);
        // "The Court" of the Court of Appeal.
        let capital = reader.is_capitalized(at);
        let in_name = || clusters.order.get(names).is_some_and(|next| next.0 <= at);
        if !(role || nominal) || capital && (role || !reader.has_flag(at, thing::OWN) || in_name()) {
            return None;
        }
        // "the prime minister": all words of the role.
        let mut end = at + 1 + usize::from(central);
        let more = |end: usize| reader.has(end, cue::ROLE | cue::ROLE_NOUN) && end < at + 3;
        while role && reader.has(at, cue::MODIFIER) && more(end) {
            end += 1;
        }
        // "the bank accounts", "the party leader", "the ministry of …": the noun is not the head, or names something else.
        let heads_more = reader.has(end, cue::ROLE_NOUN)
            || reader.has_flag(end, thing::NOUN)
            || matches!(reader.text(end), "of" | "-")
            || nominal && is_compound(reader, end);
        if heads_more || reader.is_capitalized(end) {
            return None;
        }
        if role && !nominal && !stands_for_person(reader, clusters, names, at, end) {
            return None;
        }
        Some(Self { start: at, end, nominal, central, capital, head: spelt(reader, end - 1) })
    }

    /// Whether the noun is a word of the name.
    fn is_own(&self, reader: &Reader<'_>, candidate: &Cluster) -> bool {
        candidate.kind != EntityKind::Person
            && candidate.name.clone().any(|word| spelt(reader, word) == self.head)
            && (!self.central || is_central(reader, &candidate.name))
    }

    /// Whether a person has this role or title.
    fn is_role(&self, reader: &Reader<'_>, candidate: &Cluster) -> bool {
        // "The prime minister" is not another minister; "former" may be left out.
        let distinctive =
            |word: usize| reader.has(word, cue::MODIFIER) && !matches!(reader.text(word), "former" | "then-");
        let has_role = |role: &Range<usize>| {
            let has = |hash: u64| role.clone().any(|word| spelt(reader, word) == hash);
            has(self.head)
                && (self.start..self.end - 1)
                    .filter(|&word| distinctive(word))
                    .all(|word| has(spelt(reader, word)))
        };
        // "Judge Nora Lind"
        let name = candidate.name.start;
        let is_titled = || {
            candidate.kind == EntityKind::Person
                && self.end == self.start + 1
                && name > 0
                && spelt(reader, name - 1) == self.head
        };
        candidate.role.as_ref().is_some_and(has_role) || is_titled()
    }

    /// The entity that the order of the last sentence suggests.
    fn suggested(
        &self,
        reader: &Reader<'_>,
        clusters: &Clusters,
        before: &[Mention],
        candidates: &[(usize, Relation)],
        relation: impl Fn(usize) -> Option<(usize, Relation)>,
    ) -> Option<usize> {
        if !self.nominal {
            return candidates.first().map(|(cluster, _)| *cluster);
        }
        let head = self.end - 1;
        let own = |cluster: usize| self.is_own(reader, &clusters.all[cluster]).then_some(cluster);
        let kind = |cluster: usize| {
            relation(cluster).filter(|(_, relation)| *relation == Relation::Kind).map(|(cluster, _)| cluster)
        };
        let body = reader.has_flag(head, thing::COMPANY | thing::BODY | thing::PAPER | thing::TRADE);
        match latest(reader, before, own) {
            Latest::One(cluster) => Some(cluster),
            // "The Foreign Ministry and the Finance Ministry": either may be the ministry.
            Latest::Several => None,
            Latest::None if body => subject(reader, before, kind),
            Latest::None => before.iter().rev().find_map(|(.., cluster)| kind(*cluster)),
        }
    }
}

/// Whether a noun is continued by another: "the bank account", "the bank accounts were", but not "the bank plans to".
fn is_compound(reader: &Reader<'_>, at: usize) -> bool {
    match reader.tag(at) {
        Some(Pos::Noun) => true,
        Some(Pos::NounPlural) => reader.tag(at + 1).is_some_and(Pos::is_finite),
        _ => false,
    }
}

/// Whether the words from `at` to `end` mean a person who is named elsewhere.
fn stands_for_person(reader: &Reader<'_>, clusters: &Clusters, names: usize, at: usize, end: usize) -> bool {
    // "the presidential candidates"
    if !reader.has(end - 1, cue::ROLE | cue::ROLE_NOUN) {
        return false;
    }
    // "Ana Leal, the mayor," and "the mayor, Ana Leal,": not a mention of its own.
    let is_person = |place: usize| clusters.all[clusters.order[place].2].kind == EntityKind::Person;
    let after = names.checked_sub(1).is_some_and(|last| {
        let end = clusters.order[last].1;
        end + 2 == at && reader.text(end) == "," && is_person(last)
    });
    let ahead = reader.text(end) == ","
        && clusters.order.get(names).is_some_and(|next| next.0 == end + 1)
        && is_person(names);
    // "The chief engineer", "the general election"
    let unfinished = reader.has(end - 1, cue::MODIFIER)
        && reader.has(end, cue::COMMON)
        && !reader.has(end, cue::STOP | cue::SPEECH);
    !(unfinished || ahead || after && !reader.has(end, cue::SPEECH))
}

/// The hash of a word in its main spelling: "airline" for "Airways".
fn spelt(reader: &Reader<'_>, at: usize) -> u64 {
    reader.tables.things.spelling(reader.token(at).hash())
}

/// The matching entities of the last sentence that names any.
enum Latest {
    None,
    One(usize),
    Several,
}

type Mention = (usize, usize, usize);

/// The mentions of the last sentence with a matching one, and their entities, in text order.
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

/// The one of several that the last sentence is about: its subject comes first, and not after a preposition.
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

/// The kind of thing of a noun that is not part of a name, if it may refer to this cluster.
fn fits(
    reader: &Reader<'_>,
    clusters: &Clusters,
    countries: &BTreeMap<u16, usize>,
    noun: usize,
    cluster: usize,
) -> Option<usize> {
    let candidate = &clusters.all[cluster];
    let has = |things: u32| reader.has_flag(noun, things);
    if has(thing::COUNTRY) {
        // A mention of the people of a country is a mention of the country.
        let country = candidate.is_country.then_some(candidate.country)?;
        return countries.get(&country).copied();
    }
    // "Nordvik University" is not a company, "Bank of Nordvik" is one.
    let named_otherwise = || {
        let institution = |at: usize| {
            reader.has_flag(at, thing::OWN)
                && !matches!(
                    reader.text(at),
                    "Bank" | "Group" | "Airport" | "Agency" | "Bridge" | "River" | "Lake" | "League"
                )
        };
        candidate.name.clone().any(institution)
    };
    let named = |things: u32| candidate.name.clone().any(|at| reader.has_flag(at, things));
    let meant = match candidate.kind {
        EntityKind::Organization => {
            (has(thing::BODY) || has(thing::COMPANY) && !named(thing::PUBLIC) && !named_otherwise())
                && !is_reporter(reader, candidate, noun)
                || has(thing::PAPER) && named(thing::PRESS)
                || has(thing::TRADE) && is_called(reader, candidate, noun)
        }
        EntityKind::Location => has(thing::TOWN) && !candidate.is_country && is_town(reader, &candidate.name),
        _ => false,
    };
    meant.then_some(cluster)
}

/// Whether an organisation reports of another: "the Herald said the company", "Nordvik News reported that the group".
fn is_reporter(reader: &Reader<'_>, candidate: &Cluster, noun: usize) -> bool {
    const VERB: usize = 5;
    let press = candidate.name.clone().any(|at| reader.has_flag(at, thing::PRESS))
        && !candidate.name.clone().any(|at| reader.has(at, cue::LEGAL_FORM));
    let reports = || {
        let mut mentions = candidate.mentions.iter().rev().map(|(span, _)| reader.doc.tokens_in(*span));
        let last = mentions.find(|tokens| tokens.end <= noun);
        last.is_some_and(|last| {
            reader.token(last.start).sentence() == reader.token(noun).sentence()
                && (last.end..noun.min(last.end + VERB))
                    .any(|at| matches!(reader.text(at), "reported" | "reports"))
        })
    };
    (press || reports()) && !is_called(reader, candidate, noun)
}

/// Whether a noun occurs next to a name of an organisation: "the insurer Velden Life", "Velden Life, a small insurer,".
fn is_called(reader: &Reader<'_>, candidate: &Cluster, noun: usize) -> bool {
    let is_noun = |at: usize| reader.token(at).hash() == reader.token(noun).hash();
    candidate.mentions.iter().take(MENTIONS).any(|(span, form)| {
        let tokens = reader.doc.tokens_in(*span);
        let after = tokens.end + 1..(tokens.end + 2 + LONGEST_APPOSITION).min(noun);
        let before = tokens.start.checked_sub(1).is_some_and(is_noun);
        let apposition =
            reader.text(tokens.end) == "," && matches!(reader.text(after.start), "a" | "an" | "the");
        let mut words = after.take_while(|&at| reader.token(at).is_word() || reader.text(at) == "-");
        *form == MentionForm::Name && (before || apposition && words.any(is_noun))
    })
}

/// The number of mentions of an organisation that are examined, and of words after each.
const MENTIONS: usize = 6;
const LONGEST_APPOSITION: usize = 5;

/// Whether a bank is a country's: "Bank of Norland", "Norland National Bank".
fn is_central(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let central = |at: usize| matches!(reader.text(at), "of" | "National" | "Central" | "Reserve" | "State");
    name.clone().any(central)
}

/// Whether a place may be a city: not a river or a state.
fn is_town(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let hash = name.clone().fold(0, |name, at| extend(name, reader.token(at).hash()));
    let cities = reader.tables.cities(hash);
    let town = |city: &City| reader.tables.region(hash).is_none_or(|region| cities::is_city_of(city, region));
    cities.iter().any(town)
        || cities.is_empty()
            && !reader.has(name.end - 1, cue::PLACE_END)
            && !matches!(reader.text(name.start), "Lake" | "Mount" | "River" | "Gulf" | "Strait" | "Isle")
            && reader.listed(name.clone()).is_none()
}
