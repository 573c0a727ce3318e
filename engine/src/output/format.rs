//! Formats of output files, by the endings of their names.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::extension::{self, Extensions};

/// How output is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OutputFormat {
    /// A JSON object a line.
    #[default]
    Jsonl,
}

impl OutputFormat {
    /// Each format with its extensions. A format that is added here is known to messages and checks.
    const EXTENSIONS: Extensions<Self> = &[(Self::Jsonl, &["jsonl", "ndjson"])];

    /// The format that a file's name asks for, compressed or not; the default where it has no extension, as `/dev/stdout`.
    pub fn of(path: &Path) -> Result<Self, UnknownFormat> {
        let Some(extension) = extension::of(path) else { return Ok(Self::default()) };
        extension::find(Self::EXTENSIONS, &extension)
            .ok_or_else(|| UnknownFormat { file: path.display().to_string(), extension })
    }
}

/// A file whose extension names no format that is written.
#[derive(Debug, thiserror::Error)]
#[error("{file}: copydesk does not write .{extension} files")]
pub struct UnknownFormat {
    file: String,
    extension: String,
}

impl UnknownFormat {
    /// What helps.
    pub fn remedy(&self) -> String {
        let known = extension::list(OutputFormat::EXTENSIONS);
        format!("let the name end in {known}, or set output.format")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_format() {
        for (name, known) in [
            ("out.jsonl", true),
            ("out/OUT.NDJSON", true),
            ("out.jsonl.gz", true),
            ("out.gz", true),
            ("/dev/stdout", true),
            ("results", true),
            (".hidden", true),
            ("out.csv", false),
            ("out.json", false),
            ("out.jsonl.zst", true),
            ("out.parquet.gz", false),
        ] {
            assert_eq!(OutputFormat::of(Path::new(name)).is_ok(), known, "{name}");
        }
    }
}
