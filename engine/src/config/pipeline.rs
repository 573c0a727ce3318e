//! The settings of a pipeline file.

use encoding_rs::Encoding;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::input::{Fields, InputFormat, Languages, RecordOptions, Sample, Selection, read_day};
use crate::limits::{ByteSize, Limits};
use crate::output::{Detail, OffsetUnit, OutputFormat};

/// A copydesk pipeline: what to read, which stages to run, where to write.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Pipeline {
    /// What to read.
    pub input: Input,
    /// The stages. They run in an order in which each finds the layers that it needs.
    pub stage: Vec<StageEntry>,
    /// Limits on the resources of a document.
    pub limits: Limits,
    /// Where to write: `[output]`, or several as `[[output]]`.
    pub output: Outputs,
}

/// One output or several.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Outputs {
    /// One.
    One(Output),
    /// Several.
    Several(Vec<Output>),
}

impl Default for Outputs {
    fn default() -> Self {
        Self::One(Output::default())
    }
}

impl Outputs {
    /// As a list, of at least one.
    pub fn to_vec(&self) -> Vec<Output> {
        match self {
            Self::One(output) => vec![output.clone()],
            Self::Several(outputs) if outputs.is_empty() => vec![Output::default()],
            Self::Several(outputs) => outputs.clone(),
        }
    }
}

/// What to read.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Input {
    /// Files, folders, globs, or "-" for standard input; one or several. Inputs on the command line replace them. Relative
    /// paths in a pipeline file are relative to that file's folder.
    #[schemars(extend("format" = "path"))]
    pub path: Paths,
    /// The format of the files. By default it follows from their extension or else from their first bytes. Compressed files
    /// (gzip, zstd, bzip2, xz) are recognised automatically.
    pub format: Option<InputFormat>,
    /// The fields, or columns, that hold id, text, title, date, language and targets. Other fields pass through to the output.
    pub fields: Fields,
    /// The encoding of the files, such as "windows-1252" or "utf-16le". By default a byte order mark or a web page's own declaration
    /// decides, and for other text that is not UTF-8 the encoding is guessed, with a warning.
    pub encoding: Option<String>,
    /// Whether dates like 08/05/2024 have the day first (true) or the month (false). By default such dates are not read, and a
    /// warning is given.
    pub day_first: Option<bool>,
    /// How texts in languages other than English are treated: "warn" analyses them with a warning, "skip" writes them without layers,
    /// "any" does not detect the language.
    pub languages: Languages,
    /// Analyse a random sample of the documents: a number of documents (500) or a share of them ("2.5%").
    pub sample: Option<Sample>,
    /// The seed of the sample: the same seed draws the same documents.
    pub seed: u64,
    /// Only documents of this day or later: "2024-05-08", "2024-05" or "2024". Documents without a date are left out.
    pub since: Option<String>,
    /// Only documents of this day or earlier.
    pub until: Option<String>,
    /// Only documents that meet this condition on their fields, in the Common Expression Language, such as
    /// `lang == "en" && outlet in ["Post", "Mail"]`. A field that a document does not have is null.
    pub r#where: Option<String>,
    /// The maximum number of documents.
    pub limit: Option<u64>,
}

impl Input {
    /// The documents to analyse; an error is a key and a message about its value.
    fn selection(&self) -> Result<Selection, (&'static str, String)> {
        let day = |key, written: &Option<String>| {
            let read = written.as_deref().map(|written| read_day(written, self.day_first)).transpose();
            read.map_err(|problem| (key, problem))
        };
        let filter = self.r#where.as_deref().map(str::parse).transpose();
        Ok(Selection {
            sample: self.sample,
            seed: self.seed,
            since: day("since", &self.since)?,
            until: day("until", &self.until)?,
            filter: filter.map_err(|problem| ("where", problem))?,
            limit: self.limit,
        })
    }

