//! The destination of an output and the results written to it, determined from its path, format and table.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Output;
use crate::output::{OutputFormat, UnknownFormat};
use crate::tables::{Table, Wanted};

/// The destination of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Lines of JSON: a file, or standard output.
    Lines(Option<PathBuf>),
    /// One table: a file, or standard output.
    Table(Option<PathBuf>, OutputFormat, String),
    /// All tables in one file.
    Tables(PathBuf, OutputFormat),
    /// A folder with one file per table.
    Folder(PathBuf, OutputFormat),
}

/// Why an output is not possible.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The name shows no format.
    #[error(transparent)]
    Format(#[from] UnknownFormat),
    /// The file has one table, and its name does not show which.
    #[error("{file} has one table, but its name does not show which")]
    WhichTable {
        /// The file.
        file: String,
        /// The format's extension.
        extension: &'static str,
        /// The available tables.
        tables: String,
    },
    /// There is no such table.
    #[error("there is no table `{table}`: no stage of this pipeline fills it")]
    NoTable {
        /// Its name.
        table: String,
        /// The available tables.
        tables: String,
    },
    /// There is no layer or table of this name.
    #[error("`keep` names `{name}`, which this output does not have")]
    Keep {
        /// The name.
        name: String,
        /// The available layers and tables.
        known: String,
    },
    /// Standard output accepts only lines, or one table as CSV.
    #[error("standard output can only be JSON lines, or one table as CSV")]
    Stdout,
}

impl TargetError {
    /// The remedy.
    pub fn remedy(&self) -> String {
        match self {
            Self::Format(unknown) => unknown.remedy(),
            Self::WhichTable { extension, tables, .. } => format!(
                "let it end in the name of a table, such as quotes.{extension} or march_quotes.{extension} ({tables}); or write \
                 a folder of all tables: -o out/ --format {extension}"
            ),
            Self::NoTable { tables, .. } => format!("available: {tables}"),
            Self::Keep { known, .. } => format!("available: {known}"),
            Self::Stdout => "name a file with -o".to_owned(),
        }
    }
}

impl Target {
    /// The target of an output. `tables` are the tables that can be filled.
    pub fn of(output: &Output, tables: &[Arc<Table>]) -> Result<Self, TargetError> {
        let path = output.path.as_deref().filter(|path| *path != "-");
        let Some(name) = path else {
            let format = output.format.unwrap_or_default();
            return match (format, &output.table) {
                (OutputFormat::Jsonl, _) => Ok(Self::Lines(None)),
                (OutputFormat::Csv, Some(table)) => Ok(Self::Table(None, format, known(table, tables)?)),
                _ => Err(TargetError::Stdout),
            };
        };
        let path = Path::new(name);
        if name.ends_with('/') || path.is_dir() {
            return Ok(match output.format.unwrap_or_default() {
                OutputFormat::Jsonl => Self::Lines(Some(path.join("documents.jsonl"))),
                OutputFormat::Sqlite => Self::Tables(path.join("results.sqlite"), OutputFormat::Sqlite),
                format => Self::Folder(path.to_owned(), format),
            });
        }
        let format = output.format.map_or_else(|| OutputFormat::of(path), Ok)?;
        Ok(match format {
            OutputFormat::Jsonl => Self::Lines(Some(path.to_owned())),
            format if format.is_single_table() => {
                let table = match &output.table {
                    Some(table) => known(table, tables)?,
                    None => of_name(path, format, tables)?,
                };
                Self::Table(Some(path.to_owned()), format, table)
            }
            format => Self::Tables(path.to_owned(), format),
        })
    }

    /// The file or folder; `None` for standard output.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Lines(path) | Self::Table(path, ..) => path.as_deref(),
            Self::Tables(path, _) | Self::Folder(path, _) => Some(path),
        }
    }

    /// All files that it may write.
    pub fn files(&self, tables: &[Arc<Table>]) -> Vec<(PathBuf, OutputFormat)> {
        match self {
            Self::Lines(path) => path.iter().map(|path| (path.clone(), OutputFormat::Jsonl)).collect(),
            Self::Table(path, format, _) => path.iter().map(|path| (path.clone(), *format)).collect(),
            Self::Tables(path, format) => vec![(path.clone(), *format)],
            Self::Folder(path, format) => {
                let file = |table: &Arc<Table>| path.join(format!("{}.{}", table.name, format.extension()));
                tables.iter().map(|table| (file(table), *format)).collect()
            }
        }
    }

    /// Checks the names in `keep`: for lines they are layers, for tables they are tables or layers. `layers` and `tables` are those that
    /// can be filled.
    pub fn kept(
        &self,
        keep: Option<&[String]>,
        layers: &[&str],
        tables: &[Arc<Table>],
    ) -> Result<(), TargetError> {
        if !matches!(self, Self::Lines(_)) {
            return self.wanted(keep, tables).map(drop);
        }
        let unknown = keep.unwrap_or_default().iter().find(|name| !layers.contains(&name.as_str()));
        unknown.map_or(Ok(()), |name| Err(TargetError::Keep { name: name.clone(), known: layers.join(", ") }))
    }

    /// The tables that it has, restricted to those that its `keep` names.
    pub fn wanted(&self, keep: Option<&[String]>, tables: &[Arc<Table>]) -> Result<Wanted, TargetError> {
        if let Self::Table(_, _, table) = self {
            return Ok(Wanted::Named(vec![table.clone()]));
        }
        let Some(keep) = keep else { return Ok(Wanted::All) };
        let mut names = Vec::new();
        for name in keep {
            let of_layer = || {
                let layers = tables.iter().filter(|table| table.layer.as_deref() == Some(name));
                layers.map(|table| table.name.to_string()).collect::<Vec<_>>()
            };
            let found = known(name, tables).map_or_else(|_| of_layer(), |table| vec![table]);
            if found.is_empty() {
                return Err(TargetError::Keep { name: name.clone(), known: list(tables) });
            }
            names.extend(found);
        }
        Ok(Wanted::Named(names))
    }
}

