//! Stages in any language: a program that reads documents as lines of JSON and answers with annotations.
//!
//! The protocol is in `docs/process-stages.md`. A program is started once for each worker, on first use, and serves documents until
//! its input ends. A faulty program costs at most a document: if it ends, sends invalid answers or takes too long, it is killed and
//! replaced, and the document is tried once more by a new one before it fails.

mod called;
mod child;
mod exchange;
mod protocol;
mod stage;
#[cfg(test)]
mod tests;

use crate::isolate::Allowance;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use called::{CalledFactory, Function};
pub use child::ChildError;
pub use stage::ProcessError;
pub(crate) use stage::{Documents, Emit, ProcessFactory, ProcessStage};

/// How a program is started.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// The program and its arguments.
    pub(crate) command: Vec<String>,
    /// Its working folder; empty for that of copydesk.
    pub(crate) folder: PathBuf,
    /// The time limit for its start, and for a document.
    pub(crate) patience: Duration,
    /// Its limits and permissions, if it is confined.
    pub(crate) isolated: Option<Allowance>,
}

impl Program {
    /// The default time limit for a document. Even with a second attempt it is below the time limit of a document.
    const PATIENCE: Duration = Duration::from_secs(20);

    /// The program of a stage: a command, or a Python script.
    pub(crate) fn of(
        command: Option<&[String]>,
        used: &str,
        folder: &Path,
        seconds: Option<f64>,
    ) -> Option<Self> {
        let command = match command {
            Some(command) => command.to_vec(),
            None if is_script(used) => vec!["python3".to_owned(), used.to_owned()],
            None => return None,
        };
        let patience = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Some(Self {
            command,
            folder: folder.to_owned(),
            patience: patience.unwrap_or(Self::PATIENCE),
            isolated: None,
        })
    }

    /// The files that a confined program may read: its own and those in their folders, programs, and the active Python environment.
    fn readable(&self) -> Vec<PathBuf> {
        let scripts: Vec<PathBuf> = self.files().filter_map(|file| file.canonicalize().ok()).collect();
        let beside = scripts.iter().filter_map(|file| file.parent()).map(Path::to_owned);
        let environment = std::env::var_os("VIRTUAL_ENV").map(PathBuf::from);
        let programs = ["/usr", "/bin", "/sbin", "/etc/alternatives"].map(PathBuf::from);
        programs.into_iter().chain(beside).chain(environment).collect()
    }

    /// What it is called in messages: its script, or the program.
    fn called(&self) -> String {
        let script =
            self.command.iter().find(|part| self.folder.join(part).is_file()).or(self.command.first());
        let name = script.and_then(|path| Path::new(path).file_name());
        name.map_or_else(|| self.command.join(" "), |name| name.to_string_lossy().into_owned())
    }

    /// The files of its command, which decide what it does.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.command.iter().map(|part| self.folder.join(part)).filter(|path| path.is_file())
    }
}

/// Whether the value of `use` in a pipeline is a script.
pub fn is_script(used: &str) -> bool {
    Path::new(used).extension().is_some_and(|extension| extension == "py")
}
