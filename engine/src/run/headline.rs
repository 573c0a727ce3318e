//! A title that the text does not begin with, analysed as a small document of its own.
//!
//! Its entities are detected in the title alone, and then matched by name with those of the text.

use std::collections::HashMap;

use copydesk_core::layers::{Entity, EntityId, EntityKind, MentionForm};
use copydesk_core::{Document, DocumentView, Source, ZoneKind};

/// A title with its annotations.
#[derive(Clone, Debug)]
pub struct Headline<'a> {
    /// The title as a document: its text is the title, all of it a headline.
    pub document: &'a Document,
    /// For each of its entities, the same entity in the article, if any.
    pub same: &'a [Option<EntityId>],
}

/// The title of a document as a document of its own; `None` if there is none, or the text begins with it.
pub(super) fn source<'d>(doc: &DocumentView<'d>) -> Option<Source<'d>> {
    let title = doc.title().filter(|title| !title.trim().is_empty())?;
    let begins = doc.zones().first().is_some_and(|zone| zone.kind() == ZoneKind::Headline)
        || doc.text().trim_start().starts_with(title.trim());
    (!begins).then_some(Source {
        id: doc.id(),
        text: title,
        title: Some(title),
        date: doc.date(),
        targets: &[],
    })
}

/// For each entity of a headline, the same entity in the article: the only one with its name, an alias of it, or its
/// link; or, for a single word, the only person with this surname.
pub(super) fn same_entities(
    article: &DocumentView<'_>,
    headline: &DocumentView<'_>,
) -> Vec<Option<EntityId>> {
    if headline.entities().len() == 0 {
        return Vec::new();
    }
    let mut known = Known::default();
    for entity in article.entities() {
        known.add(article, entity);
    }
    headline.entities().map(|entity| known.find(headline, entity)).collect()
}

/// Keys of the entities of an article. A key shared by two of them matches neither.
#[derive(Default)]
struct Known {
    names: HashMap<String, Option<EntityId>>,
    surnames: HashMap<String, Option<EntityId>>,
    links: HashMap<(String, String, &'static str), Option<EntityId>>,
}

impl Known {
    fn add(&mut self, doc: &DocumentView<'_>, entity: Entity<'_>) {
        for name in names(doc, entity) {
            if entity.kind() == EntityKind::Person
                && let Some((_, surname)) = name.rsplit_once(' ')
            {
                insert(&mut self.surnames, surname.to_owned(), entity.id());
            }
            insert(&mut self.names, name, entity.id());
        }
        for (scheme, id) in entity.links() {
            insert(&mut self.links, (scheme.to_owned(), id.to_owned(), entity.kind().as_str()), entity.id());
        }
    }

    fn find(&self, doc: &DocumentView<'_>, entity: Entity<'_>) -> Option<EntityId> {
        let names = names(doc, entity);
        if names.iter().any(|name| self.surnames.get(name) == Some(&None)) {
            return None;
        }
        if let Some(found) = names.iter().find_map(|name| self.names.get(name)) {
            return *found;
        }
        let mut links = entity.links();
        let link = links.find_map(|(scheme, id)| {
            self.links.get(&(scheme.to_owned(), id.to_owned(), entity.kind().as_str())).copied()
        });
        let person = matches!(entity.kind(), EntityKind::Person);
        let surname = || names.iter().filter(|_| person).find_map(|name| self.surnames.get(name).copied());
        link.or_else(surname).flatten()
    }
}

fn insert<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Option<EntityId>>, key: K, id: EntityId) {
    map.entry(key).and_modify(|held| *held = held.filter(|held| *held == id)).or_insert(Some(id));
}

/// The names of an entity: its name, and its mentions that are names; in lower case, without "the" and the genitive.
fn names(doc: &DocumentView<'_>, entity: Entity<'_>) -> Vec<String> {
    let is_name = |form: MentionForm| matches!(form, MentionForm::Name | MentionForm::Alias);
    let mentions = entity.mentions().filter(|mention| is_name(mention.form));
    let mut names: Vec<String> =
        mentions.map(|mention| key(doc.slice(mention.span))).chain([key(entity.name())]).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    names
}

