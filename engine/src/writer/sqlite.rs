//! All tables in one SQLite file, with keys, indices, a full-text index, and views.
//!
//! Rows are written without a journal, in one transaction; indices are built when all rows are there. This is safe, since the
//! file gets its final name only when it is complete.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, Statement};

use super::existing::APPLICATION_ID;
use super::partial::Partial;
use super::{TableWriter, failed};
use crate::output::SinkError;
use crate::tables::{CORPUS, Cell, Column, DOCUMENTS, Kind, Table, TableRows};

/// Columns that are often searched, filtered or grouped by, besides keys: an index for each.
const INDICES: &[(&str, &[&str])] = &[
    ("documents", &["date"]),
    ("documents", &["label"]),
    ("entities", &["name"]),
    ("mentions", &["doc", "entity"]),
    ("quotes", &["speaker_name"]),
    ("figures", &["unit", "value"]),
    ("targets", &["doc", "entity"]),
    ("sentences", &["doc"]),
    ("stances", &["holder_name"]),
    ("stances", &["target_name"]),
    ("claims", &["speaker_name"]),
    ("claims", &["measure"]),
];

/// The same for columns that `copydesk corpus` fills; otherwise they are empty.
const CORPUS_INDICES: &[(&str, &[&str])] = &[
    ("documents", &["duplicate_cluster"]),
    ("entities", &["global_id"]),
    ("quotes", &["quotation"]),
    ("quotes", &["speaker_global_id"]),
];

/// Tables with many rows to which no other table refers: their rows are not looked up by number, and an index on
/// them would take half as long as writing the rows.
const UNREFERRED: &[&str] = &["mentions", "targets", "sentences"];

/// Columns with a full-text index.
const FULL_TEXT: &[(&str, &[&str])] = &[
    (DOCUMENTS, &["title", "text"]),
    ("quotes", &["text", "speaker_name"]),
    ("claims", &["text", "speaker_name"]),
];

/// Views, in `views.sql`, each with the tables that it needs.
const VIEWS: &str = include_str!("views.sql");

/// An SQLite file.
pub(super) struct Sqlite {
    path: PathBuf,
    partial: Partial,
    connection: Connection,
    full_text: bool,
    tables: Vec<Arc<Table>>,
}

impl Sqlite {
    pub(super) fn create(path: &Path, full_text: bool) -> Result<Self, SinkError> {
        let create = |source| SinkError::Create { path: path.to_owned(), source };
        let partial = Partial::new(path).map_err(create)?;
        // The system's message about a path that cannot be written is clearer than SQLite's.
        drop(std::fs::File::create(partial.temporary()).map_err(create)?);
        let connection = open(partial.temporary()).map_err(|error| failed(path, error))?;
        Ok(Self { path: path.to_owned(), partial, connection, full_text, tables: Vec::new() })
    }

    fn insert(&self, documents: &[String], rows: &TableRows) -> rusqlite::Result<()> {
        let marks = vec!["?"; rows.columns.len() + 1].join(",");
        let insert = format!("INSERT INTO {} VALUES ({marks})", quoted(&rows.table.name));
        let mut statement = self.connection.prepare_cached(&insert)?;
        let mut bound = None;
        let mut empty = vec![false; rows.columns.len()];
        for (document, row) in rows.rows() {
            if bound != Some(document) {
                // The parameter stays bound for all rows of the document.
                statement.raw_bind_parameter(1, documents.get(document).map_or("", String::as_str))?;
                bound = Some(document);
            }
            for (place, column) in rows.columns.iter().enumerate() {
                let cell = column.cell(row);
                if cell != Cell::Null || !empty[place] {
                    bind(&mut statement, place + 2, cell)?;
                }
                empty[place] = cell == Cell::Null;
            }
            statement.raw_execute()?;
        }
        Ok(())
    }

    /// Adds indices, full text and views, once all rows are there.
    fn complete(&self) -> rusqlite::Result<()> {
        for table in &self.tables {
            if table.key.len() > 1 && !UNREFERRED.contains(&&*table.name) {
                self.index(&format!("{}_key", table.name), table, &table.key, true)?;
            }
            let of_corpus = self.tables.iter().any(|table| table.layer.as_deref() == Some(CORPUS));
            let more = CORPUS_INDICES.iter().filter(|_| of_corpus);
            for (_, columns) in INDICES.iter().chain(more).filter(|(name, _)| *name == table.name) {
                self.index(&format!("{}_{}", table.name, columns.join("_")), table, columns, false)?;
            }
            for (_, columns) in FULL_TEXT.iter().filter(|(name, _)| self.full_text && *name == table.name) {
                self.full_text(table, columns)?;
            }
        }
        for (needs, view) in views() {
            if needs.iter().all(|name| self.tables.iter().any(|table| table.name == **name)) {
                self.connection.execute_batch(view)?;
            }
        }
        self.connection.execute_batch("COMMIT; PRAGMA optimize;")
    }

    fn index(&self, name: &str, table: &Table, columns: &[&str], unique: bool) -> rusqlite::Result<()> {
        let unique = if unique { "UNIQUE " } else { "" };
        let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let (name, table, columns) = (quoted(name), quoted(&table.name), columns.join(", "));
        self.connection.execute_batch(&format!("CREATE {unique}INDEX {name} ON {table} ({columns})"))
    }

