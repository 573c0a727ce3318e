//! The file that is served: opened read-only, with one connection per concurrent request.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use serde_json::{Map, Value, json};

use super::filter::{Filter, Kind, Tables};
use crate::sqlite::{SqliteError, check};

pub(super) struct Database {
    path: PathBuf,
    pub(super) tables: Tables,
    idle: Mutex<Vec<Connection>>,
}

/// The maximum number of hits that are counted and used for facets.
const COUNTED: usize = 2000;
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
        Ok(Self { path: path.to_owned(), tables: Tables { names, outlet }, idle: Mutex::default() })
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
        let document = if filter.kind == Kind::Documents { "t" } else { "d" };
        let columns = match filter.kind {
            Kind::Documents => "t.doc, t.title, t.date, t.label AS tone, substr(t.text, 1, 300) AS text".to_owned(),
            Kind::Quotes => "t.doc, d.title, d.date, t.text, coalesce(t.speaker_name, t.speaker_text) AS speaker, t.stance, t.about, t.start, t.quote".to_owned(),
            Kind::Claims => "t.doc, d.title, d.date, t.text, coalesce(t.speaker_name, t.speaker_text, t.speaker) AS speaker, t.stance, t.about, t.measure, \
                 t.figures, t.change_text, t.period_from, t.period_to, t.worth, t.start, t.claim".to_owned(),
        };
        self.with(|connection| {
            let items = rows(connection, &filter.select(&columns, most, offset), filter)?;
            let (total, facets) = self.facets(connection, filter, document)?;
            Ok(json!({ "total": total.min(COUNTED), "more": total > COUNTED, "items": items, "facets": facets }))
        })
    }

    /// The number of hits (at most `COUNTED` + 1) and the frequency of each facet value, in one pass.
    fn facets(
        &self,
        connection: &Connection,
        filter: &Filter,
        document: &str,
    ) -> Result<(usize, Map<String, Value>), SqliteError> {
        let mut columns =
            vec![("month", format!("substr({document}.date, 1, 7)")), ("tone", format!("{document}.label"))];
        if filter.kind != Kind::Documents {
            columns.push(("speaker", "t.speaker_name".to_owned()));
        }
        if filter.kind == Kind::Claims {
            columns.push(("measure", "t.measure".to_owned()));
        }
        if let Some(outlet) = self.tables.outlet {
            columns.push(("outlet", format!("{document}.\"{outlet}\"")));
        }
        let list: Vec<&str> = columns.iter().map(|(_, expression)| expression.as_str()).collect();
        let mut statement = connection.prepare_cached(&filter.select(&list.join(", "), COUNTED + 1, 0))?;
        let mut found = statement.query(params_from_iter(&filter.parameters))?;
        let mut counts = vec![HashMap::<String, u64>::new(); columns.len()];
        let mut total = 0;
        while let Some(row) = found.next()? {
            total += 1;
            for (place, counts) in counts.iter_mut().enumerate() {
                if let ValueRef::Text(text) = row.get_ref(place)? {
                    *counts.entry(String::from_utf8_lossy(text).into_owned()).or_default() += 1;
                }
            }
        }
        let facets = columns.iter().zip(counts).map(|((name, _), counts)| {
            let mut values: Vec<(String, u64)> = counts.into_iter().collect();
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let values = values.into_iter().take(VALUES);
            let values: Vec<Value> =
                values.map(|(value, count)| json!({ "value": value, "count": count })).collect();
            ((*name).to_owned(), Value::Array(values))
        });
        Ok((total, facets.collect()))
    }

    /// All rows of the table that match, with all columns.
    pub(super) fn export(&self, filter: &Filter) -> Result<(Vec<String>, Vec<Value>), SqliteError> {
        self.with(|connection| {
            let sql = filter.select("t.*", EXPORTED, 0);
            let statement = connection.prepare(&sql)?;
            let names = statement.column_names().map(str::to_owned).collect();
            Ok((names, rows(connection, &sql, filter)?))
        })
    }

    /// The documents that match.
    pub(super) fn documents(&self, filter: &Filter, most: usize) -> Result<Vec<String>, SqliteError> {
        self.with(|connection| {
            let sql = format!("SELECT DISTINCT doc FROM ({})", filter.select("t.doc", COUNTED, 0))
                + &format!(" LIMIT {most}");
            let mut statement = connection.prepare(&sql)?;
            let found = statement.query_map(params_from_iter(&filter.parameters), |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

fn connect(path: &Path) -> Result<Connection, SqliteError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA query_only = 1;")?;
    Ok(connection)
}

/// Rows as objects.
fn rows(connection: &Connection, sql: &str, filter: &Filter) -> Result<Vec<Value>, SqliteError> {
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query(params_from_iter(&filter.parameters))?;
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
