//! The command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use copydesk_engine::Shard;
use copydesk_engine::output::OutputFormat;

/// Finds out who said what about whom in news articles, with which figures and in what tone.
#[derive(Parser)]
#[command(name = "copydesk", version, after_help = EXAMPLES, max_term_width = 110)]
pub(crate) struct Arguments {
    /// How messages on standard error are written
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
    /// Do not load plugins. A shared library runs code as soon as it is loaded, also by `check` and `plugin inspect`
    #[arg(long, global = true)]
    pub(crate) no_plugins: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The format of messages.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Text for people
    Text,
    /// One line of JSON per message, with time, level and numbers
    Json,
}

const EXAMPLES: &str = "\
Examples:
  copydesk show article.txt                    show one article with its annotations
  copydesk run articles/ -o out.jsonl          analyse a folder with all stages
  copydesk report out.jsonl -o report.html     make a page for the browser
  copydesk run corpus.jsonl.gz -o news.sqlite -o quotes.parquet
  copydesk run pipeline.toml                   run a pipeline file
  cat article.txt | copydesk run - | jq .quotes

Exit codes: 0 all documents were processed; 1 some failed (see errors.jsonl); 2 nothing was run;
130, 143, 129 stopped by Ctrl-C, SIGTERM, SIGHUP.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Analyse documents and write one line of JSON per document
    Run(RunArguments),
    /// Join the outputs of all shards (run --shard) into the output of a single run
    Merge(MergeArguments),
    /// Convert existing results to tables: CSV, Parquet or SQLite
    Export(ExportArguments),
    /// Find copies, repeated quotes, and people across the documents of existing results
    Corpus(CorpusArguments),
    /// Make an HTML page of results or articles: text, quotes, figures, claims, stances
    Report(ReportArguments),
    /// Browse an SQLite file of results: search, facets, article pages, exports
    Serve(ServeArguments),
    /// Check a pipeline file without running it
    Check(CheckArguments),
    /// List the stages with their versions, requirements, options and defaults
    Stages(StagesArguments),
    /// Print the JSON Schema of pipeline files or output lines, the columns of tables, or all options
    Schema(SchemaArguments),
    /// Create a stage of your own, or inspect, check and list plugins
    Plugin(PluginArguments),
    /// Show one article in the terminal with its annotations
    Show(ShowArguments),
    /// Show which rule made each annotation of an article, and which rules held annotations back
    Explain(ExplainArguments),
    /// Print the rules of the stages: what each does, the reason, and an example
    Rules(RulesArguments),
    /// Score a stage against annotated data
    Eval(EvalArguments),
    /// Train the model of a stage
    Train(TrainArguments),
    /// The process of an isolated stage
    #[command(hide = true, name = copydesk_engine::isolate::SUBCOMMAND)]
    StageProcess {
        /// The process that started this one
        parent: u32,
    },
    /// The process of an isolated stage that is a program
    #[command(hide = true, name = copydesk_engine::isolate::PROGRAM_SUBCOMMAND)]
    StageProgram {
        /// The process that started this one
        parent: u32,
        /// The permissions of the program
        terms: String,
        /// The program
        #[arg(last = true)]
        command: Vec<String>,
    },
    /// Write a manual page for each command to a folder
    Man {
        /// The folder, such as ~/.local/share/man/man1
        folder: PathBuf,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Options that modify a pipeline.
#[derive(Args)]
pub(crate) struct PipelineArguments {
    /// Set a value of the pipeline: output.offsets=bytes, stage.quote.options.kinds='["direct"]'
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Add a stage to the pipeline: the path of a plugin library, or of a stage in Python (.py)
    #[arg(long = "stage", value_name = "FILE")]
    pub(crate) stages: Vec<String>,
    /// Run every plugin library in a separate process, like `isolate = true` in a pipeline file, so that a crash fails one
    /// document, not the run. --set stage.*.seconds=5 and stage.*.memory='"1 GB"' set limits
    #[arg(long)]
    pub(crate) isolate: bool,
}

impl PipelineArguments {
    /// The changes, added stages first, so that their values can be set.
    pub(crate) fn changes(&self) -> Vec<String> {
        let quoted = |stage: &String| serde_json::Value::from(stage.as_str()).to_string();
        let added = self.stages.iter().map(|stage| format!("stage.+.use={}", quoted(stage)));
        let isolate = self.isolate.then(|| "stage.*.isolate=true".to_owned());
        added.chain(isolate).chain(self.set.iter().cloned()).collect()
    }
}

#[derive(Args)]
#[command(after_help = "\
An input is a file, a folder, a glob, @FILE (a file that lists inputs), or - for standard input. Supported formats: JSON lines \
(.jsonl, .ndjson: {\"id\", \"text\", \"title\"?, \"date\"?, \"targets\"?, …}), JSON (.json), tables with a header (.csv, .tsv, .parquet), \
web pages (.html: the article is extracted), web archives (.warc), feeds (.rss, .atom, .xml), plain text (.txt, .md), and .zip or .tar \
archives of these; each also compressed with gzip, zstd, bzip2 or xz. --set input.fields.text=body names the field or column with the text. \
Without a pipeline file all stages run with their defaults. Failed documents are written to errors.jsonl beside the output, and the run \
continues.

A condition (--where) is written in the Common Expression Language: ==, !=, <, in, &&, ||, !. It can use every field of a document by its \
name; a field that a document does not have is null. Documents are first sampled (--sample), then filtered (--since, --until, --where), \
then limited (--limit).

Dates are read in the common forms; --set input.day_first=true (or false) decides how 08/05/2024 is read. Texts that are not English \
are analysed with a warning; --set input.languages=skip writes them without annotations, and any turns detection off. Problems of a \
document are listed in its `warnings` and counted in the summary.

Relative paths are relative to the current folder, those in a pipeline file to the file's folder.")]
pub(crate) struct RunArguments {
    /// An optional pipeline file (.toml), then inputs, which replace those of the pipeline
    #[arg(value_name = "PIPELINE.toml | INPUT")]
    pub(crate) inputs: Vec<String>,
    /// The output; can be given several times. A file of lines (.jsonl), of one table (quotes.csv, march_quotes.parquet;
    /// `copydesk schema tables` lists the tables) or of all tables (.sqlite, .db); a folder (an existing one, or a name that ends
    /// in /); or - for standard output. Lines and CSV are compressed if the name ends in .gz or .zst
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Vec<String>,
    /// The format of an output whose name does not show it, such as a folder. If all names show it, the format of standard input
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Write only these: layers (quotes,figures) in lines, or tables
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) keep: Option<Vec<String>>,
    /// Replace files that copydesk did not write, and the files of an unfinished run
    #[arg(long)]
    pub(crate) force: bool,
    /// Continue a run that was stopped; if there is none, start a new one
    #[arg(long, conflicts_with = "restart")]
    pub(crate) resume: bool,
    /// Discard the results of an unfinished run and start again
    #[arg(long)]
    pub(crate) restart: bool,
    /// Process one of N parts of the input, for example 3/16; the parts are the same in every run. Each run writes lines to its
    /// own file, and `copydesk merge` joins them. The N runs are independent, for example the jobs of a SLURM array or of
    /// Kubernetes
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// The file for failed documents [default: errors.jsonl beside the output; with standard output, messages only]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// The format of the inputs [default: detected from the extension, then from the first bytes]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<String>,
    /// The maximum number of documents
    #[arg(long, value_name = "N", help_heading = "Selecting documents")]
    pub(crate) limit: Option<u64>,
    /// The size of a random sample of the documents: a number or a percentage (500, 2.5%)
    #[arg(long, value_name = "N | N%", help_heading = "Selecting documents")]
    pub(crate) sample: Option<String>,
    /// The seed of the random sample; the same seed selects the same documents [default: 0]
    #[arg(long, value_name = "N", help_heading = "Selecting documents")]
    pub(crate) seed: Option<u64>,
    /// Only documents of this day, month or year or later
    #[arg(long, value_name = "DATE", help_heading = "Selecting documents")]
    pub(crate) since: Option<String>,
    /// Only documents of this day, month or year or earlier
    #[arg(long, value_name = "DATE", help_heading = "Selecting documents")]
    pub(crate) until: Option<String>,
    /// Only documents that meet this condition: 'lang == "en" && outlet in ["Post", "Mail"]'
    #[arg(long = "where", value_name = "CONDITION", help_heading = "Selecting documents")]
    pub(crate) filter: Option<String>,
    /// The number of worker threads [default: one per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// Print the configuration of the run, every document that fails, and all output of stages in separate processes (by default only
    /// its first lines)
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Print no progress and no summary. Otherwise progress is a bar, or a line every ten seconds if standard error is not a
    /// terminal
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArguments,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  for i in 1 2 3; do copydesk run corpus/ --shard $i/3 -o part-$i.jsonl.zst; done
  copydesk merge part-*.jsonl.zst -o out.jsonl.zst

The merged file and the file of failures are identical to those of a single run. For tables, export the merged file: \
copydesk export out.jsonl.zst -o news.sqlite")]
pub(crate) struct MergeArguments {
    /// The outputs of all shards, in any order. The .shard files that the runs wrote must be beside them
    #[arg(required = true, value_name = "FILE")]
    pub(crate) parts: Vec<PathBuf>,
    /// The merged file, with the same compression as the shards
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// The file for failed documents [default: errors.jsonl beside the output]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// Replace files that copydesk did not write
    #[arg(long)]
    pub(crate) force: bool,
    /// Print no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk export out.jsonl.zst -o news.sqlite
  copydesk export out.jsonl -o quotes.csv -o tables/ --format parquet
  copydesk export out.jsonl --table figures | head

The tables are the same as those that `copydesk run` writes. Lines with compact detail lack some columns.")]
pub(crate) struct ExportArguments {
    #[command(flatten)]
    pub(crate) results: ResultArguments,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk run articles/ -o out.jsonl.zst
  copydesk corpus out.jsonl.zst -o corpus.sqlite
  copydesk corpus shard-*.jsonl -o corpus.jsonl -o people.csv -o quotations.csv
  copydesk corpus out.jsonl --people people.tsv -o corpus.parquet/ --format parquet

Copies of an article get `duplicate_of` (the first document that they resemble) and `duplicate_cluster`. Repeated quotes (with the same \
words, shortened, or slightly altered; never with a different number or without a \"not\") get `quotation`, the id of the first one, and \
`quotation_match`. People get `global_id` and `global_evidence` if a full name, or a surname together with a role or with other people \
named nearby, identifies them. The tables `people` and `quotations` have a row for each.

The results are read twice. Data for sorting is stored in temporary files (TMPDIR); memory grows only with the number of names. The \
order of the files decides which document is the first; list shards in the order of their documents.

A list of people (--people FILE) is tab-separated, with a header: id, name, and optionally aliases and context (roles, organisations), \
with | between several values. People with the same name are distinguished by their context.")]
pub(crate) struct CorpusArguments {
    #[command(flatten)]
    pub(crate) results: ResultArguments,
    /// Do not look for copies
    #[arg(long)]
    pub(crate) no_duplicates: bool,
    /// The minimum similarity of copies: the proportion of sequences of four words that both have, above 0 and at most 1.
    /// Shortened copies are found regardless
    #[arg(long, value_name = "SHARE", default_value_t = 0.6, value_parser = share)]
    pub(crate) similarity: f64,
    /// Do not look for repeated quotes
    #[arg(long)]
    pub(crate) no_quotations: bool,
    /// How people are identified: from the corpus, from a list, or not at all
    #[arg(long, value_name = "corpus | FILE.tsv | off", default_value = "corpus")]
    pub(crate) people: String,
    /// Memory for sorting, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=65536))]
    pub(crate) memory: u32,
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if share > 0.0 && share <= 1.0 { Ok(share) } else { Err("not between 0 and 1".to_owned()) }
}

/// Existing results, and the outputs.
#[derive(Args)]
pub(crate) struct ResultArguments {
    /// Files of lines that copydesk has written, plain or compressed (for an export also - for standard input)
    #[arg(required = true, value_name = "RUN.jsonl")]
    pub(crate) files: Vec<PathBuf>,
    /// The output, as for `copydesk run`; can be given several times
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Vec<String>,
    /// The table of a CSV or Parquet file whose name does not end with it; without -o, print it as CSV on standard output
    #[arg(short, long, value_name = "TABLE")]
    pub(crate) table: Option<String>,
    /// The format of an output whose name does not show it, such as a folder
    #[arg(long, value_name = "FORMAT", value_parser = output_format)]
    pub(crate) format: Option<OutputFormat>,
    /// A plugin that provided layers of the results: their tables get the columns of its schema, as in a run
    #[arg(long = "stage", value_name = "FILE")]
    pub(crate) stages: Vec<String>,
    /// Write only these tables
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) keep: Option<Vec<String>>,
    /// Do not add a full-text index to SQLite files
    #[arg(long)]
    pub(crate) no_full_text: bool,
    /// Replace files that copydesk did not write
    #[arg(long)]
    pub(crate) force: bool,
    /// Print no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk report article.txt -o report.html
  copydesk report out.jsonl.zst -o report.html --title \"The harbour strike\"
  copydesk report news.sqlite -o report.html --limit 500

The page needs no network, no server and no other file: open it in any browser, send it by email, print it. It shows the text with \
names, quotes (with speakers in the margin), figures (value, measure and period on hover or keyboard focus), claims and tone, and, for all \
articles together, a table of claims (sortable, with CSV export), stances between entities, figures of one measure over time, a timeline, \
and people with all their quotes. Nothing in an article can run as a script. Articles without results are analysed with all stages.")]
pub(crate) struct ReportArguments {
    /// Results (lines that copydesk has written, plain or compressed; an SQLite file), or articles in any format that `run` reads
    #[arg(required = true, value_name = "RESULTS | ARTICLE")]
    pub(crate) inputs: Vec<String>,
    /// The page
    #[arg(short, long, value_name = "FILE.html")]
    pub(crate) output: PathBuf,
    /// The title of the page [default: the headline, or the file's name]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// The maximum number of articles; a page of several thousand is slow to open
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(crate) limit: usize,
    /// Replace a file that copydesk did not write
    #[arg(long)]
    pub(crate) force: bool,
    /// Print no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArguments,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk run articles/ -o news.sqlite
  copydesk serve news.sqlite

Articles, quotes and claims can be searched by their words, filtered by speaker, outlet, month, tone and measure, shown as pages of \
`copydesk report`, and exported as CSV or JSON. An article or a saved web page that is pasted or dropped is analysed at once and not \
stored. The file is opened read-only. Other machines cannot reach the server, unless --listen gives an address that they can reach.")]
pub(crate) struct ServeArguments {
    /// An SQLite file that copydesk has written
    #[arg(value_name = "FILE.sqlite")]
    pub(crate) file: PathBuf,
    /// The address and port to listen on; port 0 selects a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8321")]
    pub(crate) listen: String,
    /// Do not load the stages; articles cannot be pasted then
    #[arg(long)]
    pub(crate) no_analysis: bool,
}

#[derive(Args)]
pub(crate) struct SchemaArguments {
    /// What to describe
    #[arg(value_enum, default_value_t = SchemaOf::Pipeline)]
    pub(crate) of: SchemaOf,
    /// Print the reference page (tables and options only)
    #[arg(long)]
    pub(crate) markdown: bool,
    /// For lines and tables, include the layers of this plugin; can be given several times
    #[arg(long = "stage", value_name = "FILE")]
    pub(crate) stages: Vec<String>,
}

/// The things that have a schema.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Pipeline files: JSON Schema, for editors
    Pipeline,
    /// Output lines: JSON Schema
    Output,
    /// The tables: their columns
    Tables,
    /// The record that a run writes beside its output, NAME.run.json: JSON Schema
    Run,
    /// All options of commands, pipeline files and stages: a page in Markdown
    Options,
}

#[derive(Args)]
pub(crate) struct CheckArguments {
    /// The pipeline file
    #[arg(value_name = "PIPELINE.toml")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArguments,
}

#[derive(Args)]
pub(crate) struct StagesArguments {
    /// Describe only this stage, with its options in full; or a plugin library, by its path
    #[arg(value_name = "STAGE")]
    pub(crate) stage: Option<String>,
    /// Print JSON, with the schemas of all options
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct PluginArguments {
    #[command(subcommand)]
    pub(crate) command: PluginCommand,
}

#[derive(Subcommand)]
pub(crate) enum PluginCommand {
    /// Create a folder with a working stage, its test, and instructions
    New {
        /// The name of the stage and of its layer: lower-case letters, digits and _
        name: String,
        /// The programming language
        #[arg(long, value_enum, default_value_t = Language::Python)]
        lang: Language,
        /// For Rust, the folder `core` of copydesk's source code [default: where this program was built]
        #[arg(long, value_name = "FOLDER")]
        core: Option<PathBuf>,
    },
    /// Load a plugin, check it, and describe its stages
    Inspect {
        /// The shared library, or the stage in Python
        file: PathBuf,
    },
    /// Run a plugin over about fifty difficult documents, in a separate process
    Check(PluginCheckArguments),
    /// List the plugins in folders, with their stages
    List {
        /// The folders [default: the current folder]
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
}

#[derive(Args)]
#[command(after_help = "\
The documents include empty and very long texts, texts full of punctuation, control characters, emoji or quotation marks, right-to-left \
text, and text in capitals. Each is analysed twice, in two orders; different annotations count as a problem. If the stage needs layers of \
built-in stages, these run first.

Exit codes: 0 no problems; 1 problems, listed in the report; 2 the check could not run.")]
pub(crate) struct PluginCheckArguments {
    /// The shared library, or the stage in Python
    pub(crate) file: PathBuf,
    /// The time limit for a document, in seconds
    #[arg(long, value_name = "N", default_value_t = 10.0, value_parser = positive)]
    pub(crate) seconds: f64,
    /// The memory limit of the process
    #[arg(long, value_name = "SIZE", default_value = "1 GB")]
    pub(crate) memory: String,
    /// Set an option of the stage: word=strike
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) option: Vec<String>,
}

fn positive(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if number >= 0.001 && number.is_finite() { Ok(number) } else { Err("not a number above 0".to_owned()) }
}

/// The programming language of a stage.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// A script that runs in its own process
    Python,
    /// A library that runs inside copydesk's process
    C,
    /// A library that runs inside copydesk's process
    Rust,
}

#[derive(Args)]
pub(crate) struct ShowArguments {
    /// A text file or JSON lines, or - for standard input
    pub(crate) file: String,
    /// The number of the document in a file with several, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) document: u64,
    /// The date of publication, to resolve relative dates: 2024-05-08, or any common form such as "May 8, 2024"
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Show only these layers: quotes,figures
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) layer: Option<Vec<String>>,
    /// The maximum line length in columns, 0 for no limit [default: the terminal's width; no limit if the output is not a
    /// terminal]
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<usize>,
    /// Use this pipeline instead of all built-in stages
    #[arg(long, value_name = "PIPELINE.toml")]
    pub(crate) with: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArguments,
}

#[derive(Args)]
pub(crate) struct ExplainArguments {
    /// A text file or JSON lines, or - for standard input
    pub(crate) file: String,
    /// Explain only annotations that cover this offset of the text, in code points from 0
    #[arg(long, value_name = "OFFSET")]
    pub(crate) at: Option<usize>,
    /// The number of the document in a file with several, from 1 [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) document: Option<u64>,
    /// The date of publication, to resolve relative dates
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Print one line of JSON per document
    #[arg(long)]
    pub(crate) json: bool,
    /// Use this pipeline instead of all built-in stages
    #[arg(long, value_name = "PIPELINE.toml")]
    pub(crate) with: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArguments,
}

#[derive(Args)]
pub(crate) struct RulesArguments {
    /// Print the rules of this stage or plugin library (by its path), or one rule (`stage/code`)
    #[arg(value_name = "STAGE | STAGE/RULE")]
    pub(crate) stage: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) json: bool,
    /// Print the reference page
    #[arg(long)]
    pub(crate) markdown: bool,
}

#[derive(Args)]
pub(crate) struct EvalArguments {
    /// What to evaluate
    #[arg(value_enum)]
    pub(crate) layer: copydesk_eval::Layer,
    /// Annotated data: JSON lines with `text` and entities, quotes, figures, opinions or a sentiment label; for entities also CoNLL
    /// columns, brat stand-off (.ann) or marked text (.marked); for syntax CoNLL-U (.conllu) or text of the form `word_TAG`
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) gold: Vec<PathBuf>,
    /// Convert the texts to this letter case first, to measure how much depends on capitals
    #[arg(long, value_enum, value_name = "STYLE")]
    pub(crate) written: Option<copydesk_eval::LetterCase>,
    /// Print this many of the worst errors with their context
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) show: usize,
    /// Use this model of the stage instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Use this pipeline instead of all built-in stages
    #[arg(long, value_name = "PIPELINE.toml")]
    pub(crate) with: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArguments,
}

#[derive(Args)]
pub(crate) struct TrainArguments {
    #[command(subcommand)]
    pub(crate) command: TrainCommand,
}

#[derive(Subcommand)]
pub(crate) enum TrainCommand {
    /// Train the recogniser of names and their kinds
    Entity {
        /// Annotated data, as for `copydesk eval entity`
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all texts
        #[arg(long, value_name = "N", default_value_t = copydesk_train::EntitySettings::default().epochs)]
        epochs: usize,
        /// The maximum size of the model's weights, in bytes
        #[arg(long, value_name = "BYTES", default_value_t = copydesk_train::EntitySettings::default().size)]
        size: usize,
        /// Add copies of one in this many documents in capitals, title case and lower case, so that names are found without
        /// relying on capitals; 0 adds none
        #[arg(long, value_name = "N", default_value_t = copydesk_train::EntitySettings::default().copies)]
        copies: usize,
        /// The number of training runs, each in a different order, whose weights are averaged. Fewer are faster, more give more
        /// stable results
        #[arg(long, value_name = "N", default_value_t = copydesk_train::EntitySettings::default().runs)]
        runs: usize,
        /// Omit a group of features, to measure its effect
        #[arg(long, value_name = "GROUP", value_parser = clap::builder::PossibleValuesParser::new(
            copydesk_train::EntityGroup::ALL.map(|(name, _)| name)))]
        without: Vec<String>,
        /// The model file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Train the ranker that resolves pronouns and nominal mentions
    Coref {
        /// Annotated data, as for `copydesk eval coref`: clusters of mentions
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all decisions
        #[arg(long, value_name = "N", default_value_t = copydesk_train::CorefSettings::default().epochs)]
        epochs: usize,
        /// Omit a group of features, to measure its effect
        #[arg(long, value_name = "GROUP", value_parser = clap::builder::PossibleValuesParser::new(
            copydesk_train::CorefGroup::ALL.map(|(name, _)| name)))]
        without: Vec<String>,
        /// The model file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Train the models of attributions: cues, sources and contents
    Quote {
        /// Annotated data, as for `copydesk eval quote`
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all attributions
        #[arg(long, value_name = "N", default_value_t = copydesk_train::QuoteSettings::default().epochs)]
        epochs: usize,
        /// The model file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Train the polarity of sentences and towards targets
    Sentiment {
        /// Texts of general news, with a target and its label, or with a score from -4 to 4
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// The same for financial news
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        finance: Vec<PathBuf>,
        /// Word vectors, as for `copydesk train classes`
        #[arg(long, value_name = "FILE")]
        vectors: PathBuf,
        /// Passes over all texts
        #[arg(long, value_name = "N", default_value_t = copydesk_train::SentimentSettings::default().epochs)]
        epochs: usize,
        /// Do not write a model; run N-fold cross-validation and print the scores
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=20))]
        folds: Option<u32>,
        /// The model file to write
        #[arg(short, long, value_name = "FILE", required_unless_present = "folds")]
        output: Option<PathBuf>,
    },
    /// Train the stances of entities towards each other
    Stance {
        /// Sentences as JSON lines with two mentions `p` and `q`, a `direction` (`pq`, `qp`, `none`) and a `label`
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all sentences
        #[arg(long, value_name = "N", default_value_t = copydesk_train::StanceSettings::default().epochs)]
        epochs: usize,
        /// Omit a group of features, to measure its effect
        #[arg(long, value_name = "GROUP", value_parser = clap::builder::PossibleValuesParser::new(
            copydesk_train::StanceGroup::ALL.map(|(name, _)| name)))]
        without: Vec<String>,
        /// The model file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Train the part-of-speech tagger
    Syntax {
        /// Tagged text: CoNLL-U (.conllu), or text of the form `word_TAG` with one sentence per line
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all texts
        #[arg(long, value_name = "N", default_value_t = copydesk_train::SyntaxSettings::default().epochs)]
        epochs: usize,
        /// The model file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Cluster words into classes by their vectors; the trained stages use the classes
    Classes {
        /// Word vectors, the most frequent words first: one line per word with its numbers, or JSON with `dimensions` and
        /// `vectors`
        #[arg(long, value_name = "FILE")]
        vectors: PathBuf,
        /// The number of words to use
        #[arg(long, value_name = "N", default_value_t = copydesk_train::ClassSettings::default().words)]
        words: usize,
        /// The number of classes at each of four levels, from the coarsest to the finest
        #[arg(long, value_name = "N,N,N,N", default_value = "50,200,1000,3000", value_parser = grains)]
        grains: [usize; 4],
        /// The number of principal components to remove from the vectors first; with 0, frequent and rare words fall into
        /// different classes
        #[arg(long, value_name = "N", default_value_t = copydesk_train::ClassSettings::default().common)]
        common: usize,
        /// The model file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// Parses the name of a format.
pub(crate) fn output_format(word: &str) -> Result<OutputFormat, String> {
    serde_json::from_value(word.into()).map_err(|_| "expected jsonl, csv, parquet or sqlite".to_owned())
}

/// Parses the numbers of classes.
fn grains(text: &str) -> Result<[usize; 4], String> {
    let numbers: Option<Vec<usize>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let grains = numbers.and_then(|numbers| <[usize; 4]>::try_from(numbers).ok());
    grains
        .filter(|grains| grains[0] > 0 && grains.is_sorted() && grains[3] <= copydesk_train::MAX_CLASSES)
        .ok_or_else(|| format!("expected four increasing numbers of at most {}", copydesk_train::MAX_CLASSES))
}

/// Prints a completion script.
pub(crate) fn completions(shell: Shell) {
    clap_complete::generate(shell, &mut Arguments::command(), "copydesk", &mut std::io::stdout());
}
