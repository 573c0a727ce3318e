//! The command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use copydesk_engine::Shard;
use copydesk_engine::output::OutputFormat;

/// Reads news articles and writes who said what about whom, with which figures, in what tone.
#[derive(Parser)]
#[command(name = "copydesk", version, after_help = EXAMPLES, max_term_width = 110)]
pub(crate) struct Arguments {
    /// How messages on standard error are written
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
    /// Load no plugin: a shared library is code, which runs as soon as it is loaded, by `check` and `plugin inspect` too
    #[arg(long, global = true)]
    pub(crate) no_plugins: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How messages are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    Text,
    /// A line of JSON each, with time, level and figures
    Json,
}

const EXAMPLES: &str = "\
Examples:
  copydesk show article.txt                    read one article with its annotations
  copydesk run articles/ -o out.jsonl          all stages over a folder
  copydesk report out.jsonl -o report.html     a page to look at
  copydesk run corpus.jsonl.gz -o news.sqlite -o quotes.parquet
  copydesk run pipeline.toml                   with a pipeline file
  cat article.txt | copydesk run - | jq .quotes

Exit codes: 0 all documents done; 1 some failed (errors.jsonl names them); 2 nothing was run;
130, 143, 129 ended by Ctrl-C, TERM, HUP.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Analyse documents and write a line of JSON for each
    Run(RunArguments),
    /// Join the outputs of all shards of a run (run --shard) to the output of one
    Merge(MergeArguments),
    /// Write results that exist as tables: CSV, Parquet or SQLite
    Export(ExportArguments),
    /// Find copies, quotes that come again, and people across the documents of results that exist
    Corpus(CorpusArguments),
    /// Make one HTML page of results or articles, to look at: text, quotes, figures, claims, who about whom
    Report(ReportArguments),
    /// Look at an SQLite file of results in a browser: search, facets, pages, exports
    Serve(ServeArguments),
    /// Check a pipeline file without running it
    Check(CheckArguments),
    /// List the stages with their versions, needs, options and defaults
    Stages(StagesArguments),
    /// Print the JSON Schema of pipeline files or of a line of output, the columns of the tables, or every option
    Schema(SchemaArguments),
    /// Make a stage of your own, or inspect, check and list those that are there
    Plugin(PluginArguments),
    /// Show one article in the terminal with its annotations
    Show(ShowArguments),
    /// Show which rule made each annotation of an article, and which rules held one back
    Explain(ExplainArguments),
    /// Print the rules of the stages: what each does, why, and an example
    Rules(RulesArguments),
    /// Score a stage against annotated data
    Eval(EvalArguments),
    /// Train the model of a stage
    Train(TrainArguments),
    /// The process of a stage that is isolated
    #[command(hide = true, name = copydesk_engine::isolate::SUBCOMMAND)]
    StageProcess {
        /// The process that started this one
        parent: u32,
    },
    /// A program that is a stage, and isolated
    #[command(hide = true, name = copydesk_engine::isolate::PROGRAM_SUBCOMMAND)]
    StageProgram {
        /// The process that started this one
        parent: u32,
        /// What the program may do
        terms: String,
        /// The program
        #[arg(last = true)]
        command: Vec<String>,
    },
    /// Write a manual page for each command into a folder
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

/// How a pipeline is chosen and changed.
#[derive(Args)]
pub(crate) struct PipelineArguments {
    /// Change a value of the pipeline: output.offsets=bytes, stage.quote.options.kinds='["direct"]'
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Add a stage to the pipeline: the path of a plugin library, or of a stage in Python (.py)
    #[arg(long = "stage", value_name = "FILE")]
    pub(crate) stages: Vec<String>,
    /// Run every stage that is a plugin library in a process of its own, as `isolate = true` does in a pipeline file: whatever it
    /// does there costs a document at most. --set stage.*.seconds=5 and stage.*.memory='"1 GB"' limit it
    #[arg(long)]
    pub(crate) isolate: bool,
}

impl PipelineArguments {
    /// What is changed: stages that are added first, so that values of theirs can be set.
    pub(crate) fn changes(&self) -> Vec<String> {
        let quoted = |stage: &String| serde_json::Value::from(stage.as_str()).to_string();
        let added = self.stages.iter().map(|stage| format!("stage.+.use={}", quoted(stage)));
        let isolate = self.isolate.then(|| "stage.*.isolate=true".to_owned());
        added.chain(isolate).chain(self.set.iter().cloned()).collect()
    }
}

