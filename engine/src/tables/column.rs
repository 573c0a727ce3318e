//! The definition of a table: its name and its columns.

use std::borrow::Cow;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A 64-bit integer.
    Integer,
    /// A double-precision number.
    Real,
    /// True or false.
    Boolean,
    /// A day, ISO 8601: `2024-05-08`.
    Date,
    /// A JSON object, array or value, as text.
    Json,
}

impl Kind {
    /// Its name in definitions and in the reference.
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

    /// The type with this name.
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
    /// The type of its cells.
    pub kind: Kind,
    /// Whether a cell may be empty.
    pub nullable: bool,
    /// The table that it refers to, together with `doc`.
    pub refers: Option<&'static str>,
    /// Its meaning.
    pub about: Cow<'static, str>,
    /// Of the table of a stage's own layer: the key of its values that fills it.
    pub key: Option<Box<str>>,
}

impl Column {
    /// A column that does not refer to another table.
    pub fn new(name: &'static str, kind: Kind, nullable: bool, about: &'static str) -> Self {
        Self {
            name: name.into(),
            kind,
            nullable,
            refers: None,
            about: Cow::Borrowed(about.trim()),
            key: None,
        }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: Cow<'static, str>,
    /// The layer from which it is filled; `None` for the table of documents.
    pub layer: Option<Cow<'static, str>>,
    /// The meaning of a row.
    pub about: Cow<'static, str>,
    /// Its first column: `doc`, except in tables about a whole corpus.
    pub subject: Column,
    /// Its columns after the first one.
    pub columns: Vec<Column>,
    /// The columns that, together with the first one, identify a row.
    pub key: Vec<&'static str>,
}

impl Table {
    /// The first column of tables about documents.
    pub fn doc() -> Column {
        Column::new(
            "doc",
            Kind::Text,
            false,
            "The document: its id. If an earlier document of the run had the same id, `#2`, `#3` … is appended.",
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
