//! What the processes of stages print: the lines of their standard error, handed to whoever wants them.

use std::sync::OnceLock;

type Taker = Box<dyn Fn(&str, &str) + Send + Sync>;

static TAKER: OnceLock<Taker> = OnceLock::new();

/// Hands each line that the process of a stage prints to `take`, behind what the stage is called. The first call of a process counts.
pub fn take_printed(take: impl Fn(&str, &str) + Send + Sync + 'static) {
    // A second taker would be one too many.
    let _ = TAKER.set(Box::new(take));
}

/// The lines of one process, from the bytes that arrive.
#[derive(Debug)]
pub(crate) struct Printed {
    stage: String,
    /// A line that has no end yet.
    begun: Vec<u8>,
}

/// What is longer is cut into several lines.
const LONGEST: usize = 4096;

impl Printed {
    pub(crate) fn by(stage: impl Into<String>) -> Self {
        Self { stage: stage.into(), begun: Vec::new() }
    }

    /// Takes bytes, and hands on the lines that are whole.
    pub(crate) fn take(&mut self, bytes: &[u8]) {
        let Some(taker) = TAKER.get() else { return };
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.begun.extend_from_slice(part);
            if part.ends_with(b"\n") || self.begun.len() >= LONGEST {
                self.hand_on(taker);
            }
        }
    }

    /// Hands on what has no end.
    pub(crate) fn end(&mut self) {
        if let Some(taker) = TAKER.get() {
            self.hand_on(taker);
        }
    }

    fn hand_on(&mut self, taker: &Taker) {
        let line = String::from_utf8_lossy(&self.begun);
        let line = line.trim_end();
        if !line.is_empty() && !line.starts_with(crate::plugin::crash::MARK) {
            taker(&self.stage, line);
        }
        self.begun.clear();
    }
}
