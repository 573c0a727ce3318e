//! One entity a thing: puts the names of a document together.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Span, hash_lower};
use copydesk_learn::feature::Identity;

use crate::names::Name;
use crate::reader::Reader;
use crate::tables::{Listed, NOWHERE, cue, extend};

/// Kinds of the output.
const KINDS: usize = EntityKind::ALL.len();

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
    /// What a user's list says of it, by number.
    pub(crate) listing: Option<u32>,
    /// How much speaks for each kind.
    votes: [f32; KINDS],
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
}

/// The clusters and, in text order, which cluster each mention belongs to.
pub(crate) struct Clusters {
    pub(crate) all: Vec<Cluster>,
    /// (first token, end token, cluster) of every name, in text order.
    pub(crate) order: Vec<(usize, usize, usize)>,
}

/// Keys are hashes, or few and small.
type Map<K> = HashMap<K, usize, BuildHasherDefault<Identity>>;

/// By what a later name finds its cluster.
#[derive(Default)]
struct Index {
    forms: Map<(u64, u8)>,
    /// The last and the first words of people.
    people: Map<u64>,
    /// The first words of organisations.
    organisations: Map<u64>,
    initials: Map<u64>,
    countries: Map<(u16, u8)>,
    /// Rows of the user's lists.
    listings: Map<u32>,
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
            .filter(|&cluster| abbreviates(reader, name.tokens.clone(), &clusters.all[cluster].name));
        let listed = name.listing.and_then(|number| index.listings.get(&number).copied());
        let found = listed.or(alias_of).or_else(|| index.find(reader, name));
        let place = found.unwrap_or_else(|| {
            clusters.all.push(Cluster {
                kind: name.kind,
                name: name.tokens.clone(),
                mentions: Vec::new(),
                country: name.country,
                is_country: name.is_country,
                role: None,
                listing: None,
                votes: [0.0; KINDS],
                confidence: name.confidence,
                rule: name.rule,
            });
            clusters.all.len() - 1
        });
        clusters.all[place].take(reader, name, alias_of.is_some());
        index.add(reader, name, place);
        if alias_of.is_some() {
            // What brackets told once holds for the rest of the text.
            index.initials.insert(acronym(reader, &name.tokens), place);
        }
        if let Some(number) = name.listing {
            index.listings.insert(number, place);
        }
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
        // One thing has one kind: the one that most of its mentions speak for, the first of equals.
        // Laws and the like are told by their own words, which a short form lacks.
        let told = matches!(name.kind, EntityKind::Law | EntityKind::Event | EntityKind::Work);
        self.votes[name.kind as usize] += name.confidence + if told { 2.0 } else { 0.0 };
        if self.votes[name.kind as usize] > self.votes[self.kind as usize] {
            self.kind = name.kind;
        }
        self.listing = self.listing.or(name.listing);
        if name.country != NOWHERE && self.country == NOWHERE {
            self.country = name.country;
        }
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
        let word = plain(reader, name.tokens.start);
        let one = name.tokens.len() == 1;
        match name.kind {
            EntityKind::Person if one => self.people.get(&word).copied(),
            // "George Bush" for "George W. Bush"
            EntityKind::Person => self.forms.get(&(ends_of(reader, &name.tokens), PEOPLE_BY_ENDS)).copied(),
            EntityKind::Organization if one => self
                .initials
                .get(&acronym(reader, &name.tokens))
                .or_else(|| self.organisations.get(&word))
                .copied(),
            EntityKind::Organization => self
                .forms
                .get(&(form_of(reader, &core_of(reader, &name.tokens)), ORGANISATIONS_BY_CORE))
                .copied(),
            // Letters alone say little of their kind: "the JCPOA".
            _ if one => self.initials.get(&acronym(reader, &name.tokens)).copied(),
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
        let word = |at: usize| plain(reader, at);
        match name.kind {
            EntityKind::Person => {
                // A later person of the same surname takes it over: the text goes on about that one.
                self.people.insert(word(name.tokens.end - 1), cluster);
                self.people.entry(word(name.tokens.start)).or_insert(cluster);
                self.forms.entry((ends_of(reader, &name.tokens), PEOPLE_BY_ENDS)).or_insert(cluster);
            }
            EntityKind::Organization => {
                // "Hartwell & Sons" is "Hartwell" later; "National Bank" is not "National", nor "Dutch Bank" "Dutch".
                let telling = reader.cues(name.tokens.start) & (cue::COMMON | cue::GAZETTEER) == 0;
                if telling {
                    self.organisations.entry(word(name.tokens.start)).or_insert(cluster);
                }
                let core = core_of(reader, &name.tokens);
                self.forms.entry((form_of(reader, &core), ORGANISATIONS_BY_CORE)).or_insert(cluster);
            }
            _ => {}
        }
        if name.kind != EntityKind::Person {
            self.initials.entry(initials(reader, &name.tokens)).or_insert(cluster);
        }
    }
}