fn key(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'").replace('.', "");
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix('\'')).unwrap_or(&name);
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        words => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Effect, Emitter, Rule, RuleId};

    use super::*;

    static RULE: Rule = Rule {
        code: "test/entity",
        effect: Effect::Finds,
        what: "",
        why: "",
        example: "",
        counterexample: "",
    };

    /// A document with these entities: kind, name, and the text of each mention.
    fn document(text: &str, entities: &[(EntityKind, &str, &[&str])]) -> Document {
        let mut document = Document::new(Source { text, ..Source::default() }).expect("a short text");
        let mut emitter = Emitter::new();
        for (kind, name, mentions) in entities {
            let mut entity = emitter.entity(*kind, name, RuleId::new(&RULE));
            for mention in *mentions {
                let start = text.find(mention).unwrap_or_else(|| panic!("{mention} is in {text}"));
                let span = document.view().span(start, start + mention.len()).expect("a span");
                entity = entity.mention(span, MentionForm::Name);
            }
        }
        document.absorb(&emitter, &["entities"]).expect("right entities");
        document
    }

    /// The names in the article of the entities of a headline.
    fn same(article: &Document, headline: &[(EntityKind, &str)]) -> Vec<Option<String>> {
        let text: Vec<&str> = headline.iter().map(|(_, name)| *name).collect();
        let names: Vec<[&str; 1]> = text.iter().map(|name| [*name]).collect();
        let entities: Vec<(EntityKind, &str, &[&str])> = headline
            .iter()
            .zip(&names)
            .map(|((kind, name), mentions)| (*kind, *name, mentions.as_slice()))
            .collect();
        let headline = document(&text.join(" – "), &entities);
        let same = same_entities(&article.view(), &headline.view());
        let name = |id: EntityId| article.view().entity(id).map(|entity| entity.name().to_owned());
        same.into_iter().map(|id| id.and_then(name)).collect()
    }

    #[test]
    fn entities_are_found_by_name_alias_or_surname() {
        use EntityKind::{Location, Organization, Person};
        let article = document(
            "Anna Lund leads the Nordvik Port Authority (NPA). Jan Berg and Eva Berg left. Berg had no comment. The Dagbladet asked.",
            &[
                (Person, "Anna Lund", &["Anna Lund"]),
                (Organization, "Nordvik Port Authority", &["Nordvik Port Authority", "NPA"]),
                (Person, "Jan Berg", &["Jan Berg", "Berg had"]),
                (Person, "Eva Berg", &["Eva Berg"]),
                (Organization, "Dagbladet", &["Dagbladet"]),
            ],
        );
        let some = |name: &str| Some(name.to_owned());
        let headline = [
            (Person, "Lund"),
            (Organization, "NPA"),
            (Person, "Jan Berg"),
            (Person, "Berg"),
            (Organization, "The Dagbladet"),
            (Location, "Nordvik"),
            (Organization, "Lund"),
        ];
        assert_eq!(
            same(&article, &headline[..6]),
            [
                some("Anna Lund"),
                some("Nordvik Port Authority"),
                some("Jan Berg"),
                None,
                some("Dagbladet"),
                None
            ]
        );
        assert_eq!(same(&article, &headline[6..]), [None], "a surname is a person's");
    }

    #[test]
    fn a_title_that_the_text_begins_with_is_none() {
        let wanted = |title: Option<&str>, text: &str| {
            let document = Document::new(Source { text, title, ..Source::default() }).expect("a short text");
            source(&document.view()).map(|source| source.text.to_owned())
        };
        let text = "Lund quits\n\nAnna Lund stepped down on Tuesday.";
        assert_eq!(wanted(Some("Lund quits"), text), None);
        assert_eq!(wanted(Some(" Lund quits "), text), None);
        assert_eq!(wanted(Some("Lund quits"), "Lund quits: the chair stepped down."), None);
        assert_eq!(
            wanted(Some("Chair quits"), "Anna Lund stepped down on Tuesday."),
            Some("Chair quits".to_owned())
        );
        assert_eq!(wanted(Some("  "), text), None);
        assert_eq!(wanted(None, text), None);
    }

    #[test]
    fn all_of_a_title_is_headline() {
        let title = "Lund quits as chair";
        let document = Document::new(Source { text: title, title: Some(title), ..Source::default() })
            .expect("a short text");
        assert_eq!(document.view().zone_at(0), ZoneKind::Headline);
        assert_eq!(document.view().zone_at(title.len() as u32 - 1), ZoneKind::Headline);
    }
}
