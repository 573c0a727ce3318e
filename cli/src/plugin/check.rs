//! `copydesk plugin check`

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use copydesk_core::{Source, StageInfo};
use copydesk_engine::config::{self, Config};
use copydesk_engine::output::{Detail, DocumentWriter, Head, HeadlineView, OffsetUnit, Style};
use copydesk_engine::{AnalysisError, Analyzer, Registry, is_script, plugin};
use serde_json::Value;

use super::torture::{self, Torture};
use crate::args::PluginCheckArguments;
use crate::{SOME_FAILED, SUCCESS, message};

/// Runs the stages of a plugin over difficult documents, in a separate process.
pub(super) fn check(arguments: &PluginCheckArguments) -> Result<u8> {
    let name = arguments.file.to_string_lossy();
    let stages = describe(&arguments.file)?;
    let mut out = std::io::stdout().lock();
    let mut failures = 0;
    for info in &stages {
        let used = if stages.len() > 1 { format!("{name}#{}", info.name) } else { name.clone().into_owned() };
        let config = pipeline(arguments, info, &used)?;
        writeln!(out, "{} {}: {}", info.name, info.version, info.provides.join(", "))?;
        let checked = Checked::of(&config);
        checked.write(&mut out)?;
        failures += checked.complaints.len();
    }
    Ok(if failures == 0 { SUCCESS } else { SOME_FAILED })
}

/// The stages in a file. A library is loaded in a separate process; a script is a separate process anyway.
pub(super) fn describe(file: &Path) -> Result<Vec<StageInfo>> {
    if is_script(&file.to_string_lossy()) {
        let stages = Registry::built_in().load(file)?;
        return Ok(stages.iter().map(|factory| factory.info().clone()).collect());
    }
    Ok(plugin::describe(file)?)
}

/// A pipeline of the stage and the built-in ones whose layers it reads.
fn pipeline(arguments: &PluginCheckArguments, info: &StageInfo, used: &str) -> Result<Config> {
    let registry = Registry::built_in();
    let mut wanted: Vec<String> = info.requires.iter().chain(&info.uses).cloned().collect();
    let mut text = String::new();
    // Twice, as the added stages may need further layers.
    for factory in registry.linked().iter().rev().chain(registry.linked().iter().rev()) {
        let other = factory.info();
        let line = format!("[[stage]]\nuse = {:?}\n", other.name);
        let provides = other.provides.iter().any(|layer| wanted.contains(layer));
        if provides
            && !other.provides.iter().any(|layer| info.provides.contains(layer))
            && !text.contains(&line)
        {
            text.push_str(&line);
            wanted.extend(other.requires.iter().cloned());
        }
    }
    let place = text.matches("[[stage]]").count();
    let mut set = vec![format!("stage.+.use={}", Value::from(used))];
    set.push(format!("stage.{place}.seconds={:?}", arguments.seconds));
    if !is_script(used) {
        set.push(format!("stage.{place}.isolate=true"));
        set.push(format!("stage.{place}.memory={}", Value::from(arguments.memory.as_str())));
    }
    for option in &arguments.option {
        set.push(format!("stage.{place}.options.{option}"));
    }
    config::parse(&text, Path::new("(check)"), &set, &registry)
        .map_err(|problems| message::Problems(problems).into())
}

/// The results of a check.
struct Checked {
    documents: usize,
    bytes: usize,
    time: Duration,
    slowest: (Duration, &'static str),
    /// The name of the document, and the problem.
    complaints: Vec<(&'static str, String)>,
}

impl Checked {
    fn of(config: &Config) -> Self {
        let documents = torture::documents();
        let mut analyzer = Analyzer::new(&config.plan);
        let style = Style::new(OffsetUnit::Chars, Detail::Standard);
        let mut writer = DocumentWriter::new(style, config.plan.layers(), &[]);
        let mut checked = Self {
            documents: documents.len(),
            bytes: 0,
            time: Duration::ZERO,
            slowest: (Duration::ZERO, ""),
            complaints: Vec::new(),
        };
        let mut first = Vec::new();
        for document in &documents {
            let begun = Instant::now();
            let found = annotated(&mut analyzer, &mut writer, document);
            let time = begun.elapsed();
            checked.bytes += document.text.len();
            checked.time += time;
            checked.slowest = checked.slowest.max((time, document.name));
            if let Err(error) = &found {
                checked.complaints.push((document.name, format!("{}: {}", error.class, error.reason)));
            }
            first.push(found.ok());
        }
        // Again in reverse order: a stage must not carry anything over from one document to the next.
        for (document, first) in documents.iter().zip(&first).rev() {
            let again = annotated(&mut analyzer, &mut writer, document).ok();
            if first.is_some() && again != *first {
                checked
                    .complaints
                    .push((document.name, "different annotations when analysed again".to_owned()));
            }
        }
        checked
    }

    fn write(&self, out: &mut impl Write) -> Result<()> {
        let seconds = self.time.as_secs_f64().max(1e-6);
        let speed = self.bytes as f64 / 1e6 / seconds;
        let (slowest, name) = self.slowest;
        writeln!(
            out,
            "  {} in {seconds:.2} s, {speed:.1} MB/s; the slowest was {name}: {:.0} ms",
            message::count(self.documents as u64, "document"),
            slowest.as_secs_f64() * 1000.0
        )?;
        for (name, complaint) in &self.complaints {
            writeln!(out, "  problem: {name}: {}", message::visible(complaint))?;
        }
        if self.complaints.is_empty() {
            writeln!(out, "  no problems: every document was analysed, twice with the same annotations")?;
        }
        Ok(())
    }
}

/// The output line of a document.
fn annotated(
    analyzer: &mut Analyzer<'_>,
    writer: &mut DocumentWriter,
    document: &Torture,
) -> Result<Vec<u8>, AnalysisError> {
    let Torture { name, text, title, date } = document;
    let source = Source { id: name, text, title: *title, date: *date, targets: &[] };
    let analysed = analyzer.analyze(source)?;
    let head = Head { id: name, title: *title, date: *date, text, ..Head::default() };
    let view = analysed.document.view();
    let headline = analysed.headline.as_ref();
    let headline = headline.map(|title| HeadlineView { doc: title.document.view(), same: title.same });
    let mut line = Vec::new();
    writer.write(&head, &view, headline.as_ref(), &mut line);
    Ok(line)
}