/// The table that a file's name ends in: `quotes.csv`, `march_quotes.csv.gz`, but not `unquotes.csv`.
fn of_name(path: &Path, format: OutputFormat, tables: &[Arc<Table>]) -> Result<String, TargetError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    let ends = |table: &&Arc<Table>| {
        let before = stem.strip_suffix(&*table.name.to_lowercase());
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    let longest = tables.iter().filter(ends).max_by_key(|table| table.name.len());
    longest.map(|table| table.name.to_string()).ok_or_else(|| TargetError::WhichTable {
        file: path.display().to_string(),
        extension: format.extension(),
        tables: list(tables),
    })
}

fn known(table: &str, tables: &[Arc<Table>]) -> Result<String, TargetError> {
    let found = tables.iter().find(|known| known.name == table);
    found
        .map(|table| table.name.to_string())
        .ok_or_else(|| TargetError::NoTable { table: table.to_owned(), tables: list(tables) })
}

fn list(tables: &[Arc<Table>]) -> String {
    let names: Vec<&str> = tables.iter().map(|table| &*table.name).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{DOCUMENTS, TABLES, of_layer};

    /// The tables of layers, that of documents first.
    fn tables_of<'l>(layers: impl Iterator<Item = &'l str>) -> Vec<Arc<Table>> {
        let documents = TABLES.iter().filter(|table| table.name == DOCUMENTS).map(Arc::clone);
        documents.chain(layers.flat_map(of_layer)).collect()
    }

    fn target(path: &str, format: Option<OutputFormat>, table: Option<&str>) -> Result<Target, String> {
        let tables = tables_of(["entities", "quotes", "pull_quotes"].into_iter());
        let output = Output {
            path: Some(path.to_owned()),
            format,
            table: table.map(str::to_owned),
            ..Output::default()
        };
        Target::of(&output, &tables).map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_shows_its_table() {
        use OutputFormat::{Csv, Parquet, Sqlite};
        let table =
            |path: &str, format, table: &str| Ok(Target::Table(Some(path.into()), format, table.into()));
        assert_eq!(target("quotes.csv", None, None), table("quotes.csv", Csv, "quotes"));
        assert_eq!(
            target("a/March-Quotes.CSV.gz", None, None),
            table("a/March-Quotes.CSV.gz", Csv, "quotes")
        );
        assert_eq!(
            target("my_pull_quotes.parquet", None, None),
            table("my_pull_quotes.parquet", Parquet, "pull_quotes")
        );
        assert_eq!(target("x.csv", None, Some("mentions")), table("x.csv", Csv, "mentions"));
        assert!(target("unquotes.csv", None, None).is_err_and(|error| error.contains("does not show which")));
        assert!(target("figures.csv", None, None).is_err(), "no stage fills it");
        assert!(
            target("x.csv", None, Some("figures")).is_err_and(|error| error.contains("no table `figures`"))
        );
        assert_eq!(target("news.db", None, None), Ok(Target::Tables("news.db".into(), Sqlite)));
        assert_eq!(target("out/", Some(Parquet), None), Ok(Target::Folder("out/".into(), Parquet)));
        assert_eq!(target("out/", None, None), Ok(Target::Lines(Some("out/documents.jsonl".into()))));
        assert!(target("-", Some(Csv), None).is_err());
        assert_eq!(target("-", Some(Csv), Some("quotes")), Ok(Target::Table(None, Csv, "quotes".into())));
    }

    #[test]
    fn what_is_kept_is_named_by_table_or_layer() {
        let tables = tables_of(["entities", "sentiment"].into_iter());
        let target = Target::Tables("x.db".into(), OutputFormat::Sqlite);
        let wanted = |keep: &[&str]| {
            let keep: Vec<String> = keep.iter().map(|name| (*name).to_owned()).collect();
            match target.wanted(Some(&keep), &tables) {
                Ok(Wanted::Named(names)) => names.join(" "),
                Ok(Wanted::All) => "all".to_owned(),
                Err(error) => error.to_string(),
            }
        };
        assert_eq!(wanted(&["documents", "sentiment"]), "documents targets stances sentences");
        assert_eq!(wanted(&["entities"]), "entities");
        assert!(wanted(&["quotes"]).contains("does not have"));
    }
}
