//! Plain text, a document a file.

use std::io::{self, Read};
use std::sync::Arc;

use super::{Format, InputFormat, More, Source};
use crate::input::batch::{Batch, Form, Origin};
use crate::input::reader::{LONGEST_RECORD, too_long};
use crate::input::stream::Stream;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Text,
    extensions: &["txt", "text", "md", "markdown"],
    sniff: |_| false,
    open: |stream, _| Ok(Whole::open(stream, Form::Text)),
};

/// A file that is one document as a whole.
pub(super) struct Whole {
    stream: Stream,
    form: Form,
}

impl Whole {
    /// Reads a file as a document of this form.
    pub(super) fn open(stream: Stream, form: Form) -> Box<dyn Source> {
        Box::new(Self { stream, form })
    }
}

impl Source for Whole {
    fn fill(&mut self, batch: &mut Batch) -> More {
        let start = batch.bytes.len();
        let origin = Origin { file: Arc::clone(&self.stream.name), line: 0 };
        match (&mut self.stream).take(LONGEST_RECORD as u64 + 1).read_to_end(&mut batch.bytes) {
            Ok(length) if length <= LONGEST_RECORD => {
                batch.add(start..batch.bytes.len(), origin, self.form.clone());
            }
            outcome => {
                batch.bytes.truncate(start);
                batch.fail(origin, outcome.map_or_else(cannot_read, |_| too_long()));
            }
        }
        More::No
    }
}

fn cannot_read(error: io::Error) -> String {
    format!("cannot read: {error}")
}
