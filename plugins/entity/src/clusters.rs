//! One entity a thing: puts the names of a document together.

use std::collections::HashMap;
use std::ops::Range;

use copydesk_core::Span;
use copydesk_core::layers::{EntityKind, MentionForm};

use crate::names::Name;
use crate::reader::Reader;
use crate::tables::{NOWHERE, extend};

/// An entity in the making.
pub(crate) struct Cluster {
    pub(crate) kind: EntityKind,
    /// The tokens of its fullest name.
    pub(crate) name: Range<usize>,
    pub(crate) mentions: Vec<(Span, MentionForm)>,
    pub(crate) country: u16,
    /// It is the country, or the people of the country, not something in it.
    pub(crate) is_country: bool,
    pub(crate) role: Option<Range<usize>>,
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
}

/// The clusters and, in text order, which cluster each mention belongs to.
pub(crate) struct Clusters {
    pub(crate) all: Vec<Cluster>,
    /// (first token, end token, cluster) of every name, in text order.
    pub(crate) order: Vec<(usize, usize, usize)>,
}

/// By what a later name finds its cluster.
#[derive(Default)]
struct Index {
    forms: HashMap<(u64, u8), usize>,
    /// The last and the first words of people.
    people: HashMap<u64, usize>,
    /// The first words of organisations.
    organisations: HashMap<u64, usize>,
    initials: HashMap<u64, usize>,
    countries: HashMap<(u16, u8), usize>,
}

pub(crate) fn gather(reader: &Reader<'_>, names: &[Name]) -> Clusters {
    let mut clusters = Clusters { all: Vec::new(), order: Vec::with_capacity(names.len()) };
    let mut index = Index::default();
    let mut previous: Option<(usize, usize)> = None;
    for name in names {
        let bracketed = previous.filter(|(end, _)| {
            reader.text(*end) == "(" && name.tokens.start == end + 1 && reader.text(name.tokens.end) == ")"
        });
        let alias_of = bracketed
            .map(|(_, cluster)| cluster)
            .filter(|&cluster| abbreviates(reader, name, &clusters.all[cluster].name));
        let found = alias_of.or_else(|| index.find(reader, name));
        let place = found.unwrap_or_else(|| {
            clusters.all.push(Cluster {
                kind: name.kind,
                name: name.tokens.clone(),
                mentions: Vec::new(),
                country: name.country,
                is_country: name.is_country,
                role: None,
                confidence: name.confidence,
                rule: name.rule,
            });
            clusters.all.len() - 1
        });
        clusters.all[place].take(reader, name, alias_of.is_some());
        index.add(reader, name, place);
        clusters.order.push((name.tokens.start, name.tokens.end, place));
        previous = Some((name.tokens.end, place));
    }
    clusters
}

impl Cluster {
    fn take(&mut self, reader: &Reader<'_>, name: &Name, alias: bool) {
        let span = reader.doc.token_span(name.tokens.start, name.tokens.end);
        let form = if alias && name.form == MentionForm::Name { MentionForm::Alias } else { name.form };
        self.mentions.push((span, form));
        let length = |tokens: &Range<usize>| reader.doc.token_span(tokens.start, tokens.end).len();
        // A demonym never names its people more fully than the first one did.
        if form == MentionForm::Name && length(&name.tokens) > length(&self.name) {
            self.name = name.tokens.clone();
        }
        if name.confidence > self.confidence {
            (self.confidence, self.rule) = (name.confidence, name.rule);
        }
        if self.role.is_none() {
            self.role = name.role.clone();
        }
    }
}

impl Index {
    fn find(&self, reader: &Reader<'_>, name: &Name) -> Option<usize> {
        if name.is_country && name.country != NOWHERE {
            return self.countries.get(&(name.country, name.kind as u8)).copied();
        }
        if let Some(cluster) = self.forms.get(&(form_of(reader, &name.tokens), family(name.kind))) {
            return Some(*cluster);
        }
        let word = reader.token(name.tokens.start).hash();
        let one = name.tokens.len() == 1;
        match name.kind {
            EntityKind::Person if one => self.people.get(&word).copied(),
            EntityKind::Organization if one => self
                .initials
                .get(&acronym(reader, &name.tokens))
                .or_else(|| self.organisations.get(&word))
                .copied(),
            EntityKind::Location | EntityKind::Law | EntityKind::Event if one => {
                self.initials.get(&acronym(reader, &name.tokens)).copied()
            }
            _ => None,
        }
    }

    fn add(&mut self, reader: &Reader<'_>, name: &Name, cluster: usize) {
        self.forms.insert((form_of(reader, &name.tokens), family(name.kind)), cluster);
        if name.is_country && name.country != NOWHERE {
            self.countries.insert((name.country, name.kind as u8), cluster);
        }
        if name.tokens.len() == 1 {
            return;
        }
        let word = |at: usize| reader.token(at).hash();
        match name.kind {
            EntityKind::Person => {
                // A later person of the same surname takes it over: the text goes on about that one.
                self.people.insert(word(name.tokens.end - 1), cluster);
                self.people.entry(word(name.tokens.start)).or_insert(cluster);
            }
            EntityKind::Organization => {
                self.organisations.entry(word(name.tokens.start)).or_insert(cluster);
            }
            _ => {}
        }
        if name.kind != EntityKind::Person {
            self.initials.entry(initials(reader, &name.tokens)).or_insert(cluster);
        }
    }
}

/// Kinds that are easily taken for one another share names.
fn family(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Group => 1,
        EntityKind::Location | EntityKind::Facility => 2,
        _ => 3,
    }
}

/// The hash of a name's words.
fn form_of(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    tokens.clone().fold(0, |form, at| extend(form, reader.token(at).hash()))
}

/// The hash of the first letters of a name's capitalised words.
fn initials(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    let firsts = tokens.clone().filter_map(|at| reader.text(at).chars().next());
    letters(firsts.filter(|letter| letter.is_uppercase()))
}

/// The hash of an acronym's letters, without its full stops.
fn acronym(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    letters(reader.text(tokens.start).chars().filter(|letter| letter.is_uppercase()))
}

fn letters(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |hash, letter| extend(hash, u64::from(u32::from(letter))))
}

/// Whether the name in brackets is a short form of the one in front: its letters occur there in order, the first one first.
fn abbreviates(reader: &Reader<'_>, short: &Name, long: &Range<usize>) -> bool {
    if short.tokens.len() != 1 || long.len() < 2 {
        return false;
    }
    let span = reader.doc.token_span(long.start, long.end);
    let mut text = reader.doc.slice(span).chars().map(|letter| letter.to_ascii_lowercase());
    let mut short = reader.text(short.tokens.start).chars().filter(|letter| letter.is_alphabetic());
    let (Some(first_long), Some(first_short)) = (text.next(), short.next()) else { return false };
    first_long == first_short.to_ascii_lowercase()
        && short.all(|letter| text.any(|other| other == letter.to_ascii_lowercase()))
}
