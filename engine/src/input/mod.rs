//! Reading corpora: which files, cut into batches of records, parsed into documents.

mod batch;
mod find;
mod reader;
mod record;

pub use batch::{Batch, Form, Item, Origin};
pub use find::{FindError, Found, InputFormat, find};
pub use reader::Reader;
pub use record::{Fields, Record, RecordError};
