//! Stages in processes of their own: `isolate = true`.
//!
//! The process is the copydesk command itself with a hidden subcommand ([`serve`]), which creates the stage and analyses the documents
//! that it receives. A worker sends a group of documents and reads the answers as they arrive. Answers for short documents are sent
//! several at once, so when the process ends, the rest of the group is sent again to another one that answers one by one. The first
//! document without an answer is then the one that the stage was working on; it is tried once more, alone.
//!
//! - `frame` is the format of messages, `terms` the first message to a process;
//! - `child` is the code of the process, `answers` buffers its output; `limits` and `sandbox` confine it;
//! - `process` is the parent's side, `exchange` sends a group of documents, `stage` presents it as a stage;
//! - `program` confines a stage that is a separate program.

mod answers;
mod child;
mod exchange;
mod frame;
mod limits;
mod process;
mod program;
#[cfg(target_os = "linux")]
mod sandbox;
mod spawner;
mod stage;
mod terms;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

pub use child::serve;
pub(crate) use exchange::{Batch, Lost};
pub use process::IsolateError;
pub(crate) use program::confined;
pub use program::{PROGRAM_SUBCOMMAND, become_program};
pub(crate) use spawner::spawn;
pub(crate) use stage::{IsolatedFactory, IsolatedStage, isolate_linked, isolate_loaded};

use crate::config::{Permissions, StageEntry};

/// The subcommand for the process of a stage, followed by the id of the parent process.
pub const SUBCOMMAND: &str = "stage-process";

/// The limits and permissions of the process of a stage.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    /// The time limit for a document; a long document gets this time for every 4 MB.
    pub(crate) patience: Duration,
    /// The memory limit in bytes; 0 for no limit.
    pub(crate) memory: u64,
    /// Additional permissions.
    pub(crate) permissions: Permissions,
}

impl Default for Allowance {
    fn default() -> Self {
        // Even with a second attempt this is below the time limit of a document.
        Self { patience: Duration::from_secs(20), memory: 2_000_000_000, permissions: Permissions::default() }
    }
}

impl Allowance {
    /// The settings of a pipeline, or the defaults.
    pub(crate) fn of(entry: &StageEntry) -> Self {
        let default = Self::default();
        let patience = entry.seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Self {
            patience: patience.unwrap_or(default.patience),
            memory: entry.memory.map_or(default.memory, |memory| memory.0),
            permissions: entry.allow.clone().unwrap_or_default(),
        }
    }

    /// The time limit for a document of this many bytes.
    fn patience_for(&self, bytes: usize) -> Duration {
        const EVERY: usize = 4_000_000;
        self.patience.saturating_mul(u32::try_from(bytes / EVERY).unwrap_or(u32::MAX).max(1))
    }
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Declares that this program is the copydesk command or an equivalent: started with [`SUBCOMMAND`], it calls [`serve`].
pub fn is_host() {
    // The link refers to this very program, even if its file is replaced while it runs.
    let own = if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() };
    if let Ok(own) = own {
        let _ = PROGRAM.set(own);
    }
}

/// The program started for the processes of stages. Within another program (Python), it is the command named by `COPYDESK`, or the
/// installed one; its first answer shows whether it is of the same version.
fn program() -> PathBuf {
    let named = || std::env::var_os("COPYDESK").filter(|path| !path.is_empty()).map(PathBuf::from);
    PROGRAM.get().cloned().or_else(named).unwrap_or_else(|| "copydesk".into())
}
