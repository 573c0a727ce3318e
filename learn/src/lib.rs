//! Machine learning that stages share: model files, inference and training.
//!
//! A model is an [`Artefact`]: named sections behind one header. [`Weights`] are sparse rows found by the 64-bit hash of a
//! feature; a stage owns the code that turns text into such hashes and uses the same code to train and to apply.
//! [`Transitions`] finds the best label sequence, [`Classes`] gives the word classes of a token. [`train`] trains weights; its
//! result depends on its input alone, byte for byte.

pub mod artefact;
pub mod bilou;
pub mod classes;
pub mod dense;
pub mod feature;
pub mod lanes;
pub mod linear;
pub mod model;
pub mod rows;
pub mod sequence;
pub mod span_lattice;
pub mod spread;
pub mod train;
pub mod vectors;
pub mod weights;

pub use artefact::{Artefact, ArtefactError, ArtefactWriter, Section};
pub use classes::{Classes, WordClasses};
pub use dense::{Dense, Questions};
pub use lanes::{LANES, Lanes};
pub use model::ModelError;
pub use rows::{Column, Rows};
pub use sequence::{Lattice, Posterior, Transitions};
pub use span_lattice::{SpanLattice, SpanSteps};
pub use spread::Spread;
pub use vectors::{Work, with_vectors};
pub use weights::{Weights, WeightsBuilder};
