//! Counts the relations in a corpus, counting copies of one article once.

use std::collections::BTreeMap;

use super::Found;
use crate::output::ParsedLine;
use crate::output::parsed::{Entity, Quote};
use crate::tables::{Person, Quotation};

/// The summary of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Documents.
    pub documents: u64,
    /// Documents that are a copy of an earlier one.
    pub copies: u64,
    /// Articles that have copies.
    pub copied: u64,
    /// Quotes.
    pub quotes: u64,
    /// Quotes in documents that are not copies.
    pub quotes_once: u64,
    /// Quotes that occur more than once.
    pub quotations: u64,
    /// Of these, quotes in several documents that are not copies.
    pub recurring: u64,
    /// People who were identified.
    pub people: u64,
    /// The quotes in the largest number of documents, counting copies once.
    pub widespread: Vec<Widespread>,
    /// Lines that are not results.
    pub failed: u64,
    /// The locations and reasons of the first of them.
    pub failures: Vec<String>,
}

/// A quote in many documents.
#[derive(Clone, Debug)]
pub struct Widespread {
    /// Its words.
    pub text: String,
    /// Its speaker.
    pub speaker: Option<String>,
    /// The number of documents, counting copies once.
    pub stories: u64,
}

/// Counts made while lines are written.
#[derive(Debug, Default)]
pub(super) struct Summary {
    shared: Shared,
    people: BTreeMap<String, PersonCount>,
    quotations: BTreeMap<String, Quotation>,
}

#[derive(Debug, Default)]
struct PersonCount {
    person: Person,
    names: BTreeMap<String, u64>,
    roles: BTreeMap<String, u64>,
}

/// The union of two ranges of days.
fn span(a: Option<(String, String)>, b: Option<(String, String)>) -> Option<(String, String)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

