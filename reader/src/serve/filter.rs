//! Search requests as SQL: every value from a request is a parameter.

use std::collections::HashMap;

use rusqlite::types::Value;

/// The kind of record that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Documents,
    Quotes,
    Claims,
}

impl Kind {
    /// The kind with this name; `None` means articles.
    pub(super) fn of(word: Option<&str>) -> Option<Self> {
        match word {
            None | Some("" | "documents") => Some(Self::Documents),
            Some("quotes") => Some(Self::Quotes),
            Some("claims") => Some(Self::Claims),
            Some(_) => None,
        }
    }

    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Quotes => "quotes",
            Self::Claims => "claims",
        }
    }

    /// The name of a record in queries: articles are their own documents.
    pub(super) fn record(self) -> &'static str {
        if self == Self::Documents { "d" } else { "t" }
    }

    /// The records with their documents.
    pub(super) fn from(self) -> String {
        match self {
            Self::Documents => "documents d".to_owned(),
            _ => format!("{} t JOIN documents d ON d.doc = t.doc", self.table()),
        }
    }

    /// A query for the row numbers of the records with a value in a column of `source`: that of the records themselves, or of records in
    /// the same document.
    fn having(self, source: &str, column: &str) -> String {
        let table = self.table();
        if source == table {
            format!("SELECT rowid FROM {table} WHERE {column} = ?")
        } else {
            format!("SELECT rowid FROM {table} WHERE doc IN (SELECT doc FROM {source} WHERE {column} = ?)")
        }
    }
}

/// The tables of a file, as not every file has all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// Tables and full-text indices.
    pub(super) names: Vec<String>,
    /// The column of `documents` with the outlet.
    pub(super) outlet: Option<&'static str>,
}

impl Tables {
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }
}

/// The conditions of a search, and their parameters.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) kind: Kind,
    /// The words to find, if any.
    words: Option<Condition>,
    /// Conditions on records, each as a query for their row numbers.
    records: Vec<Condition>,
    /// Conditions on documents, in terms of a document `d`.
    documents: Vec<Condition>,
}

/// A condition with `?` for each parameter.
#[derive(Clone, Debug)]
struct Condition {
    sql: String,
    parameters: Vec<Value>,
}

impl Condition {
    fn new(sql: String, values: &[&str]) -> Self {
        Self { sql, parameters: values.iter().map(|value| Value::Text((*value).to_owned())).collect() }
    }
}

/// A query with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) parameters: Vec<Value>,
}

/// The maximum number of words of a query; others are ignored.
const MAX_WORDS: usize = 12;
/// The maximum length of a value in bytes; longer ones are rejected.
const MAX_LENGTH: usize = 300;

impl Filter {
    /// Reads the parameters of a request. An error is a message for the user.
    pub(super) fn read(query: &HashMap<String, String>, tables: &Tables) -> Result<Self, String> {
        if let Some((name, _)) = query.iter().find(|(_, value)| value.len() > MAX_LENGTH) {
            return Err(format!("{name} is longer than {MAX_LENGTH} bytes"));
        }
        let given = |name: &str| query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let kind = Kind::of(given("in")).ok_or("`in` must be documents, quotes or claims")?;
        if !tables.has(kind.table()) {
            return Err(format!(
                "the file has no table {}: write it without --keep, or keep that table too",
                kind.table()
            ));
        }
        let table = kind.table();
        let mut filter = Self { kind, words: None, records: Vec::new(), documents: Vec::new() };
        if let Some(words) = given("q").map(full_text).filter(|words| !words.is_empty()) {
            let index = format!("{table}_fts");
            if !tables.has(&index) {
                return Err("the file has no full-text index: write it without --no-full-text".to_owned());
            }
            filter.words = Some(Condition::new(format!("{index} MATCH ?"), &[&words]));
        }
        if let Some(speaker) = given("speaker") {
            if kind == Kind::Documents && !tables.has("quotes") {
                return Err("the file has no table quotes".to_owned());
            }
            let source = if kind == Kind::Documents { "quotes" } else { table };
            filter.records.push(Condition::new(kind.having(source, "speaker_name"), &[speaker]));
        }
        if let Some(measure) = given("measure") {
            if !tables.has("claims") {
                return Err("the file has no table claims".to_owned());
            }
            filter.records.push(Condition::new(kind.having("claims", "measure"), &[measure]));
        }
        if let Some(month) = given("month") {
            // The end is after every day of the month, and before the next month.
            let sql = "d.date >= ? AND d.date < ?".to_owned();
            filter.documents.push(Condition::new(sql, &[month, &format!("{month}~")]));
        }
        if let Some(tone) = given("tone") {
            filter.documents.push(Condition::new("d.label = ?".to_owned(), &[tone]));
        }
        if let (Some(outlet), Some(column)) = (given("outlet"), tables.outlet) {
            filter.documents.push(Condition::new(format!("d.\"{column}\" = ?"), &[outlet]));
        }
        Ok(filter)
    }

