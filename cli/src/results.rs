//! The outputs of commands that read results.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use copydesk_engine::config::Output;
use copydesk_engine::input::Found;
use copydesk_engine::output::{OutputFormat, Sink, SinkError};
use copydesk_engine::places::{self, Reading, Writing};
use copydesk_engine::tables::{TABLES, Table, custom, custom_of_schema};
use copydesk_engine::writer::{TableOptions, TableTarget, Target, is_replaceable, open};

use crate::args::ResultArguments;
use crate::{message, schema};

/// The outputs of a command, checked.
pub(crate) struct Results {
    pub(crate) targets: Vec<Target>,
    /// The tables that file names can refer to.
    pub(crate) named: Vec<Arc<Table>>,
    tables: Vec<Arc<Table>>,
}

impl Results {
    /// Determines the outputs and checks that no other file would be overwritten. `lines` says whether an output may consist of
    /// lines.
    pub(crate) fn of(arguments: &ResultArguments, lines: bool) -> Result<Self> {
        let tables = tables(arguments)?;
        let targets = targets(arguments, &tables, lines)?;
        // Lines do not contain what a plugin declares.
        let declared = |table: &Table| table.columns.iter().any(|column| column.key.is_some());
        let named = |table: &&Arc<Table>| {
            declared(table)
                || targets
                    .iter()
                    .any(|target| matches!(target, Target::Table(_, _, name) if *name == table.name))
        };
        let named = tables.iter().filter(named).cloned().collect();
        let read = |path: &PathBuf| match path.as_os_str() == "-" {
            true => Found::Stdin(None),
            false => Found::File(path.clone(), None),
        };
        let inputs: Vec<Found> = arguments.files.iter().map(read).collect();
        let outputs: Vec<PathBuf> =
            targets.iter().flat_map(|target| target.files(&tables)).map(|(file, _)| file).collect();
        let writing = Writing { outputs: &outputs, errors: None, force: arguments.force };
        places::check(&Reading { inputs: &inputs, pipeline: None }, &writing)?;
        Ok(Self { targets, named, tables })
    }

    /// Opens the outputs that are tables.
    pub(crate) fn open_tables(&self, arguments: &ResultArguments) -> Result<Vec<TableTarget>> {
        let mut opened = Vec::new();
        for target in self.targets.iter().filter(|target| !matches!(target, Target::Lines(_))) {
            let wanted = target.wanted(arguments.keep.as_deref(), &self.tables);
            let wanted = wanted.map_err(|error| anyhow!("{error}; {}", error.remedy()))?;
            let options = TableOptions { force: arguments.force, full_text: !arguments.no_full_text };
            opened.push(TableTarget { wanted, writer: open(target, &options)? });
        }
        Ok(opened)
    }

    /// Opens the outputs that are lines.
    pub(crate) fn open_lines(&self) -> Result<Vec<Sink>, SinkError> {
        let lines = self.targets.iter().filter_map(|target| match target {
            Target::Lines(path) => Some(path),
            _ => None,
        });
        lines
            .map(|path| path.as_ref().map_or_else(|| Ok(Sink::stdout()), |path| Sink::create(path, true)))
            .collect()
    }

    /// The files and folders, for the summary; none if everything goes to standard output.
    pub(crate) fn places(&self) -> Option<String> {
        let places = self.targets.iter().filter_map(|target| Some(target.path()?.display().to_string()));
        let places: Vec<String> = places.collect();
        (!places.is_empty()).then(|| places.join(", "))
    }
}

/// Warns about lines that are not results.
pub(crate) fn warn_of(failures: &[String], failed: u64) {
    failures.iter().for_each(message::warning);
    if failed > failures.len() as u64 {
        message::warning(format_args!("… and {} more", failed - failures.len() as u64));
    }
}

/// The tables that can be named: those of copydesk, those of the given plugins, and that of a custom layer.
fn tables(arguments: &ResultArguments) -> Result<Vec<Arc<Table>>> {
    let mut tables = TABLES.clone();
    let declared = schema::layers(&arguments.stages)?.into_iter().map(|(layer, schema)| {
        Arc::new(schema.map_or_else(|| custom(&layer), |schema| custom_of_schema(&layer, &schema)))
    });
    tables.extend(declared);
    let custom_name =
        arguments.table.as_deref().filter(|name| !tables.iter().any(|table| table.name == **name));
    if let Some(name) = custom_name {
        tables.push(Arc::new(custom(name.strip_prefix("layer_").unwrap_or(name))));
    }
    Ok(tables)
}

fn targets(arguments: &ResultArguments, tables: &[Arc<Table>], lines: bool) -> Result<Vec<Target>> {
    let format = if lines { OutputFormat::Jsonl } else { OutputFormat::Csv };
    let format_of = |path: Option<&String>| match path {
        None if arguments.table.is_some() => Some(OutputFormat::Csv),
        None => arguments.format.or(Some(format)),
        // A format that the name shows takes precedence.
        Some(path) if Path::new(path).extension().is_some() && OutputFormat::of(path.as_ref()).is_ok() => {
            None
        }
        Some(_) => arguments.format,
    };
    let output = |path: Option<&String>| Output {
        path: path.cloned(),
        format: format_of(path),
        table: arguments.table.clone(),
        ..Output::default()
    };
    let outputs: Vec<Output> = match arguments.output.as_slice() {
        [] => vec![output(None)],
        paths => paths.iter().map(|path| output(Some(path))).collect(),
    };
    if arguments.output.is_empty() && arguments.table.is_none() && !lines {
        bail!("no output: give a file with -o, or a table with --table for CSV on standard output");
    }
    let mut targets = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for output in &outputs {
        let target = Target::of(output, tables).map_err(|error| anyhow!("{error}; {}", error.remedy()))?;
        if matches!(target, Target::Lines(_)) && !lines {
            bail!("an export writes tables: give a .csv, .parquet or .sqlite file with -o, or set --format");
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
