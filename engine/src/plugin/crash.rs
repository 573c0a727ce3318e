//! A stage that ends the whole process, by `exit` or by a crash. The process cannot be saved: it ends with code 2 and a message that
//! names the stage and the document. Results that were written remain, and the run can be continued.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// The names of the stage and the document that this thread is working on. The pointers are valid as long as the
/// `Inside` that set them.
#[derive(Clone, Copy)]
struct Current {
    stage: (*const u8, usize),
    document: (*const u8, usize),
}

thread_local! {
    static CURRENT: Cell<Option<Current>> = const { Cell::new(None) };
}

/// Marks this thread as calling a stage, until it is dropped.
pub(crate) struct Inside<'n> {
    outer: Option<Current>,
    names: PhantomData<&'n str>,
}

/// Marks this thread as calling a stage on a document.
pub(crate) fn inside<'n>(stage: &'n str, document: &'n str) -> Inside<'n> {
    let current =
        Current { stage: (stage.as_ptr(), stage.len()), document: (document.as_ptr(), document.len()) };
    Inside { outer: CURRENT.replace(Some(current)), names: PhantomData }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
    }
}

/// The number of runs in progress in this process.
static RUNS: AtomicUsize = AtomicUsize::new(0);

/// Marks a run as in progress, until it is dropped.
pub(crate) struct Running;

