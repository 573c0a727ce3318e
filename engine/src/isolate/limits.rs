//! Resource limits of the process of a stage.

use std::io;

/// Ends this process when its parent, the process `parent`, ends.
pub(super) fn end_with(parent: u32) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        // If the system refuses, the end of its input still ends a process that waits for documents.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        if getppid().is_none_or(|found| found.as_raw_nonzero().get() as u32 != parent) {
            // The parent ended before the signal was requested.
            std::process::exit(0);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = parent;
}

/// Limits the memory of this process to `more` bytes above its current size; 0 for no limit. The limit cannot be raised again.
pub(super) fn memory(more: u64) -> io::Result<()> {
    memory_in_all(if more == 0 { 0 } else { size()?.saturating_add(more) })
}

/// Limits the total memory of this process, and of a program that it executes.
pub(super) fn memory_in_all(most: u64) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if most > 0 {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let most = getrlimit(Resource::As).maximum.map_or(most, |maximum| maximum.min(most));
        setrlimit(Resource::As, Rlimit { current: Some(most), maximum: Some(most) })?;
        crate::plugin::crash::limit_memory(most);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = most;
    Ok(())
}

/// The size of the address space of this process in bytes.
fn size() -> io::Result<u64> {
    if !cfg!(target_os = "linux") {
        return Ok(0);
    }
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = statm.split(' ').next().and_then(|pages| pages.parse().ok()).unwrap_or(0);
    Ok(pages * rustix::param::page_size() as u64)
}
