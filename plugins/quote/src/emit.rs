//! Writes quotes down.

use std::ops::Range;

use copydesk_core::layers::{CueClass, PartOfSpeech as Pos, QuoteId, QuoteKind, Stance};
use copydesk_core::{DocumentView, Emitter, Span};

use crate::QuoteStage;
use crate::alone::Alone;
use crate::attribution::Attribution;
use crate::cue_phrase::CuePhrase;
use crate::elements::Elements;
use crate::lemma::lemma;
use crate::marks::Marked;

/// A quote in marks without a cue is one so often.
const CONFIDENCE_ALONE: f32 = 0.6;

/// A quote that is ready to be written.
struct Draft<'a> {
    kind: QuoteKind,
    span: Span,
    content: Vec<Span>,
    speaker: Option<Range<usize>>,
    confidence: f32,
    rule: &'static str,
    attribution: Option<&'a Attribution>,
}

impl QuoteStage {
    pub(crate) fn emit(
        &self,
        doc: &DocumentView<'_>,
        marked: &[Marked],
        elements: &Elements,
        found: &[Attribution],
        alone: &[Alone],
        out: &mut Emitter,
    ) {
        let page = Page { doc, marked, elements };
        let mut drafts: Vec<Draft<'_>> = found.iter().filter_map(|attribution| page.attributed(attribution)).collect();
        drafts.extend(alone.iter().filter_map(|alone| page.alone(alone, found)));
        // The widest of those that begin together comes first, so that parents come before what they hold.
        drafts.sort_by_key(|draft| (draft.span.start(), std::cmp::Reverse(draft.span.end())));
        let mut holders: Vec<(Span, Vec<Span>, QuoteId)> = Vec::new();
        for draft in &drafts {
            if let Some(id) = self.write(doc, draft, &holders, out) {
                holders.push((draft.span, draft.content.clone(), id));
                // Only quotes that can hold a later one.
                holders.retain(|(span, ..)| span.end() > draft.span.start());
            }
        }
    }

    fn write(
        &self,
        doc: &DocumentView<'_>,
        draft: &Draft<'_>,
        holders: &[(Span, Vec<Span>, QuoteId)],
        out: &mut Emitter,
    ) -> Option<QuoteId> {
        let options = &self.options;
        let cue = draft.attribution.map(|attribution| self.cue(doc, attribution.head));
        let wanted = (options.kinds.is_empty() || options.kinds.iter().any(|kind| kind.is(draft.kind)))
            && draft.confidence >= options.min_confidence
            && cue.as_ref().is_none_or(|cue| {
                options.classes.is_empty() || options.classes.iter().any(|class| class.is(cue.class))
            });
        if !wanted {
            return None;
        }
        let inside = |parts: &[Span]| parts.iter().any(|part| part.contains(draft.span));
        let parent = holders.iter().rev().find(|(_, content, _)| inside(content)).map(|(.., id)| *id);
        let mut quote = out.quote(draft.kind, draft.span).rule(draft.rule).confidence(draft.confidence);
        for part in &draft.content {
            quote = quote.content(*part);
        }
        if let Some(cue) = &cue {
            quote = quote
                .cue(cue.span, &cue.lemma, cue.class, cue.stance)
                .negated(cue.negated)
                .modal(cue.modal);
        }
        if let Some(words) = &draft.speaker {
            let span = doc.token_span(words.start, words.end);
            quote = quote.speaker(span).anonymous(self.anonymous.is(doc, words));
        }
        if let Some(parent) = parent {
            quote = quote.parent(parent);
        }
        Some(quote.id())
    }
}

impl QuoteStage {
    fn cue(&self, doc: &DocumentView<'_>, head: usize) -> WrittenCue {
        let CuePhrase { span, negated, modal } = self.auxiliaries.phrase(doc, head);
        let Some(token) = doc.tokens().get(head) else {
            return WrittenCue { span, lemma: String::new(), class: CueClass::Speech, stance: Stance::Neutral, negated, modal };
        };
        match self.cues.get(token.hash()) {
            Some(known) => WrittenCue {
                span,
                lemma: known.lemma.to_owned(),
                class: known.class,
                stance: known.stance,
                negated,
                modal,
            },
            None => WrittenCue {
                span,
                lemma: lemma(doc.slice(token.span()), doc.parts_of_speech().get(head)),
                class: CueClass::Speech,
                stance: Stance::Neutral,
                negated,
                modal,
            },
        }
    }
}

