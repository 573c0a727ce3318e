//! Reads the inputs one after another and cuts them into batches.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError};

use copydesk_core::catch_panic;

use super::batch::{Batch, Item, Origin};
use super::find::{Found, Skipped};
use super::record::RecordOptions;
use super::sample::Draw;
use super::source::{self, Context, More, Source};
use super::stream::Stream;

/// Reads the inputs one after another, batch by batch.
pub struct Reader {
    inputs: VecDeque<Found>,
    source: Option<(Arc<str>, Box<dyn Source>)>,
    sequence: u64,
    read: Arc<AtomicU64>,
    context: Context,
    draw: Option<Draw>,
    /// The records of a sample for which all of them had to be read.
    drawn: Option<VecDeque<(Item, Vec<u8>)>>,
    /// The number of records that are still wanted.
    left: Option<u64>,
    /// Whether each batch holds one record, so that a run can stop after any record.
    one_by_one: bool,
}

impl Reader {
    /// A reader of these inputs; it adds the number of bytes read from disk to `read`.
    pub fn new(inputs: Vec<Found>, options: &RecordOptions, read: Arc<AtomicU64>) -> Self {
        let context = Context {
            fields: Arc::new(options.fields.clone()),
            encoding: options.encoding,
            limits: options.limits,
            in_archive: false,
            skipped: Arc::default(),
        };
        let selection = &options.selection;
        // If documents are filtered, the filter applies the limit.
        let filters = selection.filters();
        Self {
            inputs: inputs.into(),
            source: None,
            sequence: 0,
            read,
            context,
            draw: selection.sample.map(|sample| Draw::new(sample, selection.seed)),
            drawn: None,
            left: selection.limit.filter(|_| !filters),
            one_by_one: filters && selection.limit.is_some(),
        }
    }

    /// The files in archives that were skipped.
    pub fn skipped(&self) -> Skipped {
        self.context.skipped.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next batch, read into `bytes`, which is empty; `None` at the end. A file that cannot be read becomes a failed
    /// record.
    pub fn next_batch(&mut self, bytes: Vec<u8>) -> Option<Batch> {
        if self.left == Some(0) {
            return None;
        }
        if self.draw.as_ref().is_some_and(Draw::needs_all) && self.drawn.is_none() {
            self.draw_all();
        }
        let empty = self.batch(bytes);
        let mut batch = match &mut self.drawn {
            Some(drawn) => next_drawn(drawn, empty)?,
            None => self.read_batch(empty)?,
        };
        if let Some(draw) = &mut self.draw {
            draw.thin(&mut batch);
        }
        if let Some(left) = &mut self.left {
            batch.items.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= batch.items.len() as u64;
        }
        self.sequence += 1;
        Some(batch)
    }

    /// Reads all inputs and keeps the records of the sample.
    fn draw_all(&mut self) {
        let Some(mut draw) = self.draw.take() else { return };
        let mut spare = Vec::new();
        while let Some(batch) = self.read_batch(Batch::new(0, std::mem::take(&mut spare))) {
            draw.add(&batch);
            spare = batch.bytes;
            spare.clear();
        }
        self.drawn = Some(draw.drawn());
    }

    fn read_batch(&mut self, mut batch: Batch) -> Option<Batch> {
        while !batch.is_full() {
            if let Some((file, source)) = &mut self.source {
                if fill(source.as_mut(), file, &mut batch) == More::No {
                    self.source = None;
                }
                continue;
            }
            let Some(input) = self.inputs.pop_front() else { break };
            self.open(input, &mut batch);
        }
        let ended = batch.items.is_empty() && self.source.is_none() && self.inputs.is_empty();
        (!ended).then_some(batch)
    }

    fn batch(&self, bytes: Vec<u8>) -> Batch {
        if self.one_by_one { Batch::of_one(self.sequence, bytes) } else { Batch::new(self.sequence, bytes) }
    }

    fn open(&mut self, input: Found, batch: &mut Batch) {
        let (file, stream, format) = match input {
            Found::Unreadable(path, reason) => {
                return batch.fail(Origin { file: name_of(&path), line: 0 }, reason);
            }
            Found::File(path, format) => {
                let file = name_of(&path);
                (Arc::clone(&file), Stream::open(&path, file, &self.read), format)
            }
            Found::Stdin(format) => (Arc::from("-"), Stream::stdin(&self.read), format),
        };
        let opened = catch_panic(|| stream.and_then(|stream| source::open(stream, format, &self.context)))
            .unwrap_or_else(|reason| Err(io::Error::other(reason)));
        match opened {
            Ok(source) => self.source = Some((file, source)),
            Err(error) => batch.fail(Origin { file, line: 0 }, format!("cannot read: {error}")),
        }
    }
}

fn next_drawn(drawn: &mut VecDeque<(Item, Vec<u8>)>, mut batch: Batch) -> Option<Batch> {
    drawn.front()?;
    while !batch.is_full() {
        let Some((item, record)) = drawn.pop_front() else { break };
        let start = batch.bytes.len();
        batch.bytes.extend_from_slice(&record);
        batch.add(start..batch.bytes.len(), item.origin, item.form);
        batch.guessed(item.guessed);
    }
    Some(batch)
}

/// Reads on. If a library panics, the rest of its file is lost.
fn fill(source: &mut dyn Source, file: &Arc<str>, batch: &mut Batch) -> More {
    catch_panic(|| source.fill(batch)).unwrap_or_else(|reason| {
        let reason = format!("cannot read further: {reason}; the rest of this file is lost");
        batch.fail(Origin { file: Arc::clone(file), line: 0 }, reason);
        More::No
    })
}

/// The file's name for messages and ids.
fn name_of(path: &Path) -> Arc<str> {
    Arc::from(path.to_string_lossy().as_ref())
}
