//! What stages with trained models share at run time: model files and inference.
//!
//! A model is an [`Artefact`]: named sections after one header. [`Weights`] are sparse rows found by the 64-bit hash of a
//! feature; a stage owns the code that turns text into such hashes. [`SpanLattice`] finds the best sequence of labels, of which
//! [`Transitions`] says which may follow which; [`Classes`] gives the word classes of a token. The crate `train` learns the weights; it
//! gets its examples from the stages, so that features are made by the same code in training and in use.

pub mod artefact;
pub mod bilou;
pub mod bloom;
pub mod classes;
pub mod dense;
pub mod feature;
pub mod lanes;
pub mod linear;
pub mod memo;
pub mod model;
pub mod pages;
pub mod rows;
pub mod span_lattice;
pub mod spread;
pub mod transitions;
pub mod vectors;
pub mod weights;

pub use artefact::{Artefact, ArtefactError, ArtefactWriter, Section};
pub use bloom::BloomFilter;
pub use classes::{Classes, WordClasses};
pub use dense::{Dense, Questions};
pub use lanes::{LANES, Lanes};
pub use memo::Memo;
pub use model::ModelError;
pub use pages::in_huge_pages;
pub use rows::{Column, Rows};
pub use span_lattice::{SpanLattice, SpanSteps};
pub use spread::{Spread, add_rows};
pub use transitions::{Transitions, best_labels};
pub use vectors::{Eight, Work, above, with_vectors};
pub use weights::{Weights, WeightsBuilder};