impl Summary {
    /// Counts a line.
    pub(super) fn see(&mut self, line: &ParsedLine<'_>) {
        let once = u64::from(line.duplicate_of.is_none());
        let date = line.date.as_ref().map(|date| (date.to_string(), date.to_string()));
        let layers = || std::iter::once(&line.layers).chain(&line.headline);
        let quotes: Vec<&Quote<'_>> = layers().flat_map(|layers| layers.quotes.iter().flatten()).collect();
        let entities: Vec<&Entity<'_>> =
            layers().flat_map(|layers| layers.entities.iter().flatten()).collect();
        self.shared.documents += 1;
        self.shared.copies += 1 - once;
        self.shared.copied += once & u64::from(line.duplicate_cluster.is_some());
        self.shared.quotes += quotes.len() as u64;
        self.shared.quotes_once += once * quotes.len() as u64;
        let mut seen: Vec<&str> = Vec::new();
        for entity in &entities {
            let Some(id) = entity.global_id.as_deref() else { continue };
            let count = self.people.entry(id.to_owned()).or_default();
            *count.names.entry(entity.name.to_string()).or_default() += 1;
            if let Some(role) = super::collect::seen(entity).role {
                *count.roles.entry(role).or_default() += 1;
            }
            let person = &mut count.person;
            person.mentions += entity.mentions.len() as u64;
            let spoken = |quote: &&&Quote<'_>| {
                let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.entity.as_ref());
                speaker.is_some_and(|speaker| *speaker == entity.id)
            };
            person.quotes += quotes.iter().filter(spoken).count() as u64;
            if !seen.contains(&id) {
                seen.push(id);
                person.documents += 1;
                person.stories += once;
                person.dates = span(person.dates.take(), date.clone());
            }
        }
        self.see_quotes(&quotes, &entities, once, date);
    }

    fn see_quotes(
        &mut self,
        quotes: &[&Quote<'_>],
        entities: &[&Entity<'_>],
        once: u64,
        date: Option<(String, String)>,
    ) {
        let mut seen: Vec<&str> = Vec::new();
        for quote in quotes {
            let Some(id) = quote.quotation.as_deref() else { continue };
            let quotation = self.quotations.entry(id.to_owned()).or_default();
            let how = quote.quotation_match.as_deref();
            if how == Some("first") {
                quotation.text = quote.text.to_string();
            }
            quotation.quotes += 1;
            quotation.cut += u64::from(how == Some("cut"));
            quotation.altered += u64::from(how == Some("altered"));
            if let Some(speaker) = &quote.speaker
                && quotation.speaker.is_none()
            {
                let words = speaker.name.as_ref().or(speaker.text.as_ref());
                quotation.speaker = words.map(|words| words.to_string());
                let entity = entities.iter().find(|entity| speaker.entity.as_ref() == Some(&entity.id));
                quotation.speaker_global_id =
                    entity.and_then(|entity| entity.global_id.as_deref()).map(str::to_owned);
            }
            if !seen.contains(&id) {
                seen.push(id);
                quotation.documents += 1;
                quotation.stories += once;
                quotation.dates = span(quotation.dates.take(), date.clone());
            }
        }
    }

    /// Adds the counts of later lines.
    pub(super) fn take(&mut self, later: Self) {
        let (all, more) = (&mut self.shared, later.shared);
        all.documents += more.documents;
        all.copies += more.copies;
        all.copied += more.copied;
        all.quotes += more.quotes;
        all.quotes_once += more.quotes_once;
        for (id, more) in later.people {
            let count = self.people.entry(id).or_default();
            more.names.into_iter().for_each(|(name, times)| *count.names.entry(name).or_default() += times);
            more.roles.into_iter().for_each(|(role, times)| *count.roles.entry(role).or_default() += times);
            let (person, more) = (&mut count.person, more.person);
            person.documents += more.documents;
            person.stories += more.stories;
            person.mentions += more.mentions;
            person.quotes += more.quotes;
            person.dates = span(person.dates.take(), more.dates);
        }
        for (id, more) in later.quotations {
            let quotation = self.quotations.entry(id).or_default();
            if quotation.text.is_empty() {
                quotation.text = more.text;
            }
            if quotation.speaker.is_none() {
                (quotation.speaker, quotation.speaker_global_id) = (more.speaker, more.speaker_global_id);
            }
            quotation.quotes += more.quotes;
            quotation.documents += more.documents;
            quotation.stories += more.stories;
            quotation.cut += more.cut;
            quotation.altered += more.altered;
            quotation.dates = span(quotation.dates.take(), more.dates);
        }
    }

    /// The people, by id.
    pub(super) fn people(&self) -> Vec<Person> {
        let person = |(id, count): (&String, &PersonCount)| {
            let names = by_frequency(&count.names);
            let name = names.first().cloned().unwrap_or_default();
            let stories = count.person.stories.max(1);
            let (global_id, roles) = (id.clone(), by_frequency(&count.roles));
            Person { global_id, name, names, roles, stories, ..count.person.clone() }
        };
        self.people.iter().map(person).collect()
    }

    /// The quotes that occur more than once, by id.
    pub(super) fn quotations(&self) -> Vec<Quotation> {
        let quotation = |(id, quotation): (&String, &Quotation)| Quotation {
            quotation: id.clone(),
            stories: quotation.stories.max(1),
            ..quotation.clone()
        };
        self.quotations.iter().map(quotation).collect()
    }

    /// The report.
    pub(super) fn shared(self, people: u64, quotations: &[Quotation], found: &Found) -> Shared {
        const SHOWN: usize = 5;
        let mut recurring: Vec<&Quotation> =
            quotations.iter().filter(|quotation| quotation.stories > 1).collect();
        let count = recurring.len() as u64;
        recurring.sort_by_key(|quotation| std::cmp::Reverse((quotation.stories, quotation.quotes)));
        let widespread = recurring.iter().take(SHOWN).map(|quotation| Widespread {
            text: quotation.text.clone(),
            speaker: quotation.speaker.clone(),
            stories: quotation.stories,
        });
        Shared {
            quotations: quotations.len() as u64,
            recurring: count,
            people,
            widespread: widespread.collect(),
            failed: found.failed,
            failures: found.failures.clone(),
            ..self.shared
        }
    }
}

fn by_frequency(counts: &BTreeMap<String, u64>) -> Vec<String> {
    let mut all: Vec<(&String, &u64)> = counts.iter().collect();
    all.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    all.into_iter().map(|(name, _)| name.clone()).collect()
}
