//! Processes batches: parse, segment, run stages, link, format lines of output.

use std::time::{Duration, Instant};

use copydesk_core::hash_lower;

use super::RunOptions;
use super::analyze::{Analyzer, Clock};
use super::report::Failure;
use crate::input::{Batch, Choice, Item, Origin, Prepared, Record, RecordError, RecordOptions, Warning};
use crate::output::{DocumentWriter, Head, HeadlineView, Packing};
use crate::plan::Plan;

/// A processed batch.
pub(super) struct Done {
    pub(super) sequence: u64,
    /// Whole lines, compressed if the output is.
    pub(super) output: Vec<u8>,
    pub(super) documents: u64,
    /// Documents that the selection leaves out, and those of which it cannot tell since they have no date.
    pub(super) left_out: u64,
    pub(super) undated: u64,
    pub(super) text_bytes: u64,
    pub(super) failures: Vec<Failure>,
    /// Warnings of documents that were written, with their places.
    pub(super) warnings: Vec<(Warning, Origin)>,
    /// The hash and place of each id, in input order.
    pub(super) ids: Vec<(u64, Origin)>,
    /// As in the report: segmentation, stages, output.
    pub(super) stage_times: Vec<Duration>,
}

/// The state of a worker thread, reused for every batch.
pub(super) struct Worker<'p> {
    plan: &'p Plan,
    records: RecordOptions,
    analyzer: Analyzer<'p>,
    writer: DocumentWriter,
    packing: Packing,
    /// Scratch buffer for compression.
    packed: Vec<u8>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan, options: &RunOptions, packing: Packing) -> Self {
        Self {
            plan,
            records: options.records.clone(),
            analyzer: Analyzer::new(plan),
            writer: DocumentWriter::new(options.style, plan.layers(), &plan.versions()),
            packing,
            packed: Vec::new(),
        }
    }

    /// Processes a batch; its lines go into `output`, which is empty.
    pub(super) fn work(&mut self, batch: &Batch, output: Vec<u8>) -> Done {
        let mut done = Done {
            sequence: batch.sequence,
            output,
            documents: 0,
            left_out: 0,
            undated: 0,
            text_bytes: 0,
            failures: Vec::new(),
            warnings: Vec::new(),
            ids: Vec::with_capacity(batch.items.len()),
            stage_times: vec![Duration::ZERO; self.plan.stages().len() + 2],
        };
        let mut items = batch.items.as_slice();
        while !items.is_empty() {
            let (together, rest) = items.split_at(together(items));
            self.work_together(batch, together, &mut done);
            items = rest;
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

    /// Whether a document is wanted; what could not be read is no longer to be decided on.
    fn choose(&self, record: &Result<Record<'_>, (String, RecordError)>) -> Result<Choice, String> {
        let selection = &self.records.selection;
        match record {
            Ok(record) if selection.filters() => selection.takes(record),
            _ => Ok(Choice::Taken),
        }
    }

    /// Runs neighbouring items through the stages and formats them.
    fn work_together(&mut self, batch: &Batch, items: &[Item], done: &mut Done) {
        let mut clock = Clock { last: Instant::now() };
        let prepared: Vec<_> = items
            .iter()
            .map(|item| {
                let bytes = batch.bytes.get(item.range.clone()).unwrap_or(&[]);
                Prepared::new(bytes, item, &self.records)
            })
            .collect();
        let records: Vec<_> = items
            .iter()
            .zip(&prepared)
            .map(|(item, prepared)| Record::parse(prepared, item, &self.records))
            .collect();
        done.stage_times[0] += clock.lap();
        let choices: Vec<_> = records.iter().map(|record| self.choose(record)).collect();
        let wanted = records.iter().zip(&choices).filter(|(_, choice)| **choice == Ok(Choice::Taken));
        let wanted = wanted.filter_map(|(record, _)| record.as_ref().ok()).filter(|record| !record.skipped);
        let sources = wanted.map(Record::source);
        let mut outcomes = self.analyzer.analyze_together(sources);
        clock.lap();
        for ((item, record), choice) in items.iter().zip(&records).zip(&choices) {
            let failure = |id: String, stage, class, reason| Failure {
                id,
                origin: item.origin.clone(),
                stage,
                class,
                reason,
            };
            let record = match record {
                Ok(record) => record,
                Err((id, error)) => {
                    done.failures.push(failure(id.clone(), None, error.class(), error.to_string()));
                    continue;
                }
            };
            match choice {
                Ok(Choice::Taken) => {}
                Ok(Choice::Left) => {
                    done.left_out += 1;
                    continue;
                }
                Ok(Choice::Undated) => {
                    done.undated += 1;
                    continue;
                }
                Err(reason) => {
                    done.failures.push(failure(record.id.to_string(), None, "where", reason.clone()));
                    continue;
                }
            }
            let head = head(record);
            let outcome = if record.skipped { None } else { outcomes.next() };
            match outcome {
                Some(Ok(analysed)) => {
                    let title = analysed.headline.as_ref();
                    let headline =
                        title.map(|title| HeadlineView { doc: title.document.view(), same: &title.same });
                    self.writer.write(&head, &analysed.document.view(), headline.as_ref(), &mut done.output);
                }
                None => self.writer.write_skipped(&head, &mut done.output),
                Some(Err(error)) => {
                    let id = record.id.to_string();
                    done.failures.push(failure(id, error.stage, error.class, error.reason));
                    continue;
                }
            }
            done.ids.push((hash_lower(&record.id), item.origin.clone()));
            done.documents += 1;
            done.text_bytes += record.text.len() as u64;
            let warnings = record.warnings.iter().cloned();
            done.warnings.extend(warnings.map(|warning| (warning, item.origin.clone())));
        }
        drop(outcomes);
        if let Some(last) = done.stage_times.last_mut() {
            *last += clock.lap();
        }
    }
}

/// What the line of a record begins with.
fn head<'r>(record: &'r Record<'_>) -> Head<'r> {
    Head {
        id: &record.id,
        title: record.title.as_deref(),
        date: record.date.as_deref(),
        language: record.language,
        text: &record.text,
        warnings: &record.warnings,
        fields: &record.others,
    }
}

/// How many of the items, at least one, go through the stages together: enough that a stage's tables, which are larger than
/// the documents, are rarely reloaded into the processor's caches, and few enough to bound memory. A long one goes alone.
fn together(items: &[Item]) -> usize {
    const BYTES: usize = 512 * 1024;
    let mut bytes = 0;
    let fit = items.iter().take_while(|item| {
        bytes += item.range.len();
        bytes <= BYTES
    });
    fit.count().max(1)
}
