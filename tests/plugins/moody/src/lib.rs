//! Two stages: one that marks moods, one that counts the annotations of earlier stages.

use copydesk_core::{DocumentView, Emitter, NoOptions, RuleId, Span, Stage, StageError, StageType, layer};

copydesk_core::export_stage!(Moody, Counter);

copydesk_core::rules! {
    /// The mood.
    MOOD = Finds "mood" { what: "Has a mood.", why: "It is a test.", example: "[Fine.]", counterexample: "[Panic.]" }
    /// The counts.
    COUNT = Finds "count" { what: "Counts.", why: "It is a test.", example: "[Fine.]", counterexample: "[]" }
}

/// Panics again when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        std::panic::panic_any(Self);
    }
}

struct Moody;

impl Stage for Moody {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        match doc.text().split('.').next() {
            Some("Panic") => panic!("what a day"),
            Some("Drop") => std::panic::panic_any(Bomb),
            Some("Err") => Err(StageError::failed("not today")),
            Some("Index") => {
                let index = doc.tokens().len() + 5;
                out.custom("moody", doc.tokens()[index].span(), &1, MOOD)?;
                Ok(())
            }
            _ => {
                out.custom("moody", Span::default(), &"well", MOOD)?;
                Ok(())
            }
        }
    }
}

impl StageType for Moody {
    const NAME: &'static str = "moody";
    const VERSION: &'static str = "0.1.0";
    const SUMMARY: &'static str = "Has moods.";
    const PROVIDES: &'static [&'static str] = &["moody"];
    const RULES: &'static [RuleId] = &[MOOD];
    type Options = NoOptions;
    fn new(_: NoOptions) -> Result<Self, StageError> {
        Ok(Self)
    }
}

struct Counter;

impl Stage for Counter {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let (entities, quotes, figures) = (doc.entities().len(), doc.quotes().len(), doc.figures().len());
        let targets = doc.sentiment().targets().len();
        let names: Vec<&str> = doc.entities().map(|entity| entity.name()).collect();
        let values = doc.figures().filter_map(|figure| figure.value()).count();
        let counts = [entities, quotes, figures, targets, names.concat().len(), values];
        out.custom("counts", Span::default(), &counts, COUNT)?;
        Ok(())
    }
}

impl StageType for Counter {
    const NAME: &'static str = "counter";
    const VERSION: &'static str = "0.1.0";
    const SUMMARY: &'static str = "Counts what stands in the other layers.";
    const REQUIRES: &'static [&'static str] = &[layer::ENTITIES];
    const USES: &'static [&'static str] = &[layer::QUOTES, layer::FIGURES, layer::SENTIMENT];
    const PROVIDES: &'static [&'static str] = &["counts"];
    const RULES: &'static [RuleId] = &[COUNT];
    type Options = NoOptions;
    fn new(_: NoOptions) -> Result<Self, StageError> {
        Ok(Self)
    }
}
