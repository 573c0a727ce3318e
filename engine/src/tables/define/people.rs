//! `people`

use super::{CorpusRow, table};
use crate::tables::context::joined;
use crate::tables::{Column, Kind, Row, Table};

/// A person across documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The id: a name in small letters, or that of a registry.
    pub global_id: String,
    /// The name that most documents have.
    pub name: String,
    /// All names, the most frequent first.
    pub names: Vec<String>,
    /// All roles, the most frequent first.
    pub roles: Vec<String>,
    /// Documents.
    pub documents: u64,
    /// Documents, copies of one another counted once.
    pub stories: u64,
    /// Mentions.
    pub mentions: u64,
    /// Quotes of which it is the speaker.
    pub quotes: u64,
    /// The first and the last day of publication.
    pub dates: Option<(String, String)>,
}

table! {
    /// A person across the documents of a corpus; made by `copydesk corpus`.
    people(person: &Person, _cx: ()) key [] {
        /// The name that most documents have.
        name: text = &person.name,
        /// All names that documents have, the most frequent first, "; " between them.
        names: text = joined(person.names.iter().map(String::as_str)),
        /// What the person is called besides, the most frequent first, "; " between them.
        roles: text null = joined(person.roles.iter().map(String::as_str)),
        /// In how many documents it is mentioned.
        documents: integer = person.documents,
        /// The same, copies of one article counted once.
        stories: integer = person.stories,
        /// How often it is mentioned.
        mentions: integer = person.mentions,
        /// How many quotes it is the speaker of.
        quotes: integer = person.quotes,
        /// The day of publication of the first document.
        first_date: date null = person.dates.as_ref().map(|(first, _)| first),
        /// The day of publication of the last document.
        last_date: date null = person.dates.as_ref().map(|(_, last)| last),
    }
}

/// The table, whose rows are no document's.
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
