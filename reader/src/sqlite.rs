//! Articles from an SQLite file of results.
//!
//! Tables that a run did not keep count as empty.

use std::path::Path;

use copydesk_engine::output::OffsetUnit;
use rusqlite::{Connection, OpenFlags, Row};

use crate::model::{
    Article, Claim, Entity, Figure, Mention, NARRATOR, Own, Place, Quote, Stance, Tone, place, said, shown,
};

/// The reason why an SQLite file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SqliteError {
    /// SQLite reports an error.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// It does not contain results of copydesk.
    #[error("it was not written by copydesk: `copydesk run … -o FILE.sqlite` writes such files")]
    Foreign,
    /// It has no table of documents.
    #[error("it has no table `documents`: write it without --keep, or keep documents too")]
    NoDocuments,
}

/// Reads the first `most` articles of a file, and the total number. The file is opened read-only.
///
/// # Errors
/// If the file is not an SQLite file, was not written by copydesk, or has no documents.
pub fn read_sqlite(path: &Path, most: usize) -> Result<(Vec<Article>, u64), SqliteError> {
    let database = open(path)?;
    let total: i64 = database.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
    let mut first = database.prepare("SELECT doc FROM documents ORDER BY rowid LIMIT ?1")?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let docs: Vec<String> = first.query_map([most], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok((articles(&database, &docs)?, total.unsigned_abs()))
}

/// Opens a file read-only.
fn open(path: &Path) -> Result<Connection, SqliteError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags)?;
    check(&database)?;
    Ok(database)
}

/// Checks that a file was written by copydesk and has documents.
pub(crate) fn check(database: &Connection) -> Result<(), SqliteError> {
    let application: i32 = database.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != i32::from_be_bytes(*b"cpdk") {
        return Err(SqliteError::Foreign);
    }
    if has(database, "documents")? { Ok(()) } else { Err(SqliteError::NoDocuments) }
}

fn has(database: &Connection, table: &str) -> Result<bool, SqliteError> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    Ok(database.query_row(sql, [table], |row| row.get::<_, i64>(0))? > 0)
}

/// The articles with these keys, in the same order; unknown keys are skipped.
pub(crate) fn articles(database: &Connection, docs: &[String]) -> Result<Vec<Article>, SqliteError> {
    let mut reader = Reader { database, docs: Vec::new(), articles: Vec::new() };
    let units = reader.documents(docs)?;
    reader.entities()?;
    reader.mentions()?;
    reader.quotes()?;
    reader.figures()?;
    reader.claims()?;
    reader.stances()?;
    reader.sentences()?;
    reader.own()?;
    for (article, unit) in reader.articles.iter_mut().zip(units) {
        article.count_in_utf16(unit);
    }
    Ok(reader.articles)
}

struct Reader<'d> {
    database: &'d Connection,
    /// The keys of the articles.
    docs: Vec<String>,
    articles: Vec<Article>,
}

type Read<T> = Result<T, SqliteError>;

