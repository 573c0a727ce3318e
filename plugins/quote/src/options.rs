//! The options of the quote stage.

use copydesk_core::layers::{CueClass, QuoteKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of quote, as a pipeline file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Wholly in quotation marks.
    Direct,
    /// Reported without quotation marks.
    Indirect,
    /// Reported, with some words in quotation marks.
    Mixed,
}

impl Kind {
    pub(crate) const fn is(self, kind: QuoteKind) -> bool {
        matches!(
            (self, kind),
            (Self::Direct, QuoteKind::Direct)
                | (Self::Indirect, QuoteKind::Indirect)
                | (Self::Mixed, QuoteKind::Mixed)
        )
    }
}

/// The kind of act that a cue names, as a pipeline file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Saying.
    Speech,
    /// Writing or publishing.
    Writing,
    /// Believing or knowing.
    Belief,
    /// Planning or wanting.
    Intention,
    /// Seeing, hearing or finding.
    Perception,
}

impl Class {
    pub(crate) const fn is(self, class: CueClass) -> bool {
        matches!(
            (self, class),
            (Self::Speech, CueClass::Speech)
                | (Self::Writing, CueClass::Writing)
                | (Self::Belief, CueClass::Belief)
                | (Self::Intention, CueClass::Intention)
                | (Self::Perception, CueClass::Perception)
        )
    }
}

/// Options of the quote stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The kinds of quotes to emit; all if the list is empty.
    pub kinds: Vec<Kind>,
    /// The classes of cues whose quotes to emit; all if the list is empty. A quote without a cue has no class and is kept.
    pub classes: Vec<Class>,
    /// Whether to emit beliefs, intentions and perceptions too, content of cues that no table lists, and indirect
    /// content that is not a clause ("rejected criticism"). Otherwise only speech and writing count as quotes, as in a newsroom.
    pub attitudes: bool,
    /// Tables of your own cues, which take precedence over the built-in one. Each line has a lemma, its class (speech, writing, belief,
    /// intention, perception), its stance (neutral, endorse, distance, deny) and its forms; tabs between columns, spaces between forms.
    pub cues: Vec<std::path::PathBuf>,
    /// Quotes with a lower confidence (0..1) are left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f32,
    /// A model file made by `copydesk train quote`, used instead of the built-in one.
    #[schemars(extend("format" = "path"))]
    pub model: Option<std::path::PathBuf>,
}
