//! Scores annotations against gold.

/// What is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Layer {
    /// Mentions of entities.
    Entity,
    /// Quotes.
    Quote,
    /// Figures.
    Figure,
    /// Sentiment.
    Sentiment,
}
