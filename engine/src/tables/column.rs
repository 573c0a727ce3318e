//! What a table is: its name and its columns.

use std::borrow::Cow;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number of double precision.
    Real,
    /// True or false.
    Boolean,
    /// A day, ISO 8601: `2024-05-08`.
    Date,
    /// A JSON object, array or value, as text.
    Json,
}

impl Kind {
    /// The word for it in definitions and in the reference.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Json => "json",
        }
    }

    /// The kind of a word.
    pub(super) fn named(word: &str) -> Self {
        let all = [Self::Text, Self::Integer, Self::Real, Self::Boolean, Self::Date, Self::Json];
        all.into_iter().find(|kind| kind.as_str() == word).unwrap_or(Self::Text)
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether a cell may be empty.
    pub nullable: bool,
    /// The table that it refers to, together with `doc`.
    pub refers: Option<&'static str>,
    /// What it means.
    pub about: Cow<'static, str>,
}

impl Column {
    /// A column that refers to no other table.
    pub fn new(name: &'static str, kind: Kind, nullable: bool, about: &'static str) -> Self {
        Self { name: name.into(), kind, nullable, refers: None, about: Cow::Borrowed(about.trim()) }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: Cow<'static, str>,
    /// The layer that it is made of; the table of documents has none.
    pub layer: Option<Cow<'static, str>>,
    /// What a row is.
    pub about: Cow<'static, str>,
    /// Its first column: what its rows are about. `doc`, but for tables of a whole corpus.
    pub subject: Column,
    /// Its columns after the first one.
    pub columns: Vec<Column>,
    /// The columns that tell a row from all others, the first one first.
    pub key: Vec<&'static str>,
}

impl Table {
    /// The column that the tables of a document begin with.
    pub fn doc() -> Column {
        Column::new(
            "doc",
            Kind::Text,
            false,
            "The document: its id. Where an earlier document of the run had the same id, `#2`, `#3` … is put behind it.",
        )
    }

    /// All columns.
    pub fn all_columns(&self) -> impl Iterator<Item = &Column> {
        std::iter::once(&self.subject).chain(&self.columns)
    }

    /// Whether its rows belong to a document.
    pub fn is_of_documents(&self) -> bool {
        self.subject.name == "doc"
    }
}
