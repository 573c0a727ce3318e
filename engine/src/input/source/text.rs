//! Plain text, one document per file.

use std::io::Read;
use std::sync::Arc;

use super::{Context, Format, InputFormat, More, Source};
use crate::input::batch::{Batch, Form, Origin};
use crate::input::stream::Stream;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Text,
    extensions: &["txt", "text", "md", "markdown"],
    sniff: |_| false,
    open: |stream, context| Ok(Whole::open(stream, context, Form::Text)),
};

/// A file that is a single document.
pub(super) struct Whole {
    stream: Stream,
    longest: usize,
    form: Form,
}

impl Whole {
    /// Reads a file as a document of this form.
    pub(super) fn open(stream: Stream, context: &Context, form: Form) -> Box<dyn Source> {
        Box::new(Self { stream, longest: context.limits.longest(), form })
    }
}

impl Source for Whole {
    fn fill(&mut self, batch: &mut Batch) -> More {
        let start = batch.bytes.len();
        let origin = Origin { file: Arc::clone(&self.stream.name), line: 0 };
        match (&mut self.stream).take(self.longest as u64 + 1).read_to_end(&mut batch.bytes) {
            Ok(length) if length <= self.longest => {
                batch.add(start..batch.bytes.len(), origin, self.form.clone());
            }
            Ok(_) => {
                batch.bytes.truncate(start);
                batch.too_long(origin);
            }
            Err(error) => {
                batch.bytes.truncate(start);
                batch.fail(origin, format!("cannot read: {error}"));
            }
        }
        More::No
    }
}
