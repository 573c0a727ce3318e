//! Writing results: documents as JSON lines, and where the lines go.

mod document;
mod format;
mod head;
mod json;
mod layers;
mod line;
mod offsets;
mod packing;
mod sink;
mod style;

pub use document::{DocumentWriter, HeadlineView};
pub use format::{OutputFormat, UnknownFormat};
pub use head::{Head, Passthrough};
pub use json::JsonWriter;
pub use offsets::{OffsetMap, OffsetUnit};
pub use packing::Packing;
pub use sink::{Sink, SinkError};
pub use style::{Detail, Style};
