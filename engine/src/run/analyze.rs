//! Documents through all stages of a plan: the heart of a run, and all that `show` and `eval` need.

use std::time::{Duration, Instant};

use copydesk_core::{Document, Emitter, Source, catch_panic};

use crate::plan::{Plan, PlannedStage};

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

impl AnalysisError {
    fn of(stage: Option<&str>, class: &'static str, reason: String) -> Self {
        Self { stage: stage.map(str::to_owned), class, reason }
    }
}

/// Takes documents through a plan. Keeps its memory.
pub struct Analyzer<'p> {
    plan: &'p Plan,
    /// As many as were ever together.
    documents: Vec<Document>,
    emitter: Emitter,
    times: Vec<Duration>,
}

impl<'p> Analyzer<'p> {
    /// An analyzer for a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let times = vec![Duration::ZERO; plan.stages().len() + 1];
        Self { plan, documents: Vec::new(), emitter: Emitter::new(), times }
    }

    /// Segments a document and runs every stage on it. A stage that panics or errs costs this document only.
    pub fn analyze(&mut self, source: Source<'_>) -> Result<&Document, AnalysisError> {
        let outcome = self.analyze_together([source]).next();
        outcome.unwrap_or_else(|| Err(AnalysisError::of(None, "panic", "no document".to_owned())))
    }

    /// Analyses a document whose stages are asked to tell what they hold back. Beside it, how much had been held back when
    /// each stage was done.
    ///
    /// # Errors
    /// As for [`Analyzer::analyze`].
    pub fn explain(&mut self, source: Source<'_>) -> Result<(Document, Vec<usize>), AnalysisError> {
        let mut document = Document::default();
        document.explain(true);
        load(&mut document, source)?;
        let mut held = Vec::new();
        for planned in self.plan.stages() {
            run(planned, &mut document, &mut self.emitter)?;
            held.push(document.view().held_back().len());
        }
        Ok((document, held))
    }

    /// Segments documents and runs each stage on all of them before the next one: what a stage knows by heart is then still
    /// in the processor's cache. One outcome a source, in their order.
    pub(super) fn analyze_together<'s>(
        &mut self,
        sources: impl IntoIterator<Item = Source<'s>>,
    ) -> impl Iterator<Item = Result<&Document, AnalysisError>> {
        let Self { plan, documents, emitter, times } = self;
        let mut clock = Clock { last: Instant::now() };
        let mut outcomes: Vec<Result<(), AnalysisError>> = Vec::new();
        for (place, source) in sources.into_iter().enumerate() {
            if place == documents.len() {
                documents.push(Document::default());
            }
            outcomes.push(load(&mut documents[place], source));
        }
        times[0] += clock.lap();
        for (planned, time) in plan.stages().iter().zip(&mut times[1..]) {
            for (document, outcome) in documents.iter_mut().zip(&mut outcomes) {
                if outcome.is_ok() {
                    *outcome = run(planned, document, emitter);
                }
            }
            *time += clock.lap();
        }
        documents.iter().zip(outcomes).map(|(document, outcome)| outcome.map(|()| document))
    }

    /// The time spent since the last call: on segmentation, then on each stage.
    pub fn take_times(&mut self) -> Vec<Duration> {
        let zero = vec![Duration::ZERO; self.times.len()];
        std::mem::replace(&mut self.times, zero)
    }
}

fn load(document: &mut Document, source: Source<'_>) -> Result<(), AnalysisError> {
    catch_panic(|| document.load(source))
        .map_err(|reason| AnalysisError::of(None, "panic", reason))?
        .map_err(|too_long| AnalysisError::of(None, "length", too_long.to_string()))
}

fn run(planned: &PlannedStage, document: &mut Document, emitter: &mut Emitter) -> Result<(), AnalysisError> {
    let name = Some(planned.name());
    emitter.reset(&document.view());
    catch_panic(|| planned.stage().analyze(&document.view(), emitter))
        .map_err(|reason| AnalysisError::of(name, "panic", reason))?
        .map_err(|failed| AnalysisError::of(name, "stage", failed.to_string()))?;
    catch_panic(|| document.absorb(emitter, planned.provides()))
        .map_err(|reason| AnalysisError::of(name, "panic", reason))?
        .map_err(|violation| AnalysisError::of(name, "refused", violation.to_string()))
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