    /// Adds a full-text index without a copy of the text.
    fn full_text(&self, table: &Table, columns: &[&str]) -> rusqlite::Result<()> {
        let (table, columns) = (&table.name, columns.join(", "));
        // Datasette recognises the index by this spelling of `content`.
        self.connection.execute_batch(&format!(
            "CREATE VIRTUAL TABLE {table}_fts USING fts5({columns}, content=\"{table}\");
             INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild');"
        ))
    }
}

impl TableWriter for Sqlite {
    fn begin(&mut self, table: &Arc<Table>) -> Result<(), SinkError> {
        self.connection.execute_batch(&definition(table)).map_err(|error| failed(&self.path, error))?;
        self.tables.push(Arc::clone(table));
        Ok(())
    }

    fn write(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError> {
        self.insert(documents, &rows).map_err(|error| failed(&self.path, error))
    }

    fn finish(self: Box<Self>) -> Result<(), SinkError> {
        self.complete().map_err(|error| failed(&self.path, error))?;
        let Self { path, partial, connection, .. } = *self;
        connection.close().map_err(|(_, error)| failed(&path, error))?;
        partial.commit().map_err(|error| failed(&path, error))
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    // Only one thread uses it at a time, so SQLite needs no locks of its own.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
         PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;
         PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA cache_size = -65536;
         PRAGMA application_id = {APPLICATION_ID};
         PRAGMA user_version = 1;
         BEGIN;"
    ))?;
    Ok(connection)
}

fn bind(statement: &mut Statement<'_>, place: usize, cell: Cell<'_>) -> rusqlite::Result<()> {
    match cell {
        Cell::Null => statement.raw_bind_parameter(place, rusqlite::types::Null),
        Cell::Text(text) => statement.raw_bind_parameter(place, text),
        Cell::Integer(number) => statement.raw_bind_parameter(place, number),
        Cell::Real(number) => statement.raw_bind_parameter(place, number),
        Cell::Boolean(flag) => statement.raw_bind_parameter(place, flag),
    }
}

/// The statement that creates a table. Keys of all tables but `documents` are unique indices built at the end, which takes a
/// fraction of the time.
fn definition(table: &Table) -> String {
    let mut parts: Vec<String> = table.all_columns().map(|column| column_definition(table, column)).collect();
    if table.name != DOCUMENTS && table.is_of_documents() {
        parts.push(format!("FOREIGN KEY (\"doc\") REFERENCES {DOCUMENTS}(\"doc\")"));
    }
    for column in &table.columns {
        if let Some(refers) = column.refers {
            let key = key_of(refers);
            let name = quoted(&column.name);
            parts.push(format!("FOREIGN KEY (\"doc\", {name}) REFERENCES {refers}(\"doc\", \"{key}\")"));
        }
    }
    format!("CREATE TABLE {} (\n  {}\n)", quoted(&table.name), parts.join(",\n  "))
}

/// The column that is the key of a table within a document.
fn key_of(table: &str) -> &'static str {
    let tables = &crate::tables::TABLES;
    let key = tables.iter().find(|known| known.name == table).and_then(|table| table.key.get(1));
    key.copied().unwrap_or("doc")
}

fn column_definition(table: &Table, column: &Column) -> String {
    let kind = match column.kind {
        Kind::Text | Kind::Date | Kind::Json => "TEXT",
        Kind::Integer | Kind::Boolean => "INTEGER",
        Kind::Real => "REAL",
    };
    let null = if column.nullable { "" } else { " NOT NULL" };
    let key = if table.key == [&*column.name] { " PRIMARY KEY" } else { "" };
    format!("{} {kind}{null}{key}", quoted(&column.name))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Each view's statement, with the tables that it needs, from the line `-- needs: TABLE, TABLE` before it.
fn views() -> impl Iterator<Item = (Vec<&'static str>, &'static str)> {
    VIEWS.split("-- needs:").skip(1).filter_map(|part| {
        let (needs, statement) = part.split_once('\n')?;
        Some((needs.split(',').map(str::trim).collect(), statement))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;

    #[test]
    fn indices_and_full_text_name_columns_that_are_there() {
        for (name, columns) in INDICES.iter().chain(CORPUS_INDICES).chain(FULL_TEXT) {
            let table = TABLES.iter().find(|table| table.name == *name).expect("a table");
            for column in *columns {
                assert!(table.all_columns().any(|known| known.name == *column), "{name}.{column}");
            }
        }
    }

    #[test]
    fn all_definitions_and_views_are_sql() {
        let connection = Connection::open_in_memory().expect("memory");
        for table in TABLES.iter() {
            connection.execute_batch(&definition(table)).unwrap_or_else(|error| panic!("{error}"));
        }
        assert!(views().count() > 0);
        for (needs, view) in views() {
            assert!(needs.iter().all(|name| TABLES.iter().any(|table| table.name == **name)), "{needs:?}");
            connection.execute_batch(view).unwrap_or_else(|error| panic!("{view}: {error}"));
        }
        let mut names =
            connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").expect("a query");
        let names: Vec<String> = names.query_map([], |row| row.get(0)).expect("rows").flatten().collect();
        for name in names {
            // A view is compiled when it is used, not when it is created.
            connection
                .prepare(&format!("SELECT * FROM {name}"))
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
