//! Runs documents through all stages of a plan; used by `run`, `show` and `eval`.

use std::time::{Duration, Instant};

use copydesk_core::layers::EntityId;
use copydesk_core::schema::Reference;
use copydesk_core::{Document, Emitter, Source, catch_panic};

use super::apart::{self, Group};
use super::headline::{self, Headline};
use crate::output::headline_id;
use crate::plan::{Made, Plan, PlannedStage};
use crate::plugin::crash;

/// A document that could not be analysed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}{reason}", stage.as_ref().map(|stage| format!("stage {stage}: ")).unwrap_or_default())]
pub struct AnalysisError {
    /// The stage that failed; `None` if the document itself was refused.
    pub stage: Option<String>,
    /// length, stage, panic, refused, time or crash.
    pub class: &'static str,
    /// What is wrong.
    pub reason: String,
}

impl AnalysisError {
    pub(super) fn of(stage: Option<&str>, class: &'static str, reason: String) -> Self {
        Self { stage: stage.map(str::to_owned), class, reason }
    }

    /// The same error, for the title instead of the text.
    pub(super) fn of_title(mut self) -> Self {
        self.reason.insert_str(0, "in the title: ");
        self
    }
}

/// A document with all its annotations.
#[derive(Clone, Debug)]
pub struct Analysed<'a> {
    /// The document.
    pub document: &'a Document,
    /// The annotations of its title, if the text does not begin with it.
    pub headline: Option<Headline<'a>>,
}

/// Runs documents through a plan, reusing memory.
pub struct Analyzer<'p> {
    plan: &'p Plan,
    /// One slot for each document of a group, reused for the next group.
    slots: Vec<Slot>,
    emitter: Emitter,
    times: Vec<Duration>,
}

/// The documents made from one source: the text, and its title.
#[derive(Default)]
pub(super) struct Slot {
    document: Document,
    title: Document,
    /// Whether `title` is a document of its own.
    pub(super) titled: bool,
    /// For each entity of the title, the entity of the text that it is.
    same: Vec<Option<EntityId>>,
}

impl<'p> Analyzer<'p> {
    /// An analyzer for a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let times = vec![Duration::ZERO; plan.stages().len() + 1];
        Self { plan, slots: Vec::new(), emitter: Emitter::new(), times }
    }

    /// Segments a document and runs every stage on it, and on its title if the text does not begin with it. A stage
    /// that panics or fails affects only this document.
    pub fn analyze(&mut self, source: Source<'_>) -> Result<Analysed<'_>, AnalysisError> {
        let outcome = self.analyze_together([source], |_, _| {}).next();
        outcome.unwrap_or_else(|| Err(AnalysisError::of(None, "panic", "no document".to_owned())))
    }

    /// Analyses a document with stages that also report what they hold back. Returns, with the document, the number of annotations held
    /// back up to the end of each stage.
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

    /// Segments documents and runs each stage on all of them before the next stage, so that the stage's tables stay
    /// in the processor's cache. Returns one outcome per source, in order. `begin` is called before each step with the index of the
    /// source and of the stage, `None` for segmentation.
    pub(super) fn analyze_together<'s>(
        &mut self,
        sources: impl IntoIterator<Item = Source<'s>>,
        begin: impl Fn(usize, Option<usize>),
    ) -> impl Iterator<Item = Result<Analysed<'_>, AnalysisError>> {
        let Self { plan, slots, emitter, times } = self;
        let mut clock = Clock { last: Instant::now() };
        let mut outcomes: Vec<Result<(), AnalysisError>> = Vec::new();
        for (place, source) in sources.into_iter().enumerate() {
            if place == slots.len() {
                slots.push(Slot::default());
            }
            begin(place, None);
            outcomes.push(slots[place].load(source));
        }
        times[0] += clock.lap();
        for (stage, (planned, time)) in plan.stages().iter().zip(&mut times[1..]).enumerate() {
            if !matches!(planned.made(), Made::Here(_)) {
                let begin = |place| begin(place, Some(stage));
                apart::run(Group { planned, slots, outcomes: &mut outcomes, emitter, begin });
                *time += clock.lap();
                continue;
            }
            for (place, (slot, outcome)) in slots.iter_mut().zip(&mut outcomes).enumerate() {
                if outcome.is_ok() {
                    begin(place, Some(stage));
                    *outcome = slot.run(planned, emitter);
                }
            }
            *time += clock.lap();
        }
        for (slot, outcome) in slots.iter_mut().zip(&outcomes) {
            if outcome.is_ok() {
                slot.match_headline(plan);
            }
        }
        slots.iter().zip(outcomes).map(|(slot, outcome)| outcome.map(|()| slot.analysed()))
    }

    /// The time spent since the last call: on segmentation, then on each stage.
    pub fn take_times(&mut self) -> Vec<Duration> {
        let zero = vec![Duration::ZERO; self.times.len()];
        std::mem::replace(&mut self.times, zero)
    }
}

