//! The crate that authors of copydesk stages depend on.
//!
//! A [`Document`] is an immutable text, its segmentation ([`segment`]) and its annotations ([`layers`]). A [`Stage`] sees a
//! [`DocumentView`] and adds annotations through an [`Emitter`]. [`abi`] allows a stage to be built as a shared library; an
//! author writes [`export_stage!`] and no unsafe code.
//!
//! ```
//! use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, layer};
//! use copydesk_core::layers::{EntityKind, MentionForm};
//!
//! copydesk_core::rules! {
//!     /// The name itself.
//!     WATCHED = Finds "watched" {
//!         what: "Marks the name Acme.",
//!         why: "A client asked for every article that names it.",
//!         example: "He works at [Acme].",
//!         counterexample: "He works at [Acmeco].",
//!     }
//! }
//!
//! /// Finds one name.
//! struct Watch;
//!
//! impl Stage for Watch {
//!     fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
//!         for token in doc.tokens().iter().filter(|token| doc.slice(token.span()) == "Acme") {
//!             out.entity(EntityKind::Organization, "Acme", WATCHED).mention(token.span(), MentionForm::Name);
//!         }
//!         Ok(())
//!     }
//! }
//!
//! impl StageType for Watch {
//!     const NAME: &'static str = "watch";
//!     const VERSION: &'static str = "1.0.0";
//!     const SUMMARY: &'static str = "Finds one name.";
//!     const PROVIDES: &'static [&'static str] = &[layer::ENTITIES];
//!     const RULES: &'static [RuleId] = RULES;
//!     type Options = copydesk_core::NoOptions;
//!     fn new(_: Self::Options) -> Result<Self, StageError> {
//!         Ok(Self)
//!     }
//! }
//! ```

pub mod abi;
mod absorb;
mod decimal;
mod document;
mod emitter;
mod fixed;
mod guard;
mod hash;
pub mod layers;
mod lexicon;
mod link;
mod rule;
pub mod schema;
pub mod segment;
mod span;
mod spelling;
mod stage;
pub mod testing;

pub use absorb::Violation;
pub use decimal::Decimal;
pub use document::{Document, DocumentView, Source, TooLong};
pub use emitter::Emitter;
pub use fixed::FixedLexicon;
pub use guard::catch_panic;
pub use hash::{hash_lower, hash_lowered};
pub use layers::{PartsOfSpeech, layer};
pub use lexicon::Lexicon;
pub use rule::{Effect, Rule, RuleId, RuleInfo, marked};
pub use segment::{Case, Paragraph, Sentence, Token, TokenKind, Zone, ZoneKind};
pub use span::Span;
pub use spelling::spelling;
pub use stage::{Linked, Stage, StageError, StageFactory, StageInfo, StageType, build};

/// The options type of a stage without options.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoOptions {}
