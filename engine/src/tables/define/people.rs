//! `people`

use super::{CorpusRow, table};
use crate::tables::context::joined;
use crate::tables::{Column, Kind, Row, Table};

/// A person across documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The id: a name in lower case, or that of a registry.
    pub global_id: String,
    /// The most frequent name in documents.
    pub name: String,
    /// All names, the most frequent first.
    pub names: Vec<String>,
    /// All roles, the most frequent first.
    pub roles: Vec<String>,
    /// Documents.
    pub documents: u64,
    /// Documents, counting copies of one article once.
    pub stories: u64,
    /// Mentions.
    pub mentions: u64,
    /// Quotes by this person.
    pub quotes: u64,
    /// The first and the last day of publication.
    pub dates: Option<(String, String)>,
}

table! {
    /// A person across the documents of a corpus; made by `copydesk corpus`.
    people(person: &Person, _cx: ()) key [] {
        /// The most frequent name in documents.
        name: text = &person.name,
        /// All names in documents, the most frequent first, separated by "; ".
        names: text = joined(person.names.iter().map(String::as_str)),
        /// All roles, the most frequent first, separated by "; ".
        roles: text null = joined(person.roles.iter().map(String::as_str)),
        /// The number of documents that mention the person.
        documents: integer = person.documents,
        /// The same, counting copies of one article once.
        stories: integer = person.stories,
        /// The number of mentions.
        mentions: integer = person.mentions,
        /// The number of quotes by this person.
        quotes: integer = person.quotes,
        /// The day of publication of the first document.
        first_date: date null = person.dates.as_ref().map(|(first, _)| first),
        /// The day of publication of the last document.
        last_date: date null = person.dates.as_ref().map(|(_, last)| last),
    }
}

/// The table, whose rows belong to no single document.
pub(super) fn of_corpus() -> Table {
    let subject = Column::new(
        "global_id",
        Kind::Text,
        false,
        "The person: `entities.global_id` and `quotes.speaker_global_id`.",
    );
    Table { subject, key: vec!["global_id"], ..table() }
}

impl CorpusRow for Person {
    const TABLE: &'static str = "people";

    fn subject(&self) -> &str {
        &self.global_id
    }

    fn fill(&self, row: &mut Row<'_>) {
        fill(self, (), row);
    }
}
