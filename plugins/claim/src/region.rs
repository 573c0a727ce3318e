//! The part of a sentence by the same speaker as a figure, and the entities that it mentions.

use std::ops::Range;

use copydesk_core::layers::{EntityId, EntityKind, Mention, MentionForm, Quote, QuoteId};
use copydesk_core::{DocumentView, Span, ZoneKind};

use crate::clause::Page;

/// The contents of the quotes, and the mentions, in text order.
pub(crate) struct Regions<'d> {
    doc: &'d DocumentView<'d>,
    /// Each span of content with its quote.
    contents: Vec<(Span, QuoteId)>,
    mentions: Vec<Mention>,
    /// The cues of the quotes, in text order.
    cues: Vec<Span>,
    /// Datelines and bylines, whose places and authors are not claims of the article.
    headings: Vec<Span>,
}

impl<'d> Regions<'d> {
    pub(crate) fn of(doc: &'d DocumentView<'d>) -> Self {
        let parts = |quote: Quote<'d>| quote.content().iter().map(move |part| (*part, quote.id()));
        let mut contents: Vec<(Span, QuoteId)> = doc.quotes().flat_map(parts).collect();
        contents.sort_unstable_by_key(|(span, _)| (span.start(), span.end()));
        let mut cues: Vec<Span> = doc.quotes().filter_map(|quote| quote.cue()).map(|cue| cue.span).collect();
        cues.sort_unstable();
        let heading = |kind| matches!(kind, ZoneKind::Dateline | ZoneKind::Byline);
        let headings = doc.zones().iter().filter(|zone| heading(zone.kind())).map(|zone| zone.span());
        let mut regions = Self { doc, contents, mentions: Vec::new(), cues, headings: headings.collect() };
        regions.mentions = doc.mentions().filter(|mention| !regions.is_heading(mention.span)).collect();
        regions
    }

    /// The tokens around a figure, within its sentence, by the same speaker: those of its quote's content, or those
    /// between the quotes.
    pub(crate) fn voice(
        &self,
        page: &Page<'_>,
        sentence: &Range<usize>,
        at: Span,
        quote: Option<QuoteId>,
    ) -> Range<usize> {
        let tokens = page.tokens(at);
        let near =
            tokens.start.saturating_sub(WINDOW).max(sentence.start)..(tokens.end + WINDOW).min(sentence.end);
        let bounds = self.doc.token_span(near.start, near.end);
        // A quote may begin several sentences before, with other quotes inside it.
        let inside = self.contents.partition_point(|(part, _)| part.start() < bounds.start());
        let first = inside.saturating_sub(OUTER);
        let here = self.contents[first..].iter().take_while(|(part, _)| part.start() < bounds.end());
        let here = here.filter(|(part, _)| part.end() > bounds.start());
        let (mut start, mut end) = (bounds.start(), bounds.end());
        for &(part, of) in here {
            if quote == Some(of) && part.contains(at) {
                (start, end) = (start.max(part.start()), end.min(part.end()));
            } else if quote != Some(of) && !part.contains(at) {
                if part.end() <= at.start() {
                    start = start.max(part.end());
                } else if part.start() >= at.end() {
                    end = end.min(part.start());
                }
            }
        }
        let first = page.doc.token_at(start).max(near.start);
        let mut last = first;
        while last < near.end && page.doc.tokens().get(last).is_some_and(|token| token.span().start() < end) {
            last += 1;
        }
        first..last
    }

    /// The entities mentioned in a span that have a name, in text order without duplicates.
    pub(crate) fn entities(&self, span: Span) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = Vec::new();
        for mention in self.mentions_in(span) {
            let other =
                self.doc.entity(mention.entity).is_none_or(|entity| entity.kind() == EntityKind::Other);
            if !other && !found.contains(&mention.entity) && found.len() < MAX_ENTITIES {
                found.push(mention.entity);
            }
        }
        found
    }

    /// Whether the cue of a quote contains a span.
    pub(crate) fn is_cue(&self, span: Span) -> bool {
        holds(&self.cues, span)
    }

    /// Whether a span is part of a dateline or byline.
    pub(crate) fn is_heading(&self, span: Span) -> bool {
        holds(&self.headings, span)
    }

    /// Whether a span mentions an entity other than by a pronoun.
    pub(crate) fn names_somebody(&self, span: Span) -> bool {
        self.mentions_in(span).any(|mention| mention.form != MentionForm::Pronoun)
    }

    pub(crate) fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        self.mentions[from..]
            .iter()
            .take_while(move |mention| mention.span.start() < span.end())
            .filter(move |mention| span.contains(mention.span))
    }
}

/// Whether one of several spans in text order contains the start of another.
fn holds(spans: &[Span], span: Span) -> bool {
    let after = spans.partition_point(|held| held.start() <= span.start());
    after.checked_sub(1).is_some_and(|place| span.start() < spans[place].end())
}

/// The maximum distance of a clause's ends from its figure, in tokens; in longer sentences the grammar is not reliable.
const WINDOW: usize = 150;
/// The maximum number of preceding quotes that are checked.
const OUTER: usize = 32;

/// A claim about more entities than this is about a list.
const MAX_ENTITIES: usize = 8;
