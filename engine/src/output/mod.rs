//! Writes results: documents as JSON lines, and the files of these lines.

mod document;
mod format;
mod head;
mod json;
mod layers;
mod line;
mod offsets;
mod packing;
pub mod parsed;
mod schema;
mod sink;
mod style;
mod typed;

pub use document::{DocumentWriter, HeadlineView};
pub use format::{OutputFormat, UnknownFormat};
pub use head::{Head, Passthrough};
pub use json::{JsonWriter, write_integer, write_real};
pub(crate) use line::headline_id;
pub use offsets::{OffsetMap, OffsetUnit};
pub use packing::Packing;
pub use parsed::{ParsedLine, Words};
pub use schema::line_schema_with;
pub(crate) use sink::partial_of;
pub use sink::{Sink, SinkError};
pub use style::{Detail, Style};
pub use typed::LineMaker;
