//! Processes batches: parses, segments, runs stages, links, formats lines of output.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk_core::{DocumentView, hash_lower};

use super::analyze::{Analysed, Analyzer, Clock};
use super::outputs::Outputs;
use super::report::Failure;
use super::spare::KEPT_BYTES;
use super::watch::{Phase, Task, Watch};
use super::{RunOptions, outputs};
use crate::input::{Choice, Item, Origin, Prepared, Record, RecordError, RecordOptions, Warning};
#[cfg(debug_assertions)]
use crate::output::ParsedLine;
use crate::output::{Detail, DocumentWriter, Head, HeadlineView, LineMaker, OffsetUnit, Packing, Style};
use crate::plan::Plan;
use crate::tables::{RowBuilder, Rows, Sentences};

/// A processed batch.
pub(super) struct Done {
    pub(super) sequence: u64,
    /// The total size of its records in bytes.
    pub(super) bytes: usize,
    /// For each output of lines, whole lines, compressed if the output is.
    pub(super) lines: Vec<Vec<u8>>,
    /// The rows of tables, if there are outputs of tables.
    pub(super) rows: Option<Rows>,
    pub(super) documents: u64,
    /// Documents that the selection leaves out, and those left out because they have no date.
    pub(super) left_out: u64,
    pub(super) undated: u64,
    pub(super) text_bytes: u64,
    pub(super) failures: Vec<Failure>,
    /// Warnings about documents that were written, with their sources.
    pub(super) warnings: Vec<(Warning, Origin)>,
    /// The hash and source of each id, in input order.
    pub(super) ids: Vec<(u64, Origin)>,
    /// As in the report: segmentation, stages, output.
    pub(super) stage_times: Vec<Duration>,
}

/// The settings from which workers are created.
pub(super) struct Setup {
    plan: Arc<Plan>,
    records: RecordOptions,
    lines: Vec<(Style, Option<Vec<String>>, Packing)>,
    tables: Option<TableSetup>,
}

/// How a worker fills tables.
struct TableSetup {
    builder: RowBuilder,
    offsets: OffsetUnit,
}

impl Setup {
    pub(super) fn of(plan: &Arc<Plan>, options: &RunOptions, outputs: &Outputs) -> Self {
        let lines = &outputs.lines;
        let setup = |tables: &outputs::Tables| TableSetup {
            builder: RowBuilder::new(tables.wanted.clone(), tables.known.clone()),
            offsets: tables.offsets,
        };
        Self {
            plan: Arc::clone(plan),
            records: options.records.clone(),
            lines: lines
                .iter()
                .map(|output| {
                    let packing = if output.is_spool { Packing::ZstdFast } else { output.sink.packing() };
                    (output.style, output.keep.clone(), packing)
                })
                .collect(),
            tables: outputs.tables.as_ref().map(setup),
        }
    }

    /// For a session: writes lines if a style is given, and rows of these tables.
    pub(super) fn in_memory(
        plan: &Arc<Plan>,
        records: RecordOptions,
        lines: Option<Style>,
        tables: Option<(RowBuilder, OffsetUnit)>,
    ) -> Self {
        Self {
            plan: Arc::clone(plan),
            records,
            lines: lines.map(|style| (style, None, Packing::Plain)).into_iter().collect(),
            tables: tables.map(|(builder, offsets)| TableSetup { builder, offsets }),
        }
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(super) fn worker(&self) -> Worker<'_> {
        let plan = &*self.plan;
        let writer = |style: Style, keep: Option<&Vec<String>>| {
            let mut layers = plan.layers();
            layers.retain(|(layer, _)| keep.is_none_or(|keep| keep.contains(layer)));
            DocumentWriter::new(style, layers, &plan.versions())
        };
        let tables = self.tables.as_ref().map(|tables| TableFiller {
            builder: tables.builder.clone(),
            maker: LineMaker::new(tables.offsets, plan.layers()),
            #[cfg(debug_assertions)]
            writer: writer(Style::new(tables.offsets, Detail::Standard), None),
            sentences: Sentences::default(),
        });
        Worker {
            plan,
            records: self.records.clone(),
            analyzer: Analyzer::new(plan),
            lines: self
                .lines
                .iter()
                .map(|(style, keep, packing)| LineWriter {
                    writer: writer(*style, keep.as_ref()),
                    style: *style,
                    packing: *packing,
                })
                .collect(),
            tables,
            packed: Vec::new(),
        }
    }
}