#[derive(Args)]
#[command(after_help = "\
An input is a file, a folder, a glob, @FILE with a list of these, or - for standard input. Read are JSON lines \
(.jsonl, .ndjson: {\"id\", \"text\", \"title\"?, \"date\"?, \"targets\"?, …}), JSON (.json), tables with a header (.csv, .tsv, .parquet), \
web pages (.html: the article is found), web archives (.warc), feeds (.rss, .atom, .xml), plain text (.txt, .md), and .zip or .tar of \
these; each also compressed with gzip, zstd, bzip2 or xz. --set input.fields.text=body names the field or column with the text. \
Without a pipeline file all stages run with \
their defaults. Documents that fail go to errors.jsonl beside the output, and the run goes on.

A condition (--where) is written in the Common Expression Language: ==, !=, <, in, &&, ||, !, has no side effects, and knows every field \
of a document by its name; a field that a document has not is null. Documents are drawn first (--sample), then filtered (--since, \
--until, --where), then cut off (--limit).

Dates are read in the common forms; --set input.day_first=true (or false) decides how 08/05/2024 is read. Texts that are not English \
are analysed with a warning; --set input.languages=skip writes them without annotations, any turns detection off. Problems of a document are listed in \
its `warnings` and counted at the end.

Relative paths are relative to the working folder, those in a pipeline file to that file's folder.")]
pub(crate) struct RunArguments {
    /// A pipeline file (.toml) first, if any, then inputs; inputs here replace those of the pipeline
    #[arg(value_name = "PIPELINE.toml | INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Where to write; more than once for several outputs at once. A file of lines (.jsonl), of a table (quotes.csv,
    /// march_quotes.parquet; `copydesk schema tables` lists them) or of all tables (.sqlite, .db); a folder (if it ends in / or
    /// is one), or - for standard output. Lines and CSV are compressed if the name ends in .gz or .zst
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Vec<String>,
    /// The format of the output, where its name does not show it, as that of a folder; if all names show it, that of standard
    /// input
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// What is written, instead of everything: of lines the layers (quotes,figures), of tables the tables
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) keep: Option<Vec<String>>,
    /// Replace files that copydesk did not write, and what an unfinished run left
    #[arg(long)]
    pub(crate) force: bool,
    /// Continue the run that was stopped, or begin where there is none to continue
    #[arg(long, conflicts_with = "restart")]
    pub(crate) resume: bool,
    /// Give up what an unfinished run left
    #[arg(long)]
    pub(crate) restart: bool,
    /// Do one of N parts of the input, the same ones at every run: 3/16. Each writes lines to a file of its own; `copydesk merge`
    /// joins them. N runs are independent of one another: jobs of a SLURM array or of Kubernetes
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Where failed documents go [default: errors.jsonl beside the output; with standard output, messages only]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// The format of the inputs [default: by extension, then by the first bytes]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<String>,
    /// At most so many documents
    #[arg(long, value_name = "N", help_heading = "Choosing documents")]
    pub(crate) limit: Option<u64>,
    /// So many documents drawn by chance, or a share of them: 500, 2.5%
    #[arg(long, value_name = "N | N%", help_heading = "Choosing documents")]
    pub(crate) sample: Option<String>,
    /// What a sample is drawn with: the same seed draws the same documents [default: 0]
    #[arg(long, value_name = "N", help_heading = "Choosing documents")]
    pub(crate) seed: Option<u64>,
    /// Only documents of this day, month or year, or later
    #[arg(long, value_name = "DATE", help_heading = "Choosing documents")]
    pub(crate) since: Option<String>,
    /// Only documents of this day, month or year, or earlier
    #[arg(long, value_name = "DATE", help_heading = "Choosing documents")]
    pub(crate) until: Option<String>,
    /// Only documents of which this is true: 'lang == "en" && outlet in ["Post", "Mail"]'
    #[arg(long = "where", value_name = "CONDITION", help_heading = "Choosing documents")]
    pub(crate) filter: Option<String>,
    /// Worker threads [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// Tell what is run, and every document that fails
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// No progress and no summary. Without it there is a bar, or a line every ten seconds where standard error is no terminal
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

The merged file has the bytes that one run would have written, and so has the file of failures. For tables, export the merged file: \
copydesk export out.jsonl.zst -o news.sqlite")]
pub(crate) struct MergeArguments {
    /// The outputs of all shards, in any order, with the files that their runs have left beside them (.shard)
    #[arg(required = true, value_name = "FILE")]
    pub(crate) parts: Vec<PathBuf>,
    /// Where to write, compressed as the shards are
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Where failed documents go [default: errors.jsonl beside the output]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// Replace files that copydesk did not write
    #[arg(long)]
    pub(crate) force: bool,
    /// No summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk export out.jsonl.zst -o news.sqlite
  copydesk export out.jsonl -o quotes.csv -o tables/ --format parquet
  copydesk export out.jsonl --table figures | head

The tables are the same as those that `copydesk run` writes. Lines of compact detail lack what they leave out.")]
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

Documents that are copies of one article get `duplicate_of` (the first document that they are like) and `duplicate_cluster`. Quotes that \
come again (in the same words, cut, or slightly altered; never with another number or a lost \"not\") get `quotation`, the first of them, and \
`quotation_match`. People get `global_id` and `global_evidence` where a full name, or a surname with a role or with others named beside \
it, tells who they are. The tables `people` and `quotations` have a row for each.

The results are read twice. What is kept for sorting goes to temporary files (TMPDIR); memory grows only with the number of names. The \
order of the files decides which document is the first; give shards in the order of their documents.

A list of people (--people FILE) is tab-separated, with a header: id, name, and perhaps aliases and context (roles, organisations), \
several with | between them. Two people of one name are told apart by their context.")]
pub(crate) struct CorpusArguments {
    #[command(flatten)]
    pub(crate) results: ResultArguments,
    /// Do not look for copies
    #[arg(long)]
    pub(crate) no_duplicates: bool,
    /// How like two copies are at least: the share of their runs of four words that both have, 0 to 1. Articles that were cut are
    /// found in any case
    #[arg(long, value_name = "SHARE", default_value_t = 0.6, value_parser = share)]
    pub(crate) similarity: f64,
    /// Do not look for quotes that come again
    #[arg(long)]
    pub(crate) no_quotations: bool,
    /// How people are identified: by what the corpus says of them, by a list, or not at all
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

/// Results that exist, and where to write them.
#[derive(Args)]
pub(crate) struct ResultArguments {
    /// Files of lines that copydesk has written, plain or compressed (of an export, - is standard input)
    #[arg(required = true, value_name = "RUN.jsonl")]
    pub(crate) files: Vec<PathBuf>,
    /// Where to write, as for `copydesk run`; more than once for several outputs at once
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Vec<String>,
    /// The table of a CSV or Parquet file, where its name does not end in it; without -o, CSV on standard output
    #[arg(short, long, value_name = "TABLE")]
    pub(crate) table: Option<String>,
    /// The format, where the name does not show it, as that of a folder
    #[arg(long, value_name = "FORMAT", value_parser = output_format)]
    pub(crate) format: Option<OutputFormat>,
    /// Only these tables
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) keep: Option<Vec<String>>,
    /// No full-text index in an SQLite file
    #[arg(long)]
    pub(crate) no_full_text: bool,
    /// Replace files that copydesk did not write
    #[arg(long)]
    pub(crate) force: bool,
    /// No summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk report article.txt -o report.html
  copydesk report out.jsonl.zst -o report.html --title \"The harbour strike\"
  copydesk report news.sqlite -o report.html --limit 500

The page needs no network, no server and no other file; open it in any browser, send it by mail, print it. It shows the text with \
names, quotes (their speakers at the margin), figures (value, measure and period on hover and by keyboard), claims and tone, and for all \
articles a table of claims (sortable, to CSV), who speaks about whom, figures of one measure over time, a timeline, and people with all \
their quotes. Nothing in an article can run as a script. Articles that have not been analysed yet are analysed with all stages.")]
pub(crate) struct ReportArguments {
    /// Results (lines that copydesk has written, plain or compressed; an SQLite file), or articles in any format that `run` reads
    #[arg(required = true, value_name = "RESULTS | ARTICLE")]
    pub(crate) inputs: Vec<String>,
    /// The page
    #[arg(short, long, value_name = "FILE.html")]
    pub(crate) output: PathBuf,
    /// The page's title [default: the headline, or the file's name]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// At most so many articles; a page of more than some thousands is slow to open
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(crate) limit: usize,
    /// Replace a file that is no page of copydesk
    #[arg(long)]
    pub(crate) force: bool,
    /// No summary
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

Articles, quotes and claims can be searched by their words, narrowed by speaker, outlet, month, tone and measure, shown as the pages of \
`copydesk report`, and exported as CSV or JSON. An article that is pasted or dropped is read at once, and kept nowhere. The file is opened \
for reading only. Other machines cannot reach the server, unless --listen names an address that they can.")]
pub(crate) struct ServeArguments {
    /// An SQLite file that copydesk has written
    #[arg(value_name = "FILE.sqlite")]
    pub(crate) file: PathBuf,
    /// The address and port; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8321")]
    pub(crate) listen: String,
    /// Do not load the stages: articles cannot be pasted
    #[arg(long)]
    pub(crate) no_analysis: bool,
}

#[derive(Args)]
pub(crate) struct SchemaArguments {
    /// Of what
    #[arg(value_enum, default_value_t = SchemaOf::Pipeline)]
    pub(crate) of: SchemaOf,
    /// Of the tables and the options, the reference page
    #[arg(long)]
    pub(crate) markdown: bool,
}

/// What has a schema.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Pipeline files: JSON Schema, for editors
    Pipeline,
    /// A line of output: JSON Schema
    Output,
    /// The tables: their columns
    Tables,
    /// What a run leaves beside its output, NAME.run.json: JSON Schema
    Run,
    /// Every option of commands, pipeline files and stages: a page in Markdown
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
    /// Only this stage, with its options in full; or the path of a plugin library
    #[arg(value_name = "STAGE")]
    pub(crate) stage: Option<String>,
    /// As JSON, with the schemas of all options
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
    /// Make a folder with a stage that works, has a test, and says how it is used
    New {
        /// Its name, and that of its layer: small letters, digits and _
        name: String,
        /// What it is written in
        #[arg(long, value_enum, default_value_t = Language::Python)]
        lang: Language,
        /// For Rust, the folder `core` of copydesk's sources [default: that of the sources of this program]
        #[arg(long, value_name = "FOLDER")]
        core: Option<PathBuf>,
    },
    /// Load a plugin, check it, and describe its stages
    Inspect {
        /// The shared library, or the stage in Python
        file: PathBuf,
    },
    /// Run a plugin over some fifty documents that stages stumble over, in a process of its own
    Check(PluginCheckArguments),
    /// List the plugins in folders, with their stages
    List {
        /// The folders [default: the working folder]
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
}

#[derive(Args)]
#[command(after_help = "\
The documents are empty, long, full of marks, of control characters, of emoji or of nothing but quotation marks, from right to left, in capitals … Each is \
analysed twice, in two orders: annotations that differ are wrong too. If the stage reads layers of built-in stages, these run before it.

Exit codes: 0 nothing is wrong; 1 something is, as the report says; 2 it cannot be run.")]
pub(crate) struct PluginCheckArguments {
    /// The shared library, or the stage in Python
    pub(crate) file: PathBuf,
    /// How long a document may take
    #[arg(long, value_name = "N", default_value_t = 10.0, value_parser = positive)]
    pub(crate) seconds: f64,
    /// How much memory its process may ask for
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

/// What a stage is written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// A script in a process of its own
    Python,
    /// A library inside the process
    C,
    /// A library inside the process
    Rust,
}

#[derive(Args)]
pub(crate) struct ShowArguments {
    /// A text file or JSON lines, or - for standard input
    pub(crate) file: String,
    /// Which document of a file of several, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) document: u64,
    /// The day of publication, for relative dates: 2024-05-08, or any common form such as "May 8, 2024"
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Only these layers: quotes,figures
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) layer: Option<Vec<String>>,
    /// Break lines before so many columns; 0 breaks none [default: the terminal's width; none where the output is no terminal]
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
    /// Only annotations that cover this offset of the text, in code points from 0
    #[arg(long, value_name = "OFFSET")]
    pub(crate) at: Option<usize>,
    /// Which document of a file of several, from 1 [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) document: Option<u64>,
    /// The day of publication, for relative dates
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Print a line of JSON for each document
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
    /// Only this stage, or the path of a plugin library; or one rule, as `stage/code`
    #[arg(value_name = "STAGE | STAGE/RULE")]
    pub(crate) stage: Option<String>,
    /// As JSON
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) json: bool,
    /// As the reference page
    #[arg(long)]
    pub(crate) markdown: bool,
}

#[derive(Args)]
pub(crate) struct EvalArguments {
    /// What to score
    #[arg(value_enum)]
    pub(crate) layer: copydesk_eval::Layer,
    /// Annotated data: JSON lines with `text` and entities, quotes, figures, opinions or a sentiment label; for entities also CoNLL
    /// columns, brat stand-off (.ann) or marked text (.marked); for syntax CoNLL-U (.conllu) or words as `word_TAG`
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) gold: Vec<PathBuf>,
    /// Rewrite the texts in this letter case first, to measure what is found without capitals to rely on
    #[arg(long, value_enum, value_name = "STYLE")]
    pub(crate) written: Option<copydesk_eval::Style>,
    /// Show this many of the worst errors in their context
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
        #[arg(long, value_name = "N", default_value_t = copydesk_train::EntityOptions::default().epochs)]
        epochs: usize,
        /// The largest size of the model's weights, in bytes
        #[arg(long, value_name = "BYTES", default_value_t = copydesk_train::EntityOptions::default().size)]
        size: usize,
        /// Add a copy of one in this many documents, with its sentences in capitals, title case and lower
        /// case, so that names are found without capitals to rely on; 0 for none
        #[arg(long, value_name = "N", default_value_t = copydesk_train::EntityOptions::default().copies)]
        copies: usize,
        /// Training runs, each in another order, whose weights are averaged. Fewer are faster, more are more stable
        #[arg(long, value_name = "N", default_value_t = copydesk_train::EntityOptions::default().runs)]
        runs: usize,
        /// Leave out a group of features, to measure its effect
        #[arg(long, value_name = "GROUP", value_parser = clap::builder::PossibleValuesParser::new(
            copydesk_train::EntityGroup::ALL.map(|(name, _)| name)))]
        without: Vec<String>,
        /// Where to write the model
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Train the ranker that tells whom pronouns and nominal mentions mean
    Coref {
        /// Annotated data, as for `copydesk eval coref`: clusters of mentions
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all choices
        #[arg(long, value_name = "N", default_value_t = copydesk_train::CorefOptions::default().epochs)]
        epochs: usize,
        /// Leave out a group of features, to measure its effect
        #[arg(long, value_name = "GROUP", value_parser = clap::builder::PossibleValuesParser::new(
            copydesk_train::CorefGroup::ALL.map(|(name, _)| name)))]
        without: Vec<String>,
        /// Where to write the model
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
        /// Where to write the model
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
        /// Write no model, but cross-validate in N folds and print the scores
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=20))]
        folds: Option<u32>,
        /// Where to write the model
        #[arg(short, long, value_name = "FILE", required_unless_present = "folds")]
        output: Option<PathBuf>,
    },
    /// Train who holds which opinion of whom
    Stance {
        /// Sentences as JSON lines with two mentions `p` and `q`, a `direction` (`pq`, `qp`, `none`) and a `label`
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all sentences
        #[arg(long, value_name = "N", default_value_t = copydesk_train::StanceOptions::default().epochs)]
        epochs: usize,
        /// Leave out a group of features, to see what it is worth
        #[arg(long, value_name = "GROUP", value_parser = clap::builder::PossibleValuesParser::new(
            copydesk_train::StanceGroup::ALL.map(|(name, _)| name)))]
        without: Vec<String>,
        /// Where to write the model
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Train the part-of-speech tagger
    Syntax {
        /// Tagged text: CoNLL-U (.conllu), or words as `word_TAG` with a sentence a line
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        gold: Vec<PathBuf>,
        /// Passes over all texts
        #[arg(long, value_name = "N", default_value_t = copydesk_train::SyntaxSettings::default().epochs)]
        epochs: usize,
        /// Where to write the model
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Cluster words into classes by their vectors, for the trained stages
    Classes {
        /// Word vectors, the most frequent words first: per line a word and its numbers, or JSON with `dimensions` and `vectors`
        #[arg(long, value_name = "FILE")]
        vectors: PathBuf,
        /// How many words to take
        #[arg(long, value_name = "N", default_value_t = copydesk_train::ClassOptions::default().words)]
        words: usize,
        /// How many classes at each of four grains, from the coarsest to the finest
        #[arg(long, value_name = "N,N,N,N", default_value = "50,200,1000,3000", value_parser = grains)]
        grains: [usize; 4],
        /// How many principal components to remove from the vectors first; with 0, frequent and rare words end up in different classes
        #[arg(long, value_name = "N", default_value_t = copydesk_train::ClassOptions::default().common)]
        common: usize,
        /// Where to write the model
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// Reads the name of a format.
pub(crate) fn output_format(word: &str) -> Result<OutputFormat, String> {
    serde_json::from_value(word.into()).map_err(|_| "one of jsonl, csv, parquet, sqlite is wanted".to_owned())
}

/// Reads the numbers of classes.
fn grains(text: &str) -> Result<[usize; 4], String> {
    let numbers: Option<Vec<usize>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let grains = numbers.and_then(|numbers| <[usize; 4]>::try_from(numbers).ok());
    grains
        .filter(|grains| grains[0] > 0 && grains.is_sorted() && grains[3] <= copydesk_train::MOST_CLASSES)
        .ok_or_else(|| format!("four rising numbers of at most {} are wanted", copydesk_train::MOST_CLASSES))
}

/// Prints a completion script.
pub(crate) fn completions(shell: Shell) {
    clap_complete::generate(shell, &mut Arguments::command(), "copydesk", &mut std::io::stdout());
}
