//! `copydesk report`: results, or articles analysed for this purpose, as one HTML page.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Parser;
use copydesk_engine::input::Found;
use copydesk_engine::places::{self, Reading, Writing};
use copydesk_reader::{Article, GENERATOR, Page, is_line, page, read_lines, read_sqlite};

use crate::args::{Arguments, Command, ReportArguments};
use crate::{NOTHING_RUN, SOME_FAILED, SUCCESS, message, run};

/// The kind of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lines,
    Sqlite,
    Articles,
}

/// The content of the page.
#[derive(Default)]
struct Collected {
    articles: Vec<Article>,
    total: u64,
    failed: bool,
}

/// Writes the page.
pub(crate) fn report(arguments: &ReportArguments) -> Result<u8> {
    let found: Vec<Found> = arguments.inputs.iter().map(|input| Found::File(input.into(), None)).collect();
    let outputs = [arguments.output.clone()];
    let writing = Writing { outputs: &outputs, errors: None, force: arguments.force };
    places::check(&Reading { inputs: &found, pipeline: None }, &writing)?;
    if !arguments.force && !is_ours(&arguments.output) {
        bail!("{} exists and was not written by copydesk; --force replaces it", arguments.output.display());
    }
    let mut collected = Collected::default();
    // Consecutive inputs of one kind are read together, so that the page keeps the order of the inputs.
    let kinds: Vec<Kind> = arguments.inputs.iter().map(|input| kind(input)).collect();
    let mut from = 0;
    for group in kinds.chunk_by(|a, b| a == b) {
        let inputs = &arguments.inputs[from..from + group.len()];
        from += group.len();
        match group[0] {
            Kind::Lines => {
                collected.lines(&inputs.iter().map(PathBuf::from).collect::<Vec<_>>(), arguments.limit)?
            }
            Kind::Sqlite => collected.sqlite(inputs, arguments.limit)?,
            Kind::Articles => collected.articles(inputs, arguments)?,
        }
    }
    if collected.articles.is_empty() {
        bail!("no articles found in {}", arguments.inputs.join(", "));
    }
    let shown = collected.articles.len() as u64;
    if collected.total > shown {
        message::warning(format_args!(
            "the page has only the first {shown} of {} articles; --limit changes the maximum",
            collected.total
        ));
    }
    let title = arguments.title.clone().unwrap_or_else(|| title(&collected, &arguments.inputs));
    let html = page(&Page { title: &title, total: collected.total, articles: &collected.articles })?;
    write(&arguments.output, &html)
        .with_context(|| format!("cannot write {}", arguments.output.display()))?;
    if !arguments.quiet {
        message::line(format_args!("{} -> {}", message::count(shown, "article"), arguments.output.display()));
    }
    Ok(if collected.failed { SOME_FAILED } else { SUCCESS })
}

impl Collected {
    fn capacity_left(&self, limit: usize) -> usize {
        limit.saturating_sub(self.articles.len())
    }

    fn lines(&mut self, files: &[PathBuf], limit: usize) -> Result<()> {
        let lines = read_lines(files, self.capacity_left(limit))?;
        for failure in &lines.failures {
            message::warning(failure);
        }
        if lines.failed > lines.failures.len() as u64 {
            message::warning(format_args!("{} are not results", message::count(lines.failed, "line")));
        }
        self.failed |= lines.failed > 0;
        self.total += lines.total;
        self.articles.extend(lines.articles);
        Ok(())
    }

    fn sqlite(&mut self, files: &[String], limit: usize) -> Result<()> {
        for file in files {
            let (articles, total) = read_sqlite(Path::new(file), self.capacity_left(limit))
                .with_context(|| format!("cannot read {file}"))?;
            self.total += total;
            self.articles.extend(articles);
        }
        Ok(())
    }

    /// Analyses articles like `copydesk run`, into a temporary file.
    fn articles(&mut self, inputs: &[String], arguments: &ReportArguments) -> Result<()> {
        let folder = tempfile::tempdir().context("cannot create a temporary folder")?;
        let lines = folder.path().join("results.jsonl");
        let fixed = ["copydesk", "run", "--quiet", "--output"].map(str::to_owned);
        let set = arguments.pipeline.set.iter().flat_map(|set| ["--set".to_owned(), set.clone()]);
        let stages = arguments.pipeline.stages.iter().flat_map(|stage| ["--stage".to_owned(), stage.clone()]);
        let line = fixed.into_iter().chain([lines.to_string_lossy().into_owned()]).chain(set).chain(stages);
        let line = line.chain(["--".to_owned()]).chain(inputs.iter().cloned());
        let Command::Run(run) = Arguments::try_parse_from(line)?.command else { bail!("no run") };
        match run::run(&run)? {
            SUCCESS => {}
            NOTHING_RUN => bail!("the articles were not analysed"),
            _ => self.failed = true,
        }
        self.lines(&[lines], arguments.limit)
    }
}

fn kind(input: &str) -> Kind {
    let path = Path::new(input);
    let start = |length: u64| -> io::Result<Vec<u8>> {
        let mut start = Vec::new();
        File::open(path)?.take(length).read_to_end(&mut start)?;
        Ok(start)
    };
    if path.is_file() && start(16).is_ok_and(|start| start == b"SQLite format 3\0") {
        return Kind::Sqlite;
    }
    let name = input.to_lowercase();
    let plain = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed));
    let lines = [".jsonl", ".ndjson"].iter().any(|ending| plain.unwrap_or(&name).ends_with(ending));
    // Lines of results and lines of articles have the same extension: the first line shows which they are.
    if lines
        && (plain.is_some() && packed_results(path)
            || plain.is_none() && first_line(path).is_ok_and(|line| is_line(&line)))
    {
        return Kind::Lines;
    }
    Kind::Articles
}

fn first_line(path: &Path) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    BufReader::new(File::open(path)?).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// Whether a compressed file begins with a result.
fn packed_results(path: &Path) -> bool {
    read_lines(&[path.to_owned()], 1).is_ok_and(|lines| !lines.articles.is_empty())
}

/// Whether a file may be replaced: it does not exist, or is a page that copydesk wrote.
fn is_ours(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return true };
    let mut start = Vec::new();
    let read = file.take(1024).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || String::from_utf8_lossy(&start).contains(GENERATOR))
}

fn title(collected: &Collected, inputs: &[String]) -> String {
    match (collected.articles.as_slice(), inputs) {
        ([one], _) => one.title.clone().unwrap_or_else(|| one.id.clone()),
        (_, [input]) => Path::new(input)
            .file_name()
            .map_or_else(|| input.clone(), |name| name.to_string_lossy().into_owned()),
        _ => message::count(collected.total, "article"),
    }
}

/// Writes a temporary file in the same folder and renames it when it is complete.
fn write(path: &Path, html: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(html.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
