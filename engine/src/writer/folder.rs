//! A folder with one file per table.

use std::path::PathBuf;
use std::sync::Arc;

use super::{TableOptions, TableWriter, open_file};
use crate::output::OutputFormat;
use crate::output::SinkError;
use crate::tables::{Table, TableRows};

/// A folder of files named after their tables. The files are renamed to their final names together, when all are complete.
pub(super) struct Folder {
    path: PathBuf,
    format: OutputFormat,
    options: TableOptions,
    files: Vec<(Arc<Table>, Box<dyn TableWriter>)>,
}

impl Folder {
    /// A folder of files in this format.
    pub(super) fn new(path: PathBuf, format: OutputFormat, options: TableOptions) -> Self {
        Self { path, format, options, files: Vec::new() }
    }
}

impl TableWriter for Folder {
    fn begin(&mut self, table: &Arc<Table>) -> Result<(), SinkError> {
        let file = self.path.join(format!("{}.{}", table.name, self.format.extension()));
        let mut writer = open_file(&file, self.format, &self.options)?;
        writer.begin(table)?;
        self.files.push((Arc::clone(table), writer));
        Ok(())
    }

    fn write(&mut self, documents: &[String], rows: TableRows) -> Result<(), SinkError> {
        match self.files.iter_mut().find(|(table, _)| table.name == rows.table.name) {
            Some((_, writer)) => writer.write(documents, rows),
            None => Ok(()),
        }
    }

    fn finish(self: Box<Self>) -> Result<(), SinkError> {
        self.files.into_iter().try_for_each(|(_, writer)| writer.finish())
    }
}
