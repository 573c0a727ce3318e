//! What a pipeline file can say.

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
    /// How much a document may take.
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
    /// paths in a pipeline file begin at that file's folder.
    #[schemars(extend("format" = "path"))]
    pub path: Paths,
    /// The format of the files. By default their extension tells it, or where that does not, their first bytes. Compression
    /// (gzip, zstd, bzip2, xz) is found by itself.
    pub format: Option<InputFormat>,
    /// The fields, or columns, that hold id, text, title, date, language and targets. Other fields pass through to the output.
    pub fields: Fields,
    /// The encoding of the files, such as "windows-1252" or "utf-16le". By default a byte order mark tells it, a web page names
    /// it, and text that is not UTF-8 is read in the encoding that it looks most like, with a warning.
    pub encoding: Option<String>,
    /// Whether dates like 08/05/2024 put the day first (true) or the month (false). By default they are not read, and a
    /// warning says so.
    pub day_first: Option<bool>,
    /// What is done with texts that are not English: "warn" analyses them with a warning, "skip" writes them without layers,
    /// "any" does not detect the language.
    pub languages: Languages,
    /// Analyse so many documents, drawn by chance (500), or a share of them ("2.5%").
    pub sample: Option<Sample>,
    /// What a sample is drawn with: the same seed draws the same documents.
    pub seed: u64,
    /// Only documents of this day or later: "2024-05-08", "2024-05" or "2024". Documents without a date are left out.
    pub since: Option<String>,
    /// Only documents of this day or earlier.
    pub until: Option<String>,
    /// Only documents of which this is true: a condition on their fields in the Common Expression Language, such as
    /// `lang == "en" && outlet in ["Post", "Mail"]`. A field that a document has not is null.
    pub r#where: Option<String>,
    /// At most so many documents.
    pub limit: Option<u64>,
}

impl Input {
    /// Which documents are analysed; an error is a key and what is wrong with its value.
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

    /// How its records are read; an error is a key and what is wrong with its value.
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
    /// A built-in stage by its name (`copydesk stages` lists them), or the path of a plugin library, beside this file; of a
    /// library with several stages, `path#name`; or the path of a stage in Python (.py).
    #[serde(rename = "use", default)]
    pub used: String,
    /// Instead of `use`: a program that is a stage, with its arguments, such as ["node", "stage.js"]. It runs in this file's
    /// folder, once for each job, and reads and writes lines of JSON: see docs/process-stages.md.
    #[serde(default)]
    pub command: Option<Vec<String>>,
    /// How many seconds a program, or a stage in a process of its own (`isolate`), may take for a document before it is killed and
    /// the document fails: 20 unless set. Of a long document, an isolated stage may take as long for every 4 MB.
    #[serde(default)]
    #[schemars(range(min = 0.001))]
    pub seconds: Option<f64>,
    /// The stage's options.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// Run the stage in a process of its own, one for each job. Whatever it does there (crash, exit, hang, take all memory) costs one
    /// document, which goes to errors.jsonl. A program is in a process of its own in any case; this limits what it may do.
    #[serde(default)]
    pub isolate: bool,
    /// Of an isolated stage: how much memory its process may ask for, tables of the stage included; "2 GB" unless set, 0 for no limit.
    #[serde(default)]
    pub memory: Option<ByteSize>,
    /// Of an isolated stage: what its process may do beside its task. By default it has no network, starts no programs, writes no
    /// file, and reads only its library, the files that its options name, and libraries of the system (on Linux).
    #[serde(default)]
    pub allow: Option<Permissions>,
}

/// What the process of an isolated stage may do.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Permissions {
    /// Everything that copydesk itself may.
    pub all: bool,
    /// Use the network.
    pub network: bool,
    /// Start processes and programs.
    pub processes: bool,
    /// Read these files, and what is in these folders.
    #[schemars(extend("format" = "path"))]
    pub read: Paths,
    /// Read, make, change and remove these files, and what is in these folders.
    #[schemars(extend("format" = "path"))]
    pub write: Paths,
}

impl StageEntry {
    /// Two keys that cannot stand together: one of them, and why.
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
            return Some(("allow", "`allow` is for isolated stages: any other may do everything"));
        }
        (self.memory.is_some() && !self.isolate)
            .then_some(("memory", "`memory` is for isolated stages: set isolate = true, or limits.memory"))
    }

    /// The stage without what has no influence on its annotations: where it runs, and how much it may take.
    pub(crate) fn essence(&self) -> Self {
        Self { seconds: None, isolate: false, memory: None, allow: None, ..self.clone() }
    }
}

/// Where to write.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// A file (lines of JSON and CSV are compressed where it ends in .gz or .zst), a folder (ending in /), or "-" for standard
    /// output, the default. A relative path in a pipeline file begins at that file's folder.
    #[schemars(extend("format" = "path"))]
    pub path: Option<String>,
    /// The format of the output. By default it follows from the path's extension: .jsonl or .ndjson, .csv, .parquet, .sqlite
    /// or .db.
    pub format: Option<OutputFormat>,
    /// Of a CSV or Parquet file, the table that it holds. By default its name ends in it: quotes.csv, march_quotes.parquet.
    pub table: Option<String>,
    /// What is written, instead of everything: of lines the layers (entities, quotes, …), of tables the tables.
    pub keep: Option<Vec<String>>,
    /// Whether an SQLite file gets a full-text index of documents and quotes.
    pub full_text: bool,
    /// What offsets count.
    pub offsets: OffsetUnit,
    /// How much is written into lines.
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
