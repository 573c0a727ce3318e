//! `quotations`

use super::{CorpusRow, table};
use crate::tables::{Column, Kind, Row, Table};

/// A quote that occurs more than once in a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// The first quote: the key of its document, `/`, and its id.
    pub quotation: String,
    /// The words of the first quote.
    pub text: String,
    /// The speaker's name, or else the words that name the speaker, of the first quote that has them.
    pub speaker: Option<String>,
    /// The identity of the speaker across documents.
    pub speaker_global_id: Option<String>,
    /// The number of quotes.
    pub quotes: u64,
    /// The number of documents.
    pub documents: u64,
    /// The number of documents, counting copies of one article once.
    pub stories: u64,
    /// The number of quotes that are cut.
    pub cut: u64,
    /// The number of quotes with slightly different words.
    pub altered: u64,
    /// The first and the last day of publication.
    pub dates: Option<(String, String)>,
}

table! {
    /// A quote that occurs more than once in a corpus: in the same words, cut, or in slightly different words; made by `copydesk corpus`.
    quotations(quotation: &Quotation, _cx: ()) key [] {
        /// The words of the first quote.
        text: text = &quotation.text,
        /// The speaker: the name, or else the words that name the speaker, of the first quote that has them.
        speaker: text null = &quotation.speaker,
        /// The identity of the speaker across documents.
        speaker_global_id: text null = &quotation.speaker_global_id,
        /// The number of quotes.
        quotes: integer = quotation.quotes,
        /// The number of documents.
        documents: integer = quotation.documents,
        /// The same, counting copies of one article once.
        stories: integer = quotation.stories,
        /// The number of quotes that are only a part of the first one, or longer than it.
        cut: integer = quotation.cut,
        /// The number of quotes with slightly different words.
        altered: integer = quotation.altered,
        /// The day of publication of the first document.
        first_date: date null = quotation.dates.as_ref().map(|(first, _)| first),
        /// The day of publication of the last document.
        last_date: date null = quotation.dates.as_ref().map(|(_, last)| last),
    }
}

/// The table, whose rows belong to no single document.
pub(super) fn of_corpus() -> Table {
    let subject = Column::new(
        "quotation",
        Kind::Text,
        false,
        "The first quote: its `doc`, `/` and its `quote`, as in `quotes.quotation`.",
    );
    Table { subject, key: vec!["quotation"], ..table() }
}

impl CorpusRow for Quotation {
    const TABLE: &'static str = "quotations";

    fn subject(&self) -> &str {
        &self.quotation
    }

    fn fill(&self, row: &mut Row<'_>) {
        fill(self, (), row);
    }
}
