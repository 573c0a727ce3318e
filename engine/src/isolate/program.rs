//! Confines a program that implements a stage: copydesk confines its own process, and then executes the program.

use std::io;
use std::path::PathBuf;
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::{Allowance, limits, program};
use crate::config::Permissions;

/// The subcommand that starts a program, followed by the id of the parent process, the terms, and the command.
pub const PROGRAM_SUBCOMMAND: &str = "stage-program";

/// The permissions of a program, as passed on the command line.
#[derive(Serialize, Deserialize)]
struct Terms {
    memory: u64,
    permissions: Permissions,
    files: Vec<PathBuf>,
}

/// The command that starts a confined program. It may read `files`, and start other programs, since it is started as one.
pub(crate) fn confined(
    command: &[String],
    allowance: &Allowance,
    files: Vec<PathBuf>,
) -> io::Result<Command> {
    let permissions = Permissions { processes: true, ..allowance.permissions.clone() };
    let terms = serde_json::to_string(&Terms { memory: allowance.memory, permissions, files })?;
    let mut start = Command::new(program());
    start.arg(PROGRAM_SUBCOMMAND).arg(std::process::id().to_string()).arg(terms).arg("--").args(command);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut start, "copydesk");
    Ok(start)
}

/// Confines this process, which `parent` started, and executes the program. Returns only the error if that fails.
pub fn become_program(parent: u32, terms: &str, command: &[String]) -> io::Error {
    use std::os::unix::process::CommandExt;
    limits::end_with(parent);
    let terms: Terms = match serde_json::from_str(terms) {
        Ok(terms) => terms,
        Err(error) => return error.into(),
    };
    if let Err(error) = limits::memory_in_all(terms.memory) {
        return error;
    }
    #[cfg(target_os = "linux")]
    let _ = super::sandbox::enter(&terms.permissions, &terms.files);
    let Some((name, arguments)) = command.split_first() else { return io::ErrorKind::InvalidInput.into() };
    let error = Command::new(name).args(arguments).exec();
    io::Error::new(error.kind(), format!("`{name}` cannot be started: {error}"))
}
