//! What annotated data says of a text.

use copydesk_core::Span;
use copydesk_core::layers::Label;

/// Who says what, with which words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// Who; empty where the text does not tell.
    pub source: Vec<Span>,
    /// The words that announce it.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// Which opinion one of two mentions holds of the other. The labels are negative or positive: a neutral opinion is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoldOpinion {
    /// Neither holds one.
    None,
    /// The first holds one of the second.
    OfSecond(Label),
    /// The second holds one of the first.
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
    /// All of it.
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
