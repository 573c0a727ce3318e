//! The entity stage.

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Options of the entity stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {}

/// The entity stage.
pub struct EntityStage {}

impl Stage for EntityStage {
    fn analyze(&self, _doc: &DocumentView<'_>, _out: &mut Emitter) -> Result<(), StageError> {
        Ok(())
    }
}

impl StageType for EntityStage {
    const NAME: &'static str = "entity";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "";
    const PROVIDES: &'static [&'static str] = &[layer::ENTITIES];
    type Options = Options;

    fn new(_options: Options) -> Result<Self, StageError> {
        Ok(Self {})
    }
}
