//! The first message to a process, and its answer.

use std::path::PathBuf;

use crate::config::Permissions;
use copydesk_core::{StageInfo, abi};
use serde::{Deserialize, Serialize};

/// Identifies compatible builds: the version, and the memory layout of records.
pub(super) fn build() -> String {
    format!("{} {:016x}", env!("CARGO_PKG_VERSION"), abi::layout())
}

/// What a process is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Terms {
    pub(super) build: String,
    pub(super) code: Code,
    /// The name of the stage, and its options as JSON; `None` to only list the stages.
    pub(super) stage: Option<(String, String)>,
    /// See `Allowance::memory`.
    pub(super) memory: u64,
    /// Its additional permissions.
    pub(super) permissions: Permissions,
    /// Files that it may read: its library, and those that the options name.
    pub(super) files: Vec<PathBuf>,
}

impl Terms {
    /// The name of the process in messages: that of its stage, or of the library.
    pub(super) fn called(&self) -> String {
        match (&self.stage, &self.code) {
            (Some((name, _)), _) => name.clone(),
            (None, Code::Library(path)) => path.display().to_string(),
            (None, Code::Linked) => "copydesk".to_owned(),
        }
    }
}

/// The origin of its stages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Code {
    /// They are linked into the program.
    Linked,
    /// They are in a library.
    Library(PathBuf),
}

/// The answer of a process that is ready: the available stages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ready {
    pub(super) stages: Vec<StageInfo>,
    /// A description of terms that the system cannot enforce.
    pub(super) warning: Option<String>,
}
