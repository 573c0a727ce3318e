//! Converts lines of output to rows of tables.

use std::ops::Range;
use std::sync::Arc;

use copydesk_core::{Document, DocumentView, Source};

use super::column::Table;
use super::context::{Context, Place};
use super::define::{self, DOCUMENTS};
use super::rows::{Rows, Sizes, TableRows};
use crate::output::OffsetMap;
use crate::output::parsed::{ParsedLayers, ParsedLine};

/// The selected tables.
#[derive(Clone, Debug, Default)]
pub enum Wanted {
    /// All of them.
    #[default]
    All,
    /// The tables with these names.
    Named(Vec<String>),
}

impl Wanted {
    /// The union of several selections.
    pub fn any_of<'w>(all: impl IntoIterator<Item = &'w Self>) -> Self {
        let mut names = Vec::new();
        for wanted in all {
            match wanted {
                Self::All => return Self::All,
                Self::Named(more) => names.extend(more.iter().cloned()),
            }
        }
        Self::Named(names)
    }

    /// Whether a table is selected.
    pub fn has(&self, table: &Table) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| *name == table.name),
        }
    }
}

/// The sentences of a document, and of its title if that was analysed, as byte ranges.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    text: Vec<Range<u32>>,
    title: Vec<Range<u32>>,
}

impl Sentences {
    /// Removes all, for a document that was not analysed.
    pub fn clear(&mut self) {
        self.text.clear();
        self.title.clear();
    }

    /// Copies the sentences of a document and its headline.
    pub fn load(&mut self, document: &DocumentView<'_>, headline: Option<&DocumentView<'_>>) {
        let fill = |into: &mut Vec<Range<u32>>, view: Option<&DocumentView<'_>>| {
            into.clear();
            let sentences = view.into_iter().flat_map(DocumentView::sentences);
            into.extend(sentences.map(|sentence| sentence.span().start()..sentence.span().end()));
        };
        fill(&mut self.text, Some(document));
        fill(&mut self.title, headline);
    }

    /// Segments the text of a line again; this depends on nothing else.
    pub fn find(&mut self, line: &ParsedLine<'_>, scratch: &mut [Document; 2]) {
        self.clear();
        let title = line.title.as_deref();
        let [document, headline] = scratch;
        if document.load(Source { text: &line.text, title, ..Source::default() }).is_err() {
            return;
        }
        let analysed = title.filter(|_| line.headline.is_some());
        let headline = analysed.and_then(|text| {
            headline.load(Source { text, title, ..Source::default() }).ok()?;
            Some(headline.view())
        });
        self.load(&document.view(), headline.as_ref());
    }
}

/// Converts lines to rows.
#[derive(Clone, Debug, Default)]
pub struct RowBuilder {
    wanted: Wanted,
    /// The tables so far; a table is added when its layer first occurs in a line.
    tables: Vec<Arc<Table>>,
    offsets: [OffsetMap; 2],
    /// The sizes of the last batch.
    last: Sizes,
}

impl RowBuilder {
    /// A builder for these tables, and for other selected tables whose layers occur.
    pub fn new(wanted: Wanted, tables: Vec<Arc<Table>>) -> Self {
        let tables = tables.into_iter().filter(|table| wanted.has(table)).collect();
        Self { wanted, tables, offsets: Default::default(), last: Sizes::default() }
    }

    /// Empty rows for the tables so far.
    pub fn rows(&self) -> Rows {
        Rows {
            documents: Vec::new(),
            tables: self.tables.iter().map(|table| TableRows::new(Arc::clone(table))).collect(),
        }
    }

    /// The same with room for a batch of this many bytes, judging by the last batch.
    pub fn rows_for(&self, input: usize) -> Rows {
        let mut rows = self.rows();
        self.last.reserve(&mut rows, input);
        rows
    }

    /// Remembers how much memory the rows of a batch of this many bytes have needed.
    pub fn filled(&mut self, rows: &Rows, input: usize) {
        self.last = Sizes::of(rows, input);
    }

    /// Adds the rows of a document to `rows`, which must come from this builder.
    pub fn add(&mut self, line: &ParsedLine<'_>, sentences: &Sentences, rows: &mut Rows) {
        let document = rows.documents.len();
        rows.documents.push(line.id.to_string());
        self.meet(line, rows);
        let [text_offsets, title_offsets] = &mut self.offsets;
        text_offsets.count(line.offset_unit);
        text_offsets.load(&line.text);
        let layers = &line.layers;
        let article = Context::new(Place::Text, &line.text, text_offsets, &sentences.text, layers, None);
        for table in &mut rows.tables {
            if table.table.name == DOCUMENTS {
                define::fill_document(line, table, document);
            } else {
                define::fill(&article, table, document);
            }
        }
        let (Some(headline), Some(title)) = (&line.headline, &line.title) else { return };
        title_offsets.count(line.offset_unit);
        title_offsets.load(title);
        let cx = Context::new(Place::Title, title, title_offsets, &sentences.title, headline, Some(layers));
        for table in &mut rows.tables {
            define::fill(&cx, table, document);
        }
    }

    /// Adds the tables of layers that occur for the first time.
    fn meet(&mut self, line: &ParsedLine<'_>, rows: &mut Rows) {
        let layers = [Some(&line.layers), line.headline.as_ref()];
        for layer in layers.into_iter().flatten().flat_map(layer_names) {
            if self.tables.iter().any(|table| table.layer.as_deref() == Some(layer)) {
                continue;
            }
            for table in define::of_layer(layer).into_iter().filter(|table| self.wanted.has(table)) {
                rows.tables.push(TableRows::new(Arc::clone(&table)));
                self.tables.push(table);
            }
        }
    }
}

/// The layers in a line, including empty ones.
fn layer_names<'l>(layers: &'l ParsedLayers<'_>) -> impl Iterator<Item = &'l str> {
    use copydesk_core::layer::{CLAIMS, ENTITIES, FIGURES, QUOTES, SENTIMENT};
    let own = [
        (ENTITIES, layers.entities.is_some()),
        (QUOTES, layers.quotes.is_some()),
        (FIGURES, layers.figures.is_some()),
        (SENTIMENT, layers.sentiment.is_some()),
        (CLAIMS, layers.claims.is_some()),
    ];
    let custom = layers.layers.iter().flat_map(|layers| &layers.0).map(|(name, _)| &**name);
    own.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).chain(custom)
}
