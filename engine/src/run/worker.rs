//! Works off batches: parse, segment, stages, link, line of output.

use std::time::{Duration, Instant};

use copydesk_core::{Document, Emitter, Source, catch_panic, hash_lower};

use super::RunOptions;
use super::report::Failure;
use crate::input::{Batch, Fields, Item, Origin, Record};
use crate::output::DocumentWriter;
use crate::plan::{Plan, PlannedStage};

/// A batch, worked off.
pub(super) struct Done {
    pub(super) sequence: u64,
    /// Whole lines.
    pub(super) output: Vec<u8>,
    pub(super) documents: u64,
    pub(super) text_bytes: u64,
    pub(super) failures: Vec<Failure>,
    /// The hash and place of each id, in input order.
    pub(super) ids: Vec<(u64, Origin)>,
    /// As in the report: segmentation, stages, output.
    pub(super) stage_times: Vec<Duration>,
}

/// What one thread keeps from batch to batch.
pub(super) struct Worker<'p> {
    plan: &'p Plan,
    fields: Fields,
    document: Document,
    emitter: Emitter,
    writer: DocumentWriter,
    /// Output of the last batch, a guess for the next.
    last_output: usize,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan, options: &RunOptions) -> Self {
        Self {
            plan,
            fields: options.fields.clone(),
            document: Document::default(),
            emitter: Emitter::new(),
            writer: DocumentWriter::new(options.offsets, plan.layers(), &plan.versions()),
            last_output: 0,
        }
    }

    pub(super) fn work(&mut self, batch: &Batch) -> Done {
        let mut done = Done {
            sequence: batch.sequence,
            output: Vec::with_capacity(self.last_output + self.last_output / 8),
            documents: 0,
            text_bytes: 0,
            failures: Vec::new(),
            ids: Vec::with_capacity(batch.items.len()),
            stage_times: vec![Duration::ZERO; self.plan.stages().len() + 2],
        };
        for item in &batch.items {
            if let Err(failure) = self.work_item(batch, item, &mut done) {
                done.failures.push(failure);
            }
        }
        self.last_output = done.output.len();
        done
    }

    fn work_item(&mut self, batch: &Batch, item: &Item, done: &mut Done) -> Result<(), Failure> {
        let mut clock = Clock { last: Instant::now() };
        let bytes = batch.bytes.get(item.range.clone()).unwrap_or(&[]);
        let failure = |id: &str, class, stage: Option<&PlannedStage>, reason| Failure {
            id: id.to_owned(),
            origin: item.origin.clone(),
            stage: stage.map(|stage| stage.name().to_owned()),
            class,
            reason,
        };
        let record = Record::parse(bytes, item, &self.fields)
            .map_err(|(id, error)| failure(&id, error.class(), None, error.to_string()))?;
        let source = Source {
            id: &record.id,
            text: &record.text,
            title: record.title.as_deref(),
            date: record.date.as_deref(),
            targets: &record.targets,
        };
        let document = &mut self.document;
        catch_panic(|| document.load(source))
            .map_err(|reason| failure(&record.id, "panic", None, reason))?
            .map_err(|error| failure(&record.id, "length", None, error.to_string()))?;
        done.stage_times[0] += clock.lap();
        for (place, stage) in self.plan.stages().iter().enumerate() {
            let emitter = &mut self.emitter;
            emitter.clear();
            let document = &mut self.document;
            catch_panic(|| stage.stage().analyze(&document.view(), emitter))
                .map_err(|reason| failure(&record.id, "panic", Some(stage), reason))?
                .map_err(|error| failure(&record.id, "stage", Some(stage), error.to_string()))?;
            document
                .absorb(emitter, stage.provides())
                .map_err(|violation| failure(&record.id, "refused", Some(stage), violation.to_string()))?;
            done.stage_times[place + 1] += clock.lap();
        }
        self.writer.write(&self.document.view(), &record.others, &mut done.output);
        done.ids.push((hash_lower(&record.id), item.origin.clone()));
        done.documents += 1;
        done.text_bytes += record.text.len() as u64;
        if let Some(last) = done.stage_times.last_mut() {
            *last += clock.lap();
        }
        Ok(())
    }
}

struct Clock {
    last: Instant,
}

impl Clock {
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        let lap = now - self.last;
        self.last = now;
        lap
    }
}
