//! One document through all stages of a plan: the heart of a run, and all that `show` and `eval` need.

use std::time::{Duration, Instant};

use copydesk_core::{Document, Emitter, Source, catch_panic};

use crate::plan::Plan;

/// A document that could not be analysed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}{reason}", stage.as_ref().map(|stage| format!("stage {stage}: ")).unwrap_or_default())]
pub struct AnalysisError {
    /// The stage that failed; none where the document itself is impossible.
    pub stage: Option<String>,
    /// length, stage, panic or refused.
    pub class: &'static str,
    /// What is wrong.
    pub reason: String,
}

/// Takes documents through a plan, one after another. Keeps its memory.
pub struct Analyzer<'p> {
    plan: &'p Plan,
    document: Document,
    emitter: Emitter,
    times: Vec<Duration>,
}

impl<'p> Analyzer<'p> {
    /// An analyzer for a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let times = vec![Duration::ZERO; plan.stages().len() + 1];
        Self { plan, document: Document::default(), emitter: Emitter::new(), times }
    }

    /// Segments a document and runs every stage on it. A stage that panics or errs costs this document only.
    pub fn analyze(&mut self, source: Source<'_>) -> Result<&Document, AnalysisError> {
        let mut clock = Clock { last: Instant::now() };
        let error = |stage: Option<&str>, class, reason| AnalysisError {
            stage: stage.map(str::to_owned),
            class,
            reason,
        };
        let document = &mut self.document;
        catch_panic(|| document.load(source))
            .map_err(|reason| error(None, "panic", reason))?
            .map_err(|too_long| error(None, "length", too_long.to_string()))?;
        self.times[0] += clock.lap();
        for (place, planned) in self.plan.stages().iter().enumerate() {
            let (document, emitter) = (&mut self.document, &mut self.emitter);
            let name = Some(planned.name());
            emitter.clear();
            catch_panic(|| planned.stage().analyze(&document.view(), emitter))
                .map_err(|reason| error(name, "panic", reason))?
                .map_err(|failed| error(name, "stage", failed.to_string()))?;
            document
                .absorb(emitter, planned.provides())
                .map_err(|violation| error(name, "refused", violation.to_string()))?;
            self.times[place + 1] += clock.lap();
        }
        Ok(&self.document)
    }

    /// The time spent since the last call: on segmentation, then on each stage.
    pub fn take_times(&mut self) -> Vec<Duration> {
        let zero = vec![Duration::ZERO; self.times.len()];
        std::mem::replace(&mut self.times, zero)
    }
}

/// Measures laps.
pub(super) struct Clock {
    pub(super) last: Instant,
}

impl Clock {
    pub(super) fn lap(&mut self) -> Duration {
        let now = Instant::now();
        let lap = now - self.last;
        self.last = now;
        lap
    }
}