/// A document with what was found in it.
struct Page<'a> {
    doc: &'a DocumentView<'a>,
    marked: &'a [Marked],
    elements: &'a Elements,
}

impl Page<'_> {
    fn attributed<'a>(&self, attribution: &'a Attribution) -> Option<Draft<'a>> {
        let mut content = Vec::with_capacity(attribution.content.len());
        let mut whole: Option<Span> = None;
        let (mut quoted, mut plain) = (false, false);
        for part in &attribution.content {
            let part = self.trimmed(part.clone());
            let (Some(first), Some(last)) = (self.elements.all.get(part.start), part.end.checked_sub(1)) else {
                continue;
            };
            if part.is_empty() {
                continue;
            }
            let last = &self.elements.all[last];
            for element in &self.elements.all[part.clone()] {
                quoted |= element.is_quoted();
                plain |= !element.is_quoted() && !element.part_of_speech().is_some_and(Pos::is_punctuation);
            }
            let outer = self.doc.token_span(first.first as usize, last.end as usize);
            whole = Some(whole.map_or(outer, |span| span.cover(outer)));
            // Marks at the edges do not belong to what was said.
            let start = self.inside(first).map_or(first.first as usize, |inside| inside.start);
            let end = self.inside(last).map_or(last.end as usize, |inside| inside.end);
            if start < end {
                content.push(self.doc.token_span(start, end));
            }
        }
        let kind = match (quoted, plain) {
            (true, false) => QuoteKind::Direct,
            (true, true) => QuoteKind::Mixed,
            (false, _) => QuoteKind::Indirect,
        };
        Some(Draft {
            kind,
            span: whole.filter(|_| !content.is_empty())?,
            content,
            speaker: self.speaker(attribution),
            confidence: attribution.confidence,
            rule: "attribution-model",
            attribution: Some(attribution),
        })
    }

    fn alone<'a>(&self, alone: &Alone, found: &'a [Attribution]) -> Option<Draft<'a>> {
        let stretch = self.marked.get(alone.marked)?;
        let content = stretch.content();
        Some(Draft {
            kind: QuoteKind::Direct,
            span: self.doc.token_span(stretch.tokens.start, stretch.tokens.end),
            content: vec![self.doc.token_span(content.start, content.end)],
            speaker: alone.goes_on.and_then(|place| self.speaker(found.get(place)?)),
            confidence: CONFIDENCE_ALONE,
            rule: if alone.goes_on.is_some() { "speaker-goes-on" } else { "marks-alone" },
            attribution: None,
        })
    }

    /// The tokens between the marks of a quoted element.
    fn inside(&self, element: &crate::elements::Element) -> Option<Range<usize>> {
        let place = (element.marked as usize).checked_sub(1)?;
        self.marked.get(place).map(Marked::content)
    }

    fn speaker(&self, attribution: &Attribution) -> Option<Range<usize>> {
        let source = self.trimmed(attribution.source.clone()?);
        let (first, last) = (self.elements.all.get(source.start)?, source.end.checked_sub(1)?);
        (!source.is_empty()).then(|| first.first as usize..self.elements.all[last].end as usize)
    }

    /// Without marks at the edges.
    fn trimmed(&self, part: Range<usize>) -> Range<usize> {
        let edge = |at: usize| {
            let tag = self.elements.all[at].part_of_speech();
            matches!(tag, Some(Pos::Comma | Pos::Stop | Pos::Mark))
        };
        let Range { mut start, mut end } = part;
        while start < end && edge(start) {
            start += 1;
        }
        while start < end && edge(end - 1) {
            end -= 1;
        }
        start..end
    }
}

/// A cue that is ready to be written.
struct WrittenCue {
    span: Span,
    lemma: String,
    class: CueClass,
    stance: Stance,
    negated: bool,
    modal: bool,
}
