//! The second pass: writes each line with its relations to others.

use std::borrow::Cow;
use std::path::PathBuf;

use super::collect::{all_quotes, parse, scene, seen};
use super::people::{Identity, Scene};
use super::splice::{Additions, Fields};
use super::summary::{Shared, Summary};
use super::{CorpusError, CorpusOptions, CorpusOutputs, Found, Identification};
use crate::export::{LineReader, begin};
use crate::lines::{Chunk, in_parallel};
use crate::output::parsed::{Entity, Quote};
use crate::output::{Packing, ParsedLine, Sink, Words};
use crate::tables::{Rows, corpus_rows};

/// The output for a chunk of lines.
struct Part {
    /// The bytes for each file of lines.
    lines: Vec<Vec<u8>>,
    rows: Rows,
    documents: u64,
    summary: Summary,
}

/// The state of a thread.
struct Worker<'w> {
    options: &'w CorpusOptions,
    found: &'w Found,
    packings: Vec<Packing>,
    /// Whether rows are needed.
    tables: bool,
    reader: LineReader,
}

/// Reads the files again, writes all outputs, and returns a summary.
pub(super) fn rewrite(
    files: &[PathBuf],
    options: &CorpusOptions,
    found: &Found,
    outputs: CorpusOutputs,
) -> Result<Shared, CorpusError> {
    let CorpusOutputs { mut lines, tables, named } = outputs;
    let has_tables = !tables.is_empty();
    let (builder, mut tables) = begin(tables, &named)?;
    let packings: Vec<Packing> = lines.iter().map(Sink::packing).collect();
    let worker = || Worker {
        options,
        found,
        packings: packings.clone(),
        tables: has_tables,
        reader: LineReader::new(builder.clone()),
    };
    let mut summary = Summary::default();
    let mut chunks = 0;
    in_parallel(files, worker, Worker::chunk, |part: Option<Part>| {
        let part = part.ok_or(CorpusError::Changed)?;
        chunks += 1;
        for (sink, bytes) in lines.iter_mut().zip(&part.lines) {
            sink.write_packed(bytes, part.documents)?;
        }
        summary.take(part.summary);
        tables.write(part.rows).map_err(CorpusError::from)
    })?;
    if chunks != found.chunks.len() {
        return Err(CorpusError::Changed);
    }
    let (people, quotations) = (summary.people(), summary.quotations());
    if has_tables {
        tables.write_corpus(corpus_rows(&people))?;
        tables.write_corpus(corpus_rows(&quotations))?;
    }
    tables.finish()?;
    lines.into_iter().try_for_each(Sink::finish)?;
    Ok(summary.shared(people.len() as u64, &quotations, found))
}

impl Worker<'_> {
    /// `None` if the chunk has changed since the first pass.
    fn chunk(&mut self, chunk: &Chunk<'_>) -> Option<Part> {
        let (mut document, mut quote) = self.found.chunks.get(chunk.place).copied()?;
        let mut out = Vec::new();
        let mut part = Part {
            lines: Vec::new(),
            rows: self.reader.no_rows(),
            documents: 0,
            summary: Summary::default(),
        };
        for (_, line) in chunk.lines() {
            // Lines that cannot be read were reported in the first pass.
            let Ok(mut parsed) = parse(line) else { continue };
            let additions = self.additions(&parsed, document, quote);
            additions.apply(&mut parsed);
            part.summary.see(&parsed);
            if !self.packings.is_empty() {
                additions.write(line, &mut out).ok()?;
                out.push(b'\n');
            }
            if self.tables {
                self.reader.add(&parsed, &mut part.rows);
            }
            part.documents += 1;
            document += 1;
            quote += if self.options.quotations { all_quotes(&parsed).count() as u32 } else { 0 };
        }
        let next = self.found.chunks.get(chunk.place + 1);
        if next.is_some_and(|next| *next != (document, quote)) {
            return None;
        }
        for packing in &self.packings {
            let mut packed = Vec::new();
            packing.pack(&out, &mut packed);
            part.lines.push(packed);
        }
        Some(part)
    }

    /// The fields to add to the line of a document, whose first quote has this number.
    fn additions(&self, line: &ParsedLine<'_>, document: u32, quote: u32) -> Additions {
        let mut additions = Additions::default();
        let key = |document: u32| self.found.keys.get(&document).cloned().unwrap_or_default();
        if let Some(copy) = self.found.copies.get(&document) {
            additions.document.extend(copy.of.map(|of| ("duplicate_of", key(of))));
            additions.document.push(("duplicate_cluster", key(copy.cluster)));
        }
        for (place, number) in (0..all_quotes(line).count()).zip(quote..) {
            let Some(same) = self.found.quotes.get(&number).filter(|_| self.options.quotations) else {
                continue;
            };
            let Some((document, id)) = self.found.quote_ids.get(&same.quotation) else { continue };
            let how = same.matched.map_or("first", |matched| matched.as_str());
            let fields =
                vec![("quotation", format!("{}/{id}", key(*document))), ("quotation_match", how.to_owned())];
            additions.quotes.push((place, fields));
        }
        self.identify(line, &mut additions);
        additions
    }

    /// Adds the identities of people. In a title they are the article's, or those named in full there.
    fn identify(&self, line: &ParsedLine<'_>, additions: &mut Additions) {
        let scene = match self.options.people {
            Identification::Off => return,
            Identification::Corpus | Identification::Listed(_) => scene(line),
        };
        let of_text = line.layers.entities.iter().flatten();
        let of_title = line.headline.iter().flat_map(|layers| layers.entities.iter().flatten());
        for (place, entity) in
            of_text.chain(of_title).enumerate().filter(|(_, entity)| &*entity.kind == "person")
        {
            if let Some(Identity { id, evidence }) = self.identity(entity, &scene) {
                additions.entities.push((place, vec![("global_id", id), ("global_evidence", evidence)]));
            }
        }
    }

    fn identity(&self, entity: &Entity<'_>, scene: &Scene) -> Option<Identity> {
        let person = seen(entity);
        match &self.options.people {
            Identification::Off => None,
            Identification::Corpus => self.found.people.identify(&person, scene),
            Identification::Listed(registry) => registry.identify(&person, scene),
        }
    }
}

impl Additions {
    /// Sets the fields in the typed line, from which rows are filled.
    fn apply(&self, line: &mut ParsedLine<'_>) {
        let value = |fields: &Fields, name: &str| -> Option<Words<'static>> {
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| Words(Cow::Owned(value.clone())))
        };
        line.duplicate_of = value(&self.document, "duplicate_of");
        line.duplicate_cluster = value(&self.document, "duplicate_cluster");
        let of_text = line.layers.entities.iter_mut().flatten();
        let of_title = line.headline.iter_mut().flat_map(|layers| layers.entities.iter_mut().flatten());
        let mut entities: Vec<&mut Entity<'_>> = of_text.chain(of_title).collect();
        for (place, fields) in &self.entities {
            if let Some(entity) = entities.get_mut(*place) {
                entity.global_id = value(fields, "global_id");
                entity.global_evidence = value(fields, "global_evidence");
            }
        }
        let of_text = line.layers.quotes.iter_mut().flatten();
        let of_title = line.headline.iter_mut().flat_map(|layers| layers.quotes.iter_mut().flatten());
        let mut quotes: Vec<&mut Quote<'_>> = of_text.chain(of_title).collect();
        for (place, fields) in &self.quotes {
            if let Some(quote) = quotes.get_mut(*place) {
                quote.quotation = value(fields, "quotation");
                quote.quotation_match = value(fields, "quotation_match");
            }
        }
    }
}
