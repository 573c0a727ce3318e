//! What a pipeline file can say.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::input::{Fields, InputFormat, Languages, RecordOptions};
use crate::output::{Detail, OffsetUnit, OutputFormat};

/// A copydesk pipeline: what to read, which stages to run, where to write.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Pipeline {
    /// What to read.
    pub input: Input,
    /// The stages. They run in an order in which each finds the layers that it needs.
    pub stage: Vec<StageEntry>,
    /// Where to write.
    pub output: Output,
}

/// What to read.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Input {
    /// Files, folders, globs, or "-" for standard input; one or several. Inputs on the command line replace them. Relative
    /// paths in a pipeline file begin at that file's folder.
    #[schemars(extend("format" = "path"))]
    pub path: Paths,
    /// The format of the files. By default it follows from their extension: .jsonl, .ndjson, .txt, .text, .md, each also with .gz or .zst.
    pub format: Option<InputFormat>,
    /// The fields of JSON lines that hold id, text, title, date, language and targets. Other fields pass through to the output.
    pub fields: Fields,
    /// Whether dates like 08/05/2024 put the day first (true) or the month (false). By default they are not read, and a
    /// warning says so.
    pub day_first: Option<bool>,
    /// What is done with texts that are not English: "warn" analyses them with a warning, "skip" writes them without layers,
    /// "any" does not detect the language.
    pub languages: Languages,
}

impl Input {
    /// How its records are read.
    pub fn record_options(&self) -> RecordOptions {
        RecordOptions { fields: self.fields.clone(), day_first: self.day_first, languages: self.languages }
    }
}

/// One path or several.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Paths {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Default for Paths {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Paths {
    /// As a list.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(path) => vec![path.clone()],
            Self::Several(paths) => paths.clone(),
        }
    }
}

/// A stage of the pipeline.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageEntry {
    /// A built-in stage by its name (`copydesk stages` lists them), or the path of a plugin library, beside this file; of a
    /// library with several stages, `path#name`.
    #[serde(rename = "use")]
    pub used: String,
    /// The stage's options.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// Run the stage in a process of its own. Not available yet.
    #[serde(default)]
    pub isolate: bool,
}

/// Where to write.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// A file (compressed where it ends in .gz or .zst), a folder (ending in /), or "-" for standard output, the default. A relative
    /// path in a pipeline file begins at that file's folder.
    #[schemars(extend("format" = "path"))]
    pub path: Option<String>,
    /// The format of the output. By default it follows from the path's extension: .jsonl, .ndjson, each also with .gz or .zst.
    pub format: Option<OutputFormat>,
    /// What offsets count.
    pub offsets: OffsetUnit,
    /// How much is written.
    pub detail: Detail,
}