    /// Counts the documents that meet the conditions on documents, up to a limit; `None` if the order of the search does not depend on it.
    pub(super) fn count(&self, limit: i64) -> Option<Query> {
        (self.words.is_some() && !self.documents.is_empty()).then(|| {
            let (conditions, parameters) = joined(&self.documents);
            let sql =
                format!("SELECT count(*) FROM (SELECT 1 FROM documents d WHERE {conditions} LIMIT {limit})");
            Query { sql, parameters }
        })
    }

    /// A query for columns of the hits: `t` is the record, `d` its document.
    ///
    /// With `few`, the documents that meet the conditions are found first, and the hits of the words are compared with their row numbers:
    /// this is much faster than reading the document of every hit, unless most documents meet the conditions.
    pub(super) fn select(&self, columns: &str, few: bool, limit: usize, offset: usize) -> Query {
        let table = self.kind.table();
        let record = self.kind.record();
        let mut conditions = Vec::new();
        let mut from = self.kind.from();
        let mut row = format!("{record}.rowid");
        if let Some(words) = &self.words {
            from = format!("{table}_fts JOIN {table} {record} ON {record}.rowid = {table}_fts.rowid");
            if self.kind != Kind::Documents {
                from.push_str(" JOIN documents d ON d.doc = t.doc");
            }
            // The sign keeps SQLite from looking up the words once for each of these rows.
            row = format!("+{table}_fts.rowid");
            conditions.push(words.clone());
        }
        let within = |condition: &Condition| Condition {
            sql: format!("{row} IN ({})", condition.sql),
            parameters: condition.parameters.clone(),
        };
        conditions.extend(self.records.iter().map(within));
        if few && self.words.is_some() && !self.documents.is_empty() {
            let (those, parameters) = joined(&self.documents);
            let sql = match self.kind {
                Kind::Documents => format!("SELECT d.rowid FROM documents d WHERE {those}"),
                _ => format!(
                    "SELECT t.rowid FROM documents d CROSS JOIN {table} t ON t.doc = d.doc WHERE {those}"
                ),
            };
            conditions.push(within(&Condition { sql, parameters }));
        } else {
            conditions.extend(self.documents.iter().cloned());
        }
        let (all, parameters) = joined(&conditions);
        let conditions = if all.is_empty() { String::new() } else { format!(" WHERE {all}") };
        Query {
            sql: format!("SELECT {columns} FROM {from}{conditions} LIMIT {limit} OFFSET {offset}"),
            parameters,
        }
    }
}

/// All conditions as one, with their parameters in order.
fn joined(conditions: &[Condition]) -> (String, Vec<Value>) {
    let sql: Vec<&str> = conditions.iter().map(|condition| condition.sql.as_str()).collect();
    (sql.join(" AND "), conditions.iter().flat_map(|condition| condition.parameters.clone()).collect())
}

/// A full-text query for all words in any order; the last word may be a prefix. It contains no operators from the input.
fn full_text(query: &str) -> String {
    let words = query.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(MAX_WORDS).map(|word| format!("\"{word}\"")).collect();
    // The last word may be incomplete; a very short one would match too many words.
    const WHOLE: usize = 3;
    let open = words.last().is_some_and(|word| word.chars().count() > WHOLE + 2);
    words.join(" ") + if open { "*" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Tables {
        let names = ["documents", "documents_fts", "quotes", "quotes_fts", "claims", "claims_fts"];
        Tables { names: names.map(str::to_owned).to_vec(), outlet: Some("outlet") }
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Filter, String> {
        let query = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Filter::read(&query, &tables())
    }

    #[test]
    fn values_are_parameters_and_never_sql() {
        let attack = "x'; DROP TABLE documents; --";
        for name in ["speaker", "measure", "month", "tone", "outlet", "q"] {
            for kind in ["documents", "quotes", "claims"] {
                let filter = read(&[(name, attack), ("in", kind)]).expect("a filter");
                let with_words = read(&[(name, attack), ("q", "tax"), ("in", kind)]).expect("a filter");
                let queries = [&filter, &with_words].into_iter().flat_map(|filter| {
                    let selects = [true, false].map(|few| filter.select("d.doc", few, 10, 0));
                    selects.into_iter().chain(filter.count(10))
                });
                for Query { sql, parameters } in queries {
                    assert!(!sql.contains("DROP") && !sql.contains('\''), "{sql}");
                    assert_eq!(sql.matches('?').count(), parameters.len(), "{sql}");
                }
            }
        }
        assert!(read(&[("in", "sqlite_schema")]).is_err());
        assert!(read(&[("q", &"x".repeat(301))]).is_err());
    }

    #[test]
    fn a_query_consists_of_words() {
        assert_eq!(full_text("tax OR \"cut* NEAR(a b)"), "\"tax\" \"OR\" \"cut\" \"NEAR\" \"a\" \"b\"");
        assert_eq!(full_text("tax elect"), "\"tax\" \"elect\"*");
        assert_eq!(full_text(" - \" ( "), "");
        assert_eq!(full_text(&"a ".repeat(50)).matches('a').count(), MAX_WORDS);
    }
}
