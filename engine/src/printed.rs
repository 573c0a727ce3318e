//! The output of the processes of stages: the lines of their standard error, passed to a callback.

use std::sync::OnceLock;

type Taker = Box<dyn Fn(&str, &str) + Send + Sync>;

static TAKER: OnceLock<Taker> = OnceLock::new();

/// Calls `take` with the stage's name and each line that its process prints. Only the first call of this function has an effect.
pub fn take_printed(take: impl Fn(&str, &str) + Send + Sync + 'static) {
    // An error means that there is a callback already.
    let _ = TAKER.set(Box::new(take));
}

/// Splits the output of one process into lines.
#[derive(Debug)]
pub(crate) struct Printed {
    stage: String,
    /// The start of a line whose end has not arrived yet.
    begun: Vec<u8>,
}

/// Longer lines are split, in bytes.
const LONGEST: usize = 4096;

impl Printed {
    pub(crate) fn by(stage: impl Into<String>) -> Self {
        Self { stage: stage.into(), begun: Vec::new() }
    }

    /// Adds bytes, and passes on the complete lines.
    pub(crate) fn take(&mut self, bytes: &[u8]) {
        let Some(taker) = TAKER.get() else { return };
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.begun.extend_from_slice(part);
            if part.ends_with(b"\n") || self.begun.len() >= LONGEST {
                self.hand_on(taker);
            }
        }
    }

    /// Passes on the last, incomplete line.
    pub(crate) fn end(&mut self) {
        if let Some(taker) = TAKER.get() {
            self.hand_on(taker);
        }
    }

    fn hand_on(&mut self, taker: &Taker) {
        let line = String::from_utf8_lossy(&self.begun);
        let line = line.trim_end();
        if !line.is_empty() && !line.starts_with(crate::plugin::crash::REPORT_PREFIX) {
            taker(&self.stage, line);
        }
        self.begun.clear();
    }
}
