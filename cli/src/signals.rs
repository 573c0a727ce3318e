//! What ends a run early: Ctrl-C, a terminal that closes, a scheduler that asks. The run finishes what is in flight; asked a
//! second time, the process ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk_engine::Stop;

/// Signals that are waited for.
pub(crate) struct Signals {
    /// Set by the first of them.
    pub(crate) stop: Stop,
    /// Its number.
    number: Arc<AtomicUsize>,
}

impl Signals {
    /// Waits for signals from now on. Where the system does not allow it, they end the process as they do by default.
    pub(crate) fn catch() -> Self {
        let signals = Self { stop: Stop::default(), number: Arc::default() };
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]
        {
            use signal_hook::flag;
            let stop = || Arc::clone(&signals.stop);
            // The order counts: the first signal finds the flag unset, and sets it.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, stop());
            let _ = flag::register_usize(signal, Arc::clone(&signals.number), signal as usize);
            let _ = flag::register(signal, stop());
        }
        signals
    }

    /// The exit code of a process that a signal ended.
    pub(crate) fn exit_code(&self) -> u8 {
        128 + self.number.load(Ordering::Relaxed) as u8
    }
}
