//! How a line of output is written: the unit of offsets, and the level of detail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::offsets::OffsetUnit;

/// How much of what was found is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Without what can be left to defaults: no rules, no versions of stages, no values in SI units, no polarity of sentences,
    /// no neutral targets, no empty lists, no confidence of 1.
    Compact,
    /// Everything that was found, with the words of quotes, speakers, figures and measures beside their offsets.
    #[default]
    Standard,
    /// The same, with words beside every span and names beside every entity, for people who read the lines.
    Full,
}

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Style {
    /// What offsets count.
    pub offsets: OffsetUnit,
    /// How much is written.
    pub detail: Detail,
}

impl Style {
    /// Lines with these offsets and this much detail.
    pub fn new(offsets: OffsetUnit, detail: Detail) -> Self {
        Self { offsets, detail }
    }
}
