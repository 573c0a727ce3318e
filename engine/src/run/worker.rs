//! Works off batches: parse, segment, stages, link, line of output.

use std::time::{Duration, Instant};

use copydesk_core::hash_lower;

use super::RunOptions;
use super::analyze::{Analyzer, Clock};
use super::report::Failure;
use crate::input::{Batch, Fields, Item, Origin, Record};
use crate::output::{DocumentWriter, Packing};
use crate::plan::Plan;

/// A batch, worked off.
pub(super) struct Done {
    pub(super) sequence: u64,
    /// Whole lines, packed as the output wants them.
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
    analyzer: Analyzer<'p>,
    writer: DocumentWriter,
    packing: Packing,
    /// Room for packing.
    packed: Vec<u8>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan, options: &RunOptions, packing: Packing) -> Self {
        Self {
            plan,
            fields: options.fields.clone(),
            analyzer: Analyzer::new(plan),
            writer: DocumentWriter::new(options.offsets, plan.layers(), &plan.versions()),
            packing,
            packed: Vec::new(),
        }
    }

    /// Works off a batch; its lines go into `output`, which is empty.
    pub(super) fn work(&mut self, batch: &Batch, output: Vec<u8>) -> Done {
        let mut done = Done {
            sequence: batch.sequence,
            output,
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
        if self.packing != Packing::Plain {
            let mut clock = Clock { last: Instant::now() };
            self.packing.pack(&done.output, &mut self.packed);
            std::mem::swap(&mut done.output, &mut self.packed);
            if let Some(last) = done.stage_times.last_mut() {
                *last += clock.lap();
            }
        }
        for (total, time) in done.stage_times.iter_mut().zip(self.analyzer.take_times()) {
            *total += time;
        }
        done
    }

    fn work_item(&mut self, batch: &Batch, item: &Item, done: &mut Done) -> Result<(), Failure> {
        let mut clock = Clock { last: Instant::now() };
        let bytes = batch.bytes.get(item.range.clone()).unwrap_or(&[]);
        let origin = &item.origin;
        let record = Record::parse(bytes, item, &self.fields).map_err(|(id, error)| Failure {
            id,
            origin: origin.clone(),
            stage: None,
            class: error.class(),
            reason: error.to_string(),
        })?;
        let source = record.source();
        done.stage_times[0] += clock.lap();
        let document = self.analyzer.analyze(source).map_err(|error| Failure {
            id: record.id.to_string(),
            origin: origin.clone(),
            stage: error.stage,
            class: error.class,
            reason: error.reason,
        })?;
        clock.lap();
        self.writer.write(&document.view(), &record.others, &mut done.output);
        done.ids.push((hash_lower(&record.id), origin.clone()));
        done.documents += 1;
        done.text_bytes += record.text.len() as u64;
        if let Some(last) = done.stage_times.last_mut() {
            *last += clock.lap();
        }
        Ok(())
    }
}