/// Families beside those of `family`, for other keys than whole names.
const PEOPLE_BY_ENDS: u8 = 100;
const ORGANISATIONS_BY_CORE: u8 = 101;

/// The hash of a person's first and last word.
fn ends_of(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    extend(extend(0, plain(reader, tokens.start)), plain(reader, tokens.end - 1))
}

/// An organisation's name without the country in front and the legal form behind: "Foreign Ministry", "Nordvik".
fn core_of(reader: &Reader<'_>, tokens: &Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens.clone();
    if end - start > 1 && reader.has(end - 1, cue::LEGAL_FORM) {
        end -= 1;
    }
    let country = matches!(reader.listed(start..start + 1), Some(Listed::Country(_) | Listed::Demonym(_)));
    if end - start > 2 && country {
        start += 1;
    }
    start..end
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
    tokens.clone().fold(0, |form, at| extend(form, plain(reader, at)))
}

/// The hash of a word without its diacritics: "Bogotá" and "Bogota" are one.
fn plain(reader: &Reader<'_>, at: usize) -> u64 {
    let token = reader.token(at);
    if !token.has(copydesk_core::segment::token_flag::NON_ASCII) {
        return token.hash();
    }
    let folded: String =
        reader.text(at).chars().map(|letter| fold_letter(letter).unwrap_or(letter)).collect();
    hash_lower(&folded)
}

/// The letter without its mark, for the Latin letters of European names.
fn fold_letter(letter: char) -> Option<char> {
    const FOLDS: [(&str, char); 22] = [
        ("àáâãäåāăą", 'a'),
        ("ÀÁÂÃÄÅĀĂĄ", 'A'),
        ("çćĉċč", 'c'),
        ("ÇĆĈĊČ", 'C'),
        ("ďđ", 'd'),
        ("èéêëēĕėęě", 'e'),
        ("ÈÉÊËĒĔĖĘĚ", 'E'),
        ("ĝğġģ", 'g'),
        ("ìíîïĩīĭįı", 'i'),
        ("ÌÍÎÏİ", 'I'),
        ("łľĺ", 'l'),
        ("Ł", 'L'),
        ("ñńņň", 'n'),
        ("òóôõöøōŏő", 'o'),
        ("ÒÓÔÕÖØŌŐ", 'O'),
        ("ŕřŗ", 'r'),
        ("śŝşšș", 's'),
        ("ŚŞŠȘ", 'S'),
        ("ťţț", 't'),
        ("ùúûüũūŭůű", 'u'),
        ("ýÿ", 'y'),
        ("źżžŹŻŽ", 'z'),
    ];
    FOLDS.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, plain)| *plain)
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
pub(crate) fn abbreviates(reader: &Reader<'_>, short: Range<usize>, long: &Range<usize>) -> bool {
    if short.len() != 1 || long.len() < 2 {
        return false;
    }
    let span = reader.doc.token_span(long.start, long.end);
    let mut text = reader.doc.slice(span).chars().map(|letter| letter.to_ascii_lowercase());
    let mut short = reader.text(short.start).chars().filter(|letter| letter.is_alphabetic());
    let (Some(first_long), Some(first_short)) = (text.next(), short.next()) else { return false };
    first_long == first_short.to_ascii_lowercase()
        && short.all(|letter| text.any(|other| other == letter.to_ascii_lowercase()))
}
