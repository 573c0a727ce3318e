//! What the parts of speech of a sentence say about its figures.
//!
//! `phrases` cuts a sentence into phrases, `clauses` says which clause each is in, `period` finds the period of each figure in its own
//! clause.

mod clauses;
pub(crate) mod period;
mod phrases;
