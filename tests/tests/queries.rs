//! The queries of docs/queries.md return what the page shows.
//!
//! After an intended change of the stages: `COPYDESK_UPDATE=1 cargo test -p copydesk-tests --test queries`.

use copydesk_tests::queries::{queries, table, update};
use copydesk_tests::{copydesk, folder, root};
use rusqlite::Connection;
use rusqlite::types::Value;

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Blob(_) => "…".to_owned(),
    }
}

fn result(database: &Connection, sql: &str) -> String {
    let mut statement = database.prepare(sql).unwrap_or_else(|error| panic!("{error}:\n{sql}"));
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|place| row.get(place).map(cell)).collect();
    let rows: Result<Vec<Vec<String>>, _> = statement.query_map([], row).expect("a query").collect();
    table(&columns, &rows.expect("rows"))
}

#[test]
fn each_query_returns_what_the_page_shows() {
    let dir = folder();
    let file = dir.path().join("news.sqlite");
    let out = file.to_str().expect("a path");
    copydesk(&root(), &["run", "examples/articles", "examples/news.jsonl", "-o", out, "-q"]).exits(0);
    let database = Connection::open(&file).expect("an SQLite file");
    let all = queries();
    assert_eq!(all.len(), 10);
    let mut changed = Vec::new();
    for query in all {
        let result = result(&database, &query.sql);
        assert!(result.lines().count() > 2, "{} finds nothing", query.heading);
        if result != query.shown && std::env::var_os("COPYDESK_UPDATE").is_some() {
            update(&query.heading, &result);
        } else if result != query.shown {
            changed.push(format!("{}\n{result}", query.heading));
        }
    }
    assert!(changed.is_empty(), "docs/queries.md shows other results than:\n{}", changed.join("\n\n"));
}
