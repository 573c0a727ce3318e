//! The file that is served: opened read-only, with one connection per concurrent request.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::types::{Value as Parameter, ValueRef};
use rusqlite::{Connection, OpenFlags, params_from_iter};
use serde_json::{Map, Value, json};

use super::filter::{Filter, Kind, Tables};
use crate::sqlite::{SqliteError, check};

pub(super) struct Database {
    path: PathBuf,
    pub(super) tables: Tables,
    /// The highest row number of a document, which is their number unless some were deleted.
    documents: i64,
    idle: Mutex<Vec<Connection>>,
}

/// The maximum number of hits that are counted and used for facets.
const COUNTED: usize = 2000;
/// Documents are found before words if at most one in this many meets the conditions on documents: a search then compares the row numbers
/// of all hits, and otherwise reads about `COUNTED` times this many documents.
const FEW: i64 = 20;
/// The maximum number of values in a facet.
const VALUES: usize = 12;
/// The maximum number of rows in an export.
const EXPORTED: usize = 100_000;

impl Database {
    pub(super) fn open(path: &Path) -> Result<Self, SqliteError> {
        let connection = connect(path)?;
        check(&connection)?;
        let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if !names.iter().any(|name| name == "documents") {
            return Err(SqliteError::NoDocuments);
        }
        let mut columns = connection.prepare("SELECT name FROM pragma_table_info('documents')")?;
        let columns: Vec<String> = columns.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let outlet = ["outlet", "source", "publisher"]
            .into_iter()
            .find(|name| columns.iter().any(|known| known == name));
        let documents: Option<i64> =
            connection.query_row("SELECT max(rowid) FROM documents", [], |row| row.get(0))?;
        let tables = Tables { names, outlet };
        Ok(Self { path: path.to_owned(), tables, documents: documents.unwrap_or(0), idle: Mutex::default() })
    }

