//! Annotations of a text.

use copydesk_core::Span;
use copydesk_core::layers::Label;

/// An attribution: who says what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// The source; empty if the text does not name it.
    pub source: Vec<Span>,
    /// The cue: the words that introduce the content.
    pub cue: Vec<Span>,
    /// The content.
    pub content: Vec<Span>,
}

/// The opinion that one of two mentions has of the other. The labels are negative or positive: a neutral opinion is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoldOpinion {
    /// Neither has one.
    None,
    /// The first has one of the second.
    OfSecond(Label),
    /// The second has one of the first.
    OfFirst(Label),
}

/// Mentions of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldCluster {
    /// Its mentions.
    pub mentions: Vec<GoldMention>,
}

/// A mention of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldMention {
    /// The whole mention.
    pub span: Span,
    /// Its head.
    pub head: Span,
    /// "name", "nominal" or "pronoun".
    pub form: String,
}

impl GoldMention {
    /// Whether it is a name.
    pub fn is_name(&self) -> bool {
        self.form == "name"
    }
}
