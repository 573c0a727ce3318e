//! Output formats and their file extensions.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::packing::Packing;
use crate::extension::{self, Extensions};

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OutputFormat {
    /// One JSON object per line with all annotations, nested.
    #[default]
    Jsonl,
    /// Tables as comma-separated values, one file each.
    Csv,
    /// Tables as Parquet, one file each.
    Parquet,
    /// All tables in one SQLite file.
    Sqlite,
}

impl OutputFormat {
    /// Each format with its extensions. Messages and checks use this list too.
    const EXTENSIONS: Extensions<Self> = &[
        (Self::Jsonl, &["jsonl", "ndjson"]),
        (Self::Csv, &["csv"]),
        (Self::Parquet, &["parquet"]),
        (Self::Sqlite, &["sqlite", "sqlite3", "db"]),
    ];

    /// The format that a file's name shows, compressed or not; the default if it has no extension, such as `/dev/stdout`.
    pub fn of(path: &Path) -> Result<Self, UnknownFormat> {
        let Some(extension) = extension::of(path) else { return Ok(Self::default()) };
        let unknown = |extension| UnknownFormat { file: path.display().to_string(), extension };
        match extension::find(Self::EXTENSIONS, &extension) {
            Some(format) if format.is_compressible() || Packing::of(path) == Packing::Plain => Ok(format),
            Some(_) => {
                let packing = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
                Err(unknown(format!("{extension}.{packing}")))
            }
            None => Err(unknown(extension)),
        }
    }

    /// The format that a file's name shows.
    pub fn named(path: &Path) -> Option<Self> {
        extension::of(path)?;
        Self::of(path).ok()
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        let names = Self::EXTENSIONS.iter().find(|(format, _)| *format == self).map(|(_, names)| *names);
        names.and_then(|names| names.first()).copied().unwrap_or_default()
    }

    /// Whether its files can be compressed as a whole.
    pub const fn is_compressible(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv)
    }

    /// Whether a file holds one table, so that a folder is needed for several.
    pub const fn is_single_table(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }
}

/// A file whose extension is not that of an output format.
#[derive(Debug, thiserror::Error)]
#[error("{file}: copydesk does not write .{extension} files")]
pub struct UnknownFormat {
    file: String,
    extension: String,
}

impl UnknownFormat {
    /// The remedy.
    pub fn remedy(&self) -> String {
        let all = OutputFormat::EXTENSIONS;
        let names: Vec<String> = all.iter().map(|(format, _)| format!(".{}", format.extension())).collect();
        let (lines, tables) = names.split_at(2);
        let (lines, tables) = (lines.join(" or "), tables.join(" or "));
        format!(
            "use one of the extensions {lines} (optionally followed by .gz or .zst), {tables}, or set output.format"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_determine_the_format() {
        for (name, known) in [
            ("out.jsonl", true),
            ("out/OUT.NDJSON", true),
            ("out.jsonl.gz", true),
            ("out.gz", true),
            ("/dev/stdout", true),
            ("results", true),
            (".hidden", true),
            ("quotes.csv", true),
            ("quotes.csv.zst", true),
            ("out.json", false),
            ("out.jsonl.zst", true),
            ("quotes.parquet", true),
            ("quotes.parquet.gz", false),
            ("news.sqlite", true),
            ("news.DB", true),
            ("news.db.zst", false),
        ] {
            assert_eq!(OutputFormat::of(Path::new(name)).is_ok(), known, "{name}");
        }
    }
}