    /// Calls a function with a connection that no other request uses.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, SqliteError>,
    ) -> Result<T, SqliteError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| connect(&self.path), Ok)?;
        let result = work(&connection);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    /// The hits and facets of a search, in the form that the page shows.
    pub(super) fn search(&self, filter: &Filter, offset: usize, most: usize) -> Result<Value, SqliteError> {
        let columns = match filter.kind {
            Kind::Documents => "d.doc, d.title, d.date, d.label AS tone, substr(d.text, 1, 300) AS text",
            Kind::Quotes => {
                "t.doc, d.title, d.date, t.text, coalesce(t.speaker_name, t.speaker_text) AS speaker, t.stance, t.about, t.start, t.quote"
            }
            Kind::Claims => {
                "t.doc, d.title, d.date, t.text, coalesce(t.speaker_name, t.speaker_text, t.speaker) AS speaker, t.stance, t.about, t.measure, \
                 t.figures, t.change_text, t.period_from, t.period_to, t.worth, t.start, t.claim"
            }
        };
        self.with(|connection| {
            let hits = self.hits(connection, filter, offset + most)?;
            let sql = format!(
                "SELECT {columns} FROM {} WHERE {}.rowid = ?",
                filter.kind.from(),
                filter.kind.record()
            );
            let mut items = Vec::new();
            for row in hits.rows.iter().skip(offset) {
                items.extend(rows(connection, &sql, &[Parameter::Integer(*row)])?);
            }
            let (total, facets) = (hits.total, hits.facets);
            Ok(json!({ "total": total.min(COUNTED), "more": total > COUNTED, "items": items, "facets": facets }))
        })
    }

    /// Whether so few documents meet the conditions on documents that they should be found first.
    fn few(&self, connection: &Connection, filter: &Filter) -> Result<bool, SqliteError> {
        let documents = self.documents / FEW;
        let Some(query) = filter.count(documents + 1) else { return Ok(false) };
        let mut statement = connection.prepare_cached(&query.sql)?;
        let count: i64 = statement.query_row(params_from_iter(&query.parameters), |row| row.get(0))?;
        Ok(count <= documents)
    }

    /// Finds hits in one pass: the row numbers of the first `most`, and the facets and number of the first `COUNTED` + 1.
    fn hits(&self, connection: &Connection, filter: &Filter, most: usize) -> Result<Hits, SqliteError> {
        let mut columns = vec![("month", "substr(d.date, 1, 7)".to_owned()), ("tone", "d.label".to_owned())];
        if filter.kind != Kind::Documents {
            columns.push(("speaker", "t.speaker_name".to_owned()));
        }
        if filter.kind == Kind::Claims {
            columns.push(("measure", "t.measure".to_owned()));
        }
        if let Some(outlet) = self.tables.outlet {
            columns.push(("outlet", format!("d.\"{outlet}\"")));
        }
        let mut list: Vec<&str> = columns.iter().map(|(_, expression)| expression.as_str()).collect();
        let row_number = format!("{}.rowid", filter.kind.record());
        list.push(&row_number);
        let few = self.few(connection, filter)?;
        let query = filter.select(&list.join(", "), few, most.max(COUNTED + 1), 0);
        let mut statement = connection.prepare_cached(&query.sql)?;
        let mut found = statement.query(params_from_iter(&query.parameters))?;
        let mut counts = vec![HashMap::<String, u64>::new(); columns.len()];
        let (mut total, mut numbers) = (0, Vec::new());
        while let Some(row) = found.next()? {
            if numbers.len() < most {
                numbers.push(row.get(columns.len())?);
            }
            if total > COUNTED {
                continue;
            }
            total += 1;
            for (place, counts) in counts.iter_mut().enumerate() {
                if let ValueRef::Text(text) = row.get_ref(place)? {
                    *counts.entry(String::from_utf8_lossy(text).into_owned()).or_default() += 1;
                }
            }
        }
        let facets =
            columns.iter().zip(counts).map(|((name, _), counts)| ((*name).to_owned(), facet(counts)));
        Ok(Hits { rows: numbers, total, facets: facets.collect() })
    }

    /// All rows of the table that match, with all columns.
    pub(super) fn export(&self, filter: &Filter) -> Result<(Vec<String>, Vec<Value>), SqliteError> {
        self.with(|connection| {
            let few = self.few(connection, filter)?;
            let query = filter.select(&format!("{}.*", filter.kind.record()), few, EXPORTED, 0);
            let statement = connection.prepare(&query.sql)?;
            let names = statement.column_names().map(str::to_owned).collect();
            Ok((names, rows(connection, &query.sql, &query.parameters)?))
        })
    }

    /// The documents that match.
    pub(super) fn documents(&self, filter: &Filter, most: usize) -> Result<Vec<String>, SqliteError> {
        self.with(|connection| {
            let few = self.few(connection, filter)?;
            let query = filter.select("d.doc", few, COUNTED, 0);
            let sql = format!("SELECT DISTINCT doc FROM ({}) LIMIT {most}", query.sql);
            let mut statement = connection.prepare(&sql)?;
            let found = statement.query_map(params_from_iter(&query.parameters), |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

/// The hits of a search.
struct Hits {
    /// The row numbers of the first of them.
    rows: Vec<i64>,
    /// Their number, at most `COUNTED` + 1.
    total: usize,
    facets: Map<String, Value>,
}

/// The most frequent values of a facet.
fn facet(counts: HashMap<String, u64>) -> Value {
    let mut values: Vec<(String, u64)> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let values = values.into_iter().take(VALUES);
    values.map(|(value, count)| json!({ "value": value, "count": count })).collect()
}

fn connect(path: &Path) -> Result<Connection, SqliteError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA query_only = 1;")?;
    Ok(connection)
}

/// Rows as objects.
fn rows(connection: &Connection, sql: &str, parameters: &[Parameter]) -> Result<Vec<Value>, SqliteError> {
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query(params_from_iter(parameters))?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        let mut object = Map::new();
        for (place, name) in names.iter().enumerate() {
            let value = match row.get_ref(place)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => number.into(),
                ValueRef::Real(number) => number.into(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                ValueRef::Blob(_) => Value::Null,
            };
            object.insert(name.clone(), value);
        }
        all.push(Value::Object(object));
    }
    Ok(all)
}
