//! The quote stage.

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Options of the quote stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {}

/// The quote stage.
pub struct QuoteStage {}

impl Stage for QuoteStage {
    fn analyze(&self, _doc: &DocumentView<'_>, _out: &mut Emitter) -> Result<(), StageError> {
        Ok(())
    }
}

impl StageType for QuoteStage {
    const NAME: &'static str = "quote";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "";
    const USES: &'static [&'static str] = &[layer::ENTITIES];
    const PROVIDES: &'static [&'static str] = &[layer::QUOTES];
    type Options = Options;

    fn new(_options: Options) -> Result<Self, StageError> {
        Ok(Self {})
    }
}
