//! Results as flat tables: one definition of their names, columns and rows.
//!
//! Each table has a file in `define`: its columns with type and meaning, and the expression that fills each. CSV headers, Parquet
//! and SQL schemas and `docs/tables.md` are generated from it. Rows are filled from a line of output ([`ParsedLine`]), either just
//! written or read from a file, so that both give the same tables. Nothing here depends on a file format.
//!
//! [`ParsedLine`]: crate::output::ParsedLine

mod builder;
mod column;
mod context;
mod define;
mod fields;
mod keys;
mod reference;
mod rows;

pub use builder::{RowBuilder, Sentences, Wanted};
pub use column::{Column, Kind, Table};
pub use define::{
    CORPUS, CorpusRow, DOCUMENTS, Person, Quotation, TABLES, corpus_rows, custom, custom_of_schema, of_layer,
};
pub use fields::FieldColumns;
pub use keys::Keys;
pub use reference::reference;
pub use rows::{Cell, ColumnData, Row, Rows, Strings, TableRows, Values};
