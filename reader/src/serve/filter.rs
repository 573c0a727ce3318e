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
    from: String,
    conditions: Vec<String>,
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
        let document = if kind == Kind::Documents { "t" } else { "d" };
        let join = if kind == Kind::Documents { "" } else { " JOIN documents d ON d.doc = t.doc" };
        let mut filter = Self {
            kind,
            from: format!("{} t{join}", kind.table()),
            conditions: Vec::new(),
            parameters: Vec::new(),
        };
        if let Some(words) = given("q").map(full_text).filter(|words| !words.is_empty()) {
            let index = format!("{}_fts", kind.table());
            if !tables.has(&index) {
                return Err("the file has no full-text index: write it without --no-full-text".to_owned());
            }
            filter.from = format!("{index} JOIN {} t ON t.rowid = {index}.rowid{join}", kind.table());
            filter.add(format!("{index} MATCH ?"), &words);
        }
        if let Some(speaker) = given("speaker") {
            match kind {
                Kind::Documents if tables.has("quotes") => {
                    filter
                        .add("t.doc IN (SELECT doc FROM quotes WHERE speaker_name = ?)".to_owned(), speaker);
                }
                Kind::Documents => return Err("the file has no table quotes".to_owned()),
                Kind::Quotes | Kind::Claims => filter.add("t.speaker_name = ?".to_owned(), speaker),
            }
        }
        if let Some(measure) = given("measure") {
            match kind {
                Kind::Claims => filter.add("t.measure = ?".to_owned(), measure),
                _ if tables.has("claims") => {
                    filter.add("t.doc IN (SELECT doc FROM claims WHERE measure = ?)".to_owned(), measure);
                }
                _ => return Err("the file has no table claims".to_owned()),
            }
        }
        if let Some(month) = given("month") {
            filter.add(format!("{document}.date >= ?"), month);
            // After every day of the month, and before the next month.
            filter.add(format!("{document}.date < ?"), &format!("{month}~"));
        }
        if let Some(tone) = given("tone") {
            filter.add(format!("{document}.label = ?"), tone);
        }
        if let (Some(outlet), Some(column)) = (given("outlet"), tables.outlet) {
            filter.add(format!("{document}.\"{column}\" = ?"), outlet);
        }
        Ok(filter)
    }

    fn add(&mut self, condition: String, value: &(impl AsRef<str> + ?Sized)) {
        self.conditions.push(condition);
        self.parameters.push(Value::Text(value.as_ref().to_owned()));
    }

    /// A query for columns of the hits. `t` is the table, `d` the documents of quotes and claims.
    pub(super) fn select(&self, columns: &str, limit: usize, offset: usize) -> String {
        let conditions = if self.conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.conditions.join(" AND "))
        };
        format!("SELECT {columns} FROM {}{conditions} LIMIT {limit} OFFSET {offset}", self.from)
    }
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
                let sql = filter.select("t.doc", 10, 0);
                assert!(!sql.contains("DROP") && !sql.contains('\''), "{sql}");
                assert_eq!(sql.matches('?').count(), filter.parameters.len(), "{sql}");
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
