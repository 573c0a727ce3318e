//! The opened outputs of a run.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::Output;
use crate::output::{Detail, OffsetUnit, OutputFormat, Sink, SinkError, Style};
use crate::plan::Plan;
use crate::run::journal::{self, Point};
use crate::tables::{Table, Wanted};
use crate::writer::{TableOptions, TableOutputs, TableTarget, Target, TargetError, is_replaceable, open};

/// How to treat existing output of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beginning<'b> {
    /// Whether files that copydesk did not write may be replaced.
    pub force: bool,
    /// Whether to discard the output of an unfinished run.
    pub restart: bool,
    /// The point of an earlier run to continue from.
    pub from: Option<&'b Point>,
}

/// The outputs of a run, which are all written at once.
pub struct Outputs {
    pub(super) lines: Vec<LineOutput>,
    pub(super) tables: Option<Tables>,
    targets: Vec<Target>,
}

/// The files from which a run can be continued.
#[derive(Clone, Debug)]
pub struct Resumable {
    /// Its journal.
    pub journal: PathBuf,
    /// The files of lines whose lengths the journal records.
    pub files: Vec<PathBuf>,
}

/// An output of lines.
pub(super) struct LineOutput {
    pub(super) sink: Sink,
    pub(super) style: Style,
    /// The layers to write, if not all.
    pub(super) keep: Option<Vec<String>>,
    /// Whether it is a temporary file, from which the tables of a continued run are rebuilt.
    pub(super) is_spool: bool,
}

/// All outputs of tables.
pub(super) struct Tables {
    /// The tables and columns that any of them needs.
    pub(super) wanted: Wanted,
    /// The tables that the plan fills.
    pub(super) known: Vec<Arc<Table>>,
    pub(super) offsets: OffsetUnit,
    pub(super) outputs: TableOutputs,
}

/// Why outputs cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OutputsError {
    /// The settings of an output are invalid.
    #[error("{0}; {help}", help = .0.remedy())]
    Target(#[from] TargetError),
    /// One cannot be opened.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// Two of them are the same file.
    #[error("two outputs are the same: {0}")]
    Same(String),
    /// All rows of a run must have the same unit of offsets.
    #[error(
        "all tables of a run must use one unit of offsets: give all outputs of tables the same `offsets`"
    )]
    Offsets,
}

impl Outputs {
    /// The destinations of these outputs; opens nothing.
    pub fn targets(outputs: &[Output], plan: &Plan) -> Result<Vec<Target>, TargetError> {
        let tables = plan.tables();
        outputs.iter().map(|output| Target::of(output, &tables)).collect()
    }

    /// Opens outputs. No existing file is changed unless all can be opened.
    pub fn open(outputs: &[Output], plan: &Plan, beginning: &Beginning<'_>) -> Result<Self, OutputsError> {
        let force = beginning.force;
        let known = plan.tables();
        let layers = plan.layers();
        let layers: Vec<&str> = layers.iter().map(|(layer, _)| layer.as_str()).collect();
        let targets = Self::targets(outputs, plan)?;
        for (target, output) in targets.iter().zip(outputs) {
            target.kept(output.keep.as_deref(), &layers, &known)?;
        }
        check_places(&targets, &known, force)?;
        let mut lines = Vec::new();
        let mut tables = Vec::new();
        for (target, output) in targets.iter().zip(outputs) {
            if let Target::Lines(path) = target {
                let sink = match (path, beginning.from) {
                    (None, _) => Sink::stdout(),
                    (Some(path), None) => Sink::create(path, beginning.restart)?,
                    (Some(path), Some(point)) => {
                        let bytes = point.outputs.get(lines.len()).copied().unwrap_or(0);
                        Sink::resume(path, bytes, point.documents)?
                    }
                };
                let style = Style::new(output.offsets, output.detail);
                lines.push(LineOutput { sink, style, keep: output.keep.clone(), is_spool: false });
            } else {
                let options = TableOptions { force, full_text: output.full_text };
                let wanted = target.wanted(output.keep.as_deref(), &known)?;
                tables.push((output.offsets, TableTarget { wanted, writer: open(target, &options)? }));
            }
        }
        let tables = Tables::begin(tables, known)?;
        if let (Some(tables), Some(path)) = (&tables, spool_of(&targets)) {
            let sink = match beginning.from {
                None => Sink::create(&path, beginning.restart)?,
                Some(point) => {
                    let bytes = point.outputs.get(lines.len()).copied().unwrap_or(0);
                    Sink::resume(&path, bytes, point.documents)?
                }
            };
            let style = Style::new(tables.offsets, Detail::Standard);
            lines.push(LineOutput { sink, style, keep: None, is_spool: true });
        }
        Ok(Self { lines, tables, targets })
    }

