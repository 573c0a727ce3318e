//! What a process is told first, and what it answers.

use std::path::PathBuf;

use crate::config::Permissions;
use copydesk_core::{StageInfo, abi};
use serde::{Deserialize, Serialize};

/// What makes both ends understand one another: the version, and how records lie in memory.
pub(super) fn build() -> String {
    format!("{} {:016x}", env!("CARGO_PKG_VERSION"), abi::layout())
}

/// What a process is to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Terms {
    pub(super) build: String,
    pub(super) code: Code,
    /// The name of the stage, and its options as JSON; without it, the process only says which stages there are.
    pub(super) stage: Option<(String, String)>,
    /// See `Allowance::memory`.
    pub(super) memory: u64,
    /// What it may do beside its task.
    pub(super) permissions: Permissions,
    /// Files that it may read: its library, and those that its options name.
    pub(super) files: Vec<PathBuf>,
}

impl Terms {
    /// What the process is called in messages: its stage, or the library.
    pub(super) fn called(&self) -> String {
        match (&self.stage, &self.code) {
            (Some((name, _)), _) => name.clone(),
            (None, Code::Library(path)) => path.display().to_string(),
            (None, Code::Linked) => "copydesk".to_owned(),
        }
    }
}

/// Where its stages come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Code {
    /// They are linked into the program.
    Linked,
    /// They are in a library.
    Library(PathBuf),
}

/// What a process says when it is ready: the stages that there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ready {
    pub(super) stages: Vec<StageInfo>,
    /// What of its terms the system cannot enforce.
    pub(super) warning: Option<String>,
}
