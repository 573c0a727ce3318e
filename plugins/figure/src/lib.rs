//! The figure stage.

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Options of the figure stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {}

/// The figure stage.
pub struct FigureStage {}

impl Stage for FigureStage {
    fn analyze(&self, _doc: &DocumentView<'_>, _out: &mut Emitter) -> Result<(), StageError> {
        Ok(())
    }
}

impl StageType for FigureStage {
    const NAME: &'static str = "figure";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "";
    const USES: &'static [&'static str] = &[layer::ENTITIES];
    const PROVIDES: &'static [&'static str] = &[layer::FIGURES];
    type Options = Options;

    fn new(_options: Options) -> Result<Self, StageError> {
        Ok(Self {})
    }
}
