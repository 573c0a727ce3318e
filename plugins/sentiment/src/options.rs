//! The options of the stage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Options of the sentiment stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Scores of at least this size, either way, are labelled positive or negative, others neutral. Above 0, at most 1.
    pub threshold: f64,
    /// The same for targets.
    pub target_threshold: f64,
    /// The minimum confidence of a stance: the estimated share of such stances that annotators would agree with. Above 0, at most 1.
    pub stance_confidence: f64,
    /// The domain of the text, which selects the model for targets; `auto`: by each document's words of markets and companies.
    pub domain: Domain,
    /// Which targets are scored.
    pub targets: Targets,
    /// Files of terms of one or more words with their valence (-4 to 4), separated by a tab; lines that start with `#` are
    /// comments. They take precedence over the built-in words, and later files over earlier ones; 0 makes a term neutral.
    #[schemars(extend("format" = "path"))]
    pub lexicons: Vec<String>,
    /// A model file written by `copydesk train sentiment`; the built-in model if empty.
    #[schemars(extend("format" = "path"))]
    pub model: String,
    /// A model file written by `copydesk train stance`; the built-in model if empty.
    #[schemars(extend("format" = "path"))]
    pub stance_model: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threshold: 0.1,
            target_threshold: 0.25,
            stance_confidence: 0.6,
            domain: Domain::Auto,
            targets: Targets::Both,
            lexicons: Vec::new(),
            model: String::new(),
            stance_model: String::new(),
        }
    }
}

/// The domain of texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Domain {
    /// News of all kinds.
    General,
    /// Companies and markets.
    Finance,
    /// Finance if enough words of a document are those of companies and markets, else general.
    Auto,
}

/// Which spans are targets.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Targets {
    /// The mentions of entities.
    Entities,
    /// The spans that the input gives in `targets`.
    Given,
    /// Both.
    Both,
}
