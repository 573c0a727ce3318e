//! Stages in processes of their own: `isolate = true`.
//!
//! The process is the copydesk command itself with a hidden subcommand ([`serve`]), which makes the stage and analyses the documents
//! that it is sent. A worker sends a group of documents at once and takes the answers as they come. Answers of short documents come
//! several at once, so when the process ends, the rest of the group is sent again to another one that answers one by one. The first
//! document without an answer is then the one that the stage was working on; it is tried once more, alone.
//!
//! - `frame` is what is sent, `terms` what a process is told first;
//! - `child` runs in the process, `answers` is what it writes; `limits` and `sandbox` are what it may not do;
//! - `process` is the other end, `exchange` the conversation about a group of documents, `stage` a stage like any other;
//! - `program` confines a stage that is a program of its own.

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

/// The subcommand that a process of a stage is started with. It is followed by the process that starts it.
pub const SUBCOMMAND: &str = "stage-process";

/// What the process of a stage may take.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    /// How long a document may take; of a long one, every 4 MB.
    pub(crate) patience: Duration,
    /// How many bytes of memory it may ask for; 0 for no limit.
    pub(crate) memory: u64,
    /// What it may do beside its task.
    pub(crate) permissions: Permissions,
}

impl Default for Allowance {
    fn default() -> Self {
        // Tried twice, that is less than the limit of a document.
        Self { patience: Duration::from_secs(20), memory: 2_000_000_000, permissions: Permissions::default() }
    }
}

impl Allowance {
    /// As a pipeline asks, or by default.
    pub(crate) fn of(entry: &StageEntry) -> Self {
        let default = Self::default();
        let patience = entry.seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Self {
            patience: patience.unwrap_or(default.patience),
            memory: entry.memory.map_or(default.memory, |memory| memory.0),
            permissions: entry.allow.clone().unwrap_or_default(),
        }
    }

    /// How long a document of so many bytes may take.
    fn patience_for(&self, bytes: usize) -> Duration {
        const EVERY: usize = 4_000_000;
        self.patience.saturating_mul(u32::try_from(bytes / EVERY).unwrap_or(u32::MAX).max(1))
    }
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Tells that this program is the copydesk command, or one like it: started with [`SUBCOMMAND`], it calls [`serve`].
pub fn is_host() {
    // The link leads to this very program, also when its file is replaced while it runs.
    let own = if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() };
    if let Ok(own) = own {
        let _ = PROGRAM.set(own);
    }
}

/// The program that processes of stages run. Within another program (Python), that is the command which `COPYDESK` names, or the one
/// that is installed; whether it is of the same version shows when it greets.
fn program() -> PathBuf {
    let named = || std::env::var_os("COPYDESK").filter(|path| !path.is_empty()).map(PathBuf::from);
    PROGRAM.get().cloned().or_else(named).unwrap_or_else(|| "copydesk".into())
}