    /// Completes all files.
    pub(super) fn finish(self) -> Result<(), SinkError> {
        let (spools, lines): (Vec<_>, Vec<_>) = self.lines.into_iter().partition(|output| output.is_spool);
        lines.into_iter().try_for_each(|output| output.sink.finish())?;
        self.tables.map_or(Ok(()), |tables| tables.outputs.finish())?;
        spools.into_iter().for_each(|output| output.sink.discard());
        Ok(())
    }

    /// Their destinations.
    pub fn places(&self) -> &[Target] {
        &self.targets
    }

    /// The files from which a run can be continued. `None` if an output is not a file.
    pub fn resumable(targets: &[Target]) -> Option<Resumable> {
        let journal = journal::path_of(targets.first()?.path()?);
        let mut files = Vec::new();
        for target in targets {
            let path = target.path()?;
            let folder = matches!(target, Target::Folder(..));
            if !folder && path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
                return None;
            }
            if matches!(target, Target::Lines(_)) {
                files.push(path.to_owned());
            }
        }
        files.extend(spool_of(targets));
        Some(Resumable { journal, files })
    }

    /// All files that they may write, to compare with the inputs.
    pub fn files(targets: &[Target], plan: &Plan) -> Vec<std::path::PathBuf> {
        let tables = plan.tables();
        targets.iter().flat_map(|target| target.files(&tables)).map(|(path, _)| path).collect()
    }
}

impl Tables {
    fn begin(
        targets: Vec<(OffsetUnit, TableTarget)>,
        known: Vec<Arc<Table>>,
    ) -> Result<Option<Self>, OutputsError> {
        let Some(offsets) = targets.first().map(|(offsets, _)| *offsets) else { return Ok(None) };
        if targets.iter().any(|(other, _)| *other != offsets) {
            return Err(OutputsError::Offsets);
        }
        let wanted = Wanted::any_of(targets.iter().map(|(_, target)| &target.wanted));
        let made: Vec<_> = known.iter().filter(|table| wanted.has(table)).map(Arc::clone).collect();
        let targets = targets.into_iter().map(|(_, target)| target).collect();
        Ok(Some(Self { wanted, known, offsets, outputs: TableOutputs::new(targets, &made)? }))
    }
}

/// The file for the lines from which tables are rebuilt when a run is continued, since a table cannot be truncated after a batch. `None`
/// if no tables are written to files.
fn spool_of(targets: &[Target]) -> Option<PathBuf> {
    let tables = targets.iter().filter(|target| !matches!(target, Target::Lines(_)));
    let path = tables.filter_map(Target::path).next()?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lines.zst");
    Some(path.with_file_name(name))
}

/// Refuses outputs with the same file, and files that copydesk did not write.
fn check_places(targets: &[Target], tables: &[Arc<Table>], force: bool) -> Result<(), OutputsError> {
    let files: Vec<(_, OutputFormat)> = targets.iter().flat_map(|target| target.files(tables)).collect();
    for (place, (path, format)) in files.iter().enumerate() {
        if files[..place].iter().any(|(other, _)| other == path) {
            return Err(OutputsError::Same(path.display().to_string()));
        }
        if !force && !is_replaceable(path, *format) {
            return Err(SinkError::Exists(path.clone()).into());
        }
    }
    let streams = targets.iter().filter(|target| target.path().is_none());
    if streams.count() > 1 {
        return Err(OutputsError::Same("standard output".to_owned()));
    }
    Ok(())
}
