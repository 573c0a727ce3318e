//! What a process of a stage may not do.

use std::io;

/// Ends this process when the one that started it ends; `parent` is that one.
pub(super) fn end_with(parent: u32) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        // Where the system refuses, the end of its input still ends a process that waits for documents.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        if getppid().is_none_or(|found| found.as_raw_nonzero().get() as u32 != parent) {
            // The parent ended before that was asked for.
            std::process::exit(0);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = parent;
}

/// How much memory this process may ask for, beside what it has now: `more`, or any if that is 0. It cannot be raised.
pub(super) fn memory(more: u64) -> io::Result<()> {
    memory_in_all(if more == 0 { 0 } else { size()?.saturating_add(more) })
}

/// How much memory this process, and a program that it becomes, may ask for.
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

/// How many bytes of addresses this process has.
fn size() -> io::Result<u64> {
    if !cfg!(target_os = "linux") {
        return Ok(0);
    }
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = statm.split(' ').next().and_then(|pages| pages.parse().ok()).unwrap_or(0);
    Ok(pages * rustix::param::page_size() as u64)
}
