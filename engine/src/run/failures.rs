//! The file for documents that failed.

use std::path::Path;

use super::report::Failure;
use crate::output::{Sink, SinkError};
use crate::places::is_own_errors;

/// `errors.jsonl`, created on the first failure. The file of an earlier run stays until this run has finished.
pub(crate) struct FailureFile<'w> {
    pub(super) path: Option<&'w Path>,
    pub(super) sink: Option<Sink>,
}

impl<'w> FailureFile<'w> {
    /// A file that is not created yet.
    pub(crate) fn new(path: Option<&'w Path>) -> Self {
        Self { path, sink: None }
    }

    pub(super) fn add(&mut self, failure: &Failure) -> Result<(), SinkError> {
        let mut line = Vec::new();
        failure.write(&mut line);
        self.add_lines(&line, 1)
    }

    /// Adds failures that are already serialised.
    pub(crate) fn add_lines(&mut self, bytes: &[u8], lines: u64) -> Result<(), SinkError> {
        let Some(path) = self.path else { return Ok(()) };
        if self.sink.is_none() {
            self.sink = Some(Sink::create(path, true)?);
        }
        self.sink.as_mut().map_or(Ok(()), |sink| sink.write(bytes, lines))
    }

    pub(crate) fn finish(&mut self) -> Result<(), SinkError> {
        match self.sink.take() {
            Some(sink) => sink.finish(),
            None => self.remove_old(),
        }
    }

    /// Removes the file of an earlier run, whose failures would be mistaken for those of this run, which has none.
    fn remove_old(&self) -> Result<(), SinkError> {
        let Some((path, metadata)) = self.path.and_then(|path| Some((path, path.metadata().ok()?))) else {
            return Ok(());
        };
        if !metadata.is_file() || !is_own_errors(path, &metadata) {
            return Ok(());
        }
        std::fs::remove_file(path).map_err(|source| SinkError::Create { path: path.to_owned(), source })
    }
}
