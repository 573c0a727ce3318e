//! Groups the names of a document into one entity per thing.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Case, RuleId, Span};

use crate::recognize::exact_kind::Basis;
use crate::recognize::gender::{self, Gender};
use crate::recognize::names::Name;
use crate::recognize::roles;
use crate::resolve::cities;
use crate::resolve::index::Index;
use crate::tables::{NOWHERE, extend};
use crate::words::Reader;
use crate::words::keys::untitled;
use crate::words::letters::{abbreviates, acronym};

/// The number of kinds of the output.
const KINDS: usize = EntityKind::ALL.len();

/// The weight of a word of a longer name for another kind.
const PART: f32 = 0.4;

/// The weight of its letters alone.
const LETTERS: f32 = 0.1;

/// The additional weight of a name whose own words show its kind.
const OWN_WORDS: f32 = 4.0;

/// An entity in the making.
pub(crate) struct Cluster {
    pub(crate) kind: EntityKind,
    /// The tokens of its fullest name.
    pub(crate) name: Range<usize>,
    pub(crate) mentions: Vec<(Span, MentionForm)>,
    /// The number of them that are "I", "you" and the like, which say little about how central the person is.
    pub(crate) in_person: usize,
    pub(crate) country: u16,
    /// It is the country, or its people, not something in it.
    pub(crate) is_country: bool,
    pub(crate) role: Option<Range<usize>>,
    /// The gender of the person, if titles or the given name show it.
    pub(crate) gender: Option<Gender>,
    /// The index of another person with the surname, named before.
    pub(crate) namesake: Option<usize>,
    /// The sentence of the last name.
    last: usize,
    /// The index of its entry in the user's lists.
    pub(crate) listing: Option<u32>,
    /// The state or province after it, by its index in the list.
    state: Option<u16>,
    /// The sum of the evidence for each kind.
    votes: [f32; KINDS],
    pub(crate) confidence: f32,
    pub(crate) rule: RuleId,
}

/// The clusters and, in text order, the cluster of each mention.
pub(crate) struct Clusters {
    pub(crate) all: Vec<Cluster>,
    /// (first token, end token, cluster) of every name, in text order.
    pub(crate) order: Vec<(usize, usize, usize)>,
}

pub(crate) fn gather(reader: &Reader<'_>, names: &[Name]) -> Clusters {
    let mut clusters = Clusters { all: Vec::new(), order: Vec::with_capacity(names.len()) };
    let mut index = Index::with_capacity(names.len());
    let mut previous: Option<(usize, usize)> = None;
    for name in names {
        let bracketed = previous.filter(|(end, _)| {
            reader.text(*end) == "(" && name.tokens.start == end + 1 && reader.text(name.tokens.end) == ")"
        });
        let alias_of = bracketed
            .map(|(_, cluster)| cluster)
            .filter(|&cluster| abbreviates(reader, name.tokens.clone(), &clusters.all[cluster].name));
        let listed = name.listing.and_then(|number| index.listings.get(&number).copied());
        let mut found = listed.or(alias_of).or_else(|| index.find(reader, &clusters.all, name));
        // Portland, Oregon, and Portland, Maine.
        let state = (name.kind == EntityKind::Location)
            .then(|| cities::state_at(reader, name.tokens.end))
            .flatten()
            .map(|state| state.number);
        let another = |place: &usize| {
            state.is_some_and(|state| clusters.all[*place].state.is_some_and(|other| other != state))
        };
        found = found.filter(|place| !another(place));
        let person;
        let name = match found.or_else(|| index.person_after_all(reader, &clusters.all, name)) {
            after_all @ Some(_) if found.is_none() => {
                found = after_all;
                person = Name { kind: EntityKind::Person, ..name.clone() };
                &person
            }
            _ => name,
        };
        let place = found.unwrap_or_else(|| {
            clusters.all.push(Cluster {
                kind: name.kind,
                name: full_name(reader, name),
                mentions: Vec::with_capacity(4),
                in_person: 0,
                country: name.country,
                is_country: name.is_country,
                role: None,
                gender: None,
                namesake: None,
                last: 0,
                listing: None,
                state,
                votes: [0.0; KINDS],
                confidence: name.confidence,
                rule: name.rule,
            });
            clusters.all.len() - 1
        });
        clusters.all[place].state = clusters.all[place].state.or(state);
        clusters.all[place].take(reader, name, alias_of.is_some());
        index.add(reader, &mut clusters.all, name, place);
        if alias_of.is_some() && reader.token(name.tokens.start).case() == Case::Upper {
            // An abbreviation in brackets is valid for the rest of the text. "AfDB" itself is known now, and "ADB" may be another.
            index.initials.insert(acronym(reader, &name.tokens), place);
        }
        if let Some(number) = name.listing {
            index.listings.insert(number, place);
        }
        clusters.order.push((name.tokens.start, name.tokens.end, place));
        previous = Some((name.tokens.end, place));
    }
    settle(reader, &mut clusters.all);
    clusters
}

