//! A document: its text, its segmentation and its annotations.

use crate::absorb::{self, Violation};
use crate::emitter::Emitter;
use crate::layers::{Layers, LayersView};
use crate::segment::{Paragraph, Segmentation, Sentence, Token, Zone, ZoneKind, segment};
use crate::{Span, link};

/// A document as it is read from the input, before any stage has run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// Its id in the output.
    pub id: &'a str,
    /// The text; every span refers to it. Never changed.
    pub text: &'a str,
    /// The headline, if the input has one that is separate from the text.
    pub title: Option<&'a str>,
    /// The date of publication, as written in the input; stages resolve relative dates against it.
    pub date: Option<&'a str>,
    /// Sentiment targets listed in the input, as spans of the text.
    pub targets: &'a [Span],
}

/// A document that is longer than spans can reach (4 GiB).
#[derive(Debug, thiserror::Error)]
#[error("the text has {0} bytes; a document may have at most 4 GiB")]
pub struct TooLong(usize);

/// A document and everything found in it. It can be loaded again with another document and then reuses its memory.
#[derive(Clone, Debug, Default)]
pub struct Document {
    id: String,
    text: String,
    title: Option<String>,
    date: Option<String>,
    targets: Vec<Span>,
    segmentation: Segmentation,
    layers: Layers,
    explained: bool,
}

impl Document {
    /// A segmented document without annotations.
    pub fn new(source: Source<'_>) -> Result<Self, TooLong> {
        let mut document = Self::default();
        document.load(source)?;
        Ok(document)
    }

    /// Replaces the document by another one: copies the source, segments it, drops all annotations.
    pub fn load(&mut self, source: Source<'_>) -> Result<(), TooLong> {
        if source.text.len() >= u32::MAX as usize {
            return Err(TooLong(source.text.len()));
        }
        let replace = |held: &mut String, new: &str| {
            held.clear();
            held.push_str(new);
        };
        replace(&mut self.id, source.id);
        replace(&mut self.text, source.text);
        self.title = source.title.map(str::to_owned);
        self.date = source.date.map(str::to_owned);
        self.targets.clear();
        self.targets.extend(source.targets.iter().filter(|span| span.is_valid_in(source.text)));
        self.layers.clear();
        segment(&self.text, self.title.as_deref(), &mut self.segmentation);
        Ok(())
    }

    /// Makes stages report the annotations that they suppress, in this document and those loaded later.
    pub fn explain(&mut self, explained: bool) {
        self.explained = explained;
    }

    /// The read-only view that is passed to stages.
    pub fn view(&self) -> DocumentView<'_> {
        DocumentView {
            id: &self.id,
            text: &self.text,
            title: self.title.as_deref(),
            date: self.date.as_deref(),
            targets: &self.targets,
            tokens: &self.segmentation.tokens,
            sentences: &self.segmentation.sentences,
            paragraphs: &self.segmentation.paragraphs,
            zones: &self.segmentation.zones,
            layers: self.layers.view(),
            explained: self.explained,
        }
    }

    /// Changes values of custom layers: `change` receives layer and value and returns the new value, JSON.
    pub(crate) fn change_values(&mut self, change: impl Fn(&str, &str) -> Option<String>) {
        for place in 0..self.layers.customs.len() {
            let record = self.layers.customs[place];
            let changed = change(self.layers.str(record.layer), self.layers.str(record.payload));
            if let Some(changed) = changed {
                self.layers.customs[place].payload = self.layers.push_str(&changed);
            }
        }
    }

    /// Adds the annotations that a stage emitted: checks them, sorts them, and links them with those of the document.
    ///
    /// `provides` names the layers that the stage declared; annotations of other layers are an error. On an error the document is
    /// unchanged.
    // Not inlined, so that the instruction budget can measure it separately from the stages.
    #[inline(never)]
    pub fn absorb<S: AsRef<str>>(&mut self, emitted: &Emitter, provides: &[S]) -> Result<(), Violation> {
        let filled_layers = absorb::absorb(
            &mut self.layers,
            &self.text,
            self.segmentation.tokens.len(),
            &emitted.layers,
            provides,
        )?;
        link::link(&mut self.layers, &self.text, filled_layers);
        Ok(())
    }
}

/// A document as a stage sees it: text, segmentation and the annotations of earlier stages, all read-only.
#[derive(Clone, Copy, Debug)]
pub struct DocumentView<'a> {
    pub(crate) id: &'a str,
    pub(crate) text: &'a str,
    pub(crate) title: Option<&'a str>,
    pub(crate) date: Option<&'a str>,
    pub(crate) targets: &'a [Span],
    pub(crate) tokens: &'a [Token],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) paragraphs: &'a [Paragraph],
    pub(crate) zones: &'a [Zone],
    pub(crate) layers: LayersView<'a>,
    pub(crate) explained: bool,
}

impl<'a> DocumentView<'a> {
    /// The document's id.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The headline, if the input has one that is separate from the text.
    pub fn title(&self) -> Option<&'a str> {
        self.title
    }

    /// The date of publication as written in the input, normally ISO 8601.
    pub fn date(&self) -> Option<&'a str> {
        self.date
    }

    /// Sentiment targets listed in the input.
    pub fn given_targets(&self) -> &'a [Span] {
        self.targets
    }

    /// All tokens, in text order.
    pub fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// All sentences, in text order.
    pub fn sentences(&self) -> &'a [Sentence] {
        self.sentences
    }

    /// All paragraphs, in text order.
    pub fn paragraphs(&self) -> &'a [Paragraph] {
        self.paragraphs
    }

    /// Headline, byline and datelines, in text order; the rest of the text is the body.
    pub fn zones(&self) -> &'a [Zone] {
        self.zones
    }

    /// The kind of zone at a byte offset of the text.
    pub fn zone_at(&self, offset: u32) -> ZoneKind {
        self.zones
            .iter()
            .find(|zone| zone.span().start() <= offset && offset < zone.span().end())
            .map_or(ZoneKind::Body, |zone| zone.kind())
    }

    /// The text of a span.
    #[inline]
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The span `start..end`, or `None` if it is not a valid span of this text.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        Span::checked(self.text, start, end)
    }

    /// The span of the tokens `first..end`; an empty span at offset 0 if there are none.
    pub fn token_span(&self, first: usize, end: usize) -> Span {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.span() <= last.span() => first.span().cover(last.span()),
            _ => Span::default(),
        }
    }

    /// The index of the first token that ends after `offset`: the token that contains the byte, or the next one.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span().end() <= offset)
    }

    /// The indices of the tokens that overlap a span.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.token_at(span.start());
        let count = self.tokens[first..].iter().take_while(|token| token.span().start() < span.end()).count();
        first..first + count
    }
}
