//! The sentiment stage.

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Options of the sentiment stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {}

/// The sentiment stage.
pub struct SentimentStage {}

impl Stage for SentimentStage {
    fn analyze(&self, _doc: &DocumentView<'_>, _out: &mut Emitter) -> Result<(), StageError> {
        Ok(())
    }
}

impl StageType for SentimentStage {
    const NAME: &'static str = "sentiment";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "";
    const USES: &'static [&'static str] = &[layer::ENTITIES, layer::QUOTES];
    const PROVIDES: &'static [&'static str] = &[layer::SENTIMENT];
    type Options = Options;

    fn new(_options: Options) -> Result<Self, StageError> {
        Ok(Self {})
    }
}