/// The words of a name that name its owner.
fn full_name(reader: &Reader<'_>, name: &Name) -> Range<usize> {
    if name.kind == EntityKind::Person { untitled(reader, &name.tokens) } else { name.tokens.clone() }
}

/// A demonym of two countries refers to the one that the document names.
fn settle(reader: &Reader<'_>, clusters: &mut [Cluster]) {
    for place in 0..clusters.len() {
        let Cluster { kind, is_country, country, .. } = clusters[place];
        if kind != EntityKind::Group || !is_country || clusters[place].name.len() != 1 {
            continue;
        }
        let hash = extend(0, reader.token(clusters[place].name.start).hash());
        let Some(second) = reader.tables.second_country(hash) else { continue };
        let named = |wanted: u16| {
            clusters.iter().any(|other| other.kind == EntityKind::Location && other.country == wanted)
        };
        if named(second) && !named(country) {
            clusters[place].country = second;
        }
    }
}

impl Cluster {
    /// The number of mentions.
    pub(crate) fn spoken_of(&self) -> usize {
        self.mentions.len() - self.in_person
    }

    /// Whether it was named exactly once.
    pub(crate) fn is_new(&self) -> bool {
        self.mentions.len() == 1
    }

    /// How likely a person is the subject: how often named, and whether in this sentence or the one before.
    pub(crate) fn prominence(&self, sentence: usize) -> usize {
        self.mentions.len() + if self.last + 1 >= sentence { 4 } else { 0 }
    }

    fn take(&mut self, reader: &Reader<'_>, name: &Name, alias: bool) {
        let span = reader.doc.token_span(name.tokens.start, name.tokens.end);
        let form = if alias && name.form == MentionForm::Name { MentionForm::Alias } else { name.form };
        self.mentions.push((span, form));
        let length = |tokens: &Range<usize>| reader.doc.token_span(tokens.start, tokens.end).len();
        // An entity has one kind: the one with the most evidence in its mentions, the first of equals.
        // Laws and the like are recognised by their own words, which a short form lacks.
        let by_own_words = matches!(name.kind, EntityKind::Law | EntityKind::Event | EntityKind::Work)
            || name.basis == Basis::Words;
        // A word of a longer name says less about its kind than the whole: "Hartwell" looks like a person.
        let part = name.tokens.len() == 1 && self.name.len() > 1;
        let weight = match (part && name.kind != self.kind, name.form) {
            (true, MentionForm::Alias) => LETTERS,
            (true, _) => PART,
            (false, _) => 1.0,
        };
        self.votes[name.kind as usize] +=
            weight * name.confidence + if by_own_words { OWN_WORDS } else { 0.0 };
        if self.votes[name.kind as usize] > self.votes[self.kind as usize] {
            self.kind = name.kind;
        }
        self.listing = self.listing.or(name.listing);
        if name.country != NOWHERE && self.country == NOWHERE {
            self.country = name.country;
        }
        // A later demonym is not a fuller name of its people than the first.
        let full = full_name(reader, name);
        if form == MentionForm::Name && length(&full) > length(&self.name) {
            self.name = full;
        }
        if name.confidence > self.confidence {
            (self.confidence, self.rule) = (name.confidence, name.rule);
        }
        let replaced = |role: &Range<usize>| roles::is_kin(reader, role);
        if name.role.is_some() && self.role.as_ref().is_none_or(replaced) {
            self.role.clone_from(&name.role);
        }
        if name.kind == EntityKind::Person && self.gender.is_none() {
            self.gender = gender::of(reader, name);
        }
        self.last = reader.token(name.tokens.start).sentence();
    }
}