/// The state of a worker thread, reused for every batch.
pub(super) struct Worker<'p> {
    plan: &'p Plan,
    records: RecordOptions,
    analyzer: Analyzer<'p>,
    lines: Vec<LineWriter>,
    tables: Option<TableFiller>,
    /// Scratch buffer for compression.
    packed: Vec<u8>,
}

/// Writes the lines of an output.
struct LineWriter {
    writer: DocumentWriter,
    style: Style,
    packing: Packing,
}

impl LineWriter {
    /// Reserves space for the lines of this many bytes of input, since growing the buffer would copy it.
    fn room(&self, mut buffer: Vec<u8>, input: usize) -> Vec<u8> {
        // The approximate number of bytes of a line per byte of its text.
        let share = match self.style.detail {
            Detail::Compact => 4,
            Detail::Standard => 10,
            Detail::Full => 14,
        };
        buffer.reserve((share * input).min(KEPT_BYTES));
        buffer
    }
}

/// Fills rows of tables.
struct TableFiller {
    builder: RowBuilder,
    maker: LineMaker,
    #[cfg(debug_assertions)]
    writer: DocumentWriter,
    sentences: Sentences,
}

impl<'p> Worker<'p> {
    /// Processes a batch, except documents that are lost; `buffer` provides empty buffers for its lines.
    pub(super) fn work(&mut self, task: &Task, watch: &Watch, buffer: impl Fn() -> Vec<u8>) -> Done {
        let batch = &*task.batch;
        let mut done = Done {
            sequence: batch.sequence,
            bytes: batch.bytes.len(),
            lines: self.lines.iter().map(|line| line.room(buffer(), batch.bytes.len())).collect(),
            rows: self.tables.as_ref().map(|tables| tables.builder.rows_for(batch.bytes.len())),
            documents: 0,
            left_out: 0,
            undated: 0,
            text_bytes: 0,
            failures: Vec::new(),
            warnings: Vec::new(),
            ids: Vec::with_capacity(batch.items.len()),
            stage_times: vec![Duration::ZERO; self.plan.stages().len() + 2],
        };
        let mut first = 0;
        while first < batch.items.len() {
            let end = first + together(&batch.items[first..]);
            self.work_together(task, first..end, watch, &mut done);
            first = end;
        }
        watch.rest();
        if let (Some(tables), Some(rows)) = (&mut self.tables, &done.rows) {
            tables.builder.filled(rows, batch.bytes.len());
        }
        let mut clock = Clock { last: Instant::now() };
        for (line, output) in self.lines.iter().zip(&mut done.lines) {
            if line.packing != Packing::Plain {
                line.packing.pack(output, &mut self.packed);
                std::mem::swap(output, &mut self.packed);
            }
        }
        if let Some(last) = done.stage_times.last_mut() {
            *last += clock.lap();
        }
        for (total, time) in done.stage_times.iter_mut().zip(self.analyzer.take_times()) {
            *total += time;
        }
        done
    }

    /// Whether a document is selected; a record that could not be read counts as selected, so that it is reported.
    fn choose(&self, record: &Result<Record<'_>, (String, RecordError)>) -> Result<Choice, String> {
        let selection = &self.records.selection;
        match record {
            Ok(record) if selection.filters() => selection.takes(record),
            _ => Ok(Choice::Taken),
        }
    }

