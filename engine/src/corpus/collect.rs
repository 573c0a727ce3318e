//! The first pass: collects what the second pass needs of each document.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::copies::Copies;
use super::people::{Name, People, Scene, Seen, other};
use super::quotations::{Candidate, Quotations, Speaker};
use super::sketch::Sketch;
use super::store::Store;
use super::words::{self, of_quote};
use super::{CorpusError, CorpusOptions, Found, Identification};
use crate::lines::{Chunk, in_parallel};
use crate::output::ParsedLine;
use crate::output::parsed::{Entity, ParsedLayers, Quote};
use crate::tables::Keys;

/// A document of a chunk.
struct Document {
    id: String,
    sketch: Option<Sketch>,
    quotes: Vec<(Candidate, String)>,
    scene: Scene,
}

/// A chunk of lines.
struct Part {
    documents: Vec<Document>,
    failures: Vec<String>,
    /// A line that `copydesk corpus` has written already.
    done: Option<(PathBuf, u64)>,
}

/// The data kept by the first pass.
pub(super) struct Collected {
    copies: Copies,
    quotes: Quotations,
    people: People,
    keys: Texts,
    quote_ids: Texts,
    /// The document of each quote.
    quote_documents: Vec<u32>,
    chunks: Vec<(u32, u32)>,
    failures: Vec<String>,
    failed: u64,
}

/// Parses a line, as both passes do.
pub(super) fn parse(line: &[u8]) -> Result<ParsedLine<'_>, serde_json::Error> {
    serde_json::from_slice(line)
}

/// Whether `copydesk corpus` has written a line already.
fn is_done(line: &ParsedLine<'_>) -> bool {
    let layers = || std::iter::once(&line.layers).chain(&line.headline);
    let mut entities = layers().flat_map(|layers| layers.entities.iter().flatten());
    let mut quotes = layers().flat_map(|layers| layers.quotes.iter().flatten());
    line.duplicate_cluster.is_some()
        || entities.any(|entity| entity.global_id.is_some())
        || quotes.any(|quote| quote.quotation.is_some())
}

/// Reads the files.
pub(super) fn collect(files: &[PathBuf], options: &CorpusOptions) -> Result<Collected, CorpusError> {
    // Entries of both sorters take 16 bytes each; their pairs are sorted after the others are done.
    let entries = (options.memory / 32).max(1024);
    let mut collected = Collected {
        copies: Copies::new(entries)?,
        quotes: Quotations::new(entries)?,
        people: People::default(),
        keys: Texts::new()?,
        quote_ids: Texts::new()?,
        quote_documents: Vec::new(),
        chunks: Vec::new(),
        failures: Vec::new(),
        failed: 0,
    };
    let mut keys = Keys::default();
    in_parallel(
        files,
        || (),
        |(), chunk| read(chunk, options),
        |part: Part| collected.take(part, &mut keys),
    )?;
    Ok(collected)
}

/// The number of failures kept.
const SHOWN: usize = 5;

impl Collected {
    fn take(&mut self, part: Part, keys: &mut Keys) -> Result<(), CorpusError> {
        if let Some((path, line)) = part.done {
            return Err(CorpusError::Again { path, line });
        }
        self.chunks.push((self.keys.count(), self.quote_ids.count()));
        self.failed += part.failures.len() as u64;
        let room = SHOWN.saturating_sub(self.failures.len());
        self.failures.extend(part.failures.into_iter().take(room));
        for document in part.documents {
            let number = self.keys.count();
            let key = keys.next(&document.id);
            self.keys.add(key.as_ref().unwrap_or(&document.id))?;
            self.copies.add(document.sketch.as_ref())?;
            self.people.add(&document.scene);
            for (mut quote, id) in document.quotes {
                quote.document = number;
                self.quotes.add(&mut quote)?;
                self.quote_ids.add(&id)?;
                self.quote_documents.push(number);
            }
        }
        Ok(())
    }

