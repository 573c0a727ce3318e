//! A document analysed by all stages.

use std::sync::LazyLock;

use copydesk_claim::ClaimStage;
use copydesk_core::{Document, Emitter, Source, Stage, StageType, build};

type Boxed = (Box<dyn Stage>, &'static [&'static str]);

fn boxed<S: StageType>() -> Boxed {
    (Box::new(build::<S>("").expect("the defaults are valid")), S::PROVIDES)
}

/// The preceding stages, in execution order.
static STAGES: LazyLock<[Boxed; 4]> = LazyLock::new(|| {
    [
        boxed::<copydesk_entity::EntityStage>(),
        boxed::<copydesk_figure::FigureStage>(),
        boxed::<copydesk_syntax::SyntaxStage>(),
        boxed::<copydesk_quote::QuoteStage>(),
    ]
});

/// A text of 2022-08-30 analysed by all stages, the claim stage with these options.
pub(crate) fn document(text: &str, options: &str) -> Document {
    let source = Source { id: "test", text, date: Some("2022-08-30"), ..Source::default() };
    let mut document = Document::new(source).expect("a short text");
    for (stage, provides) in STAGES.iter() {
        let mut found = Emitter::new();
        stage.analyze(&document.view(), &mut found).expect("the stages never fail");
        document.absorb(&found, provides).expect("what a stage emits is valid");
    }
    let stage = build::<ClaimStage>(options).expect("valid options");
    let mut found = Emitter::new();
    stage.analyze(&document.view(), &mut found).expect("the stage never fails");
    document.absorb(&found, ClaimStage::PROVIDES).expect("what the stage emits is valid");
    document
}
