//! `copydesk export`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use copydesk_engine::config::Output;
use copydesk_engine::output::{OutputFormat, SinkError};
use copydesk_engine::tables::{TABLES, Table, custom};
use copydesk_engine::writer::{TableOptions, TableTarget, Target, is_replaceable, open};
use copydesk_engine::{ExportError, export as fill};

use crate::args::ExportArguments;
use crate::{NOTHING_RUN, SOME_FAILED, SUCCESS, message};

/// Writes tables of results that exist.
pub(crate) fn export(arguments: &ExportArguments) -> Result<u8> {
    let tables = tables(arguments);
    let targets = targets(arguments, &tables)?;
    let named: Vec<Arc<Table>> = tables
        .iter()
        .filter(|table| {
            targets.iter().any(|target| matches!(target, Target::Table(_, _, name) if *name == table.name))
        })
        .cloned()
        .collect();
    let mut opened = Vec::new();
    for target in &targets {
        let wanted = target.wanted(arguments.keep.as_deref(), &tables);
        let wanted = wanted.map_err(|error| anyhow!("{error}; {}", error.remedy()))?;
        let options = TableOptions { force: arguments.force, full_text: !arguments.no_full_text };
        opened.push(TableTarget { wanted, writer: open(target, &options)? });
    }
    let exported = match fill(&arguments.files, opened, &named) {
        Err(ExportError::Sink(SinkError::BrokenPipe)) => return Ok(SUCCESS),
        exported => exported?,
    };
    for failure in &exported.failures {
        message::warning(failure);
    }
    if exported.failed > exported.failures.len() as u64 {
        message::warning(format_args!("… and {} more", exported.failed - exported.failures.len() as u64));
    }
    if !arguments.quiet && targets.iter().any(|target| target.path().is_some()) {
        let places: Vec<String> =
            targets.iter().filter_map(|target| Some(target.path()?.display().to_string())).collect();
        message::line(format_args!(
            "{} -> {}",
            message::count(exported.documents, "document"),
            places.join(", ")
        ));
    }
    Ok(match (exported.documents, exported.failed) {
        (_, 0) => SUCCESS,
        (0, _) => NOTHING_RUN,
        _ => SOME_FAILED,
    })
}

/// The tables that can be named: those of copydesk, and that of a stage's own layer.
fn tables(arguments: &ExportArguments) -> Vec<Arc<Table>> {
    let mut tables = TABLES.clone();
    if let Some(name) =
        arguments.table.as_deref().filter(|name| !tables.iter().any(|table| table.name == **name))
    {
        tables.push(Arc::new(custom(name.strip_prefix("layer_").unwrap_or(name))));
    }
    tables
}

fn targets(arguments: &ExportArguments, tables: &[Arc<Table>]) -> Result<Vec<Target>> {
    let output = |path: Option<&String>| Output {
        path: path.cloned(),
        format: arguments.format.or(path.is_none().then_some(OutputFormat::Csv)),
        table: arguments.table.clone(),
        ..Output::default()
    };
    let outputs: Vec<Output> = match arguments.output.as_slice() {
        [] => vec![output(None)],
        paths => paths.iter().map(|path| output(Some(path))).collect(),
    };
    if arguments.output.is_empty() && arguments.table.is_none() {
        bail!("nothing to write: name a file with -o, or a table with --table for CSV on standard output");
    }
    let mut targets = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for output in &outputs {
        let target = Target::of(output, tables).map_err(|error| anyhow!("{error}; {}", error.remedy()))?;
        if matches!(target, Target::Lines(_)) {
            bail!("an export writes tables: name a .csv, .parquet or .sqlite file, or set --format");
        }
        for (file, format) in target.files(tables) {
            if files.contains(&file) {
                bail!("two outputs are the same: {}", file.display());
            }
            if !arguments.force && !is_replaceable(&file, format) {
                return Err(SinkError::Exists(file).into());
            }
            files.push(file);
        }
        targets.push(target);
    }
    Ok(targets)
}
