//! The queries of docs/queries.md with the results shown below them.

use std::path::PathBuf;

use crate::root;

/// A query of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its heading.
    pub heading: String,
    /// The SQL.
    pub sql: String,
    /// The table below it, in Markdown.
    pub shown: String,
}

/// The page.
pub fn path() -> PathBuf {
    root().join("docs/queries.md")
}

/// Its queries.
pub fn queries() -> Vec<Query> {
    let page = std::fs::read_to_string(path()).expect("docs/queries.md");
    page.split("\n## ")
        .skip(1)
        .map(|section| {
            let (heading, rest) = section.split_once('\n').expect("a heading");
            let (_, rest) = rest.split_once("```sql\n").expect("a query");
            let (sql, rest) = rest.split_once("\n```").expect("its end");
            let query =
                Query { heading: heading.to_owned(), sql: sql.to_owned(), shown: rest.trim().to_owned() };
            assert!(query.shown.is_empty() || query.shown.starts_with('|'), "{rest}");
            query
        })
        .collect()
}

/// Rows as a table in Markdown.
pub fn table(columns: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", "---|".repeat(columns.len()));
    let mut lines = vec![line(columns), rule];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// Replaces the result of a query.
pub fn update(heading: &str, result: &str) {
    let page = std::fs::read_to_string(path()).expect("docs/queries.md");
    let sections = page.split("\n## ").map(|section| {
        if section.lines().next() != Some(heading) {
            return section.trim_end().to_owned();
        }
        let sql = section.find("```sql\n").expect("a query");
        let end = sql + section[sql..].find("\n```").expect("its end") + "\n```".len();
        format!("{}\n\n{result}", &section[..end])
    });
    let page = sections.collect::<Vec<_>>().join("\n\n## ");
    std::fs::write(path(), page + "\n").expect("docs/queries.md");
}
