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

/// What sort of act a cue names, as a pipeline file names it.
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
    /// Which kinds of quotes to give; all where the list is empty.
    pub kinds: Vec<Kind>,
    /// Quotes of which classes of cues to give; all where the list is empty. A quote without a cue is of no class and stays.
    pub classes: Vec<Class>,
    /// Whether beliefs, intentions and perceptions are given too, what stands behind cues that no table lists, and indirect
    /// content that is no clause ("rejected criticism"). Without it a quote is what a newsroom calls one: speech and writing.
    pub attitudes: bool,
    /// Tables of cues of your own, which go before the built-in one: a lemma, its class (speech, writing, belief, intention,
    /// perception), its stance (neutral, endorse, distance, deny) and its forms a line, with tabs between and blanks between forms.
    pub cues: Vec<std::path::PathBuf>,
    /// Quotes of which the stage is less sure than this (0..1) are left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f32,
    /// A model file of your own, made by `copydesk train quote`, in place of the built-in one.
    #[schemars(extend("format" = "path"))]
    pub model: Option<std::path::PathBuf>,
}