    /// Finds copies, repeated quotes and people.
    pub(super) fn find(self, options: &CorpusOptions) -> Result<Found, CorpusError> {
        let entries = (options.memory / 16).max(1024);
        let copies = match options.copies {
            Some(likeness) => self.copies.find(entries, likeness)?,
            None => HashMap::new(),
        };
        let quotes = self.quotes.find(entries)?;
        let firsts: HashSet<u32> = quotes.values().map(|same| same.quotation).collect();
        let quote_ids = self.quote_ids.take(&firsts)?;
        let document = |quote: u32| self.quote_documents.get(quote as usize).copied().unwrap_or(0);
        let quote_ids: HashMap<u32, (u32, String)> =
            quote_ids.into_iter().map(|(quote, id)| (quote, (document(quote), id))).collect();
        let mut referred: HashSet<u32> = quote_ids.values().map(|(document, _)| *document).collect();
        referred.extend(copies.values().flat_map(|copy| copy.of.into_iter().chain([copy.cluster])));
        let keys = self.keys.take(&referred)?;
        let (people, chunks, failures) = (self.people, self.chunks, self.failures);
        Ok(Found { copies, quotes, people, keys, quote_ids, chunks, failures, failed: self.failed })
    }
}

fn read(chunk: &Chunk<'_>, options: &CorpusOptions) -> Part {
    let mut part = Part { documents: Vec::new(), failures: Vec::new(), done: None };
    for (number, line) in chunk.lines() {
        match parse(line) {
            Ok(line) if is_done(&line) => part.done = Some((chunk.path.to_owned(), number)),
            Ok(line) => part.documents.push(document(&line, options)),
            Err(error) => part
                .failures
                .push(format!("{}:{number}: not a line written by copydesk: {error}", chunk.path.display())),
        }
    }
    part
}

fn document(line: &ParsedLine<'_>, options: &CorpusOptions) -> Document {
    let sketch = options.copies.and_then(|_| {
        let mut words = Vec::new();
        words::hashes(&line.text, &mut words);
        Sketch::new(&words, facts(&line.layers))
    });
    let scene = match options.people {
        Identification::Corpus => scene(line),
        Identification::Off | Identification::Listed(_) => Scene::default(),
    };
    let quotes = if options.quotations { quotes(line) } else { Vec::new() };
    Document { id: line.id.to_string(), sketch, quotes, scene }
}

/// The names and figures of a text: two reports written to one pattern differ in them.
fn facts(layers: &ParsedLayers<'_>) -> Vec<u32> {
    let entities = layers.entities.iter().flatten().map(|entity| &entity.name);
    let figures = layers.figures.iter().flatten().map(|figure| &figure.text);
    entities.chain(figures).map(|text| copydesk_core::hash_lower(text) as u32).collect()
}

/// The quotes of a line in the order in which both passes count them: of the text, then of the title.
pub(super) fn all_quotes<'l, 'a>(line: &'l ParsedLine<'a>) -> impl Iterator<Item = (&'l Quote<'a>, bool)> {
    let of_text = line.layers.quotes.iter().flatten().map(|quote| (quote, false));
    of_text.chain(
        line.headline.iter().flat_map(|layers| layers.quotes.iter().flatten()).map(|quote| (quote, true)),
    )
}