/// Marks the start of a run.
pub(crate) fn running() -> Running {
    RUNS.fetch_add(1, Ordering::Relaxed);
    Running
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The exit code of the process of an isolated stage that has reported the reason.
pub(crate) const REPORTED: i32 = 86;
/// The prefix of such a report.
pub(crate) const REPORT_PREFIX: &str = "\u{1e}copydesk: ";

/// Whether this is the process of an isolated stage.
static IN_CHILD: AtomicBool = AtomicBool::new(false);
/// The limit of its address space in bytes; 0 for none.
static MEMORY: AtomicU64 = AtomicU64::new(0);

/// Marks this process as that of an isolated stage: its end is reported to the parent process and does not end the run.
pub(crate) fn in_child() {
    IN_CHILD.store(true, Ordering::Relaxed);
    watch();
}

/// Records the address space limit of this process in bytes, which explains crashes near it.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "memory is limited on Linux"))]
pub(crate) fn limit_memory(bytes: u64) {
    MEMORY.store(bytes, Ordering::Relaxed);
}

#[cfg(not(unix))]
pub(crate) fn watch() {}

#[cfg(unix)]
pub(crate) use unix::watch;

#[cfg(unix)]
mod unix {
    use std::sync::atomic::Ordering;
    use std::sync::{Once, OnceLock};

    use libc::{SA_ONSTACK, SA_SIGINFO, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, c_int, c_void, siginfo_t};

    use super::{CURRENT, Current, IN_CHILD, MEMORY, REPORT_PREFIX, REPORTED, RUNS};

    /// The exit code of a run that failed.
    const NOTHING_RUN: c_int = 2;
    const SIGNALS: [(c_int, &str); 5] = [
        (SIGSEGV, "crashed (segmentation fault, or its stack is too deep)"),
        (SIGBUS, "crashed (bus error: is its library truncated?)"),
        (SIGABRT, "crashed (aborted)"),
        (SIGFPE, "crashed (arithmetic error)"),
        (SIGILL, "crashed (illegal instruction)"),
    ];
    static BEFORE: OnceLock<[libc::sigaction; SIGNALS.len()]> = OnceLock::new();

    /// From now on a stage that ends the process is reported.
    pub(crate) fn watch() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // SAFETY: zero bytes are a valid `sigaction`, which requests the default action.
            let mut before = [unsafe { std::mem::zeroed::<libc::sigaction>() }; SIGNALS.len()];
            for ((signal, _), before) in SIGNALS.iter().zip(&mut before) {
                // SAFETY: reads the current action into a valid place.
                unsafe { libc::sigaction(*signal, std::ptr::null(), before) };
            }
            // The handlers use it, so it is set first.
            let _ = BEFORE.set(before);
            for (signal, _) in &SIGNALS {
                // SAFETY: as above.
                let mut action = unsafe { std::mem::zeroed::<libc::sigaction>() };
                action.sa_sigaction =
                    on_signal as extern "C" fn(c_int, *mut siginfo_t, *mut c_void) as libc::sighandler_t;
                // Rust gives each of its threads an alternate stack, used when the first one overflows.
                action.sa_flags = SA_SIGINFO | SA_ONSTACK;
                // SAFETY: the handler only writes, ends the process, or restores the previous action.
                unsafe { libc::sigaction(*signal, &raw const action, std::ptr::null_mut()) };
            }
            // SAFETY: the function does not unwind, and returns as `exit` expects.
            unsafe { libc::atexit(at_exit) };
        });
    }

    extern "C" fn at_exit() {
        // `exit` runs this in the thread that called it.
        end_if_inside("called exit()");
        if RUNS.load(Ordering::Relaxed) > 0 {
            if IN_CHILD.load(Ordering::Relaxed) {
                report_and_exit("a thread of the stage ", "called exit()");
            }
            let mut message = Message { bytes: [0; 1024], length: 0 };
            message.add(
                b"error: a thread of a plugin called exit() and ended the run. Continue it with --resume\n",
            );
            message.end();
        }
    }

    extern "C" fn on_signal(signal: c_int, _: *mut siginfo_t, _: *mut c_void) {
        let place = SIGNALS.iter().position(|(known, _)| *known == signal).unwrap_or(0);
        end_if_inside(SIGNALS[place].1);
        if IN_CHILD.load(Ordering::Relaxed) {
            report_and_exit("a thread of the stage ", SIGNALS[place].1);
        }
        if let Some(before) = BEFORE.get() {
            // SAFETY: restores the previous action; the instruction that raised the signal runs again and is handled by it.
            unsafe { libc::sigaction(signal, &raw const before[place], std::ptr::null_mut()) };
        }
    }

    /// If this thread is inside a stage, reports it and ends the process; uses only async-signal-safe functions.
    fn end_if_inside(what: &str) {
        let Some(current) = CURRENT.get() else { return };
        if IN_CHILD.load(Ordering::Relaxed) {
            report_and_exit("the stage ", what);
        }
        end_inside(current, what)
    }

    fn end_inside(current: Current, what: &str) -> ! {
        let mut message = Message { bytes: [0; 1024], length: 0 };
        message.add(b"error: stage ");
        // SAFETY: the names live as long as the `Inside` that set them, which still exists.
        unsafe {
            message.add(std::slice::from_raw_parts(current.stage.0, current.stage.1.min(300)));
            message.add(b" ");
            message.add(what.as_bytes());
            message.add(b" on the document ");
            message.add(std::slice::from_raw_parts(current.document.0, current.document.1.min(300)));
        }
        message.add(b", and ended the run. Remove the stage or the document, then continue with --resume\n");
        message.end();
    }

    /// Reports what ended the process of an isolated stage, and ends it. The stack of a handler is small, so nothing is concatenated here.
    fn report_and_exit(who: &str, what: &str) -> ! {
        let limit: &[u8] = if near_limit() { b" at its limit of memory" } else { b"" };
        for part in [b"\n", REPORT_PREFIX.as_bytes(), who.as_bytes(), what.as_bytes(), limit, b"\n"] {
            // SAFETY: writes valid bytes.
            unsafe { libc::write(2, part.as_ptr().cast(), part.len()) };
        }
        // SAFETY: ends the process without running anything else.
        unsafe { libc::_exit(REPORTED) }
    }

    /// Whether this process has used most of the memory that it may use.
    fn near_limit() -> bool {
        let limit = MEMORY.load(Ordering::Relaxed);
        let mut text = [0_u8; 32];
        // SAFETY: opens, reads into a buffer of that length, and closes, which is async-signal-safe.
        let read = unsafe {
            let file = libc::open(c"/proc/self/statm".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
            let read = if file < 0 { -1 } else { libc::read(file, text.as_mut_ptr().cast(), text.len()) };
            libc::close(file);
            read
        };
        let digits = text.iter().take(read.max(0) as usize).take_while(|byte| byte.is_ascii_digit());
        let pages = digits.fold(0_u64, |pages, digit| pages * 10 + u64::from(digit - b'0'));
        // SAFETY: reads a system constant.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) }.max(0) as u64;
        limit > 0 && pages.saturating_mul(page) > limit / 100 * 95
    }

    /// A text of limited length that does not allocate.
    struct Message {
        bytes: [u8; 1024],
        length: usize,
    }

    impl Message {
        /// Writes it, and ends the process.
        fn end(&self) -> ! {
            // SAFETY: writes valid bytes, then ends the process without running anything else.
            unsafe {
                libc::write(2, self.bytes.as_ptr().cast(), self.length);
                libc::_exit(NOTHING_RUN);
            }
        }

        /// Adds bytes; control characters become question marks.
        fn add(&mut self, bytes: &[u8]) {
            for byte in bytes {
                let Some(place) = self.bytes.get_mut(self.length) else { return };
                *place = if byte.is_ascii_control() && *byte != b'\n' { b'?' } else { *byte };
                self.length += 1;
            }
        }
    }
}
