//! `quotations`

use super::{CorpusRow, table};
use crate::tables::{Column, Kind, Row, Table};

/// A quote that comes more than once in a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// The first quote: key of its document, `/`, its id.
    pub quotation: String,
    /// The words of the first quote.
    pub text: String,
    /// The speaker's name, or else the words for the speaker, of the first quote that has them.
    pub speaker: Option<String>,
    /// Who the speaker is across documents.
    pub speaker_global_id: Option<String>,
    /// Quotes.
    pub quotes: u64,
    /// Documents.
    pub documents: u64,
    /// Documents, copies of one another counted once.
    pub stories: u64,
    /// How many are cut.
    pub cut: u64,
    /// How many have other words.
    pub altered: u64,
    /// The first and the last day of publication.
    pub dates: Option<(String, String)>,
}

table! {
    /// A quote that comes more than once in a corpus, in the same words, cut, or in slightly other words; made by `copydesk corpus`.
    quotations(quotation: &Quotation, _cx: ()) key [] {
        /// The words of the first quote.
        text: text = &quotation.text,
        /// The speaker: the name, or else the words for the speaker, of the first quote that has them.
        speaker: text null = &quotation.speaker,
        /// Who the speaker is across documents.
        speaker_global_id: text null = &quotation.speaker_global_id,
        /// How many quotes it is.
        quotes: integer = quotation.quotes,
        /// In how many documents.
        documents: integer = quotation.documents,
        /// The same, copies of one article counted once.
        stories: integer = quotation.stories,
        /// How many of the quotes are only a part of the first one, or have more than it.
        cut: integer = quotation.cut,
        /// How many of the quotes have slightly other words.
        altered: integer = quotation.altered,
        /// The day of publication of the first document.
        first_date: date null = quotation.dates.as_ref().map(|(first, _)| first),
        /// The day of publication of the last document.
        last_date: date null = quotation.dates.as_ref().map(|(_, last)| last),
    }
}

/// The table, whose rows are no document's.
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
