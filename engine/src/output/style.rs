//! The style of a line of output: the unit of offsets, and the level of detail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::offsets::OffsetUnit;

/// The level of detail of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Without anything that has a default: no rules, no versions of stages, no values in SI units, no polarity of sentences,
    /// no neutral targets, no empty lists, no confidence of 1.
    Compact,
    /// All annotations, with the text of quotes, speakers, figures and measures in addition to their offsets.
    #[default]
    Standard,
    /// The same, with the text of every span and the name of every entity, for people who read the lines.
    Full,
}

/// The style of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Style {
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// The level of detail.
    pub detail: Detail,
}

impl Style {
    /// The style with this unit of offsets and level of detail.
    pub fn new(offsets: OffsetUnit, detail: Detail) -> Self {
        Self { offsets, detail }
    }
}