    /// Runs consecutive items through the stages and formats them.
    fn work_together(&mut self, task: &Task, places: Range<usize>, watch: &Watch, done: &mut Done) {
        let mut clock = Clock { last: Instant::now() };
        let items = &task.batch.items[places.clone()];
        let lost: Vec<_> =
            places.clone().map(|place| task.lost.iter().find(|lost| lost.item == place)).collect();
        let unreadable = |place: usize| lost[place].is_some_and(|lost| !lost.readable);
        let prepared: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(place, item)| {
                watch.begin(places.start + place, Phase::Reading);
                let bytes = if unreadable(place) { None } else { task.batch.bytes.get(item.range.clone()) };
                Prepared::new(bytes.unwrap_or(&[]), item, &self.records)
            })
            .collect();
        let records: Vec<_> = items
            .iter()
            .zip(&prepared)
            .enumerate()
            .map(|(place, (item, prepared))| {
                watch.begin(places.start + place, Phase::Reading);
                match lost[place] {
                    Some(lost) if !lost.readable => Err((
                        item.origin.id(),
                        RecordError::Lost(lost.error.class, lost.error.reason.clone()),
                    )),
                    _ => Record::parse(prepared, item, &self.records),
                }
            })
            .collect();
        watch.rest();
        done.stage_times[0] += clock.lap();
        let choices: Vec<_> = records.iter().map(|record| self.choose(record)).collect();
        let analysed: Vec<usize> = (0..items.len())
            .filter(|&place| choices[place] == Ok(Choice::Taken) && lost[place].is_none())
            .filter(|&place| records[place].as_ref().is_ok_and(|record| !record.skipped))
            .collect();
        let sources = analysed.iter().filter_map(|&place| records[place].as_ref().ok()).map(Record::source);
        let mut outcomes = self.analyzer.analyze_together(sources, |source, stage| {
            watch.begin(places.start + analysed[source], stage.map_or(Phase::Segmenting, Phase::Stage));
        });
        clock.lap();
        for (place, item) in items.iter().enumerate() {
            watch.begin(places.start + place, Phase::Writing);
            let failure = |id: String, stage, class, reason| Failure {
                id,
                origin: item.origin.clone(),
                stage,
                class,
                reason,
            };
            let record = match &records[place] {
                Ok(record) => record,
                Err((id, error)) => {
                    done.failures.push(failure(id.clone(), None, error.class(), error.to_string()));
                    continue;
                }
            };
            let choice = &choices[place];
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
            let outcome = match lost[place] {
                Some(lost) => Some(Err(lost.error.clone())),
                None if record.skipped => None,
                None => outcomes.next(),
            };
            match outcome.transpose() {
                Ok(analysed) => {
                    write(&mut self.lines, self.tables.as_mut(), record, analysed.as_ref(), done);
                }
                Err(error) => {
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
        watch.rest();
        drop(outcomes);
        if let Some(last) = done.stage_times.last_mut() {
            *last += clock.lap();
        }
    }
}

/// Writes a document to all outputs.
fn write(
    lines: &mut [LineWriter],
    tables: Option<&mut TableFiller>,
    record: &Record<'_>,
    analysed: Option<&Analysed<'_>>,
    done: &mut Done,
) {
    let head = head(record);
    let title = analysed.and_then(|analysed| analysed.headline.as_ref());
    let headline = title.map(|title| HeadlineView { doc: title.document.view(), same: title.same });
    let document = analysed.map(|analysed| analysed.document.view());
    let put = |writer: &mut DocumentWriter, out: &mut Vec<u8>| match &document {
        Some(document) => writer.write(&head, document, headline.as_ref(), out),
        None => writer.write_skipped(&head, out),
    };
    for (line, output) in lines.iter_mut().zip(&mut done.lines) {
        put(&mut line.writer, output);
    }
    if let (Some(tables), Some(rows)) = (tables, &mut done.rows) {
        tables.fill(&head, document.as_ref(), headline.as_ref(), rows);
    }
}

impl TableFiller {
    fn fill(
        &mut self,
        head: &Head<'_>,
        document: Option<&DocumentView<'_>>,
        headline: Option<&HeadlineView<'_>>,
        rows: &mut Rows,
    ) {
        let line = self.maker.line(head, document, headline);
        #[cfg(debug_assertions)]
        self.check(&line, head, document, headline);
        self.sentences.clear();
        if let Some(document) = document {
            self.sentences.load(document, headline.map(|headline| &headline.doc));
        }
        self.builder.add(&line, &self.sentences, rows);
    }

    /// Checks that tables are filled from the same line as is written, for every document in tests that fill tables.
    #[cfg(debug_assertions)]
    fn check(
        &mut self,
        line: &ParsedLine<'_>,
        head: &Head<'_>,
        document: Option<&DocumentView<'_>>,
        headline: Option<&HeadlineView<'_>>,
    ) {
        let mut written = Vec::new();
        match document {
            Some(document) => self.writer.write(head, document, headline, &mut written),
            None => self.writer.write_skipped(head, &mut written),
        }
        let read: Result<ParsedLine<'_>, _> = serde_json::from_slice(&written);
        let read = read.map(|read| ParsedLine { stages: None, ..read });
        assert_eq!(read.as_ref().ok(), Some(line), "{:?}", read.as_ref().err());
    }
}

/// The first fields of the line of a record.
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

/// The number of items, at least one, that go through the stages together: enough that the tables of a stage, which are larger than
/// the documents, are rarely reloaded into the processor's caches, and few enough to bound memory. A long item goes alone.
fn together(items: &[Item]) -> usize {
    const BYTES: usize = 512 * 1024;
    let mut bytes = 0;
    let fit = items.iter().take_while(|item| {
        bytes += item.range.len();
        bytes <= BYTES
    });
    fit.count().max(1)
}
