//! The traits and descriptions of stages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::schema::Schemas;
use crate::{DocumentView, Emitter, RuleId, RuleInfo};

/// One step of the analysis: reads a document and adds annotations.
///
/// One stage analyses documents on several threads at once, so it holds its tables but no per-document state.
pub trait Stage: Send + Sync {
    /// Analyses one document. An error fails this document, not the run.
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError>;
}

/// A stage as its author declares it: its name, the layers that it needs, and how it is built from its options.
pub trait StageType: Stage + Sized + 'static {
    /// The name used in pipeline files.
    const NAME: &'static str;
    /// The version, normally that of the crate: `env!("CARGO_PKG_VERSION")`.
    const VERSION: &'static str;
    /// What the stage does, in one line.
    const SUMMARY: &'static str;
    /// The layers that the stage cannot work without.
    const REQUIRES: &'static [&'static str] = &[];
    /// The layers that improve its results if present; the stages that provide them run earlier.
    const USES: &'static [&'static str] = &[];
    /// The layers that it fills: names from [`layer`](crate::layer), or custom names.
    const PROVIDES: &'static [&'static str];
    /// Its rules, as [`rules!`](crate::rules) declares them.
    const RULES: &'static [RuleId];
    /// Its options. They are validated against their schema before the stage is built; `copydesk stages` shows the defaults.
    type Options: Serialize + DeserializeOwned + JsonSchema + Default;

    /// The JSON Schemas of the values of its custom layers: `Schemas::new().layer::<Grade>("readability")`. The host validates each
    /// annotation; a layer without a schema may have any values.
    fn schemas() -> Schemas {
        Schemas::new()
    }

    /// Builds the stage: loads its tables and checks what the schema cannot express.
    fn new(options: Self::Options) -> Result<Self, StageError>;
}

/// The description of a stage, available without building it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StageInfo {
    /// The name used in pipeline files.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What the stage does, in one line.
    #[serde(default)]
    pub summary: String,
    /// The layers that the stage cannot work without.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The layers that improve its results if present.
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
    /// The default values of its options.
    #[serde(default)]
    pub options_default: Value,
    /// The JSON Schemas of the values of its custom layers, by layer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub schemas: BTreeMap<String, Value>,
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
            schemas: S::schemas().0,
        }
    }
}

/// Builds stages of one type, which is linked in or comes from a loaded library.
pub trait StageFactory: Send + Sync {
    /// The description of the stage.
    fn info(&self) -> &StageInfo;
    /// Builds a stage from its options as JSON text.
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

/// Builds a stage of a type from its options as JSON text; empty text means the defaults.
pub fn build<S: StageType>(options: &str) -> Result<S, StageError> {
    let options = if options.trim().is_empty() { "{}" } else { options };
    let options =
        serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(options)).map_err(
            |error| StageError::Option { path: error.path().to_string(), message: error.inner().to_string() },
        )?;
    S::new(options)
}

/// The reason why a stage could not be built or could not analyse a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StageError {
    /// An option has a value that the stage does not accept.
    #[error("option `{path}`: {message}")]
    Option {
        /// The path of the option; dots separate the levels.
        path: String,
        /// What is wrong, and which values are valid.
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

    /// An error about one option.
    pub fn option(path: impl Into<String>, message: impl std::fmt::Display) -> Self {
        Self::Option { path: path.into(), message: message.to_string() }
    }
}
