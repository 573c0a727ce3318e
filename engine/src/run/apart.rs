//! Runs a stage in another process on all documents of a group at once.

use copydesk_core::{Document, DocumentView, Emitter, abi, catch_panic};

use super::analyze::{AnalysisError, Slot, absorb};
use crate::isolate::{Batch, Lost};
use crate::plan::{Made, PlannedStage};
use crate::process::{Documents, Emit};

/// A group of documents, and their titles.
pub(super) struct Group<'g, B> {
    pub(super) planned: &'g PlannedStage,
    pub(super) slots: &'g mut [Slot],
    pub(super) outcomes: &'g mut [Result<(), AnalysisError>],
    pub(super) emitter: &'g mut Emitter,
    /// Called with the index of each slot before it is processed.
    pub(super) begin: B,
}

/// Runs a stage on all documents that have not failed yet.
pub(super) fn run(group: Group<'_, impl Fn(usize)>) {
    let right = group.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_ok());
    let parts = right.flat_map(|(place, _)| {
        let title = group.slots.get(place).is_some_and(|slot| slot.titled);
        [Part { place, title: false }].into_iter().chain(title.then_some(Part { place, title: true }))
    });
    let parts = parts.collect();
    match group.planned.made() {
        Made::Apart(stage) => {
            stage.analyze_together(&mut Parts { parts, layers: stage.reads_layers(), group });
        }
        Made::Program(stage) => stage.analyze_together(&mut Parts { parts, layers: true, group }),
        Made::Here(_) => {}
    }
}

/// A document, or its title.
#[derive(Clone, Copy)]
struct Part {
    place: usize,
    title: bool,
}

struct Parts<'g, B> {
    parts: Vec<Part>,
    layers: bool,
    group: Group<'g, B>,
}

impl<B> Parts<'_, B> {
    fn document(&self, at: usize) -> &Document {
        let Part { place, title } = self.parts[at];
        self.group.slots[place].document(title)
    }
}

impl<B: Fn(usize)> Parts<'_, B> {
    /// Absorbs the annotations that `emit` adds for a document.
    fn take(
        &mut self,
        at: usize,
        emit: impl FnOnce(&DocumentView<'_>, &mut Emitter) -> Result<(), AnalysisError>,
    ) {
        let Part { place, title } = self.parts[at];
        let Group { planned, slots, outcomes, emitter, .. } = &mut self.group;
        if outcomes[place].is_err() {
            // The title of a document that has failed.
            return;
        }
        let document = slots[place].document_mut(title);
        let view = document.view();
        emitter.reset(&view);
        let name = Some(planned.name());
        let emitted = catch_panic(|| emit(&view, emitter));
        let outcome = emitted
            .unwrap_or_else(|reason| Err(AnalysisError::of(name, "panic", reason)))
            .and_then(|()| absorb(planned, document, emitter));
        outcomes[place] = outcome.map_err(|error| if title { error.of_title() } else { error });
    }
}

impl<B: Fn(usize)> Batch for Parts<'_, B> {
    fn len(&self) -> usize {
        self.parts.len()
    }

    fn bytes(&self, at: usize) -> usize {
        self.document(at).view().text().len()
    }

    fn begin(&mut self, at: usize) {
        (self.group.begin)(self.parts[at].place);
    }

    fn pack(&self, at: usize, out: &mut Vec<u8>) {
        abi::pack_document(&self.document(at).view(), self.layers, out);
    }

    fn answered(&mut self, at: usize, outcome: Result<&[u8], Lost>) {
        let name = self.group.planned.name();
        self.take(at, |_, emitter| {
            let packed = outcome.map_err(|lost| AnalysisError::of(Some(name), lost.class, lost.reason))?;
            abi::unpack_emitted(emitter, packed).map_err(|error| {
                AnalysisError::of(Some(name), "stage", format!("emitted invalid data: {error}"))
            })
        });
    }
}

impl<B: Fn(usize)> Documents for Parts<'_, B> {
    fn len(&self) -> usize {
        self.parts.len()
    }

    fn begin(&mut self, at: usize) {
        (self.group.begin)(self.parts[at].place);
    }

    fn view(&self, at: usize) -> DocumentView<'_> {
        self.document(at).view()
    }

    fn answered(&mut self, at: usize, emit: &mut Emit<'_>) {
        let name = self.group.planned.name();
        self.take(at, |view, emitter| {
            emit(view, emitter).map_err(|error| AnalysisError::of(Some(name), "stage", error.to_string()))
        });
    }
}
