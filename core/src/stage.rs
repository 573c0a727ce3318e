//! What a stage is.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{DocumentView, Emitter, RuleId, RuleInfo};

/// One step of the analysis: sees a document, adds annotations.
///
/// The same stage analyses many documents at once from several threads, so it holds its tables and no state of a document.
pub trait Stage: Send + Sync {
    /// Analyses one document. An error costs this document, not the run.
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError>;
}

/// A stage as its author declares it: what it is called, what it needs, and how it is made from its options.
pub trait StageType: Stage + Sized + 'static {
    /// The name that pipelines use.
    const NAME: &'static str;
    /// The version, normally that of the crate: `env!("CARGO_PKG_VERSION")`.
    const VERSION: &'static str;
    /// What it does, in a line.
    const SUMMARY: &'static str;
    /// The layers without which it cannot work.
    const REQUIRES: &'static [&'static str] = &[];
    /// The layers that make it better where they are there; the stages that provide them run before.
    const USES: &'static [&'static str] = &[];
    /// The layers that it fills: names of [`layer`](crate::layer), or of its own.
    const PROVIDES: &'static [&'static str];
    /// Its rules, as [`rules!`](crate::rules) declares them.
    const RULES: &'static [RuleId];
    /// Its options. Their schema is checked before the stage is made; their defaults are shown by `copydesk stages`.
    type Options: Serialize + DeserializeOwned + JsonSchema + Default;

    /// Makes the stage: loads its tables, checks what the schema cannot.
    fn new(options: Self::Options) -> Result<Self, StageError>;
}

/// What is known of a stage without making it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageInfo {
    /// The name that pipelines use.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it does, in a line.
    #[serde(default)]
    pub summary: String,
    /// The layers without which it cannot work.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The layers that make it better where they are there.
    #[serde(default)]
    pub uses: Vec<String>,
    /// The layers that it fills.
    pub provides: Vec<String>,
    /// Its rules.
    #[serde(default)]
    pub rules: Vec<RuleInfo>,
    /// The JSON Schema of its options.
    #[serde(default)]
    pub options_schema: Value,
    /// Its options as they are where nothing is set.
    #[serde(default)]
    pub options_default: Value,
}

impl StageInfo {
    /// The description of a stage type.
    pub fn of<S: StageType>() -> Self {
        let names = |layers: &[&str]| layers.iter().map(|&layer| layer.to_owned()).collect();
        Self {
            name: S::NAME.to_owned(),
            version: S::VERSION.to_owned(),
            summary: S::SUMMARY.to_owned(),
            requires: names(S::REQUIRES),
            uses: names(S::USES),
            provides: names(S::PROVIDES),
            rules: S::RULES.iter().map(|rule| RuleInfo::of(rule.rule())).collect(),
            options_schema: schemars::schema_for!(S::Options).to_value(),
            options_default: serde_json::to_value(S::Options::default()).unwrap_or(Value::Null),
        }
    }
}

/// Makes stages of one type: linked in, or from a loaded library.
pub trait StageFactory: Send + Sync {
    /// What the stage is.
    fn info(&self) -> &StageInfo;
    /// Makes a stage from its options as JSON text.
    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError>;
}

/// The factory of a stage type that is linked in.
pub struct Linked<S> {
    info: StageInfo,
    stage: std::marker::PhantomData<fn() -> S>,
}

impl<S: StageType> Default for Linked<S> {
    fn default() -> Self {
        Self { info: StageInfo::of::<S>(), stage: std::marker::PhantomData }
    }
}

impl<S: StageType> StageFactory for Linked<S> {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        build::<S>(options).map(|stage| Box::new(stage) as Box<dyn Stage>)
    }
}

/// Makes a stage of a type from its options as JSON text; empty text means the defaults.
pub fn build<S: StageType>(options: &str) -> Result<S, StageError> {
    let options = if options.trim().is_empty() { "{}" } else { options };
    let options =
        serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(options)).map_err(
            |error| StageError::Option { path: error.path().to_string(), message: error.inner().to_string() },
        )?;
    S::new(options)
}

/// Why a stage could not be made or could not analyse a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StageError {
    /// An option has a value that the stage cannot take.
    #[error("option `{path}`: {message}")]
    Option {
        /// The option, with dots for nesting.
        path: String,
        /// What is wrong with it, and what would be right.
        message: String,
    },
    /// Something else went wrong.
    #[error("{0}")]
    Failed(String),
}

impl StageError {
    /// An error with a message.
    pub fn failed(message: impl std::fmt::Display) -> Self {
        Self::Failed(message.to_string())
    }

    /// An error of one option.
    pub fn option(path: impl Into<String>, message: impl std::fmt::Display) -> Self {
        Self::Option { path: path.into(), message: message.to_string() }
    }
}