impl Reader<'_> {
    /// Calls a function with every row of a table that belongs to one of the articles, in the order of the table.
    fn each(
        &mut self,
        table: &str,
        columns: &str,
        mut take: impl FnMut(&mut Article, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Read<()> {
        if !has(self.database, table)? {
            return Ok(());
        }
        let sql = format!(
            "SELECT t.doc, {columns} FROM \"{}\" t WHERE t.doc = ?1 AND t.place = 'text' ORDER BY t.rowid",
            table.replace('"', "\"\"")
        );
        let mut statement = self.database.prepare(&sql)?;
        for (doc, article) in self.docs.iter().zip(&mut self.articles) {
            let mut rows = statement.query([doc])?;
            while let Some(row) = rows.next()? {
                take(article, row)?;
            }
        }
        Ok(())
    }

    fn documents(&mut self, docs: &[String]) -> Read<Vec<OffsetUnit>> {
        let mut statement = self.database.prepare(
            "SELECT doc, id, title, date, language, text, offset_unit, label, warnings FROM documents WHERE doc = ?1",
        )?;
        let mut units = Vec::new();
        for doc in docs {
            let mut rows = statement.query([doc])?;
            let Some(row) = rows.next()? else { continue };
            let unit: String = row.get(6)?;
            units.push(OffsetUnit::from_word(&unit).unwrap_or_default());
            self.docs.push(row.get(0)?);
            let warnings: Option<String> = row.get(8)?;
            self.articles.push(Article {
                id: row.get(1)?,
                title: row.get(2)?,
                date: row.get(3)?,
                language: row.get(4)?,
                text: row.get(5)?,
                tone: row.get(7)?,
                warnings: warnings.iter().flat_map(|all| all.split("; ")).map(str::to_owned).collect(),
                ..Article::default()
            });
        }
        Ok(units)
    }

    fn entities(&mut self) -> Read<()> {
        let columns = "t.kind, t.name, t.links, t.polarity, t.label, t.global_id, t.confidence";
        self.each("entities", columns, |article, row| {
            article.entities.push(Entity {
                k: row.get(1)?,
                n: row.get(2)?,
                l: row
                    .get::<_, Option<String>>(3)?
                    .map(|json| json.replace(['{', '}', '"'], "").replace(',', " ")),
                p: row.get(4)?,
                t: row.get(5)?,
                g: row.get(6)?,
                c: row.get(7)?,
            });
            Ok(())
        })
    }

    fn mentions(&mut self) -> Read<()> {
        self.each("mentions", "t.entity, t.start, t.\"end\"", |article, row| {
            let entity: String = row.get(1)?;
            if let Some(i) = place(&entity, 'e', article.entities.len()) {
                article.mentions.push(Mention { i, s: offset(row, 2)?, e: offset(row, 3)? });
            }
            Ok(())
        })
    }

    fn quotes(&mut self) -> Read<()> {
        let columns = "t.start, t.\"end\", t.kind, t.text, coalesce(t.speaker_name, t.speaker_text), t.speaker_entity, t.cue, \
                       t.stance, t.about, t.confidence";
        self.each("quotes", columns, |article, row| {
            let about: Option<String> = row.get(9)?;
            article.quotes.push(Quote {
                s: offset(row, 1)?,
                e: offset(row, 2)?,
                k: row.get(3)?,
                t: row.get(4)?,
                w: row.get(5)?,
                i: entity(article, row.get(6)?),
                u: row.get(7)?,
                x: row.get(8)?,
                b: named(article, about.as_deref()),
                c: row.get(10)?,
            });
            Ok(())
        })
    }

    fn figures(&mut self) -> Read<()> {
        let columns = "t.start, t.\"end\", t.kind, t.value, t.value_max, t.text_value, coalesce(t.unit_name, t.unit), t.bound, \
                       t.measure, t.measure_entity, t.period_from, t.period_to, t.direction, t.change_of, t.baseline, t.confidence";
        self.each("figures", columns, |article, row| {
            let (low, high): (Option<f64>, Option<f64>) = (row.get(4)?, row.get(5)?);
            let text: Option<String> = row.get(6)?;
            let period: [Option<String>; 2] = [row.get(11)?, row.get(12)?];
            let change: Option<String> = row.get(14)?;
            article.figures.push(Figure {
                s: offset(row, 1)?,
                e: offset(row, 2)?,
                k: row.get(3)?,
                v: match (low, high, text) {
                    (Some(low), None, _) => shown(low),
                    (low, high @ Some(_), _) => {
                        let end = |end: Option<f64>| end.map_or_else(String::new, shown);
                        format!("{} – {}", end(low), end(high))
                    }
                    (None, None, text) => text.unwrap_or_default().replace('/', " – "),
                },
                n: low.filter(|_| high.is_none()),
                u: row.get(7)?,
                q: row.get(8)?,
                m: row.get(9)?,
                mi: entity(article, row.get(10)?),
                p: period.iter().any(Option::is_some).then_some(period),
                d: row.get(13)?,
                // The change may be of a later figure, so the index is not checked here.
                of: change.and_then(|id| place(&id, 'f', usize::MAX)),
                b: row.get(15)?,
                c: row.get(16)?,
            });
            Ok(())
        })?;
        for article in &mut self.articles {
            let count = article.figures.len();
            article.figures.iter_mut().for_each(|figure| figure.of = figure.of.filter(|of| *of < count));
        }
        Ok(())
    }

    fn claims(&mut self) -> Read<()> {
        let columns = "t.start, t.\"end\", t.worth, t.speaker, t.speaker_text, t.stance, t.negated, t.modal, t.forecast, t.about, \
                       t.measure, t.figure, t.change, t.contradicts, t.confidence, t.period_from, t.baseline_from";
        self.each("claims", columns, |article, row| {
            let speaker: Option<String> = row.get(4)?;
            let about: Option<String> = row.get(10)?;
            let figures = article.figures.len();
            let figure = |id: Option<String>| id.and_then(|id| place(&id, 'f', figures));
            let found = entity(article, speaker.clone()).and_then(|place| i64::try_from(place).ok());
            let (from, base): (Option<String>, Option<String>) = (row.get(16)?, row.get(17)?);
            let (start, end): (u64, u64) = (offset(row, 1)?, offset(row, 2)?);
            article.claims.push(Claim {
                s: start,
                e: end,
                w: row.get(3)?,
                i: if speaker.as_deref() == Some("narrator") { Some(NARRATOR) } else { found },
                sp: row.get(5)?,
                x: row.get(6)?,
                ng: row.get(7)?,
                md: row.get(8)?,
                fc: row.get(9)?,
                a: named(article, about.as_deref()),
                m: row.get(11)?,
                f: figure(row.get(12)?).into_iter().collect(),
                ch: figure(row.get(13)?),
                ba: dated(article, start..end, base.as_deref()),
                p: dated(article, start..end, from.as_deref()),
                o: row.get::<_, Option<String>>(14)?.and_then(|id| place(&id, 'c', article.claims.len())),
                c: row.get(15)?,
            });
            Ok(())
        })
    }

    fn stances(&mut self) -> Read<()> {
        self.each("stances", "t.holder, t.target, t.polarity", |article, row| {
            let (holder, target) = (entity(article, row.get(1)?), entity(article, row.get(2)?));
            if let (Some(h), Some(t)) = (holder, target) {
                article.stances.push(Stance { h, t, p: row.get(3)? });
            }
            Ok(())
        })
    }

    fn sentences(&mut self) -> Read<()> {
        self.each("sentences", "t.start, t.\"end\", t.label", |article, row| {
            article.tones.push(Tone { s: offset(row, 1)?, e: offset(row, 2)?, l: row.get(3)? });
            Ok(())
        })
    }

    /// The layers of other stages: the tables that number annotations.
    fn own(&mut self) -> Read<()> {
        let mut tables = self.database.prepare(
            "SELECT name FROM sqlite_schema s WHERE type = 'table' AND EXISTS \
             (SELECT 1 FROM pragma_table_info(s.name) WHERE name = 'annotation') ORDER BY name",
        )?;
        let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for table in tables {
            self.each(&table, "t.start, t.\"end\", t.json, t.confidence", |article, row| {
                let (s, e) = (offset(row, 1)?, offset(row, 2)?);
                let v = said(&row.get::<_, String>(3)?);
                article.own.push(Own { s, e, n: table.clone(), v, c: row.get(4)? });
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// An offset. A negative one, which no table of copydesk has, becomes one beyond every text.
fn offset(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(u64::MAX))
}

fn entity(article: &Article, id: Option<String>) -> Place {
    place(&id?, 'e', article.entities.len())
}

/// The entities with these names, which are separated by "; ".
fn named(article: &Article, names: Option<&str>) -> Vec<usize> {
    let found = |name: &str| article.entities.iter().position(|entity| entity.n == name);
    names.into_iter().flat_map(|names| names.split("; ")).filter_map(found).collect()
}

/// The date or period that begins on a day; one inside the span is preferred.
fn dated(article: &Article, within: std::ops::Range<u64>, from: Option<&str>) -> Place {
    let from = from?;
    let is = |figure: &Figure| {
        matches!(&*figure.k, "date" | "period")
            && figure.p.as_ref().is_some_and(|p| p[0].as_deref() == Some(from))
    };
    let inside = |figure: &Figure| within.contains(&figure.s) && is(figure);
    article.figures.iter().position(inside).or_else(|| article.figures.iter().position(is))
}
