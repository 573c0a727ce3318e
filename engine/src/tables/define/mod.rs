//! The tables, one per file.

mod claims;
mod custom;
mod documents;
mod entities;
mod figures;
mod mentions;
mod people;
mod quotations;
mod quotes;
mod sentences;
mod stances;
mod targets;

use std::sync::{Arc, LazyLock};

use copydesk_core::layer;

use super::column::Table;
use super::context::Context;
use super::rows::{Row, Rows, TableRows};
use crate::output::parsed::ParsedLine;

pub use custom::{table as custom, table_of_schema as custom_of_schema};
pub use people::Person;
pub use quotations::Quotation;

/// Declares the columns of a table, each with its meaning, its type, whether a cell may be empty (`null`), the table whose rows
/// it refers to (`-> entities`), and the expression that fills it. The table and the function that fills a row are generated from
/// that. `doc`, the first column, is not declared.
macro_rules! table {
    (
        $(#[doc = $about:literal])+
        $name:ident($item:ident: $type:ty, $cx:ident: $context:ty) key [$($key:literal),*] {
            $($(#[doc = $meaning:literal])+ $column:ident: $kind:ident $($null:ident)? $(-> $refers:ident)? = $value:expr,)+
        }
    ) => {
        pub(super) fn table() -> $crate::tables::Table {
            let columns = vec![$($crate::tables::Column {
                refers: <[&str]>::first(&[$(stringify!($refers))?]).copied(),
                ..$crate::tables::Column::new(
                    stringify!($column),
                    $crate::tables::Kind::named(stringify!($kind)),
                    <[&str]>::len(&[$(stringify!($null))?]) > 0,
                    concat!($($meaning),+),
                )
            }),+];
            $crate::tables::Table {
                name: stringify!($name).into(),
                layer: None,
                about: concat!($($about),+).trim().into(),
                subject: $crate::tables::Table::doc(),
                columns,
                key: vec!["doc" $(, $key)*],
            }
        }

        pub(super) fn fill($item: $type, $cx: $context, row: &mut $crate::tables::rows::Row<'_>) {
            $(row.$kind($value);)+
        }
    };
}
pub(crate) use table;

/// The name of the table of documents.
pub const DOCUMENTS: &str = "documents";

/// The layer of the tables of a whole corpus, which no stage fills.
pub const CORPUS: &str = "corpus";

/// All tables except those of the layers of other stages, in the order in which they are written.
pub static TABLES: LazyLock<Vec<Arc<Table>>> = LazyLock::new(|| {
    let of = |layer: &'static str, table| Arc::new(Table { layer: Some(layer.into()), ..table });
    vec![
        Arc::new(documents::table()),
        of(layer::ENTITIES, entities::table()),
        of(layer::ENTITIES, mentions::table()),
        of(layer::QUOTES, quotes::table()),
        of(layer::FIGURES, figures::table()),
        of(layer::SENTIMENT, targets::table()),
        of(layer::SENTIMENT, stances::table()),
        of(layer::SENTIMENT, sentences::table()),
        of(layer::CLAIMS, claims::table()),
        of(CORPUS, people::of_corpus()),
        of(CORPUS, quotations::of_corpus()),
    ]
});

/// The tables filled from a layer; a layer of another stage has a table of its own.
pub fn of_layer(layer: &str) -> Vec<Arc<Table>> {
    let tables: Vec<_> =
        TABLES.iter().filter(|table| table.layer.as_deref() == Some(layer)).map(Arc::clone).collect();
    if tables.is_empty() { vec![Arc::new(custom(layer))] } else { tables }
}

/// Adds the row of a document to its table.
pub(super) fn fill_document(line: &ParsedLine<'_>, rows: &mut TableRows, document: usize) {
    documents::fill(line, (), &mut rows.row(document));
}

/// Fills the rows about a corpus: of each person, or each quotation.
pub fn corpus_rows<T: CorpusRow>(all: &[T]) -> Rows {
    let table = TABLES.iter().find(|table| table.name == T::TABLE).map(Arc::clone);
    let mut tables: Vec<TableRows> = table.map(TableRows::new).into_iter().collect();
    for table in &mut tables {
        for (place, item) in all.iter().enumerate() {
            item.fill(&mut table.row(place));
        }
    }
    Rows { documents: all.iter().map(|item| item.subject().to_owned()).collect(), tables }
}

/// A record with a row in a table about a whole corpus.
pub trait CorpusRow {
    /// The table.
    const TABLE: &'static str;
    /// The value of its first column.
    fn subject(&self) -> &str;
    /// Adds its row.
    fn fill(&self, row: &mut Row<'_>);
}

/// Adds the rows of one text of a document to a table.
pub(super) fn fill(cx: &Context<'_>, rows: &mut TableRows, document: usize) {
    let table = Arc::clone(&rows.table);
    let first = rows.per_document.get(document).map_or(0, |count| u64::from(*count));
    let sentiment = cx.layers.sentiment.as_ref();
    match &*table.name {
        DOCUMENTS => {}
        "entities" => each(rows, document, entities::items(cx), |item, row| entities::fill(item, cx, row)),
        "mentions" => {
            let mentions = mentions::items(cx).zip(first + 1..);
            each(rows, document, mentions, |item, row| mentions::fill(&item, cx, row));
        }
        "quotes" => each(rows, document, cx.layers.quotes.iter().flatten(), |item, row| {
            quotes::fill(item, cx, row);
        }),
        "figures" => each(rows, document, cx.layers.figures.iter().flatten(), |item, row| {
            figures::fill(item, cx, row);
        }),
        "targets" => {
            let targets = sentiment.iter().flat_map(|sentiment| &sentiment.targets).zip(first + 1..);
            each(rows, document, targets, |item, row| targets::fill(item, cx, row));
        }
        "stances" => {
            let stances = sentiment.iter().flat_map(|sentiment| &sentiment.stances).zip(first + 1..);
            each(rows, document, stances, |item, row| stances::fill(item, cx, row));
        }
        "sentences" => {
            let sentences = sentences::items(cx).zip(first + 1..);
            each(rows, document, sentences, |item, row| sentences::fill(item, cx, row));
        }
        "claims" => each(rows, document, cx.layers.claims.iter().flatten(), |item, row| {
            claims::fill(item, cx, row);
        }),
        name => {
            let layer = table.layer.as_deref().unwrap_or(name);
            let items = custom::items(cx, layer).zip(first + 1..);
            each(rows, document, items, |item, row| custom::fill(item, cx, &table, row));
        }
    }
}

fn each<T>(
    rows: &mut TableRows,
    document: usize,
    items: impl Iterator<Item = T>,
    fill: impl Fn(T, &mut Row<'_>),
) {
    for item in items {
        fill(item, &mut rows.row(document));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_in_any_case_and_keys_are_columns_that_are_never_empty() {
        for table in TABLES.iter() {
            let mut names = HashSet::new();
            for column in table.all_columns() {
                assert!(names.insert(column.name.to_lowercase()), "{}.{}", table.name, column.name);
                assert!(!column.about.is_empty());
            }
            for key in &table.key {
                let column = table.all_columns().find(|column| column.name == *key);
                assert!(column.is_some_and(|column| !column.nullable), "{}.{key}", table.name);
            }
        }
    }
}
