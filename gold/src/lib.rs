//! Annotated data ("gold"), for training and scoring.
//!
//! [`read_gold`] reads texts with annotations in four formats. The fullest is JSON lines with `text`, offsets in code points, and
//! one of: `entities` (`start`, `end`, `label`), `quotes` (`content`, `source`, `cue`, `kind`), `figures` (`value`, `unit`,
//! `kind`, `change`, for dates `start` and `end`), `clusters` (`mentions` with `head` and `form`), a `pronoun` with the
//! `candidates` that it may mean, two mentions `p` and `q` with the `direction` and `label` of an opinion, or a sentiment
//! `label` with or without a `target`, or a `score`. The other formats hold names of entities alone.
//!
//! [`read_tagged`] reads texts with a part of speech for each word.
//!
//! The crate knows no stage; the crates that train or score stages interpret the annotations.

mod annotation;
mod brat;
mod conll;
mod document;
mod letter_case;
mod marked;
mod offsets;
mod read;
mod tagged;

pub use annotation::{GoldAttribution, GoldCluster, GoldMention, GoldOpinion};
pub use document::GoldDocument;
pub use letter_case::LetterCase;
pub use read::{GoldError, read_gold};
pub use tagged::{TaggedText, TaggedWord, read_tagged};
