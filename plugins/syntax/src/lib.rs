//! The syntax stage: the part of speech of each token.
//!
//! Most words always have the same part of speech, which a table contains (`model`); the others are decided
//! from left to right by a linear model over the words around and the decisions before (`features`, `tagger`; an averaged
//! perceptron, Collins 2002). Both are trained on tagged text, with the features of `examples`.

pub mod examples;
mod features;
mod model;
mod scores;
mod tagger;
#[cfg(test)]
mod tests;

use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use model::Model;
pub use tagger::Tagger;

/// Options of the syntax stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A model file made by `copydesk train syntax`, used instead of the built-in one.
    #[schemars(extend("format" = "path"))]
    pub model: Option<std::path::PathBuf>,
}

/// The syntax stage.
pub struct SyntaxStage {
    tagger: Tagger,
}

impl Stage for SyntaxStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        self.tagger.tag(doc, |tags| out.parts_of_speech(tags.iter().copied()));
        Ok(())
    }
}

impl StageType for SyntaxStage {
    const NAME: &'static str = "syntax";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "Tells the part of speech of each word, for other stages; it joins a pipeline by itself where one needs it.";
    const PROVIDES: &'static [&'static str] = &[layer::SYNTAX];
    const RULES: &'static [RuleId] = &[];
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        let model =
            Model::load(options.model.as_deref()).map_err(|error| StageError::option("model", error))?;
        Ok(Self { tagger: Tagger::new(model) })
    }
}