fn quotes(line: &ParsedLine<'_>) -> Vec<(Candidate, String)> {
    let candidate = |(quote, title): (&Quote<'_>, bool)| {
        // Offsets of a title start after any text, so that they never overlap those of the text.
        let place = |offset: u64| if title { u32::MAX / 2 + (offset as u32 & 0xFFFF) } else { offset as u32 };
        let candidate = Candidate {
            document: 0,
            span: (place(quote.start), place(quote.end)),
            direct: &*quote.kind == "direct",
            speaker: speaker(line, quote),
            words: of_quote(&quote.text),
        };
        (candidate, quote.id.to_string())
    };
    let mut all: Vec<(Candidate, String)> = all_quotes(line).map(candidate).collect();
    // Words around a quote ("he was angry: …") were not said: only the inner quote is used.
    let spans: Vec<(u32, u32)> =
        all.iter().filter(|(quote, _)| quote.direct).map(|(quote, _)| quote.span).collect();
    for (quote, _) in all.iter_mut().filter(|(quote, _)| !quote.direct) {
        let (start, end) = quote.span;
        if spans.iter().any(|(inner, until)| start <= *inner && *until <= end) {
            quote.words.clear();
        }
    }
    all
}

/// The speaker, or the entity that an unnamed one belongs to.
fn speaker(line: &ParsedLine<'_>, quote: &Quote<'_>) -> Speaker {
    let hash = |text: &str| (copydesk_core::hash_lower(text) as u32).max(1);
    let Some(speaker) = &quote.speaker else { return Speaker::default() };
    let (name, id) = match (&speaker.name, &speaker.of_name) {
        (Some(name), _) => (name, &speaker.entity),
        (None, Some(name)) => (name, &speaker.of),
        (None, None) => return Speaker::default(),
    };
    let layers = std::iter::once(&line.layers).chain(&line.headline);
    let mut entities = layers.flat_map(|layers| layers.entities.iter().flatten());
    if !entities.any(|entity| id.as_ref() == Some(&entity.id) && &*entity.kind == "person") {
        return Speaker { last: hash(name), whole: hash(name) };
    }
    let name = Name::of(name);
    Speaker { last: hash(name.surname()), whole: if name.is_full() { hash(&name.key()) } else { 0 } }
}

/// The people of a line, and the other names in it.
pub(super) fn scene(line: &ParsedLine<'_>) -> Scene {
    let mut scene = Scene::default();
    for entity in line.layers.entities.iter().flatten() {
        match &*entity.kind {
            "person" => {
                scene.others.push(other(&entity.name));
                scene.people.push(seen(entity));
            }
            "location" => {}
            _ => scene.others.push(other(&entity.name)),
        }
    }
    scene.others.sort_unstable();
    scene.others.dedup_by_key(|(hash, _)| *hash);
    scene
}

/// A person of a line.
pub(super) fn seen(entity: &Entity<'_>) -> Seen {
    #[derive(serde::Deserialize)]
    struct Attributes {
        role: Option<String>,
    }
    let attributes = entity.attributes.as_ref();
    let attributes = attributes.and_then(|json| serde_json::from_str::<Attributes>(&json.0).ok());
    Seen {
        name: Name::of(&entity.name),
        role: attributes.and_then(|read| read.role).map(|role| role.to_lowercase()),
    }
}

/// Texts in a temporary file, by number.
struct Texts {
    store: Store,
    ends: Vec<u64>,
}

impl Texts {
    fn new() -> Result<Self, CorpusError> {
        Ok(Self { store: Store::new()?, ends: Vec::new() })
    }

    fn count(&self) -> u32 {
        self.ends.len() as u32
    }

    fn add(&mut self, text: &str) -> Result<(), CorpusError> {
        let end = self.store.add(text.as_bytes())? + text.len() as u64;
        self.ends.push(end);
        Ok(())
    }

    /// Reads the texts with these numbers.
    fn take(self, numbers: &HashSet<u32>) -> Result<HashMap<u32, String>, CorpusError> {
        let mut stored = self.store.finish()?;
        let mut ordered: Vec<u32> = numbers.iter().copied().collect();
        ordered.sort_unstable();
        let mut texts = HashMap::with_capacity(ordered.len());
        for number in ordered {
            let Some(end) = self.ends.get(number as usize).copied() else { continue };
            let start = (number as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
            let mut bytes = vec![0; (end - start) as usize];
            stored.read(start, &mut bytes)?;
            texts.insert(number, String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(texts)
    }
}
