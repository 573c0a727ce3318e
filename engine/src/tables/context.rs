//! The context for the rows of a document: the text of spans, sentences, and other annotations by id.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::output::parsed::{Entity, EntityTone, Figure, ParsedLayers, Part, Quote};
use crate::output::{OffsetMap, Words};

/// The part of a document that offsets refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Title,
}

impl Place {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
        }
    }
}

/// A text with its annotations.
pub(super) struct Context<'c> {
    pub(super) place: Place,
    pub(super) text: &'c str,
    pub(super) offsets: &'c OffsetMap,
    /// The sentences, as byte ranges.
    pub(super) sentences: &'c [Range<u32>],
    pub(super) layers: &'c ParsedLayers<'c>,
    /// For a headline, the annotations of the article, which its ids may refer to.
    pub(super) article: Option<&'c ParsedLayers<'c>>,
    quotes: Nested,
    tones: HashMap<&'c str, &'c EntityTone<'c>>,
}

impl<'c> Context<'c> {
    pub(super) fn new(
        place: Place,
        text: &'c str,
        offsets: &'c OffsetMap,
        sentences: &'c [Range<u32>],
        layers: &'c ParsedLayers<'c>,
        article: Option<&'c ParsedLayers<'c>>,
    ) -> Self {
        let quotes = layers.quotes.as_deref().unwrap_or(&[]).iter().enumerate();
        let spans = quotes
            .flat_map(|(place, quote)| quote.content.iter().map(move |part| (part.start, part.end, place)));
        let tones = layers.sentiment.iter().flat_map(|sentiment| &sentiment.entities);
        let tones = tones.map(|tone| (&*tone.entity, tone)).collect();
        Self { place, text, offsets, sentences, layers, article, quotes: Nested::new(spans), tones }
    }

    fn byte(&self, offset: u64) -> Option<usize> {
        self.offsets.to_byte(self.text, offset)
    }

    /// The text of a span; `None` if it is not valid in the text, as in a line that was edited by hand.
    pub(super) fn words(&self, start: u64, end: u64) -> Option<&'c str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    /// The text of several spans, separated by "; ".
    pub(super) fn all_words(&self, parts: &[Part<'_>]) -> Option<String> {
        joined(parts.iter().filter_map(|part| self.words(part.start, part.end)))
    }

    /// The sentence that contains an offset.
    pub(super) fn sentence(&self, start: u64) -> Option<&'c str> {
        let byte = u32::try_from(self.byte(start)?).ok()?;
        let place = self.sentences.partition_point(|sentence| sentence.end <= byte);
        let sentence = self.sentences.get(place).filter(|sentence| sentence.start <= byte)?;
        self.text.get(sentence.start as usize..sentence.end as usize)
    }

    /// An entity of this text or of the article.
    pub(super) fn entity(&self, id: &str) -> Option<&'c Entity<'c>> {
        let entities = |layers: &'c ParsedLayers<'c>| layers.entities.as_deref().unwrap_or(&[]);
        find(entities(self.layers), id, |entity| &entity.id)
            .or_else(|| find(entities(self.article?), id, |entity| &entity.id))
    }

    /// The tone towards an entity.
    pub(super) fn tone(&self, entity: &str) -> Option<&'c EntityTone<'c>> {
        self.tones.get(entity).copied()
    }

    /// The name of an entity.
    pub(super) fn name(&self, id: Option<&Words<'_>>) -> Option<&'c str> {
        Some(&self.entity(id?)?.name)
    }

    /// A figure of this text.
    pub(super) fn figure(&self, id: &str) -> Option<&'c Figure<'c>> {
        find(self.layers.figures.as_deref().unwrap_or(&[]), id, |figure| &figure.id)
    }

    /// A quote of this text.
    pub(super) fn quote(&self, id: &str) -> Option<&'c Quote<'c>> {
        find(self.layers.quotes.as_deref().unwrap_or(&[]), id, |quote| &quote.id)
    }

    /// The id of the innermost quote whose content covers a span.
    pub(super) fn quote_around(&self, start: u64, end: u64) -> Option<&'c str> {
        let place = self.quotes.innermost(start, end)?;
        self.layers.quotes.as_deref()?.get(place).map(|quote| &*quote.id)
    }
}

/// Texts separated by "; "; `None` if there are none.
pub(super) fn joined<'t>(parts: impl Iterator<Item = &'t str>) -> Option<String> {
    let parts: Vec<&str> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The item with an id. An id is a letter or two and the index from 1, so that position is tried first.
fn find<'c, T>(items: &'c [T], id: &str, of: impl Fn(&T) -> &str) -> Option<&'c T> {
    let number: usize = id.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()?;
    let item = number.checked_sub(1).and_then(|place| items.get(place));
    item.filter(|item| of(item) == id).or_else(|| items.iter().find(|item| of(item) == id))
}

/// Nested spans, indexed to find the shortest one around a position.
#[derive(Default)]
struct Nested {
    /// Each position where the shortest span changes, with the end and index of that span.
    changes: Vec<(u64, Option<(u64, usize)>)>,
}

impl Nested {
    fn new(spans: impl Iterator<Item = (u64, u64, usize)>) -> Self {
        let spans: Vec<(u64, u64, usize)> = spans.filter(|(start, end, _)| start < end).collect();
        let starts = spans.iter().map(|span| (span.0, true, *span));
        let mut events: Vec<_> = starts.chain(spans.iter().map(|span| (span.1, false, *span))).collect();
        events.sort_unstable();
        let mut open: BTreeSet<(u64, u64, usize)> = BTreeSet::new();
        let mut changes: Vec<(u64, Option<(u64, usize)>)> = Vec::new();
        for (at, begins, (start, end, place)) in events {
            let key = (end - start, end, place);
            if begins {
                open.insert(key);
            } else {
                open.remove(&key);
            }
            let shortest = open.first().map(|(_, end, place)| (*end, *place));
            match changes.last_mut() {
                Some(last) if last.0 == at => last.1 = shortest,
                _ => changes.push((at, shortest)),
            }
        }
        Self { changes }
    }

    fn innermost(&self, start: u64, end: u64) -> Option<usize> {
        let after = self.changes.partition_point(|(at, _)| *at <= start);
        let (until, place) = self.changes.get(after.checked_sub(1)?)?.1?;
        (end <= until).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_span_is_found() {
        let nested = Nested::new([(0, 10, 0), (2, 6, 1), (6, 8, 2), (20, 30, 3)].into_iter());
        for (start, end, place) in [
            (0, 1, Some(0)),
            (2, 4, Some(1)),
            (6, 8, Some(2)),
            (9, 10, Some(0)),
            (10, 11, None),
            (25, 31, None),
        ] {
            assert_eq!(nested.innermost(start, end), place, "{start}..{end}");
        }
        assert_eq!(Nested::default().innermost(0, 1), None);
    }
}
