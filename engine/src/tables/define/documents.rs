//! `documents`

use super::table;
use crate::output::parsed::{LineWarning, ParsedLine};
use crate::tables::context::joined;

table! {
    /// A document, with the values for the whole of it.
    documents(line: &ParsedLine<'_>, _cx: ()) key [] {
        /// Its id in the input, unchanged; `doc` differs if ids repeat.
        id: text = &line.id,
        /// Its headline.
        title: text null = &line.title,
        /// The day of publication.
        date: date null = &line.date,
        /// Its language, ISO 639-1; empty if the text is too short to detect it.
        language: text null = &line.language,
        /// The text, unchanged.
        text: text = &line.text,
        /// The unit of offsets in all tables: chars (code points), bytes or utf16.
        offset_unit: text = line.offset_unit.as_str(),
        /// Polarity of the whole text, -1 to 1.
        polarity: real null = line.layers.sentiment.as_ref().and_then(|all| Some(all.document.as_ref()?.polarity)),
        /// negative, neutral or positive.
        label: text null = line.layers.sentiment.as_ref().and_then(|all| Some(&all.document.as_ref()?.label)),
        /// Polarity of the article's own voice, without quotes.
        narrator_polarity: real null = line.layers.sentiment.as_ref().and_then(|all| Some(all.narrator.as_ref()?.polarity)),
        /// negative, neutral or positive.
        narrator_label: text null = line.layers.sentiment.as_ref().and_then(|all| Some(&all.narrator.as_ref()?.label)),
        /// The document (`doc`) that it is a copy of; set by `copydesk corpus`.
        duplicate_of: text null = &line.duplicate_of,
        /// The first (`doc`) of the documents that are copies of one another; set by `copydesk corpus`.
        duplicate_cluster: text null = &line.duplicate_cluster,
        /// The codes of its warnings, separated by "; ".
        warnings: text null = warnings(&line.warnings),
        /// Fields of the input that have no column of their own, as a JSON object.
        fields: json null = fields(line),
    }
}

fn warnings(all: &[LineWarning<'_>]) -> Option<String> {
    joined(all.iter().map(|warning| &*warning.code))
}

/// The fields that pass through, as an object.
fn fields(line: &ParsedLine<'_>) -> Option<String> {
    let input = line.input.iter().map(|input| ("input", input));
    let others = line.others.iter().map(|(name, value)| (&**name, value));
    let entries: Vec<String> = others
        .chain(input)
        .map(|(name, value)| format!("{}:{}", serde_json::Value::from(name), value.0))
        .collect();
    (!entries.is_empty()).then(|| format!("{{{}}}", entries.join(",")))
}