    fn charset(&self) -> Result<Option<&'static Encoding>, (&'static str, String)> {
        let Some(label) = &self.encoding else { return Ok(None) };
        Encoding::for_label(label.as_bytes()).map(Some).ok_or_else(|| {
            let known = "utf-8, utf-16le, windows-1252, iso-8859-2, gbk …";
            ("encoding", format!("there is no encoding \"{label}\"; known are {known}"))
        })
    }

    /// How records are read; an error is a key and a message about its value.
    pub fn record_options(&self) -> Result<RecordOptions, (&'static str, String)> {
        Ok(RecordOptions {
            fields: self.fields.clone(),
            day_first: self.day_first,
            languages: self.languages,
            encoding: self.charset()?,
            selection: self.selection()?,
            limits: Limits::default(),
        })
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
    /// A built-in stage by its name (`copydesk stages` lists them), or a plugin library by its path relative to this file's folder; for
    /// a library with several stages, `path#name`; or a stage in Python by its path (.py).
    #[serde(rename = "use", default)]
    pub used: String,
    /// Instead of `use`: a program that implements a stage, with its arguments, such as ["node", "stage.js"]. It runs in this file's
    /// folder, one process per job, and reads and writes lines of JSON: see docs/process-stages.md.
    #[serde(default)]
    pub command: Option<Vec<String>>,
    /// How many seconds a program, or an isolated stage (`isolate`), may take for a document before it is killed and
    /// the document fails; 20 by default. For a long document, an isolated stage gets this time for every 4 MB.
    #[serde(default)]
    #[schemars(range(min = 0.001))]
    pub seconds: Option<f64>,
    /// The stage's options.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// Run the stage in a process of its own, one per job. Whatever happens there (crash, exit, hang, memory exhaustion) costs a single
    /// document, which goes to errors.jsonl. A program has its own process in any case; this restricts what it may do.
    #[serde(default)]
    pub isolate: bool,
    /// For an isolated stage: the memory limit of its process, including the stage's tables; "2 GB" by default, 0 for no limit.
    #[serde(default)]
    pub memory: Option<ByteSize>,
    /// For an isolated stage: additional permissions of its process. By default it has no network access, starts no programs, writes no
    /// files, and reads only its library, the files that its options name, and system libraries (on Linux).
    #[serde(default)]
    pub allow: Option<Permissions>,
}

/// Permissions of the process of an isolated stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Permissions {
    /// Everything that copydesk itself may do.
    pub all: bool,
    /// Use the network.
    pub network: bool,
    /// Start processes and programs.
    pub processes: bool,
    /// Read these files, and files in these folders.
    #[schemars(extend("format" = "path"))]
    pub read: Paths,
    /// Read, create, change and remove these files, and files in these folders.
    #[schemars(extend("format" = "path"))]
    pub write: Paths,
}

impl StageEntry {
    /// A key that conflicts with another one, and why.
    pub(super) fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        if self.command.is_some() && !self.used.is_empty() {
            return Some(("command", "`use` and `command` name two stages at once"));
        }
        let program = self.command.is_some() || crate::is_script(&self.used) || self.used.is_empty();
        if self.seconds.is_some() && !program && !self.isolate {
            return Some((
                "seconds",
                "`seconds` is for programs and isolated stages, and this is neither: set isolate = true, or \
                 limits.document_seconds",
            ));
        }
        if self.allow.is_some() && !self.isolate {
            return Some(("allow", "`allow` is for isolated stages: any other stage has all permissions"));
        }
        (self.memory.is_some() && !self.isolate)
            .then_some(("memory", "`memory` is for isolated stages: set isolate = true, or limits.memory"))
    }

    /// The stage without settings that do not affect its annotations: where it runs, and its limits.
    pub(crate) fn essence(&self) -> Self {
        Self { seconds: None, isolate: false, memory: None, allow: None, ..self.clone() }
    }
}

/// Where to write.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// A file (lines of JSON and CSV are compressed if its name ends in .gz or .zst), a folder (ending in /), or "-" for standard
    /// output, the default. A relative path in a pipeline file is relative to that file's folder.
    #[schemars(extend("format" = "path"))]
    pub path: Option<String>,
    /// The format of the output. By default it follows from the path's extension: .jsonl or .ndjson, .csv, .parquet, .sqlite
    /// or .db.
    pub format: Option<OutputFormat>,
    /// For a CSV or Parquet file, its table. By default the file's name ends in it: quotes.csv, march_quotes.parquet.
    pub table: Option<String>,
    /// What to write, if not everything: for lines a list of layers (entities, quotes, …), for tables a list of tables.
    pub keep: Option<Vec<String>>,
    /// Whether an SQLite file includes a full-text index of documents and quotes.
    pub full_text: bool,
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// The level of detail of lines.
    pub detail: Detail,
}

impl Default for Output {
    fn default() -> Self {
        Self {
            path: None,
            format: None,
            table: None,
            keep: None,
            full_text: true,
            offsets: OffsetUnit::default(),
            detail: Detail::default(),
        }
    }
}
