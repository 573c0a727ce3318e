//! A document: its text, its segmentation and its annotations.

use crate::emitter::Emitter;
use crate::layers::{
    self, Custom, Entity, EntityId, Figure, FigureId, Layers, LayersView, Mention, PartOfSpeech, Quote,
    QuoteId, Sentiment,
};
use crate::receive::{self, Violation};
use crate::segment::{Paragraph, Segmentation, Sentence, Token, Zone, ZoneKind, segment};
use crate::{Span, link};

/// What is known of a document before any stage looks at it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// Its id in the output.
    pub id: &'a str,
    /// The text; every span refers to it. Never changed.
    pub text: &'a str,
    /// The headline, where the input has one beside the text.
    pub title: Option<&'a str>,
    /// The day of publication, as the input gives it; stages resolve relative dates against it.
    pub date: Option<&'a str>,
    /// Targets that the input names, as spans of the text.
    pub targets: &'a [Span],
}

/// A document that is longer than spans can reach (4 GiB).
#[derive(Debug, thiserror::Error)]
#[error("the text has {0} bytes; a document may have at most 4 GiB")]
pub struct TooLong(usize);

/// A document and everything found in it. Reused from one document to the next, it keeps its memory.
#[derive(Clone, Debug, Default)]
pub struct Document {
    id: String,
    text: String,
    title: Option<String>,
    date: Option<String>,
    targets: Vec<Span>,
    segmentation: Segmentation,
    layers: Layers,
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

    /// The read-only view that stages get.
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
        }
    }

    /// Takes over what a stage emitted: checks it, sorts it, and links it with what is there.
    ///
    /// `provides` names the layers that the stage said it would fill; anything else is refused. Nothing is taken over from
    /// an emitter with an error in it.
    pub fn absorb<S: AsRef<str>>(&mut self, emitted: &Emitter, provides: &[S]) -> Result<(), Violation> {
        let arrived = receive::absorb(
            &mut self.layers,
            &self.text,
            self.segmentation.tokens.len(),
            emitted.layers(),
            provides,
        )?;
        link::link(&mut self.layers, arrived);
        Ok(())
    }
}

/// The parts of speech of a document's tokens.
#[derive(Clone, Copy, Debug)]
pub struct PartsOfSpeech<'a> {
    tags: &'a [u8],
}

impl PartsOfSpeech<'_> {
    /// Whether no stage gave any.
    pub const fn is_empty(self) -> bool {
        self.tags.is_empty()
    }

    /// That of the token at `index`.
    #[inline]
    pub fn get(self, index: usize) -> Option<PartOfSpeech> {
        self.tags.get(index).copied().and_then(PartOfSpeech::from_byte)
    }
}

/// A document as a stage sees it: text, segmentation and the annotations of the stages before, all read-only.
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

    /// The headline that the input gave beside the text.
    pub fn title(&self) -> Option<&'a str> {
        self.title
    }

    /// The day of publication as the input gave it, normally ISO 8601.
    pub fn date(&self) -> Option<&'a str> {
        self.date
    }

    /// Targets that the input named.
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

    /// Headline, byline, datelines, in text order; what is in none of them is body.
    pub fn zones(&self) -> &'a [Zone] {
        self.zones
    }

    /// The zone in which a byte of the text stands.
    pub fn zone_at(&self, offset: u32) -> ZoneKind {
        self.zones
            .iter()
            .find(|zone| zone.span().start() <= offset && offset < zone.span().end())
            .map_or(ZoneKind::Body, |zone| zone.kind())
    }

    /// The words under a span.
    #[inline]
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The span `start..end`, or `None` where it is no stretch of this text.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        Span::checked(self.text, start, end)
    }

    /// The span of the tokens `first..end` (`end` excluded); empty at the text's start where there are none.
    pub fn token_span(&self, first: usize, end: usize) -> Span {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.span() <= last.span() => first.span().cover(last.span()),
            _ => Span::default(),
        }
    }

    /// The index of the first token that ends after `offset`: the one that holds the byte, or the next one.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span().end() <= offset)
    }

    /// The indices of the tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.token_at(span.start());
        let count = self.tokens[first..].iter().take_while(|token| token.span().start() < span.end()).count();
        first..first + count
    }

    /// The entities, by first mention.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> {
        layers::entities(&self.layers)
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> Option<Entity<'_>> {
        (id.index() < self.layers.entities.len()).then_some(Entity { layers: &self.layers, index: id.0 })
    }

    /// The mentions of all entities that start inside a span, in text order.
    pub fn mentions_in(&self, within: Span) -> impl Iterator<Item = Mention> + '_ {
        layers::mentions_in(&self.layers, within)
    }

    /// All mentions, in text order.
    pub fn mentions(&self) -> impl ExactSizeIterator<Item = Mention> + '_ {
        self.layers.mention_order.iter().map(|&at| Mention::of(&self.layers.mentions[at as usize]))
    }

    /// The quotes, in text order.
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = Quote<'_>> {
        layers::quotes(&self.layers)
    }

    /// One quote.
    pub fn quote(&self, id: QuoteId) -> Option<Quote<'_>> {
        (id.index() < self.layers.quotes.len()).then_some(Quote { layers: &self.layers, index: id.0 })
    }

    /// The figures, in text order.
    pub fn figures(&self) -> impl ExactSizeIterator<Item = Figure<'_>> {
        layers::figures(&self.layers)
    }

    /// One figure.
    pub fn figure(&self, id: FigureId) -> Option<Figure<'_>> {
        (id.index() < self.layers.figures.len()).then_some(Figure { layers: &self.layers, index: id.0 })
    }

    /// The parts of speech, one a token in text order; empty where no stage gave them.
    pub fn parts_of_speech(&self) -> PartsOfSpeech<'a> {
        PartsOfSpeech { tags: self.layers.tags }
    }

    /// The sentiment layer.
    pub fn sentiment(&self) -> Sentiment<'_> {
        Sentiment { layers: &self.layers }
    }

    /// The annotations of custom layers, by layer and text order.
    pub fn customs(&self) -> impl ExactSizeIterator<Item = Custom<'_>> {
        self.layers.customs.iter().map(|record| Custom { layers: &self.layers, record })
    }

    /// Whether nothing was found.
    pub fn has_annotations(&self) -> bool {
        let layers = &self.layers;
        !(layers.entities.is_empty()
            && layers.quotes.is_empty()
            && layers.figures.is_empty()
            && layers.summaries.is_empty()
            && layers.customs.is_empty())
    }
}
