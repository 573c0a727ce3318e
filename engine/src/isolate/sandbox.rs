//! Keeps the process of a stage from the network, from other processes, and from files that the pipeline does not name.
//!
//! Landlock restricts files, seccomp system calls. Threads inherit both when they are started, so this must happen before
//! any thread is. A refused call fails with an error that a library can handle, instead of ending the process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use crate::config::Permissions;

/// Files that every program reads: its libraries, the time zone, locales, and itself.
const SYSTEM: &[&str] = &[
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/lib",
    "/lib64",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
];

/// Confines this process and the threads that it starts. Returns a description of what the system does not support.
pub(super) fn enter(permissions: &Permissions, named: &[PathBuf]) -> Option<String> {
    if permissions.all {
        return None;
    }
    let mut missing = Vec::new();
    match confine_files(permissions, named) {
        Ok(RulesetStatus::NotEnforced) => missing.push("keep it from files (landlock)".to_owned()),
        Ok(_) => {}
        Err(error) => missing.push(format!("keep it from files (landlock: {error})")),
    }
    if let Err(error) = filter_calls(permissions) {
        missing.push(format!("keep it from the network and other processes (seccomp: {error})"));
    }
    (!missing.is_empty()).then(|| format!("this system cannot {}", missing.join(" or ")))
}

fn confine_files(
    permissions: &Permissions,
    named: &[PathBuf],
) -> Result<RulesetStatus, landlock::RulesetError> {
    // Features of newer kernels are skipped automatically if this one does not have them.
    let version = ABI::V5;
    let every = AccessFs::from_all(version);
    let read = AccessFs::from_read(version);
    let rules = Ruleset::default().set_compatibility(CompatLevel::BestEffort).handle_access(every)?;
    // No signals to processes outside this domain, and no abstract sockets.
    let mut rules = rules.scope(Scope::from_all(ABI::V6))?.create()?;
    let (readable_too, write) = (permissions.read.to_vec(), permissions.write.to_vec());
    let system = SYSTEM.iter().map(Path::new);
    let readable = system.chain(named.iter().map(PathBuf::as_path)).chain(readable_too.iter().map(Path::new));
    let allowed = readable.map(|path| (path, read)).chain(write.iter().map(|path| (Path::new(path), every)));
    let allowed = allowed.chain([(Path::new("/dev/null"), every)]);
    for (path, access) in allowed {
        // A missing file cannot be read anyway.
        let Ok(file) = PathFd::new(path) else { continue };
        let access = if path.is_dir() { access } else { access & AccessFs::from_file(version) };
        rules = rules.add_rule(PathBeneath::new(file, access))?;
    }
    Ok(rules.restrict_self()?.ruleset)
}

/// A refused system call: always, or if all conditions hold.
type Refused = (i64, Vec<SeccompRule>);

fn filter_calls(permissions: &Permissions) -> Result<(), Box<dyn std::error::Error>> {
    let mut refused: Vec<Refused> = OTHERS.iter().map(|call| (*call, Vec::new())).collect();
    refused.extend(toward_others(permissions.processes)?);
    if !permissions.network {
        refused.extend(NETWORK.iter().map(|call| (*call, Vec::new())));
    }
    if !permissions.processes {
        refused.extend(PROCESSES.iter().map(|call| (*call, Vec::new())));
        // The same call starts threads and processes.
        let thread = libc::CLONE_THREAD as u64;
        let no_thread = condition(0, SeccompCmpOp::MaskedEq(thread), 0)?;
        refused.push((libc::SYS_clone, vec![SeccompRule::new(vec![no_thread])?]));
        // Its flags are in memory, which filters cannot read: if the call seems not to exist, libraries use the one above.
        install(vec![(libc::SYS_clone3, Vec::new())], libc::ENOSYS)?;
    }
    install(refused, libc::EPERM)
}

fn condition(
    argument: u8,
    operator: SeccompCmpOp,
    value: u64,
) -> Result<SeccompCondition, seccompiler::BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, operator, value)
}

/// Calls that are refused if they affect other processes, or raise a limit. `processes`: the process may have children of its own.
fn toward_others(processes: bool) -> Result<Vec<Refused>, seccompiler::BackendError> {
    let own = u64::from(std::process::id());
    let other =
        |argument| condition(argument, SeccompCmpOp::Ne, own).and_then(|other| SeccompRule::new(vec![other]));
    let set = condition(2, SeccompCmpOp::Ne, 0)?;
    let death = condition(0, SeccompCmpOp::Eq, libc::PR_SET_PDEATHSIG as u64)?;
    let mut refused = Vec::new();
    if !processes {
        let calls =
            [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo];
        for call in calls {
            refused.push((call, vec![other(0)?]));
        }
    }
    refused.extend([
        (libc::SYS_prlimit64, vec![SeccompRule::new(vec![set])?]),
        (libc::SYS_prctl, vec![SeccompRule::new(vec![death])?]),
    ]);
    Ok(refused)
}

fn install(refused: Vec<Refused>, errno: i32) -> Result<(), Box<dyn std::error::Error>> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for (call, conditions) in refused {
        // The same calls have second numbers, for the x32 ABI.
        #[cfg(target_arch = "x86_64")]
        rules.insert(call | 0x4000_0000, conditions.clone());
        rules.insert(call, conditions);
    }
    let architecture = std::env::consts::ARCH.try_into()?;
    let filter =
        SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(errno as u32), architecture)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter(&program)?;
    Ok(())
}

/// Calls for network access. `socketpair` is allowed: it only connects the process with itself.
const NETWORK: &[i64] =
    &[libc::SYS_socket, libc::SYS_connect, libc::SYS_bind, libc::SYS_listen, libc::SYS_io_uring_setup];

/// Calls that start processes and programs.
const PROCESSES: &[i64] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

/// Calls that affect other processes and the system, which no stage needs.
const OTHERS: &[i64] = &[
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_tkill,
    libc::SYS_setrlimit,
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_clock_settime,
    libc::SYS_settimeofday,
    libc::SYS_acct,
];