impl Slot {
    fn load(&mut self, source: Source<'_>) -> Result<(), AnalysisError> {
        load(&mut self.document, source)?;
        let title = headline::source(&self.document.view());
        self.titled = title.is_some();
        title.map_or(Ok(()), |title| load(&mut self.title, title))
    }

    fn run(&mut self, planned: &PlannedStage, emitter: &mut Emitter) -> Result<(), AnalysisError> {
        run(planned, &mut self.document, emitter)?;
        if !self.titled {
            return Ok(());
        }
        run(planned, &mut self.title, emitter).map_err(AnalysisError::of_title)
    }

    /// The document, or its title.
    pub(super) fn document(&self, title: bool) -> &Document {
        if title { &self.title } else { &self.document }
    }

    /// See `document`.
    pub(super) fn document_mut(&mut self, title: bool) -> &mut Document {
        if title { &mut self.title } else { &mut self.document }
    }

    /// Matches the entities of the title with those of the text, and gives the ids in values of its annotations as they are written.
    fn match_headline(&mut self, plan: &Plan) {
        if !self.titled {
            return;
        }
        self.same = headline::same_entities(&self.document.view(), &self.title.view());
        for planned in plan.stages().iter().filter(|planned| planned.schemas().refer()) {
            planned.schemas().rename(&mut self.title, |reference, place| {
                let same = if reference == Reference::Entity {
                    self.same.get(place).copied().flatten()
                } else {
                    None
                };
                headline_id(reference, place, same)
            });
        }
    }

    fn analysed(&self) -> Analysed<'_> {
        let headline = self.titled.then(|| Headline { document: &self.title, same: &self.same });
        Analysed { document: &self.document, headline }
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
    let view = document.view();
    // Outside the guard, which ends the process on a foreign exception.
    let inside = crash::inside(planned.name(), view.id());
    let analysed = catch_panic(|| planned.stage().analyze(&view, emitter));
    drop(inside);
    analysed
        .map_err(|reason| AnalysisError::of(name, "panic", reason))?
        .map_err(|failed| AnalysisError::of(name, "stage", failed.to_string()))?;
    absorb(planned, document, emitter)
}

/// Adds the output of a stage to the document.
pub(super) fn absorb(
    planned: &PlannedStage,
    document: &mut Document,
    emitter: &Emitter,
) -> Result<(), AnalysisError> {
    let name = Some(planned.name());
    catch_panic(|| document.absorb(emitter, planned.provides()))
        .map_err(|reason| AnalysisError::of(name, "panic", reason))?
        .map_err(|violation| AnalysisError::of(name, "refused", violation.to_string()))?;
    catch_panic(|| planned.schemas().check(&document.view()))
        .map_err(|reason| AnalysisError::of(name, "panic", reason))?
        .map_err(|wrong| AnalysisError::of(name, "refused", wrong))
}

/// Measures lap times.
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
