//! Signals that end a run early: from Ctrl-C, a closed terminal, or a scheduler. After the first the run finishes the batches in
//! flight; the second ends the process at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk_engine::Stop;

/// The handlers of these signals.
pub(crate) struct Signals {
    /// Set by the first signal.
    pub(crate) stop: Stop,
    /// Its number.
    number: Arc<AtomicUsize>,
}

impl Signals {
    /// Installs the handlers. If the system does not allow it, signals end the process as they do by default.
    pub(crate) fn catch() -> Self {
        let signals = Self { stop: Stop::default(), number: Arc::default() };
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]
        {
            use signal_hook::flag;
            let stop = || Arc::clone(&signals.stop);
            // The order matters: the first signal finds the flag unset and sets it.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, stop());
            let _ = flag::register_usize(signal, Arc::clone(&signals.number), signal as usize);
            let _ = flag::register(signal, stop());
        }
        signals
    }

    /// The exit code of a process ended by the signal.
    pub(crate) fn exit_code(&self) -> u8 {
        128 + self.number.load(Ordering::Relaxed) as u8
    }
}
